/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-asker.h"
#include "eid-roots.h"

G_BEGIN_DECLS

/**
 * GuichetCardPolicy:
 * @roots: (owned): that cards are judged by
 * @test_mode: let those of test roots pass, with a caution
 * @asker: (owned) (nullable): asks for revocation; %NULL where that is not wanted
 *
 * What cards are judged by at this desk.
 */
typedef struct
{
  EidRoots *roots;
  gboolean test_mode;
  EidAsker *asker;
} GuichetCardPolicy;

/**
 * guichet_card_policy_load:
 * @path: (nullable): instead of the usual `guichet-eid.conf`, which need not be there
 *
 * Reads what the administrator of this computer says of roots and revocation, where guichet-eid
 * reads it too. With an error, the State's roots alone are known, test cards are refused, and
 * the State's servers are asked.
 */
gboolean guichet_card_policy_load (const char *path, GuichetCardPolicy *ret_policy, GError **error);

void guichet_card_policy_clear (GuichetCardPolicy *self);

G_END_DECLS
