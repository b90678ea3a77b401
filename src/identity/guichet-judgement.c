/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a card and a request come to together.
 */
#define G_LOG_DOMAIN "guichet-judgement"

#include "config.h"

#include "guichet-judgement.h"

/* The library's words are the wire's. */
static const char *
word (GType type, int value)
{
  return guichet_enum_word (type, value);
}

static void
add_behind (GuichetIdentityCheck *check, const EidVerdict *verdict)
{
  const EidDate *day = &verdict->day;

  guichet_identity_check_set_behind (check,
                                     eid_date_is_known (day)
                                         ? guichet_day_new (day->year, day->month, day->day)
                                         : GUICHET_DAY_NONE,
                                     verdict->cause != EID_CAUSE_NONE
                                         ? word (EID_TYPE_CAUSE, (int) verdict->cause)
                                         : NULL);
}

static void
add_verdicts (GuichetIdentityCheck *check, EidReport *report)
{
  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);

      guichet_identity_check_add_verdict (check,
                                          word (EID_TYPE_VERDICT_KIND, (int) verdict->kind),
                                          word (EID_TYPE_SEVERITY, (int) verdict->severity),
                                          verdict->file != EID_NO_FILE
                                              ? eid_file_word ((EidFile) verdict->file)
                                              : NULL,
                                          verdict->reason);
      add_behind (check, verdict);
    }
}

static void
add_files (GuichetIdentityCheck *check, EidFiles *files)
{
  GBytes *bytes = eid_files_get (files, EID_FILE_AUTHENTICATION_CERTIFICATE);
  g_autoptr (EidCertificate) certificate =
      bytes != NULL ? eid_certificate_parse (bytes, EID_FILE_AUTHENTICATION_CERTIFICATE, NULL)
                    : NULL;

  /* None where it is longer than any. */
  if (certificate != NULL && *eid_certificate_get_serial (certificate) != '\0')
    check->certificate = g_strdup (eid_certificate_get_serial (certificate));
  for (guint file = 0; file < EID_N_FILES; file++)
    if (eid_files_get (files, (EidFile) file) != NULL)
      guichet_identity_check_add_file (check,
                                       eid_file_word ((EidFile) file),
                                       eid_files_get (files, (EidFile) file));
}

static void
compare (GuichetIdentityCheck *check, const GuichetComparison *comparison)
{
  static const GuichetAgreement agreements[] = {
    [GUICHET_MATCH_EQUAL] = GUICHET_AGREEMENT_EQUAL,
    [GUICHET_MATCH_ALIKE] = GUICHET_AGREEMENT_ALIKE,
    [GUICHET_MATCH_DIFFERENT] = GUICHET_AGREEMENT_DIFFERENT,
    [GUICHET_MATCH_UNKNOWN] = GUICHET_AGREEMENT_NONE,
  };
  g_autoptr (GStrvBuilder) differs = g_strv_builder_new ();

  for (guint i = 0; i < GUICHET_N_COMPARED; i++)
    {
      GuichetMatch match = comparison->fields[i].match;

      check->comparison = MAX (check->comparison, agreements[match]);
      if (match == GUICHET_MATCH_DIFFERENT)
        g_strv_builder_add (differs, word (GUICHET_TYPE_COMPARED_FIELD, (int) i));
    }
  g_strfreev (check->differs);
  check->differs = g_strv_builder_end (differs);
}

/* A PIN proves more than the chip; what was answered wrongly proves nothing. */
static GuichetMethod
method_of (EidReport *report, const EidEvidence *evidence)
{
  if (eid_report_find (report, EID_VERDICT_PIN_PROVED) != NULL)
    return GUICHET_METHOD_CARD_AND_PIN;
  if (evidence != NULL && evidence->chip_proof != NULL &&
      eid_report_find (report, EID_VERDICT_PRESENCE_NOT_PROVED) == NULL &&
      eid_report_find (report, EID_VERDICT_CHIP_NOT_AUTHENTIC) == NULL)
    return GUICHET_METHOD_CARD_AND_CHIP;
  return GUICHET_METHOD_CARD;
}

/* That the PIN was not asked is none: by the chip or not, presence has a word of its own. */
static gboolean
has_remark (EidReport *report)
{
  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);

      if (verdict->severity != EID_SEVERITY_GOOD && verdict->kind != EID_VERDICT_PIN_NOT_ASKED)
        return TRUE;
    }
  return FALSE;
}

static GuichetFinding
find_out (const GuichetIdentityCheck *check, EidReport *report, const GuichetComparison *comparison)
{
  EidOutcome outcome = eid_report_get_outcome (report);

  if (outcome == EID_OUTCOME_NOT_GENUINE)
    return GUICHET_FINDING_NOT_TRUSTED;
  if (outcome == EID_OUTCOME_UNREADABLE)
    return GUICHET_FINDING_UNREADABLE;
  if (comparison == NULL || comparison->person == GUICHET_PERSON_UNPROVED)
    return GUICHET_FINDING_UNPROVED;
  if (comparison->person == GUICHET_PERSON_OTHER)
    return GUICHET_FINDING_OTHER_PERSON;
  return comparison->person == GUICHET_PERSON_SAME &&
                 check->comparison == GUICHET_AGREEMENT_EQUAL && !has_remark (report)
             ? GUICHET_FINDING_VERIFIED
             : GUICHET_FINDING_VERIFIED_WITH_REMARK;
}

GuichetIdentityCheck *
guichet_judgement_make (EidFiles *files,
                        const EidEvidence *evidence,
                        EidReport *report,
                        const GuichetComparison *comparison)
{
  GuichetIdentityCheck *check;

  g_return_val_if_fail (files != NULL && report != NULL, NULL);

  check = guichet_identity_check_new ();
  add_verdicts (check, report);
  add_files (check, files);
  check->method = method_of (report, evidence);
  if (comparison != NULL)
    compare (check, comparison);
  check->finding = find_out (check, report, comparison);
  return check;
}
