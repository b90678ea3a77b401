/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-card-person.h"

G_BEGIN_DECLS

/*
 * The person of a card as a clerk reads of them. All (transfer full) (nullable): %NULL where
 * the card says nothing.
 */

/** guichet_person_words_date: `30 July 1985`, `1985` where no more is known. */
char *guichet_person_words_date (const EidDate *date);
/** guichet_person_words_name: `Vandenbroucke, Éléonore Marie J` */
char *guichet_person_words_name (const GuichetCardPerson *person);
/** guichet_person_words_birth: `30 July 1985 in Mons` */
char *guichet_person_words_birth (const GuichetCardPerson *person);
char *guichet_person_words_sex (const GuichetCardPerson *person);
/** guichet_person_words_document: `Identity card`, `Residence card A` */
char *guichet_person_words_document (const GuichetCardPerson *person);
/** guichet_person_words_validity: `from 12 May 2021 to 12 May 2031` */
char *guichet_person_words_validity (const GuichetCardPerson *person);
/** guichet_person_words_status: `white cane` */
char *guichet_person_words_status (const GuichetCardPerson *person);
/** guichet_person_words_work: of a residence card: `limited`; what is not known here as the card has it */
char *guichet_person_words_work (const GuichetCardPerson *person);
char *guichet_person_words_registration (const GuichetCardPerson *person);

G_END_DECLS
