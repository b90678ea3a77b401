/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing in, sessions, and what changes of staff do to both.
 */
#include "config.h"

#include "office.h"

#include "guichetd-auth.h"
#include "guichetd-staff-store.h"

#define GOOD "un mot de passe assez long"
#define BETTER "encore un autre, plus long"
#define WRONG "celui de quelqu'un d'autre"
#define SECOND G_TIME_SPAN_SECOND

typedef struct
{
  Office office;
  GuichetdAuth *auth;
  GuichetdPasswordCost cost;
} Fixture;

static void
open_auth (Fixture *self)
{
  const GuichetdAuthOptions options = { self->cost, 900, 36000 };
  g_autoptr (GError) error = NULL;

  self->auth = guichetd_auth_new (self->office.store, self->office.clock, &options);
  g_assert_true (guichetd_auth_load (self->auth, &error));
  g_assert_no_error (error);
}

static void
close_auth (Fixture *self)
{
  guichetd_auth_close (self->auth);
  g_clear_object (&self->auth);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->cost = (GuichetdPasswordCost){ GUICHETD_PASSWORD_MEMORY_MIN, 1 };
  office_open (&self->office);
  open_auth (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_auth (self);
  office_close (&self->office);
}

/* Something that is asked for, and what came of it */
typedef struct
{
  gboolean done;
  GuichetdSession *session; /* (owned) (nullable) */
  char *token;              /* (owned) (nullable) */
  GError *error;            /* (owned) (nullable) */
} Asked;

static void
asked_clear (Asked *self)
{
  g_clear_pointer (&self->session, guichetd_session_unref);
  g_clear_pointer (&self->token, g_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  guint retry_after;

  asked->session = guichetd_auth_sign_in_finish (GUICHETD_AUTH (source),
                                                 result,
                                                 &asked->token,
                                                 &retry_after,
                                                 &asked->error);
  asked->done = TRUE;
}

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;

  guichetd_auth_put_staff_finish (GUICHETD_AUTH (source), result, &asked->error);
  asked->done = TRUE;
}

static void
wait (Asked *asked)
{
  while (!asked->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (Fixture *self, Asked *asked, const char *login, const char *password)
{
  guichetd_auth_sign_in_async (self->auth, login, password, "192.0.2.1", NULL, signed_in_cb, asked);
}

static void
sign_in (Fixture *self, Asked *asked, const char *login, const char *password)
{
  ask (self, asked, login, password);
  wait (asked);
}

static GuichetClerk *
new_clerk (const char *login)
{
  GuichetClerk *clerk = guichet_clerk_new ();
  GuichetPost post = { GUICHET_DEPARTMENT_POPULATION, GUICHET_ROLE_CLERK };

  clerk->login = g_strdup (login);
  clerk->name = g_strdup ("Personne");
  clerk->active = TRUE;
  g_array_append_val (clerk->posts, post);
  return clerk;
}

static void
put (Fixture *self,
     Asked *asked,
     const char *login,
     const char *password,
     gboolean create,
     gboolean active)
{
  g_autoptr (GuichetClerk) clerk = new_clerk (login);

  clerk->active = active;
  guichetd_auth_put_staff_async (self->auth, clerk, password, create, put_cb, asked);
}

static void
add (Fixture *self, const char *login)
{
  g_auto (Asked) asked = { 0 };

  put (self, &asked, login, GOOD, TRUE, TRUE);
  wait (&asked);
  g_assert_no_error (asked.error);
}

/* Unknown, barred and wrong: the same words after the same work. */
static void
test_alike (Fixture *self, gconstpointer data)
{
  static const char *const logins[] = { "emile", "nobody.here", "barred", "x", "" };
  g_auto (Asked) barring = { 0 };

  add (self, "emile");
  add (self, "barred");
  put (self, &barring, "barred", NULL, FALSE, FALSE);
  wait (&barring);

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_auto (Asked) asked = { 0 };
      guint before = guichetd_auth_get_hashes (self->auth);

      /* The right one, but where it is wrong. */
      sign_in (self, &asked, logins[i], i == 0 ? WRONG : GOOD);
      g_assert_error (asked.error, GUICHETD_AUTH_ERROR, GUICHETD_AUTH_ERROR_INVALID);
      g_assert_cmpstr (asked.error->message, ==, "wrong login or password");
      g_assert_cmpuint (guichetd_auth_get_hashes (self->auth), ==, before + 1);
      g_assert_null (asked.token);
    }
}

/* Holds the writer up, so that what is asked for meets there in a known order. */
typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean open;
} Barrier;

static gboolean
wait_at_barrier (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Barrier *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!self->open)
    g_cond_wait (&self->changed, &self->lock);
  return TRUE;
}

static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guichetd_store_write_finish (GUICHETD_STORE (source), result, NULL);
}

static void
barrier_close (Barrier *self, GuichetdStore *store)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->open = FALSE;
  guichetd_store_write_async (store, wait_at_barrier, self, NULL, NULL, ignore_cb, NULL);
}

static void
barrier_open (Barrier *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->open = TRUE;
  g_cond_signal (&self->changed);
}

