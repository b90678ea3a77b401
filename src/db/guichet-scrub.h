/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"

G_BEGIN_DECLS

/*
 * What a purge needs beyond deleting: that nothing of it is left in the files. None of these may
 * be called inside a transaction.
 */

/** guichet_scrub_log: folds the write-ahead log into the database and empties it, waiting for readers. */
gboolean guichet_scrub_log (GuichetDb *db, GError **error);

/** guichet_scrub_rebuild: writes the whole database anew: free space and split pages hold nothing then. */
gboolean guichet_scrub_rebuild (GuichetDb *db, GError **error);

/**
 * guichet_scrub_search:
 * @words: (array zero-terminated=1): what must not be there, in bytes; case of ASCII letters does not matter
 * @ret_found: (out): whether one of them is
 *
 * Looks through the whole file, whatever of it the database still uses. Empty the log first.
 */
gboolean
guichet_scrub_search (GuichetDb *db, const char *const *words, gboolean *ret_found, GError **error);

G_END_DECLS
