/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mirror keeps beside its lines: contents, and what the server said of clerk and procedures.
 */
#include "config.h"

#include "mirror-fixture.h"

#include "catalogue-fixture.h"

#include <string.h>

static void
set_up (Desk *desk, gconstpointer data)
{
  desk_set_up (desk);
  desk_open (desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  desk_tear_down (desk);
}

static void
put_content (Desk *desk, const char *reference, gint64 version, gint64 fetched, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  guichet_mirror_writer_put_content (desk->writer,
                                     reference,
                                     version,
                                     bytes,
                                     bytes,
                                     fetched,
                                     &error);
  g_assert_no_error (error);
}

/* Contents leave after fourteen days, but not those of its clerk's own requests. */
static void
test_contents (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (4);
  static const char *const assignees[] = { TOWN_ME, "bruno", NULL, TOWN_ME };
  const char *references[4];
  g_autoptr (GuichetApplied) applied = NULL;
  g_autoptr (GuichetApplied) later = NULL;

  for (guint i = 0; i < 4; i++)
    {
      GuichetLine *line = g_ptr_array_index (town->lines, i);

      line->phase = i == 3 ? GUICHET_PHASE_CLOSED : GUICHET_PHASE_PROCESSING;
      g_free (line->assignee);
      line->assignee = g_strdup (assignees[i]);
      references[i] = line->reference;
    }
  desk_follow (desk, town);
  for (guint i = 0; i < 4; i++)
    put_content (desk, references[i], 1, TOWN_NOW, "{\"first\":1}");
  put_content (desk, references[2], 1, TOWN_NOW + 3 * TOWN_DAY, "{\"second\":1}");

  applied = guichet_mirror_writer_set_today (desk->writer, TOWN_TODAY + 15, NULL);
  g_assert_nonnull (applied);
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 2);
  later = guichet_mirror_writer_set_today (desk->writer, TOWN_TODAY + 30, NULL);
  g_assert_nonnull (later);
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 1);
}

/* An older answer that comes late does not take the place of a newer one. */
static void
test_content_version (Desk *desk, gconstpointer data)
{
  put_content (desk, "26-AAAA-AAAA", 3, 10, "three");
  put_content (desk, "26-AAAA-AAAA", 2, 20, "two");
  g_assert_cmpint (desk_number (desk, "SELECT version FROM content"), ==, 3);
  g_assert_cmpint (desk_number (desk, "SELECT fetched FROM content"), ==, 10);
  put_content (desk, "26-AAAA-AAAA", 3, 30, "three again");
  g_assert_cmpint (desk_number (desk, "SELECT fetched FROM content"), ==, 30);
  put_content (desk, "26-AAAA-AAAA", 4, 40, "four");
  g_assert_cmpint (desk_number (desk, "SELECT version FROM content"), ==, 4);
}

/* Of a purged request nothing is kept that says who it was, not even by an answer on its way. */
static void
test_purged (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (1);
  GuichetLine *line = g_ptr_array_index (town->lines, 0);
  g_autofree char *reference = g_strdup (line->reference);
  GuichetLine *next;

  g_free (line->citizen);
  line->citizen = g_strdup ("Élise Noël");
  desk_follow (desk, town);
  put_content (desk, reference, 1, TOWN_NOW, "{\"who\":\"Élise\"}");
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 1);

  next = town_next (town, line);
  g_clear_pointer (&next->citizen, g_free);
  next->last_kind = GUICHET_EVENT_PURGED;
  town_put (town, next);
  desk_follow (desk, town);
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 0);
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM lines WHERE citizen_key <> ''"),
                   ==,
                   0);

  put_content (desk, reference, 1, TOWN_NOW, "{\"who\":\"Élise\"}");
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 0);
  put_content (desk, reference, 2, TOWN_NOW, "{\"who\":null}");
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 1);
}

/* Somebody may look at what has no line here, as what was closed long ago: they are told as well. */
static void
test_purged_without_line (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (1);
  g_autoptr (GuichetApplied) applied = NULL;
  g_autoptr (GBytes) page = NULL;
  const GuichetTouched *touched;

  desk_follow (desk, town);
  put_content (desk, "19-AAAA-AAAA", 7, TOWN_NOW, "{}");
  g_hash_table_add (town->gone, g_strdup ("19-AAAA-AAAA"));
  town->purged = TRUE;
  page = town_page (town, 1);
  applied = desk_apply (desk, page);
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 0);
  g_assert_cmpuint (applied->touched->len, ==, 1);
  touched = g_ptr_array_index (applied->touched, 0);
  g_assert_cmpstr (touched->reference, ==, "19-AAAA-AAAA");
  g_assert_cmpint (touched->version, ==, 0);
  g_assert_true (touched->purged);
}

/* What the server said of the clerk and the procedures is there at the next start. */
static void
test_answers (Desk *desk, gconstpointer data)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetClerk) chloe = fixture_clerk (TOWN_ME, GUICHET_ROLE_CLERK, NULL);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) me = NULL;
  g_autoptr (GBytes) broken = g_bytes_new_static ("{", 1);
  g_autoptr (GError) error = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_clerk_write (chloe, writer, "clerk");
  guichet_json_writer_integer (writer, "epoch", 3);
  guichet_json_writer_string (writer, "zone", "Europe/Brussels");
  guichet_json_writer_instant (writer, "now", TOWN_NOW);
  guichet_json_writer_end_object (writer);
  me = guichet_json_writer_end (writer);

  g_assert_null (desk->state->me);
  g_assert_true (guichet_mirror_writer_put_me (desk->writer, me, -42, &error));
  g_assert_true (guichet_mirror_writer_put_catalogue (desk->writer,
                                                      guichet_catalogue_bundle (catalogue),
                                                      "v1",
                                                      &error));
  desk_close (desk);
  desk_open (desk);
  g_assert_cmpstr (desk->state->me->clerk->login, ==, TOWN_ME);
  g_assert_cmpint (desk->state->clock_offset, ==, -42);
  g_assert_nonnull (guichet_catalogue_find (desk->state->catalogue, "POP-TST"));
  g_assert_cmpstr (desk->state->catalogue_version, ==, "v1");

  /* What cannot be read is asked for again. */
  g_assert_true (guichet_mirror_writer_put_catalogue (desk->writer, broken, "v2", &error));
  desk_close (desk);
  desk_open (desk);
  g_assert_null (desk->state->catalogue);
  g_assert_null (desk->state->catalogue_version);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "/client/mirror-kept/contents", test_contents },
    { "/client/mirror-kept/content-version", test_content_version },
    { "/client/mirror-kept/purged", test_purged },
    { "/client/mirror-kept/purged-without-line", test_purged_without_line },
    { "/client/mirror-kept/answers", test_answers },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Desk, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
