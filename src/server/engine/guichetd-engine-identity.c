/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person of a request, for whom a card is held against.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichet-error.h"
#include "guichetd-engine-read-private.h"

/* Whoever may not record a check gets no challenge for one either, and no comparison. */
static gboolean
find_request (GuichetdReading *self, GuichetDb *db, GuichetdRow *row, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean found = guichetd_requests_find_state (guichetd_store_get_keys (self->engine->store),
                                                 db,
                                                 self->reference,
                                                 row,
                                                 &local_error);

  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return FALSE;
  if (!found)
    return guichetd_engine_not_found (error);
  return guichetd_engine_admit (self->engine,
                                self->actor,
                                GUICHET_CAN_WORK,
                                row->department,
                                row->procedure,
                                error);
}

static gboolean
read_may_check (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_auto (GuichetdRow) row = { 0 };

  return find_request (self, db, &row, error);
}

static gboolean
read_citizen (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_auto (GuichetdRow) row = { 0 };
  g_autoptr (GuichetRequest) request = NULL;

  if (!find_request (self, db, &row, error))
    return FALSE;
  request = guichetd_row_get_request (&row, error);
  if (request == NULL)
    return FALSE;

  /* Of what was purged nobody is left to compare with. */
  self->citizen = request->citizen != NULL ? guichet_citizen_ref (request->citizen) : NULL;
  self->seen = g_steal_pointer (&row.reference);
  return TRUE;
}

static void
ask (GuichetdEngine *self,
     GuichetClerk *actor,
     const char *reference,
     GuichetdReadingWork work,
     gpointer tag,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  GuichetdReading *reading = guichetd_reading_new (self,
                                                   actor,
                                                   "identityCheck",
                                                   work,
                                                   tag,
                                                   cancellable,
                                                   callback,
                                                   user_data);

  reading->reference = g_strdup (reference);
  guichetd_reading_start (reading);
}

void
guichetd_engine_may_check_async (GuichetdEngine *self,
                                 GuichetClerk *actor,
                                 const char *reference,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (GUICHETD_IS_ENGINE (self));

  ask (self,
       actor,
       reference,
       read_may_check,
       guichetd_engine_may_check_async,
       cancellable,
       callback,
       user_data);
}

gboolean
guichetd_engine_may_check_finish (GuichetdEngine *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_task_propagate_pointer (G_TASK (result), &local_error);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

void
guichetd_engine_citizen_async (GuichetdEngine *self,
                               GuichetClerk *actor,
                               const char *reference,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (GUICHETD_IS_ENGINE (self));

  ask (self,
       actor,
       reference,
       read_citizen,
       guichetd_engine_citizen_async,
       cancellable,
       callback,
       user_data);
}

gboolean
guichetd_engine_citizen_finish (GuichetdEngine *self,
                                GAsyncResult *result,
                                GuichetCitizen **ret_citizen,
                                GError **error)
{
  GuichetdReading *reading;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  reading = g_task_get_task_data (G_TASK (result));
  *ret_citizen = g_steal_pointer (&reading->citizen);
  return guichetd_engine_may_check_finish (self, result, error);
}
