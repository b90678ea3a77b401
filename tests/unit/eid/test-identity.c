/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-address.h"
#include "eid-card-data.h"
#include "eid-document.h"
#include "eid-error.h"
#include "eid-identity.h"
#include "eid-photo.h"

#include <string.h>

/* A file in the making: fields one after the other. */
typedef struct
{
  guint8 tag;
  const char *value;
  gsize size; /* 0: up to its end */
} Field;

#define CHIP "0123456789ABCDEF"
#define HASH "0123456789ABCDEF0123"

// clang-format off
static const Field person[] = {
  { 0x00, "\x00\x03", 2 },
  { 0x01, "591234567890" },
  { 0x02, CHIP },
  { 0x03, "12.05.2021" },
  { 0x04, "12.05.2031" },
  { 0x05, "Mons" },
  { 0x06, "85073003328" },
  { 0x07, "Vandenbroucke" },
  { 0x08, "Éléonore Marie" },
  { 0x09, "J" },
  { 0x0A, "Belge" },
  { 0x0B, "Mons" },
  { 0x0C, "30 JUIL 1985" },
  { 0x0D, "F" },
  { 0x0E, "" },
  { 0x0F, "1" },
  { 0x10, "0" },
  { 0x11, HASH },
};
// clang-format on

/* Which field takes which value instead, or goes (NULL); and what is said of the file then. */
typedef struct
{
  guint8 tag;
  const char *value;
  gsize size;
  const char *says; /* NULL: nothing, it is read */
} Change;

// clang-format off
static const Change changes[] = {
  { 0x00, NULL, 0, NULL },
  { 0x00, "\x00\x00\x03", 3, "identity: at byte 0: field 00 has 3 bytes" },
  { 0x01, NULL, 0, "without field 01" },
  { 0x01, "", 0, "identity: at byte 4: field 01 is empty" },
  { 0x01, "5912345678901", 0, "field 01 has 13 bytes, more than 12" },
  { 0x02, NULL, 0, "without field 02" },
  { 0x02, CHIP "0", 0, "field 02 has 17 bytes" },
  { 0x03, "12/05/2021", 0, "field 03 is not a day" },
  { 0x03, NULL, 0, "without field 03" },
  { 0x04, "31.06.2031", 0, "field 04 is not a day" },
  { 0x05, NULL, 0, NULL },
  { 0x06, "8507300332", 0, "field 06 is not 11 digits" },
  { 0x06, "8507300332A", 0, "field 06 is not 11 digits" },
  { 0x06, NULL, 0, "without field 06" },
  { 0x07, "", 0, "field 07 is empty" },
  { 0x07, "Vanden\xFFoucke", 0, "field 07 is not text in UTF-8, from its byte 6 on" },
  { 0x07, "Vanden\nbroucke", 0, "field 07 has a control character, at its byte 6" },
  { 0x07, "Van\0den", 7, "field 07 is not text in UTF-8, from its byte 3 on" },
  { 0x07, "Van\xC2\x9B" "31m", 0, "field 07 has a control character, at its byte 3" },
  { 0x08, NULL, 0, NULL },
  { 0x08, "", 0, NULL },
  { 0x0C, "30 TRUC 1985", 0, "field 0C is not a day of birth" },
  { 0x0C, "", 0, NULL },
  { 0x0C, "1985", 0, NULL },
  { 0x0D, "X", 0, NULL },
  { 0x0D, "", 0, "field 0D is empty" },
  { 0x0F, "99", 0, NULL },
  { 0x0F, "1A", 0, "field 0F is not a number" },
  { 0x0F, "", 0, "field 0F is empty" },
  { 0x0F, "123", 0, "field 0F has 3 bytes" },
  { 0x10, NULL, 0, NULL },
  { 0x11, NULL, 0, NULL },
  { 0x11, "short", 0, "field 11 has 5 bytes, which is no hash" },
};
// clang-format on

