/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-question.h"
#include "eid-verify.h"

G_BEGIN_DECLS

/**
 * eid_chain_judge:
 * @register_ca_refusal: (nullable): why the register's own CA could not be read, if it is there
 *
 * Whether a card's certificates follow from each other and from a known root, and the one that signs
 * files is the register's.
 *
 * Returns: %FALSE if something was found that keeps the card from being called genuine
 */
gboolean eid_chain_judge (EidCertificates certificates,
                          const GError *register_ca_refusal,
                          const EidPolicy *policy,
                          EidReport *report);

G_END_DECLS
