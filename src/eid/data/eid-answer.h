/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-revocation.h"

G_BEGIN_DECLS

/** eid_ocsp_request: (transfer full): the question about one certificate, DER. */
GBytes *eid_ocsp_request (EidCertificate *certificate, EidCertificate *issuer);

/**
 * eid_answer_judge:
 *
 * Whether an answer counts for this certificate, see eid_revocation_judge(), and what it says.
 *
 * Returns: %FALSE with %EID_ERROR_ANSWER_INVALID if it does not count
 */
gboolean eid_answer_judge (EidRevocationWay way,
                           GBytes *answer,
                           EidCertificate *certificate,
                           EidCertificate *issuer,
                           gint64 moment,
                           EidFinding *ret_finding,
                           GError **error);

/* The two kinds of answers, and what they have in common. */

gboolean eid_ocsp_judge (GBytes *answer,
                         EidCertificate *certificate,
                         EidCertificate *issuer,
                         gint64 moment,
                         EidFinding *ret_finding,
                         GError **error);
gboolean eid_crl_judge (GBytes *answer,
                        EidCertificate *certificate,
                        EidCertificate *issuer,
                        gint64 moment,
                        EidFinding *ret_finding,
                        GError **error);

/** eid_answer_refuse: sets %EID_ERROR_ANSWER_INVALID. Always returns %FALSE. */
gboolean eid_answer_refuse (GError **error, const char *reason);
/** eid_answer_is_current: whether a finding's period holds at a moment. */
gboolean eid_answer_is_current (const EidFinding *finding, gint64 moment, GError **error);
/** eid_answer_reason: (nullable) (transfer none): the word for a CRLReason. */
const char *eid_answer_reason (guint number);

G_END_DECLS
