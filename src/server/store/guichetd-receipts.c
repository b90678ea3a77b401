/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each command came to.
 */
#define G_LOG_DOMAIN "guichetd-receipts"

#include "config.h"

#include "guichetd-receipts.h"

#include <string.h>

void
guichetd_kept_clear (GuichetdKept *self)
{
  g_clear_pointer (&self->reference, g_free);
}

gboolean
guichetd_receipts_find (GuichetDb *db,
                        const char *actor,
                        const char *key,
                        GuichetdKept *kept,
                        GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-command");
  g_autoptr (GBytes) digest = NULL;
  gsize length;
  gconstpointer data;

  guichet_statement_bind_text (statement, "actor", actor);
  guichet_statement_bind_text (statement, "key", key);
  if (!guichet_statement_step (statement, error))
    return FALSE;

  kept->reference = g_strdup (guichet_statement_text (statement, "reference"));
  kept->version = guichet_statement_integer (statement, "version");
  kept->number = guichet_statement_integer (statement, "number");
  memset (kept->digest, 0, sizeof kept->digest);
  digest = guichet_statement_blob (statement, "digest");
  data = g_bytes_get_data (digest, &length);
  if (length == sizeof kept->digest)
    memcpy (kept->digest, data, length);
  guichet_statement_reset (statement);
  return TRUE;
}

gboolean
guichetd_receipts_add (GuichetDb *db,
                       const char *actor,
                       const char *key,
                       const GuichetdKept *kept,
                       GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-command");

  guichet_statement_bind_text (statement, "actor", actor);
  guichet_statement_bind_text (statement, "key", key);
  guichet_statement_bind_blob (statement, "digest", kept->digest, sizeof kept->digest);
  guichet_statement_bind_text (statement, "reference", kept->reference);
  guichet_statement_bind_integer (statement, "version", kept->version);
  guichet_statement_bind_integer (statement, "number", kept->number);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_receipts_forget (GuichetDb *db, const char *reference, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "forget-digests");

  guichet_statement_bind_text (statement, "reference", reference);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_receipts_forget_account (GuichetDb *db, const char *account, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "forget-account-digests");

  guichet_statement_bind_text (statement, "account", account);
  return guichet_statement_run (statement, error);
}
