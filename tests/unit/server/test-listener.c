/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The listener over real sockets.
 */
#include "config.h"

#include "listener-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* Answers */

static void
plain_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *answer = NULL;

      client_say (socket,
                  "GET /hello HTTP/1.1\r\nHost: x\r\n"
                  "BelGov-Trace-Id: 123e4567-e89b-12d3-a456-426614174000\r\n\r\n");
      answer = client_hear (socket);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK\r\n"));
      g_assert_true (g_str_has_suffix (answer, "\r\n\r\nhello"));
      g_assert_nonnull (strstr (answer, "Cache-Control: no-store\r\n"));
      g_assert_nonnull (strstr (answer, "\r\nBelGov-Trace-Id: "));
      g_assert_nonnull (
          strstr (answer, "BelGov-Related-Trace-Id: 123e4567-e89b-12d3-a456-426614174000\r\n"));
    }
}

static void
test_plain (Fixture *fixture, gconstpointer data)
{
  listener_serve (fixture, plain_client);
}

static void
problems_client (Fixture *fixture)
{
  g_autofree char *path = g_strnfill (3000, 'a');
  g_autofree char *long_path = g_strdup_printf ("GET /%s HTTP/1.1\r\nHost: x\r\n\r\n", path);
  g_autofree char *header = g_strnfill (20000, 'a');
  g_autofree char *long_head =
      g_strdup_printf ("GET /hello HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n", header);

  client_expect (fixture, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 404 ");
  client_expect (fixture, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "application/problem+json");
  client_expect (fixture, "GET /hello/ HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 404 ");
  client_expect (fixture, "PUT /hello HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 405 ");
  client_expect (fixture, "PUT /hello HTTP/1.1\r\nHost: x\r\n\r\n", "Allow: GET\r\n");
  client_expect (fixture, "GET /hello?name=a HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 ");
  client_expect (fixture, "GET /hello?name=a&name=b HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400 ");
  client_expect (fixture, "GET /hello?other=a HTTP/1.1\r\nHost: x\r\n\r\n", "unknownInput");
  client_expect (fixture,
                 "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: "
                 "2\r\n\r\n{}",
                 "HTTP/1.1 415 ");
  client_expect (fixture,
                 "POST /keyed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Content-Length: 2\r\n\r\n{}",
                 "requiredInput");
  client_expect (fixture,
                 "POST /keyed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Idempotency-Key: 1\r\nContent-Length: 2\r\n\r\n{}",
                 "HTTP/1.1 400 ");
  client_expect (
      fixture,
      "POST /keyed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json; charset=utf-8\r\n"
      "Idempotency-Key: 123e4567-e89b-12d3-a456-426614174000\r\nContent-Length: 2\r\n\r\n{}",
      "HTTP/1.1 200 ");
  client_expect (fixture,
                 "GET /nothing HTTP/1.1\r\nHost: x\r\nAccept-Language: nl-BE\r\n\r\n",
                 "Niet gevonden.");
  client_expect (fixture, long_path, "HTTP/1.1 414 ");
  client_expect (fixture, long_head, "HTTP/1.1 431 ");
  client_expect (fixture, "nonsense\r\n\r\n", " 400 Bad Request");
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  listener_serve (fixture, problems_client);
}

/* Sizes */

static void
declared_client (Fixture *fixture)
{
  /* Answered although not one byte of the body was sent. */
  client_expect (fixture,
                 "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Content-Length: 300000000\r\n\r\n",
                 "HTTP/1.1 413 ");
  client_expect (fixture,
                 "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Expect: 100-continue\r\nContent-Length: 300000000\r\n\r\n",
                 "HTTP/1.1 413 ");
  client_expect (fixture,
                 "POST /closed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Content-Length: 1000000\r\n\r\n",
                 "HTTP/1.1 401 ");
  client_expect (fixture,
                 "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
                 "HTTP/1.1 404 ");
  client_expect (fixture,
                 "POST /small HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 "Content-Length: 65\r\n\r\n"
                 "\"12345678901234567890123456789012345678901234567890123456789012345\"",
                 "\"limit\":64");
}

static void
test_declared (Fixture *fixture, gconstpointer data)
{
  listener_serve (fixture, declared_client);
  g_assert_cmpuint (fixture->api.body, ==, 0);
}

static void
fitting_client (Fixture *fixture)
{
  g_autofree char *body = g_strnfill (200 * KIB, '1');
  g_autofree char *declared =
      g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       "Content-Length: %u\r\n\r\n%s",
                       200 * KIB,
                       body);
  g_autofree char *chunked =
      g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n",
                       200 * KIB,
                       body);

  client_expect (fixture, declared, "HTTP/1.1 200 ");
  g_assert_cmpuint (fixture->api.body, ==, 200 * KIB);
  fixture->api.body = 0;
  client_expect (fixture, chunked, "HTTP/1.1 200 ");
  g_assert_cmpuint (fixture->api.body, ==, 200 * KIB);
}

