/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outbox's file: nothing that a clerk typed leaves it before it should.
 */
#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-outbox-store.h"
#include "counting-vfs.h"
#include "mirror-fixture.h"
#include "random-fixture.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define REFERENCE "26-K7M4-2QXF"

typedef struct
{
  char *folder;
  char *path;
  GuichetOutboxStore *store;
  GPtrArray *rows;
  GPtrArray *accesses;
} Fixture;

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->rows, g_ptr_array_unref);
  g_clear_pointer (&fixture->accesses, g_ptr_array_unref);
  g_clear_pointer (&fixture->store, guichet_outbox_store_close);
  fixture->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_outbox_row_free);
  fixture->accesses = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_outbox_access_free);
  fixture->store =
      guichet_outbox_store_open (fixture->path, fixture->rows, fixture->accesses, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("guichet-outbox-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "outbox.db", NULL);
  open_store (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->store, guichet_outbox_store_close);
  g_ptr_array_unref (fixture->rows);
  g_ptr_array_unref (fixture->accesses);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static const GuichetOutboxRow *
row_at (Fixture *fixture, guint i)
{
  return g_ptr_array_index (fixture->rows, i);
}

/* A command of the kinds that clerks give. */
static GuichetCommand *
make_command (void)
{
  GuichetCommand *command = random_command (
      (GuichetCommandKind) g_test_rand_int_range (GUICHET_COMMAND_CLAIM,
                                                  GUICHET_COMMAND_RESEND_NOTIFICATION + 1));

  g_free (command->reference);
  command->reference = g_strdup (REFERENCE);
  return command;
}

static GBytes *
add (Fixture *fixture, const GuichetCommand *command, gint64 typed_at)
{
  g_autoptr (GError) error = NULL;
  GBytes *body = guichet_outbox_store_add (fixture->store, command, typed_at, &error);

  g_assert_no_error (error);
  return body;
}

static void
remove_key (Fixture *fixture, const char *key)
{
  g_autoptr (GError) error = NULL;

  guichet_outbox_store_remove (fixture->store, (const char *const[]){ key, NULL }, &error);
  g_assert_no_error (error);
}

/* Whatever comes and goes: opened again, the rest is there, in the order typed, byte for byte. */
static void
test_reopening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) commands =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint round = 0; round < 200; round++)
    {
      if (commands->len == 0 || g_test_rand_int_range (0, 3) > 0)
        {
          g_ptr_array_add (commands, make_command ());
          /* The clock may be put back: what counts is the order. */
          g_ptr_array_add (bodies,
                           add (fixture,
                                g_ptr_array_index (commands, commands->len - 1),
                                g_test_rand_int_range (0, 1000)));
        }
      else
        {
          const guint at = (guint) g_test_rand_int_range (0, (gint32) commands->len);

          remove_key (fixture, ((GuichetCommand *) g_ptr_array_index (commands, at))->key);
          g_ptr_array_remove_index (commands, at);
          g_ptr_array_remove_index (bodies, at);
        }
      if (round % 10 != 9)
        continue;

      open_store (fixture);
      g_assert_cmpuint (fixture->rows->len, ==, commands->len);
      for (guint i = 0; i < commands->len; i++)
        {
          const GuichetCommand *command = g_ptr_array_index (commands, i);

          g_assert_cmpstr (row_at (fixture, i)->command->key, ==, command->key);
          g_assert_cmpstr (row_at (fixture, i)->command->reference, ==, command->reference);
          g_assert_cmpint (row_at (fixture, i)->command->kind, ==, command->kind);
          g_assert_cmpstr (row_at (fixture, i)->command->text, ==, command->text);
          g_assert_true (g_bytes_equal (row_at (fixture, i)->body, g_ptr_array_index (bodies, i)));
          g_assert_null (row_at (fixture, i)->problem);
        }
    }
}

