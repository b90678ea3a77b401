/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log of exchanges.
 *
 * Not through GLib's log: a line is written for each of thousands of exchanges a second, so
 * lines are gathered for a moment and leave in one write.
 */
#define G_LOG_DOMAIN "guichetd-traffic"

#include "config.h"

#include "guichetd-traffic.h"

#include <errno.h>
#include <unistd.h>

/* Milliseconds that a line may wait, and bytes that may. */
#define GATHER_TIME 200
#define GATHER_BYTES (64 * 1024)

struct _GuichetdTraffic
{
  int fd; /* (borrowed) */
  GString *lines;
  GSource *source; /* (owned) (nullable): set while lines wait */
};

static gboolean
flush_cb (gpointer user_data)
{
  GuichetdTraffic *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  guichetd_traffic_flush (self);
  return G_SOURCE_REMOVE;
}

GuichetdTraffic *
guichetd_traffic_new (int fd)
{
  GuichetdTraffic *self = g_new0 (GuichetdTraffic, 1);

  self->fd = fd;
  self->lines = g_string_new (NULL);
  return self;
}

void
guichetd_traffic_free (GuichetdTraffic *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  guichetd_traffic_flush (self);
  g_string_free (self->lines, TRUE);
  g_free (self);
}

/* What a client made up may be anything. */
static const char *
known_method (const char *method)
{
  static const char *const known[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i], method) == 0)
      return known[i];
  return "other";
}

void
guichetd_traffic_note (GuichetdTraffic *self,
                       const char *method,
                       const char *route,
                       const char *reference,
                       guint status,
                       gint64 microseconds,
                       const char *trace)
{
  if (self->fd < 0)
    return;

  g_string_append_printf (self->lines,
                          "exchange method=%s route=%s%s%s status=%u us=%" G_GINT64_FORMAT
                          " trace=%s\n",
                          known_method (method),
                          route != NULL ? route : "-",
                          reference != NULL ? " reference=" : "",
                          reference != NULL ? reference : "",
                          status,
                          microseconds,
                          trace);

  if (self->lines->len >= GATHER_BYTES)
    {
      guichetd_traffic_flush (self);
    }
  else if (self->source == NULL)
    {
      self->source = g_timeout_source_new (GATHER_TIME);
      g_source_set_callback (self->source, flush_cb, self, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
}

void
guichetd_traffic_flush (GuichetdTraffic *self)
{
  gsize written = 0;

  while (written < self->lines->len)
    {
      gssize n = write (self->fd, self->lines->str + written, self->lines->len - written);

      if (n < 0 && errno == EINTR)
        continue;
      /* Nobody reads it any more: the answers matter more than their log. */
      if (n <= 0)
        break;
      written += (gsize) n;
    }
  g_string_truncate (self->lines, 0);
}