static void
add_field (GByteArray *file, const Field *field)
{
  gsize size = field->size > 0 ? field->size : strlen (field->value);
  gsize rest = size;
  guint8 byte = field->tag;

  g_byte_array_append (file, &byte, 1);
  for (byte = 0xFF; rest >= 0xFF; rest -= 0xFF)
    g_byte_array_append (file, &byte, 1);
  byte = (guint8) rest;
  g_byte_array_append (file, &byte, 1);
  g_byte_array_append (file, (const guint8 *) field->value, (guint) size);
}

/* (transfer full): the person's file with one change. */
static GBytes *
make_file (const Change *change, const Field *more)
{
  GByteArray *file = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (person); i++)
    {
      Field field = person[i];

      if (change != NULL && change->tag == field.tag)
        field = (Field){ change->tag, change->value, change->size };
      if (field.value != NULL)
        add_field (file, &field);
    }
  if (more != NULL)
    add_field (file, more);
  return g_byte_array_free_to_bytes (file);
}

static void
assert_unreadable (GError *error, const char *says)
{
  g_assert_error (error, EID_ERROR, EID_ERROR_UNREADABLE);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_person (void)
{
  g_autoptr (GBytes) file = make_file (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidIdentity) self = eid_identity_parse (file, &error);
  g_autofree char *birth = NULL;
  g_autofree char *number = NULL;

  g_assert_no_error (error);
  birth = eid_date_text (&self->birth_date);
  number = eid_card_number_text (self->card_number);
  g_assert_cmpstr (number, ==, "591-2345678-90");
  g_assert_cmpstr (self->family_name, ==, "Vandenbroucke");
  g_assert_cmpstr (self->given_names, ==, "Éléonore Marie");
  g_assert_cmpstr (birth, ==, "1985-07-30");
  g_assert_cmpint (self->sex, ==, EID_SEX_FEMALE);
  g_assert_cmpuint (self->document_type, ==, 1);
  g_assert_null (self->noble_condition);
  g_assert_false (self->family_member);
  g_assert_false (eid_date_is_known (&self->registration));
  g_assert_cmpmem (g_bytes_get_data (self->chip_number, NULL),
                   g_bytes_get_size (self->chip_number),
                   CHIP,
                   16);
  g_assert_cmpuint (self->unknown->len, ==, 0);
}

static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GBytes) file = make_file (&changes[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (EidIdentity) self = eid_identity_parse (file, &error);

      g_test_message ("field %02X, row %u", changes[i].tag, i);
      if (changes[i].says == NULL)
        g_assert_no_error (error);
      else
        assert_unreadable (error, changes[i].says);
      g_assert_true ((self == NULL) == (changes[i].says != NULL));
    }
}

static void
test_foreigner (void)
{
  const Field more[] = { { 0x14, "" }, { 0x1F, "01.02.2019" }, { 0x2A, "later" } };
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GBytes) plain = make_file (NULL, NULL);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EidIdentity) self = NULL;
  const EidUnknownField *unknown;

  g_byte_array_append (content, g_bytes_get_data (plain, NULL), (guint) g_bytes_get_size (plain));
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    add_field (content, &more[i]);
  file = g_bytes_new (content->data, content->len);
  self = eid_identity_parse (file, &error);
  g_assert_no_error (error);
  g_assert_true (self->family_member);
  g_assert_cmpuint (self->registration.year, ==, 2019);
  g_assert_cmpuint (self->unknown->len, ==, 1);
  unknown = g_ptr_array_index (self->unknown, 0);
  g_assert_cmpuint (unknown->tag, ==, 0x2A);
  g_assert_cmpmem (g_bytes_get_data (unknown->value, NULL),
                   g_bytes_get_size (unknown->value),
                   "later",
                   5);
}

