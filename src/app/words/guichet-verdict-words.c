/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each verdict means for the clerk, and what to do about it.
 */
#define G_LOG_DOMAIN "guichet-verdict-words"

#include "config.h"

#include "guichet-date-words.h"
#include "guichet-verdict-words.h"
#include "guichet-verdict-words-private.h"

#include <glib/gi18n.h>

/* How much it weighs, in three ways that do not need each other. */
/* clang-format off */
static const struct
{
  const char *icon;
  const char *style;
  const char *weight;
} weights[] = {
  [EID_SEVERITY_GOOD] = { "emblem-ok-symbolic", "good", N_ ("In order") },
  [EID_SEVERITY_CAUTION] = { "dialog-warning-symbolic", "caution", N_ ("Take note") },
  [EID_SEVERITY_UNREADABLE] = { "dialog-question-symbolic", "unsure", N_ ("Uncertain") },
  [EID_SEVERITY_BAD] = { "dialog-error-symbolic", "bad", N_ ("Warning") },
};
/* clang-format on */

#define DO_NOT_ACCEPT                                                                          \
  N_ ("Do not accept the card, keep calm, and do what your town has laid down for a doubtful " \
      "document.")

#define STATE_MAY_END                                                                           \
  N_ ("The State's certificates may end before the cards that they vouch for: this alone says " \
      "nothing against the card.")

/* What is said of a kind wherever there are no other words for its file or its weight: for a part
 * that could not be read, that it is the proof. */
