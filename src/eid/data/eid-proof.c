/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers to challenges. Applet 1.7 signs with RSA whatever its certificates are signed with;
 * applet 1.8 has elliptic keys alone and gives r and s one behind the other ("Public Belpic
 * Applet Reference Manual" of 1.7 and 1.8), where X.509 wants them in DER.
 */
#define G_LOG_DOMAIN "eid-proof"

#include "config.h"

#include "eid-proof.h"

#include <gnutls/crypto.h>

#include "eid-certificate-private.h"
#include "eid-error.h"
#include "eid-word.h"

#define P384_BITS 384
#define P384_NUMBER 48
#define RSA_BITS_MIN 1024
#define RSA_BITS_MAX 4096

G_DEFINE_ENUM_TYPE (EidProofKind,
                    eid_proof_kind,
                    G_DEFINE_ENUM_VALUE (EID_PROOF_AUTHENTICATION, "authentication"),
                    G_DEFINE_ENUM_VALUE (EID_PROOF_CHIP, "chip"))

G_DEFINE_ENUM_TYPE (EidProofAlgorithm,
                    eid_proof_algorithm,
                    G_DEFINE_ENUM_VALUE (EID_PROOF_RSA_SHA256, "rsaSha256"),
                    G_DEFINE_ENUM_VALUE (EID_PROOF_ECDSA_SHA384, "ecdsaSha384"))

G_DEFINE_ENUM_TYPE (EidPinOutcome,
                    eid_pin_outcome,
                    G_DEFINE_ENUM_VALUE (EID_PIN_NOT_ASKED, "notAsked"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_RIGHT, "right"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_WRONG, "wrong"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_BLOCKED, "blocked"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_GIVEN_UP, "givenUp"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_WRONG_LENGTH, "wrongLength"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_LAST_TRY, "lastTry"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_NO_KEY, "noKey"),
                    G_DEFINE_ENUM_VALUE (EID_PIN_FAILED, "failed"))

EidProof *
eid_proof_new (EidProofKind kind, EidProofAlgorithm algorithm, GBytes *signature)
{
  EidProof *self = g_new0 (EidProof, 1);

  *self = (EidProof){ kind, algorithm, g_bytes_ref (signature) };
  return self;
}

static gboolean
find_word (GType type, const char *word, int *ret_value, GError **error)
{
  GEnumClass *class = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value_by_nick (class, word);

  if (found != NULL)
    *ret_value = found->value;
  else
    g_set_error (error, EID_ERROR, EID_ERROR_INVALID, "“%s” is no word for a proof", word);
  g_type_class_unref (class);
  return found != NULL;
}

static gboolean
has_possible_size (EidProofAlgorithm algorithm, gsize size)
{
  return algorithm == EID_PROOF_ECDSA_SHA384 ? size == 2 * P384_NUMBER
                                             : size >= RSA_BITS_MIN / 8 && size <= RSA_BITS_MAX / 8;
}

EidProof *
eid_proof_new_from_words (const char *kind,
                          const char *algorithm,
                          GBytes *signature,
                          GError **error)
{
  int kind_value, algorithm_value;

  if (!find_word (EID_TYPE_PROOF_KIND, kind, &kind_value, error) ||
      !find_word (EID_TYPE_PROOF_ALGORITHM, algorithm, &algorithm_value, error))
    return NULL;
  if (!has_possible_size ((EidProofAlgorithm) algorithm_value, g_bytes_get_size (signature)))
    {
      g_set_error (error,
                   EID_ERROR,
                   EID_ERROR_INVALID,
                   "no signature of %s has %" G_GSIZE_FORMAT " bytes",
                   algorithm,
                   g_bytes_get_size (signature));
      return NULL;
    }
  return eid_proof_new ((EidProofKind) kind_value, (EidProofAlgorithm) algorithm_value, signature);
}

EidProof *
eid_proof_copy (const EidProof *self)
{
  return eid_proof_new (self->kind, self->algorithm, self->signature);
}

void
eid_proof_free (EidProof *self)
{
  g_bytes_unref (self->signature);
  g_free (self);
}

/* --- Whose key ------------------------------------------------------------------------------- */

static gboolean
refuse (char **ret_reason, const char *reason)
{
  if (ret_reason != NULL)
    *ret_reason = g_strdup (reason);
  return FALSE;
}

static gboolean
import_certificate_key (gnutls_pubkey_t key, GBytes *bytes)
{
  g_autoptr (EidCertificate) certificate =
      eid_certificate_parse (bytes, EID_FILE_AUTHENTICATION_CERTIFICATE, NULL);

  return certificate != NULL &&
         gnutls_pubkey_import_x509 (key, eid_certificate_get_crt (certificate), 0) >= 0;
}

static gboolean
import_basic_key (gnutls_pubkey_t key, GBytes *bytes)
{
  gnutls_datum_t data = { (guint8 *) g_bytes_get_data (bytes, NULL),
                          (guint) g_bytes_get_size (bytes) };

  return data.size <= EID_KEY_SIZE_MAX &&
         gnutls_pubkey_import (key, &data, GNUTLS_X509_FMT_DER) >= 0;
}

static gboolean
import_key (gnutls_pubkey_t key, EidProofKind kind, EidFiles *files)
{
  gboolean of_chip = kind == EID_PROOF_CHIP;
  GBytes *bytes =
      eid_files_get (files, of_chip ? EID_FILE_BASIC_KEY : EID_FILE_AUTHENTICATION_CERTIFICATE);

  if (bytes == NULL)
    return FALSE;
  return of_chip ? import_basic_key (key, bytes) : import_certificate_key (key, bytes);
}

/* --- Whether it signed ----------------------------------------------------------------------- */

static gboolean
check_rsa (gnutls_pubkey_t key, GBytes *signature, gnutls_datum_t *challenge)
{
  gnutls_datum_t given = { (guint8 *) g_bytes_get_data (signature, NULL),
                           (guint) g_bytes_get_size (signature) };

  return gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_RSA_SHA256, 0, challenge, &given) >= 0;
}