static void
test_fitting (Fixture *fixture, gconstpointer data)
{
  listener_serve (fixture, fitting_client);
}

/* Sends chunks without end; what was sent until the server would have no more. */
static gsize
flood (GSocket *socket, const char *path)
{
  g_autofree char *bytes = g_strnfill (16 * KIB, '1');
  g_autofree char *chunk = g_strdup_printf ("%x\r\n%s\r\n", 16 * KIB, bytes);
  g_autofree char *head =
      g_strdup_printf ("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n",
                       path);
  gsize sent = 0;

  client_say (socket, head);
  while (sent < 256 * MIB && client_say (socket, chunk))
    sent += 16 * KIB;
  return sent;
}

static void
flood_client (Fixture *fixture)
{
  static const char *const paths[] = { "/echo", "/small", "/closed", "/nowhere" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GSocket) socket = client_dial (fixture);

      g_assert_cmpuint (flood (socket, paths[i]), <, 64 * MIB);
    }
}

static void
test_flood (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("a body without length is counted while it comes, and cut off");

  listener_serve (fixture, flood_client);
  g_assert_cmpuint (fixture->api.body, ==, 0);
}

static void
told_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);
  g_autofree char *bytes = g_strnfill (300 * KIB, '1');
  g_autofree char *question =
      g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s",
                       16 * MIB,
                       bytes);
  g_autofree char *answer = NULL;

  client_say (socket, question);
  answer = client_hear (socket);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 413 "));
  g_assert_nonnull (strstr (answer, "Connection: close\r\n"));
  g_assert_true (client_is_cut (socket));
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("who sends too much is told so, and gets no other answer");

  listener_serve (fixture, told_client);
}

/* Times */

static void
silent_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);

  g_assert_true (client_is_cut (socket));
}

static void
slow_head_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);
  gint64 began = g_get_monotonic_time ();

  client_say (socket, "GET /hello HTTP/1.1\r\nHost: x\r\nX: ");
  while (g_get_monotonic_time () - began < 10 * G_TIME_SPAN_SECOND && client_say (socket, "a"))
    g_usleep (20000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);
}

static void
slow_body_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);
  gint64 began = g_get_monotonic_time ();

  client_say (socket,
              "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              "Content-Length: 60000\r\n\r\n");
  while (g_get_monotonic_time () - began < 10 * G_TIME_SPAN_SECOND && client_say (socket, "1"))
    g_usleep (20000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);
}

static void
idle_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);
  g_autofree char *answer = NULL;

  client_say (socket, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  answer = client_hear (socket);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_true (client_is_cut (socket));
}

static void
come_and_go_client (Fixture *fixture)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GSocket) socket = client_dial (fixture);
      g_autofree char *answer = NULL;

      client_say (socket, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      answer = client_hear (socket);
      if (!g_str_has_prefix (answer, "HTTP/1.1 200 "))
        g_test_fail_printf ("the %uth visitor heard “%s”", i, answer);
      /* Every other one leaves with a reset instead of a farewell. */
      if (i % 2 == 0)
        {
          const struct linger none = { 1, 0 };

          setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        }
    }
}

