/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-clock.h"
#include "guichet-worker.h"
#include "guichetd-auth.h"
#include "guichetd-card-judge.h"
#include "guichetd-challenges.h"
#include "guichetd-engine.h"
#include "guichetd-feed.h"
#include "guichetd-route.h"

G_BEGIN_DECLS

/** What the handlers of the API may use. Everything borrowed. */
typedef struct
{
  GuichetdEngine *engine;
  GuichetdAuth *auth;
  GuichetdFeed *feed;
  GuichetdChallenges *challenges; /* of sessions */
  GuichetdChallenges
      *sign_in_challenges; /* of addresses: who floods them takes none from sessions */
  GuichetdCardJudge *judge;
  GuichetClock *clock;
  const char *town;      /* as a card's challenge names it */
  const char *zone;      /* name of the town's time zone */
  GuichetWorker *reader; /* where large bodies are read */
} GuichetdApi;

/** guichetd_routes: the table of the API; ends with a line without method. */
extern const GuichetdRoute guichetd_routes[];

/** guichetd_routes_door: finds the session of the question's token. A #GuichetdDoor. */
void guichetd_routes_door (GuichetdExchange *exchange, gpointer api);

/**
 * guichetd_admin_routes: what guichetctl may ask through the socket in the data folder; its handlers
 * get the #GuichetdServer. Who can open that socket is trusted: its mode is 0600.
 */
extern const GuichetdRoute guichetd_admin_routes[];

G_END_DECLS
