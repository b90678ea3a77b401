/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store on a disk that takes as long as the test wants.
 */
#include "config.h"

#include "guichetd-store-private.h"
#include "folder.h"

#include <stdatomic.h>

/* After so long, what should have happened has not. */
#define BOUND (60 * G_TIME_SPAN_SECOND)

/* The disk under the journal's write-ahead log */
static struct
{
  sqlite3_vfs *unix_vfs;
  const sqlite3_io_methods *unix_methods;
  GMutex lock;
  GCond changed;
  gboolean held;
  gboolean broken;
  guint flushing; /* that stand before it */
  guint flushed;
} disk;

static int
slow_sync (sqlite3_file *file, int flags)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.lock);

  disk.flushing++;
  g_cond_broadcast (&disk.changed);
  while (disk.held)
    g_cond_wait (&disk.changed, &disk.lock);
  disk.flushing--;
  disk.flushed++;
  return disk.broken ? SQLITE_IOERR_FSYNC : disk.unix_methods->xSync (file, flags);
}

static int
open_file (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
  static sqlite3_io_methods methods;
  int code = disk.unix_vfs->xOpen (disk.unix_vfs, path, file, flags, ret_flags);

  if (code != SQLITE_OK || !g_str_has_suffix (path, "journal.db-wal"))
    return code;

  disk.unix_methods = file->pMethods;
  methods = *file->pMethods;
  methods.xSync = slow_sync;
  file->pMethods = &methods;
  return SQLITE_OK;
}

static void
install_disk (void)
{
  static sqlite3_vfs vfs;

  disk.unix_vfs = sqlite3_vfs_find ("unix");
  vfs = *disk.unix_vfs;
  vfs.pNext = NULL;
  vfs.zName = "slow";
  vfs.xOpen = open_file;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

static void
hold_disk (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.lock);

  disk.held = TRUE;
}

static void
wait_for_flush (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.lock);

  while (disk.flushing == 0)
    if (!g_cond_wait_until (&disk.changed, &disk.lock, g_get_monotonic_time () + BOUND))
      g_error ("nothing is flushed");
}

static void
release_disk (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.lock);

  disk.held = FALSE;
  g_cond_broadcast (&disk.changed);
}

static guint
count_flushed (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.lock);

  return disk.flushed;
}

typedef struct
{
  char *folder;
  GuichetClock *clock;
  GuichetdStore *store;
} Fixture;

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->clock);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

/* A write or a reading of a test */
typedef struct
{
  _Atomic gboolean ran;
  gboolean answered;
  gint64 seen; /* settings */
} Turn;

