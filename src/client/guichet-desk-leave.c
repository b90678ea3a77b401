/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a session ends: the clerk signs out, or the server no longer knows it.
 *
 * Who signs out has what they read out of the mirror recorded before, while there is a session to tell it
 * with; where that cannot be, it stays in the outbox for the next one, as commands do.
 *
 * Then what is on this machine goes, since that needs nobody else: the token, so that whatever
 * happens nobody goes on with the session; mirror and outbox (closed, not wiped). Then the server is
 * told, for as long as a person waits.
 */
#define G_LOG_DOMAIN "guichet-desk-leave"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-keyring.h"

/* Seconds that signing out waits for the server, which would end the session by itself later. */
#define PATIENCE 3

typedef struct
{
  /* Input */
  GuichetApi *api;       /* (owned) */
  GuichetMirror *mirror; /* (owned) (nullable) */
  GuichetOutbox *outbox; /* (owned) */
  char *server;          /* (owned) */
  char *login;           /* (owned) */
  gboolean wipe;
  gboolean tell; /* the server */

  /* In progress */
  GCancellable *patience; /* (owned): with keyring and server */
  guint timer;
  guint steps; /* that run side by side */
} Leave;

static void forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void close_mirror (GTask *task);
static void mirror_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void outbox_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void step_done (GTask *task);
static void told_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void left_cb (GuichetDesk *self);

static void
leave_free (Leave *op)
{
  g_assert (op->timer == 0);
  g_clear_object (&op->api);
  g_clear_object (&op->mirror);
  g_clear_object (&op->outbox);
  g_clear_object (&op->patience);
  g_free (op->server);
  g_free (op->login);
  g_free (op);
}

static gboolean
patience_cb (gpointer user_data)
{
  Leave *op = user_data;

  op->timer = 0;
  g_cancellable_cancel (op->patience);
  return G_SOURCE_REMOVE;
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;

  if (!guichet_keyring_forget_finish (result, &error))
    g_debug ("the keyring does not forget: %s", error->message);
  step_done (task);
}

static void
close_mirror (GTask *task)
{
  Leave *op = g_task_get_task_data (task);

  if (op->mirror != NULL)
    guichet_mirror_close_async (op->mirror, op->wipe, mirror_closed_cb, g_object_ref (task));
  else
    guichet_outbox_close_async (op->outbox, outbox_closed_cb, g_object_ref (task));
}

static void
mirror_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Leave *op = g_task_get_task_data (task);

  guichet_mirror_close_finish (GUICHET_MIRROR (source), result, NULL);
  guichet_outbox_close_async (op->outbox, outbox_closed_cb, g_object_ref (task));
}

static void
outbox_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GuichetDesk *self = g_task_get_source_object (task);
  Leave *op = g_task_get_task_data (task);

  guichet_outbox_close_finish (GUICHET_OUTBOX (source), result, NULL);
  /* From here on somebody else may sign in. */
  self->busy = FALSE;
  _guichet_desk_set_leaving (self, FALSE);
  op->timer = g_timeout_add_seconds (PATIENCE, patience_cb, op);
  step_done (task);
  /* After the keyring was told, whom it is to remember next. */
  _guichet_desk_enter_next (self);
}

static void
finish_leave (GTask *task)
{
  Leave *op = g_task_get_task_data (task);

  g_clear_handle_id (&op->timer, g_source_remove);
  g_task_return_boolean (task, TRUE);
}

static void
step_done (GTask *task)
{
  Leave *op = g_task_get_task_data (task);
  const GuichetCall call = { .method = "DELETE", .path = "/v1/sessions/current" };

  if (--op->steps > 0)
    return;
  if (!op->tell)
    {
      finish_leave (task);
      return;
    }
  guichet_api_send_async (op->api, &call, op->patience, told_cb, g_object_ref (task));
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    g_debug ("the server was not told of the end of the session: %s", error->message);
  finish_leave (task);
}

static void
left_cb (GuichetDesk *self)
{
  self->n_leaving--;
  _guichet_desk_update_unfinished (self);
}

/* Takes everything of the session away from the desk. */
static void
leave (GuichetDesk *self, GTask *task, gboolean wipe, gboolean tell)
{
  Leave *op = g_new0 (Leave, 1);

  self->expired = !wipe;
  if (wipe)
    g_ptr_array_set_size (self->drafts, 0);
  self->busy = TRUE;
  _guichet_desk_set_signing_out (self, FALSE);
  _guichet_desk_set_leaving (self, TRUE);
  _guichet_desk_go_silent (self);
  op->api = g_steal_pointer (&self->api);
  op->mirror = g_steal_pointer (&self->mirror);
  op->outbox = g_steal_pointer (&self->outbox);
  op->server = g_strdup (self->server);
  op->login = g_strdup (self->login);
  op->wipe = wipe;
  op->tell = tell;
  op->patience = g_cancellable_new ();
  g_task_set_task_data (task, op, (GDestroyNotify) leave_free);
  self->n_leaving++;
  g_signal_connect_swapped (task, "notify::completed", G_CALLBACK (left_cb), self);
  _guichet_desk_update_unfinished (self);

  _guichet_desk_forget_person (self);
  op->steps = 2;
  guichet_keyring_forget_async (op->server,
                                op->login,
                                op->patience,
                                forgotten_cb,
                                g_object_ref (task));
  close_mirror (task);
}

