/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-db.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHOP "/be/mons/Guichetier/test-db/shop/"
#define OLDER "/be/mons/Guichetier/test-db/older/"
#define BROKEN "/be/mons/Guichetier/test-db/broken/"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("guichet-db-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "shop.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_no_errno (g_unlink (path));
    }
  g_assert_no_errno (g_rmdir (fixture->folder));
  g_free (fixture->folder);
  g_free (fixture->path);
}

static GuichetDb *
open_db (const char *path, GuichetDbMode mode, const char *resource)
{
  g_autoptr (GError) error = NULL;
  GuichetDb *db = guichet_db_open (path, mode, resource, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);
  return db;
}

/* A link in the place of the file leads nowhere, whatever it points at; the folder's own way may have some. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  static const GuichetDbMode modes[] = { GUICHET_DB_READ_ONLY,
                                         GUICHET_DB_DURABLE,
                                         GUICHET_DB_DEFERRED,
                                         GUICHET_DB_FORGIVING };
  g_autofree char *link = g_build_filename (fixture->folder, "link.db", NULL);
  g_autofree char *around = g_build_filename (fixture->folder, "around", NULL);
  g_autofree char *inside = g_build_filename (around, "shop.db", NULL);

  guichet_db_close (open_db (fixture->path, GUICHET_DB_DURABLE, SHOP));
  g_assert_no_errno (symlink (fixture->path, link));
  g_assert_no_errno (symlink (fixture->folder, around));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (guichet_db_open (link, modes[i], SHOP, &error));
      g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
      guichet_db_close (open_db (inside, modes[i], SHOP));
    }
}

static gboolean
add (GuichetDb *db, const char *name, gint64 price, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-item");

  guichet_statement_bind_text (statement, "name", name);
  guichet_statement_bind_integer (statement, "price", price);
  guichet_statement_bind_null (statement, "picture");
  return guichet_statement_run (statement, error);
}

static gint64
count (GuichetDb *db)
{
  GuichetStatement *statement = guichet_db_statement (db, "count-items");
  g_autoptr (GError) error = NULL;
  gint64 items;

  g_assert_true (guichet_statement_step (statement, &error));
  g_assert_no_error (error);
  items = guichet_statement_integer (statement, "count");
  guichet_statement_reset (statement);
  return items;
}

static gint64
pragma (GuichetDb *db, const char *text)
{
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (guichet_db_handle (db), text, -1, &stmt, NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

static void
test_opens_safely (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    GuichetDbMode mode;
    gint64 synchronous; /* 1 NORMAL, 2 FULL */
  } modes[] = { { GUICHET_DB_DURABLE, 2 },
                { GUICHET_DB_DEFERRED, 1 },
                { GUICHET_DB_FORGIVING, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GuichetDb) db = open_db (fixture->path, modes[i].mode, SHOP);
      int enabled = -1;

      g_assert_cmpint (pragma (db, "PRAGMA synchronous"), ==, modes[i].synchronous);
      g_assert_cmpint (pragma (db, "PRAGMA foreign_keys"), ==, 1);
      g_assert_cmpint (pragma (db, "PRAGMA trusted_schema"), ==, 0);
      g_assert_cmpint (pragma (db, "PRAGMA busy_timeout"), ==, 5000);
      g_assert_cmpint (pragma (db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
      sqlite3_db_config (guichet_db_handle (db), SQLITE_DBCONFIG_DQS_DML, -1, &enabled);
      g_assert_cmpint (enabled, ==, 0);
      sqlite3_db_config (guichet_db_handle (db), SQLITE_DBCONFIG_DQS_DDL, -1, &enabled);
      g_assert_cmpint (enabled, ==, 0);
    }
}

/* What the umask would allow does not matter. */
static void
test_files_are_private (Fixture *fixture, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  mode_t mask = umask (0);
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);

  umask (mask);
  g_assert_true (add (db, "chair", 10, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);
      GStatBuf status;

      g_assert_no_errno (g_stat (path, &status));
      g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
    }
}

static void
test_migrates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) older = open_db (fixture->path, GUICHET_DB_DURABLE, OLDER);
  g_autoptr (GuichetDb) db = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (guichet_db_version (older), ==, 1);
  g_assert_true (add (older, "chair", 10, &error));
  g_clear_pointer (&older, guichet_db_close);

  g_assert_null (guichet_db_open (fixture->path, GUICHET_DB_READ_ONLY, SHOP, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
  g_clear_error (&error);

  for (guint i = 0; i < 2; i++)
    {
      db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
      g_assert_cmpint (guichet_db_version (db), ==, 2);
      g_assert_cmpint (count (db), ==, 1);
      g_clear_pointer (&db, guichet_db_close);
    }

  g_assert_null (guichet_db_open (fixture->path, GUICHET_DB_DURABLE, OLDER, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_NEWER);
}

/* The first statement of the migration that fails is undone with it. */
static void
test_migration_is_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) older = open_db (fixture->path, GUICHET_DB_DURABLE, OLDER);
  g_autoptr (GuichetDb) db = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (add (older, "chair", 10, &error));
  g_assert_null (guichet_db_open (fixture->path, GUICHET_DB_DURABLE, BROKEN, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "002-half.sql"));
  g_clear_error (&error);

  g_assert_cmpint (pragma (older, "SELECT count (*) FROM sqlite_schema WHERE name = 'half'"),
                   ==,
                   0);
  g_clear_pointer (&older, guichet_db_close);
  db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_assert_cmpint (count (db), ==, 1);
}

