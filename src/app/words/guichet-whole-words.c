/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What all that was found of a card comes to.
 */
#define G_LOG_DOMAIN "guichet-whole-words"

#include "config.h"

#include "guichet-whole-words.h"
#include "guichet-verdict-words-private.h"

#include <glib/gi18n.h>

/* Stand where a person or a kind of verdict may. */
#define NO_REQUEST (GUICHET_PERSON_OTHER + 1)
#define NOT_VOUCHED_FOR (-2)
#define CERTIFICATE_REVOKED (-3)
#define SUSPENDED (-4)

/* What card and request come to; the first row that fits. A verdict that speaks against the card
 * has words of its own only where no other one does. */

/* clang-format off */
static const struct
{
  EidSeverity least; /* the report weighs that much at least */
  int verdict;       /* it has this one, or NOT_VOUCHED_FOR, or ANY */
  int person;        /* GuichetPersonMatch, or ANY */
  EidSeverity shown;
  const char *title;
  const char *advice;
} wholes[] = {
  { EID_SEVERITY_BAD,
    EID_VERDICT_REVOKED,
    ANY,
    EID_SEVERITY_BAD,
    N_ ("Revoked card"),
    N_ ("Do not accept it. What speaks against it stands below.") },
  { EID_SEVERITY_BAD,
    CERTIFICATE_REVOKED,
    ANY,
    EID_SEVERITY_BAD,
    N_ ("Card with a revoked certificate"),
    N_ ("Do not accept it before you have looked it up in the register or in Checkdoc.") },
  { EID_SEVERITY_BAD,
    SUSPENDED,
    ANY,
    EID_SEVERITY_BAD,
    N_ ("Card with a suspended certificate"),
    N_ ("Do not accept it as long as this lasts: look it up in the register or in Checkdoc.") },
  { EID_SEVERITY_BAD,
    EID_VERDICT_CARD_EXPIRED,
    GUICHET_PERSON_OTHER,
    EID_SEVERITY_BAD,
    N_ ("Another person's card"),
    N_ ("It is not the card of the person who asks. Check that this is the right request, and in "
        "whose name the person at the counter acts.") },
  { EID_SEVERITY_BAD,
    EID_VERDICT_CARD_EXPIRED,
    ANY,
    EID_SEVERITY_BAD,
    N_ ("Genuine card, but it has expired"),
    N_ ("It no longer counts as an identity document.") },
  { EID_SEVERITY_BAD,
    ANY,
    ANY,
    EID_SEVERITY_BAD,
    N_ ("Do not accept this card"),
    N_ ("What speaks against it stands below.") },
  { EID_SEVERITY_GOOD,
    ANY,
    GUICHET_PERSON_OTHER,
    EID_SEVERITY_BAD,
    N_ ("Another person's card"),
    N_ ("It is not the card of the person who asks. Check that this is the right request, and in "
        "whose name the person at the counter acts.") },
  { EID_SEVERITY_UNREADABLE,
    NOT_VOUCHED_FOR,
    ANY,
    EID_SEVERITY_UNREADABLE,
    N_ ("Nothing proves what this card says"),
    N_ ("Do not rely on the name, the address and the photo. Read the card again, or ask for "
        "another document.") },
  { EID_SEVERITY_UNREADABLE,
    ANY,
    ANY,
    EID_SEVERITY_UNREADABLE,
    N_ ("Not everything could be checked"),
    N_ ("A part of the proof is missing: do not rely on what is not proved.") },
  { EID_SEVERITY_GOOD,
    ANY,
    GUICHET_PERSON_DIFFERS,
    EID_SEVERITY_CAUTION,
    N_ ("The right person, but not everything is the same"),
    N_ ("The national number is the same. Look at what differs before you go on.") },
  { EID_SEVERITY_GOOD,
    ANY,
    GUICHET_PERSON_UNPROVED,
    EID_SEVERITY_CAUTION,
    N_ ("Genuine card, but perhaps another person"),
    N_ ("The request says too little of who asks. Ask the person, or look in the register.") },
  { EID_SEVERITY_GOOD,
    ANY,
    GUICHET_PERSON_LIKELY,
    EID_SEVERITY_CAUTION,
    N_ ("Genuine card, very likely of the person who asks"),
    N_ ("Names and day of birth are the same; the request has no national number to be sure.") },
  { EID_SEVERITY_CAUTION,
    ANY,
    GUICHET_PERSON_SAME,
    EID_SEVERITY_CAUTION,
    N_ ("Genuine card of the person who asks"),
    N_ ("Compare the photo with the person in front of you; what is not proved stands below.") },
  { EID_SEVERITY_GOOD,
    ANY,
    GUICHET_PERSON_SAME,
    EID_SEVERITY_GOOD,
    N_ ("Genuine card of the person who asks, and its holder is here"),
    N_ ("Card, person and PIN agree.") },
  { EID_SEVERITY_CAUTION,
    ANY,
    ANY,
    EID_SEVERITY_CAUTION,
    N_ ("Genuine card"),
    N_ ("Compare the photo with the person in front of you; what is not proved stands below.") },
  { EID_SEVERITY_GOOD,
    ANY,
    ANY,
    EID_SEVERITY_GOOD,
    N_ ("Genuine card, and its holder is here"),
    N_ ("Card and PIN agree.") },
};
/* clang-format on */

