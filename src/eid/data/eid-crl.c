/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of revoked certificates (RFC 5280 §5). Only one that is about all that its issuer has
 * issued counts: not what was added to another, nor a part of it. One that says where it is to be
 * found is whole all the same, if the certificate names that place as well; one by reasons, by kinds
 * of certificates or for other issuers is not.
 */
#define G_LOG_DOMAIN "eid-crl"

#include "config.h"

#include <gnutls/x509.h>
#include <string.h>

#include "eid-answer.h"
#include "eid-certificate-private.h"
#include "eid-der.h"

#define SERIAL_SIZE_MAX 64
#define REASON_OID "\x55\x1D\x15"
#define DELTA_OID "\x55\x1D\x1B"
#define SCOPE_OID "\x55\x1D\x1C" /* issuingDistributionPoint */
#define URI 0x86                 /* among general names */
#define ADDRESS_SIZE_MAX 1024

typedef struct
{
  EidSigned signature;
  EidDer issuer;
  EidDer made;
  EidDer until;
  EidDer entries;    /* size 0 if nothing is revoked */
  EidDer extensions; /* size 0 if there are none */
} List;

static gboolean
read_content (List *self)
{
  EidDerWalk walk;
  EidDer element, explicit;

  eid_der_enter (&walk, &self->signature.content);
  if (eid_der_is (&walk, EID_DER_INTEGER) && !eid_der_next (&walk, &element))
    return FALSE;
  /* The algorithm is there twice, and only once under the signature. */
  if (!eid_der_expect (&walk, EID_DER_SEQUENCE, &element) ||
      !eid_der_equal (&element, self->signature.algorithm.data, self->signature.algorithm.size) ||
      !eid_der_expect (&walk, EID_DER_SEQUENCE, &self->issuer) ||
      !eid_der_next (&walk, &self->made) || !eid_der_next (&walk, &self->until))
    return FALSE;
  if (eid_der_is (&walk, EID_DER_SEQUENCE) && !eid_der_next (&walk, &self->entries))
    return FALSE;
  if (eid_der_is (&walk, EID_DER_CONTEXT (0)) &&
      (!eid_der_next (&walk, &explicit) ||
       !eid_der_only (&explicit, EID_DER_SEQUENCE, &self->extensions)))
    return FALSE;
  return eid_der_is_whole (&walk);
}

static gboolean
read_list (List *self, GBytes *answer)
{
  EidDerWalk walk;
  EidDer all;
  gsize size;
  const guint8 *data = g_bytes_get_data (answer, &size);

  *self = (List){ 0 };
  eid_der_walk (&walk, data, size);
  if (!eid_der_expect (&walk, EID_DER_SEQUENCE, &all) || !eid_der_is_whole (&walk))
    return FALSE;
  eid_der_enter (&walk, &all);
  return eid_signed_read (&self->signature, &walk) && eid_der_is_whole (&walk) &&
         read_content (self);
}

static gboolean
check_issuer (const List *self, EidCertificate *issuer, GError **error)
{
  gnutls_x509_crt_t crt = eid_certificate_get_crt (issuer);
  gnutls_datum_t name = { NULL, 0 };
  guint usage = 0;
  gboolean named = gnutls_x509_crt_get_raw_dn (crt, &name) >= 0 &&
                   self->issuer.whole == name.size &&
                   memcmp (self->issuer.start, name.data, name.size) == 0;

  gnutls_free (name.data);
  if (!named)
    return eid_answer_refuse (error, "the list is another issuer's");
  if (gnutls_x509_crt_get_key_usage (crt, &usage, NULL) >= 0 && !(usage & GNUTLS_KEY_CRL_SIGN))
    return eid_answer_refuse (error, "the issuer may not sign lists");
  if (!eid_signed_is_safe (&self->signature))
    return eid_answer_refuse (error, "the list is signed in a way that is not safe");
  if (!eid_signed_is_by (&self->signature, issuer))
    return eid_answer_refuse (error, "the list is not signed by the issuer");
  return TRUE;
}

/* Whether a certificate names this place for lists. */
static gboolean
is_named_by (const EidDer *place, EidCertificate *certificate)
{
  int status = GNUTLS_SAN_URI;

  for (guint i = 0; status >= 0; i++)
    {
      char text[ADDRESS_SIZE_MAX];
      size_t size = sizeof text;

      status = gnutls_x509_crt_get_crl_dist_points (eid_certificate_get_crt (certificate),
                                                    i,
                                                    text,
                                                    &size,
                                                    NULL,
                                                    NULL);
      if (status == GNUTLS_SAN_URI && eid_der_equal (place, text, size))
        return TRUE;
    }
  return FALSE;
}

