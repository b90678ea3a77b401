/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "listener-fixture.h"

#include <string.h>

void
listener_hello (GuichetdExchange *exchange, gpointer api)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5);

  guichetd_exchange_answer (exchange, 200, "text/plain", body);
}

static void
echo (GuichetdExchange *exchange, gpointer user_data)
{
  ListenerApi *api = user_data;
  GBytes *body = guichetd_exchange_get_body (exchange);

  api->body = g_bytes_get_size (body);
  guichetd_exchange_answer (exchange, 200, "application/json", body);
}

static void
cancelled_cb (GCancellable *cancellable, ListenerApi *api)
{
  api->cancelled++;
}

static void
wait (GuichetdExchange *exchange, gpointer user_data)
{
  ListenerApi *api = user_data;

  g_clear_pointer (&api->waiting, guichetd_exchange_unref);
  api->waiting = guichetd_exchange_ref (exchange);
  g_signal_connect (guichetd_exchange_get_cancellable (exchange),
                    "cancelled",
                    G_CALLBACK (cancelled_cb),
                    api);
}

static void
left_cb (gpointer user_data)
{
  ListenerApi *api = user_data;

  api->left++;
}

static void
stream (GuichetdExchange *exchange, gpointer user_data)
{
  ListenerApi *api = user_data;
  g_autoptr (GBytes) hi = g_bytes_new_static ("data: hi\n\n", 10);

  g_clear_pointer (&api->waiting, guichetd_exchange_unref);
  api->waiting = guichetd_exchange_ref (exchange);
  guichetd_exchange_begin_stream (exchange, left_cb, api);
  guichetd_exchange_push (exchange, hi);
}

static void
door (GuichetdExchange *exchange, gpointer user_data)
{
  ListenerApi *api = user_data;

  api->asked++;
  if (guichetd_exchange_get_header (exchange, "Authorization") == NULL)
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_NO_ACCESS_TOKEN, NULL);
}

const GuichetdRoute listener_routes[] = {
  { "GET", "/hello", "getHello", 0, GUICHETD_ROUTE_OPEN, { "name" }, listener_hello },
  { "POST", "/echo", "createEcho", 256 * KIB, GUICHETD_ROUTE_OPEN, { NULL }, echo },
  { "POST", "/small", "createSmall", 64, GUICHETD_ROUTE_OPEN, { NULL }, echo },
  { "POST", "/keyed", "createKeyed", 64, GUICHETD_ROUTE_OPEN | GUICHETD_ROUTE_KEY, { NULL }, echo },
  { "POST", "/closed", "createClosed", 8 * MIB, 0, { NULL }, echo },
  { "GET", "/wait", "getWait", 0, GUICHETD_ROUTE_OPEN, { NULL }, wait },
  { "GET", "/stream", "getStream", 0, GUICHETD_ROUTE_OPEN, { NULL }, stream },
  { NULL, NULL, NULL, 0, 0, { NULL }, NULL },
};

/* Short times, so that the tests are. */
const GuichetdLimits listener_limits = {
  .connections = 32,
  .head_time = 400,
  .body_time = 400,
  .work_time = 400,
  .answer_time = 400,
  .idle_time = 400,
  .rate = 1000000,
  .tick = 20,
};

void
listener_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->listener =
      guichetd_listener_new (listener_routes, door, &fixture->api, &listener_limits, NULL, NULL);
  guichetd_listener_start (fixture->listener, "127.0.0.1:0", 0, &error);
  g_assert_no_error (error);
  fixture->port = (guint16) atoi (strrchr (guichetd_listener_get_uri (fixture->listener), ':') + 1);
}

void
listener_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->api.waiting, guichetd_exchange_unref);
  g_assert_finalize_object (g_steal_pointer (&fixture->listener));
}

/* The client's side */

GSocket *
client_dial (Fixture *fixture)
{
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string ("127.0.0.1", fixture->port);
  g_autoptr (GError) error = NULL;
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (socket, 20);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  return socket;
}

gboolean
client_say (GSocket *socket, const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize n = g_socket_send (socket, text, length, NULL, NULL);

      if (n <= 0)
        return FALSE;
      text += n;
      length -= (gsize) n;
    }
  return TRUE;
}

char *
client_hear (GSocket *socket)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize wanted = G_MAXSIZE;
  char buffer[4096];

  while (text->len < wanted)
    {
      gssize n =
          g_socket_receive (socket, buffer, MIN (sizeof buffer, wanted - text->len), NULL, NULL);
      const char *end;
      const char *length;

      if (n <= 0)
        break;
      g_string_append_len (text, buffer, n);
      end = strstr (text->str, "\r\n\r\n");
      length = strstr (text->str, "Content-Length: ");
      if (end != NULL)
        wanted =
            (gsize) (end + 4 - text->str) + (length != NULL ? strtoul (length + 16, NULL, 10) : 0);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
client_is_cut (GSocket *socket)
{
  g_autoptr (GError) error = NULL;
  char byte;

  return g_socket_receive (socket, &byte, 1, NULL, &error) <= 0 &&
         !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

char *
client_ask (Fixture *fixture, const char *question)
{
  g_autoptr (GSocket) socket = client_dial (fixture);

  client_say (socket, question);
  return client_hear (socket);
}

void
client_expect (Fixture *fixture, const char *question, const char *answer)
{
  g_autofree char *text = client_ask (fixture, question);

  if (strstr (text, answer) == NULL)
    {
      g_test_fail_printf ("“%s” is not in the answer to\n%s\nwhich is\n%s", answer, question, text);
    }
}

typedef struct
{
  Fixture *fixture;
  Client client;
  gint done;
} Run;

static gpointer
run_client (gpointer data)
{
  Run *run = data;

  run->client (run->fixture);
  g_atomic_int_set (&run->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

void
listener_serve (Fixture *fixture, Client client)
{
  Run run = { fixture, client, 0 };
  GThread *thread = g_thread_new ("client", run_client, &run);

  while (!g_atomic_int_get (&run.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}
