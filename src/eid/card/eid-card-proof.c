/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Challenges, and the PIN before them ("Public Belpic Applet Reference Manual" of 1.7 and 1.8).
 *
 * What may never happen is that a card is blocked by us. So the applet's version comes first:
 * before 1.7, asking how many tries are left takes one. The environment for signing is set
 * before the PIN is asked, since a card that refuses it needs no PIN. VERIFY goes out once, not
 * through what follows 61xx and 6Cxx: those would send it again.
 */
#define G_LOG_DOMAIN "eid-card-proof"

#include "config.h"

#include "eid-card-proof.h"

#include <gnutls/crypto.h>
#include <string.h>

#include "eid-apdu.h"
#include "eid-card-data.h"
#include "eid-card-files.h"
#include "eid-certificate.h"
#include "eid-error.h"
#include "eid-pin-command.h"
#include "eid-pin-pad.h"

#define INS_VERIFY 0x20
#define INS_MANAGE_ENVIRONMENT 0x22
#define INS_PERFORM_OPERATION 0x2A
#define INS_INTERNAL_AUTHENTICATE 0x88
#define INS_LOG_OFF 0xE6

#define PIN_REFERENCE 0x01
#define KEY_AUTHENTICATION 0x82
#define KEY_BASIC 0x81
#define TAG_CHALLENGE 0x94

#define SW_BLOCKED 0x6983
#define SW_TRIES 0x63C0 /* and the tries left in the last digit */

#define APPLET_RSA 0x17
#define APPLET_ELLIPTIC 0x18
#define HASH_MAX 64

typedef struct
{
  EidProofAlgorithm algorithm;
  guint8 reference; /* of the applet */
  gnutls_digest_algorithm_t digest;
  guint8 hash_size;
} Scheme;

static const Scheme rsa = { EID_PROOF_RSA_SHA256, 0x08, GNUTLS_DIG_SHA256, 32 };
static const Scheme elliptic = { EID_PROOF_ECDSA_SHA384, 0x02, GNUTLS_DIG_SHA384, 48 };

typedef struct
{
  /* Given */
  EidTransport *transport;
  EidCardKind kind;
  const EidProveRequest *request;
  EidProveAsking asking; /* (nullable) */
  gpointer asking_data;
  /* In progress */
  EidCardData card_data;
  const Scheme *scheme; /* (nullable): none of an applet that is too old */
  guint32 pin_pad;      /* control code; 0 without keys */
  guint8 hash[HASH_MAX];
  gboolean verified; /* the PIN went to the card, whatever it thought of it */
  /* Output */
  EidProofs *proofs; /* (owned) */
} Proving;

void
eid_proofs_free (EidProofs *self)
{
  g_clear_pointer (&self->chip_proof, eid_proof_free);
  g_clear_pointer (&self->pin_proof, eid_proof_free);
  g_free (self);
}

/* A command that wants no data. */
static gboolean
order (Proving *self, const EidApdu *apdu, guint16 *ret_sw, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();

  return eid_apdu_send (self->transport, apdu, answer, ret_sw, error);
}

/* A command that is answered with a signature. (out) (nullable): %NULL where the card refuses. */
static gboolean
ask (Proving *self, const EidApdu *apdu, EidProofKind kind, EidProof **ret_proof, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GBytes) signature = NULL;
  guint16 sw;

  if (!eid_apdu_send (self->transport, apdu, answer, &sw, error))
    return FALSE;
  if (sw != EID_SW_OK)
    {
      g_debug ("command %02X is answered %04X", apdu->instruction, sw);
      return TRUE;
    }
  signature = g_bytes_new (answer->data, answer->len);
  *ret_proof = eid_proof_new (kind, self->scheme->algorithm, signature);
  return TRUE;
}

/* --- What is there --------------------------------------------------------------------------- */

static gboolean
invalid (GError **error, int code, const char *message)
{
  g_set_error_literal (error, EID_ERROR, code, message);
  return FALSE;
}

