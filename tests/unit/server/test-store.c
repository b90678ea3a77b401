/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The threads of the store: groups of writes, snapshots, answers.
 */
#include "config.h"

#include "guichetd-store-private.h"
#include "folder.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  GuichetClock *clock;
  GuichetdStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("guichetd-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->clock = guichet_clock_new_fixed (1000000);
  fixture->store = guichetd_store_open (fixture->folder, fixture->clock, options, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer options)
{
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->clock);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

/* One write of a test: puts a setting, then does as it is told. */
typedef struct
{
  guint number;
  enum
  {
    WELL,
    FAIL,
    FAIL_AT_COMMIT, /* leaves a foreign key dangling, which only COMMIT notices */
  } what;
  guint *left;
  gboolean good;
  GError *error;
} Put;

static void execute (GuichetDb *db, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
execute (GuichetDb *db, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  g_assert_cmpint (sqlite3_exec (guichet_db_handle (db), sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static gboolean
put (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Put *self = data;

  execute (db, "INSERT INTO setting VALUES ('s%u', 'x')", self->number);
  if (self->what == FAIL_AT_COMMIT)
    {
      execute (db, "PRAGMA defer_foreign_keys = ON");
      execute (db, "INSERT INTO content VALUES (77, x'00')");
    }
  if (self->what == FAIL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "as asked");
      return FALSE;
    }
  return TRUE;
}

static void
put_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GuichetdStore *store = GUICHETD_STORE (source);
  Put *self = user_data;
  gpointer data = guichetd_store_write_finish (store, result, &self->error);

  g_assert_true ((data == NULL) == (self->error != NULL));
  self->good = data != NULL;
  (*self->left)--;
}

static gboolean
count (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  sqlite3_stmt *stmt = NULL;

  sqlite3_prepare_v2 (guichet_db_handle (db), "SELECT count(*) FROM setting", -1, &stmt, NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  *(gint64 *) data = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return TRUE;
}

static gint64
count_settings (GuichetdStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (guichetd_store_read (store, count, &n, &error));
  g_assert_no_error (error);
  return n;
}

/* Keeps the writer busy, so that what comes after it gathers in one group. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean reached; /* the writer stands before it */
  gboolean open;
} Gate;

static gboolean
wait_for_gate (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->reached = TRUE;
  g_cond_signal (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return TRUE;
}

static void
ignore (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guichetd_store_write_finish (GUICHETD_STORE (source), result, NULL);
}

/* Whatever is written after this is not of the group of the gate itself. */
static void
shut_gate (Gate *gate, GuichetdStore *store)
{
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
  guichetd_store_write_async (store, wait_for_gate, gate, NULL, NULL, ignore, NULL);
  g_mutex_lock (&gate->mutex);
  while (!gate->reached)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

/* Opens it, and stays until all are through that count themselves down. */
static void
open_gate (Gate *gate, const guint *left)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
  while (*left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_cond_clear (&gate->cond);
  g_mutex_clear (&gate->mutex);
}

static void
put_many (GuichetdStore *store, Put *puts, guint n)
{
  Gate gate = { 0 };
  guint left = n;

  shut_gate (&gate, store);
  for (guint i = 0; i < n; i++)
    {
      puts[i].left = &left;
      guichetd_store_write_async (store, put, &puts[i], NULL, NULL, put_done, &puts[i]);
    }
  open_gate (&gate, &left);
}

static void
test_one_of_many_fails_alone (Fixture *fixture, gconstpointer options)
{
  Put puts[64] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      puts[i].number = i;
      puts[i].what = i == 17 || i == 40 ? FAIL : WELL;
    }
  put_many (fixture->store, puts, G_N_ELEMENTS (puts));

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      if (puts[i].what == FAIL)
        g_assert_error (puts[i].error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      else
        g_assert_no_error (puts[i].error);
      g_clear_error (&puts[i].error);
    }
  g_assert_cmpint (count_settings (fixture->store), ==, 62);
}

static void
test_commit_fails_all (Fixture *fixture, gconstpointer options)
{
  Put puts[16] = { 0 };
  Put after = { .number = 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      puts[i].number = i;
      puts[i].what = i == 3 ? FAIL_AT_COMMIT : i == 5 ? FAIL : WELL;
    }
  g_test_expect_message ("guichetd-writer", G_LOG_LEVEL_WARNING, "*came to nothing*");
  put_many (fixture->store, puts, G_N_ELEMENTS (puts));
  g_test_assert_expected_messages ();

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      /* A refusal too: it may rest on one that was taken back. */
      g_assert_error (puts[i].error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_CONSTRAINT);
      g_clear_error (&puts[i].error);
    }
  g_assert_cmpint (count_settings (fixture->store), ==, 0);

  /* And life goes on. */
  put_many (fixture->store, &after, 1);
  g_assert_true (after.good);
  g_assert_cmpint (count_settings (fixture->store), ==, 1);
}

static void
test_group_of_one (Fixture *fixture, gconstpointer options)
{
  Put puts[8] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      puts[i].number = i;
      puts[i].what = i == 3 ? FAIL_AT_COMMIT : WELL;
    }
  g_test_expect_message ("guichetd-writer", G_LOG_LEVEL_WARNING, "*came to nothing*");
  put_many (fixture->store, puts, G_N_ELEMENTS (puts));
  g_test_assert_expected_messages ();

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      g_assert_cmpint (puts[i].good, ==, puts[i].what == WELL);
      g_clear_error (&puts[i].error);
    }
  g_assert_cmpint (count_settings (fixture->store), ==, 7);
}

static void
test_waiting (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  Put good = { .number = 1 };
  Put bad = { .number = 2, .what = FAIL };

  g_assert_true (guichetd_store_write (fixture->store, put, &good, &error));
  g_assert_no_error (error);
  g_assert_false (guichetd_store_write (fixture->store, put, &bad, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpint (count_settings (fixture->store), ==, 1);
}

static void
test_cancelled_before_its_turn (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint left = 1;
  Put puts = { .number = 1, .left = &left };
  Gate gate = { 0 };

  shut_gate (&gate, fixture->store);
  guichetd_store_write_async (fixture->store, put, &puts, NULL, cancellable, put_done, &puts);
  g_cancellable_cancel (cancellable);
  open_gate (&gate, &left);

  g_assert_error (puts.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&puts.error);
  g_assert_cmpint (count_settings (fixture->store), ==, 0);
}

typedef struct
{
  GuichetdJob job;
  gint64 seen;
  guint number;
  gboolean done;
} ReadThenWrite;

static gboolean
read_half (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  ReadThenWrite *self = data;

  return count (store, db, &self->seen, error);
}

static gboolean
write_half (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  ReadThenWrite *self = data;

  execute (db, "INSERT INTO setting VALUES ('r%u', 'x')", self->number);
  return TRUE;
}

static void
job_done (GuichetdJob *job)
{
  ReadThenWrite *self = job->user_data;

  g_assert_no_error (job->error);
  self->done = TRUE;
}

static void
test_read_then_write (Fixture *fixture, gconstpointer options)
{
  ReadThenWrite jobs[100] = { 0 };
  guint done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      jobs[i].number = i;
      jobs[i].job = (GuichetdJob){
        .read = read_half,
        .write = write_half,
        .data = &jobs[i],
        .done = job_done,
        .user_data = &jobs[i],
      };
      guichetd_store_push (fixture->store, &jobs[i].job);
    }
  while (done < G_N_ELEMENTS (jobs))
    {
      g_main_context_iteration (NULL, TRUE);
      for (done = 0; done < G_N_ELEMENTS (jobs) && jobs[done].done; done++)
        ;
    }
  g_assert_cmpint (count_settings (fixture->store), ==, 100);
}

static gboolean
alone (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  g_assert_true (sqlite3_get_autocommit (guichet_db_handle (db)) != 0);
  execute (db, "VACUUM");
  *(gboolean *) data = TRUE;
  return TRUE;
}

static void
test_alone (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  gboolean ran = FALSE;
  GuichetdJob job = { .write = alone, .alone = TRUE, .data = &ran };

  g_assert_true (guichetd_store_run (fixture->store, &job, &error));
  g_assert_no_error (error);
  g_assert_true (ran);
}

static void
test_folder_is_locked (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdStore) other =
      guichetd_store_open (fixture->folder, fixture->clock, NULL, &error);

  g_assert_null (other);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);

  guichetd_store_close (fixture->store);
  other = guichetd_store_open (fixture->folder, fixture->clock, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other);
}

