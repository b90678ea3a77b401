/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-clerk.h"
#include "guichetd-problem.h"
#include "guichetd-route.h"
#include "guichetd-session.h"

G_BEGIN_DECLS

/**
 * GuichetdExchange:
 *
 * One question and its answer. Main thread only. Whoever answers later keeps a reference; if
 * the client has left or the time is over meanwhile, the cancellable is cancelled and the
 * answer goes nowhere, without harm.
 */
GuichetdExchange *guichetd_exchange_ref (GuichetdExchange *self);
void guichetd_exchange_unref (GuichetdExchange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdExchange, guichetd_exchange_unref)

/* The question */
const GuichetdRoute *guichetd_exchange_get_route (GuichetdExchange *self);
/** guichetd_exchange_get_param: decoded segment of the path; @name must be in the route's pattern. */
const char *guichetd_exchange_get_param (GuichetdExchange *self, const char *name);
/** guichetd_exchange_get_query: (nullable): decoded; @name must be among the route's. */
const char *guichetd_exchange_get_query (GuichetdExchange *self, const char *name);
/** guichetd_exchange_get_header: (nullable) */
const char *guichetd_exchange_get_header (GuichetdExchange *self, const char *name);
/** guichetd_exchange_get_body: empty if there is none. (transfer none) */
GBytes *guichetd_exchange_get_body (GuichetdExchange *self);
/** guichetd_exchange_get_session: (nullable): only on open routes. */
GuichetdSession *guichetd_exchange_get_session (GuichetdExchange *self);
/** guichetd_exchange_get_actor: (nullable): the clerk of that session, as they were when they asked. */
GuichetClerk *guichetd_exchange_get_actor (GuichetdExchange *self);
/** guichetd_exchange_get_source: where it comes from, as of guichetd_source_of(): this machine for a
 * socket in the file system. */
const char *guichetd_exchange_get_source (GuichetdExchange *self);
const char *guichetd_exchange_get_trace (GuichetdExchange *self);
GuichetLanguage guichetd_exchange_get_language (GuichetdExchange *self);
/** guichetd_exchange_get_cancellable: cancelled when nobody waits for the answer any more. */
GCancellable *guichetd_exchange_get_cancellable (GuichetdExchange *self);

/**
 * guichetd_exchange_set_session:
 *
 * For the listener's door: who asks.
 */
void guichetd_exchange_set_session (GuichetdExchange *self, GuichetdSession *session);

/** guichetd_exchange_note_reference: the reference that the line of the traffic log names. */
void guichetd_exchange_note_reference (GuichetdExchange *self, const char *reference);

/* The answer: exactly one of these, once; what comes after it is ignored. */

/** guichetd_exchange_set_header: before the answer. */
void guichetd_exchange_set_header (GuichetdExchange *self, const char *name, const char *value);
void guichetd_exchange_answer (GuichetdExchange *self,
                               guint status,
                               const char *media_type,
                               GBytes *body);
/** guichetd_exchange_answer_json: (transfer full): takes what the writer ended with. */
void guichetd_exchange_answer_json (GuichetdExchange *self, guint status, GBytes *body);
void guichetd_exchange_answer_empty (GuichetdExchange *self, guint status);
/** guichetd_exchange_refuse: @details: (nullable) */
void guichetd_exchange_refuse (GuichetdExchange *self,
                               GuichetdProblem problem,
                               const GuichetdProblemDetails *details);
/** guichetd_exchange_refuse_one: the one thing that is wrong, at @name in @in. */
void guichetd_exchange_refuse_one (GuichetdExchange *self,
                                   GuichetdProblem problem,
                                   const char *in,
                                   const char *type,
                                   const char *name,
                                   const char *detail);
gboolean guichetd_exchange_is_answered (GuichetdExchange *self);

/* An answer that goes on: `text/event-stream` */

/**
 * guichetd_exchange_begin_stream:
 * @left: called once when the client has left or the listener ends it
 */
void
guichetd_exchange_begin_stream (GuichetdExchange *self, GDestroyNotify left, gpointer user_data);
/** guichetd_exchange_push: queues @bytes; a client that does not read is cut off. */
void guichetd_exchange_push (GuichetdExchange *self, GBytes *bytes);
void guichetd_exchange_end_stream (GuichetdExchange *self);

G_END_DECLS
