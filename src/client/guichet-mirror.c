/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mirror as the main thread sees it: questions to its two threads, and single rows.
 */
#define G_LOG_DOMAIN "guichet-mirror"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-mirror-line.h"
#include "guichet-mirror-private.h"

#include <glib/gstdio.h>

#define RESOURCE "/be/mons/Guichetier/mirror/"

enum
{
  CHANGED,
  DAMAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetMirror, guichet_mirror, G_TYPE_OBJECT)

static void
shared_free (GuichetMirrorShared *shared)
{
  g_clear_pointer (&shared->reader, guichet_mirror_reader_close);
  g_clear_pointer (&shared->writer, guichet_mirror_writer_close);
  guichet_change_log_free (shared->log);
  g_free (shared->path);
  g_free (shared->login);
  g_free (shared);
}

static void
ask_free (GuichetMirrorAsk *ask)
{
  g_free (ask->text);
  g_clear_pointer (&ask->bytes, g_bytes_unref);
  g_clear_pointer (&ask->more_bytes, g_bytes_unref);
  g_clear_pointer (&ask->listing, guichet_listing_free);
  g_free (ask);
}

GuichetMirrorAsk *
_guichet_mirror_ask_new (GuichetMirror *self)
{
  GuichetMirrorAsk *ask = g_new0 (GuichetMirrorAsk, 1);

  ask->shared = self->shared;
  return ask;
}

void
_guichet_mirror_ask_thread (GuichetWorker *worker,
                            GuichetMirrorAsk *ask,
                            GTaskThreadFunc func,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _guichet_mirror_ask_thread);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  guichet_worker_push (worker, G_PRIORITY_DEFAULT, task, func);
}

void
_guichet_mirror_return (GTask *task, gpointer result, GDestroyNotify destroy, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, destroy);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
}

void
_guichet_mirror_meet (GuichetMirror *self, const GError *error)
{
  if (self->damaged || !is_damage (error))
    return;
  self->damaged = TRUE;
  g_message ("the local copy is damaged: %s", error->message);
  g_signal_emit (self, signals[DAMAGED], 0);
}

static gboolean
damage_cb (gpointer user_data)
{
  g_autoptr (GuichetMirror) self = g_object_ref (user_data);

  self->damage_id = 0;
  if (!self->damaged)
    {
      self->damaged = TRUE;
      g_signal_emit (self, signals[DAMAGED], 0);
    }
  return G_SOURCE_REMOVE;
}

/* Whoever reads a single row is in the middle of a list that must not become another one. */
static void
meet_later (GuichetMirror *self, const GError *error)
{
  if (self->damaged || self->damage_id != 0 || !is_damage (error))
    return;
  g_message ("the local copy is damaged: %s", error->message);
  self->damage_id = g_idle_add (damage_cb, self);
}

GError *
_guichet_mirror_desk_error (GuichetMirror *self, GError *error, GuichetDeskError code)
{
  GError *mine;

  if (error->domain == GUICHET_DESK_ERROR || error->domain == G_IO_ERROR)
    return error;
  _guichet_mirror_meet (self, error);
  /* The clerk reads what to do about it; why, only the log says. */
  if (!is_damage (error))
    g_warning ("the local copy: %s", error->message);
  if (g_error_matches (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_FULL))
    code = GUICHET_DESK_ERROR_STORAGE;
  mine = g_error_new_literal (GUICHET_DESK_ERROR, (int) code, error->message);
  g_error_free (error);
  return mine;
}

void
_guichet_mirror_take_applied (GuichetMirror *self, GuichetApplied *applied)
{
  if (applied->foreign)
    return;
  self->counts = applied->counts;
  self->last = applied->last;
  self->synchronised = applied->synchronised;
  g_signal_emit (self, signals[CHANGED], 0, applied);
}

/* In the threads */

