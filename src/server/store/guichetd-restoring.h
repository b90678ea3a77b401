/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GuichetdRestoring:
 *
 * The folder `restoring` in the data, where a restore is made ready.
 *
 * Root restores in the folder of the daemon's user, who could bend every path in it. So this folder
 * stays root's until it is ready, and what is made, given away, moved or removed here is named from a
 * descriptor and no link is followed.
 */
typedef struct _GuichetdRestoring GuichetdRestoring;

/** guichetd_restoring_new: makes it, without what an earlier restore has left. (transfer full) */
GuichetdRestoring *guichetd_restoring_new (const char *data_dir, GError **error);
void guichetd_restoring_free (GuichetdRestoring *self);

const char *guichetd_restoring_get_path (GuichetdRestoring *self);

/** guichetd_restoring_copy: takes the databases out of the folder @backup. */
gboolean guichetd_restoring_copy (GuichetdRestoring *self, const char *backup, GError **error);

/** guichetd_restoring_check: whether its path still leads to it; before something is opened by that path. */
gboolean guichetd_restoring_check (GuichetdRestoring *self, GError **error);

/** guichetd_restoring_mark: flushes all, gives it to the owner of the data, and says that it is ready. */
gboolean guichetd_restoring_mark (GuichetdRestoring *self, GError **error);

/** guichetd_restoring_remove: the restore went wrong. */
void guichetd_restoring_remove (GuichetdRestoring *self);

/**
 * guichetd_restore_finish:
 *
 * Moves what a restore has made ready into place; also one that was cut short, for whoever opens the
 * data next.
 */
gboolean guichetd_restore_finish (const char *data_dir, GError **error);

G_END_DECLS
