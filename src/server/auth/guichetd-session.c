/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sign-in of a clerk.
 */
#define G_LOG_DOMAIN "guichetd-session"

#include "config.h"

#include "guichetd-session.h"

GuichetdSession *
guichetd_session_new (GuichetClerk *clerk, gint64 epoch, gint64 now, gint64 expires)
{
  GuichetdSession *self = g_new0 (GuichetdSession, 1);

  self->refs = 1;
  self->clerk = guichet_clerk_ref (clerk);
  self->epoch = epoch;
  self->created = now;
  self->used = now;
  self->saved = now;
  self->expires = expires;
  return self;
}

GuichetdSession *
guichetd_session_ref (GuichetdSession *self)
{
  self->refs++;
  return self;
}

void
guichetd_session_unref (GuichetdSession *self)
{
  g_assert (self->refs > 0);
  if (--self->refs > 0)
    return;
  guichet_clerk_unref (self->clerk);
  g_free (self);
}