/* Anything but the place in it makes the list one of a part. */
static gboolean
is_about_all (const EidDer *scope, EidCertificate *certificate)
{
  EidDerWalk walk;
  EidDer content, point, names, name;

  if (!eid_der_only (scope, EID_DER_SEQUENCE, &content))
    return FALSE;
  eid_der_enter (&walk, &content);
  if (!eid_der_expect (&walk, EID_DER_CONTEXT (0), &point) || !eid_der_is_whole (&walk) ||
      !eid_der_only (&point, EID_DER_CONTEXT (0), &names))
    return FALSE;
  eid_der_enter (&walk, &names);
  while (eid_der_next (&walk, &name))
    if (name.tag == URI && is_named_by (&name, certificate))
      return TRUE;
  return FALSE;
}

static gboolean
check_extensions (const List *self, EidCertificate *certificate, GError **error)
{
  EidDerWalk walk;
  EidExtension extension;

  eid_der_enter (&walk, &self->extensions);
  while (eid_extension_next (&walk, &extension))
    {
      if (eid_der_equal (&extension.oid, DELTA_OID, strlen (DELTA_OID)))
        return eid_answer_refuse (error, "the list has only what was added to another");
      if (eid_der_equal (&extension.oid, SCOPE_OID, strlen (SCOPE_OID)))
        {
          if (!is_about_all (&extension.value, certificate))
            return eid_answer_refuse (error,
                                      "the list is about a part of what its issuer has issued");
        }
      else if (extension.critical)
        return eid_answer_refuse (error, "the list says something that is not understood here");
    }
  return !walk.broken || eid_answer_refuse (error, "the list is garbled");
}

static gboolean
read_reason (const EidDer *extensions, EidFinding *finding)
{
  EidDerWalk walk;
  EidExtension extension;
  EidDer reason;

  eid_der_enter (&walk, extensions);
  while (eid_extension_next (&walk, &extension))
    if (eid_der_equal (&extension.oid, REASON_OID, strlen (REASON_OID)))
      {
        if (!eid_der_only (&extension.value, EID_DER_ENUMERATED, &reason) || reason.size != 1)
          return FALSE;
        finding->reason = eid_answer_reason (reason.data[0]);
      }
  return !walk.broken;
}

static gboolean
read_entry (EidDerWalk *entry, EidFinding *finding)
{
  EidDer since, extensions = { 0 };

  finding->standing = EID_STANDING_REVOKED;
  return eid_der_next (entry, &since) && eid_der_time (&since, &finding->since) &&
         (!eid_der_is (entry, EID_DER_SEQUENCE) || eid_der_next (entry, &extensions)) &&
         eid_der_is_whole (entry) && read_reason (&extensions, finding);
}

static gboolean
find_entry (const List *self, EidCertificate *certificate, EidFinding *finding, GError **error)
{
  guint8 wanted[SERIAL_SIZE_MAX];
  size_t size = sizeof wanted;
  EidDerWalk walk, inner;
  EidDer entry, serial;

  if (gnutls_x509_crt_get_serial (eid_certificate_get_crt (certificate), wanted, &size) < 0)
    return eid_answer_refuse (error, "the certificate cannot be asked about");
  finding->standing = EID_STANDING_GOOD;
  eid_der_enter (&walk, &self->entries);
  while (eid_der_next (&walk, &entry))
    {
      eid_der_enter (&inner, &entry);
      if (entry.tag != EID_DER_SEQUENCE || !eid_der_expect (&inner, EID_DER_INTEGER, &serial))
        return eid_answer_refuse (error, "the list is garbled");
      if (eid_der_equal (&serial, wanted, size))
        return read_entry (&inner, finding) || eid_answer_refuse (error, "the list is garbled");
    }
  return !walk.broken || eid_answer_refuse (error, "the list is garbled");
}

gboolean
eid_crl_judge (GBytes *answer,
               EidCertificate *certificate,
               EidCertificate *issuer,
               gint64 moment,
               EidFinding *ret_finding,
               GError **error)
{
  List list;

  if (!read_list (&list, answer) || !eid_der_time (&list.made, &ret_finding->made) ||
      !eid_der_time (&list.until, &ret_finding->until))
    return eid_answer_refuse (error, "the list is garbled");
  return check_issuer (&list, issuer, error) && check_extensions (&list, certificate, error) &&
         eid_answer_is_current (ret_finding, moment, error) &&
         find_entry (&list, certificate, ret_finding, error);
}
