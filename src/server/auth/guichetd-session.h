/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "guichet-clerk.h"

G_BEGIN_DECLS

/** Bytes of a token's digest (BLAKE2b-256), which is all that is kept of it. */
#define GUICHETD_SESSION_DIGEST 32

/**
 * GuichetdSession:
 *
 * One sign-in of a clerk. Lives in the main thread; what crosses to others is the clerk.
 * `clerk` and `epoch` change together, when the clerk's rights do.
 */
typedef struct
{
  /*< public >*/
  GuichetClerk *clerk; /* (owned) as they are now */
  gint64 epoch;        /* counts the changes of their rights */
  gint64 created;      /* instants, microseconds */
  gint64 used;
  gint64 expires; /* whatever happens */
  gboolean ended; /* signed out, expired or revoked */

  /*< private >*/
  guint refs;
  guint8 digest[GUICHETD_SESSION_DIGEST];
  gint64 saved; /* value of `used` that the store has */
} GuichetdSession;

/** guichetd_session_new: (transfer full): @clerk is referenced. */
GuichetdSession *
guichetd_session_new (GuichetClerk *clerk, gint64 epoch, gint64 now, gint64 expires);
GuichetdSession *guichetd_session_ref (GuichetdSession *self);
void guichetd_session_unref (GuichetdSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdSession, guichetd_session_unref)

G_END_DECLS
