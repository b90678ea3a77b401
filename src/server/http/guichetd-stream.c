/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connected socket as libsoup is given it.
 */
#define G_LOG_DOMAIN "guichetd-stream"

#include "config.h"

#include "guichetd-stream.h"

/* What is read of it: the same as GLib's own stream of a socket, but that errors are the end, and that
 * an end between two exchanges is a question of one byte. */
#define GUICHETD_TYPE_INPUT (guichetd_input_get_type ())
G_DECLARE_FINAL_TYPE (GuichetdInput, guichetd_input, GUICHETD, INPUT, GInputStream)

struct _GuichetdInput
{
  GInputStream parent_instance;

  GSocket *socket; /* (owned) */
  gboolean idle;
};

struct _GuichetdStream
{
  GIOStream parent_instance;

  /* Owned */
  GSocketConnection *connection;
  GuichetdInput *input;

  /* In progress */
  GDestroyNotify closed; /* (nullable): until it was called */
  gpointer closed_data;
};

static void pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetdInput,
                               guichetd_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

G_DEFINE_FINAL_TYPE (GuichetdStream, guichetd_stream, G_TYPE_IO_STREAM)

static gssize
receive (GuichetdInput *self, void *buffer, gsize count, gboolean blocking, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n =
      g_socket_receive_with_blocking (self->socket, buffer, count, blocking, NULL, &local_error);

  if (n > 0)
    return n;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return -1;
    }
  if (!self->idle || count == 0)
    return 0;
  self->idle = FALSE;
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  *(char *) buffer = '?';
  return 1;
}

static gssize
guichetd_input_read (GInputStream *stream,
                     void *buffer,
                     gsize count,
                     GCancellable *cancellable,
                     GError **error)
{
  return receive (GUICHETD_INPUT (stream), buffer, count, TRUE, error);
}

static gssize
guichetd_input_read_nonblocking (GPollableInputStream *stream,
                                 void *buffer,
                                 gsize count,
                                 GError **error)
{
  return receive (GUICHETD_INPUT (stream), buffer, count, FALSE, error);
}

static gboolean
guichetd_input_is_readable (GPollableInputStream *stream)
{
  return g_socket_condition_check (GUICHETD_INPUT (stream)->socket, G_IO_IN) != 0;
}

static GSource *
guichetd_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) source =
      g_socket_create_source (GUICHETD_INPUT (stream)->socket, G_IO_IN, cancellable);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static void
pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = guichetd_input_is_readable;
  iface->create_source = guichetd_input_create_source;
  iface->read_nonblocking = guichetd_input_read_nonblocking;
}

static void
guichetd_input_finalize (GObject *object)
{
  g_object_unref (GUICHETD_INPUT (object)->socket);

  G_OBJECT_CLASS (guichetd_input_parent_class)->finalize (object);
}

static void
guichetd_input_class_init (GuichetdInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichetd_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = guichetd_input_read;
}

static void
guichetd_input_init (GuichetdInput *self)
{
}

static GInputStream *
guichetd_stream_get_input (GIOStream *stream)
{
  return G_INPUT_STREAM (GUICHETD_STREAM (stream)->input);
}

static GOutputStream *
guichetd_stream_get_output (GIOStream *stream)
{
  return g_io_stream_get_output_stream (G_IO_STREAM (GUICHETD_STREAM (stream)->connection));
}

static gboolean
guichetd_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  GuichetdStream *self = GUICHETD_STREAM (stream);
  GDestroyNotify closed = g_steal_pointer (&self->closed);

  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  if (closed != NULL)
    closed (self->closed_data);
  return TRUE;
}

static void
guichetd_stream_finalize (GObject *object)
{
  GuichetdStream *self = GUICHETD_STREAM (object);

  g_object_unref (self->input);
  g_object_unref (self->connection);

  G_OBJECT_CLASS (guichetd_stream_parent_class)->finalize (object);
}

static void
guichetd_stream_class_init (GuichetdStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = guichetd_stream_finalize;
  stream_class->get_input_stream = guichetd_stream_get_input;
  stream_class->get_output_stream = guichetd_stream_get_output;
  stream_class->close_fn = guichetd_stream_close;
}

static void
guichetd_stream_init (GuichetdStream *self)
{
}

GuichetdStream *
guichetd_stream_new (GSocket *socket, GDestroyNotify closed, gpointer user_data)
{
  GuichetdStream *self = g_object_new (GUICHETD_TYPE_STREAM, NULL);

  self->connection = g_socket_connection_factory_create_connection (socket);
  self->input = g_object_new (GUICHETD_TYPE_INPUT, NULL);
  self->input->socket = g_object_ref (socket);
  self->closed = closed;
  self->closed_data = user_data;
  return self;
}

void
guichetd_stream_set_idle (GuichetdStream *self, gboolean idle)
{
  self->input->idle = idle;
}
