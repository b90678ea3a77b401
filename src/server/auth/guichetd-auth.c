/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is who: sessions.
 */
#define G_LOG_DOMAIN "guichetd-auth"

#include "config.h"

#include "guichetd-auth-private.h"
#include "guichetd-store-private.h"

#include <sodium.h>
#include <string.h>

/* Seconds between two looks at sessions: so much at most is an end or a last use late in the store. */
#define TICK 60

/* Microseconds for which a session that expired is remembered, to say so instead of "unknown". */
#define REMEMBER (8 * G_TIME_SPAN_HOUR)

/* Length of a token: 32 bytes in base64url without padding. */
#define TOKEN_LENGTH 43

enum
{
  SIGNAL_STAFF_CHANGED,
  SIGNAL_SESSION_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetdAuth, guichetd_auth, G_TYPE_OBJECT)

G_DEFINE_QUARK (guichetd-auth-error, guichetd_auth_error);

/* What the store must hear of sessions. */
typedef struct
{
  GPtrArray *used;  /* of GuichetdSessionRow */
  GPtrArray *ended; /* of GuichetdSessionRow */
} SessionNews;

static void
session_news_free (gpointer data)
{
  SessionNews *self = data;

  g_ptr_array_unref (self->used);
  g_ptr_array_unref (self->ended);
  g_free (self);
}

static SessionNews *
session_news_new (void)
{
  SessionNews *self = g_new0 (SessionNews, 1);

  self->used = g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_session_row_free);
  self->ended = g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_session_row_free);
  return self;
}

/* In the writer */
static gboolean
write_session_news (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  const SessionNews *news = data;

  for (guint i = 0; i < news->used->len; i++)
    if (!guichetd_session_store_touch (db, g_ptr_array_index (news->used, i), error))
      return FALSE;
  for (guint i = 0; i < news->ended->len; i++)
    {
      const GuichetdSessionRow *row = g_ptr_array_index (news->ended, i);

      if (!guichetd_session_store_remove (db, row->digest, error))
        return FALSE;
    }
  return TRUE;
}

static guint
digest_hash (gconstpointer key)
{
  guint hash;

  /* A digest is as good as random. */
  memcpy (&hash, key, sizeof hash);
  return hash;
}

static gboolean
digest_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, GUICHETD_SESSION_DIGEST) == 0;
}

static gboolean
is_over (GuichetdAuth *self, const GuichetdSession *session, gint64 now)
{
  return now >= session->expires ||
         now - session->used >= (gint64) self->options.idle * G_TIME_SPAN_SECOND;
}

/* Ends what is over, forgets what was, gathers what the store does not know yet. */
static SessionNews *
look_at_sessions (GuichetdAuth *self)
{
  g_autoptr (GPtrArray) over =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_session_unref);
  SessionNews *news = session_news_new ();
  gint64 now = guichet_clock_now (self->clock);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GuichetdSession *session = value;

      if (session->ended)
        {
          if (now - session->used > REMEMBER)
            g_hash_table_iter_remove (&iter);
        }
      else if (is_over (self, session, now))
        {
          g_ptr_array_add (over, guichetd_session_ref (session));
        }
      else if (session->used != session->saved)
        {
          session->saved = session->used;
          g_ptr_array_add (news->used, _guichetd_auth_row (session));
        }
    }

  for (guint i = 0; i < over->len; i++)
    {
      GuichetdSession *session = g_ptr_array_index (over, i);

      session->ended = TRUE;
      g_ptr_array_add (news->ended, _guichetd_auth_row (session));
      g_signal_emit (self, signals[SIGNAL_SESSION_ENDED], 0, session);
    }
  return news;
}

static void
wrote_news_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  guichetd_store_write_finish (GUICHETD_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("writing the state of sessions: %s", error->message);
}

