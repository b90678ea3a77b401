/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes of staff, seen at once by the sessions that they concern.
 */
#define G_LOG_DOMAIN "guichetd-auth"

#include "config.h"

#include "guichetd-auth-private.h"

#include <sodium.h>
#include <string.h>

typedef struct
{
  /* Input */
  GuichetClerk *clerk; /* (owned) */
  char *password;      /* (owned) (nullable): wiped */
  gboolean create;
  GuichetdPasswordCost cost;
  gint64 now;

  /* In progress */
  char *hash; /* (owned) (nullable) */

  /* Output */
  GuichetdStaff *staff; /* (owned) (nullable): the row as it is now */
} PutStaff;

static void hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void stored_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
put_staff_free (gpointer data)
{
  PutStaff *self = data;

  guichet_clerk_unref (self->clerk);
  if (self->password != NULL)
    sodium_memzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->hash);
  g_clear_pointer (&self->staff, guichetd_staff_free);
  g_free (self);
}

static PutStaff *
put_staff_new (GuichetClerk *clerk,
               const char *password,
               gboolean create,
               const GuichetdPasswordCost *cost,
               gint64 now)
{
  PutStaff *self = g_new0 (PutStaff, 1);

  self->clerk = guichet_clerk_ref (clerk);
  self->password = g_strdup (password);
  self->create = create;
  self->cost = *cost;
  self->now = now;
  return self;
}

static gboolean
check (const PutStaff *op, GError **error)
{
  if (!guichet_clerk_login_is_valid (op->clerk->login))
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_DATA,
                   "“%s” is no login: 2 to 40 of a-z, 0-9, . and -, beginning with a letter",
                   op->clerk->login);
      return FALSE;
    }
  if (op->create && op->password == NULL)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_DATA,
                   "“%s” is new and needs a password",
                   op->clerk->login);
      return FALSE;
    }
  return op->password == NULL ||
         guichetd_password_check (op->password, op->clerk->login, op->clerk->name, error);
}

/* In the writer */
static gboolean
store_staff (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  PutStaff *op = data;
  gboolean rights;

  if (op->create ? !guichetd_staff_store_add (db, op->clerk, op->hash, op->now, error)
                 : !guichetd_staff_store_change (db, op->clerk, op->hash, op->now, &rights, error))
    return FALSE;
  op->staff = guichetd_staff_store_find (db, op->clerk->login, error);
  return op->staff != NULL;
}

/* In the hasher */
static void
hash (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  PutStaff *op = task_data;
  GError *error = NULL;

  op->hash = guichetd_password_hash (op->password, &op->cost, &error);
  if (op->hash == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
begin_store (GuichetdAuth *self, GTask *task)
{
  guichetd_store_write_async (self->store,
                              store_staff,
                              g_task_get_task_data (task),
                              NULL,
                              NULL,
                              stored_cb,
                              g_object_ref (task));
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdAuth *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_atomic_int_inc (&self->hashes);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  begin_store (self, task);
}

void
_guichetd_auth_end_sessions_of (GuichetdAuth *self, const char *login)
{
  g_autoptr (GPtrArray) theirs =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_session_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GuichetdSession *session = value;

      if (strcmp (session->clerk->login, login) == 0)
        g_ptr_array_add (theirs, guichetd_session_ref (session));
    }
  for (guint i = 0; i < theirs->len; i++)
    _guichetd_auth_end_session (self, g_ptr_array_index (theirs, i));

  /* Of a sign-in that was right with what the clerk was before. */
  for (guint i = 0; i < self->starting->len; i++)
    {
      GuichetdSession *session = g_ptr_array_index (self->starting, i);

      if (strcmp (session->clerk->login, login) == 0)
        session->ended = TRUE;
    }
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdAuth *self = g_task_get_source_object (task);
  PutStaff *op = g_task_get_task_data (task);
  gboolean active;
  GError *error = NULL;

  guichetd_store_write_finish (GUICHETD_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  active = op->staff->clerk->active;
  _guichetd_auth_set_staff (self, g_steal_pointer (&op->staff));
  if (!active || op->hash != NULL)
    _guichetd_auth_end_sessions_of (self, op->clerk->login);
  g_task_return_boolean (task, TRUE);
}

void
guichetd_auth_put_staff_async (GuichetdAuth *self,
                               GuichetClerk *clerk,
                               const char *password,
                               gboolean create,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) hashing = NULL;
  PutStaff *op;
  GError *error = NULL;

  g_return_if_fail (GUICHETD_IS_AUTH (self));

  op =
      put_staff_new (clerk, password, create, &self->options.cost, guichet_clock_now (self->clock));
  g_task_set_source_tag (task, guichetd_auth_put_staff_async);
  g_task_set_task_data (task, op, put_staff_free);
  if (!check (op, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->hasher == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the daemon is ending");
      return;
    }
  if (password == NULL)
    {
      begin_store (self, task);
      return;
    }

  hashing = g_task_new (NULL, NULL, hashed_cb, g_object_ref (task));
  g_task_set_source_tag (hashing, guichetd_auth_put_staff_async);
  g_task_set_task_data (hashing, op, NULL);
  guichet_worker_push (self->hasher, G_PRIORITY_DEFAULT, hashing, hash);
}

gboolean
guichetd_auth_put_staff_finish (GuichetdAuth *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
guichetd_auth_put_staff (GuichetdStore *store,
                         GuichetClock *clock,
                         const GuichetdPasswordCost *cost,
                         GuichetClerk *clerk,
                         const char *password,
                         gboolean create,
                         GError **error)
{
  PutStaff *op = put_staff_new (clerk, password, create, cost, guichet_clock_now (clock));
  gboolean success = check (op, error);

  if (success && password != NULL)
    {
      op->hash = guichetd_password_hash (password, cost, error);
      success = op->hash != NULL;
    }
  success = success && guichetd_store_write (store, store_staff, op, error);
  put_staff_free (op);
  return success;
}