/* clang-format off */
static const struct
{
  const char *title;
  const char *advice;
} verdicts[] = {
  [EID_VERDICT_GENUINE] = {
    N_ ("The card is genuine"),
    N_ ("Its signatures and its photo are those of the State.") },
  [EID_VERDICT_IDENTITY_FORGED] = { N_ ("The identity was tampered with"), DO_NOT_ACCEPT },
  [EID_VERDICT_ADDRESS_FORGED] = {
    N_ ("The address was tampered with"),
    N_ ("Do not use this address: look it up in the register. Names and photo may still hold, "
        "but a changed card is a doubtful document.") },
  [EID_VERDICT_PHOTO_FORGED] = { N_ ("The photo was exchanged"), DO_NOT_ACCEPT },
  [EID_VERDICT_PHOTO_UNPROVED] = {
    N_ ("Nothing proves the photo"),
    N_ ("This card does not say which photo is its own. Compare the one that is printed on "
        "it with the person.") },
  [EID_VERDICT_BASIC_KEY_MISMATCH] = {
    N_ ("The chip is a copy: its key is another one"),
    DO_NOT_ACCEPT },
  [EID_VERDICT_CHIP_NOT_AUTHENTIC] = {
    N_ ("The chip is a copy: it could not prove itself"),
    DO_NOT_ACCEPT },
  [EID_VERDICT_CHIP_DIFFERS] = {
    N_ ("The chip is a copy: its number is another one"),
    DO_NOT_ACCEPT },
  [EID_VERDICT_CHAIN_BROKEN] = { N_ ("The signatures do not lead to the State"), DO_NOT_ACCEPT },
  [EID_VERDICT_ROOT_UNKNOWN] = {
    N_ ("The card was not signed by the Belgian State"),
    DO_NOT_ACCEPT },
  [EID_VERDICT_TEST_ROOT] = {
    N_ ("This is a test card"),
    N_ ("It was made for trials and identifies nobody.") },
  [EID_VERDICT_ROOT_EXPIRED] = {
    N_ ("The State's root certificate has expired"),
    STATE_MAY_END },
  [EID_VERDICT_SIGNER_WRONG] = {
    N_ ("Somebody else than the register signed the card"),
    DO_NOT_ACCEPT },
  [EID_VERDICT_CERTIFICATE_EXPIRED] = {
    N_ ("A certificate has expired"),
    N_ ("The holder cannot sign in with it any more: advise them to renew the card. This says "
        "nothing against who they are.") },
  [EID_VERDICT_CERTIFICATE_NOT_YET_VALID] = {
    N_ ("A certificate is not valid yet"),
    N_ ("Check the date of this computer, and ask when the card was handed over.") },
  [EID_VERDICT_REVOKED] = {
    N_ ("The card was revoked"),
    N_ ("A card is revoked when it is declared lost or stolen, or replaced. Do not accept it; "
        "ask for another document and look the person up in the register.") },
  [EID_VERDICT_REVOCATION_UNKNOWN] = {
    N_ ("Not known whether the card was revoked"),
    N_ ("Where it matters, look in the register.") },
  [EID_VERDICT_CARD_EXPIRED] = {
    N_ ("The card has expired"),
    N_ ("It no longer counts as an identity document. Ask for another one, and advise the "
        "person to renew it.") },
  [EID_VERDICT_CARD_NOT_YET_VALID] = {
    N_ ("The card is not valid yet"),
    N_ ("Check the date of this computer, and ask when the card was handed over.") },
  [EID_VERDICT_NOT_ISSUED] = { N_ ("The card was never handed over"), DO_NOT_ACCEPT },
  [EID_VERDICT_HOLDER_MISMATCH] = { N_ ("Parts of the card are about two persons"), DO_NOT_ACCEPT },
  [EID_VERDICT_PRESENCE_NOT_PROVED] = {
    N_ ("Nothing proves that this is not a copy"),
    N_ ("A copied chip would look the same. Compare the printed card and its photo with the "
        "person; where presence must be proved, ask for the PIN.") },
  [EID_VERDICT_PIN_PROVED] = {
    N_ ("The holder gave their PIN"),
    N_ ("The card is the one that was issued, and who is here knows its "
        "PIN.") },
  [EID_VERDICT_PIN_NOT_ASKED] = {
    N_ ("The PIN was not asked for"),
    N_ ("Compare the photo with the person: nothing else ties them to the card.") },
  [EID_VERDICT_PIN_WRONG] = {
    N_ ("The PIN was wrong"),
    N_ ("Let the person think before another try: three wrong ones "
        "block the PIN.") },
  [EID_VERDICT_PIN_BLOCKED] = {
    N_ ("The PIN is blocked"),
    N_ ("The card can still be read. The holder can have the PIN unblocked with their PUK "
        "code.") },
  [EID_VERDICT_PIN_FAILED] = {
    N_ ("The PIN could not be checked"),
    N_ ("This says nothing about the person. Try once more.") },
  [EID_VERDICT_UNREADABLE] = {
    N_ ("A part of the card could not be read"),
    N_ ("What is shown of the person is not proved: do not rely on it. "
        "Wipe the chip and read again; ask for another document if it stays so.") },
  [EID_VERDICT_UNSUPPORTED_CARD] = {
    N_ ("This is not a Belgian identity card"),
    N_ ("Ask for the identity card or the residence card.") },
  [EID_VERDICT_CARD_REMOVED] = {
    N_ ("The card was pulled out"),
    N_ ("Put it in again and leave it there.") },
  [EID_VERDICT_READER_LOST] = {
    N_ ("The reader was unplugged"),
    N_ ("Plug it in again and read the card once more.") },
};
/* clang-format on */

#define OF_STATE                                                   \
  (OF (EID_FILE_CA_CERTIFICATE) | OF (EID_FILE_ROOT_CERTIFICATE) | \
   OF (EID_FILE_REGISTER_CERTIFICATE) | OF (EID_FILE_REGISTER_CA_CERTIFICATE))