/* A value longer than one length byte can say. */
static void
test_long (void)
{
  g_autofree char *name = g_strnfill (600, 'x');
  const Change change = { 0x0B, name, 0, NULL };
  g_autoptr (GBytes) file = make_file (&change, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidIdentity) self = eid_identity_parse (file, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (self->birth_place, ==, name);
}

/* However short a file is cut, it is refused: the last field is asked for. */
static void
test_cut (void)
{
  const Change until = { 0x10, NULL, 0, NULL };
  g_autoptr (GBytes) whole = make_file (&until, NULL);
  gsize end = g_bytes_get_size (whole) - 2 - strlen (HASH);

  for (gsize size = 0; size < end; size++)
    {
      g_autoptr (GBytes) file = g_bytes_new (g_bytes_get_data (whole, NULL), size);
      g_autoptr (GError) error = NULL;
      g_autoptr (EidIdentity) self = eid_identity_parse (file, &error);

      g_assert_null (self);
      assert_unreadable (error, "identity: at byte ");
    }
}

static void
test_padding (void)
{
  static const guint8 zeros[8];
  g_autoptr (GBytes) plain = make_file (NULL, NULL);
  gsize size = g_bytes_get_size (plain);

  for (guint bad = 0; bad < 2; bad++)
    {
      g_autoptr (GByteArray) content = g_byte_array_new ();
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (EidIdentity) self = NULL;

      g_byte_array_append (content, g_bytes_get_data (plain, NULL), (guint) size);
      g_byte_array_append (content, zeros, sizeof zeros);
      if (bad == 1)
        content->data[content->len - 1] = 0x41;
      file = g_bytes_new (content->data, content->len);
      self = eid_identity_parse (file, &error);
      if (bad == 0)
        g_assert_no_error (error);
      else
        assert_unreadable (error, "byte 41 in the padding");
    }
}

static void
test_order (void)
{
  const Field again = { 0x05, "Mons" };
  const Field same = { 0x11, HASH };
  g_autoptr (GBytes) lower = make_file (NULL, &again);
  g_autoptr (GBytes) twice = make_file (NULL, &same);
  g_autoptr (GError) error = NULL;

  g_assert_null (eid_identity_parse (lower, &error));
  assert_unreadable (error, "field 05 after field 11");
  g_clear_error (&error);
  g_assert_null (eid_identity_parse (twice, &error));
  assert_unreadable (error, "field 11 after field 11");
}

static const struct
{
  const char *bytes;
  gsize size;
  const char *says; /* NULL: read */
} addresses[] = {
  { "\0\2\0\1\1\4Rue1\2\4"
    "7000\3\4Mons",
    22,
    NULL },
  { "\1\4Rue1\2\4"
    "7000\3\4Mons\0\0\0",
    21,
    NULL },
  { "\1\0\2\0\3\0\4\1x", 9, NULL },
  { "\0\3abc", 5, "address: at byte 0: field 00 has 3 bytes, more than 2" },
  { "\1\4Rue1\2\7"
    "7000XXX\3\4Mons",
    21,
    "address: at byte 6: field 02 has 7 bytes, more than 6" },
  { "\1\4Rue1\2\4"
    "7000",
    12,
    "address: at byte 12: the file ends without field 03" },
  { "\1\4Rue1\2\4"
    "7000\3\5Mons",
    18,
    "address: at byte 12: field 03 says 5 bytes, and 4 are left" },
  { "\1", 1, "address: at byte 1: the file ends in the length of a field" },
  { "\1\xFF", 2, "address: at byte 2: the file ends in the length of a field" },
  { "", 0, "without field 01" },
  { "\0\0\0\0", 4, "without field 01" },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new (addresses[i].bytes, addresses[i].size);
      g_autoptr (GError) error = NULL;
      g_autoptr (EidAddress) self = eid_address_parse (file, &error);

      g_test_message ("row %u", i);
      if (addresses[i].says == NULL)
        g_assert_no_error (error);
      else
        assert_unreadable (error, addresses[i].says);
      if (i < 2)
        {
          g_assert_cmpstr (self->street, ==, "Rue1");
          g_assert_cmpstr (self->postcode, ==, "7000");
          g_assert_cmpstr (self->municipality, ==, "Mons");
        }
    }
}