static void
test_times (Fixture *fixture, gconstpointer data)
{
  listener_serve (fixture, (Client) data);
  SERVE_UNTIL (guichetd_listener_count (fixture->listener) == 0);
}

static void
unanswered_client (Fixture *fixture)
{
  client_expect (fixture, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 503 ");
}

static void
test_unanswered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("late", 4);

  g_test_summary (
      "an answer that does not come is answered for, and when it comes it does no harm");

  listener_serve (fixture, unanswered_client);
  g_assert_cmpuint (fixture->api.cancelled, ==, 1);
  guichetd_exchange_answer (fixture->api.waiting, 200, "text/plain", body);
}

static void
leaving_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);

  client_say (socket, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
  while (g_atomic_pointer_get (&fixture->api.waiting) == NULL)
    g_usleep (1000);
}

static void
test_leaving (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("late", 4);

  listener_serve (fixture, leaving_client);
  guichetd_exchange_answer (fixture->api.waiting, 200, "text/plain", body);
  SERVE_UNTIL (guichetd_listener_count (fixture->listener) == 0);
  guichetd_exchange_answer (fixture->api.waiting, 200, "text/plain", body);
  g_assert_true (guichetd_exchange_is_answered (fixture->api.waiting));
}

/* Streams */

static void
stream_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);
  g_autoptr (GString) text = g_string_new (NULL);
  char byte;

  client_say (socket, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  while (strstr (text->str, "data: hi\n\n") == NULL &&
         g_socket_receive (socket, &byte, 1, NULL, NULL) == 1)
    g_string_append_c (text, byte);
  g_assert_nonnull (strstr (text->str, "text/event-stream"));
  g_assert_nonnull (strstr (text->str, "data: hi\n\n"));
  /* Longer than every limit: a stream that is read is not cut. */
  g_usleep (900000);
}

static void
test_stream (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) more = g_bytes_new_static ("data: more\n\n", 12);

  listener_serve (fixture, stream_client);
  g_assert_cmpuint (fixture->api.left, ==, 0);
  g_assert_cmpuint (guichetd_listener_count (fixture->listener), ==, 1);

  /* That the client has left shows with what is written next. */
  for (guint i = 0; i < 3 && fixture->api.left == 0; i++)
    {
      guichetd_exchange_push (fixture->api.waiting, more);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  SERVE_UNTIL (fixture->api.left == 1);
  guichetd_exchange_push (fixture->api.waiting, more);
  SERVE_UNTIL (guichetd_listener_count (fixture->listener) == 0);
}

