/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a session begins: with a password, or with the token that the keyring kept.
 *
 *   sign in:  ask for a session ─► open outbox and mirror ┐
 *   resume:   ask the keyring, open outbox and mirror     ┴► ask who it is and for the catalogue
 *             (not when resuming with a mirror that knows) ─► begin
 */
#define G_LOG_DOMAIN "guichet-desk-enter"

#include "config.h"

#include "guichet-address.h"
#include "guichet-desk-private.h"
#include "guichet-json-writer.h"
#include "guichet-keyring.h"

typedef struct
{
  /* Input */
  char *server;        /* (owned) */
  char *login;         /* (owned) */
  const char *path;    /* (static) (nullable): where credentials go; signing in, not resuming */
  GBytes *credentials; /* (owned) (nullable): until they are sent */

  /* In progress */
  GuichetApi *api;           /* (owned) */
  GuichetOutbox *outbox;     /* (owned) (nullable) */
  GuichetMirror *mirror;     /* (owned) (nullable) */
  GuichetMirrorState *state; /* (owned) (nullable) */
  guint steps;               /* that run side by side */
  GError *error;             /* (owned) (nullable): of one of them; what to fail with */

  /* Output */
  GuichetPerson *person; /* (owned) (nullable): as the server says it now */
} Enter;

static void session_made_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void token_found_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void open_files (GTask *task);
static void outbox_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void open_mirror (GTask *task);
static void mirror_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void step_done (GTask *task, GError *error);
static void go_on (GTask *task);
static void person_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void old_mirror_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void finish_enter (GTask *task, GError *error);
static void mirror_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void outbox_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
enter_free (Enter *op)
{
  g_free (op->server);
  g_free (op->login);
  g_clear_pointer (&op->credentials, guichet_api_wipe_body);
  g_clear_object (&op->api);
  g_clear_object (&op->outbox);
  g_clear_object (&op->mirror);
  g_clear_pointer (&op->state, guichet_mirror_state_free);
  g_clear_error (&op->error);
  g_clear_pointer (&op->person, guichet_person_free);
  g_free (op);
}

/* The end */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *desk = user_data;
  g_autoptr (GuichetDesk) self = g_weak_ref_get (desk);
  g_autoptr (GError) error = NULL;
  const gboolean kept = guichet_keyring_store_finish (result, &error);

  g_weak_ref_clear (desk);
  g_free (desk);
  /* Cancelled: that session is over. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!kept)
    g_message ("no keyring keeps the session: %s", error->message);
  if (self != NULL && self->api != NULL)
    _guichet_desk_set_keyring (self, kept ? GUICHET_KEPT_YES : GUICHET_KEPT_NO);
}

/* Nobody waits for the keyring, not even the end of the desk: it may ask for a password of its own. */
static void
keep_token (GuichetDesk *self)
{
  GWeakRef *desk = g_new0 (GWeakRef, 1);

  g_weak_ref_init (desk, self);
  guichet_keyring_store_async (self->server,
                               self->login,
                               guichet_api_get_token (self->api),
                               self->cancellable,
                               kept_cb,
                               desk);
}

static void
adopt (GuichetDesk *self, Enter *op)
{
  GuichetMe *me = op->person != NULL ? op->person->me : op->state->me;
  GuichetCatalogue *catalogue = op->state->catalogue;
  const char *version = op->state->catalogue_version;

  if (op->person != NULL && op->person->catalogue != NULL)
    {
      catalogue = op->person->catalogue;
      version = op->person->version;
    }

  self->returned = self->expired && g_strcmp0 (self->server, op->server) == 0 &&
                   g_strcmp0 (self->login, op->login) == 0;
  if (!self->returned)
    g_ptr_array_set_size (self->drafts, 0);
  g_free (self->server);
  self->server = g_strdup (op->server);
  g_free (self->login);
  self->login = g_strdup (op->login);
  self->cancellable = g_cancellable_new ();
  self->api = g_steal_pointer (&op->api);
  self->outbox = g_steal_pointer (&op->outbox);
  self->mirror = g_steal_pointer (&op->mirror);
  self->clock_offset = op->person != NULL ? op->person->clock_offset : op->state->clock_offset;
  self->sync_total = op->state->total;
  self->person_known = op->person != NULL;
  _guichet_desk_set_person (self, me, catalogue, version);
  if (op->person != NULL)
    {
      guichet_mirror_put_me (self->mirror, op->person->me_bytes, self->clock_offset);
      if (op->person->catalogue != NULL)
        guichet_mirror_put_catalogue (self->mirror, op->person->catalogue_bytes, version);
    }
}

static void
begin (GuichetDesk *self, Enter *op)
{
  adopt (self, op);
  _guichet_desk_set_offline (self, FALSE);
  _guichet_desk_update_state (self);
  _guichet_desk_emit_mirror_replaced (self);
  if (op->path != NULL)
    {
      _guichet_desk_remember (self);
      _guichet_desk_wipe_others (self, self->server, self->login);
      keep_token (self);
    }
  else
    _guichet_desk_set_keyring (self, GUICHET_KEPT_YES);
  _guichet_desk_go_live (self);
  _guichet_desk_notify_sync (self);
  _guichet_desk_notify_pending (self, NULL);
}

