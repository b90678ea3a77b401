/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * X.509 by GnuTLS. What depends on a moment in time is left out of its checks on purpose: a
 * root whose period has ended says nothing against a card of its time, and the verdict names
 * each period by itself.
 */
#define G_LOG_DOMAIN "eid-certificate"

#include "config.h"

#include "eid-certificate.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#include "eid-certificate-private.h"
#include "eid-error.h"
#include "eid-tlv.h"
#include "eid-word.h"

/* No certificate of a card is as long as its file can be. */
#define LOADED_SIZE_MAX (64 * 1024)
#define SERIAL_SIZE_MAX 64
/* U+FFFD, in place of what cannot be shown. */
#define REPLACEMENT "\357\277\275"

struct _EidCertificate
{
  gnutls_x509_crt_t crt; /* (owned) */
  gnutls_pubkey_t key;   /* (owned) */
  GBytes *der;           /* (owned) */
  char *subject;         /* (owned) */
  char *common_name;     /* (owned) (nullable) */
  char *subject_serial;  /* (owned) (nullable) */
  char *serial;          /* (owned) */
  gint64 not_before;
  gint64 not_after;
  EidKey key_kind;
  guint8 fingerprint[EID_SHA256_SIZE];
  guint8 key_fingerprint[EID_SHA256_SIZE];
};

