/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-card-person.h"

#include "eid-error.h"
#include "eid-word.h"

#include <string.h>

typedef struct
{
  guint8 tag;
  const char *text;
} Field;

static void
put (EidFiles *files, EidFile file, const Field *fields, guint n)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    {
      guint8 head[] = { fields[i].tag, (guint8) strlen (fields[i].text) };

      g_byte_array_append (bytes, head, 2);
      g_byte_array_append (bytes, (const guint8 *) fields[i].text, head[1]);
    }
  eid_files_take (files, file, bytes->data, bytes->len);
}

static const Field identity[] = {
  { 0x01, "591234567890" },
  { 0x02, "0123456789012345" },
  { 0x03, "12.05.2021" },
  { 0x04, "12.05.2031" },
  { 0x05, "Mons" },
  { 0x06, "85073003328" },
  { 0x07, "Vandenbroucke" },
  { 0x08, "Éléonore Marie " },
  { 0x09, "J" },
  { 0x0A, "Belge" },
  { 0x0B, "Mons" },
  { 0x0C, "30 JUIL 1985" },
  { 0x0D, "F" },
  { 0x0E, "" },
  { 0x0F, "33" },
  { 0x10, "5" },
  { 0x12, "02" },
  { 0x15, "03.04.2018-FR" },
  { 0x16, "8" },
  { 0x1F, "01.02.2019" },
};

static const Field address[] = {
  { 0x01, "Rue de Nimy 12" },
  { 0x02, "7000" },
  { 0x03, "Mons" },
};

static void
test_whole (void)
{
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (GuichetCardPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  char *names;

  put (files, EID_FILE_IDENTITY, identity, G_N_ELEMENTS (identity));
  put (files, EID_FILE_ADDRESS, address, G_N_ELEMENTS (address));
  person = guichet_card_person_new (files, &error);
  g_assert_no_error (error);
  g_clear_pointer (&files, eid_files_unref); /* the person outlives them */

  g_assert_cmpstr (person->family_name, ==, "Vandenbroucke");
  g_assert_cmpstr (person->given_names, ==, "Éléonore Marie");
  g_assert_cmpstr (person->niss, ==, "85073003328");
  g_assert_cmpint (person->birth_date.month, ==, 7);
  g_assert_cmpint (person->sex, ==, EID_SEX_FEMALE);
  g_assert_cmpstr (person->nationality, ==, "Belge");
  g_assert_cmpstr (person->street, ==, "Rue de Nimy 12");
  g_assert_cmpstr (person->locality, ==, "Mons");
  g_assert_cmpstr (person->document->letter, ==, "A");
  g_assert_cmpint (person->valid_until.year, ==, 2031);
  g_assert_cmpstr (person->issued_in, ==, "Mons");
  g_assert_cmpuint (person->special_status, ==, 5);
  g_assert_cmpstr (person->duplicate, ==, "02");
  g_assert_cmpstr (person->protection, ==, "03.04.2018-FR");
  g_assert_cmpstr (person->work, ==, "8");
  g_assert_cmpint (person->registration.year, ==, 2019);
  names = guichet_card_person_all_given_names (person);
  g_assert_cmpstr (names, ==, "Éléonore Marie J");
  eid_wiped_free (names);
}

/* The name shows before the address is there, and in spite of one that cannot be read. */
static void
test_without_address (void)
{
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (GuichetCardPerson) before = NULL;
  g_autoptr (GuichetCardPerson) garbled = NULL;
  g_autoptr (GError) error = NULL;

  put (files, EID_FILE_IDENTITY, identity, G_N_ELEMENTS (identity));
  before = guichet_card_person_new (files, &error);
  g_assert_no_error (error);
  g_assert_null (before->street);
  eid_files_take (files, EID_FILE_ADDRESS, "\x01\x7f", 2);
  garbled = guichet_card_person_new (files, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (garbled->family_name, ==, "Vandenbroucke");
  g_assert_null (garbled->street);
}

static void
test_no_identity (void)
{
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GError) garbled = NULL;

  g_assert_null (guichet_card_person_new (files, &absent));
  g_assert_error (absent, EID_ERROR, EID_ERROR_ABSENT);
  eid_files_set_failure (files,
                         EID_FILE_IDENTITY,
                         g_error_new (EID_ERROR, EID_ERROR_UNREADABLE, "identity: torn"));
  g_assert_null (guichet_card_person_new (files, &failed));
  g_assert_error (failed, EID_ERROR, EID_ERROR_UNREADABLE);
  g_assert_cmpstr (failed->message, ==, "identity: torn");
  put (files, EID_FILE_IDENTITY, identity, 3);
  g_assert_null (guichet_card_person_new (files, &garbled));
  g_assert_error (garbled, EID_ERROR, EID_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/card-person/whole", test_whole);
  g_test_add_func ("/identity/card-person/without-address", test_without_address);
  g_test_add_func ("/identity/card-person/no-identity", test_no_identity);
  return g_test_run ();
}
