/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Purging, backups, and what a restore must not bring back.
 */
#include "config.h"

#include "guichetd-backup.h"
#include "guichetd-restore.h"
#include "guichetd-journal-verify.h"
#include "office.h"
#include "folder.h"

#include <glib/gstdio.h>
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
assert_good (Office *office, gint64 purged)
{
  g_auto (GuichetdVerdict) verdict = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_journal_verify (office->store, NULL, &verdict, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < verdict.problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (verdict.problems, i));
  g_assert_true (guichetd_verdict_is_good (&verdict));
  g_assert_cmpint (verdict.purged, ==, purged);
}

/* A request that has been through much, so that pages of the database split around it. */
static char *
live (Office *office, const char *family_name, const char *given_names, guint serial)
{
  g_autoptr (GuichetCitizen) citizen = office_citizen (family_name, given_names, serial);
  g_autofree char *reference = office_submit (office, office->anne, "POP-TST", citizen);
  g_autoptr (GuichetCommand) claim = office_command (GUICHET_COMMAND_CLAIM, reference, 2);
  g_autoptr (GuichetCommand) move = office_command (GUICHET_COMMAND_MOVE, reference, 3);
  g_autoptr (GuichetCommand) attach =
      office_command (GUICHET_COMMAND_ATTACH_DOCUMENT, reference, 0);
  g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 0);
  g_autofree char *pdf = g_strdup_printf ("%%PDF-1.4 pour %s\n", family_name);

  office_act (office, office->anne, claim);
  move->to = g_strdup ("checking");
  move->notify = TRUE;
  office_act (office, office->anne, move);
  attach->after = g_strdup (move->key);
  attach->document_name = g_strdup_printf ("%s.pdf", family_name);
  attach->document = g_bytes_new (pdf, strlen (pdf));
  office_act (office, office->anne, attach);
  note->after = g_strdup (attach->key);
  note->text = g_strdup_printf ("%s a téléphoné", family_name);
  office_act (office, office->anne, note);
  return g_steal_pointer (&reference);
}

static void
look (Office *office, const char *reference)
{
  const GuichetdSearch search = { .text = (char *) "zwaenepoel" };

  g_bytes_unref (office_request (office, office->anne, reference, NULL));
  g_bytes_unref (office_events (office, office->anne, reference, NULL));
  g_bytes_unref (office_search (office, office->anne, &search, NULL));
  g_bytes_unref (office_changes (office, office->anne, 0, 1000, NULL));
}

static const char *const traces[] = {
  "Zwaenepoel", "zwaenepoel", "waenepoe",          "Clothilde",
  "citoyen77@", "téléphoné",  "Rue de la Clef 77",
};

static void
assert_forgotten (const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    g_assert_false (office_finds (folder, traces[i]));
}

static void
test_nothing_is_left (Office *office, gconstpointer data)
{
  g_autofree char *later = g_build_filename (office->folder, "later", NULL);
  g_autofree char *reference = NULL;
  g_autoptr (GError) error = NULL;
  gint64 events;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("Voisin%u", i);
      g_autofree char *other = NULL;

      if (i == 60)
        reference = live (office, "Zwaenepoel", "Clothilde", 77);
      other = live (office, name, "Paul", 100 + i);
    }
  look (office, reference);
  g_assert_true (office_finds (office->folder, "Zwaenepoel"));
  events = office_number (office, "SELECT max(number) FROM event");

  g_assert_true (guichetd_engine_purge (office->engine,
                                        reference,
                                        "root",
                                        "délai dépassé: Zwaenepoel l’a demandé",
                                        &error));
  g_assert_no_error (error);

  assert_forgotten (office->folder);
  g_assert_cmpint (office_number (office, "SELECT max(number) FROM event"), ==, events + 1);
  g_assert_cmpint (guichetd_store_get_last (office->store), ==, events + 1);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM request"), ==, 120);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM search"), ==, 120);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM document"), ==, 120);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM mail"), ==, 240);
  assert_good (office, 1);

  /* It is gone for whoever asks. */
  g_assert_null (office_request (office, office->anne, reference, &error));
  g_assert_error (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Again is no harm, and a later backup has nothing of it either. */
  g_assert_true (guichetd_engine_purge (office->engine, reference, "root", "encore", &error));
  g_assert_no_error (error);
  g_assert_true (guichetd_backup_make (office->store, later, &error));
  g_assert_no_error (error);
  assert_forgotten (office->folder);
  office_reopen (office);
  assert_forgotten (office->folder);
  assert_good (office, 1);
}

