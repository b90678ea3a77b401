/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walks the fields of an identity or address file, and says where one breaks its form.
 */
#define G_LOG_DOMAIN "eid-tlv"

#include "config.h"

#include "eid-tlv.h"

#include <string.h>

#include "eid-error.h"
#include "eid-unknown-field.h"
#include "eid-word.h"

gboolean
eid_unreadable (GError **error, EidFile file, gsize at, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error,
               EID_ERROR,
               EID_ERROR_UNREADABLE,
               "%s: at byte %" G_GSIZE_FORMAT ": %s",
               eid_file_word (file),
               at,
               text);
  return FALSE;
}

void
eid_tlv_init (EidTlv *self, EidFile file, GBytes *bytes)
{
  *self = (EidTlv){ .file = file, .last = -1 };
  self->data = g_bytes_get_data (bytes, &self->size);
}

static gboolean
only_padding (EidTlv *self, GError **error)
{
  for (gsize i = self->at; i < self->size; i++)
    if (self->data[i] != 0)
      return eid_unreadable (error, self->file, i, "byte %02X in the padding", self->data[i]);
  self->padding = self->size - self->at;
  self->at = self->size;
  return FALSE;
}

/* The length stands at @at; leaves that behind it. */
static gboolean
read_length (EidTlv *self, gsize *at, gsize *ret_length, GError **error)
{
  guint8 byte;

  *ret_length = 0;
  do
    {
      if (*at == self->size)
        return eid_unreadable (error, self->file, *at, "the file ends in the length of a field");
      byte = self->data[(*at)++];
      *ret_length += byte;
    }
  while (byte == 0xFF);
  return TRUE;
}

gboolean
eid_tlv_next (EidTlv *self, EidField *ret_field, GError **error)
{
  gsize at = self->at;
  gsize length;
  guint8 tag;

  if (at == self->size)
    return FALSE;

  tag = self->data[at++];
  if (tag == 0 && self->last >= 0)
    return only_padding (self, error);
  if ((int) tag <= self->last)
    return eid_unreadable (error,
                           self->file,
                           self->at,
                           "field %02X after field %02X",
                           tag,
                           (guint) self->last);
  if (!read_length (self, &at, &length, error))
    return FALSE;
  if (length > self->size - at)
    return eid_unreadable (error,
                           self->file,
                           self->at,
                           "field %02X says %" G_GSIZE_FORMAT " bytes, and %" G_GSIZE_FORMAT
                           " are left",
                           tag,
                           length,
                           self->size - at);

  *ret_field = (EidField){ tag, self->at, self->data + at, length };
  self->last = tag;
  self->at = at + length;
  return TRUE;
}

gboolean
eid_field_text (EidFile file, const EidField *field, char **ret_text, GError **error)
{
  const char *text = (const char *) field->value;
  const char *end;

  *ret_text = NULL;
  if (field->size == 0)
    return TRUE;
  if (!g_utf8_validate_len (text, field->size, &end))
    return eid_unreadable (error,
                           file,
                           field->at,
                           "field %02X is not text in UTF-8, from its byte %td on",
                           field->tag,
                           end - text);
  for (const char *p = text; p < text + field->size; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return eid_unreadable (error,
                             file,
                             field->at,
                             "field %02X has a control character, at its byte %td",
                             field->tag,
                             p - text);
  *ret_text = g_strndup (text, field->size);
  return TRUE;
}

gboolean
eid_field_fits (EidFile file, const EidField *field, gsize max, GError **error)
{
  return field->size <= max ||
         eid_unreadable (error,
                         file,
                         field->at,
                         "field %02X has %" G_GSIZE_FORMAT " bytes, more than %" G_GSIZE_FORMAT,
                         field->tag,
                         field->size,
                         max);
}

static void
unknown_field_free (gpointer data)
{
  EidUnknownField *self = data;

  g_bytes_unref (self->value);
  g_free (self);
}

GPtrArray *
eid_unknown_fields_new (void)
{
  return g_ptr_array_new_with_free_func (unknown_field_free);
}

void
eid_unknown_fields_keep (GPtrArray *self, const EidField *field)
{
  EidUnknownField *unknown = g_new0 (EidUnknownField, 1);

  unknown->tag = field->tag;
  unknown->at = field->at;
  unknown->value = eid_wiped_bytes (field->value, field->size);
  g_ptr_array_add (self, unknown);
}
