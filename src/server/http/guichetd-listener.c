/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One listening socket and everything that comes in by it.
 *
 * What libsoup 3.2 does not do is done here. It buffers bodies without limit: their length is
 * looked at before they are read, and what has none is counted while it comes. It has no time
 * limits and does not notice that the client of a paused exchange left: each connection has a
 * state with a time, looked at on every tick. It listens with a backlog of 10 and stops when accept()
 * fails: listening and accepting are ours, and libsoup is given streams.
 */
#define G_LOG_DOMAIN "guichetd-listener"

#include "config.h"

#include "guichetd-listener.h"

#include "guichetd-acceptor.h"
#include "guichetd-address.h"
#include "guichetd-connection.h"
#include "guichetd-gate.h"
#include "guichetd-stream.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* A declared length from which on a refusal does not wait for the body. */
#define SMALL_BODY (64 * 1024)
/* Milliseconds between two looks at what still waits while stopping. */
#define STOP_TICK 10

struct _GuichetdListener
{
  GObject parent_instance;

  /* Given */
  GuichetdGate gate;
  GuichetdLimits limits;
  GuichetdTraffic *traffic; /* (borrowed) (nullable) */
  char *proxy_header;       /* (owned) (nullable) */

  /* Owned */
  GuichetdRouter *router;
  GuichetdAcceptor *acceptor; /* (nullable): while it listens */
  SoupServer *server;         /* (nullable): while it listens */
  char *uri;                  /* (nullable) */
  char *path;                 /* (nullable): of the socket's file */
  int silent_end;             /* of the pair that libsoup believes to listen on; -1: none */
  GSource *tick;              /* (nullable) */
  GQueue connections;         /* of GuichetdConnection, by their links */

  /* In progress */
  gint64 ticked;     /* monotonic µs */
  GTask *stopping;   /* (nullable) */
  gint64 stop_until; /* monotonic µs */
};

G_DEFINE_FINAL_TYPE (GuichetdListener, guichetd_listener, G_TYPE_OBJECT)

static GQuark connection_quark;

/* A message knows nothing of our connection but the address that we gave libsoup with it. */
static GuichetdConnection *
connection_of (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return address != NULL ? g_object_get_qdata (G_OBJECT (address), connection_quark) : NULL;
}

/* Ending an exchange, whichever way it ended */

static void
log_exchange (GuichetdListener *self, GuichetdExchange *exchange, gboolean complete, gint64 now)
{
  const GuichetdRoute *route = exchange->match.route;

  if (self->traffic == NULL)
    return;
  guichetd_traffic_note (self->traffic,
                         soup_server_message_get_method (exchange->message),
                         route != NULL ? route->path : NULL,
                         exchange->reference,
                         complete || exchange->cut ? exchange->status : 0,
                         now - exchange->began,
                         exchange->trace);
}

static void
end_exchange (GuichetdListener *self, GuichetdConnection *connection, gboolean complete)
{
  g_autoptr (GuichetdExchange) exchange = g_steal_pointer (&connection->exchange);

  if (exchange == NULL)
    return;
  log_exchange (self, exchange, complete, g_get_monotonic_time ());
  guichetd_exchange_end (exchange);
}

/* libsoup has closed the stream. */
static void
closed_cb (gpointer user_data)
{
  GuichetdConnection *connection = user_data;
  GuichetdListener *self = connection->owner;

  end_exchange (self, connection, FALSE);
  g_object_set_qdata (G_OBJECT (connection->address), connection_quark, NULL);
  g_queue_unlink (&self->connections, &connection->link);
  guichetd_connection_free (connection);
}