/* What means something else for some files, some weight or some cause; the first row that fits. */
/* clang-format off */
static const struct
{
  EidVerdictKind kind;
  int severity;      /* EidSeverity, or ANY */
  guint files;       /* about one of these, or 0 */
  const char *title; /* (nullable): as it is otherwise */
  const char *advice;
  EidCause cause; /* for this one, or none: whatever it is */
} particular[] = {
  { EID_VERDICT_UNREADABLE,
    ANY,
    OF (EID_FILE_IDENTITY),
    NULL,
    N_ ("Nothing proves whose card it is. "
        "Wipe the chip and read again; ask for another document if it stays so.") },
  { EID_VERDICT_UNREADABLE,
    ANY,
    OF (EID_FILE_ADDRESS),
    NULL,
    N_ ("Look the address up in the register. "
        "Wipe the chip and read again; ask for another document if it stays so.") },
  { EID_VERDICT_UNREADABLE,
    ANY,
    OF (EID_FILE_ADDRESS_SIGNATURE),
    NULL,
    N_ ("The address is not proved: look it up in the register. "
        "Wipe the chip and read again; ask for another document if it stays so.") },
  { EID_VERDICT_UNREADABLE,
    ANY,
    OF (EID_FILE_PHOTO),
    NULL,
    N_ ("Compare the photo that is printed on the card with the person. "
        "Wipe the chip and read again; ask for another document if it stays so.") },
  { EID_VERDICT_UNREADABLE,
    ANY,
    OF (EID_FILE_SIGNATURE_CERTIFICATE),
    NULL,
    N_ ("Without it whether the card was revoked may stay unknown. "
        "Wipe the chip and read again; ask for another document if it stays so.") },
  { EID_VERDICT_UNREADABLE,
    ANY,
    OF (EID_FILE_CARD_DATA) | OF (EID_FILE_BASIC_KEY),
    NULL,
    N_ ("The chip may be a copy: compare the printed card and its photo with the person. "
        "Wipe the chip and read again; ask for another document if it stays so.") },
  { EID_VERDICT_UNREADABLE,
    ANY,
    OF (EID_FILE_CA_CERTIFICATE) | OF (EID_FILE_AUTHENTICATION_CERTIFICATE),
    NULL,
    N_ ("Without it the PIN may prove nothing, and whether the card was revoked may stay "
        "unknown. Wipe the chip and read again; ask for another document if it stays so.") },
  { EID_VERDICT_PIN_FAILED,
    EID_SEVERITY_BAD,
    0,
    N_ ("The chip is a copy: its proof by PIN is false"),
    DO_NOT_ACCEPT },
  { EID_VERDICT_PIN_FAILED,
    ANY,
    OF (EID_FILE_AUTHENTICATION_CERTIFICATE),
    N_ ("The PIN proves nothing on this card"),
    N_ ("It was right, but nothing proves that its key is the holder's. Compare the printed card "
        "and its photo with the person.") },
  { EID_VERDICT_CERTIFICATE_EXPIRED,
    ANY,
    OF (EID_FILE_SIGNATURE_CERTIFICATE),
    NULL,
    N_ ("The holder cannot sign with it any more: advise them to renew the card. This says "
        "nothing against who they are.") },
  { EID_VERDICT_CERTIFICATE_EXPIRED,
    ANY,
    OF_STATE,
    N_ ("A certificate of the State has expired"),
    STATE_MAY_END },
  { EID_VERDICT_CERTIFICATE_NOT_YET_VALID,
    ANY,
    OF_STATE,
    N_ ("A certificate of the State is not valid yet"),
    N_ ("Check the date of this computer. If it is right, do not accept the card.") },
  { EID_VERDICT_REVOKED,
    ANY,
    OF_STATE,
    N_ ("A certificate of the State is suspended"),
    N_ ("For now the State does not stand behind what it signed. Do not accept the card as long as "
        "this lasts; ask for another document and look the person up in the register."),
    EID_CAUSE_CERTIFICATE_HOLD },
  { EID_VERDICT_REVOKED,
    ANY,
    0,
    N_ ("A certificate of the card is suspended"),
    N_ ("Do not accept it as long as this lasts: it may have been declared lost or stolen, or not "
        "be activated yet. Look the card up in the register or in Checkdoc. If it was found or is "
        "activated, Population lifts the suspension here; then read the card again."),
    EID_CAUSE_CERTIFICATE_HOLD },
  /* Both of a card are revoked when it is lost: of this one alone that is not said. */
  { EID_VERDICT_REVOKED,
    ANY,
    OF (EID_FILE_SIGNATURE_CERTIFICATE),
    N_ ("A certificate of the card was revoked"),
    N_ ("The holder cannot sign with it any more; this alone does not say that the card was lost or "
        "stolen. Look the card up in the register or in Checkdoc before you accept it.") },
  { EID_VERDICT_REVOKED,
    ANY,
    OF_STATE,
    N_ ("A certificate of the State was revoked"),
    N_ ("The State does not stand behind what it signed any more. Do not accept the card; ask for "
        "another document and look the person up in the register.") },
};
/* clang-format on */

