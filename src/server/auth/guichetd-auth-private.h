/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-worker.h"
#include "guichetd-auth.h"
#include "guichetd-keys.h"
#include "guichetd-seal.h"
#include "guichetd-staff-store.h"
#include "guichetd-throttle.h"

G_BEGIN_DECLS

/* GuichetdAuth is four files: sessions, signing in, changes of staff, and their cards. */

struct _GuichetdAuth
{
  GObject parent_instance;

  /* Given */
  GuichetdStore *store; /* (owned) */
  GuichetClock *clock;  /* (owned) */
  GuichetdAuthOptions options;

  /* Owned */
  GuichetWorker *hasher; /* (nullable): until it is closed */
  GuichetdThrottle *throttle;
  GHashTable *staff;    /* of GuichetdStaff, by login */
  GPtrArray *clerks;    /* of GuichetClerk, by login */
  GHashTable *sessions; /* of GuichetdSession, by digest; those that expired stay for a while */
  GPtrArray *starting;  /* of GuichetdSession, borrowed: those that the store is being told of */
  GuichetdKey card_key; /* under which the numbers of cards are kept */
  char *dummy;          /* hash that an unknown login is verified against */
  GSource *tick;        /* (nullable) */

  /* In progress */
  guint waiting; /* sign-ins in the hasher's queue */
  gint hashes;   /* atomic */
};

/** _guichetd_auth_digest: what is kept of a token. */
void _guichetd_auth_digest (const char *token, guint8 digest[GUICHETD_SESSION_DIGEST]);

/** _guichetd_auth_add_session: from now on the session's token is good. */
void _guichetd_auth_add_session (GuichetdAuth *self, GuichetdSession *session);

/** _guichetd_auth_end_session: from now on it is not; the store hears of it later. */
void _guichetd_auth_end_session (GuichetdAuth *self, GuichetdSession *session);

/** _guichetd_auth_set_staff: (transfer full): a row as the store has it now. */
void _guichetd_auth_set_staff (GuichetdAuth *self, GuichetdStaff *staff);

/** _guichetd_auth_end_sessions_of: every session of @login, those that are beginning too. */
void _guichetd_auth_end_sessions_of (GuichetdAuth *self, const char *login);

/** _guichetd_auth_find_card: (nullable): whom the card with this national number signs in. */
const GuichetdStaff *_guichetd_auth_find_card (GuichetdAuth *self, const char *number);

/** _guichetd_auth_card_name: (transfer full): under which attempts with a card are counted; says nothing of it. */
char *_guichetd_auth_card_name (GuichetdAuth *self, const char *number);

/** _guichetd_auth_row: (transfer full): of a session, for the store. */
GuichetdSessionRow *_guichetd_auth_row (GuichetdSession *session);

G_END_DECLS
