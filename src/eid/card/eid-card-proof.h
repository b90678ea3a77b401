/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-prove.h"
#include "eid-transport.h"

G_BEGIN_DECLS

/**
 * eid_card_prove:
 * @asking: (nullable): called just before the PIN goes to the card
 *
 * What eid_prove_async() does, with the card behind @transport; marks it spoiled if the card
 * may still hold the PIN for verified.
 *
 * Returns: (transfer full) (nullable): the proofs
 */
EidProofs *eid_card_prove (EidTransport *transport,
                           EidCardKind kind,
                           const EidProveRequest *request,
                           EidProveAsking asking,
                           gpointer asking_data,
                           GError **error);

G_END_DECLS
