/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-enums.h"
#include "guichet-event.h"

G_BEGIN_DECLS

/**
 * guichet_conflict_find:
 * @command: what is asked
 * @since: (element-type GuichetEvent): what happened to the request after the version that
 *   the clerk was looking at
 * @actor: login of who asks
 *
 * The one table of what disturbs what: a note conflicts with nothing; claim, release and
 * assign with changes of owner or closing; a move, a block and a document with stage,
 * waiting, result. Events of @actor's own commands and of the daemon disturb nothing.
 *
 * Returns: (nullable) (transfer none): the first event that conflicts
 */
const GuichetEvent *
guichet_conflict_find (GuichetCommandKind command, GPtrArray *since, const char *actor);

/** guichet_conflict_is_possible: whether there is anything that disturbs @command, so that it is worth reading what happened. */
gboolean guichet_conflict_is_possible (GuichetCommandKind command);

G_END_DECLS
