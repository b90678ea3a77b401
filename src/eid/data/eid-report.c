/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts and how much they weigh.
 */
#define G_LOG_DOMAIN "eid-report"

#include "config.h"

#include "eid-report.h"

#include "eid-error.h"

struct _EidReport
{
  GPtrArray *verdicts;               /* (owned): of EidVerdict */
  EidFinding *findings[EID_N_FILES]; /* (owned) (nullable) each */
  gboolean vouched_for;
};

G_DEFINE_ENUM_TYPE (EidVerdictKind,
                    eid_verdict_kind,
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_GENUINE, "genuine"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_IDENTITY_FORGED, "identityForged"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_ADDRESS_FORGED, "addressForged"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PHOTO_FORGED, "photoForged"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PHOTO_UNPROVED, "photoUnproved"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_BASIC_KEY_MISMATCH, "basicKeyMismatch"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CHIP_NOT_AUTHENTIC, "chipNotAuthentic"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CHIP_DIFFERS, "chipDiffers"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CHAIN_BROKEN, "chainBroken"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_ROOT_UNKNOWN, "rootUnknown"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_TEST_ROOT, "testRoot"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_ROOT_EXPIRED, "rootExpired"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_SIGNER_WRONG, "signerWrong"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CERTIFICATE_EXPIRED, "certificateExpired"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CERTIFICATE_NOT_YET_VALID,
                                         "certificateNotYetValid"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_REVOKED, "revoked"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_REVOCATION_UNKNOWN, "revocationUnknown"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CARD_EXPIRED, "cardExpired"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CARD_NOT_YET_VALID, "cardNotYetValid"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_NOT_ISSUED, "notIssued"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_HOLDER_MISMATCH, "holderMismatch"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PRESENCE_NOT_PROVED, "presenceNotProved"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PIN_PROVED, "pinProved"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PIN_NOT_ASKED, "pinNotAsked"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PIN_WRONG, "pinWrong"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PIN_BLOCKED, "pinBlocked"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_PIN_FAILED, "pinFailed"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_UNREADABLE, "unreadable"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_UNSUPPORTED_CARD, "unsupportedCard"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_CARD_REMOVED, "cardRemoved"),
                    G_DEFINE_ENUM_VALUE (EID_VERDICT_READER_LOST, "readerLost"))

G_DEFINE_ENUM_TYPE (EidSeverity,
                    eid_severity,
                    G_DEFINE_ENUM_VALUE (EID_SEVERITY_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (EID_SEVERITY_CAUTION, "caution"),
                    G_DEFINE_ENUM_VALUE (EID_SEVERITY_UNREADABLE, "unreadable"),
                    G_DEFINE_ENUM_VALUE (EID_SEVERITY_BAD, "bad"))

G_DEFINE_ENUM_TYPE (EidOutcome,
                    eid_outcome,
                    G_DEFINE_ENUM_VALUE (EID_OUTCOME_GENUINE, "genuine"),
                    G_DEFINE_ENUM_VALUE (EID_OUTCOME_NOT_GENUINE, "notGenuine"),
                    G_DEFINE_ENUM_VALUE (EID_OUTCOME_UNREADABLE, "unreadable"))

G_DEFINE_ENUM_TYPE (EidCause,
                    eid_cause,
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_NOT_ASKED, "notAsked"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_NO_CERTIFICATE, "noCertificate"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_NOBODY_TO_ASK, "nobodyToAsk"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_NO_ANSWER, "noAnswer"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_NOT_KNOWN, "notKnown"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_KEY_COMPROMISE, "keyCompromise"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_CA_COMPROMISE, "cACompromise"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_AFFILIATION_CHANGED, "affiliationChanged"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_SUPERSEDED, "superseded"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_CESSATION_OF_OPERATION, "cessationOfOperation"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_CERTIFICATE_HOLD, "certificateHold"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_PRIVILEGE_WITHDRAWN, "privilegeWithdrawn"),
                    G_DEFINE_ENUM_VALUE (EID_CAUSE_AA_COMPROMISE, "aACompromise"))

static void
verdict_free (gpointer data)
{
  EidVerdict *self = data;

  g_free (self->reason);
  g_free (self);
}

static void
report_clear (gpointer data)
{
  EidReport *self = data;

  g_ptr_array_unref (self->verdicts);
  for (guint i = 0; i < EID_N_FILES; i++)
    g_free (self->findings[i]);
}

static EidSeverity
severity_of (EidVerdictKind kind)
{
  switch (kind)
    {
    case EID_VERDICT_GENUINE:
    case EID_VERDICT_PIN_PROVED:
      return EID_SEVERITY_GOOD;
    /* A certificate or a root may end before the card that it once signed. */
    case EID_VERDICT_PHOTO_UNPROVED:
    case EID_VERDICT_ROOT_EXPIRED:
    case EID_VERDICT_CERTIFICATE_EXPIRED:
    case EID_VERDICT_REVOCATION_UNKNOWN:
    case EID_VERDICT_PRESENCE_NOT_PROVED:
    case EID_VERDICT_PIN_NOT_ASKED:
    case EID_VERDICT_PIN_WRONG:
    case EID_VERDICT_PIN_BLOCKED:
    case EID_VERDICT_PIN_FAILED:
      return EID_SEVERITY_CAUTION;
    case EID_VERDICT_UNREADABLE:
    case EID_VERDICT_UNSUPPORTED_CARD:
    case EID_VERDICT_CARD_REMOVED:
    case EID_VERDICT_READER_LOST:
      return EID_SEVERITY_UNREADABLE;
    default:
      return EID_SEVERITY_BAD;
    }
}

