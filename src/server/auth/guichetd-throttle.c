/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Slows down who guesses passwords.
 */
#define G_LOG_DOMAIN "guichetd-throttle"

#include "config.h"

#include "guichetd-throttle.h"

/* Failures that cost nothing: of a login from one place, of all logins from one place, of a login from
 * anywhere. The last is NIST SP 800-63B's limit of consecutive failures. */
#define FREE_PAIR 5
#define FREE_SOURCE 30
#define FREE_LOGIN 100

/* Attempts under way at once, while there is no wait; when there is one, it is for a single one. */
#define MAX_PENDING 16

/* The longest wait, seconds. Longer ones would be a way to keep a colleague out. */
#define WAIT_MAX 60

/* Microseconds after the last failure when a count is forgotten, and after a success when a place is no
 * longer known. */
#define FORGET_AFTER G_TIME_SPAN_HOUR
#define KNOWN_FOR (30 * G_TIME_SPAN_DAY)

/* Entries at most: whoever invents logins must not fill the memory. */
#define MAX_ENTRIES 20000

typedef struct
{
  guint failures;
  guint pending; /* attempts of which it is not known yet */
  gint64 last;   /* instant of the last attempt */
  gint64 known;  /* a pair: instant of the last success; 0: none */
} Count;

struct _GuichetdThrottle
{
  GHashTable *counts; /* of Count, by key */
};

static char *
pair_key (const char *login, const char *source)
{
  return g_strconcat ("p\n", login, "\n", source, NULL);
}

static char *
source_key (const char *source)
{
  return g_strconcat ("s\n", source, NULL);
}

static char *
login_key (const char *login)
{
  return g_strconcat ("l\n", login, NULL);
}

static gint64
time_of (const Count *count)
{
  return MAX (count->last, count->known);
}

static gboolean
is_older_cb (gpointer key, gpointer value, gpointer user_data)
{
  return time_of (value) <= *(const gint64 *) user_data;
}

/* Room for more: the oldest tenth of the time that the entries span goes, so that this is done seldom. */
static void
make_room (GuichetdThrottle *self)
{
  GHashTableIter iter;
  gpointer value;
  gint64 first = G_MAXINT64;
  gint64 last = G_MININT64;
  gint64 limit;

  if (g_hash_table_size (self->counts) < MAX_ENTRIES)
    return;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      first = MIN (first, time_of (value));
      last = MAX (last, time_of (value));
    }
  limit = first + (last - first) / 10;
  g_hash_table_foreach_remove (self->counts, is_older_cb, &limit);
}

/* 1, 2, 4… seconds from the first failure that is not free, counted from the last attempt; then one at a
 * time. */
static guint
wait_of (const Count *count, guint free_failures, guint max_pending, gint64 now)
{
  guint beyond;
  guint seconds;
  gint64 left;

  if (count == NULL)
    return 0;
  if (count->failures < free_failures || now - count->last > FORGET_AFTER)
    return count->pending < max_pending ? 0 : 1;
  if (count->pending > 0)
    return 1;
  beyond = count->failures - free_failures;
  seconds = beyond >= 6 ? WAIT_MAX : 1u << beyond;
  left = count->last + (gint64) seconds * G_TIME_SPAN_SECOND - now;
  if (left <= 0)
    return 0;
  return (guint) ((left + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
}

/* The count under @key, made if it is not there; what is long past is forgotten. */
static Count *
count_of (GuichetdThrottle *self, const char *key, gint64 now)
{
  Count *count = g_hash_table_lookup (self->counts, key);

  if (count == NULL)
    {
      make_room (self);
      count = g_new0 (Count, 1);
      g_hash_table_insert (self->counts, g_strdup (key), count);
    }
  if (now - count->last > FORGET_AFTER)
    count->failures = 0;
  return count;
}

static void
begin (GuichetdThrottle *self, const char *key, gint64 now)
{
  Count *count = count_of (self, key, now);

  count->pending++;
  count->last = now;
}

static void
end (GuichetdThrottle *self, const char *key, gboolean failed)
{
  Count *count = g_hash_table_lookup (self->counts, key);

  /* It may have been dropped to make room meanwhile. */
  if (count == NULL)
    return;
  if (count->pending > 0)
    count->pending--;
  if (failed)
    count->failures++;
}

static void
end_all (GuichetdThrottle *self, const char *login, const char *source, gboolean failed)
{
  g_autofree char *pair = pair_key (login, source);
  g_autofree char *from = source_key (source);
  g_autofree char *at = login_key (login);

  end (self, pair, failed);
  end (self, from, failed);
  end (self, at, failed);
}

GuichetdThrottle *
guichetd_throttle_new (void)
{
  GuichetdThrottle *self = g_new0 (GuichetdThrottle, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
guichetd_throttle_free (GuichetdThrottle *self)
{
  g_hash_table_unref (self->counts);
  g_free (self);
}

guint
guichetd_throttle_begin (GuichetdThrottle *self, const char *login, const char *source, gint64 now)
{
  g_autofree char *pair = pair_key (login, source);
  g_autofree char *from = source_key (source);
  g_autofree char *at = login_key (login);
  const Count *known = g_hash_table_lookup (self->counts, pair);
  guint wait = wait_of (known, FREE_PAIR, MAX_PENDING, now);

  /* Only looked up so far: an attempt that must wait leaves nothing behind. */
  if (known == NULL || known->known == 0 || now - known->known > KNOWN_FOR)
    {
      wait = MAX (wait,
                  wait_of (g_hash_table_lookup (self->counts, from), FREE_SOURCE, G_MAXUINT, now));
      wait =
          MAX (wait, wait_of (g_hash_table_lookup (self->counts, at), FREE_LOGIN, G_MAXUINT, now));
    }
  if (wait > 0)
    return wait;

  begin (self, pair, now);
  begin (self, from, now);
  begin (self, at, now);
  return 0;
}

void
guichetd_throttle_failed (GuichetdThrottle *self, const char *login, const char *source)
{
  end_all (self, login, source, TRUE);
}

void
guichetd_throttle_succeeded (GuichetdThrottle *self,
                             const char *login,
                             const char *source,
                             gint64 now)
{
  g_autofree char *pair = pair_key (login, source);
  Count *count = count_of (self, pair, now);

  end_all (self, login, source, FALSE);
  count->failures = 0;
  count->known = now;
}

void
guichetd_throttle_withdraw (GuichetdThrottle *self, const char *login, const char *source)
{
  end_all (self, login, source, FALSE);
}
