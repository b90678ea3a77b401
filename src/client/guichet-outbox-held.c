/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Commands that were given back to the clerk: held, sent again, or given up.
 */
#define G_LOG_DOMAIN "guichet-outbox-held"

#include "config.h"

#include "guichet-conflict.h"
#include "guichet-outbox-private.h"

/* What the desk says of a command that nothing is wrong with but the one before it. */
#define PROBLEM_BEHIND "behind"

/* What the thread needs to know of a row, apart from the row that the main thread changes. */
static GuichetOutboxRow *
copy_row (const GuichetOutboxRow *row)
{
  GuichetOutboxRow *copy = g_new0 (GuichetOutboxRow, 1);

  copy->command = guichet_command_ref (row->command);
  copy->body = row->body != NULL ? g_bytes_ref (row->body) : NULL;
  copy->typed_at = row->typed_at;
  copy->problem = g_strdup (row->problem);
  copy->changed_by = g_strdup (row->changed_by);
  copy->changed_kind = row->changed_kind;
  copy->changed_at = row->changed_at;
  return copy;
}

static void
note_conflict (GuichetOutbox *self, GuichetOutboxRow *row, GPtrArray *changes)
{
  const GuichetEvent *event =
      changes != NULL ? guichet_conflict_find (row->command->kind, changes, self->login) : NULL;

  if (event == NULL)
    return;
  row->changed_by = g_strdup (event->actor);
  row->changed_kind = event->kind;
  row->changed_at = event->instant;
}

void
_guichet_outbox_hold (GuichetOutbox *self,
                      GuichetOutboxEntry *entry,
                      const char *problem,
                      GPtrArray *changes)
{
  const char *reference = entry->row->command->reference;
  GuichetOutboxAsk *ask = _guichet_outbox_ask_new (self);
  guint at = 0;

  g_return_if_fail (g_ptr_array_find (self->entries, entry, &at));

  entry->row->problem = g_strdup (problem);
  note_conflict (self, entry->row, changes);
  ask->rows = _guichet_outbox_rows_new ();
  g_ptr_array_add (ask->rows, copy_row (entry->row));
  for (guint i = at + 1; i < self->entries->len; i++)
    {
      GuichetOutboxEntry *behind = g_ptr_array_index (self->entries, i);

      if (!_guichet_outbox_is_pending_for (behind, reference) || behind->accepted)
        continue;
      behind->row->problem = g_strdup (PROBLEM_BEHIND);
      g_ptr_array_add (ask->rows, copy_row (behind->row));
    }
  _guichet_outbox_ask_thread (self,
                              ask,
                              _guichet_outbox_hold_commands,
                              _guichet_outbox_noted_cb,
                              g_object_ref (self));

  _guichet_outbox_emit_changed (self, reference);
  _guichet_outbox_emit_held_changed (self);
}

/* A held command and those that are held because of it. (transfer container) */
static GPtrArray *
find_group (GuichetOutbox *self, const char *key)
{
  GPtrArray *group = g_ptr_array_new ();
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->entries->len; i++)
    {
      GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);
      const GuichetCommand *command = entry->row->command;

      if (entry->row->problem == NULL)
        continue;
      if (!g_str_equal (command->key, key) &&
          (command->after == NULL || !g_hash_table_contains (keys, command->after)))
        continue;
      g_hash_table_add (keys, command->key);
      g_ptr_array_add (group, entry);
    }
  return group;
}

GPtrArray *
guichet_outbox_list_held (GuichetOutbox *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), rows);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->row->problem != NULL)
        g_ptr_array_add (rows, entry->row);
    }
  return rows;
}

typedef struct
{
  GuichetOutbox *outbox; /* (owned) */
  GPtrArray *old;        /* (owned) of GuichetOutboxEntry: what is sent again */
} Renewal;

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Renewal *renewal = user_data;
  g_autoptr (GuichetOutbox) self = renewal->outbox;
  g_autoptr (GPtrArray) old = renewal->old;
  GuichetOutboxAsk *ask = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_free (renewal);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_warning ("the outbox cannot be written: %s", error->message);
      while (old->len > 0)
        g_ptr_array_add (self->entries, g_ptr_array_steal_index (old, 0));
      _guichet_outbox_emit_held_changed (self);
      return;
    }

  while (ask->rows->len > 0)
    g_ptr_array_add (self->entries,
                     _guichet_outbox_entry_new (g_ptr_array_steal_index (ask->rows, 0), TRUE));
  _guichet_outbox_emit_changed (self, NULL);
  _guichet_outbox_pump (self);
}

void
guichet_outbox_retry (GuichetOutbox *self, const char *key, gint64 version)
{
  g_autoptr (GPtrArray) group = NULL;
  const GuichetOutboxEntry *first;
  const GuichetCommand *before;
  Renewal *renewal;
  GuichetOutboxAsk *ask;

  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  group = find_group (self, key);
  if (group->len == 0)
    return;

  first = g_ptr_array_index (group, 0);
  ask = _guichet_outbox_ask_new (self);
  ask->rows = _guichet_outbox_rows_new ();
  for (guint i = 0; i < group->len; i++)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (group, i);

      g_ptr_array_add (ask->rows, copy_row (entry->row));
    }
  before = _guichet_outbox_find_last_pending (self, first->row->command->reference);
  ask->after = before != NULL ? g_strdup (before->key) : NULL;
  ask->number = MAX (version, before != NULL ? before->expected_version : 0);

  renewal = g_new0 (Renewal, 1);
  renewal->outbox = g_object_ref (self);
  renewal->old = _guichet_outbox_take_out (self, group);
  _guichet_outbox_ask_thread (self, ask, _guichet_outbox_renew_commands, renewed_cb, renewal);
  _guichet_outbox_emit_held_changed (self);
}

void
guichet_outbox_discard (GuichetOutbox *self, const char *key)
{
  g_autoptr (GPtrArray) group = NULL;

  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  group = find_group (self, key);
  _guichet_outbox_drop (self, group);
  _guichet_outbox_emit_held_changed (self);
}
