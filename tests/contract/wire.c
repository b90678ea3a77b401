/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A faulty wire.
 */
#include "config.h"

#include "wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define CHUNK (64 * 1024)

struct _Wire
{
  GSocketService *service; /* (owned) */
  char *address;           /* (owned) */
  guint16 port;            /* of the server */
  GPtrArray *lines;        /* of Line */

  /* The fault */
  WireFault fault;
  char *only;  /* (owned) (nullable) */
  GBytes *lie; /* (owned) (nullable) */
  guint number;
  guint caught;
  gsize swallowed;
};

/* One connection. Lives as long as something is under way on it. */
typedef struct
{
  Wire *wire;                /* (borrowed) (nullable): NULL once it was cut */
  GCancellable *cancellable; /* (owned) */
  GIOStream *desk;           /* (owned) */
  GIOStream *server;         /* (owned) (nullable) */
  GBytes *dripping;          /* (owned) (nullable): what is left of what came */
  gboolean caught;
  gsize passed; /* bytes of answers since it was caught */
} Line;

static void hear_desk (Line *line);
static void hear_server (Line *line);
static void heard_desk_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void heard_server_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
line_clear (Line *line)
{
  g_io_stream_close (line->desk, NULL, NULL);
  if (line->server != NULL)
    g_io_stream_close (line->server, NULL, NULL);
  g_clear_object (&line->desk);
  g_clear_object (&line->server);
  g_clear_object (&line->cancellable);
  g_clear_pointer (&line->dripping, g_bytes_unref);
}

static void
line_unref (Line *line)
{
  g_rc_box_release_full (line, (GDestroyNotify) line_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Line, line_unref)

static void
cut (Line *line)
{
  Wire *wire = g_steal_pointer (&line->wire);

  if (wire == NULL)
    return;
  g_cancellable_cancel (line->cancellable);
  g_ptr_array_remove (wire->lines, line);
}

/* Whether the fault is on this line; @said: (nullable): what was just said on it. */
static gboolean
is_caught (Line *line, GBytes *said)
{
  Wire *wire = line->wire;
  gsize length = 0;
  const char *data = said != NULL ? g_bytes_get_data (said, &length) : "";

  if (wire->fault == WIRE_SOUND)
    return FALSE;
  if (!line->caught &&
      (wire->only == NULL || memmem (data, length, wire->only, strlen (wire->only)) != NULL))
    {
      line->caught = TRUE;
      wire->caught++;
    }
  return line->caught;
}

/* What the desk hears */

static void
told_desk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Line) line = user_data;
  const gboolean told =
      g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  if (!told)
    cut (line);
  else if (line->wire != NULL && line->server != NULL)
    hear_server (line);
}

static void
tell_desk (Line *line, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  /* The bytes live until they are written. */
  g_clear_pointer (&line->dripping, g_bytes_unref);
  line->dripping = g_bytes_ref (bytes);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (line->desk),
                                   data,
                                   length,
                                   G_PRIORITY_DEFAULT,
                                   line->cancellable,
                                   told_desk_cb,
                                   g_rc_box_acquire (line));
}

static gboolean
drip_cb (gpointer user_data)
{
  Line *line = user_data;
  GOutputStream *stream = g_io_stream_get_output_stream (line->desk);
  const gsize left = g_bytes_get_size (line->dripping);
  GBytes *rest;

  if (line->wire == NULL)
    return G_SOURCE_REMOVE;
  if (g_output_stream_write (stream, g_bytes_get_data (line->dripping, NULL), 1, NULL, NULL) != 1)
    {
      cut (line);
      return G_SOURCE_REMOVE;
    }
  rest = g_bytes_new_from_bytes (line->dripping, 1, left - 1);
  g_bytes_unref (line->dripping);
  line->dripping = rest;
  if (left > 1)
    return G_SOURCE_CONTINUE;
  hear_server (line);
  return G_SOURCE_REMOVE;
}

static void
drip (Line *line, GBytes *bytes)
{
  g_clear_pointer (&line->dripping, g_bytes_unref);
  line->dripping = g_bytes_ref (bytes);
  g_timeout_add_full (G_PRIORITY_DEFAULT,
                      line->wire->number,
                      drip_cb,
                      g_rc_box_acquire (line),
                      (GDestroyNotify) line_unref);
}

static void
tell_some (Line *line, GBytes *bytes)
{
  const gsize length = g_bytes_get_size (bytes);
  const gsize left = line->wire->number > line->passed ? line->wire->number - line->passed : 0;
  g_autoptr (GBytes) some = g_bytes_new_from_bytes (bytes, 0, MIN (left, length));

  line->passed += MIN (left, length);
  line->wire->swallowed += length - MIN (left, length);
  if (length < left)
    tell_desk (line, some);
  else
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (line->desk),
                                 g_bytes_get_data (some, NULL),
                                 g_bytes_get_size (some),
                                 NULL,
                                 NULL,
                                 NULL);
      cut (line);
    }
}