/* Sends the answer that the exchange already has, without waiting for the rest of the body. */
static void
cut_short (GuichetdConnection *connection, GuichetdExchange *exchange, gint64 now)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_response_body (exchange->message));
  g_autoptr (GString) head = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  soup_message_headers_replace (headers, "Connection", "close");
  g_string_printf (head,
                   "HTTP/1.1 %u %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                   exchange->status,
                   soup_server_message_get_reason_phrase (exchange->message),
                   g_bytes_get_size (body));
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (head, "%s: %s\r\n", name, value);
  g_string_append (head, "\r\n");

  exchange->cut = TRUE;
  guichetd_connection_refuse (connection, head->str, body, now);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  GuichetdConnection *connection = connection_of (message);
  GuichetdExchange *exchange;
  gsize limit;

  if (connection == NULL || connection->exchange == NULL)
    return;

  exchange = connection->exchange;
  connection->received += g_bytes_get_size (chunk);
  if (connection->state == GUICHETD_CONNECTION_REFUSED)
    {
      if (connection->received > GUICHETD_CONNECTION_DRAIN)
        guichetd_connection_cut (connection);
      return;
    }

  limit = exchange->match.route != NULL ? exchange->match.route->body : 0;
  if (connection->received <= MAX (limit, exchange->answered ? SMALL_BODY : 0))
    return;

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  guichetd_gate_refuse_size (exchange, limit);
  cut_short (connection, exchange, g_get_monotonic_time ());
}

static void
head_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  GuichetdListener *self = user_data;
  GuichetdConnection *connection = connection_of (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);
  goffset length = 0;
  gint64 now = g_get_monotonic_time ();

  if (connection == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
      return;
    }

  if (encoding == SOUP_ENCODING_CONTENT_LENGTH)
    length = soup_message_headers_get_content_length (headers);
  /* libsoup would answer it by itself, with a status that no route has. */
  soup_message_headers_remove (headers, "Range");

  g_clear_pointer (&connection->exchange, guichetd_exchange_unref);
  connection->exchange = guichetd_exchange_new (message, self->proxy_header, connection->since);
  if (connection->state != GUICHETD_CONNECTION_HEAD)
    connection->exchange->began = now;
  guichetd_connection_enter (connection, GUICHETD_CONNECTION_BODY, now);
  if (self->stopping != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Connection",
                                  "close");

  guichetd_gate_check (&self->gate, connection->exchange, encoding, length);

  if (connection->exchange->answered)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
      if (length > SMALL_BODY &&
          (soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE) == 0)
        cut_short (connection, connection->exchange, now);
    }
  if (length > SMALL_BODY || encoding == SOUP_ENCODING_CHUNKED)
    g_signal_connect_object (message, "got-chunk", G_CALLBACK (got_chunk_cb), self, 0);
}

static void
body_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  GuichetdListener *self = user_data;
  GuichetdConnection *connection = connection_of (message);
  GuichetdExchange *exchange = connection != NULL ? connection->exchange : NULL;

  g_assert (exchange != NULL && !exchange->answered);

  guichetd_connection_enter (connection, GUICHETD_CONNECTION_WORK, g_get_monotonic_time ());
  guichetd_exchange_ref (exchange);
  exchange->match.route->handler (exchange, self->gate.api);
  if (!exchange->answered && exchange->message != NULL)
    {
      exchange->paused = TRUE;
      soup_server_message_pause (message);
    }
  guichetd_exchange_unref (exchange);
}

static void
request_started_cb (SoupServer *server, SoupServerMessage *message, GuichetdListener *self)
{
  GuichetdConnection *connection = connection_of (message);

  if (connection == NULL)
    return;
  guichetd_stream_set_idle (connection->stream, FALSE);
  guichetd_connection_enter (connection, GUICHETD_CONNECTION_HEAD, g_get_monotonic_time ());
}