static void
test_mirrors_are_told (Office *office, gconstpointer data)
{
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);
  g_autofree char *other = live (office, "Dupont", "Marie", 78);
  gint64 before = guichetd_store_get_last (office->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) fresh = NULL;
  g_autoptr (GBytes) stranger = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) theirs = NULL;
  JsonArray *items;
  JsonObject *item;

  g_assert_true (guichetd_engine_purge (office->engine, reference, "root", "délai", &error));
  bytes = office_changes (office, office->anne, before, 100, &error);
  g_assert_no_error (error);
  answer = office_json (bytes);
  items = json_object_get_array_member (answer, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  item = json_array_get_object_element (items, 0);
  g_assert_cmpstr (json_object_get_string_member (item, "reference"), ==, reference);
  g_assert_true (json_object_get_boolean_member (item, "gone"));
  g_assert_true (json_object_get_boolean_member (item, "purged"));
  g_assert_cmpint (json_object_get_int_member (answer, "last"), ==, before + 1);

  /* Who begins afresh never had it, and whom it was none of never hears of it. */
  fresh = office_changes (office, office->anne, 0, 100, &error);
  first = office_json (fresh);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (first, "items")), ==, 1);
  g_assert_cmpint (json_object_get_int_member (first, "total"), ==, 1);
  stranger = office_changes (office, office->denis, before, 100, &error);
  theirs = office_json (stranger);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (theirs, "items")), ==, 0);
}

static void
test_homonyms_stay (Office *office, gconstpointer data)
{
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);
  g_autofree char *namesake = live (office, "Zwaenepoel", "Marcel", 78);
  const GuichetdSearch search = { .text = (char *) "zwaenepoel" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) answer = NULL;

  g_assert_true (guichetd_engine_purge (office->engine, reference, "root", "délai", &error));
  g_assert_no_error (error);
  g_assert_false (office_finds (office->folder, "clothilde"));
  bytes = office_search (office, office->anne, &search, &error);
  answer = office_json (bytes);
  g_assert_cmpint (json_object_get_int_member (answer, "total"), ==, 1);
}

