/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the last revisions of the mirror changed.
 */
#define G_LOG_DOMAIN "guichet-change-log"

#include "config.h"

#include "guichet-change-log.h"

/* Ids remembered in all: 80 kB. A list that is further behind is read again. A revision without
 * ids counts as one, so that those too are so many at most. */
#define IDS_MAX 20000

typedef struct
{
  gint64 revision;
  guint n_ids;
  guint32 ids[];
} Entry;

struct _GuichetChangeLog
{
  GMutex lock;
  GQueue entries; /* of Entry, oldest first */
  guint n_ids;    /* as cost() counts them */
};

static guint
cost (guint n_ids)
{
  return MAX (n_ids, 1);
}

GuichetChangeLog *
guichet_change_log_new (void)
{
  GuichetChangeLog *self = g_new0 (GuichetChangeLog, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->entries);
  return self;
}

void
guichet_change_log_free (GuichetChangeLog *self)
{
  g_queue_clear_full (&self->entries, g_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
guichet_change_log_add (GuichetChangeLog *self, gint64 revision, const guint32 *ids, guint n_ids)
{
  Entry *entry = g_malloc (sizeof (Entry) + n_ids * sizeof (guint32));
  g_autoptr (GMutexLocker) locker = NULL;

  entry->revision = revision;
  entry->n_ids = n_ids;
  if (n_ids > 0)
    memcpy (entry->ids, ids, n_ids * sizeof (guint32));

  locker = g_mutex_locker_new (&self->lock);
  g_queue_push_tail (&self->entries, entry);
  self->n_ids += cost (n_ids);
  while (self->n_ids > IDS_MAX)
    {
      Entry *oldest = g_queue_pop_head (&self->entries);

      self->n_ids -= cost (oldest->n_ids);
      g_free (oldest);
    }
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const guint32 first = *(const guint32 *) a;
  const guint32 second = *(const guint32 *) b;

  return (first > second) - (first < second);
}

static void
sort_out (GArray *ids)
{
  guint n = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    {
      const guint32 id = g_array_index (ids, guint32, i);

      if (n == 0 || g_array_index (ids, guint32, n - 1) != id)
        g_array_index (ids, guint32, n++) = id;
    }
  g_array_set_size (ids, n);
}

GArray *
guichet_change_log_since (GuichetChangeLog *self, gint64 after, gint64 until)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 reached = until;

  /* Each revision follows the one before, so the log is complete if none is missing. */
  for (GList *l = self->entries.tail; l != NULL && reached > after; l = l->prev)
    {
      const Entry *entry = l->data;

      if (entry->revision > until)
        continue;
      if (entry->revision < reached)
        return NULL;
      g_array_append_vals (ids, entry->ids, entry->n_ids);
      /* A commit that failed leaves its entry; the one that followed has the same number. */
      if (l->prev == NULL || ((const Entry *) l->prev->data)->revision != entry->revision)
        reached = entry->revision - 1;
    }
  if (reached > after)
    return NULL;

  sort_out (ids);
  return g_steal_pointer (&ids);
}