/* Why it is not known whether a card was revoked, and what to do about it. */
/* clang-format off */
static const struct
{
  const char *fact;
  const char *advice;
} causes[] = {
  [EID_CAUSE_NOT_ASKED] = {
    N_ ("The State was not asked."),
    N_ ("Where it matters, look in the register.") },
  [EID_CAUSE_NO_CERTIFICATE] = {
    N_ ("The card has, like a child's, no certificate that the State could be asked about."),
    N_ ("Where it matters, look in the register.") },
  [EID_CAUSE_NOBODY_TO_ASK] = {
    N_ ("The State does not answer for a certificate that is out of its period or is not its own."),
    N_ ("Where it matters, look in the register.") },
  [EID_CAUSE_NO_ANSWER] = {
    N_ ("The State's servers could not be reached, or gave no answer that counts."),
    N_ ("Try again later; where it matters, look in the register.") },
  [EID_CAUSE_NOT_KNOWN] = {
    N_ ("The State answered that it does not know this certificate."),
    N_ ("Look the person up in the register.") },
};
/* clang-format on */

/* Why a certificate was revoked, behind "Revoked since …: ". */
static const char *const reasons[] = {
  [EID_CAUSE_KEY_COMPROMISE] = N_ ("its key may be in other hands"),
  [EID_CAUSE_CA_COMPROMISE] = N_ ("the key of its issuer may be in other hands"),
  [EID_CAUSE_AFFILIATION_CHANGED] = N_ ("what it says of its holder is no longer true"),
  [EID_CAUSE_SUPERSEDED] = N_ ("another one has taken its place"),
  [EID_CAUSE_CESSATION_OF_OPERATION] = N_ ("it is not needed any more"),
  [EID_CAUSE_PRIVILEGE_WITHDRAWN] = N_ ("the right to it was taken away"),
  [EID_CAUSE_AA_COMPROMISE] = N_ ("the key of who vouches for it may be in other hands"),
};

/* clang-format off */
static const char *const files[EID_N_FILES] = {
  [EID_FILE_CARD_DATA] = N_ ("data of the chip"),
  [EID_FILE_IDENTITY] = N_ ("identity"),
  [EID_FILE_IDENTITY_SIGNATURE] = N_ ("signature of the identity"),
  [EID_FILE_ADDRESS] = N_ ("address"),
  [EID_FILE_ADDRESS_SIGNATURE] = N_ ("signature of the address"),
  [EID_FILE_PHOTO] = N_ ("photo"),
  [EID_FILE_AUTHENTICATION_CERTIFICATE] = N_ ("certificate to sign in with"),
  [EID_FILE_SIGNATURE_CERTIFICATE] = N_ ("certificate to sign with"),
  [EID_FILE_CA_CERTIFICATE] = N_ ("certificate of the issuer"),
  [EID_FILE_ROOT_CERTIFICATE] = N_ ("root certificate"),
  [EID_FILE_REGISTER_CERTIFICATE] = N_ ("certificate of the register"),
  [EID_FILE_REGISTER_CA_CERTIFICATE] = N_ ("certificate of the register's issuer"),
  [EID_FILE_BASIC_KEY] = N_ ("key of the chip"),
};
/* clang-format on */

GuichetVerdictWords
guichet_verdict_words_new (EidSeverity weight, const char *title, const char *advice)
{
  return (GuichetVerdictWords){ .icon = weights[weight].icon,
                                .style = weights[weight].style,
                                .weight = _ (weights[weight].weight),
                                             .title = _ (title), .advice = _ (advice) };
}

static gboolean
is_about (const EidVerdict *verdict, guint of)
{
  return verdict->file != EID_NO_FILE && (OF (verdict->file) & of) != 0;
}

static gboolean
has_cause (const EidVerdict *verdict)
{
  return verdict->kind == EID_VERDICT_REVOCATION_UNKNOWN && verdict->cause != EID_CAUSE_NONE &&
         verdict->cause < G_N_ELEMENTS (causes);
}

GuichetVerdictWords
guichet_verdict_words (const EidVerdict *verdict)
{
  const char *title = verdicts[verdict->kind].title;

  if (has_cause (verdict))
    return guichet_verdict_words_new (verdict->severity, title, causes[verdict->cause].advice);
  for (guint i = 0; i < G_N_ELEMENTS (particular); i++)
    if (particular[i].kind == verdict->kind &&
        (particular[i].severity == ANY || particular[i].severity == (int) verdict->severity) &&
        (particular[i].files == 0 || is_about (verdict, particular[i].files)) &&
        (particular[i].cause == EID_CAUSE_NONE || particular[i].cause == verdict->cause))
      return guichet_verdict_words_new (verdict->severity,
                                        particular[i].title != NULL ? particular[i].title : title,
                                        particular[i].advice);
  return guichet_verdict_words_new (verdict->severity, title, verdicts[verdict->kind].advice);
}

