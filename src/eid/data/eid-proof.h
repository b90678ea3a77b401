/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-files.h"

G_BEGIN_DECLS

/**
 * EidProofKind:
 * @EID_PROOF_AUTHENTICATION: by the authentication key, which signs only after the PIN: the
 *   holder, or somebody who knows their PIN, is there with the card
 * @EID_PROOF_CHIP: by the chip's own basic key, without PIN (applet 1.8): the card is there,
 *   and is no copy
 *
 * Which key answered a challenge. Nicks: authentication, chip.
 */
typedef enum
{
  EID_PROOF_AUTHENTICATION,
  EID_PROOF_CHIP,
} EidProofKind;

#define EID_TYPE_PROOF_KIND (eid_proof_kind_get_type ())
GType eid_proof_kind_get_type (void);

/**
 * EidProofAlgorithm:
 * @EID_PROOF_RSA_SHA256: RSA with PKCS#1 v1.5 over SHA-256; as long as the key
 * @EID_PROOF_ECDSA_SHA384: ECDSA on P-384 over SHA-384; r and s, 48 bytes each
 *
 * How it was answered: the first on applet 1.7, re-keyed cards included, the second on 1.8.
 * Nicks: rsaSha256, ecdsaSha384.
 */
typedef enum
{
  EID_PROOF_RSA_SHA256,
  EID_PROOF_ECDSA_SHA384,
} EidProofAlgorithm;

#define EID_TYPE_PROOF_ALGORITHM (eid_proof_algorithm_get_type ())
GType eid_proof_algorithm_get_type (void);

/**
 * EidProof:
 * @signature: (transfer none): as the card gave it
 *
 * A card's answer to a challenge. It says nothing by itself: with the card's files and the
 * challenge eid_proof_check() tells whether it is right, here or on a server. To travel, two
 * words (eid_word()) and the signature's bytes are enough; eid_proof_new_from_words() takes
 * them in again. Immutable.
 */
typedef struct
{
  EidProofKind kind;
  EidProofAlgorithm algorithm;
  GBytes *signature;
} EidProof;

/** eid_proof_new: @signature: (transfer none). (transfer full) */
EidProof *eid_proof_new (EidProofKind kind, EidProofAlgorithm algorithm, GBytes *signature);

/**
 * eid_proof_new_from_words:
 * @kind: `authentication` or `chip`
 * @algorithm: `rsaSha256` or `ecdsaSha384`
 *
 * Returns: (transfer full) (nullable): %NULL with %EID_ERROR_INVALID for other words, or for a
 *   signature that no such key can make
 */
EidProof *eid_proof_new_from_words (const char *kind,
                                    const char *algorithm,
                                    GBytes *signature,
                                    GError **error);

EidProof *eid_proof_copy (const EidProof *self);
void eid_proof_free (EidProof *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidProof, eid_proof_free)

/**
 * eid_proof_check:
 * @files: of the card: its authentication certificate, or its basic key
 * @challenge: what was to be signed, as its author composed it; it is hashed here
 * @ret_reason: (out) (transfer full) (optional): why it is not right
 *
 * Whether the key that these files name signed this challenge. Whether the files are genuine
 * is another question, and eid_verify() asks both. Pure.
 *
 * A challenge must be new each time and say what it is for: whoever may have anything signed
 * can be answered with the same bytes elsewhere.
 */
gboolean
eid_proof_check (const EidProof *self, EidFiles *files, GBytes *challenge, char **ret_reason);

/**
 * EidPinOutcome:
 * @EID_PIN_NOT_ASKED: nobody wanted it
 * @EID_PIN_RIGHT: the card took it
 * @EID_PIN_WRONG: the card did not
 * @EID_PIN_BLOCKED: there are no tries left; the municipality can help
 * @EID_PIN_GIVEN_UP: the person at the pin-pad cancelled or waited too long
 * @EID_PIN_WRONG_LENGTH: too few or too many digits were typed at the pin-pad; the card was not
 *   asked
 * @EID_PIN_LAST_TRY: one try is left, or nobody knows how many, and the caller had not
 *   accepted to risk it; the card was not asked
 * @EID_PIN_NO_KEY: the card has no authentication certificate, as those of small children, so
 *   that a PIN would open nothing; it was not asked
 * @EID_PIN_FAILED: something else kept the card from deciding
 *
 * What became of a PIN. Nicks: notAsked, right, wrong, blocked, givenUp, wrongLength, lastTry,
 * noKey, failed.
 */
typedef enum
{
  EID_PIN_NOT_ASKED,
  EID_PIN_RIGHT,
  EID_PIN_WRONG,
  EID_PIN_BLOCKED,
  EID_PIN_GIVEN_UP,
  EID_PIN_WRONG_LENGTH,
  EID_PIN_LAST_TRY,
  EID_PIN_NO_KEY,
  EID_PIN_FAILED,
} EidPinOutcome;

#define EID_TYPE_PIN_OUTCOME (eid_pin_outcome_get_type ())
GType eid_pin_outcome_get_type (void);

/** EID_TRIES_UNKNOWN: the card did not say how many tries are left. */
#define EID_TRIES_UNKNOWN (-1)

/**
 * EidPinAttempt:
 * @tries_before: how many tries were left; %EID_TRIES_UNKNOWN
 * @tries_left: how many are now; %EID_TRIES_UNKNOWN
 *
 * An attempt with the PIN as the program saw it that made it: good to tell a person, but no
 * proof to anybody else.
 */
typedef struct
{
  EidPinOutcome outcome;
  int tries_before;
  int tries_left;
} EidPinAttempt;

G_END_DECLS