static void
write_news (GuichetdAuth *self, SessionNews *news)
{
  if (news->used->len + news->ended->len == 0)
    {
      session_news_free (news);
      return;
    }
  guichetd_store_write_async (self->store,
                              write_session_news,
                              news,
                              session_news_free,
                              NULL,
                              wrote_news_cb,
                              NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  GuichetdAuth *self = user_data;

  write_news (self, look_at_sessions (self));
  return G_SOURCE_CONTINUE;
}

/* In a reader, or rather before the main loop */
typedef struct
{
  GPtrArray *staff;    /* (owned) of GuichetdStaff */
  GPtrArray *sessions; /* (owned) of GuichetdSessionRow */
  GuichetdKey card_key;
} Loaded;

static gboolean
read_all (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Loaded *loaded = data;

  loaded->card_key =
      *guichetd_keys_get_secret (guichetd_store_get_keys (store), GUICHETD_SECRET_CARD);
  loaded->staff = guichetd_staff_store_list (db, error);
  if (loaded->staff == NULL)
    return FALSE;
  loaded->sessions = guichetd_session_store_list (db, error);
  return loaded->sessions != NULL;
}

static void
load_session (GuichetdAuth *self, const GuichetdSessionRow *row)
{
  const GuichetdStaff *staff = g_hash_table_lookup (self->staff, row->login);
  GuichetdSession *session;

  if (staff == NULL || !staff->clerk->active)
    return;
  session = guichetd_session_new (staff->clerk, staff->epoch, row->created, row->expires);
  session->used = row->used;
  session->saved = row->used;
  memcpy (session->digest, row->digest, sizeof session->digest);
  g_hash_table_insert (self->sessions, session->digest, session);
}

static int
compare_clerks (gconstpointer a, gconstpointer b)
{
  const GuichetClerk *first = *(const GuichetClerk *const *) a;
  const GuichetClerk *second = *(const GuichetClerk *const *) b;

  return strcmp (first->login, second->login);
}

void
_guichetd_auth_digest (const char *token, guint8 digest[GUICHETD_SESSION_DIGEST])
{
  crypto_generichash (digest,
                      GUICHETD_SESSION_DIGEST,
                      (const guint8 *) token,
                      strlen (token),
                      NULL,
                      0);
}

GuichetdSessionRow *
_guichetd_auth_row (GuichetdSession *session)
{
  GuichetdSessionRow *row = g_new0 (GuichetdSessionRow, 1);

  memcpy (row->digest, session->digest, sizeof row->digest);
  row->login = g_strdup (session->clerk->login);
  row->created = session->created;
  row->used = session->used;
  row->expires = session->expires;
  return row;
}

void
_guichetd_auth_add_session (GuichetdAuth *self, GuichetdSession *session)
{
  const GuichetdStaff *staff = g_hash_table_lookup (self->staff, session->clerk->login);

  /* Their rights may have changed while the store was at work. */
  guichet_clerk_unref (session->clerk);
  session->clerk = guichet_clerk_ref (staff->clerk);
  session->epoch = staff->epoch;
  g_hash_table_insert (self->sessions, session->digest, guichetd_session_ref (session));
}

void
_guichetd_auth_end_session (GuichetdAuth *self, GuichetdSession *session)
{
  SessionNews *news;

  if (session->ended)
    return;
  session->ended = TRUE;
  news = session_news_new ();
  g_ptr_array_add (news->ended, _guichetd_auth_row (session));
  write_news (self, news);
  g_signal_emit (self, signals[SIGNAL_SESSION_ENDED], 0, session);
}

/* Whether what everybody is told of them is something else; a password or a card is not. */
static gboolean
is_told_otherwise (const GuichetdStaff *before, const GuichetdStaff *now)
{
  return before == NULL || before->epoch != now->epoch ||
         before->clerk->active != now->clerk->active ||
         before->clerk->language != now->clerk->language ||
         strcmp (before->clerk->name, now->clerk->name) != 0;
}

void
_guichetd_auth_set_staff (GuichetdAuth *self, GuichetdStaff *staff)
{
  GuichetClerk *clerk = staff->clerk;
  const GuichetdStaff *known = g_hash_table_lookup (self->staff, clerk->login);
  const gboolean told = is_told_otherwise (known, staff);
  g_autofree char *login = g_strdup (clerk->login);
  gint64 epoch = staff->epoch;
  GHashTableIter iter;
  gpointer value;

  if (known != NULL)
    g_ptr_array_remove (self->clerks, known->clerk);
  g_ptr_array_add (self->clerks, guichet_clerk_ref (clerk));
  g_ptr_array_sort (self->clerks, compare_clerks);
  g_hash_table_replace (self->staff, clerk->login, staff);

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GuichetdSession *session = value;

      if (strcmp (session->clerk->login, login) != 0)
        continue;
      guichet_clerk_unref (session->clerk);
      session->clerk = guichet_clerk_ref (clerk);
      session->epoch = epoch;
    }
  if (told)
    g_signal_emit (self, signals[SIGNAL_STAFF_CHANGED], 0);
}

