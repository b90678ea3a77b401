/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clerk's commands, from the moment they are typed to the moment they are confirmed.
 */
#define G_LOG_DOMAIN "guichet-outbox"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-outbox-private.h"

enum
{
  CHANGED,
  HELD_CHANGED,
  ACCEPTED,
  BUSY_CHANGED,
  ACCESSES_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetOutbox, guichet_outbox, G_TYPE_OBJECT)

static void
entry_free (GuichetOutboxEntry *entry)
{
  guichet_outbox_row_free (entry->row);
  g_free (entry);
}

GuichetOutboxEntry *
_guichet_outbox_entry_new (GuichetOutboxRow *row, gboolean on_disk)
{
  GuichetOutboxEntry *entry = g_new0 (GuichetOutboxEntry, 1);

  entry->row = row;
  entry->on_disk = on_disk;
  return entry;
}

static void
shared_free (GuichetOutboxShared *shared)
{
  g_clear_pointer (&shared->store, guichet_outbox_store_close);
  g_free (shared->path);
  g_free (shared);
}

static GError *
storage_error (GError *error)
{
  GError *mine;

  if (error->domain == G_IO_ERROR)
    return error;
  mine = g_error_new_literal (GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_STORAGE, error->message);
  g_error_free (error);
  return mine;
}

/* What is tidied up in the file can be tidied up again: a command that stays is sent again, and
 * acts once. */
void
_guichet_outbox_noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetOutbox) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && error->domain != G_IO_ERROR)
    g_warning ("the outbox cannot be written: %s", error->message);
}

/* Entries */

GuichetOutboxEntry *
_guichet_outbox_find (GuichetOutbox *self, const char *key)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->row->command->key, key))
        return entry;
    }
  return NULL;
}

gboolean
_guichet_outbox_is_pending_for (const GuichetOutboxEntry *entry, const char *reference)
{
  return entry->row->problem == NULL && g_str_equal (entry->row->command->reference, reference);
}

/* The last command of a request that is not confirmed: what another one is typed behind. */
const GuichetCommand *
_guichet_outbox_find_last_pending (GuichetOutbox *self, const char *reference)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (_guichet_outbox_is_pending_for (entry, reference))
        return entry->row->command;
    }
  return NULL;
}

void
_guichet_outbox_emit_changed (GuichetOutbox *self, const char *reference)
{
  g_signal_emit (self, signals[CHANGED], 0, reference);
}

void
_guichet_outbox_emit_held_changed (GuichetOutbox *self)
{
  g_signal_emit (self, signals[HELD_CHANGED], 0);
}

void
_guichet_outbox_emit_busy_changed (GuichetOutbox *self)
{
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

void
_guichet_outbox_emit_accesses_changed (GuichetOutbox *self)
{
  g_signal_emit (self, signals[ACCESSES_CHANGED], 0);
}

void
_guichet_outbox_emit_accepted (GuichetOutbox *self, const char *reference, gint64 event)
{
  g_signal_emit (self, signals[ACCEPTED], 0, reference, event);
}

static void
forget_in_store (GuichetOutbox *self, GPtrArray *entries)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  GuichetOutboxAsk *ask = _guichet_outbox_ask_new (self);

  for (guint i = 0; i < entries->len; i++)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (entries, i);

      g_strv_builder_add (keys, entry->row->command->key);
    }
  ask->keys = g_strv_builder_end (keys);
  _guichet_outbox_ask_thread (self,
                              ask,
                              _guichet_outbox_remove_commands,
                              _guichet_outbox_noted_cb,
                              g_object_ref (self));
}

/* Takes entries out of the list. (transfer full) */
GPtrArray *
_guichet_outbox_take_out (GuichetOutbox *self, GPtrArray *entries)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);

  for (guint i = 0; i < entries->len; i++)
    {
      guint at = 0;

      if (g_ptr_array_find (self->entries, g_ptr_array_index (entries, i), &at))
        g_ptr_array_add (taken, g_ptr_array_steal_index (self->entries, at));
    }
  return taken;
}