static void
open_writer (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GuichetMirrorShared *shared = ask->shared;
  g_autoptr (GuichetMirrorState) state = NULL;
  GError *error = NULL;

  if (!ask->wipe || guichet_mirror_writer_delete_files (shared->path, &error))
    shared->writer = guichet_mirror_writer_open (shared->path,
                                                 shared->login,
                                                 ask->today,
                                                 shared->log,
                                                 &state,
                                                 &error);
  _guichet_mirror_return (task,
                          error == NULL ? g_steal_pointer (&state) : NULL,
                          (GDestroyNotify) guichet_mirror_state_free,
                          error);
  if (shared->writer != NULL)
    guichet_mirror_writer_scrub (shared->writer);
}

static void
open_reader (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorShared *shared = ((GuichetMirrorAsk *) task_data)->shared;
  GError *error = NULL;

  shared->reader = guichet_mirror_reader_open (shared->path, shared->log, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
close_reader (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorShared *shared = ((GuichetMirrorAsk *) task_data)->shared;

  g_clear_pointer (&shared->reader, guichet_mirror_reader_close);
  g_task_return_boolean (task, TRUE);
}

static void
close_writer (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;

  g_clear_pointer (&ask->shared->writer, guichet_mirror_writer_close);
  if (ask->wipe)
    guichet_mirror_writer_delete_files (ask->shared->path, NULL);
  g_task_return_boolean (task, TRUE);
}

/* Opening and closing */

typedef struct
{
  GuichetMirrorState *state; /* (owned) (nullable): output */
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->state, guichet_mirror_state_free);
  g_free (opening);
}

static void
opened_reader_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetMirror *self = g_task_get_source_object (task);
  const Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    self->db = guichet_db_open (self->shared->path, GUICHET_DB_READ_ONLY, RESOURCE, &error);
  if (error != NULL)
    {
      g_task_return_error (task,
                           _guichet_mirror_desk_error (self, error, GUICHET_DESK_ERROR_STORAGE));
      return;
    }

  self->counts = opening->state->counts;
  self->last = opening->state->last;
  self->synchronised = opening->state->synchronised;
  g_task_return_boolean (task, TRUE);
}

static void
opened_writer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetMirror *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->state = g_task_propagate_pointer (G_TASK (result), &error);
  if (opening->state == NULL)
    {
      g_task_return_error (task,
                           _guichet_mirror_desk_error (self, error, GUICHET_DESK_ERROR_STORAGE));
      return;
    }

  _guichet_mirror_ask_thread (self->reader,
                              _guichet_mirror_ask_new (self),
                              open_reader,
                              g_task_get_cancellable (task),
                              opened_reader_cb,
                              g_object_ref (task));
}

static void
closed_writer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetMirror *self = g_task_get_source_object (task);

  /* Both threads have nothing left to do, so this does not wait. */
  guichet_worker_shutdown (self->reader);
  guichet_worker_shutdown (self->writer);
  g_task_return_boolean (task, TRUE);
}

static void
closed_reader_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetMirror *self = g_task_get_source_object (task);
  GuichetMirrorAsk *ask = _guichet_mirror_ask_new (self);

  ask->wipe = GPOINTER_TO_INT (g_task_get_task_data (task));
  _guichet_mirror_ask_thread (self->writer,
                              ask,
                              close_writer,
                              NULL,
                              closed_writer_cb,
                              g_object_ref (task));
}

static void
guichet_mirror_finalize (GObject *object)
{
  GuichetMirror *self = GUICHET_MIRROR (object);

  guichet_worker_shutdown (self->reader);
  guichet_worker_shutdown (self->writer);
  g_clear_handle_id (&self->damage_id, g_source_remove);
  g_clear_object (&self->reader);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->db, guichet_db_close);
  g_clear_pointer (&self->shared, shared_free);

  G_OBJECT_CLASS (guichet_mirror_parent_class)->finalize (object);
}

