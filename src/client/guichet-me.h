/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-clerk.h"

G_BEGIN_DECLS

/**
 * GuichetMe:
 *
 * What the server says of whoever is signed in. Immutable; any thread.
 */
typedef struct
{
  GuichetClerk *clerk;
  gint64 epoch;          /* of their rights */
  char *zone;            /* name of the town's time zone */
  gint64 now;            /* instant of the answer, by the server's clock */
  GPtrArray *colleagues; /* of GuichetClerk: all of the house; see guichet_desk_get_colleagues() */
} GuichetMe;

/** guichet_me_read: the answer of `/v1/me`; what makes no sense is GUICHET_DESK_ERROR_PROTOCOL. */
GuichetMe *guichet_me_read (GBytes *answer, GError **error);
GuichetMe *guichet_me_ref (GuichetMe *self);
void guichet_me_unref (GuichetMe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetMe, guichet_me_unref)

G_END_DECLS
