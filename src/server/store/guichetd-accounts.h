/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-account.h"
#include "guichetd-requests.h"

G_BEGIN_DECLS

/*
 * Accounts as their events made them: the row by which one is found, and the state that is sealed.
 * Runs in a thread of the store.
 */

/** An account's row. */
typedef struct
{
  char *account;
  gint64 version;
  gint64 last_event;
  guint8 niss[GUICHETD_NISS_BYTES]; /* digest, as of guichetd_requests_niss() */
  GBytes *sealed;
  GBytes *state; /* (nullable): JSON of its GuichetAccount, once it was opened */
} GuichetdAccountRow;

void guichetd_account_row_clear (GuichetdAccountRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdAccountRow, guichetd_account_row_clear)

/** guichetd_accounts_find: %FALSE without @error if there is no such account. */
gboolean guichetd_accounts_find (GuichetDb *db,
                                 const char *account,
                                 GuichetdAccountRow *row,
                                 GError **error);

/** guichetd_accounts_find_person: @niss: eleven digits. %FALSE without @error if nobody with that number has one. */
gboolean guichetd_accounts_find_person (GuichetdKeys *keys,
                                        GuichetDb *db,
                                        const char *niss,
                                        GuichetdAccountRow *row,
                                        GError **error);

/** guichetd_account_row_open: opens its state; %FALSE without @error if the key is not there (any more). */
gboolean guichetd_account_row_open (GuichetdAccountRow *self, GuichetdKeys *keys, GError **error);

/** guichetd_account_row_get: reads its state, which was opened. (transfer full) */
GuichetAccount *guichetd_account_row_get (const GuichetdAccountRow *self, GError **error);

/** guichetd_accounts_add: in the writer. */
gboolean guichetd_accounts_add (GuichetdStore *store,
                                GuichetDb *db,
                                const GuichetAccount *account,
                                GError **error);

/** guichetd_accounts_change: in the writer. */
gboolean guichetd_accounts_change (GuichetdStore *store,
                                   GuichetDb *db,
                                   const GuichetAccount *account,
                                   GError **error);

/** guichetd_accounts_purge: in the writer, once `purged` is appended: removes all but the journal of an account. */
gboolean guichetd_accounts_purge (GuichetDb *db, const char *account, GError **error);

G_END_DECLS
