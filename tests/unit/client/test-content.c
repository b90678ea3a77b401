/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of one request: out of the server's answers, into the mirror and out again.
 */
#include "config.h"

#include "guichet-desk.h"
#include "mirror-fixture.h"
#include "random-fixture.h"

#include <string.h>

/* The server's two answers about a request with a life of its own. */
static void
make_answers (GBytes **request, GBytes **events, GuichetRequest **made)
{
  g_autoptr (GPtrArray) life = random_life (12);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  *made = random_fold (NULL, life, 0);
  guichet_json_writer_begin_object (writer, NULL);
  guichet_request_write (*made, writer, "request");
  guichet_json_writer_string (writer, "also", "what a newer server says");
  guichet_json_writer_end_object (writer);
  *request = guichet_json_writer_end (writer);

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < life->len; i++)
    guichet_event_write (g_ptr_array_index (life, i), writer, NULL);
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  *events = guichet_json_writer_end (writer);
}

static void
assert_is (const GuichetContent *content, const GuichetRequest *request)
{
  g_assert_nonnull (content);
  g_assert_cmpstr (content->request->reference, ==, request->reference);
  g_assert_cmpint (content->request->version, ==, request->version);
  g_assert_cmpint (content->request->phase, ==, request->phase);
  g_assert_cmpuint (content->events->len, ==, 12);
  for (guint i = 0; i < content->events->len; i++)
    g_assert_cmpint (((GuichetEvent *) g_ptr_array_index (content->events, i))->version, ==, i + 1);
}

static void
test_read (void)
{
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (GBytes) request = NULL;
      g_autoptr (GBytes) events = NULL;
      g_autoptr (GuichetRequest) made = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GuichetContent) content = NULL;

      make_answers (&request, &events, &made);
      content = guichet_content_read (request, events, &error);
      g_assert_no_error (error);
      assert_is (content, made);
    }
}

static void
assert_refused (GBytes *request, GBytes *events)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (guichet_content_read (request, events, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
}

static void
test_senseless (void)
{
  static const char *const senseless[] = { "",
                                           "{}",
                                           "[]",
                                           "{\"request\":null,\"items\":null}",
                                           "{\"request\":{},\"items\":[{}]}",
                                           "{\"request\":7,\"items\":[7]}" };
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) events = NULL;
  g_autoptr (GuichetRequest) made = NULL;

  make_answers (&request, &events, &made);
  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (senseless[i], strlen (senseless[i]));

      assert_refused (bytes, events);
      assert_refused (request, bytes);
    }
  for (gsize cut = 0; cut < g_bytes_get_size (request); cut += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (request, 0, cut);

      assert_refused (part, events);
    }
  for (gsize cut = 0; cut < g_bytes_get_size (events); cut += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (events, 0, cut);

      assert_refused (request, part);
    }
}

/* Through the mirror */

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GuichetContent *
find (GuichetMirror *mirror, const char *reference)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GuichetContent *content;

  guichet_mirror_find_content_async (mirror, reference, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  content = guichet_mirror_content_finish (mirror, result, &error);
  g_assert_no_error (error);
  return content;
}

static GuichetContent *
put (GuichetMirror *mirror, const char *reference, GBytes *request, GBytes *events, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  guichet_mirror_put_content_async (mirror,
                                    reference,
                                    request,
                                    events,
                                    TOWN_NOW,
                                    NULL,
                                    keep_result,
                                    &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return guichet_mirror_content_finish (mirror, result, error);
}

static void
test_mirror (void)
{
  Desk files = { 0 };
  g_autoptr (GuichetMirror) mirror = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GuichetMirrorState) state = NULL;
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) events = NULL;
  g_autoptr (GBytes) broken = g_bytes_new_static ("{", 1);
  g_autoptr (GuichetRequest) made = NULL;
  g_autoptr (GuichetContent) nothing = NULL;
  g_autoptr (GuichetContent) kept = NULL;
  g_autoptr (GuichetContent) found = NULL;
  g_autoptr (GError) error = NULL;

  desk_set_up (&files);
  mirror = guichet_mirror_new (files.path, TOWN_ME);
  guichet_mirror_open_async (mirror, TOWN_TODAY, FALSE, NULL, keep_result, &opened);
  while (opened == NULL)
    g_main_context_iteration (NULL, TRUE);
  state = guichet_mirror_open_finish (mirror, opened, NULL);
  make_answers (&request, &events, &made);

  nothing = find (mirror, made->reference);
  g_assert_null (nothing);
  /* What cannot be read is not kept. */
  g_assert_null (put (mirror, made->reference, request, broken, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
  g_clear_error (&error);
  nothing = find (mirror, made->reference);
  g_assert_null (nothing);

  kept = put (mirror, made->reference, request, events, &error);
  g_assert_no_error (error);
  assert_is (kept, made);
  found = find (mirror, made->reference);
  assert_is (found, made);

  guichet_mirror_close_async (mirror, TRUE, keep_result, &closed);
  while (closed == NULL)
    g_main_context_iteration (NULL, TRUE);
  desk_tear_down (&files);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/content/read", test_read);
  g_test_add_func ("/client/content/senseless", test_senseless);
  g_test_add_func ("/client/content/mirror", test_mirror);

  return g_test_run ();
}
