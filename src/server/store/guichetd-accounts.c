/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts as their events made them.
 *
 * Nothing of a person is in clear: an account is found by its name, or by a keyed digest of the
 * national number.
 */
#define G_LOG_DOMAIN "guichetd-accounts"

#include "config.h"

#include "guichetd-accounts.h"
#include "guichetd-receipts.h"
#include "guichetd-store-private.h"

#include <string.h>

static const GuichetJsonLimits state_limits = { 64 * 1024, 16 };

void
guichetd_account_row_clear (GuichetdAccountRow *self)
{
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_clear_pointer (&self->state, g_bytes_unref);
}

static gboolean
take (GuichetStatement *statement, GuichetdAccountRow *row, GError **error)
{
  g_autoptr (GBytes) niss = NULL;
  gsize length;
  gconstpointer data;

  if (!guichet_statement_step (statement, error))
    return FALSE;

  row->account = g_strdup (guichet_statement_text (statement, "account"));
  row->version = guichet_statement_integer (statement, "version");
  row->last_event = guichet_statement_integer (statement, "last_event");
  niss = guichet_statement_blob (statement, "niss");
  data = g_bytes_get_data (niss, &length);
  memcpy (row->niss, data, MIN (length, sizeof row->niss));
  row->sealed = guichet_statement_blob (statement, "state");
  guichet_statement_reset (statement);
  return TRUE;
}

gboolean
guichetd_accounts_find (GuichetDb *db, const char *account, GuichetdAccountRow *row, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-account");

  guichet_statement_bind_text (statement, "account", account);
  return take (statement, row, error);
}

gboolean
guichetd_accounts_find_person (GuichetdKeys *keys,
                               GuichetDb *db,
                               const char *niss,
                               GuichetdAccountRow *row,
                               GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-account-of-person");
  guint8 digest[GUICHETD_NISS_BYTES];

  guichetd_requests_niss (keys, niss, digest);
  guichet_statement_bind_blob (statement, "niss", digest, sizeof digest);
  return take (statement, row, error);
}

/* What the state is sealed with: an old one does not pass for the present. */
static char *
about_state (const char *account, gint64 version)
{
  return g_strdup_printf ("account %s %" G_GINT64_FORMAT, account, version);
}

gboolean
guichetd_account_row_open (GuichetdAccountRow *self, GuichetdKeys *keys, GError **error)
{
  g_autofree char *about = about_state (self->account, self->version);
  g_auto (GuichetdKey) key = { 0 };

  /* No key: purged between the snapshot and now. */
  if (!guichetd_keys_find (keys, self->account, &key, error))
    return FALSE;

  self->state = guichetd_unseal (&key,
                                 g_bytes_get_data (self->sealed, NULL),
                                 g_bytes_get_size (self->sealed),
                                 about,
                                 error);
  return self->state != NULL;
}

GuichetAccount *
guichetd_account_row_get (const GuichetdAccountRow *self, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (self->state, &state_limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GuichetAccount) account = NULL;

  if (root == NULL)
    return NULL;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  account = guichet_account_read (reader);
  if (!guichet_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "state of account %s: ", self->account);
      return NULL;
    }
  return g_steal_pointer (&account);
}

static GBytes *
seal_state (GuichetdStore *store, const GuichetAccount *account, GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *about = about_state (account->account, account->version);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) state = NULL;
  g_auto (GuichetdKey) key = { 0 };

  if (!guichetd_keys_find (guichetd_store_get_keys (store), account->account, &key, &local_error))
    {
      if (local_error == NULL)
        g_set_error (&local_error,
                     GUICHET_DB_ERROR,
                     GUICHET_DB_ERROR_DAMAGED,
                     "the key of account %s is not there",
                     account->account);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  guichet_account_write (account, writer, NULL);
  state = guichet_json_writer_end (writer);
  return guichetd_seal (&key, g_bytes_get_data (state, NULL), g_bytes_get_size (state), about);
}

static gboolean
put_row (GuichetdStore *store,
         GuichetStatement *statement,
         const GuichetAccount *account,
         GError **error)
{
  g_autoptr (GBytes) state = seal_state (store, account, error);

  if (state == NULL)
    return FALSE;

  guichet_statement_bind_text (statement, "account", account->account);
  guichet_statement_bind_integer (statement, "version", account->version);
  guichet_statement_bind_integer (statement, "last_event", account->last_event);
  guichet_statement_bind_bytes (statement, "state", state);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_accounts_add (GuichetdStore *store,
                       GuichetDb *db,
                       const GuichetAccount *account,
                       GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-account");
  guint8 digest[GUICHETD_NISS_BYTES];

  guichetd_requests_niss (guichetd_store_get_keys (store), account->citizen->niss, digest);
  guichet_statement_bind_blob (statement, "niss", digest, sizeof digest);
  return put_row (store, statement, account, error);
}

gboolean
guichetd_accounts_change (GuichetdStore *store,
                          GuichetDb *db,
                          const GuichetAccount *account,
                          GError **error)
{
  return put_row (store, guichet_db_statement (db, "update-account"), account, error);
}

gboolean
guichetd_accounts_purge (GuichetDb *db, const char *account, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "delete-account");

  guichet_statement_bind_text (statement, "account", account);
  return guichet_statement_run (statement, error) &&
         guichetd_receipts_forget_account (db, account, error);
}
