/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sealing and digests.
 */
#define G_LOG_DOMAIN "guichetd-seal"

#include "config.h"

#include "guichetd-seal.h"

#include <sodium.h>
#include <string.h>

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (GUICHETD_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

void
guichetd_key_clear (GuichetdKey *self)
{
  sodium_memzero (self->bytes, sizeof self->bytes);
}

void
guichetd_key_make (GuichetdKey *self)
{
  randombytes_buf (self->bytes, sizeof self->bytes);
}

GBytes *
guichetd_seal (const GuichetdKey *key, gconstpointer clear, gsize length, const char *about)
{
  guint8 *sealed = g_malloc (NONCE_BYTES + length + TAG_BYTES);
  unsigned long long sealed_length;

  randombytes_buf (sealed, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_BYTES,
                                              &sealed_length,
                                              clear,
                                              length,
                                              (const guint8 *) about,
                                              strlen (about),
                                              NULL,
                                              sealed,
                                              key->bytes);

  return g_bytes_new_take (sealed, NONCE_BYTES + sealed_length);
}

GBytes *
guichetd_unseal (const GuichetdKey *key,
                 gconstpointer sealed,
                 gsize length,
                 const char *about,
                 GError **error)
{
  const guint8 *bytes = sealed;
  g_autofree guint8 *clear = NULL;
  unsigned long long clear_length;

  if (length < NONCE_BYTES + TAG_BYTES)
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_INVALID_DATA,
                           "sealed content is cut short");
      return NULL;
    }

  /* One more byte, so that text ends in a NUL that does not count. */
  clear = g_malloc (length - NONCE_BYTES - TAG_BYTES + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (clear,
                                                  &clear_length,
                                                  NULL,
                                                  bytes + NONCE_BYTES,
                                                  length - NONCE_BYTES,
                                                  (const guint8 *) about,
                                                  strlen (about),
                                                  bytes,
                                                  key->bytes) != 0)
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_INVALID_DATA,
                           "sealed content was changed, or sealed under another key");
      return NULL;
    }
  clear[clear_length] = '\0';

  return g_bytes_new_take (g_steal_pointer (&clear), clear_length);
}

void
guichetd_digest (const GuichetdKey *key,
                 gconstpointer data,
                 gsize data_length,
                 guint8 *digest,
                 gsize length)
{
  crypto_generichash (digest, length, data, data_length, key->bytes, sizeof key->bytes);
}
