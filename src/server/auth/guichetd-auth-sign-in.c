/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing in: throttle, password, session; the same work and the same answer whoever tries.
 */
#define G_LOG_DOMAIN "guichetd-auth"

#include "config.h"

#include "guichetd-auth-private.h"

#include <sodium.h>
#include <string.h>

/* Sign-ins that may wait for the hasher: at 80 ms each, ten seconds. */
#define MAX_WAITING 128

/* Sessions of one clerk; the one that was not used for longest gives way. */
#define MAX_SESSIONS 20

#define TOKEN_BYTES 32

typedef struct
{
  /* Input */
  char *login;    /* (owned): or, of a card, what attempts are counted under */
  char *password; /* (owned) (nullable): wiped */
  char *source;   /* (owned) */
  GuichetdPasswordCost cost;
  gint *hashes; /* (borrowed): of the object, which the outer task holds */

  /* In progress */
  char *hash;   /* (owned) (nullable): of the clerk, or of nobody */
  gboolean ran; /* the hasher came to it */
  gboolean right;
  char *new_hash; /* (owned) (nullable): where the cost is another than before */

  /* Output */
  char *token; /* (owned) (nullable) */
  guint retry_after;
  GuichetdSession *session; /* (owned) (nullable) */
} SignIn;

/* What the writer is given of it. */
typedef struct
{
  GuichetdSessionRow *row;
  char *hash;     /* (nullable): that the password was held against */
  char *new_hash; /* (nullable) */
} NewSession;

static void verified_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void stored_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
wipe (char *text)
{
  if (text == NULL)
    return;
  sodium_memzero (text, strlen (text));
  g_free (text);
}

static void
sign_in_free (gpointer data)
{
  SignIn *self = data;

  g_free (self->login);
  wipe (self->password);
  g_free (self->source);
  g_free (self->hash);
  g_free (self->new_hash);
  wipe (self->token);
  g_clear_pointer (&self->session, guichetd_session_unref);
  g_free (self);
}

static void
new_session_free (gpointer data)
{
  NewSession *self = data;

  guichetd_session_row_free (self->row);
  g_free (self->hash);
  g_free (self->new_hash);
  g_free (self);
}

/* In the hasher */
static void
verify (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  SignIn *op = task_data;

  op->ran = TRUE;
  g_atomic_int_inc (op->hashes);
  op->right = guichetd_password_verify (op->hash, op->password);
  if (op->right && guichetd_password_is_weaker (op->hash, &op->cost))
    op->new_hash = guichetd_password_hash (op->password, &op->cost, NULL);
  g_task_return_boolean (task, TRUE);
}

/* In the writer */
static gboolean
store_session (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  NewSession *new_session = data;

  if (new_session->new_hash != NULL && !guichetd_staff_store_renew_hash (db,
                                                                         new_session->row->login,
                                                                         new_session->hash,
                                                                         new_session->new_hash,
                                                                         error))
    return FALSE;
  return guichetd_session_store_add (db, new_session->row, error);
}

static char *
make_token (void)
{
  guint8 bytes[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  char *token;

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text,
                     sizeof text,
                     bytes,
                     sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  token = g_strdup (text);
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (text, sizeof text);
  return token;
}

static void
make_room (GuichetdAuth *self, const char *login)
{
  GuichetdSession *oldest = NULL;
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GuichetdSession *session = value;

      if (session->ended || strcmp (session->clerk->login, login) != 0)
        continue;
      n++;
      if (oldest == NULL || session->used < oldest->used)
        oldest = session;
    }
  if (n >= MAX_SESSIONS)
    _guichetd_auth_end_session (self, oldest);
}

