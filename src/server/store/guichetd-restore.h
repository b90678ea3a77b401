/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-clock.h"

G_BEGIN_DECLS

/**
 * GuichetdRestored:
 * @events: in the journal that was restored
 * @purges: requests and accounts in it that had been purged after the backup, and are so again
 * @unreadable: requests and accounts in it whose key is neither in the backup nor destroyed
 */
typedef struct
{
  gint64 events;
  gint64 purges;
  gint64 unreadable;
} GuichetdRestored;

/**
 * guichetd_restore:
 * @data_dir: of a daemon that does not run; what it holds is replaced
 * @folder: holds `journal.db` and `keys.db`
 * @clock: dates the purges that are applied
 * @restored: (out caller-allocates) (optional)
 *
 * Puts a backup in the place of the data. Requests and accounts that were purged since, of which @data_dir and
 * the keys of the backup know, are purged in it again, laid to whom they were and for the same reason as
 * far as that can be read (the log says where it cannot), and no key of theirs comes back. Nobody stays
 * signed in, and every mirror starts afresh. Until all is flushed and in place, @data_dir
 * is as it was.
 */
gboolean guichetd_restore (const char *data_dir,
                           const char *folder,
                           GuichetClock *clock,
                           GuichetdRestored *restored,
                           GError **error);

G_END_DECLS