static void
heard_server_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Line) line = user_data;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (line->wire == NULL)
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    cut (line);
  else if (!is_caught (line, NULL))
    tell_desk (line, bytes);
  else if (line->wire->fault == WIRE_CUT)
    tell_some (line, bytes);
  else if (line->wire->fault == WIRE_DRIP)
    drip (line, bytes);
  else
    {
      line->wire->swallowed += g_bytes_get_size (bytes);
      hear_server (line);
    }
}

static void
hear_server (Line *line)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (line->server),
                                   CHUNK,
                                   G_PRIORITY_DEFAULT,
                                   line->cancellable,
                                   heard_server_cb,
                                   g_rc_box_acquire (line));
}

/* What the server hears */

static void
lied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Line) line = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  cut (line);
}

static void
tell_lie (Line *line)
{
  gsize length;
  const void *data = g_bytes_get_data (line->wire->lie, &length);

  g_clear_pointer (&line->dripping, g_bytes_unref);
  line->dripping = g_bytes_ref (line->wire->lie);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (line->desk),
                                   data,
                                   length,
                                   G_PRIORITY_DEFAULT,
                                   line->cancellable,
                                   lied_cb,
                                   g_rc_box_acquire (line));
}

static gboolean
tell_server (Line *line, GBytes *bytes)
{
  return line->server != NULL &&
         g_output_stream_write_all (g_io_stream_get_output_stream (line->server),
                                    g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes),
                                    NULL,
                                    NULL,
                                    NULL);
}

static void
heard_desk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Line) line = user_data;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (line->wire == NULL)
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      cut (line);
      return;
    }
  if (is_caught (line, bytes))
    {
      if (line->wire->fault == WIRE_LIES)
        {
          tell_lie (line);
          return;
        }
      if (line->wire->fault == WIRE_CLOSED)
        {
          cut (line);
          return;
        }
      if (line->wire->fault == WIRE_DEAF)
        {
          hear_desk (line);
          return;
        }
    }
  if (tell_server (line, bytes))
    hear_desk (line);
  else
    cut (line);
}

static void
hear_desk (Line *line)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (line->desk),
                                   CHUNK,
                                   G_PRIORITY_DEFAULT,
                                   line->cancellable,
                                   heard_desk_cb,
                                   g_rc_box_acquire (line));
}

/* Connections */

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, Wire *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Line *line = g_rc_box_new0 (Line);

  g_socket_set_option (g_socket_connection_get_socket (connection),
                       IPPROTO_TCP,
                       TCP_NODELAY,
                       1,
                       NULL);
  line->wire = self;
  line->cancellable = g_cancellable_new ();
  line->desk = g_object_ref (G_IO_STREAM (connection));
  line->server =
      G_IO_STREAM (g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL));
  g_ptr_array_add (self->lines, line);
  if ((self->fault == WIRE_CLOSED && self->only == NULL) ||
      (line->server == NULL && self->fault != WIRE_LIES && self->fault != WIRE_DEAF))
    {
      self->caught += self->fault == WIRE_CLOSED ? 1 : 0;
      cut (line);
      return TRUE;
    }
  hear_desk (line);
  if (line->server != NULL)
    hear_server (line);
  return TRUE;
}

Wire *
wire_new (void)
{
  Wire *self = g_new0 (Wire, 1);
  g_autoptr (GError) error = NULL;
  guint16 port;

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_unref);
  self->service = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  return self;
}

void
wire_cut (Wire *self)
{
  while (self->lines->len > 0)
    cut (g_ptr_array_index (self->lines, self->lines->len - 1));
}

void
wire_free (Wire *self)
{
  wire_cut (self);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_ptr_array_unref (self->lines);
  g_clear_pointer (&self->lie, g_bytes_unref);
  g_free (self->only);
  g_free (self->address);
  g_free (self);
}

const char *
wire_address (Wire *self)
{
  return self->address;
}

void
wire_lead_to (Wire *self, guint16 port)
{
  self->port = port;
}

void
wire_break (Wire *self, WireFault fault, const char *only, guint number, GBytes *lie)
{
  self->fault = fault;
  g_free (self->only);
  self->only = g_strdup (only);
  self->number = number;
  g_clear_pointer (&self->lie, g_bytes_unref);
  self->lie = lie != NULL ? g_bytes_ref (lie) : NULL;
  self->caught = 0;
  self->swallowed = 0;
}

void
wire_mend (Wire *self)
{
  wire_break (self, WIRE_SOUND, NULL, 0, NULL);
  for (guint i = self->lines->len; i > 0; i--)
    {
      Line *line = g_ptr_array_index (self->lines, i - 1);

      if (line->caught)
        cut (line);
    }
}

guint
wire_caught (Wire *self)
{
  return self->caught;
}

gsize
wire_swallowed (Wire *self)
{
  return self->swallowed;
}
