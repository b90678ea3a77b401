/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-roots.h"

G_BEGIN_DECLS

/**
 * GuichetCardPolicy:
 * @roots: (owned): that cards are judged by
 * @test_mode: let those of test roots pass, with a caution
 */
typedef struct
{
  EidRoots *roots;
  gboolean test_mode;
} GuichetCardPolicy;

/**
 * guichet_card_policy_load:
 * @path: (nullable): instead of the usual `guichet-eid.conf`, which need not be there
 *
 * Reads what the administrator of this computer says of roots, where guichet-eid reads it too.
 * With an error, the State's roots alone are known, and test cards are refused.
 */
gboolean guichet_card_policy_load (const char *path, GuichetCardPolicy *ret_policy, GError **error);

G_END_DECLS
