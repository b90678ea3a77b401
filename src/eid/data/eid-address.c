/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The address file.
 */
#define G_LOG_DOMAIN "eid-address"

#include "config.h"

#include "eid-address.h"

#include "eid-error.h"
#include "eid-tlv.h"
#include "eid-word.h"

#define TAG_VERSION 0x00
#define TAG_STREET 0x01
#define TAG_POSTCODE 0x02
#define TAG_MUNICIPALITY 0x03

/* Names have what they need, as in the identity file; these are of a fixed form. */
#define VERSION_MAX 2
#define POSTCODE_MAX 6

static gboolean
take (EidAddress *self, const EidField *field, GError **error)
{
  switch (field->tag)
    {
    case TAG_VERSION:
      if (!eid_field_fits (EID_FILE_ADDRESS, field, VERSION_MAX, error))
        return FALSE;
      self->structure_version = eid_wiped_bytes (field->value, field->size);
      return TRUE;
    case TAG_STREET:
      return eid_field_text (EID_FILE_ADDRESS, field, &self->street, error);
    case TAG_POSTCODE:
      return eid_field_fits (EID_FILE_ADDRESS, field, POSTCODE_MAX, error) &&
             eid_field_text (EID_FILE_ADDRESS, field, &self->postcode, error);
    case TAG_MUNICIPALITY:
      return eid_field_text (EID_FILE_ADDRESS, field, &self->municipality, error);
    default:
      eid_unknown_fields_keep (self->unknown, field);
      return TRUE;
    }
}

EidAddress *
eid_address_parse (GBytes *bytes, GError **error)
{
  g_autoptr (EidAddress) self = g_new0 (EidAddress, 1);
  g_autoptr (GError) failure = NULL;
  EidTlv walk;
  EidField field;
  guint seen = 0;

  self->unknown = eid_unknown_fields_new ();
  eid_tlv_init (&walk, EID_FILE_ADDRESS, bytes);
  while (eid_tlv_next (&walk, &field, &failure))
    {
      if (!take (self, &field, error))
        return NULL;
      if (field.tag <= TAG_MUNICIPALITY)
        seen |= 1u << field.tag;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  for (guint8 tag = TAG_STREET; tag <= TAG_MUNICIPALITY; tag++)
    if ((seen & (1u << tag)) == 0)
      {
        eid_unreadable (error,
                        EID_FILE_ADDRESS,
                        walk.size,
                        "the file ends without field %02X",
                        tag);
        return NULL;
      }
  return g_steal_pointer (&self);
}

void
eid_address_free (EidAddress *self)
{
  g_clear_pointer (&self->structure_version, g_bytes_unref);
  eid_wiped_free (self->street);
  eid_wiped_free (self->postcode);
  eid_wiped_free (self->municipality);
  g_ptr_array_unref (self->unknown);
  g_free (self);
}