void
_guichet_outbox_drop (GuichetOutbox *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) taken = NULL;

  if (entries->len == 0)
    return;
  forget_in_store (self, entries);
  taken = _guichet_outbox_take_out (self, entries);
  for (guint i = 0; i < taken->len; i++)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (taken, i);

      _guichet_outbox_emit_changed (self, entry->row->command->reference);
    }
}

/* Opening and closing */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetOutbox *self = g_task_get_source_object (task);
  GuichetOutboxAsk *ask = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, storage_error (error));
      return;
    }

  while (ask->rows->len > 0)
    g_ptr_array_add (self->entries,
                     _guichet_outbox_entry_new (g_ptr_array_steal_index (ask->rows, 0), TRUE));
  while (ask->accesses->len > 0)
    g_ptr_array_add (self->accesses, g_ptr_array_steal_index (ask->accesses, 0));
  g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetOutbox *self = g_task_get_source_object (task);

  /* The thread has nothing left to do, so this does not wait. */
  guichet_worker_shutdown (self->worker);
  g_task_return_boolean (task, TRUE);
}

static void
guichet_outbox_dispose (GObject *object)
{
  GuichetOutbox *self = GUICHET_OUTBOX (object);

  _guichet_outbox_stop_sending (self);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (guichet_outbox_parent_class)->dispose (object);
}

static void
guichet_outbox_finalize (GObject *object)
{
  GuichetOutbox *self = GUICHET_OUTBOX (object);

  guichet_worker_shutdown (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->shared, shared_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->accesses, g_ptr_array_unref);
  g_clear_pointer (&self->login, g_free);

  G_OBJECT_CLASS (guichet_outbox_parent_class)->finalize (object);
}

static void
guichet_outbox_class_init (GuichetOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = guichet_outbox_dispose;
  object_class->finalize = guichet_outbox_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   type,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
  signals[HELD_CHANGED] =
      g_signal_new ("held-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACCEPTED] = g_signal_new ("accepted",
                                    type,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    2,
                                    G_TYPE_STRING,
                                    G_TYPE_INT64);
  signals[BUSY_CHANGED] =
      g_signal_new ("busy-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACCESSES_CHANGED] = g_signal_new ("accesses-changed",
                                            type,
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            0);
}

static void
guichet_outbox_init (GuichetOutbox *self)
{
  self->worker = guichet_worker_new ("outbox");
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->accesses = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_outbox_access_free);
}

GuichetOutbox *
guichet_outbox_new (const char *path, const char *login, GuichetClock *clock)
{
  GuichetOutbox *self = g_object_new (GUICHET_TYPE_OUTBOX, NULL);

  self->shared = g_new0 (GuichetOutboxShared, 1);
  self->shared->path = g_strdup (path);
  self->login = g_strdup (login);
  self->clock = g_object_ref (clock);
  return self;
}

void
guichet_outbox_open_async (GuichetOutbox *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  g_task_set_source_tag (task, guichet_outbox_open_async);
  _guichet_outbox_ask_thread (self,
                              _guichet_outbox_ask_new (self),
                              _guichet_outbox_open_store,
                              opened_cb,
                              g_object_ref (task));
}

gboolean
guichet_outbox_open_finish (GuichetOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
guichet_outbox_close_async (GuichetOutbox *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  g_task_set_source_tag (task, guichet_outbox_close_async);
  guichet_outbox_stop (self);
  _guichet_outbox_ask_thread (self,
                              _guichet_outbox_ask_new (self),
                              _guichet_outbox_close_store,
                              closed_cb,
                              g_object_ref (task));
}

gboolean
guichet_outbox_close_finish (GuichetOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What the clerk does */

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetOutbox *self = g_task_get_source_object (task);
  GuichetOutboxAsk *ask = g_task_get_task_data (G_TASK (result));
  GuichetOutboxEntry *entry = _guichet_outbox_find (self, ask->command->key);
  GError *error = NULL;

  g_return_if_fail (entry != NULL);

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *reference = g_strdup (ask->command->reference);

      g_ptr_array_remove (self->entries, entry);
      _guichet_outbox_emit_changed (self, reference);
      g_task_return_error (task, storage_error (error));
      return;
    }

  entry->row->body = g_steal_pointer (&ask->body);
  entry->on_disk = TRUE;
  g_task_return_boolean (task, TRUE);
  _guichet_outbox_pump (self);
}

