/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started with another catalogue than before.
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

/* The same catalogue, but for the number of days that a procedure promises. */
static GuichetCatalogue *
with_other_term (GuichetCatalogue *catalogue, const char *path, int count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) root = office_json (guichet_catalogue_bundle (catalogue));
  JsonObject *files = json_object_get_object_member (root, "files");
  JsonObject *procedure = json_object_get_object_member (files, path);
  JsonArray *terms = json_object_get_array_member (procedure, "terms");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) bundle = NULL;
  GuichetCatalogue *other;
  char *text;

  json_object_set_int_member (json_array_get_object_element (terms, 0), "count", count);
  json_node_set_object (node, root);
  text = json_to_string (node, FALSE);
  bundle = g_bytes_new_take (text, strlen (text));
  other = guichet_catalogue_from_bundle (bundle, &error);
  g_assert_no_error (error);
  return other;
}

static char *
listed_due (Office *office, const char *reference)
{
  g_autoptr (GBytes) bytes = office_search (office, office->anne, &(GuichetdSearch){ 0 }, NULL);
  g_autoptr (JsonObject) page = office_json (bytes);
  JsonArray *items = json_object_get_array_member (page, "items");
  JsonObject *line = json_array_get_object_element (items, 0);

  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (line, "reference"), ==, reference);
  return g_strdup (json_object_get_string_member (line, "due"));
}

static void
note_catalogue (Office *office)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_engine_note_catalogue (office->engine, &error));
  g_assert_no_error (error);
}

static void
start_with_other_terms (Office *office)
{
  GuichetCatalogue *other = with_other_term (office->catalogue, "procedures/POP-TST.json", 8);

  guichet_catalogue_unref (office->catalogue);
  office->catalogue = other;
  office_reopen (office);
}

/* What is due by the rules in force does not stay due by those of before. */
static void
test_other_terms (Office *office, gconstpointer data)
{
  g_autofree char *reference = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 day, epoch;

  note_catalogue (office);
  reference = office_submit_one (office);
  before = listed_due (office, reference);
  g_assert_cmpstr (before, ==, "2026-12-01");
  day = office_number (office, "SELECT due FROM request");
  epoch = office_number (office, "SELECT max (epoch) FROM staff");

  /* Started anew with what it had, it leaves desks alone. */
  office_reopen (office);
  note_catalogue (office);
  g_assert_cmpint (office_number (office, "SELECT max (epoch) FROM staff"), ==, epoch);

  start_with_other_terms (office);
  note_catalogue (office);

  after = listed_due (office, reference);
  g_assert_cmpstr (after, ==, "2026-12-04");
  g_assert_cmpint (office_number (office, "SELECT due FROM request"), ==, day + 3);
  g_assert_cmpint (office_number (office, "SELECT max (epoch) FROM staff"), ==, epoch + 1);
  g_assert_cmpint (office_number (office, "SELECT count (*) FROM event"), ==, 2);
}

/* A request that nobody can open any more does not keep the others from being served. */
static void
test_other_terms_beside_damage (Office *office, gconstpointer data)
{
  g_autofree char *damaged = NULL;
  g_autofree char *sound = NULL;

  note_catalogue (office);
  damaged = office_submit_one (office);
  sound = office_submit_one (office);
  g_assert_cmpint (office_raw (office, "UPDATE content SET state = x'00' WHERE id = 1"),
                   ==,
                   SQLITE_OK);

  start_with_other_terms (office);
  g_test_expect_message ("guichetd-engine",
                         G_LOG_LEVEL_WARNING,
                         "*cannot be opened, and keeps its line*");
  note_catalogue (office);
  g_test_assert_expected_messages ();
  g_assert_cmpint (office_number (office, "SELECT max (due) - min (due) FROM request"), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add ("/server/other-terms/" name, Office, NULL, set_up, func, tear_down)
  ADD ("redrawn", test_other_terms);
  ADD ("beside-damage", test_other_terms_beside_damage);
#undef ADD

  return g_test_run ();
}
