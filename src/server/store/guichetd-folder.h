/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * guichetd_folder_lock:
 *
 * Makes the data folder and takes its lock: one daemon or tool at a time. Root refuses the folder of another
 * user in which a database or the lock is a link.
 *
 * Returns: a descriptor that holds it, or -1 with @error
 */
int guichetd_folder_lock (const char *data_dir, GError **error);

/**
 * guichetd_folder_hand_over:
 *
 * Where root works in the folder of another user, as the tool does in the daemon's: what root
 * made in it becomes its owner's, who could not open it otherwise.
 */
gboolean guichetd_folder_hand_over (const char *data_dir, GError **error);

/**
 * guichetd_folder_fail:
 * @doing: what failed, as in "opening"
 *
 * Sets @error to a sentence about the file at @path.
 *
 * Returns: %FALSE
 */
gboolean
guichetd_folder_fail (GError **error, int saved_errno, const char *doing, const char *path);

G_END_DECLS
