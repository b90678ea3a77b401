/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-store.h"

G_BEGIN_DECLS

/**
 * GuichetdVerdict:
 * @events: looked at
 * @accesses: looked at
 * @requests: looked at
 * @purged: requests whose events can be read by nobody any more, as it should be
 * @account_events: looked at
 * @accounts: looked at
 * @purged_accounts: as @purged
 * @broken_event: number of the first event that does not fit its chain; 0 if all do
 * @broken_access: the same of the access log
 * @broken_account_event: the same of the journal of accounts
 * @problems: (element-type utf8): what is wrong, a sentence each, at most GUICHETD_PROBLEMS_MAX;
 *   they name numbers and references and hold no personal data
 *
 * What a walk through the journal found.
 */
typedef struct
{
  gint64 events;
  gint64 accesses;
  gint64 requests;
  gint64 purged;
  gint64 account_events;
  gint64 accounts;
  gint64 purged_accounts;
  gint64 broken_event;
  gint64 broken_access;
  gint64 broken_account_event;
  GPtrArray *problems;
} GuichetdVerdict;

#define GUICHETD_PROBLEMS_MAX 20

void guichetd_verdict_clear (GuichetdVerdict *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdVerdict, guichetd_verdict_clear)

/** guichetd_verdict_is_good: nothing is wrong. */
gboolean guichetd_verdict_is_good (const GuichetdVerdict *self);

/**
 * guichetd_journal_verify:
 * @verdict: (out caller-allocates): clear it
 *
 * Walks all three chains, opens every payload whose key is there, makes every request and every account anew
 * from its events and holds it against what is kept of it. Any thread, which waits, while the store goes on
 * working; fails with G_IO_ERROR_BUSY while a purge or a backup is made, and they do while this lasts.
 *
 * Returns: %FALSE with @error if the databases could not be read; what is wrong in them is in
 *   @verdict
 */
gboolean guichetd_journal_verify (GuichetdStore *store,
                                  GCancellable *cancellable,
                                  GuichetdVerdict *verdict,
                                  GError **error);

G_END_DECLS