static void
guichetd_auth_dispose (GObject *object)
{
  GuichetdAuth *self = GUICHETD_AUTH (object);

  guichetd_auth_close (self);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (guichetd_auth_parent_class)->dispose (object);
}

static void
guichetd_auth_finalize (GObject *object)
{
  GuichetdAuth *self = GUICHETD_AUTH (object);

  g_hash_table_unref (self->sessions);
  g_ptr_array_unref (self->starting);
  g_ptr_array_unref (self->clerks);
  g_hash_table_unref (self->staff);
  guichetd_throttle_free (self->throttle);
  g_free (self->dummy);

  G_OBJECT_CLASS (guichetd_auth_parent_class)->finalize (object);
}

static void
guichetd_auth_class_init (GuichetdAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichetd_auth_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichetd_auth_finalize;

  signals[SIGNAL_STAFF_CHANGED] = g_signal_new ("staff-changed",
                                                GUICHETD_TYPE_AUTH,
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                0);
  signals[SIGNAL_SESSION_ENDED] = g_signal_new ("session-ended",
                                                GUICHETD_TYPE_AUTH,
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                1,
                                                G_TYPE_POINTER);
}

static void
guichetd_auth_init (GuichetdAuth *self)
{
  self->throttle = guichetd_throttle_new ();
  self->starting = g_ptr_array_new ();
  self->staff =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) guichetd_staff_free);
  self->clerks = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_clerk_unref);
  self->sessions = g_hash_table_new_full (digest_hash,
                                          digest_equal,
                                          NULL,
                                          (GDestroyNotify) guichetd_session_unref);
}

