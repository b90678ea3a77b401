/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "guichet-statement.h"

G_BEGIN_DECLS

#define GUICHET_DB_ERROR (guichet_db_error_quark ())
GQuark guichet_db_error_quark (void);

typedef enum
{
  GUICHET_DB_ERROR_FAILED,     /* SQLite says so; the message has its words */
  GUICHET_DB_ERROR_BUSY,       /* locked by another process */
  GUICHET_DB_ERROR_CONSTRAINT, /* the database refuses the content */
  GUICHET_DB_ERROR_FULL,       /* no room on the disk */
  GUICHET_DB_ERROR_DAMAGED,    /* not a database, or a broken one */
  GUICHET_DB_ERROR_NEWER,      /* written by a newer program */
} GuichetDbError;

typedef enum
{
  GUICHET_DB_READ_ONLY,
  GUICHET_DB_DURABLE,   /* synchronous=FULL: what is answered is on disk */
  GUICHET_DB_DEFERRED,  /* synchronous=NORMAL: on disk after guichet_db_flush() */
  GUICHET_DB_FORGIVING, /* synchronous=NORMAL: can be made again */
} GuichetDbMode;

/**
 * GuichetDb:
 *
 * One SQLite connection, used from one thread: the one that first uses it after opening.
 * SQL lives in resources, one statement a `.sql` file; it is prepared once and kept.
 */
typedef struct _GuichetDb GuichetDb;

/**
 * guichet_db_open:
 * @path: file; made with mode 0600 if it is not there (unless read-only); no link
 * @mode: what the connection is for
 * @resource: path under which the statements lie, such as `/be/mons/Guichetier/store/`:
 *   `NAME.sql` for statements, `migrations/001-what.sql`… for the schema
 *
 * Opens with WAL, foreign keys, trusted_schema off, double-quoted strings off, a busy
 * timeout of 5 s, and (unless read-only) brings the schema up to date, each migration in
 * one transaction with its `user_version`. A database newer than the program is refused.
 */
GuichetDb *
guichet_db_open (const char *path, GuichetDbMode mode, const char *resource, GError **error);
void guichet_db_close (GuichetDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetDb, guichet_db_close)

/**
 * guichet_db_statement:
 * @name: of the `.sql` file, without ending
 *
 * Returns: (transfer none): the statement, reset and with nothing bound. A statement that
 *   does not exist or compile is a programmer's mistake and ends the program.
 */
GuichetStatement *guichet_db_statement (GuichetDb *self, const char *name);

/**
 * guichet_db_statement_joined:
 * @names: (array zero-terminated=1): fragments from the closed table of `.sql` files, joined
 *   in that order
 *
 * For lists with optional filters: a named fragment for each filter that is set, never
 * `:x IS NULL OR`. Kept like any other, under the joined names.
 */
GuichetStatement *guichet_db_statement_joined (GuichetDb *self, const char *const *names);

/** guichet_db_run: executes a statement that gives no rows, by name, without parameters. */
gboolean guichet_db_run (GuichetDb *self, const char *name, GError **error);
/**
 * guichet_db_run_script: executes a file of any number of statements, which is not kept. What ran
 * before a statement failed is undone only by the caller's transaction.
 */
gboolean guichet_db_run_script (GuichetDb *self, const char *name, GError **error);

gboolean guichet_db_begin (GuichetDb *self, GError **error);      /* BEGIN IMMEDIATE */
gboolean guichet_db_begin_read (GuichetDb *self, GError **error); /* BEGIN: one snapshot */
gboolean guichet_db_commit (GuichetDb *self, GError **error);
void guichet_db_rollback (GuichetDb *self);
gboolean guichet_db_savepoint (GuichetDb *self, GError **error);
gboolean guichet_db_release (GuichetDb *self, GError **error);
void guichet_db_rollback_to (GuichetDb *self); /* undoes and forgets the savepoint */

/**
 * guichet_db_flush:
 *
 * For a connection in %GUICHET_DB_DEFERRED: flushes the write-ahead log. Whatever was committed before is on
 * the disk then. Any thread, also while the connection's own one works: others see its commits before
 * they are flushed. After an error it is not known what is on the disk.
 */
gboolean guichet_db_flush (GuichetDb *self, GError **error);

/** guichet_db_count_log: pages in the write-ahead log at the last commit, for a connection in %GUICHET_DB_DEFERRED. */
guint guichet_db_count_log (GuichetDb *self);
/**
 * guichet_db_checkpoint:
 *
 * For a connection in %GUICHET_DB_DEFERRED, which does it at no other time: brings what is in the log into the
 * database, as far as nobody reads an older state of it, and flushes both. After an error it is not
 * known what is on the disk; SQLite's own checkpoint, within a commit, would not even tell of it.
 */
gboolean guichet_db_checkpoint (GuichetDb *self, GError **error);

gint64 guichet_db_last_rowid (GuichetDb *self);
gint64 guichet_db_changes (GuichetDb *self);
int guichet_db_version (GuichetDb *self); /* user_version */

/** guichet_db_backup: copies the database to @path while it is in use, and flushes it. */
gboolean guichet_db_backup (GuichetDb *self, const char *path, GError **error);

/** guichet_db_handle: for what only SQLite itself can do: checkpoints, pragmas of a purge. */
sqlite3 *guichet_db_handle (GuichetDb *self);

G_END_DECLS
