/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichetd-exchange-private.h"
#include "guichetd-listener.h"
#include "guichetd-stream.h"

G_BEGIN_DECLS

typedef enum
{
  GUICHETD_CONNECTION_HEAD,    /* the head of a question comes in, or its first byte is awaited */
  GUICHETD_CONNECTION_BODY,    /* the body comes in */
  GUICHETD_CONNECTION_WORK,    /* the answer is made, or written */
  GUICHETD_CONNECTION_REFUSED, /* answered before the body was read, what still comes is thrown away */
  GUICHETD_CONNECTION_IDLE,    /* between two exchanges */
} GuichetdConnectionState;

typedef enum
{
  GUICHETD_VERDICT_FINE,
  GUICHETD_VERDICT_ANSWER, /* takes too long to answer: say so */
  GUICHETD_VERDICT_CUT,    /* the client takes too long */
} GuichetdVerdict;

/**
 * GuichetdConnection:
 *
 * What the listener knows of a connected socket. libsoup has no time limits, so the time of each is
 * kept here and looked at on every tick.
 */
typedef struct
{
  GList link;              /* in the listener's queue; data is the connection */
  gpointer owner;          /* (borrowed): the listener */
  GSocket *socket;         /* (owned) */
  GuichetdStream *stream;  /* (borrowed): libsoup's; it says when it is closed */
  GSocketAddress *address; /* (owned): of the client, as libsoup knows it; ours alone */
  GuichetdConnectionState state;
  gint64 since;               /* monotonic µs: when that state began */
  gsize received;             /* bytes of the body so far */
  GuichetdExchange *exchange; /* (owned) (nullable) */
} GuichetdConnection;

GuichetdConnection *guichetd_connection_new (gpointer owner, GSocket *socket, gint64 now);
/** guichetd_connection_free: ends its exchange; closing the socket is libsoup's matter. */
void guichetd_connection_free (GuichetdConnection *self);

void
guichetd_connection_enter (GuichetdConnection *self, GuichetdConnectionState state, gint64 now);

/** guichetd_connection_judge: whether its time is over. */
GuichetdVerdict guichetd_connection_judge (const GuichetdConnection *self,
                                           const GuichetdLimits *limits,
                                           gint64 now);

/**
 * guichetd_connection_cut:
 *
 * Shuts the socket down both ways. It is not closed: its descriptor is in libsoup's hands, and must
 * not be given to another connection while libsoup polls it.
 */
void guichetd_connection_cut (GuichetdConnection *self);

/**
 * guichetd_connection_refuse:
 * @head: of the answer, with its last empty line
 *
 * Answers past libsoup, which would first read the whole body, and closes our half.
 */
void
guichetd_connection_refuse (GuichetdConnection *self, const char *head, GBytes *body, gint64 now);

/** GUICHETD_CONNECTION_DRAIN: bytes of a refused body that are read on, so that the client sees the answer. */
#define GUICHETD_CONNECTION_DRAIN (1024 * 1024)

G_END_DECLS
