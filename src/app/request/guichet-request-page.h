/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_REQUEST_PAGE (guichet_request_page_get_type ())

/**
 * GuichetRequestPage:
 *
 * One request: where it stands and what can be done, who asks and what they answered, its
 * documents, its history. Property `title` (notified): reference and procedure.
 *
 * Actions: `request.claim`, `request.release`, `request.assign`, `request.block`,
 * `request.unblock`, `request.move` (stage), `request.main-move`, `request.attach`,
 * `request.note`, `request.resend` (notification), `request.why`,
 * `request.copy-reference`, `request.toggle-history`; `request.read-card`, `request.stop-card`,
 * `request.close-card`, `request.record-check` (with PIN).
 */
G_DECLARE_FINAL_TYPE (GuichetRequestPage, guichet_request_page, GUICHET, REQUEST_PAGE, AdwBin)

/** guichet_request_page_set_desk: once. */
void
guichet_request_page_set_desk (GuichetRequestPage *self, GuichetDesk *desk, GuichetCardSlot *slot);

/** guichet_request_page_get_title: (transfer none): empty while nothing is open. */
const char *guichet_request_page_get_title (GuichetRequestPage *self);
/** guichet_request_page_get_reference: (nullable) (transfer none) */
const char *guichet_request_page_get_reference (GuichetRequestPage *self);

void guichet_request_page_open (GuichetRequestPage *self, const char *reference);
/** guichet_request_page_close: nothing of the request stays on the page. */
void guichet_request_page_close (GuichetRequestPage *self);
/** guichet_request_page_forget: closes it and forgets what was typed and not added. */
void guichet_request_page_forget (GuichetRequestPage *self);
/**
 * guichet_request_page_set_aside: the session has expired: the page is closed; unfinished notes are kept, out
 *   of sight, for the clerk whose it is.
 */
void guichet_request_page_set_aside (GuichetRequestPage *self);
/**
 * guichet_request_page_take_up: a clerk has signed in: opens what they had to leave, or forgets what
 *   somebody else had typed.
 *
 * Returns: whether something is open
 */
gboolean guichet_request_page_take_up (GuichetRequestPage *self);
/** guichet_request_page_is_typed: whether something is typed and not added. */
gboolean guichet_request_page_is_typed (GuichetRequestPage *self);
/** guichet_request_page_read_card: opens the identity panel and reads the card in the reader. */
void guichet_request_page_read_card (GuichetRequestPage *self);
void guichet_request_page_refresh (GuichetRequestPage *self);
/** guichet_request_page_next_pane: moves the cursor between request and history. */
void guichet_request_page_next_pane (GuichetRequestPage *self, gboolean forward);

G_END_DECLS
