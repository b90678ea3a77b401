/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SPOIL_BUT_OPENING: what of a mirror is read when it is opened on the day of its last closing. */
#define SPOIL_BUT_OPENING "'sqlite_schema', 'state', 'counts', 'procedures'"

/**
 * spoil_database:
 * @path: a database that nobody has open
 * @but: names of tables, quoted, with commas between them
 *
 * Overwrites all its pages but the first one and those of the tables in @but.
 */
void spoil_database (const char *path, const char *but);

G_END_DECLS