void
guichet_outbox_add_async (GuichetOutbox *self,
                          GuichetCommand *command,
                          gint64 version,
                          gint64 typed_at,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GuichetOutboxRow *row;
  const GuichetCommand *before;
  GuichetOutboxAsk *ask;

  g_return_if_fail (GUICHET_IS_OUTBOX (self));
  g_return_if_fail (command->key != NULL && command->reference != NULL);

  g_task_set_source_tag (task, guichet_outbox_add_async);
  /* Once typed it will be sent, whoever lost interest in hearing of it. */
  g_task_set_check_cancellable (task, FALSE);

  before = _guichet_outbox_find_last_pending (self, command->reference);
  g_free (command->after);
  command->after = before != NULL ? g_strdup (before->key) : NULL;
  /* What was seen before was seen: a list that lags behind does not undo it. */
  command->expected_version = MAX (version, before != NULL ? before->expected_version : 0);

  row = g_new0 (GuichetOutboxRow, 1);
  row->command = guichet_command_ref (command);
  row->typed_at = typed_at;
  g_ptr_array_add (self->entries, _guichet_outbox_entry_new (row, FALSE));

  ask = _guichet_outbox_ask_new (self);
  ask->command = guichet_command_ref (command);
  ask->number = typed_at;
  _guichet_outbox_ask_thread (self,
                              ask,
                              _guichet_outbox_store_command,
                              stored_cb,
                              g_object_ref (task));
  _guichet_outbox_emit_changed (self, command->reference);
}

gboolean
guichet_outbox_add_finish (GuichetOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
stored_access_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetOutbox *self = g_task_get_source_object (task);
  GuichetOutboxAsk *ask = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, storage_error (error));
      return;
    }

  g_ptr_array_add (self->accesses, g_steal_pointer (&ask->access));
  g_task_return_boolean (task, TRUE);
  _guichet_outbox_pump (self);
}

void
guichet_outbox_add_access_async (GuichetOutbox *self,
                                 const char *reference,
                                 gint64 instant,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GuichetOutboxAsk *ask;

  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  g_task_set_source_tag (task, guichet_outbox_add_access_async);
  ask = _guichet_outbox_ask_new (self);
  ask->access = g_new0 (GuichetOutboxAccess, 1);
  ask->access->key = g_uuid_string_random ();
  ask->access->reference = g_strdup (reference);
  ask->access->instant = instant;
  _guichet_outbox_ask_thread (self,
                              ask,
                              _guichet_outbox_store_access,
                              stored_access_cb,
                              g_object_ref (task));
}

gboolean
guichet_outbox_add_access_finish (GuichetOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
guichet_outbox_confirm (GuichetOutbox *self, gint64 last)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new ();

  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->accepted && entry->event <= last)
        g_ptr_array_add (done, entry);
    }
  _guichet_outbox_drop (self, done);
}

/* What there is */

GPtrArray *
guichet_outbox_list_pending (GuichetOutbox *self, const char *reference)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);

  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), commands);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      if (_guichet_outbox_is_pending_for (entry, reference))
        g_ptr_array_add (commands, guichet_command_ref (entry->row->command));
    }
  return commands;
}

gboolean
guichet_outbox_has_pending (GuichetOutbox *self, const char *reference)
{
  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), FALSE);
  return _guichet_outbox_find_last_pending (self, reference) != NULL;
}

gint64
guichet_outbox_get_version (GuichetOutbox *self, const char *key)
{
  const GuichetOutboxEntry *entry;

  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), 0);

  entry = _guichet_outbox_find (self, key);
  return entry != NULL && entry->accepted ? entry->version : 0;
}

guint
guichet_outbox_get_n_pending (GuichetOutbox *self)
{
  guint n = 0;

  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), 0);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->row->problem == NULL)
        n++;
    }
  return n;
}

guint
guichet_outbox_get_n_unsent (GuichetOutbox *self)
{
  guint n = 0;

  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), 0);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->accepted)
        n++;
    }
  return n;
}