G_DEFINE_ENUM_TYPE (EidKey,
                    eid_key,
                    G_DEFINE_ENUM_VALUE (EID_KEY_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (EID_KEY_RSA, "rsa"),
                    G_DEFINE_ENUM_VALUE (EID_KEY_EC, "ec"))

G_DEFINE_ENUM_TYPE (EidDigest,
                    eid_digest,
                    G_DEFINE_ENUM_VALUE (EID_DIGEST_SHA1, "sha1"),
                    G_DEFINE_ENUM_VALUE (EID_DIGEST_SHA256, "sha256"),
                    G_DEFINE_ENUM_VALUE (EID_DIGEST_SHA384, "sha384"))

static void
certificate_clear (gpointer data)
{
  EidCertificate *self = data;

  g_clear_pointer (&self->crt, gnutls_x509_crt_deinit);
  g_clear_pointer (&self->key, gnutls_pubkey_deinit);
  g_clear_pointer (&self->der, g_bytes_unref);
  eid_wiped_free (self->subject);
  eid_wiped_free (self->common_name);
  eid_wiped_free (self->subject_serial);
  g_free (self->serial);
}

static gnutls_datum_t
datum_of (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return (gnutls_datum_t){ (guint8 *) data, (guint) size };
}

/* What a certificate says goes to terminals and logs: it may not command them. Never grown, so
 * that nothing of it is left behind. */
static char *
clean_name (const char *text, gsize size)
{
  char *valid = g_utf8_make_valid (text, (gssize) size);
  GString *clean = g_string_sized_new (strlen (valid) * strlen (REPLACEMENT));

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      g_string_append (clean, REPLACEMENT);
    else
      g_string_append_len (clean, at, g_utf8_next_char (at) - at);
  eid_wiped_free (valid);
  return g_string_free (clean, FALSE);
}

static char *
take_datum (gnutls_datum_t *datum)
{
  char *text = clean_name ((const char *) datum->data, datum->size);

  explicit_bzero (datum->data, datum->size);
  gnutls_free (datum->data);
  return text;
}

/* One part of the subject's name; absent where it cannot be read. */
static char *
read_name (gnutls_x509_crt_t crt, const char *oid)
{
  size_t size = 0;
  char *text, *name = NULL;

  if (gnutls_x509_crt_get_dn_by_oid (crt, oid, 0, 0, NULL, &size) != GNUTLS_E_SHORT_MEMORY_BUFFER)
    return NULL;
  text = g_malloc0 (size + 1);
  if (gnutls_x509_crt_get_dn_by_oid (crt, oid, 0, 0, text, &size) >= 0)
    name = clean_name (text, strlen (text));
  eid_wiped_free (text);
  return name;
}

static char *
read_serial (gnutls_x509_crt_t crt)
{
  guint8 serial[SERIAL_SIZE_MAX];
  size_t size = sizeof serial;

  if (gnutls_x509_crt_get_serial (crt, serial, &size) < 0)
    size = 0;
  return eid_hex (serial, size);
}

static EidKey
read_key_kind (gnutls_pubkey_t key)
{
  switch (gnutls_pubkey_get_pk_algorithm (key, NULL))
    {
    case GNUTLS_PK_RSA:
      return EID_KEY_RSA;
    case GNUTLS_PK_ECDSA:
      return EID_KEY_EC;
    default:
      return EID_KEY_OTHER;
    }
}

static int
read_key (EidCertificate *self)
{
  gnutls_datum_t spki = { NULL, 0 };
  int status = gnutls_pubkey_init (&self->key);

  if (status >= 0)
    status = gnutls_pubkey_import_x509 (self->key, self->crt, 0);
  if (status >= 0)
    status = gnutls_pubkey_export2 (self->key, GNUTLS_X509_FMT_DER, &spki);
  if (status < 0)
    return status;

  status = spki.size <= EID_KEY_SIZE_MAX
               ? gnutls_hash_fast (GNUTLS_DIG_SHA256, spki.data, spki.size, self->key_fingerprint)
               : GNUTLS_E_CONSTRAINT_ERROR;
  gnutls_free (spki.data);
  self->key_kind = read_key_kind (self->key);
  return status;
}

static const char *
status_text (int status)
{
  return status == GNUTLS_E_CONSTRAINT_ERROR ? "its key is too large" : gnutls_strerror (status);
}

EidCertificate *
eid_certificate_new_from_der (GBytes *der, int *ret_status)
{
  g_autoptr (EidCertificate) self = g_atomic_rc_box_new0 (EidCertificate);
  gnutls_datum_t data = datum_of (der);
  gnutls_datum_t subject = { NULL, 0 };
  int status = gnutls_x509_crt_init (&self->crt);

  self->der = g_bytes_ref (der);
  if (status >= 0)
    status = gnutls_x509_crt_import (self->crt, &data, GNUTLS_X509_FMT_DER);
  if (status >= 0)
    status = gnutls_x509_crt_get_dn3 (self->crt, &subject, 0);
  if (status >= 0)
    {
      self->subject = take_datum (&subject);
      status = read_key (self);
    }
  *ret_status = status;
  if (status < 0)
    return NULL;

  gnutls_hash_fast (GNUTLS_DIG_SHA256, data.data, data.size, self->fingerprint);
  self->common_name = read_name (self->crt, GNUTLS_OID_X520_COMMON_NAME);
  self->subject_serial = read_name (self->crt, "2.5.4.5");
  self->serial = read_serial (self->crt);
  self->not_before = gnutls_x509_crt_get_activation_time (self->crt);
  self->not_after = gnutls_x509_crt_get_expiration_time (self->crt);
  return g_steal_pointer (&self);
}

/* Finds the end of the DER at the beginning of a file (X.690 §8.1.3): certificates are longer
 * than 255 bytes and shorter than 65,536. */
static gboolean
find_der (EidFile file, const guint8 *data, gsize size, gsize *ret_size, GError **error)
{
  if (size < 4)
    return eid_unreadable (error, file, size, "the file ends before the certificate's length");
  if (data[0] != 0x30 || data[1] != 0x82)
    return eid_unreadable (error, file, 0, "not a certificate");
  *ret_size = 4 + ((gsize) data[2] << 8 | data[3]);
  if (*ret_size > size)
    return eid_unreadable (error,
                           file,
                           size,
                           "the file ends, and the certificate should have %" G_GSIZE_FORMAT
                           " bytes",
                           *ret_size);
  for (gsize i = *ret_size; i < size; i++)
    if (data[i] != 0)
      return eid_unreadable (error, file, i, "byte %02X after the certificate", data[i]);
  return TRUE;
}

static gboolean
is_all_zero (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (data[i] != 0)
      return FALSE;
  return TRUE;
}

EidCertificate *
eid_certificate_parse (GBytes *bytes, EidFile file, GError **error)
{
  EidCertificate *self;
  g_autoptr (GBytes) der = NULL;
  gsize size, der_size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int status;

  if (is_all_zero (data, size))
    {
      g_set_error (error, EID_ERROR, EID_ERROR_ABSENT, "%s: is not there", eid_file_word (file));
      return NULL;
    }
  if (!find_der (file, data, size, &der_size, error))
    return NULL;

  der = g_bytes_new_from_bytes (bytes, 0, der_size);
  self = eid_certificate_new_from_der (der, &status);
  if (self == NULL)
    eid_unreadable (error, file, 0, "not a certificate (%s)", status_text (status));
  return self;
}

/* (transfer full) (nullable): the DER in a PEM file; the content itself if it is none. */
static GBytes *
unwrap_pem (const char *content, gsize size, int *ret_status)
{
  gnutls_datum_t text = { (guint8 *) content, (guint) size };
  gnutls_datum_t der = { NULL, 0 };
  GBytes *bytes;

  if (g_strstr_len (content, (gssize) size, "-----BEGIN ") == NULL)
    return g_bytes_new (content, size);
  *ret_status = gnutls_pem_base64_decode2 ("CERTIFICATE", &text, &der);
  if (*ret_status < 0)
    return NULL;
  bytes = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);
  return bytes;
}

EidCertificate *
eid_certificate_load (const char *path, GError **error)
{
  EidCertificate *self = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GBytes) der = NULL;
  gsize size;
  int status = 0;

  if (!g_file_get_contents (path, &content, &size, error))
    return NULL;
  if (size <= LOADED_SIZE_MAX)
    der = unwrap_pem (content, size, &status);
  if (der != NULL)
    self = eid_certificate_new_from_der (der, &status);
  if (self == NULL)
    g_set_error (error,
                 EID_ERROR,
                 EID_ERROR_INVALID,
                 "%s holds no certificate (%s)",
                 path,
                 size > LOADED_SIZE_MAX ? "the file is too large" : status_text (status));
  return self;
}

