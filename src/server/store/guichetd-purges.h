/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-event.h"
#include "guichetd-requests.h"

G_BEGIN_DECLS

/*
 * Purged requests: what desks are told of them, what a restore must not bring back, and how
 * nothing of them stays in the files.
 */

/** guichetd_purges_add: in the writer, once @event (`purged`) is appended: removes all but the journal of @row's request. */
gboolean guichetd_purges_add (GuichetDb *db,
                              const GuichetdRow *row,
                              const GuichetEvent *event,
                              GError **error);

/** guichetd_purges_find: whether a request, or the account of that name, was purged. */
gboolean
guichetd_purges_find (GuichetDb *db, const char *reference, gboolean *ret_purged, GError **error);

/** guichetd_purges_list: references of purged requests and names of purged accounts. (transfer full) */
char **guichetd_purges_list (GuichetDb *db, GError **error);

/**
 * guichetd_purges_words:
 * @request: as it was
 *
 * Returns: (transfer full): what would betray its citizen, for guichetd_purges_scrub()
 */
char **guichetd_purges_words (const GuichetRequest *request);

/**
 * guichetd_purges_owe:
 *
 * In the transaction of a purge: notes that guichetd_purges_scrub() has to follow, for the next start to make
 * good where it did not come to its end.
 */
gboolean guichetd_purges_owe (GuichetDb *db, GError **error);

/**
 * guichetd_purges_scrub:
 * @references: of purged requests, and names of purged accounts
 * @words: (nullable): what must be found nowhere; %NULL if that is not known any more
 *
 * In the writer, alone: destroys the keys and clears the files of what deleting leaves behind. Who destroyed
 * them, and why, is flushed before. Doing it again does no harm.
 */
gboolean guichetd_purges_scrub (GuichetdKeys *keys,
                                GuichetDb *db,
                                const char *const *references,
                                const char *const *words,
                                gint64 now,
                                GError **error);

/**
 * guichetd_purges_finish:
 *
 * In the writer, alone: scrubs what a purge that was cut short has left, before anything else is written; the
 * next one would tell that it is done.
 */
gboolean guichetd_purges_finish (GuichetdKeys *keys, GuichetDb *db, gint64 now, GError **error);

G_END_DECLS
