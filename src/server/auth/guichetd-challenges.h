/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** GUICHETD_CHALLENGE_LIFE: seconds in which what was given must be answered. */
#define GUICHETD_CHALLENGE_LIFE 120

/**
 * GUICHETD_CHALLENGES_OF_SESSION: how many one session may have open.
 * GUICHETD_CHALLENGES_OF_SOURCE: how many one source may, where nobody is signed in yet: a whole town
 *   hall that comes in the morning may be behind it.
 * GUICHETD_CHALLENGES_MAX: how many there are at most of either kind.
 */
#define GUICHETD_CHALLENGES_OF_SESSION 8
#define GUICHETD_CHALLENGES_OF_SOURCE 256
#define GUICHETD_CHALLENGES_MAX 4096

/**
 * GuichetdChallenges:
 *
 * Nonces that were given and wait for an answer: random, each for one owner and one subject,
 * each once, none for long. In memory only: a restart ends them all. Main thread.
 *
 * An owner is a session, or where there is none yet, where a question comes from. A subject is
 * the reference of a request, or nothing.
 */
typedef struct _GuichetdChallenges GuichetdChallenges;

/**
 * guichetd_challenges_new:
 * @of_one: how many one owner may have open; another one ends its oldest
 * @max: how many there are at most
 */
GuichetdChallenges *guichetd_challenges_new (guint of_one, guint max);
void guichetd_challenges_free (GuichetdChallenges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdChallenges, guichetd_challenges_free)

/**
 * guichetd_challenges_give:
 * @subject: (nullable)
 *
 * Returns: (transfer full) (nullable): %NULL if there are too many
 */
GBytes *guichetd_challenges_give (GuichetdChallenges *self,
                                  const char *owner,
                                  const char *subject,
                                  gint64 now);

/**
 * guichetd_challenges_take:
 * @key: (nullable): of the command that answers: the same command may come again; without, what was
 *   answered is forgotten
 *
 * Returns: %TRUE if it was given to @owner for @subject, not long ago, and nobody has answered it
 *   with another key
 */
gboolean guichetd_challenges_take (GuichetdChallenges *self,
                                   GBytes *nonce,
                                   const char *owner,
                                   const char *subject,
                                   const char *key,
                                   gint64 now);

/** guichetd_challenges_get_size: how many are held. */
guint guichetd_challenges_get_size (GuichetdChallenges *self);

G_END_DECLS
