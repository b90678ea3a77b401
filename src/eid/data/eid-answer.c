/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two kinds of answers about revocation have in common.
 */
#define G_LOG_DOMAIN "eid-answer"

#include "config.h"

#include "eid-answer.h"

#include "eid-error.h"

gboolean
eid_answer_judge (EidRevocationWay way,
                  GBytes *answer,
                  EidCertificate *certificate,
                  EidCertificate *issuer,
                  gint64 moment,
                  EidFinding *ret_finding,
                  GError **error)
{
  *ret_finding = (EidFinding){ .way = way };
  return way == EID_REVOCATION_OCSP
             ? eid_ocsp_judge (answer, certificate, issuer, moment, ret_finding, error)
             : eid_crl_judge (answer, certificate, issuer, moment, ret_finding, error);
}

gboolean
eid_answer_refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, EID_ERROR, EID_ERROR_ANSWER_INVALID, reason);
  return FALSE;
}

gboolean
eid_answer_is_current (const EidFinding *finding, gint64 moment, GError **error)
{
  gint64 now = moment / G_USEC_PER_SEC;

  if (finding->made > now + EID_REVOCATION_TOLERANCE)
    return eid_answer_refuse (error, "the answer was made after the moment that is judged at");
  if (finding->until < now - EID_REVOCATION_TOLERANCE)
    return eid_answer_refuse (error, "the answer is too old");
  return TRUE;
}

const char *
eid_answer_reason (guint number)
{
  /* RFC 5280 §5.3.1, where 7 is not used. */
  static const char *const reasons[] = {
    "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
    "superseded",    "cessationOfOperation", "certificateHold", NULL,
    "removeFromCRL", "privilegeWithdrawn",   "aACompromise",
  };

  return number < G_N_ELEMENTS (reasons) ? reasons[number] : NULL;
}