static void
deaf_client (Fixture *fixture)
{
  g_autoptr (GSocket) socket = client_dial (fixture);

  client_say (socket, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  while (g_atomic_int_get ((gint *) &fixture->api.left) == 0)
    g_usleep (1000);
}

static gboolean
push_cb (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *text = g_strnfill (MIB, 'x');
  g_autoptr (GBytes) bytes = NULL;

  if (fixture->api.waiting == NULL)
    return G_SOURCE_CONTINUE;
  bytes = g_bytes_new_take (g_steal_pointer (&text), MIB);
  for (guint i = 0; i < 32; i++)
    guichetd_exchange_push (fixture->api.waiting, bytes);
  return G_SOURCE_REMOVE;
}

static void
test_deaf (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("a client that does not read what it is told is cut off");

  g_timeout_add (10, push_cb, fixture);
  listener_serve (fixture, deaf_client);
  SERVE_UNTIL (guichetd_listener_count (fixture->listener) == 0);
}

/* Count, and the end */

static void
crowd_client (Fixture *fixture)
{
  GSocket *sockets[40];
  guint cut = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
    sockets[i] = client_dial (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
    {
      g_autofree char *answer = NULL;

      client_say (sockets[i], "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      answer = client_hear (sockets[i]);
      cut += *answer == '\0' ? 1 : 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
    g_object_unref (sockets[i]);
  g_assert_cmpuint (cut, >=, 1);
  g_assert_cmpuint (cut, <=, 8);
}

static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  listener_serve (fixture, crowd_client);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guichetd_listener_stop_finish (GUICHETD_LISTENER (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static gboolean
answer_cb (gpointer data)
{
  Fixture *fixture = data;

  listener_hello (fixture->api.waiting, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer data)
{
  Fixture *fixture = data;
  if (fixture->api.waiting == NULL)
    return G_SOURCE_CONTINUE;
  guichetd_listener_stop_async (fixture->listener, 3000, stopped_cb, &fixture->stopped);
  g_timeout_add (100, answer_cb, fixture);
  return G_SOURCE_REMOVE;
}

static void
waiting_client (Fixture *fixture)
{
  client_expect (fixture, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n", "hello");
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("who waits for an answer when the daemon ends still gets it");

  g_timeout_add (10, stop_cb, fixture);
  listener_serve (fixture, waiting_client);
  SERVE_UNTIL (fixture->stopped);
  g_assert_cmpuint (guichetd_listener_count (fixture->listener), ==, 0);
}

static void
test_stop_with_grace (Fixture *fixture, gconstpointer data)
{
  listener_serve (fixture, leaving_client);
  guichetd_listener_stop_async (fixture->listener, 50, stopped_cb, &fixture->stopped);
  SERVE_UNTIL (fixture->stopped);
  g_assert_cmpuint (fixture->api.cancelled, ==, 1);
}

/* A path */

static void
test_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("guichetd-listener-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  g_autofree char *address = g_strconcat ("unix:", path, NULL);
  g_autoptr (GuichetdListener) first =
      guichetd_listener_new (listener_routes, NULL, NULL, &listener_limits, NULL, NULL);
  g_autoptr (GuichetdListener) second =
      guichetd_listener_new (listener_routes, NULL, NULL, &listener_limits, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  guichetd_listener_start (first, address, 0600, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guichetd_listener_get_uri (first), ==, address);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);

  /* Another one does not take its place while it lives; after a crash it does. */
  g_assert_false (guichetd_listener_start (second, address, 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  g_clear_object (&first);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_false (guichetd_listener_start (second, address, 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_unlink (path);
  guichetd_listener_start (second, address, 0600, &error);
  g_assert_no_error (error);
  g_clear_object (&second);
  g_rmdir (folder);
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data), Client client)
{
  g_test_add (path, Fixture, (gconstpointer) client, listener_set_up, test, listener_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/server/listener/plain", test_plain, NULL);
  add ("/server/listener/problems", test_problems, NULL);
  add ("/server/listener/declared", test_declared, NULL);
  add ("/server/listener/fitting", test_fitting, NULL);
  add ("/server/listener/flood", test_flood, NULL);
  add ("/server/listener/told", test_told, NULL);
  add ("/server/listener/silent", test_times, silent_client);
  add ("/server/listener/slow-head", test_times, slow_head_client);
  add ("/server/listener/slow-body", test_times, slow_body_client);
  add ("/server/listener/come-and-go", test_times, come_and_go_client);
  add ("/server/listener/idle", test_times, idle_client);
  add ("/server/listener/unanswered", test_unanswered, NULL);
  add ("/server/listener/leaving", test_leaving, NULL);
  add ("/server/listener/stream", test_stream, NULL);
  add ("/server/listener/deaf", test_deaf, NULL);
  add ("/server/listener/crowd", test_crowd, NULL);
  add ("/server/listener/stop", test_stop, NULL);
  add ("/server/listener/stop-with-grace", test_stop_with_grace, NULL);
  g_test_add_func ("/server/listener/path", test_path);

  return g_test_run ();
}