static void
guichet_mirror_class_init (GuichetMirrorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_mirror_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_POINTER);
  signals[DAMAGED] = g_signal_new ("damaged",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
guichet_mirror_init (GuichetMirror *self)
{
  self->writer = guichet_worker_new ("mirror-writer");
  self->reader = guichet_worker_new ("mirror-reader");
}

GuichetMirror *
guichet_mirror_new (const char *path, const char *login)
{
  GuichetMirror *self = g_object_new (GUICHET_TYPE_MIRROR, NULL);

  self->shared = g_new0 (GuichetMirrorShared, 1);
  self->shared->path = g_strdup (path);
  self->shared->login = g_strdup (login);
  self->shared->log = guichet_change_log_new ();
  return self;
}

void
guichet_mirror_open_async (GuichetMirror *self,
                           GuichetDay today,
                           gboolean afresh,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  g_task_set_source_tag (task, guichet_mirror_open_async);
  g_task_set_task_data (task, g_new0 (Opening, 1), (GDestroyNotify) opening_free);
  ask = _guichet_mirror_ask_new (self);
  ask->today = today;
  ask->wipe = afresh;
  _guichet_mirror_ask_thread (self->writer,
                              ask,
                              open_writer,
                              cancellable,
                              opened_writer_cb,
                              g_object_ref (task));
}

GuichetMirrorState *
guichet_mirror_open_finish (GuichetMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_steal_pointer (&((Opening *) g_task_get_task_data (G_TASK (result)))->state);
}

void
guichet_mirror_close_async (GuichetMirror *self,
                            gboolean wipe,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  g_task_set_source_tag (task, guichet_mirror_close_async);
  g_task_set_task_data (task, GINT_TO_POINTER (wipe), NULL);
  self->closed = TRUE;
  g_clear_pointer (&self->db, guichet_db_close);
  _guichet_mirror_ask_thread (self->reader,
                              _guichet_mirror_ask_new (self),
                              close_reader,
                              NULL,
                              closed_reader_cb,
                              g_object_ref (task));
}

gboolean
guichet_mirror_close_finish (GuichetMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GuichetLine *
guichet_mirror_read_line (GuichetMirror *self, guint32 id, gboolean *ret_changed)
{
  g_autoptr (GError) error = NULL;
  GuichetStatement *statement;
  GuichetLine *line;

  g_return_val_if_fail (GUICHET_IS_MIRROR (self), NULL);

  if (self->db == NULL)
    return NULL;
  statement = guichet_db_statement (self->db, "read-line");
  guichet_statement_bind_integer (statement, "id", id);
  if (!guichet_statement_step (statement, &error))
    {
      meet_later (self, error);
      return NULL;
    }
  line = guichet_mirror_line_read (statement, ret_changed);
  guichet_statement_reset (statement);
  return line;
}

guint32
guichet_mirror_find_line (GuichetMirror *self, const char *reference)
{
  g_autoptr (GError) error = NULL;
  GuichetStatement *statement;
  guint32 id;

  g_return_val_if_fail (GUICHET_IS_MIRROR (self), 0);

  if (self->db == NULL)
    return 0;
  statement = guichet_db_statement (self->db, "find-line");
  guichet_statement_bind_text (statement, "reference", reference);
  if (!guichet_statement_step (statement, &error))
    {
      meet_later (self, error);
      return 0;
    }
  id = (guint32) guichet_statement_integer (statement, "id");
  guichet_statement_reset (statement);
  return id;
}

const GuichetCounts *
guichet_mirror_get_counts (GuichetMirror *self)
{
  g_return_val_if_fail (GUICHET_IS_MIRROR (self), NULL);
  return &self->counts;
}

gint64
guichet_mirror_get_n_lines (GuichetMirror *self)
{
  g_return_val_if_fail (GUICHET_IS_MIRROR (self), 0);
  return self->counts.of[GUICHET_DEPARTMENT_NONE][GUICHET_VIEW_ALL] +
         self->counts.of[GUICHET_DEPARTMENT_NONE][GUICHET_VIEW_CLOSED];
}

gboolean
guichet_mirror_get_synchronised (GuichetMirror *self)
{
  g_return_val_if_fail (GUICHET_IS_MIRROR (self), FALSE);
  return self->synchronised;
}

gint64
guichet_mirror_get_last (GuichetMirror *self)
{
  g_return_val_if_fail (GUICHET_IS_MIRROR (self), 0);
  return self->last;
}
