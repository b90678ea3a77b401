/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left in the mirror's files of lines that left it: of a purged request, nothing.
 */
#include "config.h"

#include "mirror-fixture.h"

#include "guichet-desk.h"

/* Enough for the tree of every index to have split. */
#define LINES 600

typedef struct
{
  Desk desk;
  Town *town;
  char *reference; /* of the person whom the tests are about */
} Office;

static void
add_person (Town *town, const char *citizen, char **ret_reference)
{
  GuichetLine *line = town_make_line (town);

  g_free (line->citizen);
  line->citizen = g_strdup (citizen);
  if (ret_reference != NULL)
    *ret_reference = g_strdup (line->reference);
  town_add (town, line);
}

static gboolean
keep_content (Office *office, GError **error)
{
  static const char text[] = "{\"familyName\":\"Zwaenepoel\",\"street\":\"Cocarmeaux\"}";
  g_autoptr (GBytes) content = g_bytes_new_static (text, strlen (text));

  return guichet_mirror_writer_put_content (office->desk.writer,
                                            office->reference,
                                            1,
                                            content,
                                            content,
                                            TOWN_NOW,
                                            error);
}

/* A mirror as it is after some weeks: lines came in many pages. */
static void
set_up (Office *office, gconstpointer data)
{
  desk_set_up (&office->desk);
  desk_open (&office->desk);
  office->town = town_new (LINES / 2);
  desk_follow (&office->desk, office->town);
  add_person (office->town, "Clothilde Zwaenepoel-Désmarets", &office->reference);
  for (guint i = 0; i < LINES / 2; i++)
    {
      town_add (office->town, town_make_line (office->town));
      if (i % 20 == 0)
        desk_follow (&office->desk, office->town);
    }
  desk_follow (&office->desk, office->town);
  g_assert_true (keep_content (office, NULL));
}

static void
tear_down (Office *office, gconstpointer data)
{
  desk_tear_down (&office->desk);
  town_free (office->town);
  g_free (office->reference);
}

static gboolean
is_mentioned (Office *office)
{
  const char *const traces[] = { office->reference, "clothilde", "zwaenepoel",
                                 "désmarets",       "desmarets", "cocarmeaux" };
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      if (!desk_mentions (&office->desk, traces[i]))
        continue;
      g_test_message ("found: %s", traces[i]);
      found = TRUE;
    }
  return found;
}

/* What the server says: the line is gone, and why. */
static void
follow_purge (Office *office)
{
  office->town->purged = TRUE;
  desk_follow (&office->desk, office->town);
  office->town->purged = FALSE;
}

static void
purge (Office *office)
{
  town_remove (office->town, office->reference);
  follow_purge (office);
}

static void
test_purged (Office *office, gconstpointer data)
{
  g_assert_true (is_mentioned (office));
  purge (office);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_false (is_mentioned (office));
  g_assert_cmpint (desk_number (&office->desk, "SELECT count (*) FROM lines"), ==, LINES);
}

/* The log is emptied although somebody has the mirror open. */
static void
test_with_reader (Office *office, gconstpointer data)
{
  desk_open_reader (&office->desk);
  purge (office);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_false (is_mentioned (office));
}

/* The program ended before the files were clean: the next one does it, without knowing the name. */
static void
test_interrupted (Office *office, gconstpointer data)
{
  purge (office);
  desk_close (&office->desk);
  desk_open (&office->desk);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_false (is_mentioned (office));
}

/* It went elsewhere before, and was purged when the mirror had nothing of it any more. */
static void
test_left_before (Office *office, gconstpointer data)
{
  town_remove (office->town, office->reference);
  desk_follow (&office->desk, office->town);
  guichet_mirror_writer_scrub (office->desk.writer);

  g_hash_table_add (office->town->gone, g_strdup (office->reference));
  follow_purge (office);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_false (is_mentioned (office));
}

/* It was read before the purge, and the answer comes after it. */
static void
test_on_its_way (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  purge (office);
  g_assert_false (keep_content (office, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_GONE);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_false (is_mentioned (office));
}

/* What only went to somebody else may be opened again. */
static void
test_opened_elsewhere (Office *office, gconstpointer data)
{
  town_remove (office->town, office->reference);
  desk_follow (&office->desk, office->town);
  g_assert_true (keep_content (office, NULL));
  g_assert_cmpint (desk_number (&office->desk, "SELECT count (*) FROM content"), ==, 1);
}

/* A word that is somebody else's name as well stays where it is theirs. */
static void
test_namesake (Office *office, gconstpointer data)
{
  add_person (office->town, "Paul ZWAENEPOEL", NULL);
  desk_follow (&office->desk, office->town);
  purge (office);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_false (desk_mentions (&office->desk, "clothilde"));
  g_assert_false (desk_mentions (&office->desk, office->reference));
  g_assert_cmpint (desk_number (&office->desk,
                                "SELECT count (*) FROM words WHERE words MATCH 'zwaenepoel'"),
                   ==,
                   1);
}

/* A line that only went elsewhere is no reason to write the index anew. */
static void
test_gone (Office *office, gconstpointer data)
{
  static const char segments[] = "SELECT count (*) FROM words_data";
  const gint64 before = desk_number (&office->desk, segments);
  const GuichetLine *other = g_ptr_array_index (office->town->lines, 0);
  g_autofree char *reference = g_strdup (other->reference);

  town_remove (office->town, reference);
  desk_follow (&office->desk, office->town);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_cmpint (desk_number (&office->desk, segments), >, before);

  purge (office);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_cmpint (desk_number (&office->desk, segments), <, before);
}

/* Nothing ever left: what was purged was never there. */
static void
test_never_there (Office *office, gconstpointer data)
{
  static const char segments[] = "SELECT count (*) FROM words_data";
  const gint64 before = desk_number (&office->desk, segments);

  g_hash_table_add (office->town->gone, g_strdup ("26-NONE-SUCH"));
  follow_purge (office);
  guichet_mirror_writer_scrub (office->desk.writer);
  g_assert_cmpint (desk_number (&office->desk, segments), ==, before);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Office *office, gconstpointer data);
  } tests[] = {
    { "/client/residue/purged", test_purged },
    { "/client/residue/reader", test_with_reader },
    { "/client/residue/interrupted", test_interrupted },
    { "/client/residue/left-before", test_left_before },
    { "/client/residue/on-its-way", test_on_its_way },
    { "/client/residue/opened-elsewhere", test_opened_elsewhere },
    { "/client/residue/namesake", test_namesake },
    { "/client/residue/gone", test_gone },
    { "/client/residue/never-there", test_never_there },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Office, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
