/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-certificate.h"

G_BEGIN_DECLS

/** How revocation is asked for: about one certificate, or as the list of all. Nicks: ocsp, crl. */
typedef enum
{
  EID_REVOCATION_OCSP,
  EID_REVOCATION_CRL,
} EidRevocationWay;

#define EID_N_REVOCATION_WAYS (EID_REVOCATION_CRL + 1)

#define EID_TYPE_REVOCATION_WAY (eid_revocation_way_get_type ())
GType eid_revocation_way_get_type (void);

/** What an answer says of a certificate. Nicks: good, revoked, unknown. */
typedef enum
{
  EID_STANDING_GOOD,
  EID_STANDING_REVOKED,
  EID_STANDING_UNKNOWN,
} EidStanding;

#define EID_TYPE_STANDING (eid_standing_get_type ())
GType eid_standing_get_type (void);

/**
 * EidFinding:
 * @standing: unknown is an answer as well: its issuer does not know the certificate
 * @way: how it was found
 * @made: when the answer was made, as all here in seconds since the epoch
 * @until: until when it counts
 * @since: since when it is revoked; 0 if it is not
 * @reason: (nullable) (transfer none): of the revocation, in the words of RFC 5280:
 *   `keyCompromise`, `certificateHold`, …
 *
 * What is known about the revocation of one certificate.
 */
typedef struct
{
  EidStanding standing;
  EidRevocationWay way;
  gint64 made;
  gint64 until;
  gint64 since;
  const char *reason;
} EidFinding;

/** eid_finding_is_on_hold: whether it is revoked only until its issuer takes that back. */
gboolean eid_finding_is_on_hold (const EidFinding *self);

/**
 * EID_REVOCATION_TOLERANCE: seconds by which clocks may differ when an answer's period is judged.
 * EID_REVOCATION_AGE_MAX: seconds for which an answer counts that does not say for how long.
 */
#define EID_REVOCATION_TOLERANCE (5 * 60)
#define EID_REVOCATION_AGE_MAX (60 * 60)
/**
 * EID_REVOCATION_OCSP_AGE_MAX: seconds after which an answer by OCSP does not count any more,
 * whatever it says: somebody on the way could keep one from before a card was stolen. Responders
 * answer anew within hours; a list is meant to be kept, and counts for as long as it says.
 */
#define EID_REVOCATION_OCSP_AGE_MAX (7 * 24 * 60 * 60)

/**
 * EidRevocation:
 *
 * What was answered when the revocation of a card's certificates was asked for, as bytes, or
 * why there is no answer. Filled once, then only read.
 */
typedef struct _EidRevocation EidRevocation;

/** eid_revocation_new: nothing yet. (transfer full) */
EidRevocation *eid_revocation_new (void);
EidRevocation *eid_revocation_ref (EidRevocation *self);
void eid_revocation_unref (EidRevocation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidRevocation, eid_revocation_unref)

/**
 * eid_revocation_set_answer:
 * @file: the certificate that was asked about
 * @answer: (transfer none): an OCSP response or a CRL, DER
 */
void
eid_revocation_set_answer (EidRevocation *self, EidFile file, EidRevocationWay way, GBytes *answer);

/** eid_revocation_get_answer: (transfer none) (nullable) */
GBytes *eid_revocation_get_answer (EidRevocation *self, EidFile file, EidRevocationWay way);

/**
 * eid_revocation_set_failure:
 * @failure: (transfer full): why there is no answer
 */
void eid_revocation_set_failure (EidRevocation *self,
                                 EidFile file,
                                 EidRevocationWay way,
                                 GError *failure);

/** eid_revocation_get_failure: (transfer none) (nullable) */
const GError *eid_revocation_get_failure (EidRevocation *self, EidFile file, EidRevocationWay way);

/**
 * eid_revocation_judge:
 * @file: which certificate of the card
 * @issuer: who issued it, and whose word counts about it
 * @moment: microseconds since the epoch
 *
 * What the answers say of a certificate. One counts that is about this very certificate, signed
 * by its issuer or by whom that issuer lets answer, safely, and in its period at @moment.
 *
 * Returns: %FALSE with %EID_ERROR_UNANSWERED if none counts; the message says why of each
 */
gboolean eid_revocation_judge (EidRevocation *self,
                               EidFile file,
                               EidCertificate *certificate,
                               EidCertificate *issuer,
                               gint64 moment,
                               EidFinding *ret_finding,
                               GError **error);

G_END_DECLS
