/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-account-event.h"
#include "guichetd-journal.h"

G_BEGIN_DECLS

/*
 * The journal of accounts: made like that of requests, and a chain of its own. Runs in a thread of
 * the store.
 */

/**
 * guichetd_account_journal_append:
 * @event: header set but for the number, which is set here
 *
 * Appends, in the writer. `opened` makes the account's key.
 */
gboolean guichetd_account_journal_append (GuichetdStore *store,
                                          GuichetDb *db,
                                          GuichetAccountEvent *event,
                                          GError **error);

/**
 * guichetd_account_journal_read:
 * @after: version after which to begin; 0 for all
 *
 * Returns: (transfer full) (element-type GuichetAccountEvent): the events of an account, in order
 */
GPtrArray *guichetd_account_journal_read (GuichetdKeys *keys,
                                          GuichetDb *db,
                                          const char *account,
                                          gint64 after,
                                          GuichetdJournalDepth depth,
                                          GError **error);

/** guichetd_account_journal_purges: as guichetd_journal_purges(). @keys: (nullable) @events: (element-type GuichetAccountEvent) */
gboolean guichetd_account_journal_purges (GuichetdKeys *keys,
                                          GuichetDb *db,
                                          GPtrArray *events,
                                          GError **error);

/** guichetd_account_journal_knows: whether there ever was an account of that name. */
gboolean guichetd_account_journal_knows (GuichetDb *db,
                                         const char *account,
                                         gboolean *ret_knows,
                                         GError **error);

/* For the walk that verifies */

/** guichetd_account_journal_header: the header as it is hashed. (transfer full) */
char *guichetd_account_journal_header (const GuichetAccountEvent *event);

/** guichetd_account_journal_take_header: the header of the row that @statement stands on; %NULL if its kind is none of ours. */
GuichetAccountEvent *guichetd_account_journal_take_header (GuichetStatement *statement);

/** guichetd_account_journal_take_payload: unseals the row's `payload` into @event. */
gboolean guichetd_account_journal_take_payload (GuichetStatement *statement,
                                                const GuichetdKey *key,
                                                GuichetAccountEvent *event,
                                                GError **error);

G_END_DECLS
