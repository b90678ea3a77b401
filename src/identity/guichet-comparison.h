/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-card-person.h"
#include "guichet-citizen.h"
#include "guichet-likeness.h"

G_BEGIN_DECLS

/**
 * GuichetComparedField:
 *
 * What a card and a request both may say of a person. Nicks are the words of the wire, those of
 * #GuichetCitizen: niss, familyName, givenNames, birthDate, street, postcode, locality.
 */
typedef enum
{
  GUICHET_COMPARED_NISS,
  GUICHET_COMPARED_FAMILY_NAME,
  GUICHET_COMPARED_GIVEN_NAMES,
  GUICHET_COMPARED_BIRTH_DATE,
  GUICHET_COMPARED_STREET,
  GUICHET_COMPARED_POSTCODE,
  GUICHET_COMPARED_LOCALITY,
} GuichetComparedField;

#define GUICHET_N_COMPARED (GUICHET_COMPARED_LOCALITY + 1)

#define GUICHET_TYPE_COMPARED_FIELD (guichet_compared_field_get_type ())
GType guichet_compared_field_get_type (void);

/**
 * GuichetPersonMatch:
 * @GUICHET_PERSON_SAME: one national number, and nothing differs
 * @GUICHET_PERSON_DIFFERS: one national number, and something differs
 * @GUICHET_PERSON_LIKELY: no number to hold against; names and day of birth are the same
 * @GUICHET_PERSON_UNPROVED: no number, and not all of these are known; none of them differs
 * @GUICHET_PERSON_OTHER: the numbers differ, or without a number a name or the day of birth
 *
 * Whether a card is of the person of a request. The national number decides where both sides
 * have it. An address never makes another person. Nicks: same, differs, likely, unproved, other.
 */
typedef enum
{
  GUICHET_PERSON_SAME,
  GUICHET_PERSON_DIFFERS,
  GUICHET_PERSON_LIKELY,
  GUICHET_PERSON_UNPROVED,
  GUICHET_PERSON_OTHER,
} GuichetPersonMatch;

#define GUICHET_TYPE_PERSON_MATCH (guichet_person_match_get_type ())
GType guichet_person_match_get_type (void);

/**
 * GuichetComparison:
 * @fields: by #GuichetComparedField
 *
 * A card held against a request; holds no personal data itself.
 */
typedef struct
{
  GuichetPersonMatch person;
  GuichetLikeness fields[GUICHET_N_COMPARED];
} GuichetComparison;

/** guichet_comparison_make: pure; any thread. */
GuichetComparison
guichet_comparison_make (const GuichetCardPerson *card, const GuichetCitizen *request);

/**
 * guichet_comparison_request_street:
 *
 * Returns: (transfer full) (nullable): street, number and box of a request as they are compared
 */
char *guichet_comparison_request_street (const GuichetCitizen *request);

G_END_DECLS
