/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading accounts, by name or by national number: each leaves a record, and what is not there none.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichet-error.h"
#include "guichetd-accounts.h"
#include "guichetd-engine-read-private.h"

/* Opens what was found; an account whose key is gone is gone. */
static gboolean
open_row (GuichetdReading *self,
          GuichetdAccountRow *row,
          gboolean found,
          gboolean *ret_opened,
          GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *ret_opened =
      found &&
      guichetd_account_row_open (row, guichetd_store_get_keys (self->engine->store), &local_error);
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return FALSE;
  if (*ret_opened)
    self->seen = g_strdup (row->account);
  return TRUE;
}

static gboolean
read_account (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_auto (GuichetdAccountRow) row = { 0 };
  g_autoptr (GError) local_error = NULL;
  gboolean found, opened;

  if (!guichetd_engine_may_assist (self->engine, self->actor, error))
    return FALSE;

  found = guichetd_accounts_find (db, self->reference, &row, &local_error);
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)) ||
      !open_row (self, &row, found, &opened, error))
    return FALSE;
  if (!opened)
    return guichetd_engine_not_found (error);

  self->answer = g_bytes_ref (row.state);
  return TRUE;
}

static gboolean
read_search (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_auto (GuichetdAccountRow) row = { 0 };
  g_autoptr (GError) local_error = NULL;
  gboolean found, opened;

  if (!guichetd_engine_may_assist (self->engine, self->actor, error))
    return FALSE;

  found = guichetd_accounts_find_person (guichetd_store_get_keys (self->engine->store),
                                         db,
                                         self->search->niss,
                                         &row,
                                         &local_error);
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)) ||
      !open_row (self, &row, found, &opened, error))
    return FALSE;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  if (opened)
    {
      g_autofree char *text =
          g_strndup (g_bytes_get_data (row.state, NULL), g_bytes_get_size (row.state));

      guichet_json_writer_raw (writer, NULL, text);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  self->answer = guichet_json_writer_end (writer);
  return TRUE;
}

void
guichetd_engine_account_async (GuichetdEngine *self,
                               GuichetClerk *actor,
                               const char *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && account != NULL);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "account",
                                  read_account,
                                  guichetd_engine_account_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->reference = g_strdup (account);
  guichetd_reading_start (reading);
}

void
guichetd_engine_search_accounts_async (GuichetdEngine *self,
                                       GuichetClerk *actor,
                                       const char *niss,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && niss != NULL);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "accountSearch",
                                  read_search,
                                  guichetd_engine_search_accounts_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->search = g_new0 (GuichetdSearch, 1);
  reading->search->niss = g_strdup (niss);
  guichetd_reading_start (reading);
}
