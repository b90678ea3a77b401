/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichetd-auth.h"
#include "guichetd-engine.h"
#include "guichetd-exchange.h"

G_BEGIN_DECLS

#define GUICHETD_TYPE_FEED (guichetd_feed_get_type ())

/**
 * GuichetdFeed:
 *
 * Tells every open window that there is something new for it (server-sent events): news are
 * gathered for 100 ms, kept from whoever may not list what they are about, and written once
 * however many windows they go to.
 */
G_DECLARE_FINAL_TYPE (GuichetdFeed, guichetd_feed, GUICHETD, FEED, GObject)

/** guichetd_feed_new: @heartbeat: milliseconds between two heartbeats; 0: 15 s */
GuichetdFeed *guichetd_feed_new (GuichetdEngine *engine,
                                 GuichetdAuth *auth,
                                 GuichetClock *clock,
                                 guint heartbeat);

/**
 * guichetd_feed_subscribe:
 * @after: number of the last event that the window knows of; -1: of none, and it does not ask
 *
 * Turns the exchange into a stream.
 */
void guichetd_feed_subscribe (GuichetdFeed *self, GuichetdExchange *exchange, gint64 after);

/** guichetd_feed_count: windows that listen. */
guint guichetd_feed_count (GuichetdFeed *self);

/** guichetd_feed_close: ends every stream. */
void guichetd_feed_close (GuichetdFeed *self);

G_END_DECLS