static void
take_verdict (EidReport *self, EidVerdictKind kind, EidSeverity severity, int file, char *reason)
{
  EidVerdict *verdict = g_new0 (EidVerdict, 1);

  *verdict = (EidVerdict){ .kind = kind, .severity = severity, .file = file, .reason = reason };
  g_ptr_array_add (self->verdicts, verdict);
}

EidReport *
eid_report_new (void)
{
  EidReport *self = g_atomic_rc_box_new0 (EidReport);

  self->verdicts = g_ptr_array_new_with_free_func (verdict_free);
  return self;
}

gboolean
eid_report_add_failure (EidReport *self, const GError *error)
{
  static const struct
  {
    EidError code;
    EidVerdictKind kind;
  } verdicts[] = {
    { EID_ERROR_UNSUPPORTED_CARD, EID_VERDICT_UNSUPPORTED_CARD },
    { EID_ERROR_CARD_REMOVED, EID_VERDICT_CARD_REMOVED },
    { EID_ERROR_READER_LOST, EID_VERDICT_READER_LOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_error_matches (error, EID_ERROR, (int) verdicts[i].code))
      {
        eid_report_add (self, verdicts[i].kind, EID_NO_FILE, "%s", error->message);
        return TRUE;
      }
  return FALSE;
}

EidReport *
eid_report_new_of_failure (const GError *error)
{
  g_autoptr (EidReport) self = eid_report_new ();

  return eid_report_add_failure (self, error) ? g_steal_pointer (&self) : NULL;
}

EidReport *
eid_report_ref (EidReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
eid_report_unref (EidReport *self)
{
  g_atomic_rc_box_release_full (self, report_clear);
}

void
eid_report_add (EidReport *self, EidVerdictKind kind, int file, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  take_verdict (self, kind, severity_of (kind), file, g_strdup_vprintf (format, args));
  va_end (args);
}

void
eid_report_add_as (EidReport *self,
                   EidVerdictKind kind,
                   EidSeverity severity,
                   int file,
                   const char *format,
                   ...)
{
  va_list args;

  va_start (args, format);
  take_verdict (self, kind, severity, file, g_strdup_vprintf (format, args));
  va_end (args);
}

void
eid_report_set_day (EidReport *self, EidDate day)
{
  EidVerdict *last;

  g_return_if_fail (self->verdicts->len > 0);

  last = g_ptr_array_index (self->verdicts, self->verdicts->len - 1);
  last->day = day;
}

void
eid_report_set_cause (EidReport *self, EidCause cause)
{
  EidVerdict *last;

  g_return_if_fail (self->verdicts->len > 0);

  last = g_ptr_array_index (self->verdicts, self->verdicts->len - 1);
  last->cause = cause;
}

guint
eid_report_get_size (EidReport *self)
{
  return self->verdicts->len;
}

const EidVerdict *
eid_report_get (EidReport *self, guint index)
{
  g_return_val_if_fail (index < self->verdicts->len, NULL);

  return g_ptr_array_index (self->verdicts, index);
}

const EidVerdict *
eid_report_find (EidReport *self, EidVerdictKind kind)
{
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      const EidVerdict *verdict = g_ptr_array_index (self->verdicts, i);

      if (verdict->kind == kind)
        return verdict;
    }
  return NULL;
}

void
eid_report_set_finding (EidReport *self, EidFile file, const EidFinding *finding)
{
  g_return_if_fail (file < EID_N_FILES);

  g_free (self->findings[file]);
  self->findings[file] = g_memdup2 (finding, sizeof *finding);
}

const EidFinding *
eid_report_get_finding (EidReport *self, EidFile file)
{
  g_return_val_if_fail (file < EID_N_FILES, NULL);

  return self->findings[file];
}

void
eid_report_set_vouched_for (EidReport *self)
{
  self->vouched_for = TRUE;
}

gboolean
eid_report_is_vouched_for (EidReport *self)
{
  return self->vouched_for;
}

EidSeverity
eid_report_get_worst (EidReport *self)
{
  EidSeverity worst = EID_SEVERITY_GOOD;

  for (guint i = 0; i < self->verdicts->len; i++)
    worst = MAX (worst, eid_report_get (self, i)->severity);
  return worst;
}

EidOutcome
eid_report_get_outcome (EidReport *self)
{
  switch (eid_report_get_worst (self))
    {
    case EID_SEVERITY_BAD:
      return EID_OUTCOME_NOT_GENUINE;
    case EID_SEVERITY_UNREADABLE:
      return EID_OUTCOME_UNREADABLE;
    case EID_SEVERITY_GOOD:
    case EID_SEVERITY_CAUTION:
    default:
      /* Nothing speaks against it, and it was not proved either. */
      return eid_report_find (self, EID_VERDICT_GENUINE) != NULL ? EID_OUTCOME_GENUINE
                                                                 : EID_OUTCOME_UNREADABLE;
    }
}
