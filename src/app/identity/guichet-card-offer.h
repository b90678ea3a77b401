/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_CARD_OFFER (guichet_card_offer_get_type ())

/**
 * GuichetCardOffer:
 *
 * A line at the foot of the window, while there is an identity card that nobody asked about:
 * what can be done with it here. Reads nothing before it is asked to. A card that is there as
 * the clerk signs in is their own, and passed over.
 *
 * Signal `person` (niss, reader, event): the clerk wants what this person has; eleven digits, and the card
 * they are of, see guichet_card_slot_has().
 */
G_DECLARE_FINAL_TYPE (GuichetCardOffer, guichet_card_offer, GUICHET, CARD_OFFER, AdwBin)

/** guichet_card_offer_set_slot: once. */
void guichet_card_offer_set_slot (GuichetCardOffer *self, GuichetCardSlot *slot);

/**
 * guichet_card_offer_set_place:
 * @desk: somebody is signed in
 * @request: a request is in front
 *
 * What can be done depends on where the clerk is.
 */
void guichet_card_offer_set_place (GuichetCardOffer *self, gboolean desk, gboolean request);

G_END_DECLS