/* What was given back is still given back tomorrow, with why. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GuichetCommand) command = make_command ();
      g_autoptr (GBytes) body = add (fixture, command, 100 + i);
    }
  open_store (fixture);
  {
    g_autoptr (GPtrArray) held = g_ptr_array_new ();
    GuichetOutboxRow *first = g_ptr_array_index (fixture->rows, 0);
    GuichetOutboxRow *second = g_ptr_array_index (fixture->rows, 1);

    first->problem = g_strdup ("conflict");
    first->changed_by = g_strdup ("bruno");
    first->changed_kind = GUICHET_EVENT_STAGE_MOVED;
    first->changed_at = 77;
    second->problem = g_strdup ("behind");
    g_ptr_array_add (held, first);
    g_ptr_array_add (held, second);
    g_assert_true (guichet_outbox_store_hold (fixture->store, held, &error));
    g_assert_no_error (error);
  }

  open_store (fixture);
  g_assert_cmpstr (row_at (fixture, 0)->problem, ==, "conflict");
  g_assert_cmpstr (row_at (fixture, 0)->changed_by, ==, "bruno");
  g_assert_cmpint (row_at (fixture, 0)->changed_kind, ==, GUICHET_EVENT_STAGE_MOVED);
  g_assert_cmpint (row_at (fixture, 0)->changed_at, ==, 77);
  g_assert_cmpint (row_at (fixture, 0)->typed_at, ==, 100);
  g_assert_cmpstr (row_at (fixture, 1)->problem, ==, "behind");
  g_assert_null (row_at (fixture, 1)->changed_by);
  g_assert_cmpint (row_at (fixture, 1)->changed_kind, ==, GUICHET_EVENT_NONE);
  g_assert_null (row_at (fixture, 2)->problem);
}

/* Put back: new keys, the first on a new basis, each of the others behind the one before. */
static void
test_renewed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) renewed = NULL;
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  g_autofree char *old_key = NULL;
  g_autofree char *other_key = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GuichetCommand) command = make_command ();
      g_autoptr (GBytes) body = add (fixture, command, 100 + i);
    }
  open_store (fixture);
  old_key = g_strdup (row_at (fixture, 0)->command->key);
  other_key = g_strdup (row_at (fixture, 1)->command->key);
  g_ptr_array_add (group, g_ptr_array_index (fixture->rows, 0));
  g_ptr_array_add (group, g_ptr_array_index (fixture->rows, 2));
  g_ptr_array_add (group, g_ptr_array_index (fixture->rows, 3));
  renewed = guichet_outbox_store_renew (fixture->store, group, NULL, 9, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (renewed->len, ==, 3);

  for (guint i = 0; i < renewed->len; i++)
    {
      const GuichetOutboxRow *row = g_ptr_array_index (renewed, i);
      const GuichetOutboxRow *was = g_ptr_array_index (group, i);

      g_assert_cmpstr (row->command->key, !=, was->command->key);
      g_assert_cmpint (row->command->kind, ==, was->command->kind);
      g_assert_cmpint (row->typed_at, ==, was->typed_at);
      g_assert_null (row->problem);
      g_assert_cmpint (row->command->expected_version, ==, 9);
      g_assert_cmpstr (row->command->after,
                       ==,
                       i == 0 ? NULL
                              : ((GuichetOutboxRow *) g_ptr_array_index (renewed, i - 1))
                                    ->command->key);
    }

  open_store (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 4);
  g_assert_cmpstr (row_at (fixture, 0)->command->key, ==, other_key);
  for (guint i = 0; i < renewed->len; i++)
    {
      const GuichetOutboxRow *row = g_ptr_array_index (renewed, i);

      g_assert_cmpstr (row_at (fixture, i + 1)->command->key, ==, row->command->key);
      g_assert_true (g_bytes_equal (row_at (fixture, i + 1)->body, row->body));
      g_assert_cmpstr (row_at (fixture, i + 1)->command->after, ==, row->command->after);
    }

  /* Behind a command that is still on its way: what is looked at is named all the same. */
  {
    g_autoptr (GPtrArray) one = g_ptr_array_new ();
    g_autoptr (GPtrArray) behind = NULL;

    g_ptr_array_add (one, g_ptr_array_index (fixture->rows, 1));
    behind = guichet_outbox_store_renew (fixture->store, one, other_key, 9, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (((GuichetOutboxRow *) g_ptr_array_index (behind, 0))->command->after,
                     ==,
                     other_key);
    g_assert_cmpint (((GuichetOutboxRow *) g_ptr_array_index (behind, 0))
                         ->command->expected_version,
                     ==,
                     9);
  }
}

static void
run_sql (Fixture *fixture, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &db, SQLITE_OPEN_READWRITE, NULL),
                   ==,
                   SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_null (message);
  sqlite3_close (db);
}

