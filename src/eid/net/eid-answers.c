/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers that are kept, the oldest first. They are few: a day's cards and their authorities.
 */
#define G_LOG_DOMAIN "eid-answers"

#include "config.h"

#include "eid-answers.h"

#define ANSWERS_MAX 1024

typedef struct
{
  char *key;      /* (owned) */
  GBytes *answer; /* (owned) */
  gint64 until;
} Kept;

struct _EidAnswers
{
  GQueue kept; /* of Kept, (owned) each */
  gsize size;
  gsize size_max;
};

static void
kept_free (gpointer data)
{
  Kept *self = data;

  g_free (self->key);
  g_bytes_unref (self->answer);
  g_free (self);
}

static void
drop (EidAnswers *self, GList *link)
{
  Kept *kept = link->data;

  self->size -= g_bytes_get_size (kept->answer);
  kept_free (kept);
  g_queue_delete_link (&self->kept, link);
}

static GList *
find (EidAnswers *self, const char *key)
{
  for (GList *link = self->kept.head; link != NULL; link = link->next)
    if (g_str_equal (((Kept *) link->data)->key, key))
      return link;
  return NULL;
}

EidAnswers *
eid_answers_new (gsize size_max)
{
  EidAnswers *self = g_new0 (EidAnswers, 1);

  self->size_max = size_max;
  return self;
}

void
eid_answers_free (EidAnswers *self)
{
  g_queue_clear_full (&self->kept, kept_free);
  g_free (self);
}

void
eid_answers_keep (EidAnswers *self, const char *key, GBytes *answer, gint64 until)
{
  GList *old = find (self, key);
  Kept *kept;

  if (old != NULL)
    drop (self, old);
  if (g_bytes_get_size (answer) > self->size_max)
    return;
  kept = g_new0 (Kept, 1);
  *kept = (Kept){ g_strdup (key), g_bytes_ref (answer), until };
  g_queue_push_tail (&self->kept, kept);
  self->size += g_bytes_get_size (answer);
  while (self->size > self->size_max || self->kept.length > ANSWERS_MAX)
    drop (self, self->kept.head);
}

GBytes *
eid_answers_find (EidAnswers *self, const char *key, gint64 now)
{
  GList *link = find (self, key);

  if (link == NULL)
    return NULL;
  if (((Kept *) link->data)->until > now)
    return ((Kept *) link->data)->answer;
  drop (self, link);
  return NULL;
}
