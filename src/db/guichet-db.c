/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One SQLite connection with its statements and its migrations.
 */
#define G_LOG_DOMAIN "guichet-db"

#include "config.h"

#include "guichet-db.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "guichet-statement-private.h"

#define BUSY_TIMEOUT_MS 5000

/* Memory that a connection keeps at hand for what is small and short-lived: 600 KiB. */
#define LOOKASIDE_BYTES 1200
#define LOOKASIDE_BLOCKS 512

/* What begins and ends a transaction, or a part of one: prepared once, as it is run all the time. */
typedef enum
{
  STEP_BEGIN,
  STEP_BEGIN_READ,
  STEP_COMMIT,
  STEP_ROLLBACK,
  STEP_SAVEPOINT,
  STEP_RELEASE,
  STEP_ROLLBACK_TO,
  N_STEPS
} Step;

static const char *const steps[] = {
  [STEP_BEGIN] = "BEGIN IMMEDIATE",
  [STEP_BEGIN_READ] = "BEGIN",
  [STEP_COMMIT] = "COMMIT",
  [STEP_ROLLBACK] = "ROLLBACK",
  [STEP_SAVEPOINT] = "SAVEPOINT one",
  [STEP_RELEASE] = "RELEASE one",
  [STEP_ROLLBACK_TO] = "ROLLBACK TO one",
};

struct _GuichetDb
{
  sqlite3 *handle;   /* (owned) */
  sqlite3_file *log; /* (nullable): the write-ahead log, if it is flushed by hand */
  guint log_pages;   /* in it */
  char *resource;
  GHashTable *statements;           /* (owned): name → GuichetStatement */
  GuichetStatement *steps[N_STEPS]; /* (owned) (nullable) */
  GThread *thread;                  /* the one that uses it; NULL until the first use */
};

G_DEFINE_QUARK (guichet-db-error-quark, guichet_db_error);

static GuichetDbError
code_of (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return GUICHET_DB_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return GUICHET_DB_ERROR_CONSTRAINT;
    case SQLITE_FULL:
      return GUICHET_DB_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return GUICHET_DB_ERROR_DAMAGED;
    default:
      return GUICHET_DB_ERROR_FAILED;
    }
}

void
_guichet_db_set_error (sqlite3 *handle, const char *doing, GError **error)
{
  g_set_error (error,
               GUICHET_DB_ERROR,
               (int) code_of (sqlite3_errcode (handle)),
               "%s: %s",
               doing,
               sqlite3_errmsg (handle));
}

static void
assert_thread (GuichetDb *self)
{
  if (self->thread == NULL)
    self->thread = g_thread_self ();
  g_assert (self->thread == g_thread_self ());
}

static gboolean
execute_as (GuichetDb *self, const char *doing, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  _guichet_db_set_error (self->handle, doing, error);
  return FALSE;
}

static gboolean
execute (GuichetDb *self, const char *sql, GError **error)
{
  return execute_as (self, sql, sql, error);
}

static gboolean
take_step (GuichetDb *self, Step step, GError **error)
{
  assert_thread (self);
  if (self->steps[step] == NULL)
    self->steps[step] = _guichet_statement_new (self->handle, steps[step], steps[step]);

  return guichet_statement_run (self->steps[step], error);
}

/*
 * SQLite makes files as the umask says; ours are nobody else's to read. A file that is there
 * already must not even be opened: closing it again would take away the locks that other
 * connections of this process hold on it (sqlite.org/howtocorrupt.html, section 2.2).
 */
static gboolean
make_private (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0 && errno == EEXIST)
    return TRUE;
  if (fd < 0)
    {
      g_set_error (error,
                   GUICHET_DB_ERROR,
                   GUICHET_DB_ERROR_FAILED,
                   "making %s: %s",
                   path,
                   g_strerror (errno));
      return FALSE;
    }
  close (fd);
  return TRUE;
}