static void
begin_session (GuichetdAuth *self, GTask *task, const GuichetdStaff *staff)
{
  SignIn *op = g_task_get_task_data (task);
  NewSession *new_session = g_new0 (NewSession, 1);
  gint64 now = guichet_clock_now (self->clock);

  op->token = make_token ();
  op->session = guichetd_session_new (staff->clerk,
                                      staff->epoch,
                                      now,
                                      now + (gint64) self->options.absolute * G_TIME_SPAN_SECOND);
  _guichetd_auth_digest (op->token, op->session->digest);

  new_session->row = _guichetd_auth_row (op->session);
  new_session->hash = g_strdup (op->hash);
  new_session->new_hash = g_strdup (op->new_hash);
  g_ptr_array_add (self->starting, op->session);
  guichetd_store_write_async (self->store,
                              store_session,
                              new_session,
                              new_session_free,
                              NULL,
                              stored_cb,
                              g_object_ref (task));
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdAuth *self = g_task_get_source_object (task);
  SignIn *op = g_task_get_task_data (task);
  const GuichetdStaff *staff;
  GError *error = NULL;

  self->waiting--;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* Whoever does not wait for the answer has guessed all the same. */
      if (op->ran && !op->right)
        guichetd_throttle_failed (self->throttle, op->login, op->source);
      else
        guichetd_throttle_withdraw (self->throttle, op->login, op->source);
      g_task_return_error (task, error);
      return;
    }

  /* As they are now: they may have changed while the hasher was at work. */
  staff = g_hash_table_lookup (self->staff, op->login);
  if (!op->right || staff == NULL || !staff->clerk->active ||
      strcmp (staff->password, op->hash) != 0)
    {
      guichetd_throttle_failed (self->throttle, op->login, op->source);
      g_task_return_new_error (task,
                               GUICHETD_AUTH_ERROR,
                               GUICHETD_AUTH_ERROR_INVALID,
                               "wrong login or password");
      return;
    }

  guichetd_throttle_succeeded (self->throttle,
                               op->login,
                               op->source,
                               guichet_clock_now (self->clock));
  make_room (self, op->login);
  begin_session (self, task, staff);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdAuth *self = g_task_get_source_object (task);
  SignIn *op = g_task_get_task_data (task);
  GuichetdStaff *staff = g_hash_table_lookup (self->staff, op->login);
  GError *error = NULL;

  g_ptr_array_remove (self->starting, op->session);
  guichetd_store_write_finish (GUICHETD_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (op->new_hash != NULL && strcmp (staff->password, op->hash) == 0)
    {
      g_free (staff->password);
      staff->password = g_steal_pointer (&op->new_hash);
    }
  if (op->session->ended)
    {
      /* Revoked before it began: the store is to forget what it has just been told. */
      op->session->ended = FALSE;
      _guichetd_auth_end_session (self, op->session);
      g_task_return_new_error (task,
                               GUICHETD_AUTH_ERROR,
                               GUICHETD_AUTH_ERROR_INVALID,
                               "wrong login or password");
      return;
    }
  _guichetd_auth_add_session (self, op->session);
  g_task_return_boolean (task, TRUE);
}

void
guichetd_auth_sign_in_async (GuichetdAuth *self,
                             const char *login,
                             const char *password,
                             const char *source,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) hashing = NULL;
  SignIn *op = g_new0 (SignIn, 1);
  const GuichetdStaff *staff;

  g_return_if_fail (GUICHETD_IS_AUTH (self));

  g_task_set_source_tag (task, guichetd_auth_sign_in_async);
  g_task_set_task_data (task, op, sign_in_free);
  op->login = g_ascii_strdown (login, -1);
  op->password = g_strdup (password);
  op->source = g_strdup (source);
  op->cost = self->options.cost;
  op->hashes = &self->hashes;

  if (self->waiting >= MAX_WAITING || self->hasher == NULL)
    {
      op->retry_after = 10;
      g_task_return_new_error (task, GUICHETD_AUTH_ERROR, GUICHETD_AUTH_ERROR_BUSY, "busy");
      return;
    }
  op->retry_after =
      guichetd_throttle_begin (self->throttle, op->login, source, guichet_clock_now (self->clock));
  if (op->retry_after > 0)
    {
      g_task_return_new_error (task,
                               GUICHETD_AUTH_ERROR,
                               GUICHETD_AUTH_ERROR_THROTTLED,
                               "too many failures");
      return;
    }

  staff = g_hash_table_lookup (self->staff, op->login);
  op->hash = g_strdup (staff != NULL ? staff->password : self->dummy);

  /* Without the object as its source: its last reference must not be dropped in the hasher. */
  hashing = g_task_new (NULL, cancellable, verified_cb, g_object_ref (task));
  g_task_set_source_tag (hashing, guichetd_auth_sign_in_async);
  g_task_set_task_data (hashing, op, NULL);
  self->waiting++;
  guichet_worker_push (self->hasher, G_PRIORITY_DEFAULT, hashing, verify);
}

/* By card */

static gboolean
has_verdict (const GuichetIdentityCheck *check, const char *kind)
{
  for (guint i = 0; i < check->verdicts->len; i++)
    if (g_str_equal (((const GuichetVerdict *) g_ptr_array_index (check->verdicts, i))->kind, kind))
      return TRUE;
  return FALSE;
}

