/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_CLOCK (guichet_clock_get_type ())

/**
 * GuichetClock:
 *
 * Where now comes from. Each program makes one and hands it down; tests and
 * sample data make one that stands still until it is told to move. `core` never
 * sees it: there now is a parameter.
 *
 * Instants are microseconds since 1970-01-01T00:00:00Z everywhere in the code.
 * Safe to use from any thread.
 */
G_DECLARE_FINAL_TYPE (GuichetClock, guichet_clock, GUICHET, CLOCK, GObject)

/**
 * guichet_clock_new:
 *
 * Makes a clock that follows the machine's.
 *
 * Returns: (transfer full): the clock
 */
GuichetClock *guichet_clock_new (void);

/**
 * guichet_clock_new_fixed:
 * @now: microseconds since the epoch
 *
 * Makes a clock that stands at @now until guichet_clock_set() moves it.
 *
 * Returns: (transfer full): the clock
 */
GuichetClock *guichet_clock_new_fixed (gint64 now);

/**
 * guichet_clock_now:
 *
 * Returns: now, in microseconds since the epoch
 */
gint64 guichet_clock_now (GuichetClock *self);

/**
 * guichet_clock_set:
 * @now: microseconds since the epoch
 *
 * Moves a fixed clock. Calling it on a clock that follows the machine's is a
 * programmer's mistake.
 */
void guichet_clock_set (GuichetClock *self, gint64 now);

G_END_DECLS