static gint64
count_rows (Fixture *fixture)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 n;

  sqlite3_open_v2 (fixture->path, &db, SQLITE_OPEN_READONLY, NULL);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count (*) FROM commands", -1, &stmt, NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

/* What this program does not understand stays in the file, and in nobody's way. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = { "", "{", "[]", "{\"kind\":\"teleport\"}", "{\"kind\":7}" };
  g_autofree char *first_key = NULL;

  {
    g_autoptr (GuichetCommand) first = make_command ();
    g_autoptr (GBytes) body = add (fixture, first, 1);

    first_key = g_strdup (first->key);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO commands (key, reference, body, "
                                              "typed_at) VALUES ('k%u', '%s', "
                                              "CAST ('%s' AS BLOB), 5)",
                                              (guint) i,
                                              REFERENCE,
                                              bodies[i]);

      run_sql (fixture, sql);
    }
  {
    g_autoptr (GuichetCommand) last = make_command ();
    g_autoptr (GBytes) body = add (fixture, last, 9);
  }

  for (guint round = 0; round < 2; round++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
        g_test_expect_message ("guichet-outbox-store", G_LOG_LEVEL_WARNING, "*cannot be read*");
      open_store (fixture);
      g_test_assert_expected_messages ();
      g_assert_cmpuint (fixture->rows->len, ==, 2 - round);
      g_assert_cmpint (count_rows (fixture), ==, (gint64) G_N_ELEMENTS (bodies) + 2 - round);
      if (round == 0)
        remove_key (fixture, first_key);
    }
}

/* Here nothing is thrown away: not a newer file, not a damaged one. */
static void
test_never_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetCommand) command = make_command ();
  g_autoptr (GBytes) body = add (fixture, command, 1);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length = 0;
  gsize length_after = 0;
  g_autoptr (GError) newer = NULL;
  g_autoptr (GError) damaged = NULL;

  g_clear_pointer (&fixture->store, guichet_outbox_store_close);
  run_sql (fixture, "PRAGMA user_version = 1000");
  g_assert_null (
      guichet_outbox_store_open (fixture->path, fixture->rows, fixture->accesses, &newer));
  g_assert_error (newer, GUICHET_DB_ERROR, GUICHET_DB_ERROR_NEWER);
  run_sql (fixture, "PRAGMA user_version = 1");
  open_store (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 1);

  g_clear_pointer (&fixture->store, guichet_outbox_store_close);
  g_assert_true (g_file_get_contents (fixture->path, &before, &length, NULL));
  memset (before, 'x', 100);
  g_assert_true (g_file_set_contents (fixture->path, before, (gssize) length, NULL));
  g_assert_null (
      guichet_outbox_store_open (fixture->path, fixture->rows, fixture->accesses, &damaged));
  g_assert_error (damaged, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (fixture->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_ATTACH_DOCUMENT);
  g_autofree char *bytes = g_malloc0 (GUICHET_COMMAND_MAX);
  g_autoptr (GError) error = NULL;

  command->reference = g_strdup (REFERENCE);
  command->expected_version = 1;
  command->document_name = g_strdup ("plan.pdf");
  command->document = g_bytes_new (bytes, GUICHET_COMMAND_MAX);
  g_assert_null (guichet_outbox_store_add (fixture->store, command, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  open_store (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 0);
}

static void
test_accesses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GuichetOutboxAccess access = { (char *) "", (char *) REFERENCE, 0 };
  const char *keys[] = { "b", "a", "c" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      access.key = (char *) keys[i];
      access.instant = 10 + (gint64) i;
      guichet_outbox_store_add_access (fixture->store, &access, &error);
      g_assert_no_error (error);
    }
  open_store (fixture);
  g_assert_cmpuint (fixture->accesses->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const GuichetOutboxAccess *read = g_ptr_array_index (fixture->accesses, i);

      g_assert_cmpstr (read->key, ==, keys[i]);
      g_assert_cmpstr (read->reference, ==, REFERENCE);
      g_assert_cmpint (read->instant, ==, 10 + i);
    }
  g_assert_true (guichet_outbox_store_remove_accesses (fixture->store,
                                                       (const char *const[]){ "b", "c", NULL },
                                                       &error));
  open_store (fixture);
  g_assert_cmpuint (fixture->accesses->len, ==, 1);
}

/* Answered means flushed: every time something is put in or taken out. */
static void
test_flushed (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GuichetCommand) command = make_command ();
      GuichetOutboxAccess access = { command->key, (char *) REFERENCE, 7 };
      guint before = n_flushes;
      g_autoptr (GBytes) body = add (fixture, command, 1);

      g_assert_cmpuint (n_flushes, >, before);
      before = n_flushes;
      g_assert_true (guichet_outbox_store_add_access (fixture->store, &access, NULL));
      g_assert_cmpuint (n_flushes, >, before);
      before = n_flushes;
      remove_key (fixture, command->key);
      g_assert_cmpuint (n_flushes, >, before);
    }
}

