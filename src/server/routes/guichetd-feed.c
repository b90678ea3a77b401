/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tells every open window that there is something new for it.
 *
 * An event is noted by its procedure, which is all that decides who may list it; when news have been
 * gathered, each window is told the number of the newest one that is its to see. Windows of
 * one department get the same bytes, which are made once. What came before the feed began, each
 * that comes is told out of the journal.
 */
#define G_LOG_DOMAIN "guichetd-feed"

#include "config.h"

#include "guichetd-feed.h"

#include "guichetd-routes-private.h"

#include <string.h>

/* Milliseconds for which news are gathered, counted from the last time that some were told. */
#define GATHER 100
/* Milliseconds that the first news wait for those that come with them. */
#define GATHER_MIN 5

#define HEARTBEAT 15000

/* Streams of one session: a window has one, but whoever has more must leave connections to others. */
#define MAX_STREAMS 512

/* The newest event about a procedure. */
typedef struct
{
  char *procedure; /* (owned) */
  GuichetDepartment department;
  gboolean restricted;
  gint64 number;
} News;

typedef struct
{
  GList link;                 /* in the feed's queue */
  GuichetdFeed *feed;         /* (borrowed) */
  GuichetdExchange *exchange; /* (owned) */
  GuichetdSession *session;   /* (owned) */
  gint64 told;                /* number that it knows of */
} Subscriber;

struct _GuichetdFeed
{
  GObject parent_instance;

  /* Given */
  GuichetdEngine *engine; /* (owned) */
  GuichetdAuth *auth;     /* (owned) */
  GuichetClock *clock;    /* (owned) */
  guint heartbeat;

  /* Owned */
  GHashTable *news;   /* of News, by procedure: since the feed began */
  GQueue subscribers; /* of Subscriber, by their links */
  GSource *gathering; /* (nullable): set while there are news to tell */
  GSource *beating;   /* (nullable): set while somebody listens */

