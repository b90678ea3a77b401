/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "eid-date.h"
#include "eid-files.h"
#include "eid-revocation.h"

G_BEGIN_DECLS

/**
 * EidVerdictKind:
 *
 * All that can be said of a card; nicks are the words of JSON: `genuine`, `identityForged`, ….
 * Those about revocation, proof of presence and PIN are said by what asks for them.
 */
typedef enum
{
  EID_VERDICT_GENUINE,
  EID_VERDICT_IDENTITY_FORGED,
  EID_VERDICT_ADDRESS_FORGED,
  EID_VERDICT_PHOTO_FORGED,
  EID_VERDICT_PHOTO_UNPROVED,
  EID_VERDICT_BASIC_KEY_MISMATCH,
  EID_VERDICT_CHIP_NOT_AUTHENTIC,
  EID_VERDICT_CHIP_DIFFERS,
  EID_VERDICT_CHAIN_BROKEN,
  EID_VERDICT_ROOT_UNKNOWN,
  EID_VERDICT_TEST_ROOT,
  EID_VERDICT_ROOT_EXPIRED,
  EID_VERDICT_SIGNER_WRONG,
  EID_VERDICT_CERTIFICATE_EXPIRED,
  EID_VERDICT_CERTIFICATE_NOT_YET_VALID,
  EID_VERDICT_REVOKED,
  EID_VERDICT_REVOCATION_UNKNOWN,
  EID_VERDICT_CARD_EXPIRED,
  EID_VERDICT_CARD_NOT_YET_VALID,
  EID_VERDICT_NOT_ISSUED,
  EID_VERDICT_HOLDER_MISMATCH,
  EID_VERDICT_PRESENCE_NOT_PROVED,
  EID_VERDICT_PIN_PROVED,
  EID_VERDICT_PIN_NOT_ASKED,
  EID_VERDICT_PIN_WRONG,
  EID_VERDICT_PIN_BLOCKED,
  EID_VERDICT_PIN_FAILED,
  EID_VERDICT_UNREADABLE,
  EID_VERDICT_UNSUPPORTED_CARD,
  EID_VERDICT_CARD_REMOVED,
  EID_VERDICT_READER_LOST,
} EidVerdictKind;

#define EID_TYPE_VERDICT_KIND (eid_verdict_kind_get_type ())
GType eid_verdict_kind_get_type (void);

/**
 * EidSeverity:
 * @EID_SEVERITY_GOOD: speaks for the card
 * @EID_SEVERITY_CAUTION: does not speak against it, but something is not proved or not current
 * @EID_SEVERITY_UNREADABLE: could not be judged
 * @EID_SEVERITY_BAD: speaks against it
 *
 * How much a verdict weighs, lightest first: the worst one colours the whole. Nicks: good,
 * caution, unreadable, bad.
 */
typedef enum
{
  EID_SEVERITY_GOOD,
  EID_SEVERITY_CAUTION,
  EID_SEVERITY_UNREADABLE,
  EID_SEVERITY_BAD,
} EidSeverity;

#define EID_TYPE_SEVERITY (eid_severity_get_type ())
GType eid_severity_get_type (void);

/** EID_NO_FILE: a verdict that is about no file in particular. */
#define EID_NO_FILE (-1)

/**
 * EidCause:
 * @EID_CAUSE_NONE: nothing more to say
 * @EID_CAUSE_NOT_ASKED: nobody was asked whether it was revoked
 * @EID_CAUSE_NO_CERTIFICATE: the card has none of its holder that could be asked about
 * @EID_CAUSE_NOBODY_TO_ASK: it does not follow from its issuer, or is out of its period
 * @EID_CAUSE_NO_ANSWER: none came, or none that counts
 * @EID_CAUSE_NOT_KNOWN: its issuer does not know it
 * @EID_CAUSE_KEY_COMPROMISE: its key may be in other hands
 * @EID_CAUSE_CA_COMPROMISE: that of its issuer may be
 * @EID_CAUSE_AFFILIATION_CHANGED: what it says of its holder is true no longer
 * @EID_CAUSE_SUPERSEDED: another one has taken its place
 * @EID_CAUSE_CESSATION_OF_OPERATION: it is not needed any more
 * @EID_CAUSE_CERTIFICATE_HOLD: it is revoked for as long as its issuer does not take it back
 * @EID_CAUSE_PRIVILEGE_WITHDRAWN: the right to it was taken away
 * @EID_CAUSE_AA_COMPROMISE: the key of who vouches for attributes in it may be in other hands
 *
 * What is behind a verdict: the first ones after none behind `revocationUnknown`, those from
 * %EID_CAUSE_KEY_COMPROMISE on behind `revoked`, where its issuer gave a reason. Nicks: none,
 * notAsked, noCertificate, nobodyToAsk, noAnswer, notKnown, and the words of RFC 5280:
 * keyCompromise, cACompromise, affiliationChanged, superseded, cessationOfOperation,
 * certificateHold, privilegeWithdrawn, aACompromise.
 */