static void
wait_until_gone (const char *path)
{
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
}

/* The mirror is another file, in another folder; wiping mirrors touches no outbox. */
static void
test_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetClock) clock = guichet_clock_new_fixed (TOWN_NOW);
  g_autofree char *folder = g_build_filename (fixture->folder, "desk", NULL);
  g_autoptr (GuichetDesk) desk = guichet_desk_new (clock, folder);
  g_autofree char *outbox = _guichet_desk_outbox_path (desk, "https://a.example", "chloe");
  g_autofree char *mirror = _guichet_desk_mirror_path (desk, "https://a.example", "chloe");
  g_autofree char *other = _guichet_desk_mirror_path (desk, "https://a.example", "bruno");
  g_autofree char *outbox_folder = g_path_get_dirname (outbox);
  g_autofree char *mirror_folder = g_path_get_dirname (mirror);
  GStatBuf info;

  g_assert_cmpstr (outbox_folder, !=, mirror_folder);
  g_assert_cmpstr (mirror, !=, other);
  g_assert_null (strstr (outbox, "chloe"));
  g_assert_null (strstr (mirror, "example"));
  g_assert_no_errno (g_stat (outbox_folder, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_no_errno (g_stat (mirror_folder, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  g_assert_true (g_file_set_contents (outbox, "x", 1, NULL));
  g_assert_true (g_file_set_contents (mirror, "x", 1, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  _guichet_desk_wipe_others (desk, "https://a.example", "chloe");
  wait_until_gone (other);
  g_assert_true (g_file_test (mirror, G_FILE_TEST_EXISTS));
  _guichet_desk_wipe_others (desk, "https://b.example", "chloe");
  wait_until_gone (mirror);
  g_assert_true (g_file_test (outbox, G_FILE_TEST_EXISTS));
}

static void
test_private (Fixture *fixture, gconstpointer data)
{
  GStatBuf info;

  g_assert_no_errno (g_stat (fixture->path, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
limit_files (rlim_t bytes)
{
  const struct rlimit limit = { bytes, RLIM_INFINITY };

  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
}

/* A disk without room: the act is not taken, and those before it stay as they are. */
static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GuichetCommand) first = make_command ();
  g_autoptr (GuichetCommand) refused = make_command ();
  g_autoptr (GuichetCommand) later = make_command ();
  g_autoptr (GBytes) kept = add (fixture, first, 1);
  g_autoptr (GBytes) taken = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_no_errno (g_stat (wal, &info));
  limit_files ((rlim_t) info.st_size);
  g_assert_null (guichet_outbox_store_add (fixture->store, refused, 2, &error));
  limit_files (RLIM_INFINITY);
  /* A limit of the process is no full disk in the words of SQLite. */
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);

  taken = add (fixture, later, 3);
  open_store (fixture);
  g_assert_cmpuint (fixture->rows->len, ==, 2);
  g_assert_cmpstr (row_at (fixture, 0)->command->key, ==, first->key);
  g_assert_true (g_bytes_equal (row_at (fixture, 0)->body, kept));
  g_assert_cmpstr (row_at (fixture, 1)->command->key, ==, later->key);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/client/outbox-store/reopening", test_reopening },
    { "/client/outbox-store/held", test_held },
    { "/client/outbox-store/renewed", test_renewed },
    { "/client/outbox-store/unreadable", test_unreadable },
    { "/client/outbox-store/never-replaced", test_never_replaced },
    { "/client/outbox-store/too-large", test_too_large },
    { "/client/outbox-store/accesses", test_accesses },
    { "/client/outbox-store/flushed", test_flushed },
    { "/client/outbox-store/apart", test_apart },
    { "/client/outbox-store/disk-full", test_disk_full },
    { "/client/outbox-store/private", test_private },
  };

  g_test_init (&argc, &argv, NULL);
  count_flushes ();
  signal (SIGXFSZ, SIG_IGN);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