static void
wait_hashes (Fixture *self, guint hashes)
{
  while (guichetd_auth_get_hashes (self->auth) < hashes)
    g_main_context_iteration (NULL, FALSE);
  /* What the hasher ended with has been heard of. */
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* The password is changed, or its owner barred, between the verifying of it and the session. */
static void
test_revoked_meanwhile (Fixture *self, gconstpointer data)
{
  gboolean bar = GPOINTER_TO_INT (data);
  g_auto (Asked) changing = { 0 };
  g_auto (Asked) asked = { 0 };
  g_auto (Asked) again = { 0 };
  Barrier barrier;
  guint hashes;

  add (self, "emile");
  /* The cost is another than before, so the session would also bring a new hash of the old password. */
  close_auth (self);
  self->cost.passes = 2;
  open_auth (self);

  hashes = guichetd_auth_get_hashes (self->auth);
  barrier_close (&barrier, self->office.store);
  put (self, &changing, "emile", bar ? NULL : BETTER, FALSE, !bar);
  ask (self, &asked, "emile", GOOD);
  wait_hashes (self, hashes + (bar ? 1 : 2));
  g_assert_false (asked.done);
  barrier_open (&barrier);
  wait (&changing);
  wait (&asked);
  g_assert_no_error (changing.error);
  g_assert_error (asked.error, GUICHETD_AUTH_ERROR, GUICHETD_AUTH_ERROR_INVALID);
  g_assert_null (asked.token);

  /* Nor does the store think otherwise. */
  close_auth (self);
  g_assert_cmpint (office_number (&self->office, "SELECT count(*) FROM session"), ==, 0);
  open_auth (self);
  sign_in (self, &again, "emile", GOOD);
  g_assert_error (again.error, GUICHETD_AUTH_ERROR, GUICHETD_AUTH_ERROR_INVALID);
  if (!bar)
    {
      g_auto (Asked) good = { 0 };

      sign_in (self, &good, "emile", BETTER);
      g_assert_no_error (good.error);
    }
}

static void
test_sessions_end (Fixture *self, gconstpointer data)
{
  g_auto (Asked) first = { 0 };
  g_auto (Asked) changing = { 0 };
  gboolean expired;

  add (self, "emile");
  sign_in (self, &first, "EMILE", GOOD);
  g_assert_no_error (first.error);
  g_assert_true (guichetd_auth_find (self->auth, first.token, &expired) == first.session);
  g_assert_null (guichetd_auth_find (self->auth, "", &expired));
  g_assert_null (guichetd_auth_find (self->auth, WRONG, &expired));

  /* Other rights leave it, another password does not. */
  put (self, &changing, "emile", NULL, FALSE, TRUE);
  wait (&changing);
  g_assert_nonnull (guichetd_auth_find (self->auth, first.token, &expired));
  changing.done = FALSE;
  put (self, &changing, "emile", BETTER, FALSE, TRUE);
  wait (&changing);
  g_assert_no_error (changing.error);
  g_assert_null (guichetd_auth_find (self->auth, first.token, &expired));
  g_assert_false (expired);
}

static void
test_time_ends_them (Fixture *self, gconstpointer data)
{
  g_auto (Asked) idle = { 0 };
  g_auto (Asked) busy = { 0 };
  gint64 now = OFFICE_NOW;
  gboolean expired;

  add (self, "emile");
  sign_in (self, &idle, "emile", GOOD);
  sign_in (self, &busy, "emile", GOOD);

  /* A quarter of an hour without a question ends one, ten hours any. */
  for (guint i = 0; i < 40; i++)
    {
      guichet_clock_set (self->office.clock, now += 899 * SECOND);
      g_assert_nonnull (guichetd_auth_find (self->auth, busy.token, &expired));
      /* Also over a restart of the daemon. */
      if (i % 13 == 0)
        {
          close_auth (self);
          open_auth (self);
        }
    }
  g_assert_null (guichetd_auth_find (self->auth, idle.token, &expired));
  guichet_clock_set (self->office.clock, OFFICE_NOW + 36000 * SECOND - 1);
  g_assert_nonnull (guichetd_auth_find (self->auth, busy.token, &expired));
  guichet_clock_set (self->office.clock, OFFICE_NOW + 36000 * SECOND);
  g_assert_null (guichetd_auth_find (self->auth, busy.token, &expired));
  g_assert_true (expired);
  g_assert_null (guichetd_auth_find (self->auth, busy.token, &expired));
  g_assert_true (expired);
}

/* Twenty windows, and the one that was not used for longest gives way. */
static void
test_many_windows (Fixture *self, gconstpointer data)
{
  char *tokens[21];
  gboolean expired;

  add (self, "emile");
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_auto (Asked) asked = { 0 };

      guichet_clock_set (self->office.clock, OFFICE_NOW + i * SECOND);
      sign_in (self, &asked, "emile", GOOD);
      g_assert_no_error (asked.error);
      tokens[i] = g_steal_pointer (&asked.token);
      if (i == 10)
        g_assert_nonnull (guichetd_auth_find (self->auth, tokens[0], &expired));
    }
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_assert_true ((guichetd_auth_find (self->auth, tokens[i], &expired) != NULL) == (i != 1));
      g_free (tokens[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, function) \
  g_test_add ("/server/auth/" name, Fixture, data, set_up, function, tear_down)
  ADD ("alike", NULL, test_alike);
  ADD ("changed-meanwhile", GINT_TO_POINTER (FALSE), test_revoked_meanwhile);
  ADD ("barred-meanwhile", GINT_TO_POINTER (TRUE), test_revoked_meanwhile);
  ADD ("sessions-end", NULL, test_sessions_end);
  ADD ("time-ends-them", NULL, test_time_ends_them);
  ADD ("many-windows", NULL, test_many_windows);

  return g_test_run ();
}
