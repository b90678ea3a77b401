/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-api.h"
#include "guichet-clock.h"
#include "guichet-mirror.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_SYNC (guichet_sync_get_type ())

/**
 * GuichetSync:
 *
 * Brings the mirror up to date: first synchronisation, catch-up and live fetch are the same
 * walk through `/v1/changes`, a thousand lines a call, from where the mirror stands.
 *
 * Signal `caught-up`: there is nothing more for now.
 * Signal `foreign`: the mirror is of another epoch or journal; a new one must take its place.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetSync, guichet_sync, GUICHET, SYNC, GObject)

GuichetSync *guichet_sync_new (GuichetApi *api, GuichetMirror *mirror, GuichetClock *clock);

/** guichet_sync_run: asks the server now; once more, if it is being asked already. */
void guichet_sync_run (GuichetSync *self);
/** guichet_sync_stop: asks no more. */
void guichet_sync_stop (GuichetSync *self);

G_END_DECLS
