/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * OCSP (RFC 6960). The question is GnuTLS's; the answer is taken apart here, since GnuTLS tells
 * neither which bytes were signed nor whether they held at any moment but now.
 */
#define G_LOG_DOMAIN "eid-ocsp"

#include "config.h"

#include <gnutls/ocsp.h>
#include <string.h>

#include "eid-answer.h"
#include "eid-certificate-private.h"
#include "eid-der.h"

/* id-pkix-ocsp-basic, and SHA-1, by which certificates are named in questions and answers. */
#define BASIC_OID "\x2B\x06\x01\x05\x05\x07\x30\x01\x01"
#define SHA1_OID "\x2B\x0E\x03\x02\x1A"

/* id-pkix-ocsp-nocheck */
#define NO_CHECK_OID "1.3.6.1.5.5.7.48.1.5"
#define NO_CHECK_MAX 16

#define STATUS_GOOD 0x80
#define STATUS_REVOKED 0xA1
#define STATUS_UNKNOWN 0x82

/* A certificate as OCSP names it. */
typedef struct
{
  gnutls_datum_t name;   /* (owned): hash of the issuer's name */
  gnutls_datum_t key;    /* (owned): of its key */
  gnutls_datum_t serial; /* (owned) */
} CertId;

typedef struct
{
  EidSigned signature;
  EidDer certificates; /* size 0 if there are none */
  EidDer responses;
} Basic;

/* (nullable): freed with gnutls_ocsp_req_deinit() */
static gnutls_ocsp_req_t
request_new (EidCertificate *certificate, EidCertificate *issuer)
{
  gnutls_ocsp_req_t request = NULL;

  if (gnutls_ocsp_req_init (&request) < 0)
    return NULL;
  if (gnutls_ocsp_req_add_cert (request,
                                GNUTLS_DIG_SHA1,
                                eid_certificate_get_crt (issuer),
                                eid_certificate_get_crt (certificate)) >= 0)
    return request;
  gnutls_ocsp_req_deinit (request);
  return NULL;
}

GBytes *
eid_ocsp_request (EidCertificate *certificate, EidCertificate *issuer)
{
  gnutls_ocsp_req_t request = request_new (certificate, issuer);
  gnutls_datum_t der = { NULL, 0 };
  GBytes *bytes;

  if (request != NULL)
    gnutls_ocsp_req_export (request, &der);
  bytes = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);
  g_clear_pointer (&request, gnutls_ocsp_req_deinit);
  return bytes;
}

static void
cert_id_clear (CertId *self)
{
  gnutls_free (self->name.data);
  gnutls_free (self->key.data);
  gnutls_free (self->serial.data);
}

static gboolean
cert_id_init (CertId *self, EidCertificate *certificate, EidCertificate *issuer)
{
  gnutls_ocsp_req_t request = request_new (certificate, issuer);
  gboolean done =
      request != NULL &&
      gnutls_ocsp_req_get_cert_id (request, 0, NULL, &self->name, &self->key, &self->serial) >= 0;

  g_clear_pointer (&request, gnutls_ocsp_req_deinit);
  return done;
}

static gboolean
is_about (EidDer *id, const CertId *wanted)
{
  EidDerWalk walk, inner;
  EidDer algorithm, oid, name, key, serial;

  eid_der_enter (&walk, id);
  if (!eid_der_expect (&walk, EID_DER_SEQUENCE, &algorithm) ||
      !eid_der_expect (&walk, EID_DER_OCTET_STRING, &name) ||
      !eid_der_expect (&walk, EID_DER_OCTET_STRING, &key) ||
      !eid_der_expect (&walk, EID_DER_INTEGER, &serial) || !eid_der_is_whole (&walk))
    return FALSE;
  eid_der_enter (&inner, &algorithm);
  return eid_der_expect (&inner, EID_DER_OID, &oid) &&
         eid_der_equal (&oid, SHA1_OID, strlen (SHA1_OID)) &&
         eid_der_equal (&name, wanted->name.data, wanted->name.size) &&
         eid_der_equal (&key, wanted->key.data, wanted->key.size) &&
         eid_der_equal (&serial, wanted->serial.data, wanted->serial.size);
}

