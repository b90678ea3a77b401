/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-card-person.h"
#include "guichet-citizen.h"

G_BEGIN_DECLS

/**
 * guichet_card_profile_new:
 * @person: of a card
 *
 * The person of a card in the words that a form asks for. A card has street, number and box on one
 * line: they are told apart where that is plain, and otherwise all stay in the street. What the
 * card does not say, or says in a way that no citizen can be known by, is left out. Says nothing
 * about how well the person is identified.
 *
 * Returns: (transfer full)
 */
GuichetCitizen *guichet_card_profile_new (const GuichetCardPerson *person);

/** guichet_card_profile_is_read_off: whether a profile's @field stands on a card as it is, and was not made out of a line. */
gboolean guichet_card_profile_is_read_off (const char *field);

G_END_DECLS
