/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "eid-files.h"

G_BEGIN_DECLS

/** EID_SHA256_SIZE: bytes of the fingerprints by which certificates and keys are pinned. */
#define EID_SHA256_SIZE 32

/** What kind of key a certificate is about. Nicks: other, rsa, ec. */
typedef enum
{
  EID_KEY_OTHER,
  EID_KEY_RSA,
  EID_KEY_EC,
} EidKey;

#define EID_TYPE_KEY (eid_key_get_type ())
GType eid_key_get_type (void);

/**
 * EidCertificate:
 *
 * One X.509 certificate. Immutable, reference counted, usable from any thread.
 */
typedef struct _EidCertificate EidCertificate;

/**
 * eid_certificate_parse:
 * @bytes: a certificate file of a card: DER, and zero bytes after it
 * @file: which one; errors begin with its word
 *
 * Returns: (transfer full) (nullable): the certificate; %NULL with %EID_ERROR_ABSENT if there
 *   are only zeros, as on cards of children
 */
EidCertificate *eid_certificate_parse (GBytes *bytes, EidFile file, GError **error);

/** eid_certificate_load: a file with one certificate, PEM or DER; %EID_ERROR_INVALID. */
EidCertificate *eid_certificate_load (const char *path, GError **error);

EidCertificate *eid_certificate_ref (EidCertificate *self);
void eid_certificate_unref (EidCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidCertificate, eid_certificate_unref)

/** eid_certificate_get_der: (transfer none): without what stood after it. */
GBytes *eid_certificate_get_der (EidCertificate *self);
/**
 * eid_certificate_get_subject: (transfer none): the whole name, RFC 4514.
 *
 * As in all names of certificates, control characters are replaced.
 */
const char *eid_certificate_get_subject (EidCertificate *self);
/** eid_certificate_get_common_name: (transfer none) (nullable) */
const char *eid_certificate_get_common_name (EidCertificate *self);
/** eid_certificate_get_subject_serial: (transfer none) (nullable): a holder's national number. */
const char *eid_certificate_get_subject_serial (EidCertificate *self);
/** eid_certificate_get_serial: (transfer none): its own number, hexadecimal capitals. */
const char *eid_certificate_get_serial (EidCertificate *self);
/** eid_certificate_get_not_before: seconds since the epoch. */
gint64 eid_certificate_get_not_before (EidCertificate *self);
/** eid_certificate_get_not_after: seconds since the epoch. */
gint64 eid_certificate_get_not_after (EidCertificate *self);
EidKey eid_certificate_get_key (EidCertificate *self);
/** eid_certificate_is_ca: whether it may sign certificates. */
gboolean eid_certificate_is_ca (EidCertificate *self);
/** eid_certificate_get_fingerprint: SHA-256 of the DER, %EID_SHA256_SIZE bytes. */
const guint8 *eid_certificate_get_fingerprint (EidCertificate *self);
/** eid_certificate_get_key_fingerprint: SHA-256 of its SubjectPublicKeyInfo. */
const guint8 *eid_certificate_get_key_fingerprint (EidCertificate *self);

/**
 * eid_certificate_is_signed_by:
 * @ret_reason: (out) (transfer full) (optional): why not
 *
 * Whether @issuer's name and key made this certificate, and may. Says nothing about time:
 * periods are verdicts of their own. SHA-1 is taken, since cards until 2014 have no other.
 */
gboolean
eid_certificate_is_signed_by (EidCertificate *self, EidCertificate *issuer, char **ret_reason);

/** Digests that the register signed with. Nicks: sha1, sha256, sha384. */
typedef enum
{
  EID_DIGEST_SHA1,
  EID_DIGEST_SHA256,
  EID_DIGEST_SHA384,
} EidDigest;

#define EID_TYPE_DIGEST (eid_digest_get_type ())
GType eid_digest_get_type (void);

/**
 * eid_certificate_verify:
 * @signature: PKCS#1 v1.5 for RSA, DER for ECDSA; zero bytes may follow
 *
 * Whether the key of this certificate signed @data.
 */
gboolean
eid_certificate_verify (EidCertificate *self, EidDigest digest, GBytes *data, GBytes *signature);

G_END_DECLS
