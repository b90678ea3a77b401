/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a clerk reads of a card: it must not promise more than was found out.
 */
#include "config.h"

#include "guichet-whole-words.h"

#include <string.h>

#define KEEP_CALM "Do not accept the card, keep calm"
#define NOT_RELY "is not proved: do not rely on it"
#define SAYS_NOTHING "this alone says nothing against the card"

#define N_KINDS (EID_VERDICT_READER_LOST + 1)

/* --- One verdict ------------------------------------------------------------------------------ */

static const struct
{
  EidVerdictKind kind;
  EidSeverity severity;
  int file;
  const char *title;
  const char *advice; /* what is in it */
  EidCause cause;
} verdicts[] = {
  /* What is missing is the proof itself. */
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_IDENTITY_SIGNATURE,
    "A part of the card could not be read",
    NOT_RELY },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_REGISTER_CERTIFICATE,
    "A part of the card could not be read",
    NOT_RELY },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_REGISTER_CA_CERTIFICATE,
    "A part of the card could not be read",
    NOT_RELY },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_ROOT_CERTIFICATE,
    "A part of the card could not be read",
    NOT_RELY },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_IDENTITY,
    "A part of the card could not be read",
    "Nothing proves whose card it is" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_ADDRESS_SIGNATURE,
    "A part of the card could not be read",
    "The address is not proved: look it up in the register" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_ADDRESS,
    "A part of the card could not be read",
    "Look the address up in the register" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_PHOTO,
    "A part of the card could not be read",
    "Compare the photo that is printed" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_CARD_DATA,
    "A part of the card could not be read",
    "The chip may be a copy" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_BASIC_KEY,
    "A part of the card could not be read",
    "The chip may be a copy" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_AUTHENTICATION_CERTIFICATE,
    "A part of the card could not be read",
    "the PIN may prove nothing" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_SIGNATURE_CERTIFICATE,
    "A part of the card could not be read",
    "whether the card was revoked may stay unknown" },
  { EID_VERDICT_UNREADABLE,
    EID_SEVERITY_UNREADABLE,
    EID_FILE_CA_CERTIFICATE,
    "A part of the card could not be read",
    "the PIN may prove nothing" },
  /* A challenge that was answered with another key is no slip. */
  { EID_VERDICT_PIN_FAILED,
    EID_SEVERITY_BAD,
    EID_FILE_AUTHENTICATION_CERTIFICATE,
    "The chip is a copy: its proof by PIN is false",
    KEEP_CALM },
  { EID_VERDICT_PIN_FAILED,
    EID_SEVERITY_CAUTION,
    EID_FILE_AUTHENTICATION_CERTIFICATE,
    "The PIN proves nothing on this card",
    "nothing proves that its key is the holder's" },
  { EID_VERDICT_PIN_FAILED,
    EID_SEVERITY_CAUTION,
    EID_NO_FILE,
    "The PIN could not be checked",
    "This says nothing about the person" },
  /* Only a holder has something to renew. */
  { EID_VERDICT_CERTIFICATE_EXPIRED,
    EID_SEVERITY_CAUTION,
    EID_FILE_AUTHENTICATION_CERTIFICATE,
    "A certificate has expired",
    "cannot sign in with it any more: advise them to renew" },
  { EID_VERDICT_CERTIFICATE_EXPIRED,
    EID_SEVERITY_CAUTION,
    EID_FILE_SIGNATURE_CERTIFICATE,
    "A certificate has expired",
    "cannot sign with it any more: advise them to renew" },
  { EID_VERDICT_CERTIFICATE_EXPIRED,
    EID_SEVERITY_CAUTION,
    EID_FILE_CA_CERTIFICATE,
    "A certificate of the State has expired",
    SAYS_NOTHING },
  { EID_VERDICT_CERTIFICATE_EXPIRED,
    EID_SEVERITY_CAUTION,
    EID_FILE_REGISTER_CERTIFICATE,
    "A certificate of the State has expired",
    SAYS_NOTHING },
  { EID_VERDICT_CERTIFICATE_EXPIRED,
    EID_SEVERITY_CAUTION,
    EID_FILE_REGISTER_CA_CERTIFICATE,
    "A certificate of the State has expired",
    SAYS_NOTHING },
  { EID_VERDICT_ROOT_EXPIRED,
    EID_SEVERITY_CAUTION,
    EID_FILE_ROOT_CERTIFICATE,
    "The State's root certificate has expired",
    "may end before the cards that they vouch for: " SAYS_NOTHING },
  { EID_VERDICT_CERTIFICATE_NOT_YET_VALID,
    EID_SEVERITY_BAD,
    EID_FILE_SIGNATURE_CERTIFICATE,
    "A certificate is not valid yet",
    "ask when the card was handed over" },
  { EID_VERDICT_CERTIFICATE_NOT_YET_VALID,
    EID_SEVERITY_BAD,
    EID_FILE_ROOT_CERTIFICATE,
    "A certificate of the State is not valid yet",
    "If it is right, do not accept the card" },
  { EID_VERDICT_REVOKED,
    EID_SEVERITY_BAD,
    EID_FILE_AUTHENTICATION_CERTIFICATE,
    "The card was revoked",
    "when it is declared lost or stolen, or replaced" },
  { EID_VERDICT_REVOKED,
    EID_SEVERITY_BAD,
    EID_FILE_REGISTER_CERTIFICATE,
    "A certificate of the State was revoked",
    "does not stand behind what it signed any more" },
  /* Said of both, and so of the card, only where both are revoked. */
  { EID_VERDICT_REVOKED,
    EID_SEVERITY_BAD,
    EID_FILE_SIGNATURE_CERTIFICATE,
    "A certificate of the card was revoked",
    "does not say that the card was lost or stolen",
    EID_CAUSE_CESSATION_OF_OPERATION },
  /* What may be lifted is not revoked. */
  { EID_VERDICT_REVOKED,
    EID_SEVERITY_BAD,
    EID_FILE_AUTHENTICATION_CERTIFICATE,
    "A certificate of the card is suspended",
    "lifts the suspension here; then read the card again",
    EID_CAUSE_CERTIFICATE_HOLD },
  { EID_VERDICT_REVOKED,
    EID_SEVERITY_BAD,
    EID_FILE_SIGNATURE_CERTIFICATE,
    "A certificate of the card is suspended",
    "Do not accept it as long as this lasts",
    EID_CAUSE_CERTIFICATE_HOLD },
  { EID_VERDICT_REVOKED,
    EID_SEVERITY_BAD,
    EID_FILE_CA_CERTIFICATE,
    "A certificate of the State is suspended",
    "Do not accept the card as long as this lasts",
    EID_CAUSE_CERTIFICATE_HOLD },
};