/* Nobody answers any more for what had its time: it may have been revoked, and would not be known. */
static gboolean
has_expired (const GuichetIdentityCheck *check, EidFile file)
{
  for (guint i = 0; i < check->verdicts->len; i++)
    {
      const GuichetVerdict *verdict = g_ptr_array_index (check->verdicts, i);

      if (g_str_equal (verdict->kind, "certificateExpired") &&
          g_strcmp0 (verdict->file, eid_file_word (file)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Genuine, and held against nobody: no request is asked about here. */
static gboolean
is_right (GuichetdAuth *self, const GuichetIdentityCheck *check)
{
  return check->finding == GUICHET_FINDING_UNPROVED &&
         check->method == GUICHET_METHOD_CARD_AND_PIN &&
         !has_expired (check, EID_FILE_AUTHENTICATION_CERTIFICATE) &&
         !has_expired (check, EID_FILE_CA_CERTIFICATE) &&
         !(self->options.card_revocation && has_verdict (check, "revocationUnknown"));
}

static void
refuse_card (GuichetdAuth *self, GTask *task)
{
  SignIn *op = g_task_get_task_data (task);

  guichetd_throttle_failed (self->throttle, op->login, op->source);
  g_task_return_new_error (task,
                           GUICHETD_AUTH_ERROR,
                           GUICHETD_AUTH_ERROR_INVALID,
                           "the card signs nobody in");
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdAuth *self = g_task_get_source_object (task);
  SignIn *op = g_task_get_task_data (task);
  g_autoptr (GuichetIdentityCheck) check = NULL;
  g_autoptr (GuichetCardPerson) person = NULL;
  const GuichetdStaff *staff = NULL;
  GError *error = NULL;

  self->waiting--;
  check = guichetd_card_judge_judge_finish (GUICHETD_CARD_JUDGE (source), result, &person, &error);
  if (check == NULL)
    {
      guichetd_throttle_withdraw (self->throttle, op->login, op->source);
      g_task_return_error (task, error);
      return;
    }

  if (person != NULL && person->niss != NULL && is_right (self, check))
    staff = _guichetd_auth_find_card (self, person->niss);
  if (staff == NULL || !staff->clerk->active)
    {
      refuse_card (self, task);
      return;
    }

  guichetd_throttle_succeeded (self->throttle,
                               op->login,
                               op->source,
                               guichet_clock_now (self->clock));
  g_free (op->login);
  op->login = g_strdup (staff->clerk->login);
  make_room (self, op->login);
  begin_session (self, task, staff);
}

void
guichetd_auth_sign_in_card_async (GuichetdAuth *self,
                                  GuichetdCardJudge *judge,
                                  GuichetdCard *card,
                                  const char *source,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GuichetdCard) kept = card;
  char *number = guichetd_card_get_number (card);
  SignIn *op = g_new0 (SignIn, 1);

  g_task_set_source_tag (task, guichetd_auth_sign_in_card_async);
  g_task_set_task_data (task, op, sign_in_free);
  op->login = _guichetd_auth_card_name (self, number != NULL ? number : "");
  op->source = g_strdup (source);
  wipe (number);

  if (self->waiting >= MAX_WAITING)
    {
      op->retry_after = 10;
      g_task_return_new_error (task, GUICHETD_AUTH_ERROR, GUICHETD_AUTH_ERROR_BUSY, "busy");
      return;
    }
  op->retry_after =
      guichetd_throttle_begin (self->throttle, op->login, source, guichet_clock_now (self->clock));
  if (op->retry_after > 0)
    {
      g_task_return_new_error (task,
                               GUICHETD_AUTH_ERROR,
                               GUICHETD_AUTH_ERROR_THROTTLED,
                               "too many failures");
      return;
    }

  /* No answer can be right then: nothing is to be judged, nor anybody to be asked about it. */
  if (card->challenge == NULL || card->pin_proof == NULL)
    {
      refuse_card (self, task);
      return;
    }

  self->waiting++;
  guichetd_card_judge_judge_async (judge,
                                   g_steal_pointer (&kept),
                                   NULL,
                                   cancellable,
                                   judged_cb,
                                   g_steal_pointer (&task));
}

GuichetdSession *
guichetd_auth_sign_in_finish (GuichetdAuth *self,
                              GAsyncResult *result,
                              char **ret_token,
                              guint *ret_retry_after,
                              GError **error)
{
  SignIn *op;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  op = g_task_get_task_data (G_TASK (result));
  *ret_retry_after = op->retry_after;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  *ret_token = g_steal_pointer (&op->token);
  return g_steal_pointer (&op->session);
}
