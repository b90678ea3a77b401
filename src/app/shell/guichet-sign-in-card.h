/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_SIGN_IN_CARD (guichet_sign_in_card_get_type ())

/**
 * GuichetSignInCard:
 *
 * Says quietly whether there is a card to sign in with, and offers to where there is one.
 *
 * Signal `activated`: somebody wants to.
 */
G_DECLARE_FINAL_TYPE (GuichetSignInCard, guichet_sign_in_card, GUICHET, SIGN_IN_CARD, AdwBin)

/** guichet_sign_in_card_set_slot: once. */
void guichet_sign_in_card_set_slot (GuichetSignInCard *self, GuichetCardSlot *slot);

/**
 * guichet_sign_in_card_set_busy:
 * @busy: somebody is signing in
 * @by_card: with the card
 */
void guichet_sign_in_card_set_busy (GuichetSignInCard *self, gboolean busy, gboolean by_card);

/** guichet_sign_in_card_is_ready: whether there is a card, and nobody is signing in. */
gboolean guichet_sign_in_card_is_ready (GuichetSignInCard *self);

G_END_DECLS
