/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichetd-auth.h"
#include "guichetd-config.h"
#include "guichetd-engine.h"
#include "guichetd-feed.h"

G_BEGIN_DECLS

#define GUICHETD_TYPE_SERVER (guichetd_server_get_type ())

/**
 * GuichetdServer:
 *
 * The composition root of the daemon: makes every part, hands down what each needs, ends them in
 * order. Lives in the main context that is the thread's default when it starts.
 */
G_DECLARE_FINAL_TYPE (GuichetdServer, guichetd_server, GUICHETD, SERVER, GObject)

/** guichetd_server_new: @config: (transfer full) */
GuichetdServer *guichetd_server_new (GuichetdConfig *config, GuichetClock *clock);

/** guichetd_server_start: opens the store, reads catalogue and texts, listens. Waits for the disk. */
gboolean guichetd_server_start (GuichetdServer *self, GError **error);

/** guichetd_server_get_uri: where it listens. */
const char *guichetd_server_get_uri (GuichetdServer *self);

/** guichetd_server_stop_async: answers what waits, within five seconds, then closes everything. */
void
guichetd_server_stop_async (GuichetdServer *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean guichetd_server_stop_finish (GuichetdServer *self, GAsyncResult *result, GError **error);

/* The parts, once started: for admin routes and tests. (transfer none) */
const GuichetdConfig *guichetd_server_get_config (GuichetdServer *self);
GuichetClock *guichetd_server_get_clock (GuichetdServer *self);
GuichetdStore *guichetd_server_get_store (GuichetdServer *self);
GuichetdEngine *guichetd_server_get_engine (GuichetdServer *self);
GuichetdAuth *guichetd_server_get_auth (GuichetdServer *self);
GuichetdFeed *guichetd_server_get_feed (GuichetdServer *self);

G_END_DECLS
