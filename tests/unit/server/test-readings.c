/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readings: what they say, and that they are recorded.
 */
#include "config.h"

#include "office.h"

#include <string.h>

static void
set_up (Office *office, gconstpointer data)
{
  office_open (office);
}

static void
tear_down (Office *office, gconstpointer data)
{
  office_close (office);
}

static void
test_preview (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) answer = NULL;

  bytes = office_preview (office, office->anne, reference, "checking", NULL, "À bientôt.", &error);
  g_assert_no_error (error);
  answer = office_json (bytes);
  g_assert_cmpstr (json_object_get_string_member (answer, "language"), ==, "fr");
  g_assert_cmpstr (json_object_get_string_member (answer, "address"), ==, "citoyen7@example.be");
  g_assert_nonnull (strstr (json_object_get_string_member (answer, "text"), "À bientôt."));
  g_assert_nonnull (strstr (json_object_get_string_member (answer, "text"), "Vérification"));
  g_assert_nonnull (strstr (json_object_get_string_member (answer, "subject"), reference));
  /* Nothing happened. */
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM request WHERE stage = 'received'"),
                   ==,
                   1);

  g_assert_null (office_preview (office, office->anne, reference, "delivered", NULL, NULL, &error));
  g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_NO_SUCH_MOVE);
  g_clear_error (&error);
  g_assert_null (office_preview (office, office->anne, reference, "withdrawn", NULL, NULL, &error));
  g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_NO_SUCH_NOTIFICATION);
}

static char *
preview_text (Office *office, const char *reference, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      office_preview (office, office->chloe, reference, to, "erreur", NULL, &error);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_no_error (error);
  answer = office_json (bytes);
  return g_strdup (json_object_get_string_member (answer, "text"));
}

/* What was reopened is promised again for a day, as it was before. */
static void
test_preview_of_reopening (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autofree char *before = preview_text (office, reference, "checking");
  g_autofree char *after = NULL;
  gint64 version = 2;
  const char *const way[] = { "checking", "refused" };

  g_assert_nonnull (strstr (before, "2026"));
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      g_autoptr (GuichetCommand) move = office_command (GUICHET_COMMAND_MOVE, reference, version);

      move->to = g_strdup (way[i]);
      move->text = g_strdup ("erreur");
      version = office_act (office, office->chloe, move);
    }

  after = preview_text (office, reference, "checking");
  g_assert_cmpstr (after, ==, before);
}

static void
drop (GBytes *bytes)
{
  if (bytes != NULL)
    g_bytes_unref (bytes);
}

static void
test_readings_are_recorded (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autofree char *sql = NULL;
  const GuichetdSearch search = { 0 };
  const GuichetdSearch nobody = { .text = (char *) "personne" };
  g_autoptr (GError) error = NULL;

  drop (office_request (office, office->anne, reference, &error));
  drop (office_events (office, office->bruno, reference, &error));
  drop (office_search (office, office->anne, &search, &error));
  drop (office_changes (office, office->anne, 0, 100, &error));
  drop (office_preview (office, office->anne, reference, "checking", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM access"), ==, 5);
  sql =
      g_strdup_printf ("SELECT count(*) FROM access WHERE reference = '%s' OR listed = '[\"%s\"]'",
                       reference,
                       reference);
  g_assert_cmpint (office_number (office, sql), ==, 5);
  g_assert_cmpint (office_number (office,
                                  "SELECT count(*) FROM access WHERE actor = 'bruno' AND route = "
                                  "'events'"),
                   ==,
                   1);

  /* Who sees nothing leaves no record; neither does who is shown nothing. */
  drop (office_search (office, office->anne, &nobody, &error));
  drop (office_search (office, office->denis, &search, &error));
  g_assert_no_error (error);
  g_assert_null (office_request (office, office->denis, reference, &error));
  g_assert_error (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_NOT_FOUND);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM access"), ==, 5);
}

/* How many requests a person has is about them, also where the page itself is past its end. */
static void
test_counts_are_recorded (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GuichetCitizen) citizen = office_citizen ("Dupont", "Marie Anne", 7);
  const GuichetdSearch searches[] = {
    { .niss = citizen->niss, .cursor = (char *) "r.1" },
    { .text = citizen->niss, .cursor = (char *) "r.1" },
    { .text = (char *) "dupont", .cursor = (char *) "r.1" },
  };
  /* Of everybody, or of nobody. */
  const GuichetdSearch others[] = {
    { .cursor = (char *) "r.1" },
    { .text = (char *) "personne", .cursor = (char *) "r.1" },
  };
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM access WHERE actor = 'anne' AND "
                                          "route = 'search' AND listed = '[\"%s\"]'",
                                          reference);

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = office_search (office, office->anne, &searches[i], &error);
      g_autoptr (JsonObject) answer = NULL;

      g_assert_no_error (error);
      answer = office_json (bytes);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "items")),
                        ==,
                        0);
      g_assert_cmpint (json_object_get_int_member (answer, "total"), ==, 1);
      g_assert_cmpint (office_number (office, sql), ==, i + 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    drop (office_search (office, office->anne, &others[i], NULL));
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM access"),
                   ==,
                   G_N_ELEMENTS (searches));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_engine_record_shown_finish (GUICHETD_ENGINE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
show (Office *office, GuichetClerk *clerk, const char *key, const char *reference)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_shown_free);
  GuichetdShown *item = g_new0 (GuichetdShown, 1);
  gboolean done = FALSE;

  item->key = g_strdup (key);
  item->reference = g_strdup (reference);
  item->instant = OFFICE_NOW - G_USEC_PER_SEC;
  g_ptr_array_add (shown, item);
  guichetd_engine_record_shown_async (office->engine, clerk, shown, NULL, shown_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_shown_from_mirror (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);

  show (office, office->anne, "k1", reference);
  show (office, office->anne, "k1", reference);
  show (office, office->bruno, "k1", reference);
  show (office, office->denis, "k2", reference);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM access WHERE route = 'mirror'"),
                   ==,
                   3);
  g_assert_cmpint (office_number (office,
                                  "SELECT count(*) FROM access WHERE detail = 'notTheirs' AND "
                                  "actor = 'denis'"),
                   ==,
                   1);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM access WHERE instant < recorded"),
                   ==,
                   3);
}

