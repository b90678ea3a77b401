/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_COUNTER_PAGE (guichet_counter_page_get_type ())

/**
 * GuichetCounterPage:
 *
 * Files a request for the person at the counter: which procedure, its form, and what the server
 * says to it. What is typed is lost only by who says so.
 *
 * Signal `left`: the clerk is done with it, and nothing was filed.
 * Signal `filed` (reference, procedure, earlier): a request was filed; nothing of it is here any
 *   more. @earlier: as it was before the last changes, when the server had it and nobody heard.
 */
G_DECLARE_FINAL_TYPE (GuichetCounterPage, guichet_counter_page, GUICHET, COUNTER_PAGE, AdwBin)

void
guichet_counter_page_set_desk (GuichetCounterPage *self, GuichetDesk *desk, GuichetCardSlot *slot);

/** guichet_counter_page_may_file: whether @clerk may file anything for anybody. @clerk: (nullable) */
gboolean guichet_counter_page_may_file (const GuichetClerk *clerk);

/** guichet_counter_page_open: begins, or goes on with what is there. */
void guichet_counter_page_open (GuichetCounterPage *self);
/** guichet_counter_page_take_card: reads the card in the reader: its holder is who asks. */
void guichet_counter_page_take_card (GuichetCounterPage *self);
/** guichet_counter_page_back: from the form to the procedures, from there out; asks before something is lost. */
void guichet_counter_page_back (GuichetCounterPage *self);
/** guichet_counter_page_forget: all of it, without a question. */
void guichet_counter_page_forget (GuichetCounterPage *self);

/**
 * guichet_counter_page_set_aside: the session has expired: what is filled in is kept, for the
 *   clerk whose it is; the card is forgotten.
 */
void guichet_counter_page_set_aside (GuichetCounterPage *self);
/**
 * guichet_counter_page_take_up: a clerk has signed in: gives them what they had to set aside, or
 *   forgets what somebody else had.
 *
 * Returns: whether there is something to go on with
 */
gboolean guichet_counter_page_take_up (GuichetCounterPage *self);

/** guichet_counter_page_is_typed: whether something would be lost. */
gboolean guichet_counter_page_is_typed (GuichetCounterPage *self);

/** guichet_counter_page_leave_async: asks whether what was typed may be lost, if there is anything; then forgets it. */
void guichet_counter_page_leave_async (GuichetCounterPage *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/** guichet_counter_page_leave_finish: %FALSE if the clerk stays. */
gboolean guichet_counter_page_leave_finish (GuichetCounterPage *self, GAsyncResult *result);

G_END_DECLS