#define OF_HOLDER (OF (EID_FILE_AUTHENTICATION_CERTIFICATE) | OF (EID_FILE_SIGNATURE_CERTIFICATE))

/* Which certificates are revoked for good, or on hold. */
static guint
revoked (EidReport *report, gboolean on_hold)
{
  guint found = 0;

  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);

      if (verdict->kind == EID_VERDICT_REVOKED && verdict->file != EID_NO_FILE &&
          (verdict->cause == EID_CAUSE_CERTIFICATE_HOLD) == on_hold)
        found |= OF (verdict->file);
    }
  return found;
}

/* Whether the report has this verdict, and none of another kind that weighs as much. */
static gboolean
is_worst (EidReport *report, EidVerdictKind kind)
{
  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);

      if (verdict->severity == eid_report_get_worst (report) && verdict->kind != kind)
        return FALSE;
    }
  return eid_report_find (report, kind) != NULL;
}

/* As the outcome says that is recorded: what was not proved is not genuine for want of anything
 * that speaks against it. */
static EidSeverity
weigh (EidReport *report)
{
  return eid_report_get_outcome (report) == EID_OUTCOME_UNREADABLE ? EID_SEVERITY_UNREADABLE
                                                                   : eid_report_get_worst (report);
}

static gboolean
fits (EidReport *report, int verdict)
{
  switch (verdict)
    {
    case ANY:
      return TRUE;
    case NOT_VOUCHED_FOR:
      return !eid_report_is_vouched_for (report);
    case EID_VERDICT_CARD_EXPIRED:
      return is_worst (report, EID_VERDICT_CARD_EXPIRED) &&
             eid_report_find (report, EID_VERDICT_GENUINE) != NULL;
    case EID_VERDICT_REVOKED:
      return is_worst (report, EID_VERDICT_REVOKED) &&
             (revoked (report, FALSE) & OF (EID_FILE_AUTHENTICATION_CERTIFICATE)) != 0;
    case CERTIFICATE_REVOKED:
      return is_worst (report, EID_VERDICT_REVOKED) &&
             revoked (report, FALSE) == OF (EID_FILE_SIGNATURE_CERTIFICATE);
    case SUSPENDED:
      return is_worst (report, EID_VERDICT_REVOKED) && revoked (report, FALSE) == 0 &&
             (revoked (report, TRUE) & ~OF_HOLDER) == 0;
    default:
      return is_worst (report, (EidVerdictKind) verdict);
    }
}

GuichetVerdictWords
guichet_whole_words (EidReport *report, const GuichetComparison *comparison)
{
  const EidSeverity weight = weigh (report);
  const int person = comparison != NULL ? (int) comparison->person : NO_REQUEST;
  guint i = 0;

  while (i < G_N_ELEMENTS (wholes) - 1 &&
         !(weight >= wholes[i].least && (wholes[i].person == ANY || wholes[i].person == person) &&
           fits (report, wholes[i].verdict)))
    i++;
  return guichet_verdict_words_new (wholes[i].shown, wholes[i].title, wholes[i].advice);
}
