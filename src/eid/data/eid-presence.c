/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is the card itself there, and does the holder take part? Files can be copied; a key cannot.
 * What a key signed counts only if the register's own files say whose key it is.
 */
#define G_LOG_DOMAIN "eid-presence"

#include "config.h"

#include "eid-presence.h"

static gboolean
check (const EidProof *proof,
       EidProofKind kind,
       EidFiles *files,
       GBytes *challenge,
       char **ret_wrong)
{
  if (proof == NULL)
    return FALSE;
  if (proof->kind == kind && challenge != NULL)
    return eid_proof_check (proof, files, challenge, ret_wrong);
  *ret_wrong = g_strdup (challenge == NULL ? "there was no challenge" : "another key was asked");
  return FALSE;
}

gboolean
eid_presence_check (EidPresence *self, EidFiles *files, const EidEvidence *evidence)
{
  if (evidence == NULL)
    return TRUE;
  self->chip_right =
      check (evidence->chip_proof, EID_PROOF_CHIP, files, evidence->challenge, &self->chip_wrong);
  self->pin_right = check (evidence->pin_proof,
                           EID_PROOF_AUTHENTICATION,
                           files,
                           evidence->challenge,
                           &self->pin_wrong);
  return self->chip_wrong == NULL && self->pin_wrong == NULL;
}

/* What the program that asked saw, where there is no proof. */
static void
say_attempt (const EidPinAttempt *attempt, EidReport *report)
{
  static const struct
  {
    EidVerdictKind kind;
    const char *reason;
  } outcomes[] = {
    [EID_PIN_NOT_ASKED] = { EID_VERDICT_PIN_NOT_ASKED, "the PIN was not asked" },
    [EID_PIN_RIGHT] = { EID_VERDICT_PIN_FAILED, "the PIN was right, and the card did not sign" },
    [EID_PIN_WRONG] = { EID_VERDICT_PIN_WRONG, "the PIN was wrong" },
    [EID_PIN_BLOCKED] = { EID_VERDICT_PIN_BLOCKED, "the PIN is blocked" },
    [EID_PIN_GIVEN_UP] = { EID_VERDICT_PIN_FAILED, "no PIN was entered at the reader" },
    [EID_PIN_WRONG_LENGTH] = { EID_VERDICT_PIN_FAILED,
                               "too few or too many digits were entered at the reader" },
    [EID_PIN_LAST_TRY] = { EID_VERDICT_PIN_NOT_ASKED, "it might have been the PIN's last try" },
    [EID_PIN_NO_KEY] = { EID_VERDICT_PIN_NOT_ASKED, "the card has no key that a PIN opens" },
    [EID_PIN_FAILED] = { EID_VERDICT_PIN_FAILED, "the card did not take the PIN" },
  };
  EidPinOutcome outcome = attempt != NULL ? attempt->outcome : EID_PIN_NOT_ASKED;

  g_return_if_fail (outcome < G_N_ELEMENTS (outcomes));
  if (outcome == EID_PIN_WRONG && attempt->tries_left != EID_TRIES_UNKNOWN)
    eid_report_add (report,
                    EID_VERDICT_PIN_WRONG,
                    EID_NO_FILE,
                    "the PIN was wrong; tries left: %d",
                    attempt->tries_left);
  else
    eid_report_add (report, outcomes[outcome].kind, EID_NO_FILE, "%s", outcomes[outcome].reason);
}

/* The attempt does not know how far it came. */
static gboolean
ended_before (const EidEvidence *evidence)
{
  return evidence != NULL && evidence->proof_failure != NULL && evidence->pin_attempt != NULL &&
         evidence->pin_attempt->outcome == EID_PIN_FAILED;
}

static void
say_pin (const EidPresence *self, const EidEvidence *evidence, EidReport *report)
{
  if (self->pin_wrong != NULL)
    eid_report_add_as (report,
                       EID_VERDICT_PIN_FAILED,
                       EID_SEVERITY_BAD,
                       EID_FILE_AUTHENTICATION_CERTIFICATE,
                       "%s",
                       self->pin_wrong);
  else if (self->pin_right && self->holder_bound)
    eid_report_add (report,
                    EID_VERDICT_PIN_PROVED,
                    EID_NO_FILE,
                    "the holder's key, which the PIN opens, signed the challenge");
  else if (self->pin_right)
    eid_report_add (report,
                    EID_VERDICT_PIN_FAILED,
                    EID_FILE_AUTHENTICATION_CERTIFICATE,
                    "the key that signed the challenge is not known to be the holder's");
  else if (ended_before (evidence))
    eid_report_add (report,
                    EID_VERDICT_PIN_FAILED,
                    EID_NO_FILE,
                    "the card did not answer to the end, and nothing is known of the PIN");
  else
    say_attempt (evidence != NULL ? evidence->pin_attempt : NULL, report);
}

static void
say_presence (const EidPresence *self, const EidEvidence *evidence, EidReport *report)
{
  const GError *failure = evidence != NULL ? evidence->proof_failure : NULL;

  if (failure != NULL)
    eid_report_add_as (report,
                       EID_VERDICT_PRESENCE_NOT_PROVED,
                       EID_SEVERITY_UNREADABLE,
                       EID_NO_FILE,
                       "the challenge was not answered to the end: %s",
                       failure->message);
  else
    eid_report_add (report,
                    EID_VERDICT_PRESENCE_NOT_PROVED,
                    EID_NO_FILE,
                    self->chip_right || self->pin_right
                        ? "the key that answered is not known to be this card's"
                        : "no challenge was answered: a copy of the files looks the same");
}

void
eid_presence_say (const EidPresence *self, const EidEvidence *evidence, EidReport *report)
{
  gboolean by_chip = self->chip_right && self->chip_bound;
  gboolean by_holder = self->pin_right && self->holder_bound;

  if (self->chip_wrong != NULL)
    eid_report_add (report,
                    EID_VERDICT_CHIP_NOT_AUTHENTIC,
                    EID_FILE_BASIC_KEY,
                    "%s",
                    self->chip_wrong);
  if (evidence != NULL && evidence->proof_failure != NULL)
    eid_report_add_failure (report, evidence->proof_failure);
  if (!by_chip && !by_holder)
    say_presence (self, evidence, report);
  say_pin (self, evidence, report);
}

void
eid_presence_clear (EidPresence *self)
{
  g_free (self->chip_wrong);
  g_free (self->pin_wrong);
}
