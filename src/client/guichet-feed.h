/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-api.h"
#include "guichet-clock.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FEED (guichet_feed_get_type ())

/**
 * GuichetFeed:
 *
 * Listens to the server for as long as somebody is signed in: a stream that says that there
 * is something new, never what. When it breaks or falls silent it comes back by
 * guichet_retry_connection, with the number of the last event that the desk knows of.
 *
 * Property `connected`, notified.
 * Signal `news` (gint64 last): there are events up to that number.
 * Signal `heartbeat` (gint64 now): instant at the server, and that it lives.
 * Signal `epoch`: what this clerk may see, or who the colleagues are, is another than before.
 * Signal `broken` (GError): the connection ended or could not be made; another try follows.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetFeed, guichet_feed, GUICHET, FEED, GObject)

/** GUICHET_FEED_PATIENCE: milliseconds of silence after which a stream is given up; the server's heart beats every 15 s. */
#define GUICHET_FEED_PATIENCE 40000

/**
 * guichet_feed_new:
 * @api: gives address and token, and is told when the session has ended
 * @patience: milliseconds; 0: GUICHET_FEED_PATIENCE
 */
GuichetFeed *guichet_feed_new (GuichetApi *api, GuichetClock *clock, guint patience);

/** guichet_feed_start: @last: number of the last event that the desk knows of. */
void guichet_feed_start (GuichetFeed *self, gint64 last);
/** guichet_feed_stop: closes the stream and comes back no more. */
void guichet_feed_stop (GuichetFeed *self);
/** guichet_feed_set_last: what to resume after when the connection breaks. */
void guichet_feed_set_last (GuichetFeed *self, gint64 last);
/** guichet_feed_hurry: tries at once instead of waiting for the next turn. */
void guichet_feed_hurry (GuichetFeed *self);
gboolean guichet_feed_get_connected (GuichetFeed *self);

G_END_DECLS