static gboolean
read_card_data (Proving *self, GError **error)
{
  g_autoptr (EidFiles) files = eid_files_new ();
  const GError *failure;
  GBytes *bytes;

  if (!eid_card_read_files (self->transport,
                            self->kind,
                            EID_FILE_BIT (EID_FILE_CARD_DATA),
                            files,
                            NULL,
                            NULL,
                            error))
    return FALSE;
  bytes = eid_files_get (files, EID_FILE_CARD_DATA);
  failure = eid_files_get_failure (files, EID_FILE_CARD_DATA);
  if (bytes != NULL)
    return eid_card_data_parse (bytes, &self->card_data, error);
  if (error != NULL)
    *error = g_error_copy (failure);
  return FALSE;
}

/* Whether this is the card that was read. */
static gboolean
is_same_card (Proving *self)
{
  EidFiles *files = self->request->files;
  GBytes *bytes = files != NULL ? eid_files_get (files, EID_FILE_CARD_DATA) : NULL;
  EidCardData read;

  if (bytes == NULL || !eid_card_data_parse (bytes, &read, NULL))
    return TRUE;
  return memcmp (read.chip_number, self->card_data.chip_number, EID_CHIP_NUMBER_SIZE) == 0;
}

static const Scheme *
scheme_of (guint8 applet_version)
{
  if (applet_version >= APPLET_ELLIPTIC)
    return &elliptic;
  return applet_version == APPLET_RSA ? &rsa : NULL;
}

static gboolean
prepare (Proving *self, GError **error)
{
  const EidProveRequest *request = self->request;

  if (!read_card_data (self, error) || !eid_pin_pad_find (self->transport, &self->pin_pad, error))
    return FALSE;
  self->scheme = scheme_of (self->card_data.applet_version);
  self->proofs->has_pin_pad = self->pin_pad != 0;
  self->proofs->pin_attempt.tries_before = self->card_data.pin_tries;

  if (!is_same_card (self))
    return invalid (error, EID_ERROR_CARD_REMOVED, "another card is in the reader now");
  if (self->scheme == NULL && request->challenge != NULL)
    return invalid (error,
                    EID_ERROR_UNSUPPORTED_CARD,
                    "the card is too old to be asked for a proof");
  if (request->entry == EID_PIN_ENTRY_PAD && self->pin_pad == 0)
    return invalid (error, EID_ERROR_INVALID, "the reader has no keys for a PIN");
  if (request->challenge != NULL && gnutls_hash_fast (self->scheme->digest,
                                                      g_bytes_get_data (request->challenge, NULL),
                                                      g_bytes_get_size (request->challenge),
                                                      self->hash) < 0)
    return invalid (error, EID_ERROR_INVALID, "the challenge cannot be hashed");
  return TRUE;
}

/* --- The chip's own key ---------------------------------------------------------------------- */

static gboolean
prove_chip (Proving *self, GError **error)
{
  guint8 data[2 + HASH_MAX] = { TAG_CHALLENGE, self->scheme->hash_size };
  const EidApdu apdu = { .instruction = INS_INTERNAL_AUTHENTICATE,
                         .p1 = self->scheme->reference,
                         .p2 = KEY_BASIC,
                         .data = data,
                         .size = 2u + self->scheme->hash_size,
                         .wanted = 256 };

  memcpy (data + 2, self->hash, self->scheme->hash_size);
  return ask (self, &apdu, EID_PROOF_CHIP, &self->proofs->chip_proof, error);
}

/* --- How many tries -------------------------------------------------------------------------- */

static int
tries_in (guint16 sw)
{
  if (sw == SW_BLOCKED)
    return 0;
  return (sw & 0xFFF0) == SW_TRIES ? sw & 0x0F : EID_TRIES_UNKNOWN;
}

static gboolean
log_off (Proving *self, guint16 *ret_sw, GError **error)
{
  const EidApdu apdu = { .class = 0x80, .instruction = INS_LOG_OFF, .wanted = EID_NO_ANSWER };

  return order (self, &apdu, ret_sw, error);
}