EidCertificate *
eid_certificate_ref (EidCertificate *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
eid_certificate_unref (EidCertificate *self)
{
  g_atomic_rc_box_release_full (self, certificate_clear);
}

gnutls_x509_crt_t
eid_certificate_get_crt (EidCertificate *self)
{
  return self->crt;
}

gnutls_pubkey_t
eid_certificate_get_public_key (EidCertificate *self)
{
  return self->key;
}

GBytes *
eid_certificate_get_der (EidCertificate *self)
{
  return self->der;
}

const char *
eid_certificate_get_subject (EidCertificate *self)
{
  return self->subject;
}

const char *
eid_certificate_get_common_name (EidCertificate *self)
{
  return self->common_name;
}

const char *
eid_certificate_get_subject_serial (EidCertificate *self)
{
  return self->subject_serial;
}

const char *
eid_certificate_get_serial (EidCertificate *self)
{
  return self->serial;
}

gint64
eid_certificate_get_not_before (EidCertificate *self)
{
  return self->not_before;
}

gint64
eid_certificate_get_not_after (EidCertificate *self)
{
  return self->not_after;
}

EidKey
eid_certificate_get_key (EidCertificate *self)
{
  return self->key_kind;
}

gboolean
eid_certificate_is_ca (EidCertificate *self)
{
  return gnutls_x509_crt_get_ca_status (self->crt, NULL) > 0;
}

const guint8 *
eid_certificate_get_fingerprint (EidCertificate *self)
{
  return self->fingerprint;
}

const guint8 *
eid_certificate_get_key_fingerprint (EidCertificate *self)
{
  return self->key_fingerprint;
}

static const char *
reason_of (guint status)
{
  if (status & GNUTLS_CERT_SIGNER_NOT_FOUND)
    return "it names another issuer";
  if (status & GNUTLS_CERT_SIGNER_NOT_CA)
    return "its issuer may not sign certificates";
  if (status & GNUTLS_CERT_SIGNATURE_FAILURE)
    return "its signature is not its issuer's";
  if (status & GNUTLS_CERT_INSECURE_ALGORITHM)
    return "it is signed in a way that is not safe";
  return "it does not follow from its issuer";
}

gboolean
eid_certificate_is_signed_by (EidCertificate *self, EidCertificate *issuer, char **ret_reason)
{
  const guint flags = GNUTLS_VERIFY_DISABLE_TIME_CHECKS |
                      GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS | GNUTLS_VERIFY_DO_NOT_ALLOW_SAME |
                      GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1;
  guint status = 0;

  if (gnutls_x509_crt_verify (self->crt, &issuer->crt, 1, flags, &status) < 0)
    status |= GNUTLS_CERT_INVALID;
  if (status != 0 && ret_reason != NULL)
    *ret_reason = g_strdup (reason_of (status));
  return status == 0;
}

/* How much of a signature file is the signature: RSA's is as long as its key, ECDSA's says its
 * length (X.690 §8.1.3). The files have zero bytes behind it. */
static gsize
signature_size (EidCertificate *self, const guint8 *data, gsize size)
{
  guint bits = 0;
  gsize wanted;

  if (self->key_kind == EID_KEY_RSA)
    {
      gnutls_pubkey_get_pk_algorithm (self->key, &bits);
      wanted = (bits + 7) / 8;
    }
  else if (size >= 3 && data[1] == 0x81)
    wanted = 3 + (gsize) data[2];
  else
    wanted = size >= 2 ? 2 + (gsize) data[1] : size;
  return MIN (wanted, size);
}

static gnutls_sign_algorithm_t
sign_algorithm (EidKey key, EidDigest digest)
{
  static const gnutls_sign_algorithm_t rsa[] = { GNUTLS_SIGN_RSA_SHA1,
                                                 GNUTLS_SIGN_RSA_SHA256,
                                                 GNUTLS_SIGN_RSA_SHA384 };
  static const gnutls_sign_algorithm_t ec[] = { GNUTLS_SIGN_ECDSA_SHA1,
                                                GNUTLS_SIGN_ECDSA_SHA256,
                                                GNUTLS_SIGN_ECDSA_SHA384 };

  return key == EID_KEY_RSA ? rsa[digest] : ec[digest];
}

gboolean
eid_certificate_verify (EidCertificate *self, EidDigest digest, GBytes *data, GBytes *signature)
{
  gnutls_datum_t signed_data = datum_of (data);
  gnutls_datum_t given = datum_of (signature);

  if (self->key_kind == EID_KEY_OTHER)
    return FALSE;

  given.size = (guint) signature_size (self, given.data, given.size);
  return gnutls_pubkey_verify_data2 (self->key,
                                     sign_algorithm (self->key_kind, digest),
                                     GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1,
                                     &signed_data,
                                     &given) >= 0;
}
