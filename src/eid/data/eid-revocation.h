/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-files.h"

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

G_END_DECLS