static void
accepted_cb (GSocket *socket, gpointer user_data)
{
  GuichetdListener *self = user_data;
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GuichetdStream) stream = NULL;
  GuichetdConnection *connection;

  if (self->connections.length >= self->limits.connections || self->stopping != NULL)
    {
      g_socket_close (socket, NULL);
      return;
    }

  connection = guichetd_connection_new (self, socket, g_get_monotonic_time ());
  g_queue_push_tail_link (&self->connections, &connection->link);
  g_object_set_qdata (G_OBJECT (connection->address), connection_quark, connection);

  local = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  stream = guichetd_stream_new (socket, closed_cb, connection);
  connection->stream = stream;
  soup_server_accept_iostream (self->server,
                               G_IO_STREAM (stream),
                               local,
                               connection->address,
                               NULL);
}

static void
request_over (SoupServerMessage *message, GuichetdListener *self, gboolean complete)
{
  GuichetdConnection *connection = connection_of (message);

  if (connection == NULL)
    return;
  end_exchange (self, connection, complete);
  if (connection->state == GUICHETD_CONNECTION_REFUSED)
    return;
  guichetd_stream_set_idle (connection->stream, TRUE);
  guichetd_connection_enter (connection, GUICHETD_CONNECTION_IDLE, g_get_monotonic_time ());
}

static void
request_finished_cb (SoupServer *server, SoupServerMessage *message, GuichetdListener *self)
{
  request_over (message, self, TRUE);
}

/* libsoup calls an answer with status 500 aborted too. */
static void
request_aborted_cb (SoupServer *server, SoupServerMessage *message, GuichetdListener *self)
{
  request_over (message,
                self,
                soup_server_message_get_status (message) == SOUP_STATUS_INTERNAL_SERVER_ERROR);
}

/* Time */

static void
answer_late (GuichetdConnection *connection)
{
  GuichetdProblemDetails details = { .retry_after = 5 };

  guichetd_exchange_give_up (connection->exchange);
  if (!connection->exchange->answered)
    guichetd_exchange_refuse (connection->exchange, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, &details);
}

static gboolean
tick_cb (gpointer user_data)
{
  GuichetdListener *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gboolean late = now - self->ticked > (gint64) self->limits.tick * 2000;
  GList *next;

  self->ticked = now;
  /* Where we were held up, what clients have sent meanwhile is to be read before they are judged. */
  if (late)
    return G_SOURCE_CONTINUE;

  for (GList *l = self->connections.head; l != NULL; l = next)
    {
      GuichetdConnection *connection = l->data;

      next = l->next;
      switch (guichetd_connection_judge (connection, &self->limits, now))
        {
        case GUICHETD_VERDICT_ANSWER:
          answer_late (connection);
          break;
        case GUICHETD_VERDICT_CUT:
          guichetd_connection_cut (connection);
          break;
        case GUICHETD_VERDICT_FINE:
        default:
          break;
        }
    }
  return G_SOURCE_CONTINUE;
}

static void
start_ticking (GuichetdListener *self, guint interval)
{
  if (self->tick != NULL)
    g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);
  self->tick = g_timeout_source_new (interval);
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

/* The end */

static void
close_all (GuichetdListener *self)
{
  if (self->tick != NULL)
    g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);

  g_clear_pointer (&self->acceptor, guichetd_acceptor_free);
  if (self->server != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->server, self);
      soup_server_disconnect (self->server);
    }
  g_clear_object (&self->server);
  if (self->silent_end >= 0)
    close (self->silent_end);
  self->silent_end = -1;
  g_assert (self->connections.length == 0);
  if (self->path != NULL)
    g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
}