static void
fail (GTask *task)
{
  GuichetDesk *self = g_task_get_source_object (task);
  Enter *op = g_task_get_task_data (task);

  self->busy = FALSE;
  g_task_return_error (task, g_steal_pointer (&op->error));
}

static void
outbox_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);

  guichet_outbox_close_finish (GUICHET_OUTBOX (source), result, NULL);
  fail (task);
}

static void
mirror_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Enter *op = g_task_get_task_data (task);

  guichet_mirror_close_finish (GUICHET_MIRROR (source), result, NULL);
  guichet_outbox_close_async (op->outbox, outbox_closed_cb, g_object_ref (task));
}

/* What was opened on the way to a failure is closed first: a mirror that somebody else opens and
 * wipes meanwhile would be closed over the files of the next one. */
static void
finish_enter (GTask *task, GError *error)
{
  GuichetDesk *self = g_task_get_source_object (task);
  Enter *op = g_task_get_task_data (task);

  if (error == NULL)
    {
      self->busy = FALSE;
      begin (self, op);
      g_task_return_boolean (task, TRUE);
      return;
    }

  op->error = error;
  if (op->path != NULL)
    _guichet_desk_revoke_session (op->api);
  if (op->mirror != NULL)
    guichet_mirror_close_async (op->mirror, FALSE, mirror_closed_cb, g_object_ref (task));
  else
    fail (task);
}

/* Steps of both */

static void
open_files (GTask *task)
{
  GuichetDesk *self = g_task_get_source_object (task);
  Enter *op = g_task_get_task_data (task);
  g_autofree char *path = _guichet_desk_outbox_path (self, op->server, op->login);

  op->outbox = guichet_outbox_new (path, op->login, self->clock);
  op->steps++;
  guichet_outbox_open_async (op->outbox,
                             g_task_get_cancellable (task),
                             outbox_opened_cb,
                             g_object_ref (task));
  open_mirror (task);
}

static void
outbox_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  guichet_outbox_open_finish (GUICHET_OUTBOX (source), result, &error);
  step_done (task, error);
}

static void
open_mirror (GTask *task)
{
  GuichetDesk *self = g_task_get_source_object (task);
  Enter *op = g_task_get_task_data (task);
  g_autofree char *path = _guichet_desk_mirror_path (self, op->server, op->login);

  op->mirror = guichet_mirror_new (path, op->login);
  op->steps++;
  guichet_mirror_open_async (op->mirror,
                             guichet_desk_today (self),
                             FALSE,
                             g_task_get_cancellable (task),
                             mirror_opened_cb,
                             g_object_ref (task));
}

static void
mirror_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Enter *op = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&op->state, guichet_mirror_state_free);
  op->state = guichet_mirror_open_finish (GUICHET_MIRROR (source), result, &error);
  step_done (task, error);
}

/* @error: (transfer full) (nullable) */
static void
step_done (GTask *task, GError *error)
{
  Enter *op = g_task_get_task_data (task);

  if (op->error == NULL)
    op->error = error;
  else
    g_clear_error (&error);

  if (--op->steps > 0)
    return;
  if (op->error != NULL)
    finish_enter (task, g_steal_pointer (&op->error));
  else
    go_on (task);
}

static void
go_on (GTask *task)
{
  GuichetDesk *self = g_task_get_source_object (task);
  Enter *op = g_task_get_task_data (task);

  if (op->mirror == NULL)
    open_files (task);
  /* Either a mirror that knows enough, or one that was just made anew for who was asked. */
  else if (op->person != NULL ||
           (op->path == NULL && op->state->me != NULL && op->state->catalogue != NULL))
    finish_enter (task, NULL);
  else
    _guichet_desk_ask_person_async (self,
                                    op->api,
                                    op->state->catalogue_version,
                                    g_task_get_cancellable (task),
                                    person_asked_cb,
                                    g_object_ref (task));
}

static void
person_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GuichetDesk *self = g_task_get_source_object (task);
  Enter *op = g_task_get_task_data (task);
  GError *error = NULL;

  op->person = _guichet_desk_ask_person_finish (self, result, &error);
  if (op->person == NULL)
    {
      finish_enter (task, error);
      return;
    }

  if (op->state->epoch >= 0 && op->state->epoch != op->person->me->epoch)
    {
      /* The catalogue that is known goes on; the lines do not. */
      if (op->person->catalogue == NULL)
        op->person->catalogue = guichet_catalogue_ref (op->state->catalogue);
      guichet_mirror_close_async (op->mirror, TRUE, old_mirror_closed_cb, g_object_ref (task));
      return;
    }
  finish_enter (task, NULL);
}