GuichetdAuth *
guichetd_auth_new (GuichetdStore *store, GuichetClock *clock, const GuichetdAuthOptions *options)
{
  GuichetdAuth *self = g_object_new (GUICHETD_TYPE_AUTH, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  if (options != NULL)
    self->options = *options;
  if (self->options.cost.memory == 0)
    self->options.cost = guichetd_password_cost_default;
  if (self->options.idle == 0)
    self->options.idle = 900;
  if (self->options.absolute == 0)
    self->options.absolute = 36000;
  self->hasher = guichet_worker_new ("hasher");
  return self;
}

gboolean
guichetd_auth_load (GuichetdAuth *self, GError **error)
{
  Loaded loaded = { 0 };
  gboolean success;

  g_return_val_if_fail (GUICHETD_IS_AUTH (self), FALSE);
  g_return_val_if_fail (self->tick == NULL, FALSE);

  /* Made at the cost of all others, so that it takes as long; of a password that nobody has. */
  self->dummy = guichetd_password_hash ("nobody has this password", &self->options.cost, error);
  if (self->dummy == NULL)
    return FALSE;

  success = guichetd_store_read (self->store, read_all, &loaded, error);
  if (success)
    {
      self->card_key = loaded.card_key;
      g_ptr_array_set_free_func (loaded.staff, NULL);
      for (guint i = 0; i < loaded.staff->len; i++)
        _guichetd_auth_set_staff (self, g_ptr_array_index (loaded.staff, i));
      for (guint i = 0; i < loaded.sessions->len; i++)
        load_session (self, g_ptr_array_index (loaded.sessions, i));

      self->tick = g_timeout_source_new_seconds (TICK);
      g_source_set_callback (self->tick, tick_cb, self, NULL);
      g_source_attach (self->tick, g_main_context_get_thread_default ());
    }
  g_clear_pointer (&loaded.staff, g_ptr_array_unref);
  g_clear_pointer (&loaded.sessions, g_ptr_array_unref);
  return success;
}

void
guichetd_auth_close (GuichetdAuth *self)
{
  g_return_if_fail (GUICHETD_IS_AUTH (self));

  if (self->hasher != NULL)
    guichet_worker_shutdown (self->hasher);
  g_clear_object (&self->hasher);

  if (self->tick != NULL)
    {
      g_autoptr (GError) error = NULL;
      SessionNews *news = look_at_sessions (self);

      if (!guichetd_store_write (self->store, write_session_news, news, &error))
        g_warning ("writing the state of sessions: %s", error->message);
      session_news_free (news);
      g_source_destroy (self->tick);
      g_clear_pointer (&self->tick, g_source_unref);
    }
}

GuichetdSession *
guichetd_auth_find (GuichetdAuth *self, const char *token, gboolean *ret_expired)
{
  guint8 digest[GUICHETD_SESSION_DIGEST];
  GuichetdSession *session;
  gint64 now;

  *ret_expired = FALSE;
  if (strlen (token) != TOKEN_LENGTH)
    return NULL;

  _guichetd_auth_digest (token, digest);
  session = g_hash_table_lookup (self->sessions, digest);
  if (session == NULL)
    return NULL;

  now = guichet_clock_now (self->clock);
  if (!session->ended && is_over (self, session, now))
    _guichetd_auth_end_session (self, session);
  if (session->ended)
    {
      /* One that was ended before its time did not expire. */
      *ret_expired = is_over (self, session, now);
      return NULL;
    }
  session->used = MAX (session->used, now);
  return session;
}

gboolean
guichetd_auth_is_alive (GuichetdAuth *self, GuichetdSession *session)
{
  if (!session->ended && is_over (self, session, guichet_clock_now (self->clock)))
    _guichetd_auth_end_session (self, session);
  return !session->ended;
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  guichetd_store_write_finish (GUICHETD_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
guichetd_auth_sign_out_async (GuichetdAuth *self,
                              GuichetdSession *session,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GuichetdSession) kept = guichetd_session_ref (session);
  SessionNews *news = session_news_new ();

  g_task_set_source_tag (task, guichetd_auth_sign_out_async);
  g_ptr_array_add (news->ended, _guichetd_auth_row (session));
  if (!session->ended)
    {
      session->ended = TRUE;
      g_hash_table_remove (self->sessions, session->digest);
      g_signal_emit (self, signals[SIGNAL_SESSION_ENDED], 0, session);
    }
  guichetd_store_write_async (self->store,
                              write_session_news,
                              news,
                              session_news_free,
                              NULL,
                              signed_out_cb,
                              g_steal_pointer (&task));
}

gboolean
guichetd_auth_sign_out_finish (GuichetdAuth *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
guichetd_auth_get_staff (GuichetdAuth *self)
{
  g_return_val_if_fail (GUICHETD_IS_AUTH (self), NULL);

  return self->clerks;
}

GuichetClerk *
guichetd_auth_get_clerk (GuichetdAuth *self, const char *login)
{
  const GuichetdStaff *staff;

  g_return_val_if_fail (GUICHETD_IS_AUTH (self), NULL);

  staff = g_hash_table_lookup (self->staff, login);
  return staff != NULL ? staff->clerk : NULL;
}

guint
guichetd_auth_get_hashes (GuichetdAuth *self)
{
  g_return_val_if_fail (GUICHETD_IS_AUTH (self), 0);

  return (guint) g_atomic_int_get (&self->hashes);
}