static gboolean
put (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Turn *self = data;

  g_assert_cmpint (sqlite3_exec (guichet_db_handle (db),
                                 "INSERT INTO setting VALUES (hex (randomblob (8)), 'x')",
                                 NULL,
                                 NULL,
                                 NULL),
                   ==,
                   SQLITE_OK);
  atomic_store (&self->ran, TRUE);
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  /* One reader: what it reads next comes after what it read before. */
  static const GuichetdStoreOptions options = { .readers = 1 };
  g_autoptr (GError) error = NULL;
  Turn first = { 0 };

  fixture->folder = g_dir_make_tmp ("guichetd-flush-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->clock = guichet_clock_new_fixed (1000000);
  fixture->store = guichetd_store_open (fixture->folder, fixture->clock, &options, &error);
  g_assert_no_error (error);

  /* The first commit after a checkpoint flushes the head of the log by itself. */
  g_assert_true (guichetd_store_write (fixture->store, put, &first, &error));
  g_assert_no_error (error);
}

static gboolean
look (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Turn *self = data;
  sqlite3_stmt *stmt = NULL;

  sqlite3_prepare_v2 (guichet_db_handle (db), "SELECT count(*) FROM setting", -1, &stmt, NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  self->seen = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  atomic_store (&self->ran, TRUE);
  return TRUE;
}

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Turn *self = user_data;

  g_assert_true (guichetd_store_write_finish (GUICHETD_STORE (source), result, &error) == self);
  g_assert_no_error (error);
  self->answered = TRUE;
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Turn *self = user_data;

  g_assert_true (guichetd_store_read_finish (GUICHETD_STORE (source), result, &error) == self);
  g_assert_no_error (error);
  self->answered = TRUE;
}

static void
begin_put (Fixture *fixture, Turn *turn)
{
  guichetd_store_write_async (fixture->store, put, turn, NULL, NULL, put_cb, turn);
}

static void
begin_look (Fixture *fixture, Turn *turn)
{
  guichetd_store_read_async (fixture->store, look, turn, NULL, NULL, look_cb, turn);
}

static void
wait_until_run (Turn *turn)
{
  const gint64 until = g_get_monotonic_time () + BOUND;

  while (!atomic_load (&turn->ran))
    {
      if (g_get_monotonic_time () > until)
        g_error ("the store does not come to it");
      g_thread_yield ();
    }
}

static gboolean
too_late (gpointer user_data)
{
  g_error ("nobody answers");
  return G_SOURCE_REMOVE;
}

static void
wait_until_answered (Turn *turn)
{
  const guint bound = g_timeout_add (BOUND / 1000, too_late, NULL);

  while (!turn->answered)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
}

/* What a thread does next begins after it has handed on what it did before. */
static void
let_answers_come (Fixture *fixture, Turn *next_put, Turn *next_look)
{
  begin_put (fixture, next_put);
  wait_until_run (next_put);
  begin_look (fixture, next_look);
  wait_until_run (next_look);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_answered_after_the_flush (Fixture *fixture, gconstpointer data)
{
  Turn first = { 0 };
  Turn next[2] = { 0 };

  hold_disk ();
  begin_put (fixture, &first);
  wait_for_flush ();
  let_answers_come (fixture, &next[0], &next[1]);
  g_assert_true (first.ran);
  g_assert_false (first.answered);

  release_disk ();
  wait_until_answered (&first);
  wait_until_answered (&next[0]);
  wait_until_answered (&next[1]);
}

/* The next group is at work while the disk has the one before, and commits after it. */
static void
test_next_is_written_meanwhile (Fixture *fixture, gconstpointer data)
{
  Turn first = { 0 };
  Turn next[20] = { 0 };
  Turn looked = { 0 };
  guint before = count_flushed ();

  hold_disk ();
  begin_put (fixture, &first);
  wait_for_flush ();
  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    {
      begin_put (fixture, &next[i]);
      wait_until_run (&next[i]);
    }
  begin_look (fixture, &looked);
  wait_until_run (&looked);
  g_assert_cmpint (looked.seen, ==, 2);

  release_disk ();
  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    wait_until_answered (&next[i]);
  g_assert_true (first.answered);
  g_assert_cmpuint (count_flushed (), ==, before + 2);
}

/* What a reader saw before it was flushed could still be lost: nobody is told of it. */
static void
test_what_was_seen_early_is_told_late (Fixture *fixture, gconstpointer data)
{
  Turn first = { 0 };
  Turn looked = { 0 };
  Turn next[2] = { 0 };

  hold_disk ();
  begin_put (fixture, &first);
  wait_for_flush ();
  begin_look (fixture, &looked);
  wait_until_run (&looked);
  let_answers_come (fixture, &next[0], &next[1]);
  g_assert_cmpint (looked.seen, ==, 2);
  g_assert_false (looked.answered);

  release_disk ();
  wait_until_answered (&looked);
  wait_until_answered (&next[0]);
  wait_until_answered (&next[1]);
}

static void
test_reading_alone_waits_for_nothing (Fixture *fixture, gconstpointer data)
{
  Turn looked = { 0 };
  guint before = count_flushed ();

  hold_disk ();
  begin_look (fixture, &looked);
  wait_until_answered (&looked);
  release_disk ();
  g_assert_cmpuint (count_flushed (), ==, before);
}

static gboolean
put_by_itself (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  return guichet_db_begin (db, error) && put (store, db, data, error) &&
         guichet_db_commit (db, error);
}

/* A job that runs alone waits for the flush before it, and is flushed before it is answered. */
static void
test_alone_is_flushed (Fixture *fixture, gconstpointer data)
{
  Turn first = { 0 };
  Turn alone = { 0 };
  GuichetdJob job = { .write = put_by_itself, .alone = TRUE, .data = &alone };
  g_autoptr (GError) error = NULL;
  guint before;

  begin_put (fixture, &first);
  wait_until_answered (&first);
  before = count_flushed ();
  g_assert_true (guichetd_store_run (fixture->store, &job, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_flushed (), >, before);
}

/* One that commits, flushes and then still has work to do, as a purge has; each when the test says so. */
typedef struct
{
  Turn turn;
  _Atomic gboolean committed;
  _Atomic gboolean may_flush;
  _Atomic gboolean may_end;
} LongTurn;

static void
wait_for (_Atomic gboolean *flag)
{
  while (!atomic_load (flag))
    g_thread_yield ();
}

static gboolean
put_and_go_on (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  LongTurn *self = data;

  if (!put_by_itself (store, db, &self->turn, error))
    return FALSE;
  atomic_store (&self->committed, TRUE);
  wait_for (&self->may_flush);
  guichetd_store_flush (store);
  wait_for (&self->may_end);
  return TRUE;
}

static void
long_done (GuichetdJob *job)
{
  LongTurn *self = job->data;

  g_assert_no_error (job->error);
  self->turn.answered = TRUE;
}

static void
test_seen_early_of_one_alone (Fixture *fixture, gconstpointer data)
{
  LongTurn alone = { 0 };
  GuichetdJob job = { .write = put_and_go_on, .alone = TRUE, .data = &alone, .done = long_done };
  Turn looked = { 0 };
  Turn next = { 0 };

  guichetd_store_push (fixture->store, &job);
  wait_for (&alone.committed);
  begin_look (fixture, &looked);
  wait_until_run (&looked);
  begin_look (fixture, &next);
  wait_until_run (&next);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (looked.seen, ==, 2);
  g_assert_false (looked.answered);

  /* Once it is flushed they wait for nothing else that it does. */
  atomic_store (&alone.may_flush, TRUE);
  wait_until_answered (&looked);
  wait_until_answered (&next);
  g_assert_false (alone.turn.answered);
  atomic_store (&alone.may_end, TRUE);
  wait_until_answered (&alone.turn);
}

static void
test_closing_flushes (Fixture *fixture, gconstpointer data)
{
  Turn turns[10] = { 0 };
  guint before = count_flushed ();

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    begin_put (fixture, &turns[i]);
  guichetd_store_close (fixture->store);
  g_assert_cmpuint (count_flushed (), >, before);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    wait_until_answered (&turns[i]);
}

/* Nobody knows what is on the disk then: nothing is answered, well or badly. */
static void
test_broken_disk_ends_the_daemon (Fixture *fixture, gconstpointer data)
{
  Turn first = { 0 };

  if (g_test_subprocess ())
    {
      disk.broken = TRUE;
      begin_put (fixture, &first);
      wait_until_answered (&first);
      g_printerr ("answered\n");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*the disk did not take what was written*");
  g_test_trap_assert_stderr_unmatched ("*answered\n*");
}

int
main (int argc, char *argv[])
{
  /* For those that do not come to clear up; read before, it stays what it was in this process. */
  g_autofree char *folder = g_dir_make_tmp ("guichetd-flush-XXXXXX", NULL);
  int status;

  g_setenv ("TMPDIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  install_disk ();

#define ADD(name, func) g_test_add ("/server/flush/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("answered-after-the-flush", test_answered_after_the_flush);
  ADD ("next-is-written-meanwhile", test_next_is_written_meanwhile);
  ADD ("what-was-seen-early-is-told-late", test_what_was_seen_early_is_told_late);
  ADD ("reading-alone-waits-for-nothing", test_reading_alone_waits_for_nothing);
  ADD ("alone-is-flushed", test_alone_is_flushed);
  ADD ("seen-early-of-one-alone", test_seen_early_of_one_alone);
  ADD ("closing-flushes", test_closing_flushes);
  ADD ("broken-disk-ends-the-daemon", test_broken_disk_ends_the_daemon);
#undef ADD

  status = g_test_run ();
  folder_remove (folder);
  return status;
}