static void
test_refusals (Office *office, gconstpointer data)
{
  g_autofree char *reference = live (office, "Dupont", "Marie", 7);
  g_autofree char *folder = g_build_filename (office->folder, "copie", NULL);
  g_autoptr (GuichetCommand) command = office_command (GUICHET_COMMAND_PURGE, reference, 0);
  g_autoptr (GError) error = NULL;

  g_assert_false (guichetd_engine_purge (office->engine, "26-XXXX-XXXX", "root", "délai", &error));
  g_assert_error (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (guichetd_engine_purge (office->engine, reference, "root", " ", &error));
  g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_REASON_MISSING);
  g_clear_error (&error);

  /* Nobody purges by the ordinary way. */
  command->text = g_strdup ("délai");
  office_refused (office, office->chloe, command, GUICHET_REFUSAL, GUICHET_REFUSAL_NOT_ALLOWED);

  g_assert_true (guichetd_store_hold_files (office->store));
  g_assert_false (guichetd_engine_purge (office->engine, reference, "root", "délai", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (guichetd_backup_make (office->store, folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  guichetd_store_release_files (office->store);

  g_assert_true (guichetd_backup_make (office->store, folder, &error));
  g_assert_false (guichetd_backup_make (office->store, folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_good (office, 0);
}

/* A state that does not open is in nobody's way: neither one whose key is another, nor one that is damaged. */
static void
test_unreadable (Office *office, gconstpointer data)
{
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);
  g_autofree char *other = live (office, "Dupont", "Marie", 78);
  g_autoptr (GError) error = NULL;

  office_stop (office);
  g_assert_cmpint (office_raw (office,
                               "UPDATE content SET state = zeroblob (length (state)) "
                               "WHERE id = (SELECT min (id) FROM request)"),
                   ==,
                   SQLITE_OK);
  office_start (office);

  g_test_expect_message ("guichetd-engine", G_LOG_LEVEL_MESSAGE, "*purged unread*");
  g_assert_true (guichetd_engine_purge (office->engine, reference, "root", "délai", &error));
  g_assert_no_error (error);
  g_test_assert_expected_messages ();
  assert_forgotten (office->folder);
  assert_good (office, 1);
  g_bytes_unref (office_request (office, office->anne, other, &error));
  g_assert_no_error (error);
}

/* As a crash leaves the oldest request between the journal's commit and the end of the key. */
static void
cut_short (Office *office)
{
#define OLDEST "(SELECT min (id) FROM request)"
  g_assert_cmpint (
      office_raw (office,
                  "INSERT INTO purged SELECT 9999, reference, id, department, procedure, 0"
                  "  FROM request WHERE id = " OLDEST ";"
                  "DELETE FROM document WHERE reference = (SELECT reference FROM purged);"
                  "DELETE FROM mail WHERE reference = (SELECT reference FROM purged);"
                  "DELETE FROM search WHERE rowid = " OLDEST ";"
                  "DELETE FROM content WHERE id = " OLDEST ";"
                  "DELETE FROM request WHERE id = " OLDEST),
      ==,
      SQLITE_OK);
#undef OLDEST
}

static void
test_cut_short (Office *office, gconstpointer data)
{
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);

  cut_short (office);
  g_assert_true (office_finds (office->folder, "zwaenepoel"));
  office_reopen (office);
  assert_forgotten (office->folder);
}

static sqlite3 *
open_keys (Office *office, const char *sql)
{
  g_autofree char *path = g_build_filename (office->folder, "keys.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static gint64
count_keys (Office *office)
{
  sqlite3 *keys = open_keys (office, "");
  sqlite3_stmt *statement;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (keys, "SELECT count(*) FROM key", -1, &statement, NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (keys);
  return n;
}

/* A purge that goes well says nothing of an earlier one that did not: what that has left is cleared with it. */
static void
test_earlier_one_is_owed (Office *office, gconstpointer data)
{
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);
  g_autofree char *other = live (office, "Dupont", "Marie", 78);
  g_autoptr (GError) error = NULL;

  cut_short (office);
  /* What of it is in a page that is free now, from where no other purge would clear it. */
  g_assert_cmpint (office_raw (office,
                               "PRAGMA secure_delete = OFF;"
                               "CREATE TABLE split (name TEXT) STRICT;"
                               "INSERT INTO split VALUES ('Zwaenepoel Clothilde');"
                               "DROP TABLE split;"
                               "INSERT INTO setting VALUES ('scrub', 'owed')"),
                   ==,
                   SQLITE_OK);
  g_assert_true (office_finds (office->folder, "zwaenepoel"));
  g_assert_true (guichetd_engine_purge (office->engine, other, "root", "délai", &error));
  g_assert_no_error (error);

  assert_forgotten (office->folder);
  g_assert_false (office_finds (office->folder, "dupont"));
  g_assert_cmpint (count_keys (office), ==, 0);
}

/* A purge that failed on its way is finished by the next start, also where no key is left to tell of it. */
static void
test_failed_half_way (Office *office, gconstpointer data)
{
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);
  g_autoptr (GError) error = NULL;
  sqlite3 *keys;

  office_stop (office);
  sqlite3_close (open_keys (office, "DELETE FROM key"));
  office_start (office);
  keys = open_keys (office, "BEGIN IMMEDIATE");
  g_assert_false (guichetd_engine_purge (office->engine, reference, "root", "délai", &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_BUSY);
  sqlite3_close (keys);
  g_assert_true (office_finds (office->folder, "zwaenepoel"));

  office_reopen (office);
  assert_forgotten (office->folder);
  assert_good (office, 1);
}

static void
test_restore_gives_back (Office *office, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (office->folder, "-backup", NULL);
  g_autofree char *first = live (office, "Dupont", "Marie", 1);
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  GuichetdRestored restored;
  gint64 events = guichetd_store_get_last (office->store);

  g_assert_true (guichetd_backup_make (office->store, backup, &error));
  g_assert_no_error (error);
  second = live (office, "Durand", "Luc", 2);

  /* Not under the feet of a daemon that runs. */
  g_assert_false (guichetd_restore (office->folder, backup, office->clock, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);

  office_stop (office);
  g_assert_true (guichetd_restore (office->folder, backup, office->clock, &restored, &error));
  g_assert_no_error (error);
  g_assert_cmpint (restored.events, ==, events);
  g_assert_cmpint (restored.purges, ==, 0);
  g_assert_cmpint (restored.unreadable, ==, 0);

  office_start (office);
  assert_good (office, 0);
  g_bytes_unref (office_request (office, office->anne, first, &error));
  g_assert_no_error (error);
  g_assert_null (office_request (office, office->anne, second, &error));
  g_assert_error (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_NOT_FOUND);
  g_assert_cmpint (office_number (office, "SELECT min(epoch) FROM staff"),
                   ==,
                   OFFICE_NOW / G_USEC_PER_SEC);
  folder_remove (backup);
}

static void
test_restore_purges_again (Office *office, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (office->folder, "-backup", NULL);
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);
  g_autofree char *other = live (office, "Dupont", "Marie", 1);
  g_autoptr (GError) error = NULL;
  GuichetdRestored restored;

  g_assert_true (guichetd_backup_make (office->store, backup, &error));
  g_assert_true (office_finds (backup, "zwaenepoel"));
  g_assert_true (guichetd_engine_purge (office->engine, reference, "root", "délai", &error));
  g_assert_no_error (error);

  office_stop (office);
  g_assert_true (guichetd_restore (office->folder, backup, office->clock, &restored, &error));
  g_assert_no_error (error);
  g_assert_cmpint (restored.purges, ==, 1);

  office_start (office);
  assert_forgotten (office->folder);
  assert_good (office, 1);
  g_bytes_unref (office_request (office, office->anne, other, &error));
  g_assert_no_error (error);
  folder_remove (backup);
}

/* The machine is lost: an old journal, and the keys of later, which know of the purge. */
static void
test_restore_elsewhere (Office *office, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (office->folder, "-backup", NULL);
  g_autofree char *late = g_strconcat (office->folder, "-late", NULL);
  g_autofree char *fresh = g_strconcat (office->folder, "-fresh", NULL);
  g_autofree char *old_keys = g_build_filename (backup, "keys.db", NULL);
  g_autofree char *new_keys = g_build_filename (late, "keys.db", NULL);
  g_autofree char *reference = live (office, "Zwaenepoel", "Clothilde", 77);
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  GuichetdRestored restored;

  g_assert_true (guichetd_backup_make (office->store, backup, &error));
  g_assert_true (guichetd_engine_purge (office->engine, reference, "root", "délai", &error));
  g_assert_true (guichetd_backup_make (office->store, late, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (new_keys, old_keys), ==, 0);

  office_stop (office);
  g_assert_true (guichetd_restore (fresh, backup, office->clock, &restored, &error));
  g_assert_no_error (error);
  g_assert_cmpint (restored.purges, ==, 1);
  folder = office->folder;
  office->folder = g_strdup (fresh);
  office_start (office);
  assert_forgotten (fresh);
  assert_good (office, 1);
  office_stop (office);
  g_free (office->folder);
  office->folder = g_steal_pointer (&folder);
  folder_remove (backup);
  folder_remove (late);
  folder_remove (fresh);
}

static void
test_restore_goes_wrong (Office *office, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (office->folder, "-backup", NULL);
  g_autofree char *journal = g_build_filename (backup, "journal.db", NULL);
  g_autofree char *reference = live (office, "Dupont", "Marie", 1);
  g_autofree char *restoring = g_build_filename (office->folder, "restoring", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_backup_make (office->store, backup, &error));
  office_stop (office);
  g_assert_true (
      g_file_set_contents (journal, "this is not a database at all, but long enough", -1, NULL));
  g_test_expect_message ("guichetd-restore", G_LOG_LEVEL_MESSAGE, "*not known any more*");
  g_assert_false (guichetd_restore (office->folder, backup, office->clock, NULL, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
  g_test_assert_expected_messages ();
  g_assert_false (g_file_test (restoring, G_FILE_TEST_EXISTS));

  office_start (office);
  assert_good (office, 0);
  g_bytes_unref (office_request (office, office->anne, reference, NULL));
  folder_remove (backup);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/server/purge/" name, Office, NULL, set_up, func, tear_down)
  ADD ("nothing-is-left", test_nothing_is_left);
  ADD ("mirrors-are-told", test_mirrors_are_told);
  ADD ("homonyms-stay", test_homonyms_stay);
  ADD ("refusals", test_refusals);
  ADD ("unreadable", test_unreadable);
  ADD ("cut-short", test_cut_short);
  ADD ("earlier-one-is-owed", test_earlier_one_is_owed);
  ADD ("failed-half-way", test_failed_half_way);
  ADD ("restore/gives-back", test_restore_gives_back);
  ADD ("restore/purges-again", test_restore_purges_again);
  ADD ("restore/elsewhere", test_restore_elsewhere);
  ADD ("restore/goes-wrong", test_restore_goes_wrong);
#undef ADD

  return g_test_run ();
}