/* What later years may add to an address is kept as the card has it. */
static void
test_address_unknown (void)
{
  static const char bytes[] = "\1\4Rue1\2\0047000\3\4Mons\4\3new\7\0\0\0";
  g_autoptr (GBytes) file = g_bytes_new_static (bytes, sizeof bytes - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidAddress) self = eid_address_parse (file, &error);
  const EidUnknownField *first, *second;

  g_assert_no_error (error);
  g_assert_cmpuint (self->unknown->len, ==, 2);
  first = g_ptr_array_index (self->unknown, 0);
  second = g_ptr_array_index (self->unknown, 1);
  g_assert_cmpuint (first->tag, ==, 0x04);
  g_assert_cmpuint (first->at, ==, 18);
  g_assert_cmpmem (g_bytes_get_data (first->value, NULL),
                   g_bytes_get_size (first->value),
                   "new",
                   3);
  g_assert_cmpuint (second->tag, ==, 0x07);
  g_assert_cmpuint (g_bytes_get_size (second->value), ==, 0);
}

static void
test_card_data (void)
{
  const guint8 raw[31] = {
    0xAA, [15] = 0xBB, [21] = 0x18, [22] = 0x01, [23] = 0x02, [27] = 0x0F, [28] = 3
  };
  const gsize sizes[] = { 0, 27, 28, 29, 31 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (raw, sizes[i]);
      g_autoptr (GError) error = NULL;
      EidCardData data;

      if (!eid_card_data_parse (bytes, &data, &error))
        {
          assert_unreadable (error, "cardData: ");
          g_assert_true (sizes[i] != 28 && sizes[i] != 31);
          continue;
        }
      g_assert_cmpuint (data.chip_number[15], ==, 0xBB);
      g_assert_cmpuint (data.applet_version, ==, 0x18);
      g_assert_cmpuint (data.global_os_version, ==, 0x0102);
      g_assert_cmpuint (data.life_cycle, ==, EID_LIFE_CYCLE_ISSUED);
      g_assert_cmpint (data.pin_tries, ==, sizes[i] == 31 ? 3 : -1);
    }
}

static void
test_documents (void)
{
  const struct
  {
    guint number;
    const char *word;
  } known[] = { { 1, "citizen" }, { 6, "kid" },     { 11, "a" },        { 18, "fPlus" },
                { 28, "l" },      { 32, "euPlus" }, { 36, "fPlusNew" }, { 69, "kidM" } };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpstr (eid_document_find (known[i].number)->word, ==, known[i].word);
  g_assert_null (eid_document_find (0));
  g_assert_null (eid_document_find (99));
}

static void
test_photo (void)
{
  static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF, 0xE0, 0, 4,   1, 2,   0xFF,
                                 0xC0, 0,    11,   8,    0, 200, 0, 140, 1 };
  guint width = 0, height = 0;

  for (gsize size = 0; size <= sizeof jpeg; size++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (jpeg, size);
      g_autoptr (GError) error = NULL;

      /* The header is whole with the byte that ends its width. */
      g_assert_cmpint (eid_photo_size (bytes, &width, &height, &error), ==, size >= 17);
      if (size < 17)
        assert_unreadable (error, "photo: at byte ");
    }
  g_assert_cmpuint (width, ==, 140);
  g_assert_cmpuint (height, ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("What the files of a card say, and what is said of those that break their form.");
  g_test_add_func ("/eid/identity/person", test_person);
  g_test_add_func ("/eid/identity/changes", test_changes);
  g_test_add_func ("/eid/identity/foreigner", test_foreigner);
  g_test_add_func ("/eid/identity/long", test_long);
  g_test_add_func ("/eid/identity/cut", test_cut);
  g_test_add_func ("/eid/identity/padding", test_padding);
  g_test_add_func ("/eid/identity/order", test_order);
  g_test_add_func ("/eid/address", test_addresses);
  g_test_add_func ("/eid/address/unknown", test_address_unknown);
  g_test_add_func ("/eid/card-data", test_card_data);
  g_test_add_func ("/eid/documents", test_documents);
  g_test_add_func ("/eid/photo", test_photo);
  return g_test_run ();
}