static gboolean
stop_cb (gpointer user_data)
{
  GuichetdListener *self = user_data;
  g_autoptr (GTask) task = NULL;
  GList *next;

  for (GList *l = self->connections.head; l != NULL; l = next)
    {
      GuichetdConnection *connection = l->data;

      next = l->next;
      if (connection->exchange == NULL)
        guichetd_connection_cut (connection);
      else if (connection->exchange->streaming)
        guichetd_exchange_end_stream (connection->exchange);
    }

  if (self->connections.length > 0 && g_get_monotonic_time () < self->stop_until)
    return G_SOURCE_CONTINUE;

  task = g_steal_pointer (&self->stopping);
  close_all (self);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
guichetd_listener_dispose (GObject *object)
{
  GuichetdListener *self = GUICHETD_LISTENER (object);

  close_all (self);

  G_OBJECT_CLASS (guichetd_listener_parent_class)->dispose (object);
}

static void
guichetd_listener_finalize (GObject *object)
{
  GuichetdListener *self = GUICHETD_LISTENER (object);

  g_clear_pointer (&self->router, guichetd_router_free);
  g_free (self->proxy_header);
  g_free (self->uri);

  G_OBJECT_CLASS (guichetd_listener_parent_class)->finalize (object);
}

static void
guichetd_listener_class_init (GuichetdListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichetd_listener_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichetd_listener_finalize;
  connection_quark = g_quark_from_static_string ("guichetd-connection");
}

static void
guichetd_listener_init (GuichetdListener *self)
{
  g_queue_init (&self->connections);
  self->silent_end = -1;
}

static void
set_default (guint *value, guint otherwise)
{
  if (*value == 0)
    *value = otherwise;
}

GuichetdListener *
guichetd_listener_new (const GuichetdRoute *routes,
                       GuichetdDoor door,
                       gpointer api,
                       const GuichetdLimits *limits,
                       GuichetdTraffic *traffic,
                       const char *proxy_header)
{
  GuichetdListener *self = g_object_new (GUICHETD_TYPE_LISTENER, NULL);

  self->router = guichetd_router_new (routes);
  self->gate = (GuichetdGate){ self->router, door, api, &self->limits };
  self->traffic = traffic;
  self->proxy_header = g_strdup (proxy_header);

  if (limits != NULL)
    self->limits = *limits;
  if (self->limits.target_bytes == 0)
    self->limits.target_bytes = 2048;
  if (self->limits.header_bytes == 0)
    self->limits.header_bytes = 16384;
  set_default (&self->limits.connections, 2048);
  set_default (&self->limits.head_time, 10000);
  set_default (&self->limits.body_time, 10000);
  set_default (&self->limits.work_time, 30000);
  set_default (&self->limits.answer_time, 30000);
  set_default (&self->limits.idle_time, 75000);
  set_default (&self->limits.rate, 16384);
  set_default (&self->limits.tick, 1000);
  return self;
}

gboolean
guichetd_listener_start (GuichetdListener *self, const char *address, guint mode, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocket) silent = NULL;

  g_return_val_if_fail (GUICHETD_IS_LISTENER (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  socket = guichetd_address_listen (address, mode, &self->uri, &self->path, error);
  if (socket == NULL)
    return FALSE;

  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->server, NULL, head_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, body_cb, self, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (request_finished_cb), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (request_aborted_cb), self);
  silent = guichetd_address_silent (&self->silent_end, error);
  if (silent == NULL || !soup_server_listen_socket (self->server, silent, 0, error))
    {
      close_all (self);
      return FALSE;
    }
  self->acceptor = guichetd_acceptor_new (socket, accepted_cb, self);

  start_ticking (self, self->limits.tick);
  return TRUE;
}

const char *
guichetd_listener_get_uri (GuichetdListener *self)
{
  g_return_val_if_fail (GUICHETD_IS_LISTENER (self), NULL);

  return self->uri;
}

guint
guichetd_listener_count (GuichetdListener *self)
{
  g_return_val_if_fail (GUICHETD_IS_LISTENER (self), 0);

  return self->connections.length;
}

void
guichetd_listener_stop_async (GuichetdListener *self,
                              guint grace,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GSource) source = g_timeout_source_new (STOP_TICK);

  g_return_if_fail (GUICHETD_IS_LISTENER (self));
  g_return_if_fail (self->stopping == NULL);

  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, guichetd_listener_stop_async);
  self->stop_until = g_get_monotonic_time () + (gint64) grace * 1000;
  g_source_set_callback (source, stop_cb, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

gboolean
guichetd_listener_stop_finish (GuichetdListener *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