typedef enum
{
  EID_CAUSE_NONE,
  EID_CAUSE_NOT_ASKED,
  EID_CAUSE_NO_CERTIFICATE,
  EID_CAUSE_NOBODY_TO_ASK,
  EID_CAUSE_NO_ANSWER,
  EID_CAUSE_NOT_KNOWN,
  EID_CAUSE_KEY_COMPROMISE,
  EID_CAUSE_CA_COMPROMISE,
  EID_CAUSE_AFFILIATION_CHANGED,
  EID_CAUSE_SUPERSEDED,
  EID_CAUSE_CESSATION_OF_OPERATION,
  EID_CAUSE_CERTIFICATE_HOLD,
  EID_CAUSE_PRIVILEGE_WITHDRAWN,
  EID_CAUSE_AA_COMPROMISE,
} EidCause;

#define EID_TYPE_CAUSE (eid_cause_get_type ())
GType eid_cause_get_type (void);

/**
 * EidVerdict:
 * @file: the #EidFile that it is about, or %EID_NO_FILE
 * @reason: in English, for logs and administrators; names no person
 * @day: since when it is revoked, the last day or the first day of its period; nothing known for
 *   other kinds
 * @cause: of `revoked` and `revocationUnknown`; none for other kinds
 *
 * In the JSON of guichet-eid: `verdict`, `severity`, `file` (not of those about none), `reason`,
 * `day` (`YYYY-MM-DD`, where it is known) and `cause` (but for none).
 */
typedef struct
{
  EidVerdictKind kind;
  EidSeverity severity;
  int file;
  char *reason;
  EidDate day;
  EidCause cause;
} EidVerdict;

/**
 * EidReport:
 *
 * All verdicts about one card, in the order in which they were found. One thread at a time.
 */
typedef struct _EidReport EidReport;

/** eid_report_new: an empty one. (transfer full) */
EidReport *eid_report_new (void);
/**
 * eid_report_new_of_failure:
 * @error: what a reading or a proof ended in
 *
 * Returns: (transfer full) (nullable): a report with the one verdict `unsupportedCard`,
 *   `cardRemoved` or `readerLost`, for who wants verdicts whatever happens; %NULL for what says
 *   nothing of a card
 */
EidReport *eid_report_new_of_failure (const GError *error);
/**
 * eid_report_add_failure: adds that one verdict.
 *
 * Returns: %FALSE for what says nothing of a card; nothing is added then
 */
gboolean eid_report_add_failure (EidReport *self, const GError *error);
EidReport *eid_report_ref (EidReport *self);
void eid_report_unref (EidReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidReport, eid_report_unref)

/** eid_report_add: with the severity that this kind has by nature. */
void eid_report_add (EidReport *self, EidVerdictKind kind, int file, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/** eid_report_add_as: with another one. */
void eid_report_add_as (EidReport *self,
                        EidVerdictKind kind,
                        EidSeverity severity,
                        int file,
                        const char *format,
                        ...) G_GNUC_PRINTF (5, 6);

/** eid_report_set_day: of the verdict that was added last. */
void eid_report_set_day (EidReport *self, EidDate day);
/** eid_report_set_cause: of the verdict that was added last. */
void eid_report_set_cause (EidReport *self, EidCause cause);

guint eid_report_get_size (EidReport *self);
/** eid_report_get: (transfer none) */
const EidVerdict *eid_report_get (EidReport *self, guint index);
/** eid_report_find: (transfer none) (nullable): the first of this kind. */
const EidVerdict *eid_report_find (EidReport *self, EidVerdictKind kind);
/**
 * eid_report_set_finding: what is known about the revocation of a certificate, whatever it is.
 * Those that say good have no verdict of their own.
 */
void eid_report_set_finding (EidReport *self, EidFile file, const EidFinding *finding);
/** eid_report_get_finding: (transfer none) (nullable): %NULL where nothing is known. */
const EidFinding *eid_report_get_finding (EidReport *self, EidFile file);

/** eid_report_set_vouched_for: says so of the card; for eid_verify(). */
void eid_report_set_vouched_for (EidReport *self);
/**
 * eid_report_is_vouched_for: whether the state says through these files whom they are about: its
 * signatures and the chain to a known root hold, and no challenge was answered wrongly. What has
 * only had its time is vouched for as well.
 */
gboolean eid_report_is_vouched_for (EidReport *self);

/** eid_report_get_worst: %EID_SEVERITY_GOOD for an empty one. */
EidSeverity eid_report_get_worst (EidReport *self);

/**
 * EidOutcome:
 *
 * What a report comes to, for a script: `genuine` if it says so and nothing speaks against the
 * card; `notGenuine` if something does; `unreadable` where it could not be judged: a file is
 * missing, or nothing speaks against the card and yet not all of it is proved, as on one whose
 * identity file has no hash of the photo.
 */
typedef enum
{
  EID_OUTCOME_GENUINE,
  EID_OUTCOME_NOT_GENUINE,
  EID_OUTCOME_UNREADABLE,
} EidOutcome;

#define EID_TYPE_OUTCOME (eid_outcome_get_type ())
GType eid_outcome_get_type (void);

EidOutcome eid_report_get_outcome (EidReport *self);

G_END_DECLS