/* VERIFY without a PIN: from applet 1.7 on a question, before it a wrong PIN. */
static gboolean
ask_tries (Proving *self, int *ret_tries, GError **error)
{
  const EidApdu apdu = { .instruction = INS_VERIFY, .p2 = PIN_REFERENCE, .wanted = EID_NO_ANSWER };
  guint16 sw;

  *ret_tries = EID_TRIES_UNKNOWN;
  if (self->scheme == NULL)
    return TRUE;
  if (!order (self, &apdu, &sw, error))
    return FALSE;
  /* Some other program has left the PIN verified, and so the card does not count. */
  if (sw == EID_SW_OK && (!log_off (self, &sw, error) || !order (self, &apdu, &sw, error)))
    return FALSE;
  *ret_tries = tries_in (sw);
  return TRUE;
}

/* --- The PIN --------------------------------------------------------------------------------- */

static gboolean
set_environment (Proving *self, guint16 *ret_sw, GError **error)
{
  const guint8 data[] = { 0x04, 0x80, self->scheme->reference, 0x84, KEY_AUTHENTICATION };
  const EidApdu apdu = { .instruction = INS_MANAGE_ENVIRONMENT,
                         .p1 = 0x41,
                         .p2 = 0xB6,
                         .data = data,
                         .size = sizeof data,
                         .wanted = EID_NO_ANSWER };

  return order (self, &apdu, ret_sw, error);
}

static gboolean
verify_typed (Proving *self, guint16 *ret_sw, GError **error)
{
  const guint8 *command;
  guint8 answer[EID_ANSWER_MAX];
  gsize size = 0;
  gboolean sent;

  if (!eid_pin_begin (self->request->pin, &command))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the PIN was withdrawn");
      return FALSE;
    }
  sent =
      self->transport->transmit (self->transport, command, EID_VERIFY_SIZE, answer, &size, error);
  eid_pin_end (self->request->pin);
  if (sent)
    *ret_sw = (guint16) (answer[size - 2] << 8 | answer[size - 1]);
  return sent;
}

static EidPinOutcome
outcome_of (guint16 sw, gboolean at_pad)
{
  if (sw == EID_SW_OK)
    return EID_PIN_RIGHT;
  if (tries_in (sw) == 0)
    return EID_PIN_BLOCKED;
  if (tries_in (sw) > 0)
    return EID_PIN_WRONG;
  if (at_pad && (sw == EID_SW_PAD_TIMED_OUT || sw == EID_SW_PAD_CANCELLED))
    return EID_PIN_GIVEN_UP;
  if (at_pad && sw == EID_SW_PAD_WRONG_LENGTH)
    return EID_PIN_WRONG_LENGTH;
  return EID_PIN_FAILED;
}

static gboolean
verify (Proving *self, GError **error)
{
  EidPinAttempt *attempt = &self->proofs->pin_attempt;
  gboolean at_pad = self->request->entry == EID_PIN_ENTRY_PAD;
  guint16 sw = 0;

  if (self->asking != NULL)
    self->asking (attempt->tries_before, self->asking_data);
  self->verified = TRUE;
  if (at_pad ? !eid_pin_pad_verify (self->transport, self->pin_pad, &sw, error)
             : !verify_typed (self, &sw, error))
    return FALSE;
  attempt->outcome = outcome_of (sw, at_pad);
  if (attempt->outcome == EID_PIN_WRONG || attempt->outcome == EID_PIN_BLOCKED)
    attempt->tries_left = tries_in (sw);
  else if (attempt->outcome == EID_PIN_FAILED)
    attempt->tries_left = EID_TRIES_UNKNOWN;
  return TRUE;
}

static gboolean
sign (Proving *self, GError **error)
{
  const EidApdu apdu = { .instruction = INS_PERFORM_OPERATION,
                         .p1 = 0x9E,
                         .p2 = 0x9A,
                         .data = self->hash,
                         .size = self->scheme->hash_size,
                         .wanted = 256 };

  return ask (self, &apdu, EID_PROOF_AUTHENTICATION, &self->proofs->pin_proof, error);
}

