/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any file of a card: each parser takes it or says where it breaks its form, and what it takes
 * it takes whole.
 */
#include "config.h"

#include "eid-address.h"
#include "eid-card-data.h"
#include "eid-error.h"
#include "eid-identity.h"
#include "eid-photo.h"
#include "fuzz.h"

#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

static void
check_error (const GError *error, const char *file)
{
  g_assert_error (error, EID_ERROR, EID_ERROR_UNREADABLE);
  g_assert_true (g_str_has_prefix (error->message, file));
}

static void
parse_identity (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EidIdentity) self = eid_identity_parse (bytes, &error);
  g_autofree char *birth = NULL;

  if (self == NULL)
    {
      check_error (error, "identity: at byte ");
      return;
    }
  g_assert_cmpuint (strlen (self->national_number), ==, 11);
  g_assert_true (eid_date_is_known (&self->valid_from) && self->valid_from.day > 0);
  g_assert_true (g_utf8_validate (self->family_name, -1, NULL));
  /* Only a name of a month is written in another way than it is read. */
  birth = eid_date_text (&self->birth_date);
  g_assert_true (birth == NULL || strlen (birth) >= 4);
}

static void
parse_address (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EidAddress) self = eid_address_parse (bytes, &error);

  if (self == NULL)
    {
      check_error (error, "address: at byte ");
      return;
    }
  for (guint i = 0; i < self->unknown->len; i++)
    {
      const EidUnknownField *field = g_ptr_array_index (self->unknown, i);

      g_assert_cmpuint (field->tag, >, 0x03);
      g_assert_cmpuint (field->at + 2 + g_bytes_get_size (field->value),
                        <=,
                        g_bytes_get_size (bytes));
    }
}

static void
parse_others (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  EidCardData data;
  guint width, height;

  if (!eid_card_data_parse (bytes, &data, &error))
    check_error (error, "cardData: at byte ");
  g_clear_error (&error);
  if (!eid_photo_size (bytes, &width, &height, &error))
    check_error (error, "photo: at byte ");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  EidDate date;

  parse_identity (bytes);
  parse_address (bytes);
  parse_others (bytes);
  if (g_utf8_validate (text, -1, NULL) && eid_date_parse_birth (text, &date))
    g_assert_true (date.day == 0 || date.month > 0);
  return 0;
}
