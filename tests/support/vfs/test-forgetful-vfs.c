/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kills programs that write, and looks at what is left: with the VFS, what was flushed, no
 * more and no less; without it, everything.
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPREAD 40 /* rows that a writer has at a time: it also deletes */

static const char *self_path;

/* The program that is killed */

static void
must (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static gint64
ask (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 answer;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK ||
      sqlite3_step (stmt) != SQLITE_ROW)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  answer = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return answer;
}

/*
 * Writes row after row, each in a transaction and together with its sum in another table,
 * and says each number after its commit. A second connection reads beside it.
 */
static int
write_until_killed (const char *path, const char *synchronous, guint rows)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA synchronous = %s", synchronous);
  sqlite3 *db = NULL;
  sqlite3 *reader = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_open_v2 (path, &reader, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  must (db, "PRAGMA journal_mode = WAL");
  must (db, pragma);
  must (db, "PRAGMA wal_autocheckpoint = 30");

  for (guint i = 1; i <= rows; i++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; "
                                              "INSERT INTO row VALUES (%u, randomblob (%u)); "
                                              "DELETE FROM row WHERE number <= %u - %d; "
                                              "UPDATE last SET number = %u; COMMIT",
                                              i,
                                              100 + i * 37 % 3000,
                                              i,
                                              SPREAD,
                                              i);

      must (db, sql);
      if (i % 7 == 0)
        g_assert_cmpint (ask (reader, "SELECT number FROM last"), ==, i);
      if (i % 97 == 0)
        must (db, "PRAGMA wal_checkpoint (TRUNCATE)");
      printf ("%u\n", i);
      fflush (stdout);
    }
  sqlite3_close (reader);
  sqlite3_close (db);
  return 0;
}

/* The test that kills it */

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  fixture->folder = g_dir_make_tmp ("guichet-vfs-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "killed.db", NULL);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  must (db,
        "CREATE TABLE row (number INTEGER PRIMARY KEY, content BLOB); "
        "CREATE TABLE last (number INTEGER); INSERT INTO last VALUES (0)");
  sqlite3_close (db);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);

      g_unlink (path);
    }
  g_assert_no_errno (g_rmdir (fixture->folder));
  g_free (fixture->folder);
  g_free (fixture->path);
}

static GSubprocess *
start (Fixture *fixture,
       const char *synchronous,
       const char *forget,
       gboolean ignores_sync,
       guint rows)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *number = g_strdup_printf ("%u", rows);
  g_autoptr (GError) error = NULL;
  GSubprocess *writer;

  if (forget != NULL)
    {
      g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", g_getenv ("FORGETFUL_VFS"), TRUE);
      g_subprocess_launcher_setenv (launcher, "GUICHET_VFS_FORGET", forget, TRUE);
      g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "verify_asan_link_order=0", TRUE);
    }
  if (ignores_sync)
    g_subprocess_launcher_setenv (launcher, "GUICHET_VFS_SYNC", "ignore", TRUE);
  writer = g_subprocess_launcher_spawn (launcher,
                                        &error,
                                        self_path,
                                        "--write",
                                        fixture->path,
                                        synchronous,
                                        number,
                                        NULL);
  g_assert_no_error (error);
  return writer;
}

/* Lets the writer come to @until, kills it, and returns the last number that it said. */
static gint64
kill_at (GSubprocess *writer, gint64 until)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (writer));
  gint64 said = 0;
  gboolean killed = FALSE;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      if (line == NULL)
        break;
      said = g_ascii_strtoll (line, NULL, 10);
      if (said >= until && !killed)
        {
          g_subprocess_force_exit (writer);
          killed = TRUE;
        }
    }
  g_assert_true (killed);
  g_assert_true (g_subprocess_wait (writer, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (writer));
  return said;
}