/*
 * Whoever may write into the folder could put a link in the place of the file, also after somebody looked; root would
 * write wherever it leads. SQLite refuses links anywhere in a path, but those on the way to the folder are the
 * administrator's.
 */
static int
open_no_link (GuichetDb *self, const char *path, int flags)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *real = realpath (folder, NULL);
  g_autofree char *place = g_build_filename (real != NULL ? real : folder, name, NULL);

  return sqlite3_open_v2 (place, &self->handle, flags | SQLITE_OPEN_NOFOLLOW, NULL);
}

static gboolean
set_up (GuichetDb *self, GuichetDbMode mode, GError **error)
{
  sqlite3_db_config (self->handle,
                     SQLITE_DBCONFIG_LOOKASIDE,
                     NULL,
                     LOOKASIDE_BYTES,
                     LOOKASIDE_BLOCKS);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

  return execute (self, "PRAGMA foreign_keys = ON", error) &&
         execute (self, "PRAGMA trusted_schema = OFF", error) &&
         execute (self, "PRAGMA temp_store = MEMORY", error) &&
         (mode == GUICHET_DB_READ_ONLY || execute (self, "PRAGMA journal_mode = WAL", error)) &&
         execute (self,
                  mode == GUICHET_DB_DURABLE ? "PRAGMA synchronous = FULL"
                                             : "PRAGMA synchronous = NORMAL",
                  error) &&
         /* Reads the schema now, where damage is an error: later it would be a mistake of ours. */
         execute_as (self, "reading the schema", "SELECT count (*) FROM sqlite_schema", error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of the migrations in order: `001-what.sql` is at index 0. */
static char **
list_migrations (GuichetDb *self)
{
  g_autofree char *folder = g_strconcat (self->resource, "migrations", NULL);
  char **names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (names == NULL)
    return g_new0 (char *, 1);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

static gboolean
migrate_to (GuichetDb *self, const char *name, guint version, GError **error)
{
  g_autofree char *path = g_strconcat (self->resource, "migrations/", name, NULL);
  g_autofree char *bump = g_strdup_printf ("PRAGMA user_version = %u", version);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (sql == NULL)
    return FALSE;
  if (g_ascii_strtoull (name, NULL, 10) != version)
    g_error ("%s: migration %u is missing before it", path, version);
  if (!guichet_db_begin (self, error))
    return FALSE;
  /* Another process may have been faster. */
  if (guichet_db_version (self) >= (int) version)
    {
      guichet_db_rollback (self);
      return TRUE;
    }
  if (execute_as (self, "executing", g_bytes_get_data (sql, NULL), error) &&
      execute (self, bump, error) && guichet_db_commit (self, error))
    return TRUE;

  guichet_db_rollback (self);
  g_prefix_error (error, "migration %s: ", name);
  return FALSE;
}

static gboolean
migrate (GuichetDb *self, gboolean read_only, GError **error)
{
  g_auto (GStrv) names = list_migrations (self);
  guint known = g_strv_length (names);
  guint version = (guint) guichet_db_version (self);

  if (version > known)
    {
      g_set_error (error,
                   GUICHET_DB_ERROR,
                   GUICHET_DB_ERROR_NEWER,
                   "the database is of version %u, this program knows %u: use a newer program",
                   version,
                   known);
      return FALSE;
    }
  if (read_only && version < known)
    {
      g_set_error (error,
                   GUICHET_DB_ERROR,
                   GUICHET_DB_ERROR_FAILED,
                   "the database is of version %u and has not been brought to %u yet",
                   version,
                   known);
      return FALSE;
    }

  for (guint i = version; i < known; i++)
    if (!migrate_to (self, names[i], i + 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_in_wal (GuichetDb *self)
{
  sqlite3_stmt *stmt = NULL;
  gboolean is;

  is = sqlite3_prepare_v2 (self->handle, "PRAGMA journal_mode", -1, &stmt, NULL) == SQLITE_OK &&
       sqlite3_step (stmt) == SQLITE_ROW &&
       g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "wal") == 0;
  sqlite3_finalize (stmt);
  return is;
}

/* How much memory SQLite holds is asked by nobody, and counting it takes a lock each time. */
static void
stop_counting_memory (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

static int
log_grew_cb (void *data, sqlite3 *handle, const char *name, int n_pages)
{
  GuichetDb *self = data;

  self->log_pages = (guint) n_pages;
  return SQLITE_OK;
}

/*
 * The file is SQLite's own, so that a VFS sees the flush; it stays as long as the connection. The
 * first flush also makes its name durable, and is the only one that changes something in it.
 */
static gboolean
find_log (GuichetDb *self, GError **error)
{
  /* Instead of the checkpoint that SQLite has there. */
  sqlite3_wal_hook (self->handle, log_grew_cb, self);
  if (sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &self->log) ==
          SQLITE_OK &&
      self->log != NULL && self->log->pMethods != NULL && is_in_wal (self))
    return guichet_db_flush (self, error);

  g_set_error_literal (error,
                       GUICHET_DB_ERROR,
                       GUICHET_DB_ERROR_FAILED,
                       "the database cannot have a write-ahead log in this folder");
  return FALSE;
}

GuichetDb *
guichet_db_open (const char *path, GuichetDbMode mode, const char *resource, GError **error)
{
  gboolean read_only = mode == GUICHET_DB_READ_ONLY;
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
              (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  g_autoptr (GuichetDb) self = NULL;

  g_return_val_if_fail (path != NULL && resource != NULL && g_str_has_suffix (resource, "/"), NULL);

  if (!read_only && !make_private (path, error))
    return NULL;

  stop_counting_memory ();
  self = g_new0 (GuichetDb, 1);
  self->resource = g_strdup (resource);
  self->statements = g_hash_table_new_full (g_str_hash,
                                            g_str_equal,
                                            g_free,
                                            (GDestroyNotify) _guichet_statement_free);
  if (open_no_link (self, path, flags) != SQLITE_OK)
    {
      _guichet_db_set_error (self->handle, path, error);
      return NULL;
    }
  if (!set_up (self, mode, error) || !migrate (self, read_only, error) ||
      (mode == GUICHET_DB_DEFERRED && !find_log (self, error)))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  /* Opening may happen in one thread and use in another. */
  self->thread = NULL;
  return g_steal_pointer (&self);
}

void
guichet_db_close (GuichetDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  for (guint i = 0; i < N_STEPS; i++)
    g_clear_pointer (&self->steps[i], _guichet_statement_free);
  sqlite3_close (self->handle);
  g_free (self->resource);
  g_free (self);
}

static char *
load_text (GuichetDb *self, const char *name)
{
  g_autofree char *path = g_strconcat (self->resource, name, ".sql", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (text == NULL)
    g_error ("%s", error->message);
  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

GuichetStatement *
guichet_db_statement (GuichetDb *self, const char *name)
{
  const char *const names[] = { name, NULL };

  return guichet_db_statement_joined (self, names);
}

GuichetStatement *
guichet_db_statement_joined (GuichetDb *self, const char *const *names)
{
  gboolean alone = names[0] != NULL && names[1] == NULL;
  g_autofree char *joined = alone ? NULL : g_strjoinv ("+", (char **) names);
  const char *key = alone ? names[0] : joined;
  GuichetStatement *statement;

  assert_thread (self);

  statement = g_hash_table_lookup (self->statements, key);
  if (statement == NULL)
    {
      g_autoptr (GString) sql = g_string_new (NULL);

      for (guint i = 0; names[i] != NULL; i++)
        {
          g_autofree char *text = load_text (self, names[i]);

          g_string_append_printf (sql, "%s\n", text);
        }
      statement = _guichet_statement_new (self->handle, key, sql->str);
      g_hash_table_insert (self->statements, g_strdup (key), statement);
    }

  _guichet_statement_prepare (statement);
  return statement;
}

gboolean
guichet_db_run (GuichetDb *self, const char *name, GError **error)
{
  return guichet_statement_run (guichet_db_statement (self, name), error);
}

gboolean
guichet_db_run_script (GuichetDb *self, const char *name, GError **error)
{
  g_autofree char *sql = load_text (self, name);

  assert_thread (self);
  return execute_as (self, name, sql, error);
}

gboolean
guichet_db_begin (GuichetDb *self, GError **error)
{
  return take_step (self, STEP_BEGIN, error);
}

gboolean
guichet_db_begin_read (GuichetDb *self, GError **error)
{
  return take_step (self, STEP_BEGIN_READ, error);
}

gboolean
guichet_db_commit (GuichetDb *self, GError **error)
{
  return take_step (self, STEP_COMMIT, error);
}

void
guichet_db_rollback (GuichetDb *self)
{
  /* A failed COMMIT may have rolled back by itself already. */
  if (!sqlite3_get_autocommit (self->handle))
    take_step (self, STEP_ROLLBACK, NULL);
}

gboolean
guichet_db_savepoint (GuichetDb *self, GError **error)
{
  return take_step (self, STEP_SAVEPOINT, error);
}

gboolean
guichet_db_release (GuichetDb *self, GError **error)
{
  return take_step (self, STEP_RELEASE, error);
}

void
guichet_db_rollback_to (GuichetDb *self)
{
  take_step (self, STEP_ROLLBACK_TO, NULL);
  take_step (self, STEP_RELEASE, NULL);
}

gboolean
guichet_db_flush (GuichetDb *self, GError **error)
{
  int code;

  g_return_val_if_fail (self->log != NULL, FALSE);

  code = self->log->pMethods->xSync (self->log, SQLITE_SYNC_NORMAL);
  if (code == SQLITE_OK)
    return TRUE;

  g_set_error (error,
               GUICHET_DB_ERROR,
               GUICHET_DB_ERROR_FAILED,
               "flushing the write-ahead log: %s",
               sqlite3_errstr (code));
  return FALSE;
}

guint
guichet_db_count_log (GuichetDb *self)
{
  assert_thread (self);
  return self->log_pages;
}

gboolean
guichet_db_checkpoint (GuichetDb *self, GError **error)
{
  int code;

  assert_thread (self);
  code = sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  if (code == SQLITE_OK || code == SQLITE_BUSY)
    return TRUE;

  _guichet_db_set_error (self->handle, "folding back the write-ahead log", error);
  return FALSE;
}

gint64
guichet_db_last_rowid (GuichetDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

gint64
guichet_db_changes (GuichetDb *self)
{
  return sqlite3_changes64 (self->handle);
}

int
guichet_db_version (GuichetDb *self)
{
  sqlite3_stmt *stmt = NULL;
  int version = 0;

  if (sqlite3_prepare_v2 (self->handle, "PRAGMA user_version", -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    version = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  return version;
}

/* All pages in one step, hence one snapshot: a writer beside us would make smaller steps start over. */
static int
copy_pages (sqlite3 *from, sqlite3 *to)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int code;

  if (backup == NULL)
    return sqlite3_errcode (to);

  code = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  return code;
}

gboolean
guichet_db_backup (GuichetDb *self, const char *path, GError **error)
{
  sqlite3 *copy = NULL;
  gboolean copied;

  assert_thread (self);
  if (!make_private (path, error))
    return FALSE;

  copied = sqlite3_open_v2 (path, &copy, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
           sqlite3_busy_timeout (copy, BUSY_TIMEOUT_MS) == SQLITE_OK &&
           sqlite3_exec (copy, "PRAGMA synchronous = FULL", NULL, NULL, NULL) == SQLITE_OK &&
           copy_pages (self->handle, copy) == SQLITE_DONE;
  if (!copied)
    _guichet_db_set_error (copy, path, error);
  sqlite3_close (copy);
  return copied;
}

sqlite3 *
guichet_db_handle (GuichetDb *self)
{
  assert_thread (self);
  return self->handle;
}
