/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-clock.h"
#include "guichet-db.h"

G_BEGIN_DECLS

#define GUICHETD_TYPE_STORE (guichetd_store_get_type ())

/**
 * GuichetdStore:
 *
 * The databases of the server and the threads that own their connections: one writer, which
 * puts writes that arrive together into one transaction, and several readers. The only
 * room that knows SQL; what is done in a thread is a function of a store file.
 */
G_DECLARE_FINAL_TYPE (GuichetdStore, guichetd_store, GUICHETD, STORE, GObject)

typedef struct
{
  guint readers;   /* threads; 0: 2 */
  guint group_max; /* writes in one transaction; 0: 256; 1: each alone (for the bench) */
} GuichetdStoreOptions;

/**
 * guichetd_store_open:
 * @data_dir: holds journal.db, keys.db; made with mode 0700
 * @options: (nullable)
 *
 * Takes the folder's lock: one daemon or tool at a time.
 */
GuichetdStore *guichetd_store_open (const char *data_dir,
                                    GuichetClock *clock,
                                    const GuichetdStoreOptions *options,
                                    GError **error);

/** guichetd_store_close: finishes what is queued, checkpoints, ends the threads. Safe to call twice. */
void guichetd_store_close (GuichetdStore *self);

/**
 * GuichetdWork:
 * @store: the store
 * @db: the connection of the thread
 * @data: what was given
 *
 * Runs in the writer (inside a savepoint: what it did is undone if it fails, without
 * touching the other writes of the group) or in a reader (inside a snapshot).
 *
 * Returns: %FALSE with @error set
 */
typedef gboolean (*GuichetdWork) (GuichetdStore *store,
                                  GuichetDb *db,
                                  gpointer data,
                                  GError **error);

/**
 * guichetd_store_write_async:
 * @work: run in the writer
 * @data: (transfer full): for @work; freed by @data_free after the callback
 *
 * Answered only when what @work did is flushed to the disk.
 */
void guichetd_store_write_async (GuichetdStore *self,
                                 GuichetdWork work,
                                 gpointer data,
                                 GDestroyNotify data_free,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/** guichetd_store_write_finish: (transfer none) (nullable): @data after the work, NULL with @error set. Valid during the callback. */
gpointer guichetd_store_write_finish (GuichetdStore *self, GAsyncResult *result, GError **error);

/** guichetd_store_read_async: as guichetd_store_write_async(), in a reader. */
void guichetd_store_read_async (GuichetdStore *self,
                                GuichetdWork work,
                                gpointer data,
                                GDestroyNotify data_free,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gpointer guichetd_store_read_finish (GuichetdStore *self, GAsyncResult *result, GError **error);

/** guichetd_store_write: the same, waiting for it: for the command-line tool and tests, never in the daemon's main loop. */
gboolean
guichetd_store_write (GuichetdStore *self, GuichetdWork work, gpointer data, GError **error);
gboolean
guichetd_store_read (GuichetdStore *self, GuichetdWork work, gpointer data, GError **error);

/** guichetd_store_get_last: number of the last event that is on the disk; any thread. */
gint64 guichetd_store_get_last (GuichetdStore *self);

G_END_DECLS
