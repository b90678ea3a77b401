/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The identity file: a table of its fields, after "ID and Address file contents" 5.0 of the
 * state. Each row says what the field is and where it goes.
 *
 * Not everything that the table says is true of every card: tag 00 is there on some and not on
 * others, foreigners' cards have fields that citizens' have not, and old ones end early. So a
 * field is asked for only where no card is without it; but what is there must have its form.
 */
#define G_LOG_DOMAIN "eid-identity"

#include "config.h"

#include "eid-identity.h"

#include <string.h>

#include "eid-error.h"
#include "eid-tlv.h"
#include "eid-word.h"

#define FILE_ EID_FILE_IDENTITY

/* What a field is made of. */
typedef enum
{
  FORM_TEXT,
  FORM_BYTES,
  FORM_DIGITS, /* exactly as many as the row says */
  FORM_NUMBER, /* at most as many digits as the row says */
  FORM_DAY,    /* DD.MM.YYYY; unknown where empty */
  FORM_BIRTH,
  FORM_FLAG, /* true because it is there */
} Form;

typedef struct
{
  guint8 tag;
  Form form;
  gboolean needed;
  gsize size;   /* most bytes; for digits, just as many; 0 for as many as there are */
  gsize offset; /* of the member */
} Row;

#define MEMBER(name) G_STRUCT_OFFSET (EidIdentity, name)

// clang-format off
static const Row rows[] = {
  { 0x00, FORM_BYTES,  FALSE,  2, MEMBER (structure_version) },
  { 0x01, FORM_TEXT,   TRUE,  12, MEMBER (card_number) },
  { 0x02, FORM_BYTES,  TRUE,  16, MEMBER (chip_number) },
  { 0x03, FORM_DAY,    TRUE,  10, MEMBER (valid_from) },
  { 0x04, FORM_DAY,    TRUE,  10, MEMBER (valid_until) },
  { 0x05, FORM_TEXT,   FALSE,  0, MEMBER (issuing_municipality) },
  { 0x06, FORM_DIGITS, TRUE,  11, MEMBER (national_number) },
  { 0x07, FORM_TEXT,   TRUE,   0, MEMBER (family_name) },
  { 0x08, FORM_TEXT,   FALSE,  0, MEMBER (given_names) },
  { 0x09, FORM_TEXT,   FALSE,  0, MEMBER (third_initial) },
  { 0x0A, FORM_TEXT,   FALSE,  0, MEMBER (nationality) },
  { 0x0B, FORM_TEXT,   FALSE,  0, MEMBER (birth_place) },
  { 0x0C, FORM_BIRTH,  TRUE,   0, MEMBER (birth_date) },
  { 0x0D, FORM_TEXT,   TRUE,   4, MEMBER (sex_letter) },
  { 0x0E, FORM_TEXT,   FALSE,  0, MEMBER (noble_condition) },
  { 0x0F, FORM_NUMBER, TRUE,   2, MEMBER (document_type) },
  { 0x10, FORM_NUMBER, FALSE,  2, MEMBER (special_status) },
  { 0x11, FORM_BYTES,  FALSE, 48, MEMBER (photo_hash) },
  { 0x12, FORM_TEXT,   FALSE,  0, MEMBER (duplicate_number) },
  { 0x13, FORM_TEXT,   FALSE,  0, MEMBER (special_organisation) },
  { 0x14, FORM_FLAG,   FALSE,  0, MEMBER (family_member) },
  { 0x15, FORM_TEXT,   FALSE,  0, MEMBER (protection) },
  { 0x16, FORM_TEXT,   FALSE,  0, MEMBER (work_mention) },
  { 0x17, FORM_TEXT,   FALSE,  0, MEMBER (employer_vat) },
  { 0x18, FORM_TEXT,   FALSE,  0, MEMBER (second_employer_vat) },
  { 0x19, FORM_TEXT,   FALSE,  0, MEMBER (regional_file_number) },
  { 0x1A, FORM_BYTES,  FALSE, 48, MEMBER (basic_key_hash) },
  { 0x1B, FORM_TEXT,   FALSE,  0, MEMBER (brexit_mention) },
  { 0x1C, FORM_TEXT,   FALSE,  0, MEMBER (brexit_permanent_mention) },
  { 0x1D, FORM_TEXT,   FALSE,  0, MEMBER (card_mention) },
  { 0x1E, FORM_TEXT,   FALSE,  0, MEMBER (mobility_mention) },
  { 0x1F, FORM_DAY,    FALSE, 10, MEMBER (registration) },
};
// clang-format on

