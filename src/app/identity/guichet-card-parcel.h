/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-prove.h"
#include "guichet-desk-card.h"

G_BEGIN_DECLS

/**
 * guichet_card_parcel_new:
 * @files: all that was read of a card
 * @proofs: (nullable): what its keys answered
 *
 * Returns: (transfer full): both, in the words in which they go to the server
 */
GuichetCardContent *guichet_card_parcel_new (EidFiles *files, const EidProofs *proofs);

G_END_DECLS
