/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread that the outbox's file belongs to: what it is asked, and what it answers.
 */
#define G_LOG_DOMAIN "guichet-outbox-thread"

#include "config.h"

#include "guichet-outbox-private.h"

GPtrArray *
_guichet_outbox_rows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_outbox_row_free);
}

static void
ask_free (GuichetOutboxAsk *ask)
{
  g_clear_pointer (&ask->command, guichet_command_unref);
  g_clear_pointer (&ask->access, guichet_outbox_access_free);
  g_clear_pointer (&ask->rows, g_ptr_array_unref);
  g_clear_pointer (&ask->accesses, g_ptr_array_unref);
  g_clear_pointer (&ask->body, g_bytes_unref);
  g_strfreev (ask->keys);
  g_free (ask->after);
  g_free (ask);
}

GuichetOutboxAsk *
_guichet_outbox_ask_new (GuichetOutbox *self)
{
  GuichetOutboxAsk *ask = g_new0 (GuichetOutboxAsk, 1);

  ask->shared = self->shared;
  return ask;
}

static void
run_step (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetOutboxAsk *ask = task_data;
  GError *error = NULL;

  if (ask->shared->store == NULL && ask->step != _guichet_outbox_open_store &&
      ask->step != _guichet_outbox_close_store)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the outbox is closed");
  else if (ask->step (ask, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
answered_cb (GObject *task, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GuichetOutbox) self = user_data;

  if (--self->n_asked == 0)
    _guichet_outbox_emit_busy_changed (self);
}

/* Its tasks have no source object: see guichet-mirror.c. */
void
_guichet_outbox_ask_thread (GuichetOutbox *self,
                            GuichetOutboxAsk *ask,
                            GuichetOutboxStep step,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  ask->step = step;
  g_task_set_source_tag (task, _guichet_outbox_ask_thread);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  g_signal_connect (task, "notify::completed", G_CALLBACK (answered_cb), g_object_ref (self));
  if (self->n_asked++ == 0)
    _guichet_outbox_emit_busy_changed (self);
  guichet_worker_push (self->worker, G_PRIORITY_DEFAULT, task, run_step);
}

gboolean
guichet_outbox_is_busy (GuichetOutbox *self)
{
  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), FALSE);
  return self->n_asked > 0;
}

gboolean
_guichet_outbox_open_store (GuichetOutboxAsk *ask, GError **error)
{
  ask->rows = _guichet_outbox_rows_new ();
  ask->accesses = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_outbox_access_free);
  ask->shared->store =
      guichet_outbox_store_open (ask->shared->path, ask->rows, ask->accesses, error);
  return ask->shared->store != NULL;
}

gboolean
_guichet_outbox_close_store (GuichetOutboxAsk *ask, GError **error)
{
  g_clear_pointer (&ask->shared->store, guichet_outbox_store_close);
  return TRUE;
}

gboolean
_guichet_outbox_store_command (GuichetOutboxAsk *ask, GError **error)
{
  ask->body = guichet_outbox_store_add (ask->shared->store, ask->command, ask->number, error);
  return ask->body != NULL;
}

gboolean
_guichet_outbox_store_access (GuichetOutboxAsk *ask, GError **error)
{
  return guichet_outbox_store_add_access (ask->shared->store, ask->access, error);
}

gboolean
_guichet_outbox_remove_commands (GuichetOutboxAsk *ask, GError **error)
{
  return guichet_outbox_store_remove (ask->shared->store, (const char *const *) ask->keys, error);
}

gboolean
_guichet_outbox_remove_accesses (GuichetOutboxAsk *ask, GError **error)
{
  return guichet_outbox_store_remove_accesses (ask->shared->store,
                                               (const char *const *) ask->keys,
                                               error);
}

gboolean
_guichet_outbox_hold_commands (GuichetOutboxAsk *ask, GError **error)
{
  return guichet_outbox_store_hold (ask->shared->store, ask->rows, error);
}

gboolean
_guichet_outbox_renew_commands (GuichetOutboxAsk *ask, GError **error)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&ask->rows);

  ask->rows = guichet_outbox_store_renew (ask->shared->store, old, ask->after, ask->number, error);
  return ask->rows != NULL;
}
