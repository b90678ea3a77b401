/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-deadline.h"
#include "guichet-decide.h"
#include "guichet-desk.h"
#include "guichet-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_OPEN_REQUEST (guichet_open_request_get_type ())

/**
 * GuichetOpenRequest:
 *
 * A request that is open on the desk: its content, its journal and the commands that are
 * under way, followed live. Shows first what the mirror has, then what the server says;
 * reading is recorded either way.
 *
 * Properties, notified: `reference`, `loading`, `error` (boxed GError, nullable; set when there
 * is nothing to show), `stale` (what is shown comes from the mirror, the server could not be
 * asked).
 * Signal `changed`: request, events, moves, deadline or pending commands are new.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetOpenRequest, guichet_open_request, GUICHET, OPEN_REQUEST, GObject)

GuichetOpenRequest *guichet_open_request_new (GuichetDesk *desk, const char *reference);

const char *guichet_open_request_get_reference (GuichetOpenRequest *self);
gboolean guichet_open_request_get_loading (GuichetOpenRequest *self);
gboolean guichet_open_request_get_stale (GuichetOpenRequest *self);
const GError *guichet_open_request_get_error (GuichetOpenRequest *self);

/** guichet_open_request_get_request: (nullable) (transfer none): %NULL until something is there. */
const GuichetRequest *guichet_open_request_get_request (GuichetOpenRequest *self);
/** guichet_open_request_get_procedure: (nullable) (transfer none) */
const GuichetProcedure *guichet_open_request_get_procedure (GuichetOpenRequest *self);
/** guichet_open_request_get_events: (transfer none) (element-type GuichetEvent): oldest first. */
GPtrArray *guichet_open_request_get_events (GuichetOpenRequest *self);
/** guichet_open_request_get_pending: (transfer none) (element-type GuichetCommand): not yet confirmed, in order. */
GPtrArray *guichet_open_request_get_pending (GuichetOpenRequest *self);
/** guichet_open_request_get_moves: (transfer none) (element-type GuichetMove): that this clerk may make now. */
GPtrArray *guichet_open_request_get_moves (GuichetOpenRequest *self);
/** guichet_open_request_get_lack: what of a check of identity one of these moves waits for. */
GuichetLack guichet_open_request_get_lack (GuichetOpenRequest *self, const GuichetMove *move);
/** guichet_open_request_get_deadline: (nullable) (transfer none) */
const GuichetDeadline *guichet_open_request_get_deadline (GuichetOpenRequest *self);
/** guichet_open_request_name_of: display name of a login, the login itself if not known. (transfer none) */
const char *guichet_open_request_name_of (GuichetOpenRequest *self, const char *login);

/** guichet_open_request_mark_seen: the clerk has looked: the queue's mark goes. */
void guichet_open_request_mark_seen (GuichetOpenRequest *self);

/** guichet_open_request_refresh: asks the server again. */
void guichet_open_request_refresh (GuichetOpenRequest *self);

G_END_DECLS
