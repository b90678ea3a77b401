/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Takes connections from a listening socket.
 */
#define G_LOG_DOMAIN "guichetd-acceptor"

#include "config.h"

#include "guichetd-acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/* Connections taken before the main loop does something else. */
#define AT_ONCE 8

/* Milliseconds without accepting after it failed. */
#define PAUSE 100

struct _GuichetdAcceptor
{
  GSocket *socket; /* (owned) */
  GuichetdAccepted accepted;
  gpointer user_data;
  GSource *source; /* (owned): of the socket, or of a pause */
  gboolean failing;
};

static void begin (GuichetdAcceptor *self);

static gboolean
paused_cb (gpointer user_data)
{
  begin (user_data);
  return G_SOURCE_REMOVE;
}

static void
set_source (GuichetdAcceptor *self, GSource *source, GSourceFunc func)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->source = source;
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean
readable_cb (GSocket *listening, GIOCondition condition, gpointer user_data)
{
  GuichetdAcceptor *self = user_data;

  for (guint i = 0; i < AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, &error);

      if (socket == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (socket == NULL)
        {
          /* One line for a shortage, not one for each of its moments. */
          if (!self->failing)
            g_warning ("taking a connection: %s", error->message);
          self->failing = TRUE;
          set_source (self, g_timeout_source_new (PAUSE), paused_cb);
          return G_SOURCE_REMOVE;
        }

      self->failing = FALSE;
      g_socket_set_blocking (socket, FALSE);
      if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
        g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
      self->accepted (socket, self->user_data);
    }
  return G_SOURCE_CONTINUE;
}

static void
begin (GuichetdAcceptor *self)
{
  set_source (self,
              g_socket_create_source (self->socket, G_IO_IN, NULL),
              G_SOURCE_FUNC (readable_cb));
}

GuichetdAcceptor *
guichetd_acceptor_new (GSocket *socket, GuichetdAccepted accepted, gpointer user_data)
{
  GuichetdAcceptor *self = g_new0 (GuichetdAcceptor, 1);

  self->socket = g_object_ref (socket);
  self->accepted = accepted;
  self->user_data = user_data;
  g_socket_set_blocking (socket, FALSE);
  begin (self);
  return self;
}

void
guichetd_acceptor_free (GuichetdAcceptor *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self);
}