static void
test_verdicts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      const EidVerdict verdict = { .kind = verdicts[i].kind,
                                   .severity = verdicts[i].severity,
                                   .file = verdicts[i].file,
                                   .cause = verdicts[i].cause };
      const GuichetVerdictWords words = guichet_verdict_words (&verdict);

      g_assert_cmpstr (words.title, ==, verdicts[i].title);
      if (strstr (words.advice, verdicts[i].advice) == NULL)
        g_error ("row %" G_GSIZE_FORMAT " says: %s", i, words.advice);
    }
}

/* Whatever may come with whatever file: something is said, and what weighs most is not passed over
 * as a slip. */
static void
test_every_one (void)
{
  for (int kind = 0; kind < N_KINDS; kind++)
    for (int severity = EID_SEVERITY_GOOD; severity <= EID_SEVERITY_BAD; severity++)
      for (int file = EID_NO_FILE; file < EID_N_FILES; file++)
        {
          const EidVerdict verdict = { .kind = (EidVerdictKind) kind,
                                       .severity = (EidSeverity) severity,
                                       .file = file };
          const GuichetVerdictWords words = guichet_verdict_words (&verdict);

          g_assert_cmpstr (words.title, !=, "");
          g_assert_cmpstr (words.advice, !=, "");
          g_assert_null (strstr (words.advice, "still holds"));
          g_assert_null (strstr (words.advice, "while it was valid"));
          if (severity == EID_SEVERITY_BAD)
            g_assert_null (strstr (words.advice, "Try once more"));
        }
}

