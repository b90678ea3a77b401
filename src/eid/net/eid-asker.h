/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "eid-files.h"
#include "eid-report.h"
#include "eid-revocation.h"

G_BEGIN_DECLS

/**
 * EID_ASKER_TIMEOUT_DEFAULT: milliseconds after which an answer is not waited for any more.
 * EID_ASKER_PATIENCE_DEFAULT: milliseconds after which the rest of a card's answers is not.
 */
#define EID_ASKER_TIMEOUT_DEFAULT 4000
#define EID_ASKER_PATIENCE_DEFAULT 8000

/**
 * EidAsker:
 *
 * Asks those who issued a card's certificates whether they were revoked, by OCSP and where that
 * gives nothing by their lists, and keeps what they say for as long as it may be used. Lists are
 * kept for a day at most and other answers for an hour, in memory. What may be otherwise at any
 * hour is asked anew each time: that a certificate is on hold, or not known to its issuer.
 *
 * It goes by plain HTTP, as the certificates say, since answers are signed; only to the hosts
 * that it was given; by no proxy but one that it was given; and does not follow redirections. Belongs to the thread (its
 * default main context) that made it.
 */
#define EID_TYPE_ASKER (eid_asker_get_type ())
G_DECLARE_FINAL_TYPE (EidAsker, eid_asker, EID, ASKER, GObject)

/** eid_asker_get_state_hosts: (transfer none): those of the Belgian state. */
const char *const *eid_asker_get_state_hosts (void);

/**
 * eid_asker_new:
 * @hosts: (nullable) (array zero-terminated=1): who may be asked, `host` or `host:port`; %NULL
 *   for those of the state
 * @proxy: (nullable): `host:port` of an HTTP proxy that everything goes by
 * @timeout: milliseconds for one answer; 0 for the default
 * @patience: milliseconds for all of a card's; 0 for the default
 *
 * Returns: (transfer full): one that has asked nothing yet
 */
EidAsker *
eid_asker_new (const char *const *hosts, const char *proxy, guint timeout, guint patience);

/**
 * eid_asker_ask_async:
 * @files: %EID_FILES_ALL of a card
 * @report: what eid_verify() says of them so far
 * @moment: when the card is judged at, microseconds since the epoch
 *
 * Asks about the certificates of a card, all at the same time; nobody about one for which the state
 * does not vouch, see eid_report_is_vouched_for(): no file that somebody made up sends us anywhere.
 * Cancelling ends the call at once.
 */
void eid_asker_ask_async (EidAsker *self,
                          EidFiles *files,
                          EidReport *report,
                          gint64 moment,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/**
 * eid_asker_ask_finish:
 *
 * Ends with an error only when it was cancelled: whoever cannot be asked or does not answer is
 * part of what was found out.
 *
 * Returns: (transfer full) (nullable): what goes into #EidEvidence
 */
EidRevocation *eid_asker_ask_finish (EidAsker *self, GAsyncResult *result, GError **error);

G_END_DECLS
