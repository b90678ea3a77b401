/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-request.h"

G_BEGIN_DECLS

/**
 * GuichetdRecent:
 *
 * Requests that were changed lately, so that what somebody works on is not read anew at each
 * command. They are as they were when they were last there, which may be a group that came to
 * nothing: version and last event say whether one is what is kept. The writer's own.
 */
typedef struct _GuichetdRecent GuichetdRecent;

/** guichetd_recent_new: @max: the one that was not asked for longest makes room. */
GuichetdRecent *guichetd_recent_new (guint max);
void guichetd_recent_free (GuichetdRecent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdRecent, guichetd_recent_free)

/** guichetd_recent_put: in the place of an older one; one that was purged leaves nothing. */
void guichetd_recent_put (GuichetdRecent *self, GuichetRequest *request);

/** guichetd_recent_find: (transfer full) (nullable): the request, if that is what is remembered of it. */
GuichetRequest *guichetd_recent_find (GuichetdRecent *self,
                                      const char *reference,
                                      gint64 version,
                                      gint64 last_event);

G_END_DECLS
