/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a card signs.
 */
#define G_LOG_DOMAIN "guichet-challenge"

#include "config.h"

#include "guichet-challenge.h"

#include <string.h>

/* These never change: a new form gets a new number. */
#define PREFIX_CHECK "Guichetier: identity check at the counter, 1\n"
#define PREFIX_SIGN_IN "Guichetier: sign-in of staff, 1\n"

static void
add_part (GByteArray *array, gconstpointer data, gsize size)
{
  guint32 length = GUINT32_TO_BE ((guint32) size);

  g_byte_array_append (array, (const guint8 *) &length, sizeof length);
  g_byte_array_append (array, data, (guint) size);
}

static GByteArray *
begin (const char *prefix, const char *town)
{
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, (const guint8 *) prefix, (guint) strlen (prefix));
  add_part (array, town, strlen (town));
  return array;
}

static GBytes *
end (GByteArray *array, GBytes *nonce)
{
  add_part (array, g_bytes_get_data (nonce, NULL), g_bytes_get_size (nonce));
  return g_byte_array_free_to_bytes (array);
}

GBytes *
guichet_challenge_for_check (const char *town,
                             const char *reference,
                             const char *session,
                             GBytes *nonce)
{
  GByteArray *array;

  g_return_val_if_fail (town != NULL && reference != NULL && session != NULL, NULL);
  g_return_val_if_fail (nonce != NULL && g_bytes_get_size (nonce) == GUICHET_NONCE_SIZE, NULL);

  array = begin (PREFIX_CHECK, town);
  add_part (array, reference, strlen (reference));
  add_part (array, session, strlen (session));
  return end (array, nonce);
}

GBytes *
guichet_challenge_for_sign_in (const char *town, GBytes *nonce)
{
  g_return_val_if_fail (town != NULL, NULL);
  g_return_val_if_fail (nonce != NULL && g_bytes_get_size (nonce) == GUICHET_NONCE_SIZE, NULL);

  return end (begin (PREFIX_SIGN_IN, town), nonce);
}
