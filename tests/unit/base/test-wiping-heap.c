/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* How often the end of the text is in the heap, of whose free blocks the C library itself
 * overwrites no more than the beginning. */
static guint
count_in_heap (const char *whole)
{
  const char *text = whole + strlen (whole) / 2;
  FILE *maps = fopen ("/proc/self/maps", "r");
  char buffer[512];
  guint found = 0;

  g_assert_nonnull (maps);
  while (fgets (buffer, sizeof buffer, maps) != NULL)
    {
      unsigned long begin, end;

      if (strstr (buffer, "[heap]") == NULL || sscanf (buffer, "%lx-%lx rw", &begin, &end) != 2)
        continue;
      for (const char *at = (const char *) (uintptr_t) begin;
           (at = memmem (at, end - (uintptr_t) at, text, strlen (text))) != NULL;
           at++)
        found++;
    }
  fclose (maps);
  return found;
}

/* Composed, so that the text itself stands nowhere before. */
static char *
make_text (void)
{
  return g_strdup_printf ("%s, %s: %s%s", "a person", "national number", "16050", "100127");
}

static void
test_freed (void)
{
  char *texts[40];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    texts[i] = make_text ();
  g_assert_cmpuint (count_in_heap (texts[0]), >=, G_N_ELEMENTS (texts));
  for (guint i = 1; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_assert_cmpuint (count_in_heap (texts[0]), ==, 1);
  g_free (texts[0]);
}

static void
test_grown (void)
{
  char *text = make_text ();
  char *kept = make_text ();

  for (gsize size = 64; size < 4096; size *= 2)
    text = g_realloc (text, size);
  g_assert_cmpstr (text, ==, kept);
  g_assert_cmpuint (count_in_heap (kept), ==, 2);
  text = g_realloc (text, 64);
  g_assert_cmpstr (text, ==, kept);
  g_assert_cmpuint (count_in_heap (kept), ==, 2);
  g_free (text);
  g_free (kept);
}

static void
read_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  const char *text = user_data;
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object;

  g_assert_true (json_parser_load_from_data (parser,
                                             g_bytes_get_data (body, NULL),
                                             (gssize) g_bytes_get_size (body),
                                             NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_nonnull (strstr (json_object_get_string_member (object, "file"), text));
  /* Here and there, in what the libraries keep of it. */
  g_assert_cmpuint (count_in_heap (text), >, 3);
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* (transfer full): as large as a body with a card in it, with the text in the middle. */
static GBytes *
make_body (const char *text)
{
  GString *body = g_string_new ("{\"file\":\"");

  for (guint i = 0; i < 20000; i++)
    g_string_append_c (body, 'A');
  g_string_append (body, text);
  for (guint i = 0; i < 20000; i++)
    g_string_append_c (body, 'A');
  g_string_append (body, "\"}");
  return g_string_free_to_bytes (body);
}

static void
post (const char *address, const char *text)
{
  SoupSession *session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, address);
  g_autoptr (GBytes) body = make_body (text);
  gboolean sent = FALSE;

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &sent);
  while (!sent)
    g_main_context_iteration (NULL, TRUE);
  soup_session_abort (session);
  g_object_unref (session);
}

/* A card's way to the server: none of the libraries that it goes through leaves anything of it. */
static void
test_sent (void)
{
  char *text = make_text ();
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;
  char *address;

  soup_server_add_handler (server, NULL, read_cb, text, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  address = g_uri_to_string (uris->data);
  post (address, text);
  soup_server_disconnect (server);
  g_object_unref (server);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (count_in_heap (text), ==, 1);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_free (address);
  g_free (text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/wiping-heap/freed", test_freed);
  g_test_add_func ("/base/wiping-heap/grown", test_grown);
  g_test_add_func ("/base/wiping-heap/sent", test_sent);
  return g_test_run ();
}
