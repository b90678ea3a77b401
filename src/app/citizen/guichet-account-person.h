/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-citizen.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_ACCOUNT_PERSON (guichet_account_person_get_type ())

/**
 * GuichetAccountPerson:
 *
 * Who the card says that the holder of an account is, and what of it the account does not say.
 * `account.renew` is asked for where they differ.
 */
G_DECLARE_FINAL_TYPE (GuichetAccountPerson, guichet_account_person, GUICHET, ACCOUNT_PERSON, AdwBin)

/**
 * guichet_account_person_show:
 * @card: (nullable): who the card in @slot says that they are; %NULL: nobody any more
 * @known: (nullable): who the account says that they are
 */
void guichet_account_person_show (GuichetAccountPerson *self,
                                  GuichetCardSlot *slot,
                                  const GuichetCitizen *card,
                                  const GuichetCitizen *known);

/** guichet_account_person_is_trusted: whether the card that was read may be accepted. */
gboolean guichet_account_person_is_trusted (GuichetCardSlot *slot);

G_END_DECLS
