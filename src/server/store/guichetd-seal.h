/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The cryptography of the store, all of it libsodium's: sealing (XChaCha20-Poly1305, a random
 * nonce before the ciphertext) and digests (BLAKE2b). Pure but for randomness; any thread.
 */

#define GUICHETD_KEY_BYTES 32

/** A secret key; wiped by guichetd_key_clear(). */
typedef struct
{
  guint8 bytes[GUICHETD_KEY_BYTES];
} GuichetdKey;

void guichetd_key_clear (GuichetdKey *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdKey, guichetd_key_clear)

/** guichetd_key_make: a random one. */
void guichetd_key_make (GuichetdKey *self);

/**
 * guichetd_seal:
 * @about: what it is and of whom; in clear, but it does not open with another
 *
 * Returns: (transfer full): @clear, sealed
 */
GBytes *
guichetd_seal (const GuichetdKey *key, gconstpointer clear, gsize length, const char *about);

/** guichetd_unseal: fails with G_IO_ERROR_INVALID_DATA if key, content or @about is another. (transfer full) */
GBytes *guichetd_unseal (const GuichetdKey *key,
                         gconstpointer sealed,
                         gsize length,
                         const char *about,
                         GError **error);

/**
 * guichetd_digest:
 * @length: of @digest, 16 to 64
 *
 * Keyed digest: without @key, nobody finds out by trying what it was made of.
 */
void guichetd_digest (const GuichetdKey *key,
                      gconstpointer data,
                      gsize data_length,
                      guint8 *digest,
                      gsize length);

G_END_DECLS
