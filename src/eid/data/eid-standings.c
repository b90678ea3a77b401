/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of a card's certificates, as verdicts.
 */
#define G_LOG_DOMAIN "eid-standings"

#include "config.h"

#include "eid-standings.h"

#include "eid-date.h"
#include "eid-word.h"

/* As a word to each of its own, where it says anything. */
static EidCause
cause_of (const char *reason)
{
  GEnumClass *causes = g_type_class_ref (EID_TYPE_CAUSE);
  const GEnumValue *found = reason != NULL ? g_enum_get_value_by_nick (causes, reason) : NULL;

  g_type_class_unref (causes);
  return found != NULL ? (EidCause) found->value : EID_CAUSE_NONE;
}

static void
say_finding (EidReport *report, EidFile file, const EidFinding *finding)
{
  g_autofree char *since = eid_day_text (finding->since);
  g_autofree char *way = g_ascii_strup (eid_word (EID_TYPE_REVOCATION_WAY, (int) finding->way), -1);

  eid_report_set_finding (report, file, finding);
  if (finding->standing == EID_STANDING_REVOKED)
    {
      eid_report_add (report,
                      EID_VERDICT_REVOKED,
                      (int) file,
                      "%s is revoked since %s (%s), by %s",
                      eid_file_word (file),
                      since,
                      finding->reason != NULL ? finding->reason : "no reason given",
                      way);
      eid_report_set_day (report, eid_date_of (finding->since));
      eid_report_set_cause (report, cause_of (finding->reason));
    }
  else if (finding->standing == EID_STANDING_UNKNOWN)
    {
      eid_report_add (report,
                      EID_VERDICT_REVOCATION_UNKNOWN,
                      (int) file,
                      "%s is not known to its issuer, by %s",
                      eid_file_word (file),
                      way);
      eid_report_set_cause (report, EID_CAUSE_NOT_KNOWN);
    }
}

static gboolean
was_tried (EidRevocation *revocation, EidFile file)
{
  for (EidRevocationWay way = EID_REVOCATION_OCSP; way <= EID_REVOCATION_CRL; way++)
    if (eid_revocation_get_answer (revocation, file, way) != NULL ||
        eid_revocation_get_failure (revocation, file, way) != NULL)
      return TRUE;
  return FALSE;
}

static void
say_of (EidCertificates certificates,
        EidFile file,
        gint64 moment,
        EidRevocation *revocation,
        EidReport *report)
{
  g_autoptr (GError) error = NULL;
  EidFinding finding;
  EidFile issuer;
  EidCause cause = EID_CAUSE_NOBODY_TO_ASK;

  if (eid_question_find_issuer (certificates, file, moment, &issuer, &error))
    {
      if (eid_revocation_judge (revocation,
                                file,
                                certificates[file],
                                certificates[issuer],
                                moment,
                                &finding,
                                &error))
        {
          say_finding (report, file, &finding);
          return;
        }
      cause = was_tried (revocation, file) ? EID_CAUSE_NO_ANSWER : EID_CAUSE_NOT_ASKED;
    }
  eid_report_add (report,
                  EID_VERDICT_REVOCATION_UNKNOWN,
                  (int) file,
                  "%s: %s",
                  eid_file_word (file),
                  error->message);
  eid_report_set_cause (report, cause);
}

/* Who revokes a card revokes its holder's certificates: those of the authorities, which are of many
 * cards, say nothing of this one. */
static gboolean
has_holder (EidCertificates certificates)
{
  return certificates[EID_FILE_AUTHENTICATION_CERTIFICATE] != NULL ||
         certificates[EID_FILE_SIGNATURE_CERTIFICATE] != NULL;
}

void
eid_standings_say (EidCertificates certificates,
                   gint64 moment,
                   EidRevocation *revocation,
                   EidReport *report)
{
  if (revocation == NULL)
    {
      eid_report_add (report,
                      EID_VERDICT_REVOCATION_UNKNOWN,
                      EID_NO_FILE,
                      "revocation was not asked for");
      eid_report_set_cause (report, EID_CAUSE_NOT_ASKED);
      return;
    }
  if (!has_holder (certificates))
    {
      eid_report_add (report,
                      EID_VERDICT_REVOCATION_UNKNOWN,
                      EID_FILE_AUTHENTICATION_CERTIFICATE,
                      "the card has no certificate of its holder to ask about");
      eid_report_set_cause (report, EID_CAUSE_NO_CERTIFICATE);
    }
  for (guint file = 0; file < EID_N_FILES; file++)
    if (eid_question_is_due (certificates, (EidFile) file))
      say_of (certificates, (EidFile) file, moment, revocation, report);
}