/* Which day it is about and why, in the language of the window. */
static void
test_facts (void)
{
  static const struct
  {
    EidVerdict verdict;
    const char *fact;
  } cases[] = {
    { { .kind = EID_VERDICT_REVOKED, .day = { 2026, 11, 26 } },
      "Revoked since Thursday 26 November 2026; the State gives no reason." },
    { { .kind = EID_VERDICT_REVOKED, .day = { 2026, 11, 26 }, .cause = EID_CAUSE_CERTIFICATE_HOLD },
      "Suspended since Thursday 26 November 2026, until the State lifts it or confirms it." },
    { { .kind = EID_VERDICT_REVOKED, .day = { 2026, 11, 26 }, .cause = EID_CAUSE_KEY_COMPROMISE },
      "Revoked since Thursday 26 November 2026: its key may be in other hands." },
    { { .kind = EID_VERDICT_REVOKED,
        .day = { 2026, 11, 26 },
        .cause = EID_CAUSE_CESSATION_OF_OPERATION },
      "Revoked since Thursday 26 November 2026: it is not needed any more." },
    { { .kind = EID_VERDICT_CARD_EXPIRED, .day = { 2026, 11, 26 } },
      "It was valid until Thursday 26 November 2026." },
    { { .kind = EID_VERDICT_CERTIFICATE_EXPIRED, .day = { 2026, 11, 26 } },
      "It was valid until Thursday 26 November 2026." },
    { { .kind = EID_VERDICT_ROOT_EXPIRED, .day = { 2026, 11, 26 } },
      "It was valid until Thursday 26 November 2026." },
    { { .kind = EID_VERDICT_CARD_NOT_YET_VALID, .day = { 2026, 11, 26 } },
      "It is valid from Thursday 26 November 2026 on." },
    { { .kind = EID_VERDICT_REVOCATION_UNKNOWN, .cause = EID_CAUSE_NOT_ASKED },
      "The State was not asked." },
    { { .kind = EID_VERDICT_REVOCATION_UNKNOWN }, NULL },
    { { .kind = EID_VERDICT_REVOKED }, NULL },
    { { .kind = EID_VERDICT_GENUINE }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fact = guichet_verdict_words_fact (&cases[i].verdict);

      g_assert_cmpstr (fact, ==, cases[i].fact);
    }
}

/* No reason that an issuer may give is left in its own words, or unsaid. */
static void
test_reasons (void)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int cause = EID_CAUSE_KEY_COMPROMISE; cause <= EID_CAUSE_AA_COMPROMISE; cause++)
    {
      const EidVerdict verdict = { .kind = EID_VERDICT_REVOKED,
                                   .day = { 2026, 11, 26 },
                                   .cause = (EidCause) cause };
      char *fact = guichet_verdict_words_fact (&verdict);

      g_assert_nonnull (strstr (fact, "Thursday 26 November 2026"));
      g_assert_null (strstr (fact, "gives no reason"));
      g_assert_true (g_hash_table_add (said, fact));
    }
}

/* That nobody was asked, that nobody answered and that nobody knows it are not the same. */
static void
test_causes (void)
{
  static const struct
  {
    EidCause cause;
    const char *fact;
  } cases[] = {
    { EID_CAUSE_NOT_ASKED, "The State was not asked" },
    { EID_CAUSE_NO_CERTIFICATE, "like a child's" },
    { EID_CAUSE_NOBODY_TO_ASK, "out of its period" },
    { EID_CAUSE_NO_ANSWER, "could not be reached" },
    { EID_CAUSE_NOT_KNOWN, "does not know this certificate" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const EidVerdict verdict = { .kind = EID_VERDICT_REVOCATION_UNKNOWN,
                                   .severity = EID_SEVERITY_CAUTION,
                                   .file = EID_NO_FILE,
                                   .cause = cases[i].cause };
      const GuichetVerdictWords words = guichet_verdict_words (&verdict);

      g_autofree char *fact = guichet_verdict_words_fact (&verdict);

      if (strstr (fact, cases[i].fact) == NULL)
        g_error ("row %" G_GSIZE_FORMAT " says: %s", i, fact);
      g_assert_nonnull (strstr (words.advice, "register"));
    }
}

/* --- One of several --------------------------------------------------------------------------- */

static void
assert_titles (EidReport *report, const char *expected)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *found = NULL;

  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      g_autofree char *title = guichet_verdict_words_title (report, eid_report_get (report, i));

      if (title != NULL)
        g_strv_builder_add (titles, title);
    }
  all = g_strv_builder_end (titles);
  found = g_strjoinv ("; ", all);
  g_assert_cmpstr (found, ==, expected);
}

static void
add_unknown (EidReport *report, EidFile file, EidCause cause)
{
  eid_report_add (report, EID_VERDICT_REVOCATION_UNKNOWN, (int) file, "tried");
  eid_report_set_cause (report, cause);
}