static void
old_mirror_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Enter *op = g_task_get_task_data (task);

  guichet_mirror_close_finish (GUICHET_MIRROR (source), result, NULL);
  if (op->person->catalogue_bytes == NULL)
    {
      op->person->catalogue_bytes = g_bytes_ref (guichet_catalogue_bundle (op->person->catalogue));
      op->person->version = g_strdup (op->state->catalogue_version);
    }
  g_clear_object (&op->mirror);
  open_mirror (task);
}

/* Steps of the one and of the other */

static void
ask_for_session (GTask *task)
{
  Enter *op = g_task_get_task_data (task);

  _guichet_desk_make_session_async (op->api,
                                    op->path,
                                    g_steal_pointer (&op->credentials),
                                    g_task_get_cancellable (task),
                                    session_made_cb,
                                    g_object_ref (task));
}

static void
ask_keyring (GTask *task)
{
  Enter *op = g_task_get_task_data (task);

  op->steps++;
  guichet_keyring_find_async (op->server,
                              op->login,
                              g_task_get_cancellable (task),
                              token_found_cb,
                              g_object_ref (task));
}

/* Where there is no mirror, none is made for who turns out to have no session. */
static gboolean
has_mirror (GuichetDesk *self, Enter *op)
{
  g_autofree char *path = _guichet_desk_mirror_path (self, op->server, op->login);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
start (GTask *task)
{
  GuichetDesk *self = g_task_get_source_object (task);
  Enter *op = g_task_get_task_data (task);

  self->busy = TRUE;
  if (op->path != NULL)
    {
      ask_for_session (task);
      return;
    }
  ask_keyring (task);
  if (has_mirror (self, op))
    open_files (task);
}

/* One at a time; who comes while the session before is being put away waits for that. */
static void
start_when_free (GuichetDesk *self, GTask *task)
{
  if (self->leaving && self->next == NULL)
    self->next = g_object_ref (task);
  else if (self->busy || self->api != NULL)
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_PENDING,
                             "somebody is signed in, or about to be");
  else
    start (task);
}

void
_guichet_desk_enter_next (GuichetDesk *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->next);

  if (task != NULL)
    start (task);
}

/* Signing in */

static GBytes *
write_credentials (const char *login, const char *password)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "login", login);
  guichet_json_writer_string (writer, "password", password);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

static void
session_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Enter *op = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *login = _guichet_desk_make_session_finish (result, &error);

  if (login == NULL)
    {
      finish_enter (task, error);
      return;
    }
  /* A card does not say here who its holder is; the server does. */
  if (op->login == NULL)
    op->login = g_steal_pointer (&login);
  open_files (task);
}

void
guichet_desk_sign_in_async (GuichetDesk *self,
                            const char *server,
                            const char *login,
                            const char *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *address = NULL;
  GError *error = NULL;
  Enter *op;

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_sign_in_async);
  address = guichet_address_read (server, &error);
  if (address == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  op = g_new0 (Enter, 1);
  op->server = g_steal_pointer (&address);
  op->login = g_ascii_strdown (login, -1);
  op->credentials = write_credentials (op->login, password);
  op->api = guichet_api_new (op->server);
  op->path = "/v1/sessions";
  g_task_set_task_data (task, op, (GDestroyNotify) enter_free);
  start_when_free (self, task);
}

void
_guichet_desk_enter_by_card (GuichetDesk *self,
                             GTask *task,
                             const char *server,
                             GBytes *credentials)
{
  Enter *op = g_new0 (Enter, 1);

  op->server = g_strdup (server);
  op->credentials = credentials;
  op->api = guichet_api_new (op->server);
  op->path = "/v1/cardSessions";
  g_task_set_task_data (task, op, (GDestroyNotify) enter_free);
  start_when_free (self, task);
}

gboolean
guichet_desk_sign_in_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Resuming */

static GError *
no_session (const char *why)
{
  return g_error_new (GUICHET_DESK_ERROR,
                      GUICHET_DESK_ERROR_SIGNED_OUT,
                      "no session is kept: %s",
                      why);
}

static void
token_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Enter *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *token = guichet_keyring_find_finish (result, &error);

  if (token != NULL)
    {
      guichet_api_set_token (op->api, token);
      guichet_keyring_free (token);
      step_done (task, NULL);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      step_done (task, g_steal_pointer (&error));
    }
  else
    {
      step_done (task, no_session (error != NULL ? error->message : "the keyring has none"));
    }
}

void
guichet_desk_resume_async (GuichetDesk *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *address = NULL;
  Enter *op;

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_resume_async);
  if (self->server != NULL && self->login != NULL)
    address = guichet_address_read (self->server, NULL);
  if (address == NULL)
    {
      g_task_return_error (task, no_session ("nobody has signed in here before"));
      return;
    }

  op = g_new0 (Enter, 1);
  op->server = g_steal_pointer (&address);
  op->login = g_strdup (self->login);
  op->api = guichet_api_new (op->server);
  g_task_set_task_data (task, op, (GDestroyNotify) enter_free);
  start_when_free (self, task);
}

gboolean
guichet_desk_resume_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