/* Whether the card that was read has a key for the PIN to open. */
static gboolean
has_key (Proving *self)
{
  EidFiles *files = self->request->files;
  GBytes *bytes = files != NULL ? eid_files_get (files, EID_FILE_AUTHENTICATION_CERTIFICATE) : NULL;
  g_autoptr (EidCertificate) certificate = NULL;

  if (files == NULL)
    return TRUE;
  if (bytes != NULL)
    certificate = eid_certificate_parse (bytes, EID_FILE_AUTHENTICATION_CERTIFICATE, NULL);
  return certificate != NULL;
}

/* Whether the PIN may be asked now; if not, the outcome says why. */
static gboolean
may_ask (Proving *self)
{
  EidPinAttempt *attempt = &self->proofs->pin_attempt;

  if (!has_key (self))
    attempt->outcome = EID_PIN_NO_KEY;
  else if (attempt->tries_before == 0)
    attempt->outcome = EID_PIN_BLOCKED;
  else if (attempt->tries_before <= 1 && !self->request->accept_last_try)
    attempt->outcome = EID_PIN_LAST_TRY;
  else
    return TRUE;
  return FALSE;
}

static gboolean
prove_holder (Proving *self, GError **error)
{
  guint16 sw;

  if (!may_ask (self))
    return TRUE;
  if (!set_environment (self, &sw, error))
    return FALSE;
  if (sw != EID_SW_OK)
    {
      g_debug ("the environment is refused with %04X", sw);
      self->proofs->pin_attempt.outcome = EID_PIN_FAILED;
      return TRUE;
    }
  return verify (self, error) &&
         (self->proofs->pin_attempt.outcome != EID_PIN_RIGHT || sign (self, error));
}

/* Whether the card has to be asked how many tries are left now. */
static gboolean
may_count_otherwise (const EidPinAttempt *attempt)
{
  return attempt->outcome == EID_PIN_RIGHT || attempt->outcome == EID_PIN_FAILED;
}

/* Nobody who comes after should find the PIN verified: not even if the call was cancelled. */
static void
leave_clean (Proving *self, gboolean done)
{
  g_autoptr (GError) error = NULL;
  guint16 sw = 0;

  if (!self->verified)
    return;
  self->transport->closing = TRUE;
  if (!log_off (self, &sw, &error) || sw != EID_SW_OK)
    {
      g_debug ("no log off: %s", error != NULL ? error->message : "the card refuses");
      self->transport->spoiled = TRUE;
    }
  else if (done && may_count_otherwise (&self->proofs->pin_attempt))
    ask_tries (self, &self->proofs->pin_attempt.tries_left, NULL);
}

/* --- The whole ------------------------------------------------------------------------------- */

static gboolean
prove (Proving *self, GError **error)
{
  EidPinAttempt *attempt = &self->proofs->pin_attempt;

  if (!prepare (self, error))
    return FALSE;
  if (self->request->challenge != NULL && self->request->chip && self->scheme == &elliptic &&
      !prove_chip (self, error))
    return FALSE;
  if (attempt->tries_before == EID_TRIES_UNKNOWN &&
      !ask_tries (self, &attempt->tries_before, error))
    return FALSE;
  attempt->tries_left = attempt->tries_before;
  return self->request->challenge == NULL || self->request->entry == EID_PIN_ENTRY_NONE ||
         prove_holder (self, error);
}

EidProofs *
eid_card_prove (EidTransport *transport,
                EidCardKind kind,
                const EidProveRequest *request,
                EidProveAsking asking,
                gpointer asking_data,
                GError **error)
{
  Proving self = { .transport = transport,
                   .kind = kind,
                   .request = request,
                   .asking = asking,
                   .asking_data = asking_data,
                   .proofs = g_new0 (EidProofs, 1) };

  gboolean done = prove (&self, error);

  leave_clean (&self, done);
  if (!done)
    g_clear_pointer (&self.proofs, eid_proofs_free);
  return self.proofs;
}
