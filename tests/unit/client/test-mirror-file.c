/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mirror's file: whose it is, what is not in it, and what happens when it is not what it was.
 */
#include "config.h"

#include "mirror-fixture.h"
#include "spoil.h"

#include "guichet-desk.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define NISS "85073003328"

static void
set_up (Desk *desk, gconstpointer data)
{
  desk_set_up (desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  desk_tear_down (desk);
}

static GPtrArray *
list_files (Desk *desk)
{
  g_autoptr (GDir) dir = g_dir_open (desk->folder, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (files, g_build_filename (desk->folder, name, NULL));
  return files;
}

static void
test_private (Desk *desk, gconstpointer data)
{
  const mode_t before = umask (0);
  g_autoptr (Town) town = town_new (5);
  g_autoptr (GPtrArray) files = NULL;

  desk_open (desk);
  desk_follow (desk, town);
  desk_open_reader (desk);
  files = list_files (desk);
  umask (before);
  g_assert_cmpuint (files->len, ==, 3); /* itself, -wal and -shm */
  for (guint i = 0; i < files->len; i++)
    {
      GStatBuf info;

      g_assert_no_errno (g_stat (g_ptr_array_index (files, i), &info));
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
}

/* A server that says more than a queue line should hold does not make the mirror keep it. */
static void
test_no_niss (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (5);
  g_autoptr (GBytes) page = town_page (town, 1);
  gsize length;
  const char *bytes = g_bytes_get_data (page, &length);
  g_autoptr (GString) text = g_string_new_len (bytes, (gssize) length);
  g_autoptr (GBytes) said = NULL;
  g_autoptr (GuichetApplied) applied = NULL;

  g_string_replace (text, "\"language\":", "\"niss\":\"" NISS "\",\"language\":", 0);
  g_string_replace (text, "\"epoch\":", "\"niss\":\"" NISS "\",\"epoch\":", 0);
  said = g_bytes_new (text->str, text->len);
  desk_open (desk);
  applied = desk_apply (desk, said);
  g_assert_cmpuint (applied->touched->len, ==, 5);
  g_assert_false (desk_mentions (desk, NISS));
}

/* Damage */

static void
make_mirror (Desk *desk)
{
  g_autoptr (Town) town = town_new (400);

  desk_open (desk);
  desk_follow (desk, town);
  desk_close (desk);
}

/* Whatever happened to the file, a new one takes its place and works. */
static void
assert_new (Desk *desk)
{
  g_autoptr (Town) town = town_new (20);

  g_assert_cmpint (desk->state->epoch, ==, -1);
  g_assert_cmpint (desk->state->last, ==, 0);
  g_assert_false (desk->state->synchronised);
  desk_follow (desk, town);
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM lines"), ==, 20);
}

static void
open_damaged (Desk *desk)
{
  g_test_expect_message ("guichet-mirror-writer", G_LOG_LEVEL_MESSAGE, "*is thrown away*");
  desk_open (desk);
  g_test_assert_expected_messages ();
}

static void
test_garbage (Desk *desk, gconstpointer data)
{
  g_autofree char *garbage = g_strnfill (20000, 'x');

  g_assert_true (g_file_set_contents (desk->path, garbage, 20000, NULL));
  open_damaged (desk);
  assert_new (desk);
}

static void
test_empty (Desk *desk, gconstpointer data)
{
  g_assert_true (g_file_set_contents (desk->path, "", 0, NULL));
  desk_open (desk);
  assert_new (desk);
}

static void
run_sql (Desk *desk, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (desk->path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (Desk *desk, gconstpointer data)
{
  make_mirror (desk);
  run_sql (desk, "PRAGMA user_version = 1000");
  open_damaged (desk);
  assert_new (desk);
}

static void
test_no_state (Desk *desk, gconstpointer data)
{
  make_mirror (desk);
  run_sql (desk, "DELETE FROM state");
  open_damaged (desk);
  assert_new (desk);
}

/* The same while somebody reads lists. */
static void
test_no_state_to_read (Desk *desk, gconstpointer data)
{
  const GuichetQuestion question = { .view = GUICHET_VIEW_ALL };
  g_autoptr (GuichetGlossary) glossary = guichet_glossary_new (NULL, GUICHET_LANGUAGE_FR);
  g_autoptr (GuichetListing) listing = guichet_listing_new (&question, glossary);
  g_autoptr (GError) error = NULL;

  make_mirror (desk);
  desk_open (desk);
  desk_open_reader (desk);
  run_sql (desk, "DELETE FROM state");
  g_assert_false (guichet_mirror_reader_list (desk->reader, listing, NULL, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
}

static void
test_damaged (Desk *desk, gconstpointer data)
{
  make_mirror (desk);
  spoil_database (desk->path, "''");
  open_damaged (desk);
  assert_new (desk);
}

static void
test_damaged_state (Desk *desk, gconstpointer data)
{
  make_mirror (desk);
  spoil_database (desk->path, "'sqlite_schema'");
  open_damaged (desk);
  assert_new (desk);
}

/* Damage where only a new day looks. */
static void
test_damaged_day (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_mirror (desk);
  spoil_database (desk->path, SPOIL_BUT_OPENING);
  g_clear_pointer (&desk->state, guichet_mirror_state_free);
  g_test_expect_message ("guichet-mirror-writer", G_LOG_LEVEL_MESSAGE, "*is thrown away*");
  desk->writer = guichet_mirror_writer_open (desk->path,
                                             TOWN_ME,
                                             TOWN_TODAY + 1,
                                             desk->log,
                                             &desk->state,
                                             &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  assert_new (desk);
}

/* Damage that only the next page comes upon: another mirror must take the place of this one. */
static void
test_damaged_page (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (800);
  g_autoptr (GBytes) page = town_page (town, 1);
  g_autoptr (GuichetApplied) applied = NULL;

  make_mirror (desk);
  spoil_database (desk->path, SPOIL_BUT_OPENING);
  desk_open (desk);
  g_assert_true (desk->state->synchronised);
  g_test_expect_message ("guichet-mirror-writer-page", G_LOG_LEVEL_MESSAGE, "*must be made anew*");
  applied = desk_apply (desk, page);
  g_test_assert_expected_messages ();
  g_assert_true (applied->foreign);

  desk_close (desk);
  guichet_mirror_writer_delete_files (desk->path, NULL);
  desk_open (desk);
  assert_new (desk);
}

/* A folder that cannot be written is an error, not a reason to throw anything away. */
static void
test_no_folder (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "missing", "mirror.db", NULL);
  g_autoptr (GuichetMirrorState) state = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (guichet_mirror_writer_open (path, TOWN_ME, TOWN_TODAY, desk->log, &state, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
}

/* The whole mirror, from the main thread */

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GuichetMirror *
open_mirror (Desk *desk)
{
  GuichetMirror *mirror = guichet_mirror_new (desk->path, TOWN_ME);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetMirrorState) state = NULL;
  g_autoptr (GError) error = NULL;

  guichet_mirror_open_async (mirror, TOWN_TODAY, FALSE, NULL, keep_result, &result);
  wait_for (&result);
  state = guichet_mirror_open_finish (mirror, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (state);
  return mirror;
}

static void
close_mirror (GuichetMirror *mirror, gboolean wipe)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  guichet_mirror_close_async (mirror, wipe, keep_result, &result);
  wait_for (&result);
  g_assert_true (guichet_mirror_close_finish (mirror, result, &error));
  g_assert_no_error (error);
}

static void
apply_page (GuichetMirror *mirror, Town *town)
{
  g_autoptr (GBytes) page = town_page (town, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetApplied) applied = NULL;

  guichet_mirror_apply_async (mirror, page, NULL, keep_result, &result);
  wait_for (&result);
  applied = guichet_mirror_apply_finish (mirror, result, &error);
  g_assert_no_error (error);
}

/* Closed, it is kept; wiped, nothing of it is left. */
static void
test_wipe (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (50);
  g_autoptr (GuichetMirror) mirror = open_mirror (desk);
  g_autoptr (GuichetMirror) again = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) left = NULL;

  apply_page (mirror, town);
  close_mirror (mirror, FALSE);
  kept = list_files (desk);
  g_assert_cmpuint (kept->len, ==, 1);

  again = open_mirror (desk);
  g_assert_cmpint (guichet_mirror_get_n_lines (again), ==, 50);
  close_mirror (again, TRUE);
  left = list_files (desk);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_single_lines (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (20);
  g_autoptr (GuichetMirror) mirror = open_mirror (desk);
  gboolean changed;

  apply_page (mirror, town);
  g_assert_true (guichet_mirror_get_synchronised (mirror));
  g_assert_cmpint (guichet_mirror_get_last (mirror), ==, town->last);
  for (guint i = 0; i < town->lines->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (town->lines, i);
      const guint32 id = guichet_mirror_find_line (mirror, line->reference);
      g_autoptr (GuichetLine) read = guichet_mirror_read_line (mirror, id, &changed);

      g_assert_cmpstr (read->reference, ==, line->reference);
      g_assert_cmpint (read->last_event, ==, line->last_event);
    }
  g_assert_cmpuint (guichet_mirror_find_line (mirror, "26-NONE-SUCH"), ==, 0);
  g_assert_null (guichet_mirror_read_line (mirror, 1000, &changed));

  close_mirror (mirror, FALSE);
  g_assert_cmpuint (guichet_mirror_find_line (mirror, "26-NONE-SUCH"), ==, 0);
  g_assert_null (guichet_mirror_read_line (mirror, 1, &changed));
}

/* Nobody has to ask: behind the page that says so, and behind opening if it was not done then. */
static void
check_purged (Desk *desk, gboolean before)
{
  g_autoptr (Town) town = town_new (50);
  GuichetLine *line = town_make_line (town);
  g_autofree char *reference = g_strdup (line->reference);
  g_autoptr (GuichetMirror) mirror = NULL;
  g_autoptr (GuichetMirror) again = NULL;

  g_free (line->citizen);
  line->citizen = g_strdup ("Clothilde Zwaenepoel");
  town_add (town, line);
  mirror = open_mirror (desk);
  apply_page (mirror, town);
  close_mirror (mirror, FALSE);
  g_assert_true (desk_mentions (desk, "zwaenepoel"));

  town_remove (town, reference);
  town->purged = TRUE;
  if (before)
    {
      desk_open (desk);
      desk_follow (desk, town);
      desk_close (desk);
      g_assert_true (desk_mentions (desk, "zwaenepoel"));
    }
  again = open_mirror (desk);
  if (!before)
    apply_page (again, town);
  close_mirror (again, FALSE);
  g_assert_false (desk_mentions (desk, "zwaenepoel"));
  g_assert_false (desk_mentions (desk, reference));
}

static void
test_purged (Desk *desk, gconstpointer data)
{
  check_purged (desk, FALSE);
}

static void
test_purged_before (Desk *desk, gconstpointer data)
{
  check_purged (desk, TRUE);
}

/* What is asked of a mirror that was closed is answered, with an error. */
static void
test_closed (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (5);
  g_autoptr (GuichetMirror) mirror = open_mirror (desk);
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) page = town_page (town, 1);
  g_autoptr (GError) error = NULL;

  guichet_mirror_close_async (mirror, TRUE, keep_result, &closed);
  wait_for (&closed);
  guichet_mirror_apply_async (mirror, page, NULL, keep_result, &result);
  wait_for (&result);
  g_assert_null (guichet_mirror_apply_finish (mirror, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "/client/mirror-file/private", test_private },
    { "/client/mirror-file/niss", test_no_niss },
    { "/client/mirror-file/garbage", test_garbage },
    { "/client/mirror-file/empty", test_empty },
    { "/client/mirror-file/newer", test_newer },
    { "/client/mirror-file/no-state", test_no_state },
    { "/client/mirror-file/no-state-to-read", test_no_state_to_read },
    { "/client/mirror-file/damaged", test_damaged },
    { "/client/mirror-file/damaged-state", test_damaged_state },
    { "/client/mirror-file/damaged-day", test_damaged_day },
    { "/client/mirror-file/damaged-page", test_damaged_page },
    { "/client/mirror-file/no-folder", test_no_folder },
    { "/client/mirror-file/wipe", test_wipe },
    { "/client/mirror-file/lines", test_single_lines },
    { "/client/mirror-file/closed", test_closed },
    { "/client/mirror-file/purged", test_purged },
    { "/client/mirror-file/purged-before", test_purged_before },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Desk, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
