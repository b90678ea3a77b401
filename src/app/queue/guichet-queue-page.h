/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_QUEUE_PAGE (guichet_queue_page_get_type ())

/**
 * GuichetQueuePage:
 *
 * The clerk's requests: views at the side, the list, the search above it. Property `title`
 * (notified): which view is in front. Signals: `open` (reference): the clerk wants to read it;
 * `settled`: the list, or why there is none, is what is shown now.
 *
 * Actions: `queue.claim`, `queue.claim-and-open`, `queue.release`, `queue.assign`,
 * `queue.toggle-sidebar`; `order.sort`, `order.descending`, `columns.<name>`.
 */
G_DECLARE_FINAL_TYPE (GuichetQueuePage, guichet_queue_page, GUICHET, QUEUE_PAGE, AdwBin)

/** guichet_queue_page_set_desk: whose requests, and the card readers; once. */
void guichet_queue_page_set_desk (GuichetQueuePage *self, GuichetDesk *desk, GuichetCardSlot *slot);

const char *guichet_queue_page_get_title (GuichetQueuePage *self);

/** guichet_queue_page_enter: somebody signed in: shows their queue. */
void guichet_queue_page_enter (GuichetQueuePage *self);
/** guichet_queue_page_leave: they signed out: nothing of it stays on the screen. */
void guichet_queue_page_leave (GuichetQueuePage *self);

/** guichet_queue_page_focus: puts the cursor into the list. */
void guichet_queue_page_focus (GuichetQueuePage *self);
/** guichet_queue_page_search: puts the cursor into the search entry. */
void guichet_queue_page_search (GuichetQueuePage *self);
/**
 * guichet_queue_page_find_person:
 * @reader: where the person's card is
 * @event: by which it went in
 *
 * Searches for what the holder of a card has, by their national number, for as long as that card is in.
 */
void guichet_queue_page_find_person (GuichetQueuePage *self,
                                     const char *niss,
                                     const char *reader,
                                     guint event);
/** guichet_queue_page_next_pane: moves the cursor between views, search and list. */
void guichet_queue_page_next_pane (GuichetQueuePage *self, gboolean forward);

/**
 * guichet_queue_page_step:
 * @reference: (nullable): a request of the list
 * @distance: 1 for the next, -1 for the one before
 *
 * Selects the neighbour of a request. Returns: (transfer full) (nullable): its reference
 */
char *guichet_queue_page_step (GuichetQueuePage *self, const char *reference, int distance);

G_END_DECLS
