/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-listener.h"

G_BEGIN_DECLS

/*
 * A listener on loopback, with short times and routes for tests, and a client that writes as one would
 * at a prompt, blocking, in a thread of its own.
 */

#define KIB 1024u
#define MIB (1024u * 1024u)

/* What the handlers of the test are given. */
typedef struct
{
  GuichetdExchange *waiting; /* (owned) (nullable) */
  guint cancelled;
  guint left;
  guint asked; /* times that the door was asked */
  gsize body;
} ListenerApi;

typedef struct
{
  ListenerApi api;
  GuichetdListener *listener;
  guint16 port;
  gboolean stopped;
} Fixture;

extern const GuichetdRoute listener_routes[];
extern const GuichetdLimits listener_limits;

/* In the main thread */

/** listener_hello: a handler, and the answer to whom was kept waiting. */
void listener_hello (GuichetdExchange *exchange, gpointer api);

void listener_set_up (Fixture *fixture, gconstpointer data);
void listener_tear_down (Fixture *fixture, gconstpointer data);

typedef void (*Client) (Fixture *fixture);

/** listener_serve: serves until the client has done its part. */
void listener_serve (Fixture *fixture, Client client);

/* Serves until something is so, for five seconds at most. */
#define SERVE_UNTIL(condition)                                       \
  G_STMT_START                                                       \
  {                                                                  \
    gint64 until = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND; \
                                                                     \
    while (!(condition) && g_get_monotonic_time () < until)          \
      if (!g_main_context_iteration (NULL, FALSE))                   \
        g_usleep (1000);                                             \
    g_assert_true (condition);                                       \
  }                                                                  \
  G_STMT_END

/* In the client's */

GSocket *client_dial (Fixture *fixture);
/** client_say: whether all of it was sent. */
gboolean client_say (GSocket *socket, const char *text);
/** client_hear: one answer with its body, after its Content-Length; less if the connection ends first. */
char *client_hear (GSocket *socket);
/** client_is_cut: whether the server ends the connection, without a word, within the socket's timeout. */
gboolean client_is_cut (GSocket *socket);
/** client_ask: @question on a connection of its own. (transfer full): the answer */
char *client_ask (Fixture *fixture, const char *question);
/** client_expect: asks, and fails the test unless @answer is in the answer. */
void client_expect (Fixture *fixture, const char *question, const char *answer);

G_END_DECLS
