/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-question.h"
#include "eid-report.h"

G_BEGIN_DECLS

/**
 * eid_standings_say:
 * @revocation: (nullable): what was answered; %NULL if nobody was asked
 *
 * Says of each certificate that counts what its issuer says of it, for eid_verify().
 */
void eid_standings_say (EidCertificates certificates,
                        gint64 moment,
                        EidRevocation *revocation,
                        EidReport *report);

G_END_DECLS
