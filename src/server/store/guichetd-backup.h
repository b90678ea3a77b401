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

G_END_DECLS
