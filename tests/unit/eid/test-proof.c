/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-error.h"
#include "eid-office.h"
#include "eid-verify.h"
#include "eid-word.h"

#include <string.h>

/* What the keys of the cards were asked. */
#define CHALLENGE "guichetier tests: a challenge"

static EidOffice office;

/* What is done to a right answer. */
typedef enum
{
  NOTHING,
  FLIP,            /* a bit of it */
  CUT,             /* its last byte */
  LENGTHEN,        /* by a byte */
  OTHER_ALGORITHM, /* said to be of the other one */
  OTHER_CHALLENGE, /* held against another one */
  OTHER_KIND,      /* said to be of the other key */
  NO_CHALLENGE,
} Change;

/* Answers, and what they make of a card. Beside these nothing but `revocationUnknown` is said. */
static const struct
{
  const char *profile;
  const char *chip; /* (nullable): by whose key */
  const char *pin;  /* (nullable) */
  Change change;
  const char *verdicts;
  EidOutcome outcome;
} cases[] = {
  { "ec", "basic", NULL, NOTHING, "genuine pinNotAsked", EID_OUTCOME_GENUINE },
  { "ec", "basic", "authentication", NOTHING, "genuine pinProved", EID_OUTCOME_GENUINE },
  { "ec", NULL, "authentication", NOTHING, "genuine pinProved", EID_OUTCOME_GENUINE },
  { "kid", "basic", NULL, NOTHING, "genuine pinNotAsked", EID_OUTCOME_GENUINE },
  { "rsa-sha256", NULL, "authentication", NOTHING, "genuine pinProved", EID_OUTCOME_GENUINE },
  { "rekeyed", NULL, "authentication", NOTHING, "genuine pinProved", EID_OUTCOME_GENUINE },
  { "expired",
    "basic",
    "authentication",
    NOTHING,
    "cardExpired genuine pinProved",
    EID_OUTCOME_NOT_GENUINE },
  /* Wrong answers speak against the card. */
  { "ec",
    "basic",
    NULL,
    FLIP,
    "chipNotAuthentic pinNotAsked presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "ec",
    "signature",
    NULL,
    NOTHING,
    "chipNotAuthentic pinNotAsked presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "ec",
    "basic",
    "signature",
    NOTHING,
    "pinFailed", /* the card is there, and its holder is not */
    EID_OUTCOME_NOT_GENUINE },
  { "ec", NULL, "basic", NOTHING, "pinFailed presenceNotProved", EID_OUTCOME_NOT_GENUINE },
  { "ec", NULL, "authentication", FLIP, "pinFailed presenceNotProved", EID_OUTCOME_NOT_GENUINE },
  { "ec", NULL, "authentication", CUT, "pinFailed presenceNotProved", EID_OUTCOME_NOT_GENUINE },
  { "ec",
    NULL,
    "authentication",
    OTHER_CHALLENGE,
    "pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "ec",
    NULL,
    "authentication",
    OTHER_ALGORITHM,
    "pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "ec",
    NULL,
    "authentication",
    OTHER_KIND,
    "pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  /* What the chip signs without a PIN is none after it. */
  { "ec", NULL, "basic", OTHER_KIND, "pinFailed presenceNotProved", EID_OUTCOME_NOT_GENUINE },
  { "ec",
    NULL,
    "authentication",
    NO_CHALLENGE,
    "pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "rsa-sha256",
    NULL,
    "authentication",
    FLIP,
    "pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "rsa-sha256",
    NULL,
    "authentication",
    LENGTHEN,
    "pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "rsa-sha256",
    NULL,
    "authentication",
    OTHER_ALGORITHM,
    "pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  /* A right answer by a key of which the state says nothing proves nothing. */
  { "stranger",
    "basic",
    "authentication",
    NOTHING,
    "pinFailed presenceNotProved rootUnknown",
    EID_OUTCOME_NOT_GENUINE },
  { "other-holder",
    NULL,
    "authentication",
    NOTHING,
    "holderMismatch holderMismatch pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "broken-holder",
    NULL,
    "authentication",
    NOTHING,
    "chainBroken pinFailed presenceNotProved",
    EID_OUTCOME_NOT_GENUINE },
  { "signed-by-citizen",
    "basic",
    NULL,
    NOTHING,
    "pinNotAsked presenceNotProved signerWrong",
    EID_OUTCOME_NOT_GENUINE },
};

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
verdicts_text (EidReport *report)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < eid_report_get_size (report); i++)
    if (eid_report_get (report, i)->kind != EID_VERDICT_REVOCATION_UNKNOWN)
      g_ptr_array_add (words,
                       (gpointer) eid_word (EID_TYPE_VERDICT_KIND,
                                            (int) eid_report_get (report, i)->kind));
  g_ptr_array_sort (words, compare_texts);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static GBytes *
change_bytes (GBytes *bytes, Change change)
{
  g_autoptr (GByteArray) changed = g_byte_array_new ();

  g_byte_array_append (changed, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  if (change == FLIP)
    changed->data[changed->len / 2] ^= 0x10;
  else if (change == CUT)
    g_byte_array_set_size (changed, changed->len - 1);
  else if (change == LENGTHEN)
    g_byte_array_append (changed, (const guint8 *) "", 1);
  return g_byte_array_free_to_bytes (g_steal_pointer (&changed));
}

/* (transfer full) (nullable): what a key of a card answered. */
static EidProof *
load_proof (const char *profile, EidProofKind kind, const char *use, Change change)
{
  g_autofree char *word = use != NULL ? g_strconcat (use, "Proof", NULL) : NULL;
  g_autoptr (GBytes) whole = word != NULL ? eid_office_load (&office, profile, word) : NULL;
  g_autoptr (GBytes) changed = NULL;
  gboolean elliptic;

  if (use == NULL)
    return NULL;
  g_assert_nonnull (whole);
  elliptic = (g_bytes_get_size (whole) == 96) != (change == OTHER_ALGORITHM);
  if (change == OTHER_KIND)
    kind = kind == EID_PROOF_CHIP ? EID_PROOF_AUTHENTICATION : EID_PROOF_CHIP;
  changed = change_bytes (whole, change);
  return eid_proof_new (kind, elliptic ? EID_PROOF_ECDSA_SHA384 : EID_PROOF_RSA_SHA256, changed);
}

static EidReport *
judge (EidFiles *files, const EidEvidence *evidence)
{
  const EidPolicy policy = { .roots = office.roots, .moment = EID_OFFICE_NOON };

  return eid_verify (files, &policy, evidence);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, cases[i].profile);
      const char *asked = cases[i].change == OTHER_CHALLENGE ? CHALLENGE "s" : CHALLENGE;
      g_autoptr (GBytes) challenge =
          cases[i].change != NO_CHALLENGE ? g_bytes_new (asked, strlen (asked)) : NULL;
      g_autoptr (EidProof) chip =
          load_proof (cases[i].profile, EID_PROOF_CHIP, cases[i].chip, cases[i].change);
      g_autoptr (EidProof) pin =
          load_proof (cases[i].profile, EID_PROOF_AUTHENTICATION, cases[i].pin, cases[i].change);
      const EidEvidence evidence = { .challenge = challenge, .chip_proof = chip, .pin_proof = pin };
      g_autoptr (EidReport) report = judge (files, &evidence);
      g_autofree char *found = verdicts_text (report);

      g_test_message ("%u: %s", i, cases[i].profile);
      g_assert_cmpstr (found, ==, cases[i].verdicts);
      g_assert_cmpint (eid_report_get_outcome (report), ==, cases[i].outcome);
      g_assert_cmpint (eid_report_is_vouched_for (report), ==, strstr (found, "genuine") != NULL);
    }
}

