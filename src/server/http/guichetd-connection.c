/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A socket of the listener and its time.
 */
#define G_LOG_DOMAIN "guichetd-connection"

#include "config.h"

#include "guichetd-connection.h"

#include <string.h>
#include <sys/socket.h>

/* Microseconds that a client who is refused has to read the answer and go. */
#define REFUSED_TIME (2 * G_TIME_SPAN_SECOND)

static gint64
allowed (guint milliseconds, gsize bytes, guint rate)
{
  return (gint64) milliseconds * 1000 + (gint64) (bytes / rate) * G_TIME_SPAN_SECOND;
}

static GuichetdVerdict
judge_exchange (const GuichetdExchange *exchange,
                const GuichetdLimits *limits,
                gint64 since,
                gint64 now)
{
  if (!exchange->answered)
    return now - since > allowed (limits->work_time, 0, 1) ? GUICHETD_VERDICT_ANSWER
                                                           : GUICHETD_VERDICT_FINE;

  if (exchange->streaming)
    return exchange->stalled != 0 && now - exchange->stalled > allowed (limits->answer_time, 0, 1)
               ? GUICHETD_VERDICT_CUT
               : GUICHETD_VERDICT_FINE;

  return now - exchange->answered_at >
                 allowed (limits->answer_time, exchange->answer_size, limits->rate)
             ? GUICHETD_VERDICT_CUT
             : GUICHETD_VERDICT_FINE;
}

GuichetdConnection *
guichetd_connection_new (gpointer owner, GSocket *socket, gint64 now)
{
  GuichetdConnection *self = g_new0 (GuichetdConnection, 1);

  self->link.data = self;
  self->owner = owner;
  self->socket = g_object_ref (socket);
  /* libsoup takes every address for one of the Internet's. */
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    self->address = g_socket_get_remote_address (socket, NULL);
  if (self->address == NULL)
    self->address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  self->state = GUICHETD_CONNECTION_HEAD;
  self->since = now;
  return self;
}

void
guichetd_connection_free (GuichetdConnection *self)
{
  if (self->exchange != NULL)
    guichetd_exchange_end (self->exchange);
  g_clear_pointer (&self->exchange, guichetd_exchange_unref);
  g_object_unref (self->socket);
  g_object_unref (self->address);
  g_free (self);
}

void
guichetd_connection_enter (GuichetdConnection *self, GuichetdConnectionState state, gint64 now)
{
  self->state = state;
  self->since = now;
  self->received = 0;
}

GuichetdVerdict
guichetd_connection_judge (const GuichetdConnection *self, const GuichetdLimits *limits, gint64 now)
{
  gint64 elapsed = now - self->since;
  gboolean over = FALSE;

  switch (self->state)
    {
    case GUICHETD_CONNECTION_HEAD:
      over = elapsed > allowed (limits->head_time, 0, 1);
      break;
    case GUICHETD_CONNECTION_BODY:
      over = elapsed > allowed (limits->body_time, self->received, limits->rate);
      break;
    case GUICHETD_CONNECTION_REFUSED:
      over = elapsed > REFUSED_TIME;
      break;
    case GUICHETD_CONNECTION_IDLE:
      over = elapsed > allowed (limits->idle_time, 0, 1);
      break;
    case GUICHETD_CONNECTION_WORK:
      return judge_exchange (self->exchange, limits, self->since, now);
    default:
      g_assert_not_reached ();
    }
  return over ? GUICHETD_VERDICT_CUT : GUICHETD_VERDICT_FINE;
}

void
guichetd_connection_cut (GuichetdConnection *self)
{
  const struct linger none = { 1, 0 };

  /* The close that follows tells the client at once; it would wait for a minute for a window
   * that does not open again. */
  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

void
guichetd_connection_refuse (GuichetdConnection *self, const char *head, GBytes *body, gint64 now)
{
  g_autoptr (GString) text = g_string_new (head);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  g_string_append_len (text, data, (gssize) length);

  /* Nothing of ours waits in the socket's buffer, so all of it fits or the client is gone. */
  g_socket_send_with_blocking (self->socket, text->str, text->len, FALSE, NULL, NULL);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  guichetd_connection_enter (self, GUICHETD_CONNECTION_REFUSED, now);
}
