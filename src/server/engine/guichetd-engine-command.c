/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Commands as they are asked for; guichetd-act.c says what becomes of them.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-engine-private.h"

/* The job of a command that is asked for with a callback. */
typedef struct
{
  GuichetdJob job;
  GuichetdAct act;
  GTask *task; /* (owned) until it returns */
} CommandJob;

static void
command_job_free (gpointer data)
{
  CommandJob *self = data;

  guichetd_job_clear (&self->job);
  guichetd_act_clear (&self->act);
  g_free (self);
}

static void
command_done (GuichetdJob *job)
{
  CommandJob *self = job->user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (job->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&job->error));
      return;
    }

  guichetd_engine_announce (self->act.engine, self->act.events, self->act.queued);
  g_task_return_pointer (task,
                         g_steal_pointer (&self->act.receipt),
                         (GDestroyNotify) guichetd_receipt_free);
}

void
guichetd_engine_command_async (GuichetdEngine *self,
                               GuichetClerk *actor,
                               GuichetCommand *command,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  CommandJob *job;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (command != NULL && command->key != NULL);

  job = g_new0 (CommandJob, 1);
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, guichetd_engine_command_async);
  g_task_set_check_cancellable (job->task, FALSE);
  g_task_set_task_data (job->task, job, command_job_free);
  guichetd_act_init (&job->act, self, actor, command);
  job->job = (GuichetdJob){
    /* Megabytes are digested beside the writer, not in it. */
    .read = command->document != NULL ? guichetd_act_digest : NULL,
    .write = guichetd_act_perform,
    .data = &job->act,
    .cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL,
    .done = command_done,
    .user_data = job,
  };
  guichetd_store_push (self->store, &job->job);
}

GuichetdReceipt *
guichetd_engine_command_finish (GuichetdEngine *self,
                                GAsyncResult *result,
                                GuichetdRefused *refused,
                                GError **error)
{
  GuichetdReceipt *receipt;
  CommandJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_get_task_data (G_TASK (result));
  receipt = g_task_propagate_pointer (G_TASK (result), error);
  if (receipt == NULL && refused != NULL)
    {
      *refused = job->act.refused;
      job->act.refused = (GuichetdRefused){ 0 };
    }
  return receipt;
}

GuichetdReceipt *
guichetd_engine_command (GuichetdEngine *self,
                         GuichetClerk *actor,
                         GuichetCommand *command,
                         GuichetdRefused *refused,
                         GError **error)
{
  GuichetdAct act = { 0 };
  GuichetdReceipt *receipt = NULL;

  g_return_val_if_fail (GUICHETD_IS_ENGINE (self), NULL);
  g_return_val_if_fail (command != NULL && command->key != NULL, NULL);

  guichetd_act_init (&act, self, actor, command);
  if (guichetd_store_write (self->store, guichetd_act_perform, &act, error))
    {
      guichetd_engine_announce (self, act.events, act.queued);
      receipt = g_steal_pointer (&act.receipt);
    }
  else if (refused != NULL)
    {
      *refused = act.refused;
      act.refused = (GuichetdRefused){ 0 };
    }
  guichetd_act_clear (&act);
  return receipt;
}