G_DEFINE_ENUM_TYPE (EidSex,
                    eid_sex,
                    G_DEFINE_ENUM_VALUE (EID_SEX_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (EID_SEX_MALE, "male"),
                    G_DEFINE_ENUM_VALUE (EID_SEX_FEMALE, "female"))

static gboolean
bad (GError **error, const EidField *field, const char *what)
{
  return eid_unreadable (error, FILE_, field->at, "field %02X is not %s", field->tag, what);
}

static gboolean
take_number (const EidField *field, const char *text, guint *ret_number, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (strspn (text, "0123456789") != strlen (text))
    return bad (error, field, "a number");
  *ret_number = (guint) g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

static gboolean
take_day (const EidField *field, const char *text, EidDate *ret_date, GError **error)
{
  if (text == NULL)
    return TRUE;
  return eid_date_parse (text, ret_date) || bad (error, field, "a day, DD.MM.YYYY");
}

static gboolean
take_birth (const EidField *field, const char *text, EidDate *ret_date, GError **error)
{
  if (text == NULL)
    return TRUE;
  return eid_date_parse_birth (text, ret_date) || bad (error, field, "a day of birth");
}

static gboolean
take_digits (const Row *row, const EidField *field, char *text, char **ret_text, GError **error)
{
  if (text == NULL || strlen (text) != row->size || strspn (text, "0123456789") != row->size)
    return eid_unreadable (error,
                           FILE_,
                           field->at,
                           "field %02X is not %" G_GSIZE_FORMAT " digits",
                           field->tag,
                           row->size);
  *ret_text = g_strdup (text);
  return TRUE;
}

static gboolean
take_text_form (const Row *row, const EidField *field, char *text, gpointer member, GError **error)
{
  switch (row->form)
    {
    case FORM_NUMBER:
      return take_number (field, text, member, error);
    case FORM_DAY:
      return take_day (field, text, member, error);
    case FORM_BIRTH:
      return take_birth (field, text, member, error);
    case FORM_DIGITS:
      return take_digits (row, field, text, member, error);
    case FORM_TEXT:
    case FORM_BYTES:
    case FORM_FLAG:
    default:
      *(char **) member = g_strdup (text);
      return TRUE;
    }
}

static gboolean
take (EidIdentity *self, const Row *row, const EidField *field, GError **error)
{
  gpointer member = G_STRUCT_MEMBER_P (self, row->offset);
  char *text = NULL;
  gboolean taken;

  if (row->size > 0 && !eid_field_fits (FILE_, field, row->size, error))
    return FALSE;
  if (row->needed && field->size == 0 && row->form != FORM_BIRTH)
    return eid_unreadable (error, FILE_, field->at, "field %02X is empty", field->tag);
  if (row->form == FORM_FLAG)
    {
      *(gboolean *) member = TRUE;
      return TRUE;
    }
  if (row->form == FORM_BYTES)
    {
      if (field->size > 0)
        *(GBytes **) member = eid_wiped_bytes (field->value, field->size);
      return TRUE;
    }
  if (!eid_field_text (FILE_, field, &text, error))
    return FALSE;
  taken = take_text_form (row, field, text, member, error);
  eid_wiped_free (text);
  return taken;
}

static const Row *
find_row (guint8 tag)
{
  /* Tags are the indexes of the rows. */
  return tag < G_N_ELEMENTS (rows) ? &rows[tag] : NULL;
}

static gboolean
check_whole (EidIdentity *self, guint32 seen, gsize end, GError **error)
{
  gsize hash = self->photo_hash != NULL ? g_bytes_get_size (self->photo_hash) : 20;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].needed && (seen & (1u << i)) == 0)
      return eid_unreadable (error, FILE_, end, "the file ends without field %02X", rows[i].tag);
  if (hash != 20 && hash != 32 && hash != 48)
    return eid_unreadable (error,
                           FILE_,
                           end,
                           "field 11 has %" G_GSIZE_FORMAT " bytes, which is no hash",
                           hash);
  return TRUE;
}

static EidSex
sex_of_letter (const char *letter)
{
  if (g_str_equal (letter, "M"))
    return EID_SEX_MALE;
  return strlen (letter) == 1 && strchr ("FVW", letter[0]) != NULL ? EID_SEX_FEMALE : EID_SEX_OTHER;
}

EidIdentity *
eid_identity_parse (GBytes *bytes, GError **error)
{
  g_autoptr (EidIdentity) self = g_new0 (EidIdentity, 1);
  g_autoptr (GError) failure = NULL;
  EidTlv walk;
  EidField field;
  guint32 seen = 0;

  self->unknown = eid_unknown_fields_new ();
  eid_tlv_init (&walk, FILE_, bytes);
  while (eid_tlv_next (&walk, &field, &failure))
    {
      const Row *row = find_row (field.tag);

      if (row == NULL)
        eid_unknown_fields_keep (self->unknown, &field);
      else if (!take (self, row, &field, error))
        return NULL;
      else
        seen |= 1u << field.tag;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (!check_whole (self, seen, walk.size, error))
    return NULL;
  self->sex = sex_of_letter (self->sex_letter);
  return g_steal_pointer (&self);
}

void
eid_identity_free (EidIdentity *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gpointer member = G_STRUCT_MEMBER_P (self, rows[i].offset);

      if (rows[i].form == FORM_TEXT || rows[i].form == FORM_DIGITS)
        g_clear_pointer ((char **) member, eid_wiped_free);
      else if (rows[i].form == FORM_BYTES)
        g_clear_pointer ((GBytes **) member, g_bytes_unref);
    }
  g_ptr_array_unref (self->unknown);
  explicit_bzero (self, sizeof *self);
  g_free (self);
}

char *
eid_card_number_text (const char *card_number)
{
  if (strlen (card_number) != 12 || strspn (card_number, "0123456789") != 12)
    return g_strdup (card_number);
  return g_strdup_printf ("%.3s-%.7s-%.2s", card_number, card_number + 3, card_number + 10);
}