/* Who puts a key of their own on a copy can answer with it, and is found out by the register's
 * hash. */
static void
test_other_basic_key (void)
{
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");
  g_autoptr (EidCertificate) certificate =
      eid_certificate_parse (eid_files_get (files, EID_FILE_SIGNATURE_CERTIFICATE),
                             EID_FILE_SIGNATURE_CERTIFICATE,
                             NULL);
  g_autoptr (GBytes) challenge = g_bytes_new_static (CHALLENGE, strlen (CHALLENGE));
  g_autoptr (EidProof) chip = load_proof ("ec", EID_PROOF_CHIP, "signature", NOTHING);
  const EidEvidence evidence = { .challenge = challenge, .chip_proof = chip };
  g_autoptr (GBytes) der = g_bytes_ref (eid_certificate_get_der (certificate));
  const guint8 *data = g_bytes_get_data (der, NULL);
  const guint8 *key = memmem (data, g_bytes_get_size (der), "\x30\x76\x30\x10", 4);
  g_autoptr (EidReport) report = NULL;
  g_autofree char *found = NULL;
  g_autofree char *reason = NULL;

  g_assert_nonnull (key);
  eid_files_take (files, EID_FILE_BASIC_KEY, key, 120);
  g_assert_true (eid_proof_check (chip, files, challenge, &reason));
  report = judge (files, &evidence);
  found = verdicts_text (report);
  g_assert_cmpstr (found, ==, "basicKeyMismatch pinNotAsked presenceNotProved");
}