/* --- Who answers ----------------------------------------------------------------------------- */

static gboolean
may_answer (EidCertificate *self)
{
  char oid[64];
  size_t size = sizeof oid;

  for (guint i = 0;
       gnutls_x509_crt_get_key_purpose_oid (eid_certificate_get_crt (self), i, oid, &size, NULL) >=
       0;
       i++, size = sizeof oid)
    if (strcmp (oid, GNUTLS_KP_OCSP_SIGNING) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the issuer says that nobody needs to ask whether this certificate was revoked. */
static gboolean
needs_no_check (EidCertificate *self)
{
  guint8 value[NO_CHECK_MAX];
  size_t size = sizeof value;

  return gnutls_x509_crt_get_extension_by_oid (eid_certificate_get_crt (self),
                                               NO_CHECK_OID,
                                               0,
                                               value,
                                               &size,
                                               NULL) >= 0;
}

/* Why whoever has this certificate may not answer for the issuer; NULL if they may. */
static const char *
objection_to (EidCertificate *delegate, EidCertificate *issuer, gint64 moment)
{
  gint64 now = moment / G_USEC_PER_SEC;
  int algorithm = gnutls_x509_crt_get_signature_algorithm (eid_certificate_get_crt (delegate));

  if (!eid_certificate_is_signed_by (delegate, issuer, NULL) || algorithm < 0 ||
      !gnutls_sign_is_secure2 ((gnutls_sign_algorithm_t) algorithm,
                               GNUTLS_SIGN_FLAG_SECURE_FOR_CERTS))
    return "who signed the answer was not appointed by the issuer";
  if (!may_answer (delegate))
    return "who signed the answer may not answer for the issuer";
  if (!needs_no_check (delegate))
    return "who signed the answer might be revoked in turn";
  if (now < eid_certificate_get_not_before (delegate) ||
      now > eid_certificate_get_not_after (delegate))
    return "the certificate of who signed the answer is out of its period";
  return NULL;
}

/* The issuer itself signs, or one whom it appointed; that one's certificate comes along. Whether
 * it was revoked in turn is not asked, so its issuer must say in it that this is not needed (RFC
 * 6960 4.2.2.2.1). One that does not say so may well be good; but what it signs would be believed
 * after its key was stolen, and without it the issuer's list still tells. */
static gboolean
check_signature (const Basic *self, EidCertificate *issuer, gint64 moment, GError **error)
{
  EidDerWalk walk;
  EidDer element;

  if (!eid_signed_is_safe (&self->signature))
    return eid_answer_refuse (error, "the answer is signed in a way that is not safe");
  if (eid_signed_is_by (&self->signature, issuer))
    return TRUE;

  eid_der_enter (&walk, &self->certificates);
  while (eid_der_next (&walk, &element))
    {
      g_autoptr (GBytes) der = g_bytes_new (element.start, element.whole);
      int status;
      g_autoptr (EidCertificate) delegate = eid_certificate_new_from_der (der, &status);
      const char *objection;

      if (delegate == NULL || !eid_signed_is_by (&self->signature, delegate))
        continue;
      objection = objection_to (delegate, issuer, moment);
      return objection == NULL || eid_answer_refuse (error, objection);
    }
  return eid_answer_refuse (error, "the answer is not signed by the issuer");
}

/* --- What it says ---------------------------------------------------------------------------- */

static gboolean
read_revoked (const EidDer *status, EidFinding *finding)
{
  EidDerWalk walk;
  EidDer since, explicit, reason;

  eid_der_enter (&walk, status);
  if (!eid_der_expect (&walk, EID_DER_TIME, &since) || !eid_der_time (&since, &finding->since))
    return FALSE;
  if (eid_der_is (&walk, EID_DER_CONTEXT (0)) && eid_der_next (&walk, &explicit))
    {
      if (!eid_der_only (&explicit, EID_DER_ENUMERATED, &reason) || reason.size != 1)
        return FALSE;
      finding->reason = eid_answer_reason (reason.data[0]);
    }
  finding->standing = EID_STANDING_REVOKED;
  return eid_der_is_whole (&walk);
}

static gboolean
read_status (const EidDer *status, EidFinding *finding)
{
  switch (status->tag)
    {
    case STATUS_GOOD:
      finding->standing = EID_STANDING_GOOD;
      return status->size == 0;
    case STATUS_UNKNOWN:
      finding->standing = EID_STANDING_UNKNOWN;
      return status->size == 0;
    case STATUS_REVOKED:
      return read_revoked (status, finding);
    default:
      return FALSE;
    }
}

static gboolean
has_critical (const EidDer *explicit)
{
  EidDerWalk walk;
  EidDer extensions;
  EidExtension extension;

  if (!eid_der_only (explicit, EID_DER_SEQUENCE, &extensions))
    return TRUE;
  eid_der_enter (&walk, &extensions);
  while (eid_extension_next (&walk, &extension))
    if (extension.critical)
      return TRUE;
  return walk.broken;
}

/* What follows the name of the certificate in one response. */
static gboolean
read_single (EidDerWalk *walk, EidFinding *finding)
{
  EidDer status, made, explicit, until;

  if (!eid_der_next (walk, &status) || !read_status (&status, finding) ||
      !eid_der_expect (walk, EID_DER_TIME, &made) || !eid_der_time (&made, &finding->made))
    return FALSE;
  finding->until = finding->made + EID_REVOCATION_AGE_MAX;
  if (eid_der_is (walk, EID_DER_CONTEXT (0)) && eid_der_next (walk, &explicit))
    {
      if (!eid_der_only (&explicit, EID_DER_TIME, &until) ||
          !eid_der_time (&until, &finding->until))
        return FALSE;
    }
  if (eid_der_is (walk, EID_DER_CONTEXT (1)) &&
      (!eid_der_next (walk, &explicit) || has_critical (&explicit)))
    return FALSE;
  finding->until = MIN (finding->until, finding->made + EID_REVOCATION_OCSP_AGE_MAX);
  return eid_der_is_whole (walk);
}

/* Of several about the same certificate, one that says it is revoked decides, then the newest. */
static gboolean
outweighs (const EidFinding *self, const EidFinding *other)
{
  if ((self->standing == EID_STANDING_REVOKED) != (other->standing == EID_STANDING_REVOKED))
    return self->standing == EID_STANDING_REVOKED;
  return self->made > other->made;
}

static gboolean
find_single (const Basic *self,
             const CertId *wanted,
             gint64 moment,
             EidFinding *ret_finding,
             GError **error)
{
  EidDerWalk walk, inner;
  EidDer single, id;
  gboolean found = FALSE;

  eid_der_enter (&walk, &self->responses);
  while (eid_der_next (&walk, &single))
    {
      EidFinding finding = { .way = EID_REVOCATION_OCSP };

      eid_der_enter (&inner, &single);
      if (single.tag != EID_DER_SEQUENCE || !eid_der_expect (&inner, EID_DER_SEQUENCE, &id))
        return eid_answer_refuse (error, "the answer is garbled");
      if (!is_about (&id, wanted))
        continue;
      if (!read_single (&inner, &finding))
        return eid_answer_refuse (error, "the answer is garbled");
      if (!found || outweighs (&finding, ret_finding))
        *ret_finding = finding;
      found = TRUE;
    }
  if (!found)
    return eid_answer_refuse (error, "the answer is about another certificate");
  return eid_answer_is_current (ret_finding, moment, error);
}

/* --- Its form -------------------------------------------------------------------------------- */

static gboolean
read_content (Basic *self)
{
  EidDerWalk walk;
  EidDer element;

  eid_der_enter (&walk, &self->signature.content);
  /* A version would be another than the first, which is the default. */
  if (!eid_der_next (&walk, &element) ||
      (element.tag != EID_DER_CONTEXT (1) && element.tag != EID_DER_CONTEXT (2)) ||
      !eid_der_expect (&walk, EID_DER_TIME, &element) ||
      !eid_der_expect (&walk, EID_DER_SEQUENCE, &self->responses))
    return FALSE;
  if (eid_der_is (&walk, EID_DER_CONTEXT (1)) &&
      (!eid_der_next (&walk, &element) || has_critical (&element)))
    return FALSE;
  return eid_der_is_whole (&walk);
}

static gboolean
read_basic (Basic *self, const EidDer *octets)
{
  EidDerWalk walk;
  EidDer basic, explicit;

  *self = (Basic){ 0 };
  if (!eid_der_only (octets, EID_DER_SEQUENCE, &basic))
    return FALSE;
  eid_der_enter (&walk, &basic);
  if (!eid_signed_read (&self->signature, &walk))
    return FALSE;
  if (eid_der_is (&walk, EID_DER_CONTEXT (0)) &&
      (!eid_der_next (&walk, &explicit) ||
       !eid_der_only (&explicit, EID_DER_SEQUENCE, &self->certificates)))
    return FALSE;
  return eid_der_is_whole (&walk) && read_content (self);
}

/* An answer in which a responder says that it gives none has no more than its status. */
static gboolean
read_response (Basic *self, GBytes *answer, guint8 *ret_status)
{
  EidDerWalk walk;
  EidDer all, status, explicit, bytes, oid, octets;
  gsize size;
  const guint8 *data = g_bytes_get_data (answer, &size);

  eid_der_walk (&walk, data, size);
  if (!eid_der_expect (&walk, EID_DER_SEQUENCE, &all) || !eid_der_is_whole (&walk))
    return FALSE;
  eid_der_enter (&walk, &all);
  if (!eid_der_expect (&walk, EID_DER_ENUMERATED, &status) || status.size != 1)
    return FALSE;
  *ret_status = status.data[0];
  if (*ret_status != 0)
    return TRUE;
  if (!eid_der_expect (&walk, EID_DER_CONTEXT (0), &explicit) || !eid_der_is_whole (&walk) ||
      !eid_der_only (&explicit, EID_DER_SEQUENCE, &bytes))
    return FALSE;
  eid_der_enter (&walk, &bytes);
  return eid_der_expect (&walk, EID_DER_OID, &oid) &&
         eid_der_equal (&oid, BASIC_OID, strlen (BASIC_OID)) &&
         eid_der_expect (&walk, EID_DER_OCTET_STRING, &octets) && eid_der_is_whole (&walk) &&
         read_basic (self, &octets);
}

gboolean
eid_ocsp_judge (GBytes *answer,
                EidCertificate *certificate,
                EidCertificate *issuer,
                gint64 moment,
                EidFinding *ret_finding,
                GError **error)
{
  CertId wanted = { 0 };
  Basic basic;
  guint8 status = 0;
  gboolean counts;

  if (!read_response (&basic, answer, &status))
    return eid_answer_refuse (error, "the answer is garbled");
  if (status != 0)
    return eid_answer_refuse (error, "the responder says that it cannot answer");
  if (!check_signature (&basic, issuer, moment, error))
    return FALSE;

  counts = cert_id_init (&wanted, certificate, issuer)
               ? find_single (&basic, &wanted, moment, ret_finding, error)
               : eid_answer_refuse (error, "the certificate cannot be asked about");
  cert_id_clear (&wanted);
  return counts;
}
