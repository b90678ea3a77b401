/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetdTraffic:
 *
 * The log of exchanges: one line each, with method, route (its pattern, not what stood in the path),
 * reference, status, microseconds and trace. Never a person. Lines are gathered for a moment
 * and written together. Main thread only.
 */
typedef struct _GuichetdTraffic GuichetdTraffic;

/** guichetd_traffic_new: @fd: borrowed; -1 keeps no log. */
GuichetdTraffic *guichetd_traffic_new (int fd);
/** guichetd_traffic_free: writes what is left. */
void guichetd_traffic_free (GuichetdTraffic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdTraffic, guichetd_traffic_free)

/**
 * guichetd_traffic_note:
 * @method: as the client said it; logged only if it is one of HTTP's own
 * @route: (nullable): pattern; %NULL if the path led nowhere
 * @reference: (nullable)
 * @status: of the answer; 0 if the client left before there was one
 */
void guichetd_traffic_note (GuichetdTraffic *self,
                            const char *method,
                            const char *route,
                            const char *reference,
                            guint status,
                            gint64 microseconds,
                            const char *trace);

/** guichetd_traffic_flush: writes what was gathered. */
void guichetd_traffic_flush (GuichetdTraffic *self);

G_END_DECLS
