/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include "eid-certificate.h"

G_BEGIN_DECLS

/**
 * EID_KEY_SIZE_MAX: bytes of the largest public key, as X.509 has it, that anything is checked
 * with: RSA of 8192 bits. The work grows with the third power of the size, and a key comes from
 * who knows where: one that fills its file keeps a thread for most of a minute.
 */
#define EID_KEY_SIZE_MAX 1100

/** eid_certificate_new_from_der: (transfer full) (nullable): %NULL with GnuTLS's status. */
EidCertificate *eid_certificate_new_from_der (GBytes *der, int *ret_status);

/** eid_certificate_get_crt: (transfer none): what GnuTLS knows it as; only to be read. */
gnutls_x509_crt_t eid_certificate_get_crt (EidCertificate *self);

gnutls_pubkey_t eid_certificate_get_public_key (EidCertificate *self);

G_END_DECLS