void
_guichet_desk_end_session (GuichetDesk *self, const char *word)
{
  g_autoptr (GTask) task = NULL;

  if (self->api == NULL)
    return;

  g_message ("the session has ended: %s", word);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, _guichet_desk_end_session);
  /* One that merely expired is taken up again by the same clerk, who needs their mirror then; whoever
   * else signs in here makes it go. */
  leave (self, task, !g_str_equal (word, "expiredAccessToken"), FALSE);
}

/* Signing out */

/* What was read out of the mirror is on its way. */
typedef struct
{
  GTask *task;           /* (owned) */
  GuichetOutbox *outbox; /* (owned) */
  gboolean force;
  gboolean again; /* tried once more */
  guint timer;
} Telling;

static void
telling_free (Telling *op)
{
  g_signal_handlers_disconnect_by_data (op->outbox, op);
  g_clear_handle_id (&op->timer, g_source_remove);
  g_object_unref (op->outbox);
  g_object_unref (op->task);
  g_free (op);
}

static void
sign_out_unless_unsent (GuichetDesk *self, GTask *task, gboolean force)
{
  if (!force && (guichet_outbox_get_n_unsent (self->outbox) > 0 ||
                 guichet_outbox_get_n_accesses (self->outbox) > 0))
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_UNSENT,
                             "not everything is sent yet");
  else
    leave (self, task, TRUE, TRUE);
}

/* @op: (transfer full) */
static void
finish_telling (Telling *op)
{
  g_autoptr (GTask) task = g_object_ref (op->task);
  g_autoptr (GuichetDesk) self = g_object_ref (g_task_get_source_object (task));
  /* Who no longer listens cannot be asked: they wanted to leave. */
  const gboolean force = op->force || g_cancellable_is_cancelled (g_task_get_cancellable (task));
  const gboolean over = self->outbox != op->outbox;

  telling_free (op);
  /* The session may have ended meanwhile. */
  if (over)
    {
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      _guichet_desk_set_signing_out (self, FALSE);
      sign_out_unless_unsent (self, task, force);
    }
  left_cb (self);
}

static gboolean
told_enough_cb (gpointer user_data)
{
  Telling *op = user_data;

  op->timer = 0;
  finish_telling (op);
  return G_SOURCE_REMOVE;
}

static void
accesses_changed_cb (Telling *op)
{
  const gboolean told = guichet_outbox_get_n_accesses (op->outbox) == 0;

  /* What was under way when the clerk signed out may have been so for long: it gets another try. */
  if (guichet_outbox_is_waiting (op->outbox) && !op->again)
    {
      op->again = TRUE;
      guichet_outbox_hurry (op->outbox);
    }
  else if (guichet_outbox_is_waiting (op->outbox) || (told && !guichet_outbox_is_busy (op->outbox)))
    finish_telling (op);
}

static void
tell_accesses (GuichetDesk *self, GTask *task, gboolean force)
{
  Telling *op = g_new0 (Telling, 1);

  op->task = g_object_ref (task);
  op->outbox = g_object_ref (self->outbox);
  op->force = force;
  op->timer = g_timeout_add_seconds (PATIENCE, told_enough_cb, op);
  self->n_leaving++;
  _guichet_desk_update_unfinished (self);
  _guichet_desk_set_signing_out (self, TRUE);
  guichet_outbox_hurry (op->outbox);
  g_signal_connect_swapped (op->outbox, "accesses-changed", G_CALLBACK (accesses_changed_cb), op);
  g_signal_connect_swapped (op->outbox, "busy-changed", G_CALLBACK (accesses_changed_cb), op);
}

void
guichet_desk_sign_out_async (GuichetDesk *self,
                             gboolean force,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_sign_out_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->signing_out)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "signing out already");
  else if (self->api == NULL)
    g_task_return_boolean (task, TRUE);
  else if (self->offline_since == 0 && (guichet_outbox_get_n_accesses (self->outbox) > 0 ||
                                        guichet_outbox_is_busy (self->outbox)))
    tell_accesses (self, task, force);
  else
    sign_out_unless_unsent (self, task, force);
}

gboolean
guichet_desk_sign_out_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
