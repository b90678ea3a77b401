/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nonces that were given and wait for an answer.
 */
#define G_LOG_DOMAIN "guichetd-challenges"

#include "config.h"

#include "guichetd-challenges.h"

#include "guichet-challenge.h"

#include <sodium.h>

#define LIFE (GUICHETD_CHALLENGE_LIFE * G_USEC_PER_SEC)

typedef struct
{
  GBytes *nonce;
  char *owner;
  char *subject; /* (nullable) */
  char *key;     /* (nullable): with which it was answered */
  gint64 given;
} Given;

struct _GuichetdChallenges
{
  guint of_one;
  guint max;
  GQueue list; /* of Given, oldest first */
};

static void
given_free (gpointer data)
{
  Given *self = data;

  g_bytes_unref (self->nonce);
  g_free (self->owner);
  g_free (self->subject);
  g_free (self->key);
  g_free (self);
}

GuichetdChallenges *
guichetd_challenges_new (guint of_one, guint max)
{
  GuichetdChallenges *self = g_new0 (GuichetdChallenges, 1);

  self->of_one = of_one;
  self->max = max;
  g_queue_init (&self->list);
  return self;
}

void
guichetd_challenges_free (GuichetdChallenges *self)
{
  g_queue_clear_full (&self->list, given_free);
  g_free (self);
}

/* They stand in the order of time; a clock that was set back ends what is ahead of it. */
static void
forget_old (GuichetdChallenges *self, gint64 now)
{
  const Given *oldest;

  while ((oldest = g_queue_peek_head (&self->list)) != NULL &&
         (now - oldest->given > LIFE || oldest->given > now))
    given_free (g_queue_pop_head (&self->list));
}

static void
forget (GuichetdChallenges *self, GList *link)
{
  given_free (link->data);
  g_queue_delete_link (&self->list, link);
}

static void
make_room (GuichetdChallenges *self, const char *owner)
{
  GList *oldest = NULL;
  guint count = 0;

  for (GList *l = self->list.head; l != NULL; l = l->next)
    if (g_str_equal (((Given *) l->data)->owner, owner) && ++count == 1)
      oldest = l;
  if (count >= self->of_one)
    forget (self, oldest);
}

GBytes *
guichetd_challenges_give (GuichetdChallenges *self,
                          const char *owner,
                          const char *subject,
                          gint64 now)
{
  guint8 random[GUICHET_NONCE_SIZE];
  Given *given;

  g_return_val_if_fail (owner != NULL, NULL);

  forget_old (self, now);
  make_room (self, owner);
  if (self->list.length >= self->max)
    return NULL;

  randombytes_buf (random, sizeof random);
  given = g_new0 (Given, 1);
  given->nonce = g_bytes_new (random, sizeof random);
  given->owner = g_strdup (owner);
  given->subject = g_strdup (subject);
  given->given = now;
  g_queue_push_tail (&self->list, given);
  return g_bytes_ref (given->nonce);
}

static gboolean
fits (const Given *given, const char *owner, const char *subject, const char *key)
{
  return g_str_equal (given->owner, owner) && g_strcmp0 (given->subject, subject) == 0 &&
         (given->key == NULL || g_strcmp0 (given->key, key) == 0);
}

gboolean
guichetd_challenges_take (GuichetdChallenges *self,
                          GBytes *nonce,
                          const char *owner,
                          const char *subject,
                          const char *key,
                          gint64 now)
{
  g_return_val_if_fail (nonce != NULL && owner != NULL, FALSE);

  forget_old (self, now);
  for (GList *l = self->list.head; l != NULL; l = l->next)
    {
      Given *given = l->data;

      if (!g_bytes_equal (given->nonce, nonce))
        continue;
      if (!fits (given, owner, subject, key))
        return FALSE;
      if (key == NULL)
        forget (self, l);
      else if (given->key == NULL)
        given->key = g_strdup (key);
      return TRUE;
    }
  return FALSE;
}

guint
guichetd_challenges_get_size (GuichetdChallenges *self)
{
  return self->list.length;
}
