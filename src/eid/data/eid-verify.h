/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-files.h"
#include "eid-proof.h"
#include "eid-report.h"
#include "eid-revocation.h"
#include "eid-roots.h"

G_BEGIN_DECLS

/**
 * EidPolicy:
 * @roots: (transfer none): which roots are known
 * @moment: when to judge at, microseconds since the epoch
 * @zone: (nullable) (transfer none): whose day it is then; %NULL for Brussels
 * @test_mode: test roots are let pass, with a caution
 *
 * What a card is judged by.
 */
typedef struct
{
  EidRoots *roots;
  gint64 moment;
  GTimeZone *zone;
  gboolean test_mode;
} EidPolicy;

/**
 * EidEvidence:
 * @revocation: (nullable) (transfer none): what was answered about its certificates
 * @challenge: (nullable) (transfer none): what the card was to sign
 * @chip_proof: (nullable) (transfer none): what the chip's own key answered to it
 * @pin_proof: (nullable) (transfer none): what the authentication key answered after the PIN
 * @pin_attempt: (nullable): how it went with the PIN, for who asked for it; without a proof it
 *   says `pinWrong`, `pinBlocked`, …, and never `pinProved`
 *
 * @proof_failure: (nullable): what kept the card from answering, although it was asked: it was pulled
 *   out, fell silent, …; said as `cardRemoved`, `readerLost` or `unsupportedCard` where it is one
 *   of these, and in the reason of a `presenceNotProved` that weighs as unreadable
 *
 * What was found out about a card beside its files; a field that is %NULL was not asked for.
 */
typedef struct
{
  EidRevocation *revocation;
  GBytes *challenge;
  const EidProof *chip_proof;
  const EidProof *pin_proof;
  const EidPinAttempt *pin_attempt;
  const GError *proof_failure;
} EidEvidence;

/**
 * eid_verify:
 * @files: %EID_FILES_ALL of a card, as far as it has them
 * @evidence: (nullable): what else is known
 *
 * Judges the files of a card: the register's signatures, the photo, the basic key, the chain
 * to a known root, the periods, and that all of them speak of one card and one holder. Pure:
 * the same bytes and policy always give the same verdicts. Collects all, not the first.
 *
 * The files do not tell whether they lie on the card that was issued or on a copy, nor what was
 * revoked since. Where @evidence does not tell either, it says `presenceNotProved`, `pinNotAsked`
 * and `revocationUnknown`; the last one also of a card that has no certificate of its holder, as
 * a child's, since it is through those that a card is revoked. A right proof by the chip's key
 * takes away `presenceNotProved`; one after the PIN says `pinProved` as well. A wrong one says
 * `chipNotAuthentic`, or `pinFailed` as something that speaks against the card.
 *
 * A list of some hundred thousand revoked certificates takes as long as its hash, which is for
 * no thread that somebody looks at.
 *
 * Returns: (transfer full): the verdicts
 */
EidReport *eid_verify (EidFiles *files, const EidPolicy *policy, const EidEvidence *evidence);

G_END_DECLS
