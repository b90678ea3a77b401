/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links of a chain.
 */
#define G_LOG_DOMAIN "guichetd-chain"

#include "config.h"

#include "guichetd-chain.h"
#include "guichet-error.h"

#include <sodium.h>
#include <string.h>

void
guichetd_chain (const GuichetdHash *before, const char *header, GBytes *sealed, GuichetdHash *hash)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof hash->bytes);
  crypto_generichash_update (&state, before->bytes, sizeof before->bytes);
  crypto_generichash_update (&state, (const guint8 *) header, strlen (header));
  if (sealed != NULL)
    {
      GuichetdHash digest;
      gsize length;
      const guint8 *data = g_bytes_get_data (sealed, &length);

      crypto_generichash (digest.bytes, sizeof digest.bytes, data, length, NULL, 0);
      crypto_generichash_update (&state, digest.bytes, sizeof digest.bytes);
    }
  crypto_generichash_final (&state, hash->bytes, sizeof hash->bytes);
}

GuichetJsonReader *
guichetd_chain_open (GuichetStatement *statement,
                     const GuichetdKey *key,
                     const char *header,
                     const GuichetJsonLimits *limits,
                     GError **error)
{
  g_autoptr (GBytes) payload = guichet_statement_blob (statement, "payload");
  g_autoptr (GBytes) clear = guichetd_unseal (key,
                                              g_bytes_get_data (payload, NULL),
                                              g_bytes_get_size (payload),
                                              header,
                                              error);
  g_autoptr (JsonNode) root = NULL;

  if (clear == NULL)
    return NULL;
  root = guichet_json_parse (clear, limits, error);
  return root != NULL ? guichet_json_reader_new (root, GUICHET_JSON_LENIENT) : NULL;
}

void
guichetd_chain_take (GuichetStatement *statement, GuichetdHash *hash)
{
  g_autoptr (GBytes) bytes = guichet_statement_blob (statement, "hash");
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  memset (hash->bytes, 0, sizeof hash->bytes);
  memcpy (hash->bytes, data, MIN (length, sizeof hash->bytes));
}

gboolean
guichetd_chain_head (GuichetDb *db,
                     const char *name,
                     gint64 *ret_number,
                     GuichetdHash *hash,
                     GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, name);
  g_autoptr (GError) local_error = NULL;

  *ret_number = 0;
  memset (hash->bytes, 0, sizeof hash->bytes);
  if (guichet_statement_step (statement, &local_error))
    {
      *ret_number = guichet_statement_integer (statement, "number");
      guichetd_chain_take (statement, hash);
      guichet_statement_reset (statement);
    }

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}
