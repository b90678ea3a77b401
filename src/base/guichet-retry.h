/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetRetry:
 * @steps: pauses in seconds, one a failed attempt; after the last one its value repeats
 * @n_steps: how many
 * @give_up_after: seconds since the first attempt after which there is no further one;
 *   0 for never
 *
 * A schedule of growing pauses, as data.
 */
typedef struct
{
  const guint *steps;
  guint n_steps;
  guint give_up_after;
} GuichetRetry;

/**
 * guichet_retry_mail:
 *
 * 1, 5, 15 and 30 minutes, then 1, 2, 4 and 8 hours; ends after 72 hours (RFC 5321,
 * section 4.5.4.1, asks for at least 30 minutes between later attempts).
 */
extern const GuichetRetry guichet_retry_mail;

/**
 * guichet_retry_connection:
 *
 * 1, 2, 5, 10 and 30 seconds; never ends. For a desk that lost its server.
 */
extern const GuichetRetry guichet_retry_connection;

/**
 * guichet_retry_next:
 * @attempts: how many attempts have failed, at least 1
 * @first: instant of the first attempt, microseconds
 * @now: microseconds
 * @jitter: 0.0 to 1.0: spreads the pause over ±10 %, so that many do not come back at once
 * @ret_next: (out): when to try again, microseconds
 *
 * Returns: %FALSE if the schedule ends here
 */
gboolean guichet_retry_next (const GuichetRetry *self,
                             guint attempts,
                             gint64 first,
                             gint64 now,
                             double jitter,
                             gint64 *ret_next);

/**
 * guichet_retry_pause: milliseconds until the next attempt after so many that failed, spread by
 * chance; for a schedule that never ends.
 */
guint guichet_retry_pause (const GuichetRetry *self, guint attempts);

G_END_DECLS
