/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "eid-date.h"
#include "eid-unknown-field.h"

G_BEGIN_DECLS

/** Nicks: male, female, other (a letter that this library does not know). */
typedef enum
{
  EID_SEX_OTHER,
  EID_SEX_MALE,
  EID_SEX_FEMALE,
} EidSex;

#define EID_TYPE_SEX (eid_sex_get_type ())
GType eid_sex_get_type (void);

/**
 * EidIdentity:
 * @card_number: twelve characters, as printed but for the hyphens
 * @national_number: eleven digits of the national register
 * @given_names: the first two
 * @third_initial: initial of the third given name
 * @nationality: in the language of the card
 * @sex_letter: as the card has it: `M`, and `F`, `V` or `W` for a woman
 * @document_type: see eid_document_find()
 * @special_status: 0 none, 1 white cane, 2 extended minority, 3 both, 4 yellow cane, 5 4 and 2
 * @photo_hash: 20 bytes SHA-1, 32 SHA-256 or 48 SHA-384
 * @basic_key_hash: SHA-384 of the file of the basic key, on cards from 2020 on
 * @protection: day and country of protection, `dd.MM.yyyy-CC`
 * @registration: day of registration (EU) or of permanent stay (EU+); unknown where absent
 * @unknown: (element-type EidUnknownField): in the order of the file
 *
 * What the identity file says. Texts and bytes that the card leaves out or empty are %NULL.
 * Immutable; wiped when freed.
 */
typedef struct
{
  GBytes *structure_version;
  char *card_number;
  GBytes *chip_number;
  EidDate valid_from;
  EidDate valid_until;
  char *issuing_municipality;
  char *national_number;
  char *family_name;
  char *given_names;
  char *third_initial;
  char *nationality;
  char *birth_place;
  EidDate birth_date;
  char *sex_letter;
  EidSex sex;
  char *noble_condition;
  guint document_type;
  guint special_status;
  GBytes *photo_hash;
  char *duplicate_number;
  char *special_organisation;
  gboolean family_member;
  char *protection;
  char *work_mention;
  char *employer_vat;
  char *second_employer_vat;
  char *regional_file_number;
  GBytes *basic_key_hash;
  char *brexit_mention;
  char *brexit_permanent_mention;
  char *card_mention;
  char *mobility_mention;
  EidDate registration;
  GPtrArray *unknown;
} EidIdentity;

/**
 * eid_identity_parse:
 *
 * Reads the identity file. Strict on its form: a file that breaks it gives
 * %EID_ERROR_UNREADABLE with the byte and the field, never half a person.
 *
 * Returns: (transfer full) (nullable): the identity
 */
EidIdentity *eid_identity_parse (GBytes *bytes, GError **error);

void eid_identity_free (EidIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidIdentity, eid_identity_free)

/** eid_card_number_text: `000-0000000-00` for citizens, as it is otherwise. (transfer full) */
char *eid_card_number_text (const char *card_number);

G_END_DECLS
