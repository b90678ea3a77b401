/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-document.h"
#include "eid-files.h"
#include "eid-identity.h"

G_BEGIN_DECLS

/**
 * GuichetCardPerson:
 * @niss: eleven digits as the card has them; whether they are a number was not asked
 * @given_names: the first two, which is all that a card spells out
 * @third_initial: of the third one
 * @street: and number, and box
 * @document_number: of the kind of document, as the card has it
 * @document: (nullable): what is known of that kind
 * @issued_in: the municipality
 * @special_status: as in #EidIdentity
 * @work: access to the labour market, as in #EidIdentity
 * @protection: day and country, as in #EidIdentity
 * @registration: of a citizen of the Union, or of their permanent stay
 * @duplicate: number of the duplicate that the card is
 *
 * Who a card is about, in the words of the town. Texts are %NULL where the card says nothing,
 * those of the address also while it is not read or where it cannot be. Says nothing about
 * whether the card is genuine. Immutable; wiped when the last reference goes.
 */
typedef struct
{
  char *family_name;
  char *given_names;
  char *third_initial;
  char *niss;
  EidDate birth_date;
  char *birth_place;
  EidSex sex;
  char *nationality;
  char *street;
  char *postcode;
  char *locality;
  guint document_number;
  const EidDocument *document;
  char *card_number;
  EidDate valid_from;
  EidDate valid_until;
  char *issued_in;
  guint special_status;
  char *work;
  char *protection;
  EidDate registration;
  char *duplicate;
} GuichetCardPerson;

/**
 * guichet_card_person_new:
 * @files: with the identity file, and the address where it was read
 *
 * Any thread. An address that cannot be read is left out: eid_verify() says so, and the rest
 * of the person still holds.
 *
 * Returns: (transfer full) (nullable): the person, or %EID_ERROR_UNREADABLE or
 *   %EID_ERROR_ABSENT about the identity file
 */
GuichetCardPerson *guichet_card_person_new (EidFiles *files, GError **error);
GuichetCardPerson *guichet_card_person_ref (GuichetCardPerson *self);
void guichet_card_person_unref (GuichetCardPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCardPerson, guichet_card_person_unref)

/**
 * guichet_card_person_all_given_names:
 *
 * Returns: (transfer full) (nullable): `Éléonore Marie J`, to be freed with eid_wiped_free()
 */
char *guichet_card_person_all_given_names (const GuichetCardPerson *self);

G_END_DECLS