static void
test_closing_finishes_first (Fixture *fixture, gconstpointer options)
{
  Put puts[32] = { 0 };
  g_autoptr (GError) error = NULL;
  guint left = G_N_ELEMENTS (puts);

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      puts[i].number = i;
      puts[i].left = &left;
      guichetd_store_write_async (fixture->store, put, &puts[i], NULL, NULL, put_done, &puts[i]);
    }
  guichetd_store_close (fixture->store);
  guichetd_store_close (fixture->store);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    g_assert_true (puts[i].good);

  g_assert_false (guichetd_store_write (fixture->store, put, &puts[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
test_files_are_private (Fixture *fixture, gconstpointer options)
{
  static const char *const names[] = { "journal.db", "journal.db-wal", "journal.db-shm",
                                       "keys.db",    "keys.db-wal",    "lock" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      GStatBuf status;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 077, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  static const GuichetdStoreOptions each_alone = { .group_max = 1 };

  g_test_init (&argc, &argv, NULL);

#define ADD(name, options, func) \
  g_test_add ("/server/store/" name, Fixture, options, set_up, func, tear_down)
  ADD ("one-of-many-fails-alone", NULL, test_one_of_many_fails_alone);
  ADD ("commit-fails-all", NULL, test_commit_fails_all);
  ADD ("group-of-one", &each_alone, test_group_of_one);
  ADD ("waiting", NULL, test_waiting);
  ADD ("cancelled-before-its-turn", NULL, test_cancelled_before_its_turn);
  ADD ("read-then-write", NULL, test_read_then_write);
  ADD ("alone", NULL, test_alone);
  ADD ("folder-is-locked", NULL, test_folder_is_locked);
  ADD ("closing-finishes-first", NULL, test_closing_finishes_first);
  ADD ("files-are-private", NULL, test_files_are_private);
#undef ADD

  return g_test_run ();
}
