/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Purging: a command like any other, and then what no transaction can do.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichet-account-name.h"
#include "guichetd-engine-private.h"
#include "guichet-error.h"
#include "guichetd-purges.h"

typedef struct
{
  GuichetdJob job;
  char *reference; /* (owned) */
  GuichetdAct act; /* of a request, or */
  GuichetdAccountAct account_act;
  gboolean of_account;
  GTask *task; /* (owned) (nullable) */
} Purge;

static void
init_request (Purge *self, GuichetdEngine *engine, const char *by, const char *reason)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_PURGE);

  command->reference = g_strdup (self->reference);
  command->by = g_strdup (by);
  command->text = g_strdup (reason);
  guichetd_act_init (&self->act, engine, NULL, command);
}

static void
init_account (Purge *self, GuichetdEngine *engine, const char *by, const char *reason)
{
  g_autoptr (GuichetAccountCommand) command =
      guichet_account_command_new (GUICHET_ACCOUNT_COMMAND_PURGE);

  command->account = g_strdup (self->reference);
  command->by = g_strdup (by);
  command->text = g_strdup (reason);
  guichetd_account_act_init (&self->account_act, engine, NULL, command);
}

static void
purge_init (Purge *self,
            GuichetdEngine *engine,
            const char *reference,
            const char *by,
            const char *reason)
{
  g_autofree char *account = guichet_account_name_parse (reference);

  self->reference = g_strdup (reference);
  self->of_account = account != NULL;
  if (self->of_account)
    init_account (self, engine, by, reason);
  else
    init_request (self, engine, by, reason);
}

static void
purge_clear (Purge *self)
{
  guichetd_job_clear (&self->job);
  guichetd_act_clear (&self->act);
  guichetd_account_act_clear (&self->account_act);
  g_free (self->reference);
}

static void
purge_free (gpointer data)
{
  purge_clear (data);
  g_free (data);
}

/*
 * The names to look for, while they can still be read. Where they cannot, and for an account, which leaves
 * no name, there is nothing to look for: all is written anew.
 */
static char **
list_words (Purge *self, GuichetDb *db)
{
  g_autoptr (GuichetRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  if (self->of_account)
    return NULL;
  request = guichetd_requests_load (self->act.engine->store, db, self->reference, &error);
  if (error != NULL)
    g_message ("request %s is purged unread: %s", self->reference, error->message);
  return request != NULL ? guichetd_purges_words (request) : NULL;
}

static gboolean
append_and_remove (Purge *self, GuichetdStore *store, GuichetDb *db, GError **error)
{
  if (!guichet_db_begin (db, error))
    return FALSE;
  if ((self->of_account ? guichetd_account_act_perform (store, db, &self->account_act, error)
                        : guichetd_act_perform (store, db, &self->act, error)) &&
      guichetd_purges_owe (db, error) && guichet_db_commit (db, error))
    return TRUE;

  guichet_db_rollback (db);
  return FALSE;
}

static gboolean
purge_alone (Purge *self, GuichetdStore *store, GuichetDb *db, GError **error)
{
  const char *const references[] = { self->reference, NULL };
  GuichetdKeys *keys = guichetd_store_get_keys (store);
  gint64 now = guichet_clock_now (guichetd_store_get_clock (store));
  g_auto (GStrv) words = NULL;
  gboolean purged;

  /* What an earlier one has left first: the end of this one says of all files that they are cleared. */
  if (!guichetd_purges_finish (keys, db, now, error) ||
      !guichetd_purges_find (db, references[0], &purged, error))
    return FALSE;

  /* Purged before, but perhaps not to the end: the rest is done again. */
  if (!purged)
    {
      words = list_words (self, db);
      if (!append_and_remove (self, store, db, error))
        return FALSE;
    }

  guichetd_store_flush (store);
  return guichetd_purges_scrub (keys, db, references, (const char *const *) words, now, error);
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

  guichetd_engine_announce (g_task_get_source_object (task), self->act.events, FALSE);
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
  purge_clear (&data);
  return good;
}
