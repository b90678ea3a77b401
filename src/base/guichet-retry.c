/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Schedules of growing pauses.
 */
#define G_LOG_DOMAIN "guichet-retry"

#include "config.h"

#include "guichet-retry.h"

#define MINUTES(n) ((n) *60)
#define HOURS(n) ((n) *3600)
#define JITTER 0.1

static const guint mail_steps[] = { MINUTES (1), MINUTES (5), MINUTES (15), MINUTES (30),
                                    HOURS (1),   HOURS (2),   HOURS (4),    HOURS (8) };
static const guint connection_steps[] = { 1, 2, 5, 10, 30 };

const GuichetRetry guichet_retry_mail = { mail_steps, G_N_ELEMENTS (mail_steps), HOURS (72) };
const GuichetRetry guichet_retry_connection = { connection_steps,
                                                G_N_ELEMENTS (connection_steps),
                                                0 };

gboolean
guichet_retry_next (const GuichetRetry *self,
                    guint attempts,
                    gint64 first,
                    gint64 now,
                    double jitter,
                    gint64 *ret_next)
{
  gint64 pause;
  gint64 next;

  g_return_val_if_fail (self != NULL && attempts >= 1, FALSE);
  g_return_val_if_fail (jitter >= 0.0 && jitter <= 1.0, FALSE);

  pause = (gint64) self->steps[MIN (attempts, self->n_steps) - 1] * G_USEC_PER_SEC;
  next = now + pause + (gint64) ((double) pause * JITTER * (2.0 * jitter - 1.0));
  if (self->give_up_after > 0 && next > first + (gint64) self->give_up_after * G_USEC_PER_SEC)
    return FALSE;

  *ret_next = next;
  return TRUE;
}

guint
guichet_retry_pause (const GuichetRetry *self, guint attempts)
{
  gint64 next = 0;

  guichet_retry_next (self, attempts, 0, 0, g_random_double (), &next);
  return (guint) (next / 1000);
}
