/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichetd-exchange.h"
#include "guichetd-traffic.h"

G_BEGIN_DECLS

#define GUICHETD_TYPE_LISTENER (guichetd_listener_get_type ())

/**
 * GuichetdListener:
 *
 * One listening socket and everything that comes in by it: libsoup's server with limits of our own on
 * size, count and time, since it has none. Lives in the main context in which it was started.
 */
G_DECLARE_FINAL_TYPE (GuichetdListener, guichetd_listener, GUICHETD, LISTENER, GObject)

/** Limits; a member that is 0 has the value said here. Times are milliseconds. */
typedef struct
{
  guint connections;  /* at once; 2048 */
  gsize target_bytes; /* path and query; 2048 */
  gsize header_bytes; /* all names and values; 16384 */
  guint head_time;    /* from the connection or the first byte to the end of the head; 10 s */
  guint body_time;    /* from the end of the head, beside the time that the rate allows; 10 s */
  guint work_time;    /* for the answer to be there; 30 s */
  guint answer_time;  /* for the answer to be read, beside the time that the rate allows; 30 s */
  guint idle_time;    /* between two exchanges; 75 s */
  guint rate;         /* bytes a second that a body must move at; 16384 */
  guint tick;         /* how often all that is looked at; 1 s */
} GuichetdLimits;

/**
 * GuichetdDoor:
 *
 * Asked before the body is read, for routes that are not open: calls
 * guichetd_exchange_set_session() or refuses.
 */
typedef void (*GuichetdDoor) (GuichetdExchange *exchange, gpointer api);

/**
 * guichetd_listener_new:
 * @routes: ends with a line without method; must outlive the listener
 * @door: (nullable): without one every route is open
 * @api: (nullable): for @door and handlers; must outlive the listener
 * @limits: (nullable)
 * @traffic: (nullable): where exchanges are logged
 * @proxy_header: (nullable): header in which a trusted proxy says where it got the question from
 */
GuichetdListener *guichetd_listener_new (const GuichetdRoute *routes,
                                         GuichetdDoor door,
                                         gpointer api,
                                         const GuichetdLimits *limits,
                                         GuichetdTraffic *traffic,
                                         const char *proxy_header);

/**
 * guichetd_listener_start:
 * @address: `127.0.0.1:8642`, `[::1]:8642` (port 0: any that is free), or `unix:/path`
 * @mode: of the file, for a path
 *
 * Binds and listens. Anything but loopback and paths is refused.
 */
gboolean
guichetd_listener_start (GuichetdListener *self, const char *address, guint mode, GError **error);

/** guichetd_listener_get_uri: (nullable): `http://127.0.0.1:40123`, or `unix:/path`, once started. */
const char *guichetd_listener_get_uri (GuichetdListener *self);

/** guichetd_listener_count: connections that are open. */
guint guichetd_listener_count (GuichetdListener *self);

/**
 * guichetd_listener_stop_async:
 *
 * Takes no more connections, ends streams and idle connections, gives the exchanges that wait for
 * an answer @grace milliseconds, then closes everything.
 */
void guichetd_listener_stop_async (GuichetdListener *self,
                                   guint grace,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
guichetd_listener_stop_finish (GuichetdListener *self, GAsyncResult *result, GError **error);

G_END_DECLS