/* What `changes` says of one request to one clerk. */
static gint64
news_for (Office *office, GuichetClerk *clerk, const char *reference)
{
  g_autoptr (GBytes) bytes = office_changes (office, clerk, 0, 1000, NULL);
  g_autoptr (JsonObject) answer = office_json (bytes);
  JsonArray *items = json_object_get_array_member (answer, "items");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      if (json_object_has_member (item, "line") &&
          g_strcmp0 (json_object_get_string_member (json_object_get_object_member (item, "line"),
                                                    "reference"),
                     reference) == 0)
        return json_object_get_int_member_with_default (item, "news", -1);
    }
  return -1;
}

/* What the postman says of the last notification. */
static void
report (Office *office, const char *reference, GuichetEventKind fate)
{
  g_autoptr (GuichetCommand) command =
      office_command (GUICHET_COMMAND_REPORT_NOTIFICATION, reference, 0);
  g_autoptr (GBytes) bytes = office_request (office, office->chloe, reference, NULL);
  g_autoptr (JsonObject) answer = office_json (bytes);
  JsonArray *notifications =
      json_object_get_array_member (json_object_get_object_member (answer, "request"),
                                    "notifications");
  const guint n = json_array_get_length (notifications);

  g_assert_cmpuint (n, >, 0);
  command->notification = g_strdup (
      json_object_get_string_member (json_array_get_object_element (notifications, n - 1), "id"));
  command->fate = fate;
  office_act (office, NULL, command);
}

/* To each clerk the last thing that somebody else did, however much came after it: neither what
 * they did themselves, nor that a mail went out. */
static void
test_news (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office); /* by Anne */
  g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 1);
  g_autoptr (GuichetCommand) move = office_command (GUICHET_COMMAND_MOVE, reference, 1);
  gint64 filed = guichetd_store_get_last (office->store);
  gint64 noted, moved;

  g_assert_cmpint (news_for (office, office->anne, reference), ==, 0);
  g_assert_cmpint (news_for (office, office->bruno, reference), ==, filed);
  report (office, reference, GUICHET_EVENT_NOTIFICATION_SENT);
  g_assert_cmpint (news_for (office, office->anne, reference), ==, 0);
  g_assert_cmpint (news_for (office, office->bruno, reference), ==, filed);

  note->text = g_strdup ("vu");
  office_act (office, office->anne, note);
  noted = guichetd_store_get_last (office->store);
  g_assert_cmpint (news_for (office, office->anne, reference), ==, 0);
  g_assert_cmpint (news_for (office, office->bruno, reference), ==, noted);

  move->to = g_strdup ("checking");
  move->notify = TRUE;
  office_act (office, office->bruno, move);
  moved = guichetd_store_get_last (office->store);
  report (office, reference, GUICHET_EVENT_NOTIFICATION_DELAYED);
  g_assert_cmpint (guichetd_store_get_last (office->store), >, moved);
  g_assert_cmpint (news_for (office, office->anne, reference), ==, moved);
  g_assert_cmpint (news_for (office, office->bruno, reference), ==, noted);
  g_assert_cmpint (news_for (office, office->chloe, reference), ==, moved);

  report (office, reference, GUICHET_EVENT_NOTIFICATION_FAILED);
  g_assert_cmpint (news_for (office, office->bruno, reference),
                   ==,
                   guichetd_store_get_last (office->store));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/server/readings/" name, Office, NULL, set_up, func, tear_down)
  ADD ("preview", test_preview);
  ADD ("preview-of-reopening", test_preview_of_reopening);
  ADD ("are-recorded", test_readings_are_recorded);
  ADD ("counts-are-recorded", test_counts_are_recorded);
  ADD ("shown-from-mirror", test_shown_from_mirror);
  ADD ("news", test_news);
#undef ADD

  return g_test_run ();
}
