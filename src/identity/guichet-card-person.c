/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who a card is about.
 */
#define G_LOG_DOMAIN "guichet-card-person"

#include "config.h"

#include "guichet-card-person.h"

#include "eid-address.h"
#include "eid-error.h"
#include "eid-word.h"

#include <string.h>

/* A person of a card is a copy that outlives the files, so that these can go early. */
static const struct
{
  gsize offset;
  gsize source;
} from_identity[] = {
  { G_STRUCT_OFFSET (GuichetCardPerson, family_name), G_STRUCT_OFFSET (EidIdentity, family_name) },
  { G_STRUCT_OFFSET (GuichetCardPerson, given_names), G_STRUCT_OFFSET (EidIdentity, given_names) },
  { G_STRUCT_OFFSET (GuichetCardPerson, third_initial),
    G_STRUCT_OFFSET (EidIdentity, third_initial) },
  { G_STRUCT_OFFSET (GuichetCardPerson, niss), G_STRUCT_OFFSET (EidIdentity, national_number) },
  { G_STRUCT_OFFSET (GuichetCardPerson, birth_place), G_STRUCT_OFFSET (EidIdentity, birth_place) },
  { G_STRUCT_OFFSET (GuichetCardPerson, nationality), G_STRUCT_OFFSET (EidIdentity, nationality) },
  { G_STRUCT_OFFSET (GuichetCardPerson, card_number), G_STRUCT_OFFSET (EidIdentity, card_number) },
  { G_STRUCT_OFFSET (GuichetCardPerson, issued_in),
    G_STRUCT_OFFSET (EidIdentity, issuing_municipality) },
  { G_STRUCT_OFFSET (GuichetCardPerson, work), G_STRUCT_OFFSET (EidIdentity, work_mention) },
  { G_STRUCT_OFFSET (GuichetCardPerson, protection), G_STRUCT_OFFSET (EidIdentity, protection) },
  { G_STRUCT_OFFSET (GuichetCardPerson, duplicate),
    G_STRUCT_OFFSET (EidIdentity, duplicate_number) },
}, from_address[] = {
  { G_STRUCT_OFFSET (GuichetCardPerson, street), G_STRUCT_OFFSET (EidAddress, street) },
  { G_STRUCT_OFFSET (GuichetCardPerson, postcode), G_STRUCT_OFFSET (EidAddress, postcode) },
  { G_STRUCT_OFFSET (GuichetCardPerson, locality), G_STRUCT_OFFSET (EidAddress, municipality) },
};

static void
person_clear (gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (from_identity); i++)
    g_clear_pointer (&G_STRUCT_MEMBER (char *, data, from_identity[i].offset), eid_wiped_free);
  for (guint i = 0; i < G_N_ELEMENTS (from_address); i++)
    g_clear_pointer (&G_STRUCT_MEMBER (char *, data, from_address[i].offset), eid_wiped_free);
  explicit_bzero (data, sizeof (GuichetCardPerson));
}

/* Cards pad with blanks; a text of nothing else says nothing. */
static char *
stripped (const char *text)
{
  gsize length;

  if (text == NULL)
    return NULL;
  text += strspn (text, " ");
  length = strlen (text);
  while (length > 0 && text[length - 1] == ' ')
    length--;
  return length > 0 ? g_strndup (text, length) : NULL;
}

static void
take_identity (GuichetCardPerson *self, const EidIdentity *identity)
{
  for (guint i = 0; i < G_N_ELEMENTS (from_identity); i++)
    G_STRUCT_MEMBER (char *, self, from_identity[i].offset) =
        stripped (G_STRUCT_MEMBER (char *, identity, from_identity[i].source));
  self->birth_date = identity->birth_date;
  self->sex = identity->sex;
  self->document_number = identity->document_type;
  self->document = eid_document_find (identity->document_type);
  self->valid_from = identity->valid_from;
  self->valid_until = identity->valid_until;
  self->special_status = identity->special_status;
  self->registration = identity->registration;
}

static void
take_address (GuichetCardPerson *self, EidFiles *files)
{
  GBytes *bytes = eid_files_get (files, EID_FILE_ADDRESS);
  g_autoptr (EidAddress) address = bytes != NULL ? eid_address_parse (bytes, NULL) : NULL;

  if (address == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (from_address); i++)
    G_STRUCT_MEMBER (char *, self, from_address[i].offset) =
        stripped (G_STRUCT_MEMBER (char *, address, from_address[i].source));
}

GuichetCardPerson *
guichet_card_person_new (EidFiles *files, GError **error)
{
  GBytes *bytes = eid_files_get (files, EID_FILE_IDENTITY);
  const GError *failure = eid_files_get_failure (files, EID_FILE_IDENTITY);
  g_autoptr (EidIdentity) identity = NULL;
  g_autoptr (GuichetCardPerson) self = NULL;

  if (bytes == NULL)
    {
      g_propagate_error (error,
                         failure != NULL ? g_error_copy (failure)
                                         : g_error_new (EID_ERROR,
                                                        EID_ERROR_ABSENT,
                                                        "identity: the file was not read"));
      return NULL;
    }
  identity = eid_identity_parse (bytes, error);
  if (identity == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (GuichetCardPerson);
  take_identity (self, identity);
  take_address (self, files);
  return g_steal_pointer (&self);
}

GuichetCardPerson *
guichet_card_person_ref (GuichetCardPerson *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_card_person_unref (GuichetCardPerson *self)
{
  g_atomic_rc_box_release_full (self, person_clear);
}

char *
guichet_card_person_all_given_names (const GuichetCardPerson *self)
{
  if (self->given_names == NULL || self->third_initial == NULL)
    return g_strdup (self->given_names);
  return g_strconcat (self->given_names, " ", self->third_initial, NULL);
}
