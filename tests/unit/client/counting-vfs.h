/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A VFS that counts flushes, over SQLite's own. */

extern guint n_flushes;

/** count_flushes: from now on, of every file that is opened. */
void count_flushes (void);

G_END_DECLS