/* The last row that is there; -1 if what is left is not what once was after a commit. */
static gint64
look (Fixture *fixture)
{
  /* Rows and their last number were written in one transaction. */
  static const char sql[] =
      "SELECT iif (integrity_check = 'ok' AND "
      "(SELECT ifnull (max (number), 0) FROM row) = (SELECT number FROM last) AND "
      "(SELECT count (*) FROM row) = (SELECT min (number, 40) FROM last), "
      "(SELECT number FROM last), -1) FROM pragma_integrity_check";
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 last = -1;

  G_STATIC_ASSERT (SPREAD == 40);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    last = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return last;
}

typedef struct
{
  const char *path;
  const char *synchronous;
  const char *forget; /* (nullable): without the VFS */
  gboolean ignores_sync;
  enum
  {
    KEEPS_ALL,    /* whatever it said is there */
    KEEPS_BEFORE, /* a state that once was, perhaps an older one */
    LOSES,        /* what it said is not all there */
  } wanted;
} Case;

static const Case cases[] = {
  { "/vfs/kill/full", "FULL", "all", FALSE, KEEPS_ALL },
  { "/vfs/kill/full-unordered", "FULL", "some", FALSE, KEEPS_ALL },
  { "/vfs/kill/normal", "NORMAL", "all", FALSE, KEEPS_BEFORE },
  { "/vfs/kill/normal-unordered", "NORMAL", "some", FALSE, KEEPS_BEFORE },
  { "/vfs/kill/off", "OFF", "all", FALSE, LOSES },
  { "/vfs/kill/off-unordered", "OFF", "some", FALSE, LOSES },
  { "/vfs/kill/full-ignored", "FULL", "all", TRUE, LOSES },
  { "/vfs/kill/off-without", "OFF", NULL, FALSE, KEEPS_ALL },
};

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  const Case *self = data;
  gint64 until = g_test_rand_int_range (150, 400);
  g_autoptr (GSubprocess) writer =
      start (fixture, self->synchronous, self->forget, self->ignores_sync, 1000000);
  gint64 said = kill_at (writer, until);
  gint64 found = look (fixture);

  g_test_message ("said %" G_GINT64_FORMAT ", found %" G_GINT64_FORMAT, said, found);
  switch (self->wanted)
    {
    case KEEPS_ALL:
      g_assert_cmpint (found, >=, said);
      /* It may have been killed between a commit and its word. */
      g_assert_cmpint (found, <=, said + 1);
      break;
    case KEEPS_BEFORE:
      g_assert_cmpint (found, >=, 0);
      g_assert_cmpint (found, <=, said + 1);
      break;
    case LOSES:
    default:
      g_assert_cmpint (found, <, said);
    }
}

/* Nothing is lost by a program that ends in peace, flushed or not. */
static void
test_peace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) writer = start (fixture, "OFF", data, FALSE, 200);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  g_subprocess_communicate_utf8 (writer, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (writer));
  g_assert_true (g_str_has_suffix (said, "\n200\n"));
  g_assert_cmpint (look (fixture), ==, 200);
}

static void
test_delay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) writer = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", g_getenv ("FORGETFUL_VFS"), TRUE);
  g_subprocess_launcher_setenv (launcher, "GUICHET_VFS_DELAY_SYNC_US", "4000", TRUE);
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "verify_asan_link_order=0", TRUE);
  writer = g_subprocess_launcher_spawn (launcher,
                                        &error,
                                        self_path,
                                        "--write",
                                        fixture->path,
                                        "FULL",
                                        "100",
                                        NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (writer, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 100 * 4000);
  g_assert_cmpint (look (fixture), ==, 100);
}

int
main (int argc, char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--write"))
    return write_until_killed (argv[2], argv[3], (guint) atoi (argv[4]));

  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, &cases[i], set_up, test_kill, tear_down);
  g_test_add ("/vfs/peace", Fixture, "all", set_up, test_peace, tear_down);
  g_test_add ("/vfs/peace-unordered", Fixture, "some", set_up, test_peace, tear_down);
  g_test_add ("/vfs/delay", Fixture, NULL, set_up, test_delay, tear_down);

  return g_test_run ();
}
