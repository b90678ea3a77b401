/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a command came to, for who sends it again.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-engine-private.h"
#include "guichet-error.h"

#include <sodium.h>
#include <string.h>

GuichetdReceipt *
guichetd_engine_receipt (const GuichetdKept *kept)
{
  GuichetdReceipt *receipt = g_new0 (GuichetdReceipt, 1);

  receipt->reference = g_strdup (kept->reference);
  receipt->version = kept->version;
  receipt->number = kept->number;
  return receipt;
}

/* Whether it was another command, as far as this clerk may know. */
static gboolean
is_other (GuichetdEngine *self,
          GuichetDb *db,
          const GuichetClerk *actor,
          const guint8 *digest,
          const GuichetdKept *kept,
          gboolean *ret_other,
          GError **error)
{
  *ret_other = !sodium_is_zero (kept->digest, sizeof kept->digest) &&
               memcmp (kept->digest, digest, sizeof kept->digest) != 0;
  return !*ret_other || actor == NULL ||
         guichetd_engine_may_know (self, db, actor, kept->reference, ret_other, error);
}

gboolean
guichetd_engine_find_receipt (GuichetdEngine *self,
                              GuichetDb *db,
                              const GuichetClerk *actor,
                              const char *key,
                              const guint8 *digest,
                              GuichetdReceipt **ret_receipt,
                              GError **error)
{
  const char *login = actor != NULL ? actor->login : GUICHET_ACTOR_DAEMON;
  g_autoptr (GError) local_error = NULL;
  g_auto (GuichetdKept) kept = { 0 };
  gboolean other;

  if (!guichetd_receipts_find (db, login, key, &kept, &local_error))
    return guichet_error_pass (error, g_steal_pointer (&local_error));

  if (!is_other (self, db, actor, digest, &kept, &other, error))
    return FALSE;
  if (other)
    {
      g_set_error_literal (error,
                           GUICHETD_ENGINE_ERROR,
                           GUICHETD_ENGINE_ERROR_KEY_REUSED,
                           "the key came before with another content");
      return FALSE;
    }

  *ret_receipt = guichetd_engine_receipt (&kept);
  return TRUE;
}
