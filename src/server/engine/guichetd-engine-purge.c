/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Purging: a command like any other, and then what no transaction can do.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-engine-private.h"
#include "guichet-error.h"
#include "guichetd-purges.h"

typedef struct
{
  GuichetdJob job;
  GuichetdAct act;
  GTask *task; /* (owned) (nullable) */
} Purge;

static void
purge_init (Purge *self,
            GuichetdEngine *engine,
            const char *reference,
            const char *by,
            const char *reason)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_PURGE);

  command->reference = g_strdup (reference);
  command->by = g_strdup (by);
  command->text = g_strdup (reason);
  guichetd_act_init (&self->act, engine, NULL, command);
}

static void
purge_free (gpointer data)
{
  Purge *self = data;

  guichetd_job_clear (&self->job);
  guichetd_act_clear (&self->act);
  g_free (self);
}

/* The names to look for, while they can still be read. */
static char **
list_words (Purge *self, GuichetDb *db, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GuichetRequest) request = guichetd_requests_load (self->act.engine->store,
                                                               db,
                                                               self->act.command->reference,
                                                               &local_error);

  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return NULL;
  return request != NULL ? guichetd_purges_words (request) : g_new0 (char *, 1);
}

static gboolean
append_and_remove (Purge *self, GuichetDb *db, GError **error)
{
  GuichetdStore *store = self->act.engine->store;

  if (!guichet_db_begin (db, error))
    return FALSE;
  if (guichetd_act_perform (store, db, &self->act, error) && guichet_db_commit (db, error))
    return TRUE;

  guichet_db_rollback (db);
  return FALSE;
}

static gboolean
purge_alone (Purge *self, GuichetdStore *store, GuichetDb *db, GError **error)
{
  const char *const references[] = { self->act.command->reference, NULL };
  gint64 now = guichet_clock_now (self->act.engine->clock);
  g_auto (GStrv) words = NULL;
  gboolean purged;

  if (!guichetd_purges_find (db, references[0], &purged, error))
    return FALSE;

  /* Purged before, but perhaps not to the end: the rest is done again. */
  if (!purged)
    {
      words = list_words (self, db, error);
      if (words == NULL || !append_and_remove (self, db, error))
        return FALSE;
    }

  return guichetd_purges_scrub (guichetd_store_get_keys (store),
                                db,
                                references,
                                (const char *const *) words,
                                now,
                                error);
}

static gboolean
purge (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  gboolean good;

  if (!guichetd_store_hold_files (store))
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_BUSY,
                           "a backup or a verification is under way: purge when it is done");
      return FALSE;
    }

  good = purge_alone (data, store, db, error);
  guichetd_store_release_files (store);
  return good;
}

static void
purge_done (GuichetdJob *job)
{
  Purge *self = job->user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  guichetd_engine_announce (self->act.engine, self->act.events, FALSE);
  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (task, TRUE);
}

void
guichetd_engine_purge_async (GuichetdEngine *self,
                             const char *reference,
                             const char *by,
                             const char *reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Purge *data;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (reference != NULL && by != NULL && reason != NULL);

  data = g_new0 (Purge, 1);
  purge_init (data, self, reference, by, reason);
  data->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (data->task, guichetd_engine_purge_async);
  g_task_set_check_cancellable (data->task, FALSE);
  g_task_set_task_data (data->task, data, purge_free);
  data->job = (GuichetdJob){
    .write = purge,
    .alone = TRUE,
    .data = data,
    .done = purge_done,
    .user_data = data,
  };
  guichetd_store_push (self->store, &data->job);
}

gboolean
guichetd_engine_purge_finish (GuichetdEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
guichetd_engine_purge (GuichetdEngine *self,
                       const char *reference,
                       const char *by,
                       const char *reason,
                       GError **error)
{
  Purge data = { 0 };
  gboolean good;

  g_return_val_if_fail (GUICHETD_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (reference != NULL && by != NULL && reason != NULL, FALSE);

  purge_init (&data, self, reference, by, reason);
  data.job = (GuichetdJob){ .write = purge, .alone = TRUE, .data = &data };
  good = guichetd_store_run (self->store, &data.job, error);
  guichetd_engine_announce (self, data.act.events, FALSE);
  guichetd_act_clear (&data.act);
  return good;
}