  /* In progress */
  gint64 flushed; /* monotonic µs: when news were told last */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (GuichetdFeed, guichetd_feed, G_TYPE_OBJECT)

/* A window that comes. */
typedef struct
{
  GuichetdFeed *feed;         /* (owned) */
  GuichetdExchange *exchange; /* (owned) */
  gint64 after;
} Arrival;

static void newest_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
arrival_free (Arrival *self)
{
  g_object_unref (self->feed);
  guichetd_exchange_unref (self->exchange);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static void
news_free (gpointer data)
{
  News *self = data;

  g_free (self->procedure);
  g_free (self);
}

static GSource *
start_timer (guint interval, GSourceFunc func, gpointer user_data)
{
  GSource *source = g_timeout_source_new (interval);

  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
stop_timer (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
may_see (const Subscriber *subscriber, const News *news)
{
  return guichet_clerk_can (subscriber->session->clerk,
                            GUICHET_CAN_LIST,
                            news->department,
                            news->procedure,
                            news->restricted);
}

/* The number of the newest event that is theirs to see and newer than what they know. */
static gint64
newest_for (GuichetdFeed *self, const Subscriber *subscriber)
{
  gint64 newest = subscriber->told;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->news);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const News *news = value;

      if (news->number > newest && may_see (subscriber, news))
        newest = news->number;
    }
  return newest;
}

/* Writes what windows that know of the same event are told alike. */
typedef GBytes *(*Writer) (gint64 number, const char *now);

static GBytes *
write_changed (gint64 number, const char *now)
{
  char *text = g_strdup_printf ("id: %" G_GINT64_FORMAT
                                "\nevent: changed\ndata: {\"last\":%" G_GINT64_FORMAT "}\n\n",
                                number,
                                number);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
write_heartbeat (gint64 number, const char *now)
{
  char *text =
      g_strdup_printf ("event: heartbeat\ndata: {\"now\":\"%s\",\"last\":%" G_GINT64_FORMAT "}\n\n",
                       now,
                       number);

  return g_bytes_new_take (text, strlen (text));
}

static GHashTable *
shared_new (void)
{
  return g_hash_table_new_full (g_int64_hash,
                                g_int64_equal,
                                g_free,
                                (GDestroyNotify) g_bytes_unref);
}

/* The bytes for @number, written where nobody before needed them. */
static GBytes *
shared (GHashTable *written, gint64 number, Writer write, const char *now)
{
  GBytes *bytes = g_hash_table_lookup (written, &number);

  if (bytes == NULL)
    {
      bytes = write (number, now);
      g_hash_table_insert (written, g_memdup2 (&number, sizeof number), bytes);
    }
  return bytes;
}

static void
push_epoch (Subscriber *subscriber)
{
  char *text;
  g_autoptr (GBytes) bytes = NULL;

  text = g_strdup_printf ("event: epoch\ndata: {\"epoch\":%" G_GINT64_FORMAT "}\n\n",
                          subscriber->session->epoch);
  bytes = g_bytes_new_take (text, strlen (text));
  guichetd_exchange_push (subscriber->exchange, bytes);
}

static gboolean
gathered_cb (gpointer user_data)
{
  GuichetdFeed *self = user_data;
  g_autoptr (GHashTable) written = shared_new ();

  g_clear_pointer (&self->gathering, g_source_unref);
  self->flushed = g_get_monotonic_time ();
  for (GList *l = self->subscribers.head; l != NULL; l = l->next)
    {
      Subscriber *subscriber = l->data;
      gint64 newest = newest_for (self, subscriber);

      if (newest == subscriber->told)
        continue;
      subscriber->told = newest;
      guichetd_exchange_push (subscriber->exchange, shared (written, newest, write_changed, NULL));
    }
  return G_SOURCE_REMOVE;
}

static gboolean
beat_cb (gpointer user_data)
{
  GuichetdFeed *self = user_data;
  g_autoptr (GHashTable) written = shared_new ();
  g_autofree char *now = guichet_instant_text (guichet_clock_now (self->clock));
  GList *next;

  for (GList *l = self->subscribers.head; l != NULL; l = next)
    {
      Subscriber *subscriber = l->data;

      next = l->next;
      /* One that has ended was ended by the signal of its end. */
      if (guichetd_auth_is_alive (self->auth, subscriber->session))
        guichetd_exchange_push (subscriber->exchange,
                                shared (written, subscriber->told, write_heartbeat, now));
    }
  return G_SOURCE_CONTINUE;
}

static void
appended_cb (GuichetdEngine *engine,
             gint64 number,
             GuichetDepartment department,
             const char *procedure,
             GuichetdFeed *self)
{
  News *news = g_hash_table_lookup (self->news, procedure);
  gint64 wait;

  if (news == NULL)
    {
      const GuichetProcedure *known =
          guichet_catalogue_find (guichetd_engine_get_catalogue (engine), procedure);

      news = g_new0 (News, 1);
      news->procedure = g_strdup (procedure);
      /* One that left the catalogue is nobody's to see but who is named for it. */
      news->restricted = known == NULL || known->restricted;
      g_hash_table_insert (self->news, news->procedure, news);
    }
  news->department = department;
  news->number = MAX (news->number, number);

  if (self->gathering != NULL || self->subscribers.length == 0)
    return;
  wait = GATHER - (g_get_monotonic_time () - self->flushed) / 1000;
  self->gathering = start_timer ((guint) CLAMP (wait, GATHER_MIN, GATHER), gathered_cb, self);
}

static void
staff_changed_cb (GuichetdAuth *auth, GuichetdFeed *self)
{
  for (GList *l = self->subscribers.head; l != NULL; l = l->next)
    push_epoch (l->data);
}

static void
session_ended_cb (GuichetdAuth *auth, GuichetdSession *session, GuichetdFeed *self)
{
  for (GList *l = self->subscribers.head; l != NULL; l = l->next)
    {
      Subscriber *subscriber = l->data;

      if (subscriber->session == session)
        guichetd_exchange_end_stream (subscriber->exchange);
    }
}

static void
left_cb (gpointer user_data)
{
  Subscriber *subscriber = user_data;
  GuichetdFeed *self = subscriber->feed;

  if (self != NULL)
    {
      g_queue_unlink (&self->subscribers, &subscriber->link);
      if (self->subscribers.length == 0)
        stop_timer (&self->beating);
    }
  guichetd_exchange_unref (subscriber->exchange);
  guichetd_session_unref (subscriber->session);
  g_free (subscriber);
}

static guint
count_streams (GuichetdFeed *self, const GuichetdSession *session)
{
  guint n = 0;

  for (GList *l = self->subscribers.head; l != NULL; l = l->next)
    {
      const Subscriber *subscriber = l->data;

      n += subscriber->session == session ? 1 : 0;
    }
  return n;
}

/* What a window must hear that comes (back) knowing of @after. */
static void
greet (GuichetdFeed *self, Subscriber *subscriber, gint64 after)
{
  static const char retry[] = "retry: 2000\n\n";
  g_autoptr (GBytes) hello = g_bytes_new_static (retry, strlen (retry));
  g_autoptr (GBytes) beat = NULL;
  g_autofree char *now = guichet_instant_text (guichet_clock_now (self->clock));

  guichetd_exchange_push (subscriber->exchange, hello);

  /* What came since the journal was read, too. Who knows more than there is for them knew another journal: the
   * window looks. It makes no difference what they say they know, so numbers tried out tell nothing. */
  subscriber->told = newest_for (self, subscriber);
  if (after >= 0 && subscriber->told != after)
    {
      g_autoptr (GBytes) changed = write_changed (subscriber->told, NULL);

      guichetd_exchange_push (subscriber->exchange, changed);
    }

  beat = write_heartbeat (subscriber->told, now);
  guichetd_exchange_push (subscriber->exchange, beat);
}

static void
guichetd_feed_dispose (GObject *object)
{
  GuichetdFeed *self = GUICHETD_FEED (object);

  self->closed = TRUE;
  stop_timer (&self->gathering);
  stop_timer (&self->beating);
  /* Their exchanges end with the listener, which may live longer. */
  while (self->subscribers.head != NULL)
    {
      Subscriber *subscriber = self->subscribers.head->data;

      g_queue_unlink (&self->subscribers, &subscriber->link);
      subscriber->feed = NULL;
      guichetd_exchange_end_stream (subscriber->exchange);
    }
  if (self->engine != NULL)
    g_signal_handlers_disconnect_by_data (self->engine, self);
  if (self->auth != NULL)
    g_signal_handlers_disconnect_by_data (self->auth, self);
  g_clear_object (&self->engine);
  g_clear_object (&self->auth);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (guichetd_feed_parent_class)->dispose (object);
}

static void
guichetd_feed_finalize (GObject *object)
{
  GuichetdFeed *self = GUICHETD_FEED (object);

  g_hash_table_unref (self->news);

  G_OBJECT_CLASS (guichetd_feed_parent_class)->finalize (object);
}

static void
guichetd_feed_class_init (GuichetdFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichetd_feed_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichetd_feed_finalize;
}

static void
guichetd_feed_init (GuichetdFeed *self)
{
  self->news = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, news_free);
  g_queue_init (&self->subscribers);
}

GuichetdFeed *
guichetd_feed_new (GuichetdEngine *engine, GuichetdAuth *auth, GuichetClock *clock, guint heartbeat)
{
  GuichetdFeed *self = g_object_new (GUICHETD_TYPE_FEED, NULL);

  self->engine = g_object_ref (engine);
  self->auth = g_object_ref (auth);
  self->clock = g_object_ref (clock);
  self->heartbeat = heartbeat > 0 ? heartbeat : HEARTBEAT;
  g_signal_connect (engine, "appended", G_CALLBACK (appended_cb), self);
  g_signal_connect (auth, "staff-changed", G_CALLBACK (staff_changed_cb), self);
  g_signal_connect (auth, "session-ended", G_CALLBACK (session_ended_cb), self);
  return self;
}

static void
begin (GuichetdFeed *self, GuichetdExchange *exchange, gint64 after, gint64 newest)
{
  GuichetdSession *session = guichetd_exchange_get_session (exchange);
  Subscriber *subscriber = g_new0 (Subscriber, 1);

  subscriber->link.data = subscriber;
  subscriber->feed = self;
  subscriber->exchange = guichetd_exchange_ref (exchange);
  subscriber->session = guichetd_session_ref (session);
  subscriber->told = newest;
  g_queue_push_tail_link (&self->subscribers, &subscriber->link);
  if (self->beating == NULL)
    self->beating = start_timer (self->heartbeat, beat_cb, self);

  guichetd_exchange_begin_stream (exchange, left_cb, subscriber);
  greet (self, subscriber, after);
}

void
guichetd_feed_subscribe (GuichetdFeed *self, GuichetdExchange *exchange, gint64 after)
{
  Arrival *arrival;

  g_return_if_fail (GUICHETD_IS_FEED (self));

  arrival = g_new0 (Arrival, 1);
  arrival->feed = g_object_ref (self);
  arrival->exchange = guichetd_exchange_ref (exchange);
  arrival->after = after;
  guichetd_engine_newest_async (self->engine,
                                guichetd_exchange_get_actor (exchange),
                                guichetd_exchange_get_cancellable (exchange),
                                newest_cb,
                                arrival);
}

/* Meanwhile the window may have gone, its session have ended, or the feed. */
static void
newest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Arrival) arrival = user_data;
  GuichetdFeed *self = arrival->feed;
  GuichetdExchange *exchange = arrival->exchange;
  GuichetdSession *session = guichetd_exchange_get_session (exchange);
  GuichetdProblemDetails details = { .retry_after = self->heartbeat / 1000 + 1 };
  g_autoptr (GError) error = NULL;
  gint64 newest;

  if (!guichetd_engine_newest_finish (GUICHETD_ENGINE (source), result, &newest, &error))
    guichetd_routes_refuse_error (exchange, error, NULL);
  else if (self->closed ||
           g_cancellable_is_cancelled (guichetd_exchange_get_cancellable (exchange)))
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, &details);
  else if (!guichetd_auth_is_alive (self->auth, session))
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_INVALID_ACCESS_TOKEN, NULL);
  else if (count_streams (self, session) >= MAX_STREAMS)
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_TOO_MANY_REQUESTS, &details);
  else
    begin (self, exchange, arrival->after, newest);
}

guint
guichetd_feed_count (GuichetdFeed *self)
{
  g_return_val_if_fail (GUICHETD_IS_FEED (self), 0);

  return self->subscribers.length;
}

void
guichetd_feed_close (GuichetdFeed *self)
{
  g_return_if_fail (GUICHETD_IS_FEED (self));

  self->closed = TRUE;
  for (GList *l = self->subscribers.head; l != NULL; l = l->next)
    {
      Subscriber *subscriber = l->data;

      guichetd_exchange_end_stream (subscriber->exchange);
    }
}