/* What is the same of several certificates is said once, and what is not of each. */
static void
test_titles (void)
{
  g_autoptr (EidReport) report = eid_report_new ();

  add_unknown (report, EID_FILE_AUTHENTICATION_CERTIFICATE, EID_CAUSE_NO_ANSWER);
  add_unknown (report, EID_FILE_SIGNATURE_CERTIFICATE, EID_CAUSE_NO_ANSWER);
  assert_titles (report, "Not known whether the card was revoked");
  add_unknown (report, EID_FILE_REGISTER_CERTIFICATE, EID_CAUSE_NOT_KNOWN);
  assert_titles (report,
                 "Not known whether the card was revoked (certificate to sign in with, certificate "
                 "to sign with); "
                 "Not known whether the card was revoked (certificate of the register)");

  eid_report_add (report, EID_VERDICT_PIN_NOT_ASKED, EID_NO_FILE, "tried");
  eid_report_add (report, EID_VERDICT_PRESENCE_NOT_PROVED, EID_NO_FILE, "tried");
  eid_report_add (report, EID_VERDICT_REVOKED, EID_FILE_CA_CERTIFICATE, "tried");
  assert_titles (report,
                 "Not known whether the card was revoked (certificate to sign in with, certificate "
                 "to sign with); "
                 "Not known whether the card was revoked (certificate of the register); "
                 "Nothing proves that this is not a copy; "
                 "A certificate of the State was revoked (certificate of the issuer)");
}

/* --- The whole -------------------------------------------------------------------------------- */

typedef struct
{
  EidVerdictKind kind;
  int severity; /* or as it is by nature */
  int file;
  EidCause cause;
} Said;

#define BY_NATURE (-1)
#define NO_REQUEST (-1)

/* clang-format off */
static const struct
{
  const char *name;
  gboolean vouched_for;
  int person; /* GuichetPersonMatch, or NO_REQUEST */
  const char *style;
  const char *title;
  Said said[4]; /* up to the first of no weight */
} wholes[] = {
  { "genuine", TRUE, GUICHET_PERSON_SAME, "caution", "Genuine card of the person who asks",
    { { EID_VERDICT_GENUINE, BY_NATURE, EID_NO_FILE },
      { EID_VERDICT_PRESENCE_NOT_PROVED, BY_NATURE, EID_NO_FILE } } },
  { "with its PIN", TRUE, GUICHET_PERSON_SAME, "good",
    "Genuine card of the person who asks, and its holder is here",
    { { EID_VERDICT_GENUINE, BY_NATURE, EID_NO_FILE },
      { EID_VERDICT_PIN_PROVED, BY_NATURE, EID_NO_FILE } } },
  /* Nothing speaks against it, and it is not genuine all the same. */
  { "photo unproved", TRUE, GUICHET_PERSON_SAME, "unsure", "Not everything could be checked",
    { { EID_VERDICT_PHOTO_UNPROVED, BY_NATURE, EID_FILE_PHOTO },
      { EID_VERDICT_PIN_PROVED, BY_NATURE, EID_NO_FILE } } },
  { "photo unproved, no request", TRUE, NO_REQUEST, "unsure", "Not everything could be checked",
    { { EID_VERDICT_PHOTO_UNPROVED, BY_NATURE, EID_FILE_PHOTO } } },
  { "nothing said", FALSE, NO_REQUEST, "unsure", "Nothing proves what this card says", {} },
  { "no photo", TRUE, GUICHET_PERSON_SAME, "unsure", "Not everything could be checked",
    { { EID_VERDICT_UNREADABLE, BY_NATURE, EID_FILE_PHOTO } } },
  { "no signature of the identity", FALSE, GUICHET_PERSON_SAME, "unsure",
    "Nothing proves what this card says",
    { { EID_VERDICT_UNREADABLE, BY_NATURE, EID_FILE_IDENTITY_SIGNATURE } } },
  { "no root", FALSE, NO_REQUEST, "unsure", "Nothing proves what this card says",
    { { EID_VERDICT_UNREADABLE, BY_NATURE, EID_FILE_ROOT_CERTIFICATE } } },
  { "no signature, another person's", FALSE, GUICHET_PERSON_OTHER, "bad", "Another person's card",
    { { EID_VERDICT_UNREADABLE, BY_NATURE, EID_FILE_IDENTITY_SIGNATURE } } },
  { "expired", TRUE, GUICHET_PERSON_SAME, "bad", "Genuine card, but it has expired",
    { { EID_VERDICT_CARD_EXPIRED, BY_NATURE, EID_FILE_IDENTITY },
      { EID_VERDICT_GENUINE, BY_NATURE, EID_NO_FILE } } },
  { "expired, no signature", FALSE, GUICHET_PERSON_SAME, "bad", "Do not accept this card",
    { { EID_VERDICT_UNREADABLE, BY_NATURE, EID_FILE_IDENTITY_SIGNATURE },
      { EID_VERDICT_CARD_EXPIRED, BY_NATURE, EID_FILE_IDENTITY } } },
  { "revoked", TRUE, NO_REQUEST, "bad", "Revoked card",
    { { EID_VERDICT_GENUINE, BY_NATURE, EID_NO_FILE },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_AUTHENTICATION_CERTIFICATE },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_SIGNATURE_CERTIFICATE } } },
  { "signing revoked", TRUE, GUICHET_PERSON_SAME, "bad", "Card with a revoked certificate",
    { { EID_VERDICT_GENUINE, BY_NATURE, EID_NO_FILE },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_SIGNATURE_CERTIFICATE } } },
  { "suspended", TRUE, GUICHET_PERSON_SAME, "bad", "Card with a suspended certificate",
    { { EID_VERDICT_GENUINE, BY_NATURE, EID_NO_FILE },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_AUTHENTICATION_CERTIFICATE,
        EID_CAUSE_CERTIFICATE_HOLD },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_SIGNATURE_CERTIFICATE,
        EID_CAUSE_CERTIFICATE_HOLD } } },
  { "suspended, signing revoked", TRUE, NO_REQUEST, "bad", "Card with a revoked certificate",
    { { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_AUTHENTICATION_CERTIFICATE,
        EID_CAUSE_CERTIFICATE_HOLD },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_SIGNATURE_CERTIFICATE } } },
  { "suspended, authority revoked", TRUE, NO_REQUEST, "bad", "Do not accept this card",
    { { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_AUTHENTICATION_CERTIFICATE,
        EID_CAUSE_CERTIFICATE_HOLD },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_CA_CERTIFICATE } } },
  { "suspended and forged", FALSE, NO_REQUEST, "bad", "Do not accept this card",
    { { EID_VERDICT_IDENTITY_FORGED, BY_NATURE, EID_FILE_IDENTITY },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_AUTHENTICATION_CERTIFICATE,
        EID_CAUSE_CERTIFICATE_HOLD } } },
  { "authority revoked", TRUE, NO_REQUEST, "bad", "Do not accept this card",
    { { EID_VERDICT_GENUINE, BY_NATURE, EID_NO_FILE },
      { EID_VERDICT_REVOKED, BY_NATURE, EID_FILE_CA_CERTIFICATE } } },
  { "PIN answered by another key", FALSE, GUICHET_PERSON_SAME, "bad", "Do not accept this card",
    { { EID_VERDICT_PIN_FAILED, EID_SEVERITY_BAD, EID_FILE_AUTHENTICATION_CERTIFICATE } } },
};
/* clang-format on */