static void
test_refuses_what_is_no_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nonsense = g_strnfill (8192, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (guichet_db_open (fixture->path, GUICHET_DB_READ_ONLY, SHOP, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (fixture->path, nonsense, -1, NULL));
  g_assert_null (guichet_db_open (fixture->path, GUICHET_DB_DURABLE, SHOP, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
  g_clear_error (&error);

  g_assert_null (guichet_db_open ("/nowhere/shop.db", GUICHET_DB_DURABLE, SHOP, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
}

/* A schema that cannot be read is an error when opening, not an end of the program later. */
static void
test_refuses_a_damaged_schema (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autoptr (GError) error = NULL;
  g_autofree char *rubbish = g_strnfill (3000, '\xa5');
  int fd;

  g_clear_pointer (&db, guichet_db_close);
  fd = g_open (fixture->path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_no_errno (fd);
  g_assert_cmpint (pwrite (fd, rubbish, 3000, 100), ==, 3000);
  close (fd);

  g_assert_null (guichet_db_open (fixture->path, GUICHET_DB_READ_ONLY, SHOP, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autoptr (GError) error = NULL;

  g_assert_true (guichet_db_begin (db, &error));
  g_assert_true (add (db, "chair", 10, &error));
  g_assert_cmpint (guichet_db_last_rowid (db), ==, 1);
  g_assert_cmpint (guichet_db_changes (db), ==, 1);
  guichet_db_rollback (db);
  guichet_db_rollback (db);
  g_assert_cmpint (count (db), ==, 0);

  g_assert_true (guichet_db_begin (db, &error));
  g_assert_true (guichet_db_savepoint (db, &error));
  g_assert_true (add (db, "chair", 10, &error));
  g_assert_true (guichet_db_release (db, &error));
  g_assert_true (guichet_db_savepoint (db, &error));
  g_assert_true (add (db, "table", 20, &error));
  g_assert_false (add (db, "chair", 30, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  guichet_db_rollback_to (db);
  g_assert_true (guichet_db_savepoint (db, &error));
  g_assert_true (add (db, "bench", 40, &error));
  g_assert_true (guichet_db_release (db, &error));
  g_assert_true (guichet_db_commit (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (db), ==, 2);

  g_assert_true (guichet_db_run (db, "clear", &error));
  g_assert_cmpint (count (db), ==, 0);
}

static void
test_reader_keeps_its_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) writer = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autoptr (GuichetDb) reader = open_db (fixture->path, GUICHET_DB_READ_ONLY, SHOP);
  g_autoptr (GError) error = NULL;

  g_assert_true (guichet_db_begin_read (reader, &error));
  g_assert_cmpint (count (reader), ==, 0);
  g_assert_true (add (writer, "chair", 10, &error));
  g_assert_cmpint (count (reader), ==, 0);
  g_assert_true (guichet_db_commit (reader, &error));
  g_assert_cmpint (count (reader), ==, 1);

  g_assert_false (add (reader, "table", 10, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) first = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autoptr (GuichetDb) second = open_db (fixture->path, GUICHET_DB_FORGIVING, SHOP);
  g_autoptr (GError) error = NULL;

  sqlite3_busy_timeout (guichet_db_handle (second), 0);
  g_assert_true (guichet_db_begin (first, &error));
  g_assert_false (guichet_db_begin (second, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_BUSY);
  guichet_db_rollback (first);
  g_assert_true (guichet_db_begin (second, NULL));
  guichet_db_rollback (second);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autofree char *long_name = g_strnfill (1000000, 'x');
  g_autoptr (GError) error = NULL;

  pragma (db, "PRAGMA max_page_count = 20");
  g_assert_false (add (db, long_name, 1, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FULL);
  g_assert_cmpint (count (db), ==, 0);
}

static void
test_constraints (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  GuichetStatement *statement = guichet_db_statement (db, "add-part");
  g_autoptr (GError) error = NULL;

  guichet_statement_bind_integer (statement, "item", 7);
  guichet_statement_bind_text (statement, "name", "leg");
  g_assert_false (guichet_statement_run (statement, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);

  g_assert_false (add (db, "chair", -1, &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_CONSTRAINT);
}

/* All statements of it run, up to the one that fails, and how it failed is told apart. */
static void
test_script (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autoptr (GError) error = NULL;

  g_assert_true (guichet_db_run_script (db, "stock", &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (db), ==, 2);
  g_assert_cmpint (pragma (db, "SELECT count (*) FROM sqlite_schema WHERE name = 'item_price'"),
                   ==,
                   1);

  g_assert_false (guichet_db_run_script (db, "stock", &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "stock"));
  g_assert_cmpint (count (db), ==, 2);
}

/* Damage behind a schema that is sound shows when the content is used, and is called so. */
static void
test_script_meets_damage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  const gint64 page = pragma (db, "PRAGMA page_size");
  g_autofree char *rubbish = g_strnfill ((gsize) page, '\xa5');
  g_autoptr (GError) error = NULL;
  int fd;

  g_clear_pointer (&db, guichet_db_close);
  fd = g_open (fixture->path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_no_errno (fd);
  g_assert_cmpint (pwrite (fd, rubbish, (size_t) page, page), ==, page);
  close (fd);

  db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_assert_false (guichet_db_run_script (db, "stock", &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
}

/* The copy is one moment of the original, though somebody writes between its pages. */
static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copy.db", NULL);
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autoptr (GuichetDb) reader = open_db (fixture->path, GUICHET_DB_READ_ONLY, SHOP);
  g_autoptr (GuichetDb) copy = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  for (gint64 i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("item %" G_GINT64_FORMAT, i);

      g_assert_true (add (db, name, i, &error));
    }
  g_assert_true (guichet_db_begin (db, &error));
  g_assert_true (add (db, "not yet", 1, &error));
  g_assert_true (guichet_db_backup (reader, path, &error));
  g_assert_no_error (error);
  g_assert_true (guichet_db_commit (db, &error));

  g_assert_no_errno (g_stat (path, &status));
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  copy = open_db (path, GUICHET_DB_DURABLE, SHOP);
  g_assert_cmpint (count (copy), ==, 500);
  g_assert_cmpint (pragma (copy, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"),
                   ==,
                   1);

  g_assert_false (guichet_db_backup (reader, "/nowhere/copy.db", &error));
  g_assert_error (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FAILED);
}

/*
 * POSIX takes away all locks that a process has on a file when it closes any descriptor of it:
 * opening a database a second time must not make others believe that nobody has it open.
 */
static void
test_second_opening_keeps_the_locks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) first = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);
  g_autoptr (GuichetDb) second = NULL;
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int status = 0;
  pid_t child;

  g_assert_true (add (first, "chair", 10, NULL));
  second = open_db (fixture->path, GUICHET_DB_FORGIVING, SHOP);

  child = fork ();
  if (child == 0)
    {
      int fd = open (fixture->path, O_RDWR | O_CLOEXEC);

      _exit (fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static gpointer
count_in_thread (gpointer data)
{
  return GINT_TO_POINTER ((int) count (data));
}

static void
test_opened_here_used_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);

  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (g_thread_new ("db", count_in_thread, db))),
                   ==,
                   0);
}

static void
test_two_threads_end_the_program (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      GuichetDb *db = open_db (fixture->path, GUICHET_DB_DURABLE, SHOP);

      count (db);
      g_thread_join (g_thread_new ("db", count_in_thread, db));
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*self->thread == g_thread_self*");
}

/* What was committed is in the log, until it is folded back by hand. */
static void
test_checkpoint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (fixture->path, GUICHET_DB_DEFERRED, SHOP);
  g_autofree char *path = g_strconcat (fixture->path, ".copy", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GuichetDb) copy = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_cmpint (sqlite3_exec (guichet_db_handle (db), "CREATE TABLE held (n)", NULL, NULL, NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpuint (guichet_db_count_log (db), >, 0);
  g_assert_true (guichet_db_flush (db, &error));
  g_assert_no_error (error);
  g_assert_true (guichet_db_checkpoint (db, &error));
  g_assert_no_error (error);

  /* The file alone, without its log. */
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  copy = open_db (path, GUICHET_DB_DEFERRED, SHOP);
  g_assert_cmpint (pragma (copy, "SELECT count(*) FROM sqlite_schema WHERE name = 'held'"), ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/db/opens-safely", test_opens_safely },
    { "/db/files-are-private", test_files_are_private },
    { "/db/links", test_links },
    { "/db/migrates", test_migrates },
    { "/db/migration-all-or-nothing", test_migration_is_all_or_nothing },
    { "/db/no-database", test_refuses_what_is_no_database },
    { "/db/damaged-schema", test_refuses_a_damaged_schema },
    { "/db/transactions", test_transactions },
    { "/db/snapshot", test_reader_keeps_its_snapshot },
    { "/db/busy", test_busy },
    { "/db/full", test_full },
    { "/db/constraints", test_constraints },
    { "/db/script", test_script },
    { "/db/script-damage", test_script_meets_damage },
    { "/db/backup", test_backup },
    { "/db/locks", test_second_opening_keeps_the_locks },
    { "/db/used-elsewhere", test_opened_here_used_there },
    { "/db/two-threads", test_two_threads_end_the_program },
    { "/db/checkpoint", test_checkpoint },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
