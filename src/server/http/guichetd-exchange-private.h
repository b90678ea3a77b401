/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "guichetd-exchange.h"
#include "guichetd-traffic.h"

G_BEGIN_DECLS

/* What the listener knows of an exchange and handlers do not. */

struct _GuichetdExchange
{
  guint refs;

  /* Owned */
  SoupServerMessage *message; /* (nullable): NULL once the exchange is over */
  GuichetdMatch match;
  char *query[GUICHETD_ROUTE_MAX_QUERY]; /* by place in the route's list */
  GBytes *body;                          /* (nullable) */
  GuichetdSession *session;              /* (nullable) */
  GuichetClerk *actor;                   /* (nullable) */
  GCancellable *cancellable;             /* (nullable): made when asked for */
  char *source;                          /* (nullable): made when asked for */
  char *reference;                       /* (nullable) */

  /* Borrowed */
  const char *proxy_header; /* (nullable) */

  /* In progress */
  char trace[37];
  gint64 began; /* monotonic, µs, like all that follow */
  gint64 answered_at;
  gsize answer_size;
  guint status; /* of the answer */
  gboolean answered;
  gboolean paused; /* libsoup waits for our answer */
  gboolean cut;    /* answered past libsoup: its connection is half closed */

  /* As a stream */
  gboolean streaming;
  guint pushed;        /* pieces given to libsoup */
  guint written;       /* pieces that it wrote */
  gint64 stalled;      /* since when there is one that it could not write; 0: there is none */
  GDestroyNotify left; /* (nullable) */
  gpointer left_data;
};

GuichetdExchange *
guichetd_exchange_new (SoupServerMessage *message, const char *proxy_header, gint64 now);

/**
 * guichetd_exchange_read_query:
 *
 * Takes the query apart; refuses the exchange for parameters that the route does not have.
 */
void guichetd_exchange_read_query (GuichetdExchange *self, const char *query);

/** guichetd_exchange_give_up: nobody waits for the answer any more. */
void guichetd_exchange_give_up (GuichetdExchange *self);

/** guichetd_exchange_end: the exchange is over for libsoup: whatever is answered now goes nowhere. */
void guichetd_exchange_end (GuichetdExchange *self);

G_END_DECLS