/* What only the asker saw is said, and never as a proof. */
static void
test_attempts (void)
{
  static const struct
  {
    EidPinAttempt attempt;
    EidVerdictKind verdict;
    const char *part;
  } attempts[] = {
    { { EID_PIN_NOT_ASKED, 3, 3 }, EID_VERDICT_PIN_NOT_ASKED, "not asked" },
    { { EID_PIN_RIGHT, 3, 3 }, EID_VERDICT_PIN_FAILED, "did not sign" },
    { { EID_PIN_WRONG, 3, 2 }, EID_VERDICT_PIN_WRONG, "tries left: 2" },
    { { EID_PIN_WRONG, 3, EID_TRIES_UNKNOWN }, EID_VERDICT_PIN_WRONG, "wrong" },
    { { EID_PIN_BLOCKED, 0, 0 }, EID_VERDICT_PIN_BLOCKED, "blocked" },
    { { EID_PIN_GIVEN_UP, 3, 3 }, EID_VERDICT_PIN_FAILED, "at the reader" },
    { { EID_PIN_WRONG_LENGTH, 3, 3 }, EID_VERDICT_PIN_FAILED, "too many digits" },
    { { EID_PIN_LAST_TRY, 1, 1 }, EID_VERDICT_PIN_NOT_ASKED, "last try" },
    { { EID_PIN_NO_KEY, 3, 3 }, EID_VERDICT_PIN_NOT_ASKED, "no key" },
    { { EID_PIN_FAILED, 3, 3 }, EID_VERDICT_PIN_FAILED, "did not take" },
  };
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      const EidEvidence evidence = { .pin_attempt = &attempts[i].attempt };
      g_autoptr (EidReport) report = judge (files, &evidence);
      const EidVerdict *verdict = eid_report_find (report, attempts[i].verdict);

      g_assert_nonnull (verdict);
      g_assert_nonnull (strstr (verdict->reason, attempts[i].part));
      g_assert_null (eid_report_find (report, EID_VERDICT_PIN_PROVED));
      g_assert_nonnull (eid_report_find (report, EID_VERDICT_PRESENCE_NOT_PROVED));
      g_assert_cmpint (eid_report_get_outcome (report), ==, EID_OUTCOME_GENUINE);
    }
}

/* A card that did not answer to the end is not judged, and what its files say is said all the same. */
static void
test_failures (void)
{
  static const struct
  {
    EidError code;
    const char *verdicts;
  } failures[] = {
    { EID_ERROR_CARD_REMOVED, "cardRemoved genuine pinFailed presenceNotProved" },
    { EID_ERROR_READER_LOST, "genuine pinFailed presenceNotProved readerLost" },
    { EID_ERROR_UNSUPPORTED_CARD, "genuine pinFailed presenceNotProved unsupportedCard" },
    { EID_ERROR_CARD_MUTE, "genuine pinFailed presenceNotProved" },
    { EID_ERROR_TIMED_OUT, "genuine pinFailed presenceNotProved" },
  };
  const EidPinAttempt attempt = { EID_PIN_FAILED, EID_TRIES_UNKNOWN, EID_TRIES_UNKNOWN };
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (GError) failure =
          g_error_new_literal (EID_ERROR, (int) failures[i].code, "it went so");
      const EidEvidence evidence = { .pin_attempt = &attempt, .proof_failure = failure };
      g_autoptr (EidReport) report = judge (files, &evidence);
      g_autofree char *found = verdicts_text (report);
      const EidVerdict *presence = eid_report_find (report, EID_VERDICT_PRESENCE_NOT_PROVED);
      const EidVerdict *pin = eid_report_find (report, EID_VERDICT_PIN_FAILED);

      g_assert_cmpstr (found, ==, failures[i].verdicts);
      g_assert_cmpint (presence->severity, ==, EID_SEVERITY_UNREADABLE);
      g_assert_nonnull (strstr (presence->reason, "it went so"));
      g_assert_null (strstr (pin->reason, "did not take"));
      g_assert_cmpint (eid_report_get_outcome (report), ==, EID_OUTCOME_UNREADABLE);
    }
}

/* A proof survives a journey as two words and bytes; other words do not become one. */
static void
test_words (void)
{
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "rsa-sha256");
  g_autoptr (GBytes) challenge = g_bytes_new_static (CHALLENGE, strlen (CHALLENGE));
  g_autoptr (EidProof) sent =
      load_proof ("rsa-sha256", EID_PROOF_AUTHENTICATION, "authentication", NOTHING);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidProof) received =
      eid_proof_new_from_words (eid_word (EID_TYPE_PROOF_KIND, (int) sent->kind),
                                eid_word (EID_TYPE_PROOF_ALGORITHM, (int) sent->algorithm),
                                sent->signature,
                                &error);
  static const char *const wrong[][2] = { { "pin", "rsaSha256" },
                                          { "chip", "rsaSha1" },
                                          { "chip", "" },
                                          { "chip", "ecdsaSha384" } };

  g_assert_no_error (error);
  g_assert_true (eid_proof_check (received, files, challenge, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (eid_proof_new_from_words (wrong[i][0], wrong[i][1], sent->signature, &error));
      g_assert_error (error, EID_ERROR, EID_ERROR_INVALID);
      g_clear_error (&error);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Answers to challenges, right and wrong, and what they make of a card.");
  eid_office_open (&office);
  g_test_add_func ("/eid/proof/cases", test_cases);
  g_test_add_func ("/eid/proof/other-basic-key", test_other_basic_key);
  g_test_add_func ("/eid/proof/attempts", test_attempts);
  g_test_add_func ("/eid/proof/failures", test_failures);
  g_test_add_func ("/eid/proof/words", test_words);
  status = g_test_run ();
  eid_office_close (&office);
  return status;
}
