/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetdThrottle:
 *
 * Slows down who guesses passwords, without letting anybody lock a colleague out: failures are
 * counted for a login together with where they come from, so that what one desk does is not
 * held against another. Against guesses at one login from everywhere, and at every login from
 * one place, there are two more counts; a desk from which that login has signed in before
 * is not touched by them. Nothing is ever barred: waits grow to a minute, no further.
 *
 * Of attempts that are under way at once only a few are let through, so that sending many before the first
 * has failed gains nothing. Pure: now is a parameter.
 */
typedef struct _GuichetdThrottle GuichetdThrottle;

GuichetdThrottle *guichetd_throttle_new (void);
void guichetd_throttle_free (GuichetdThrottle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdThrottle, guichetd_throttle_free)

/**
 * guichetd_throttle_begin:
 * @login: known or not
 * @source: where it comes from, as of guichetd_exchange_get_source()
 * @now: microseconds
 *
 * Returns: 0 to go on, and then exactly one of the functions below must follow; else seconds to wait first
 */
guint
guichetd_throttle_begin (GuichetdThrottle *self, const char *login, const char *source, gint64 now);

/** guichetd_throttle_failed: the attempt was one more. */
void guichetd_throttle_failed (GuichetdThrottle *self, const char *login, const char *source);

/** guichetd_throttle_succeeded: the attempt was no failure; forgets those before it. */
void guichetd_throttle_succeeded (GuichetdThrottle *self,
                                  const char *login,
                                  const char *source,
                                  gint64 now);

/** guichetd_throttle_withdraw: the attempt was not made after all. */
void guichetd_throttle_withdraw (GuichetdThrottle *self, const char *login, const char *source);

G_END_DECLS
