/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-card-person.h"

G_BEGIN_DECLS

/**
 * GuichetPersonFacts:
 * @GUICHET_PERSON_FACTS_ALL: what a card says of its holder and of itself
 * @GUICHET_PERSON_FACTS_NOT_COMPARED: but for what stands beside the request's in another table
 * @GUICHET_PERSON_FACTS_REGISTER: what the register knows a person by
 */
typedef enum
{
  GUICHET_PERSON_FACTS_ALL,
  GUICHET_PERSON_FACTS_NOT_COMPARED,
  GUICHET_PERSON_FACTS_REGISTER,
} GuichetPersonFacts;

/**
 * guichet_person_facts_show:
 * @person: (nullable): %NULL: nobody any more
 *
 * Fills @grid with titles and what the card says, and with nothing else.
 */
void guichet_person_facts_show (GtkGrid *grid,
                                const GuichetCardPerson *person,
                                GuichetPersonFacts which);

G_END_DECLS