static EidReport *
report_of (gsize row)
{
  EidReport *report = eid_report_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (wholes[row].said); i++)
    {
      const Said *said = &wholes[row].said[i];

      if (said->severity == BY_NATURE)
        eid_report_add (report, said->kind, said->file, "tried");
      else if (said->severity != EID_SEVERITY_GOOD)
        eid_report_add_as (report, said->kind, (EidSeverity) said->severity, said->file, "tried");
      if (said->cause != EID_CAUSE_NONE)
        eid_report_set_cause (report, said->cause);
    }
  if (wholes[row].vouched_for)
    eid_report_set_vouched_for (report);
  return report;
}

static void
test_wholes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      g_autoptr (EidReport) report = report_of (i);
      const GuichetComparison comparison = { .person = (GuichetPersonMatch) wholes[i].person };
      const GuichetVerdictWords words =
          guichet_whole_words (report, wholes[i].person != NO_REQUEST ? &comparison : NULL);

      g_test_message ("%s", wholes[i].name);
      g_assert_cmpstr (words.title, ==, wholes[i].title);
      g_assert_cmpstr (words.style, ==, wholes[i].style);
      g_assert_null (strstr (words.advice, "Nothing speaks against"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/verdict-words/verdicts", test_verdicts);
  g_test_add_func ("/app/verdict-words/every-one", test_every_one);
  g_test_add_func ("/app/verdict-words/facts", test_facts);
  g_test_add_func ("/app/verdict-words/reasons", test_reasons);
  g_test_add_func ("/app/verdict-words/titles", test_titles);
  g_test_add_func ("/app/verdict-words/causes", test_causes);
  g_test_add_func ("/app/verdict-words/wholes", test_wholes);
  return g_test_run ();
}