static char *
revoked_since (EidCause cause, const char *day)
{
  const char *reason = cause < G_N_ELEMENTS (reasons) ? reasons[cause] : NULL;

  if (cause == EID_CAUSE_CERTIFICATE_HOLD)
    /* Translators: a day: "Thursday 26 November 2026" */
    return g_strdup_printf (_ ("Suspended since %s, until the State lifts it or confirms it."),
                               day);
  if (reason == NULL)
    /* Translators: a day: "Thursday 26 November 2026" */
    return g_strdup_printf (_ ("Revoked since %s; the State gives no reason."), day);
  /* Translators: a day, and why: "Revoked since Thursday 26 November 2026: its key may be …" */
  return g_strdup_printf (_ ("Revoked since %1$s: %2$s."), day, _ (reason));
}

char *
guichet_verdict_words_fact (const EidVerdict *verdict)
{
  g_autofree char *day = NULL;

  if (has_cause (verdict))
    return g_strdup (_ (causes[verdict->cause].fact));
  if (!eid_date_is_known (&verdict->day))
    return NULL;
  day = guichet_date_words_full (
      guichet_day_new (verdict->day.year, verdict->day.month, verdict->day.day));
  switch (verdict->kind)
    {
    case EID_VERDICT_REVOKED:
      return revoked_since (verdict->cause, day);
    case EID_VERDICT_CARD_EXPIRED:
    case EID_VERDICT_CERTIFICATE_EXPIRED:
    case EID_VERDICT_ROOT_EXPIRED:
      /* Translators: a day: "Thursday 26 November 2026" */
      return g_strdup_printf (_ ("It was valid until %s."), day);
    default:
      /* Translators: a day: "Thursday 26 November 2026" */
      return g_strdup_printf (_ ("It is valid from %s on."), day);
    }
}

/* Each certificate has such a verdict of its own, and those of one cause say the same. */
static gboolean
says_the_same (const EidVerdict *one, const EidVerdict *other)
{
  return one->kind == EID_VERDICT_REVOCATION_UNKNOWN && other->kind == one->kind &&
         other->cause == one->cause;
}

static gboolean
is_said_before (EidReport *report, const EidVerdict *verdict)
{
  for (guint i = 0; eid_report_get (report, i) != verdict; i++)
    if (says_the_same (verdict, eid_report_get (report, i)))
      return TRUE;
  return FALSE;
}

/* Whether there is nothing in the report from which it must be told by the files that it is about. */
static gboolean
is_alone (EidReport *report, const EidVerdict *verdict)
{
  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *other = eid_report_get (report, i);

      if (other->kind == verdict->kind && !says_the_same (verdict, other))
        return FALSE;
    }
  return TRUE;
}

/* The parts of the card that this verdict and those that say the same are about. */
static char *
about (EidReport *report, const EidVerdict *verdict)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *other = eid_report_get (report, i);

      if ((other == verdict || says_the_same (verdict, other)) && other->file != EID_NO_FILE)
        g_strv_builder_add (names, _ (files[other->file]));
    }
  all = g_strv_builder_end (names);
  return g_strjoinv (", ", all);
}

char *
guichet_verdict_words_title (EidReport *report, const EidVerdict *verdict)
{
  const GuichetVerdictWords words = guichet_verdict_words (verdict);
  g_autofree char *parts = NULL;

  /* That nothing proves the presence says it all. */
  if (verdict->kind == EID_VERDICT_PIN_NOT_ASKED &&
      eid_report_find (report, EID_VERDICT_PRESENCE_NOT_PROVED) != NULL)
    return NULL;
  if (is_said_before (report, verdict))
    return NULL;
  if (verdict->kind == EID_VERDICT_REVOCATION_UNKNOWN && is_alone (report, verdict))
    return g_strdup (words.title);
  parts = about (report, verdict);
  if (parts[0] == '\0')
    return g_strdup (words.title);
  /* Translators: a verdict, and in brackets the part of the card that it is about. */
  return g_strdup_printf (_ ("%1$s (%2$s)"), words.title, parts);
}
