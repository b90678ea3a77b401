/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that are given to the desk, and those that come back to the clerk.
 */
#define G_LOG_DOMAIN "guichet-desk-commands"

#include "config.h"

#include "guichet-desk-private.h"

/* Against which version a command is typed */

void
_guichet_desk_look (GuichetDesk *self, const char *reference, gint64 version)
{
  if (version > 0)
    g_hash_table_replace (self->looked_at,
                          g_strdup (reference),
                          g_memdup2 (&version, sizeof version));
  else
    g_hash_table_remove (self->looked_at, reference);
}

GuichetLine *
guichet_desk_find_line (GuichetDesk *self, const char *reference)
{
  gboolean changed;
  guint32 id;

  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);

  id = self->mirror != NULL ? guichet_mirror_find_line (self->mirror, reference) : 0;
  return id != 0 ? guichet_mirror_read_line (self->mirror, id, &changed) : NULL;
}

static gint64
version_in_mirror (GuichetDesk *self, const char *reference)
{
  g_autoptr (GuichetLine) line = guichet_desk_find_line (self, reference);

  return line != NULL ? line->version : 0;
}

/* The page where the request is open, else its row. */
gint64
guichet_desk_get_looked_at (GuichetDesk *self, const char *reference)
{
  const gint64 *version;

  g_return_val_if_fail (GUICHET_IS_DESK (self), 0);

  version = g_hash_table_lookup (self->looked_at, reference);
  return version != NULL ? *version : version_in_mirror (self, reference);
}

/* Giving one */

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (guichet_outbox_add_finish (GUICHET_OUTBOX (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
guichet_desk_submit (GuichetDesk *self,
                     GuichetCommand *command,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 version;

  g_return_if_fail (GUICHET_IS_DESK (self));
  g_return_if_fail (command != NULL && command->reference != NULL);

  g_task_set_source_tag (task, guichet_desk_submit);
  /* Once typed it will be sent, whoever lost interest in hearing of it. */
  g_task_set_check_cancellable (task, FALSE);
  version = command->expected_version > 0 ? command->expected_version
                                          : guichet_desk_get_looked_at (self, command->reference);
  if (self->outbox == NULL)
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_SIGNED_OUT,
                             "nobody is signed in");
  else if (version == 0 && !guichet_outbox_has_pending (self->outbox, command->reference))
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_GONE,
                             "no such request is known here");
  else
    guichet_outbox_add_async (self->outbox,
                              command,
                              version,
                              guichet_desk_now (self),
                              cancellable,
                              submitted_cb,
                              g_object_ref (task));
}

GPtrArray *
guichet_desk_list_pending (GuichetDesk *self, const char *reference)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);

  return self->outbox != NULL
             ? guichet_outbox_list_pending (self->outbox, reference)
             : g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);
}

gboolean
guichet_desk_submit_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Those that came back */

static void
held_free (GuichetHeld *held)
{
  guichet_command_unref (held->command);
  g_free (held->problem);
  g_free (held->owner);
  g_free (held->changed_by);
  g_free (held);
}

GPtrArray *
_guichet_desk_held_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) held_free);
}

void
_guichet_desk_update_held (GuichetDesk *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_ptr_array_set_size (self->held, 0);
  if (self->outbox != NULL)
    rows = guichet_outbox_list_held (self->outbox);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GuichetOutboxRow *row = g_ptr_array_index (rows, i);
      GuichetHeld *held = g_new0 (GuichetHeld, 1);

      held->command = guichet_command_ref (row->command);
      held->problem = g_strdup (row->problem);
      if (row->command->kind == GUICHET_COMMAND_ASSIGN)
        held->owner = g_strdup (guichet_desk_name_of (self, row->command->to));
      held->changed_by = g_strdup (guichet_desk_name_of (self, row->changed_by));
      held->changed_kind = row->changed_kind;
      held->changed_at = row->changed_at;
      held->typed_at = row->typed_at;
      g_ptr_array_add (self->held, held);
    }
  g_object_notify (G_OBJECT (self), "held");
  g_signal_emit_by_name (self, "held-changed");
}

GPtrArray *
guichet_desk_get_held (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);
  return self->held;
}

static const GuichetHeld *
find_held (GuichetDesk *self, const char *key)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      const GuichetHeld *held = g_ptr_array_index (self->held, i);

      if (g_str_equal (held->command->key, key))
        return held;
    }
  return NULL;
}

void
guichet_desk_retry_held (GuichetDesk *self, const char *key)
{
  const GuichetHeld *held;
  gint64 version;

  g_return_if_fail (GUICHET_IS_DESK (self));

  held = find_held (self, key);
  if (held == NULL || self->outbox == NULL)
    return;
  /* As it is now, as far as this desk knows; what it does not know yet may conflict again. */
  version = MAX (version_in_mirror (self, held->command->reference),
                 guichet_desk_get_looked_at (self, held->command->reference));
  guichet_outbox_retry (self->outbox, key, MAX (version, 1));
}

void
guichet_desk_discard_held (GuichetDesk *self, const char *key)
{
  g_return_if_fail (GUICHET_IS_DESK (self));

  if (self->outbox != NULL)
    guichet_outbox_discard (self->outbox, key);
}
