/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-clock.h"
#include "guichetd-engine.h"
#include "guichetd-store.h"
#include "guichetd-transport.h"

G_BEGIN_DECLS

#define GUICHETD_TYPE_POSTMAN (guichetd_postman_get_type ())

/**
 * GuichetdPostman:
 *
 * Takes the notifications that wait out of the queue, renders each from what the request is,
 * hands it over, and reports its fate as a command. What could not be handed over comes back
 * on a growing schedule, across restarts; what was being sent when the daemon died is sent
 * again under the same Message-ID.
 *
 * Main thread only; databases and the transport are used in threads of their own.
 */
G_DECLARE_FINAL_TYPE (GuichetdPostman, guichetd_postman, GUICHETD, POSTMAN, GObject)

/** Who the town's mail comes from. */
typedef struct
{
  const char *from;      /* address */
  const char *from_name; /* (nullable) */
  const char *reply_to;  /* (nullable): address */
} GuichetdSender;

/** guichetd_postman_new: the strings of @town and @sender are copied. */
GuichetdPostman *guichetd_postman_new (GuichetdStore *store,
                                       GuichetdEngine *engine,
                                       GuichetTexts *texts,
                                       const GuichetTown *town,
                                       GTimeZone *zone,
                                       GuichetClock *clock,
                                       GuichetdTransport *transport,
                                       const GuichetdSender *sender);

/** guichetd_postman_start: looks into the queue, and from now on whenever something may have come. */
void guichetd_postman_start (GuichetdPostman *self);

/** guichetd_postman_stop: gives up what is under way and waits for the mail thread. Safe to call twice; the store must still be open. */
void guichetd_postman_stop (GuichetdPostman *self);

G_END_DECLS
