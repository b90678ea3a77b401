/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-store.h"

G_BEGIN_DECLS

/**
 * guichetd_backup_make:
 * @folder: made with mode 0700 if it is not there; must hold neither journal.db nor keys.db
 *
 * Copies both databases while they are in use, each as one file and flushed: `journal.db`, and
 * `keys.db`, which belongs in another place and for a shorter time than the journal. What was
 * answered before the call is in it. Waits; any thread but those of the store. Fails with
 * G_IO_ERROR_BUSY during a purge, and G_IO_ERROR_EXISTS if there is a backup already.
 */
gboolean guichetd_backup_make (GuichetdStore *store, const char *folder, GError **error);

/**
 * GuichetdRestored:
 * @events: in the journal that was restored
 * @purges: requests in it that had been purged after the backup, and are so again
 * @unreadable: requests in it whose key is neither in the backup nor destroyed
 */
typedef struct
{
  gint64 events;
  gint64 purges;
  gint64 unreadable;
} GuichetdRestored;

/**
 * guichetd_backup_restore:
 * @data_dir: of a daemon that does not run; what it holds is replaced
 * @folder: holds `journal.db` and `keys.db`
 * @clock: dates the purges that are applied
 * @restored: (out caller-allocates) (optional)
 *
 * Puts a backup in the place of the data. Requests that were purged since, of which @data_dir and
 * the keys of the backup know, are purged in it again, laid to whom they were and for the same reason as
 * far as that can be read (the log says where it cannot), and no key of theirs comes back. Nobody stays
 * signed in, and every mirror starts afresh. Until all is flushed and in place, @data_dir
 * is as it was.
 */
gboolean guichetd_backup_restore (const char *data_dir,
                                  const char *folder,
                                  GuichetClock *clock,
                                  GuichetdRestored *restored,
                                  GError **error);

G_END_DECLS