static gboolean
check_ecdsa (gnutls_pubkey_t key, guint bits, GBytes *signature, gnutls_datum_t *challenge)
{
  guint8 *numbers = (guint8 *) g_bytes_get_data (signature, NULL);
  gnutls_datum_t r = { numbers, P384_NUMBER };
  gnutls_datum_t s = { numbers + P384_NUMBER, P384_NUMBER };
  gnutls_datum_t der = { NULL, 0 };
  gboolean right;

  if (bits != P384_BITS || gnutls_encode_rs_value (&der, &r, &s) < 0)
    return FALSE;
  right = gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_ECDSA_SHA384, 0, challenge, &der) >= 0;
  gnutls_free (der.data);
  return right;
}

static gboolean
check_with_key (const EidProof *self, gnutls_pubkey_t key, GBytes *challenge, char **ret_reason)
{
  gnutls_datum_t data = { (guint8 *) g_bytes_get_data (challenge, NULL),
                          (guint) g_bytes_get_size (challenge) };
  guint bits = 0;
  int kind = gnutls_pubkey_get_pk_algorithm (key, &bits);
  gboolean elliptic = self->algorithm == EID_PROOF_ECDSA_SHA384;

  if (kind != (elliptic ? GNUTLS_PK_ECDSA : GNUTLS_PK_RSA))
    return refuse (ret_reason, "the card's key is of another kind than the answer");
  if (!has_possible_size (self->algorithm, g_bytes_get_size (self->signature)))
    return refuse (ret_reason, "the answer has not the size of a signature");
  if (elliptic ? check_ecdsa (key, bits, self->signature, &data)
               : check_rsa (key, self->signature, &data))
    return TRUE;
  return refuse (ret_reason, "the card's key did not sign this challenge");
}

gboolean
eid_proof_check (const EidProof *self, EidFiles *files, GBytes *challenge, char **ret_reason)
{
  gnutls_pubkey_t key = NULL;
  gboolean right;

  if (g_bytes_get_size (challenge) == 0)
    return refuse (ret_reason, "there was no challenge");
  if (gnutls_pubkey_init (&key) < 0)
    return refuse (ret_reason, "no memory");
  right = import_key (key, self->kind, files)
              ? check_with_key (self, key, challenge, ret_reason)
              : refuse (ret_reason, "the files do not say which key should have answered");
  gnutls_pubkey_deinit (key);
  return right;
}
