/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-error.h"
#include "eid-office.h"
#include "eid-verify.h"
#include "eid-word.h"

#include <string.h>

static EidOffice office;

/* Each kind of card and all that is said of it, beside what nobody asked for. */
static const struct
{
  const char *profile;
  const char *verdicts;
} profiles[] = {
  { "rsa-sha256", "genuine" },
  { "ec", "genuine" },
  { "rsa-resigned", "genuine" },
  { "rekeyed", "genuine" },
  { "no-version", "genuine" },
  { "kid", "genuine" },
  { "foreigner", "genuine" },
  { "register-ca", "genuine" },
  { "rsa-sha1",
    "cardExpired "
    "certificateExpired:authenticationCertificate certificateExpired:caCertificate "
    "certificateExpired:registerCertificate certificateExpired:signatureCertificate "
    "genuine rootExpired:rootCertificate" },
  { "no-photo-hash", "photoUnproved:photo" },
  { "expired", "cardExpired genuine" },
  { "not-yet", "cardNotYetValid genuine" },
  { "control-characters", "genuine" },
  { "certificate-expired", "certificateExpired:authenticationCertificate genuine" },
  { "certificate-not-yet", "certificateNotYetValid:signatureCertificate genuine" },
  { "test-root", "testRoot:rootCertificate" },
  { "stranger", "rootUnknown:rootCertificate" },
  { "other-holder",
    "holderMismatch:authenticationCertificate holderMismatch:signatureCertificate" },
  { "signed-by-citizen", "signerWrong:registerCertificate" },
  { "signed-by-citizen-moved-ca",
    "chainBroken:authenticationCertificate chainBroken:signatureCertificate "
    "signerWrong:registerCertificate" },
  { "signed-by-neighbour", "signerWrong:registerCertificate" },
  { "signed-by-namesake", "signerWrong:registerCertificate" },
  { "citizen-ca-twice", "genuine" },
  { "signed-by-root", "signerWrong:registerCertificate" },
  { "broken-ca",
    "chainBroken:authenticationCertificate chainBroken:caCertificate "
    "chainBroken:signatureCertificate" },
  { "broken-holder", "chainBroken:authenticationCertificate" },
  { "forged-root", "chainBroken:rootCertificate" },
};

static EidReport *
judge (EidFiles *files)
{
  const EidPolicy policy = { .roots = office.roots, .moment = EID_OFFICE_NOON };

  return eid_verify (files, &policy, NULL);
}

static gboolean
is_always_said (EidVerdictKind kind)
{
  return kind == EID_VERDICT_PRESENCE_NOT_PROVED || kind == EID_VERDICT_PIN_NOT_ASKED ||
         kind == EID_VERDICT_REVOCATION_UNKNOWN;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* (transfer full): the verdicts in the order of the alphabet, with the files they are about. */
static char *
verdicts_text (EidReport *report)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);
      const char *word = eid_word (EID_TYPE_VERDICT_KIND, (int) verdict->kind);
      gboolean about = verdict->file != EID_NO_FILE && verdict->file != EID_FILE_IDENTITY;

      g_assert_cmpstr (verdict->reason, !=, "");
      g_assert_null (strstr (verdict->reason, "Vandenbroucke"));
      if (!is_always_said (verdict->kind))
        g_ptr_array_add (words,
                         about ? g_strconcat (word,
                                              ":",
                                              eid_file_word ((EidFile) verdict->file),
                                              NULL)
                               : g_strdup (word));
    }
  g_ptr_array_sort (words, compare_texts);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static void
test_profiles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, profiles[i].profile);
      g_autoptr (EidReport) report = judge (files);
      g_autofree char *found = verdicts_text (report);

      g_test_message ("%s", profiles[i].profile);
      g_assert_cmpstr (found, ==, profiles[i].verdicts);
      /* What was not judged for want of a hash is the state's all the same. */
      g_assert_cmpint (eid_report_is_vouched_for (report),
                       ==,
                       strstr (found, "genuine") != NULL || strstr (found, "Unproved") != NULL);
    }
}

/* Which authority is not the state's is told by its name and by its fingerprint, and no holder's
 * certificate by anything that says whose it is. */
static void
test_named (void)
{
  static const struct
  {
    const char *profile;
    EidFile file;
    const char *why;
    EidFile authority;
    const char *name;
  } cases[] = {
    { "stranger",
      EID_FILE_ROOT_CERTIFICATE,
      "the root is not one that is known here",
      EID_FILE_ROOT_CERTIFICATE,
      "CN=Belgium Root CA Nowhere,C=BE" },
    { "broken-ca",
      EID_FILE_CA_CERTIFICATE,
      "its signature is not its issuer's",
      EID_FILE_CA_CERTIFICATE,
      "CN=Citizen CA,C=BE" },
    { "broken-holder",
      EID_FILE_AUTHENTICATION_CERTIFICATE,
      "its signature is not its issuer's; who should have issued it",
      EID_FILE_CA_CERTIFICATE,
      "serialNumber=202101,CN=Citizen CA,C=BE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, cases[i].profile);
      g_autoptr (EidReport) report = judge (files);
      g_autoptr (EidCertificate) authority =
          eid_certificate_parse (eid_files_get (files, cases[i].authority),
                                 cases[i].authority,
                                 NULL);
      g_autofree char *digits =
          eid_hex (eid_certificate_get_fingerprint (authority), EID_SHA256_SIZE);
      g_autofree char *wanted =
          g_strdup_printf ("%s: SHA-256 %s, %s", cases[i].why, digits, cases[i].name);
      const char *found = NULL;

      for (guint j = 0; j < eid_report_get_size (report) && found == NULL; j++)
        if (eid_report_get (report, j)->file == (int) cases[i].file)
          found = eid_report_get (report, j)->reason;
      g_assert_cmpstr (found, ==, wanted);
    }
}

static void
test_person_unnamed (void)
{
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");
  g_autoptr (EidReport) report = NULL;
  g_autofree char *found = NULL;

  eid_files_set (files,
                 EID_FILE_CA_CERTIFICATE,
                 eid_files_get (files, EID_FILE_SIGNATURE_CERTIFICATE));
  report = judge (files);
  /* Looks for a name in every reason. */
  found = verdicts_text (report);
  g_assert_nonnull (strstr (found, "chainBroken:caCertificate"));
  g_assert_nonnull (strstr (found, "chainBroken:signatureCertificate"));
}

/* Without proof of presence nothing is ever all good. */
static void
test_never_green (void)
{
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");
  g_autoptr (EidReport) report = judge (files);

  g_assert_cmpint (eid_report_get_outcome (report), ==, EID_OUTCOME_GENUINE);
  g_assert_cmpint (eid_report_get_worst (report), ==, EID_SEVERITY_CAUTION);
  g_assert_nonnull (eid_report_find (report, EID_VERDICT_PRESENCE_NOT_PROVED));
  g_assert_nonnull (eid_report_find (report, EID_VERDICT_REVOCATION_UNKNOWN));
  g_assert_nonnull (eid_report_find (report, EID_VERDICT_PIN_NOT_ASKED));
}

/* What nothing speaks against and nothing proves was not judged: it is no forgery. */
static void
test_not_judged (void)
{
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "no-photo-hash");
  g_autoptr (EidReport) report = judge (files);

  g_assert_cmpint (eid_report_get_worst (report), ==, EID_SEVERITY_CAUTION);
  g_assert_cmpint (eid_report_get_outcome (report), ==, EID_OUTCOME_UNREADABLE);
}

static void
test_control_characters (void)
{
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "control-characters");
  g_autoptr (GError) error = NULL;
  g_autoptr (EidCertificate) certificate =
      eid_certificate_parse (eid_files_get (files, EID_FILE_AUTHENTICATION_CERTIFICATE),
                             EID_FILE_AUTHENTICATION_CERTIFICATE,
                             &error);
  const char *subject;

  g_assert_no_error (error);
  g_assert_cmpstr (eid_certificate_get_common_name (certificate),
                   ==,
                   "\357\277\275[0m\303\211l\303\251onore\357\277\275\357\277\275"
                   "2J");
  subject = eid_certificate_get_subject (certificate);
  g_assert_nonnull (strstr (subject, "onore"));
  for (const char *at = subject; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

/* How much of a file counts: what stands behind a signature or a certificate is padding, of
 * which a certificate's must still be zero. */
static gsize
size_that_counts (EidFile file, GBytes *bytes)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  return file == EID_FILE_ADDRESS_SIGNATURE && data[0] == 0x30 ? 2 + (gsize) data[1]
                                                               : g_bytes_get_size (bytes);
}

static void
flip_and_judge (EidFiles *card, EidFile file, gsize at, guint bit)
{
  g_autoptr (EidFiles) files = eid_files_copy (card);
  GBytes *bytes = eid_files_get (card, file);
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (EidReport) report = NULL;

  size = g_bytes_get_size (bytes);
  data[at] ^= (guint8) (1u << bit);
  eid_files_take (files, file, data, size);
  report = judge (files);
  if (eid_report_find (report, EID_VERDICT_GENUINE) != NULL)
    g_error ("bit %u of byte %" G_GSIZE_FORMAT " of %s can be changed unseen",
             bit,
             at,
             eid_file_word (file));
}

/* A bit anywhere in any file, at random. */
static void
test_flips (gconstpointer profile)
{
  g_autoptr (EidFiles) card = eid_office_load_card (&office, profile);

  for (guint file = EID_FILE_IDENTITY; file < EID_N_FILES; file++)
    {
      GBytes *bytes = eid_files_get (card, (EidFile) file);
      gsize size = bytes != NULL ? size_that_counts ((EidFile) file, bytes) : 0;
      gboolean is_certificate = file >= EID_FILE_AUTHENTICATION_CERTIFICATE;
      gsize step = MAX (1, size / (is_certificate ? 8 : 30));

      for (gsize at = 0; at < size; at += 1 + (gsize) g_test_rand_int_range (0, (gint32) step))
        flip_and_judge (card, (EidFile) file, at, (guint) g_test_rand_int_range (0, 8));
    }
}

static void
test_missing (void)
{
  for (guint file = 0; file < EID_N_FILES; file++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");
      g_autoptr (EidReport) report = NULL;
      gboolean may_lack = file == EID_FILE_AUTHENTICATION_CERTIFICATE ||
                          file == EID_FILE_SIGNATURE_CERTIFICATE ||
                          file == EID_FILE_REGISTER_CA_CERTIFICATE;

      eid_files_set (files, (EidFile) file, NULL);
      report = judge (files);
      g_test_message ("%s", eid_file_word ((EidFile) file));
      g_assert_cmpint (eid_report_get_outcome (report),
                       ==,
                       may_lack ? EID_OUTCOME_GENUINE : EID_OUTCOME_UNREADABLE);
      if (!may_lack)
        g_assert_cmpint (eid_report_find (report, EID_VERDICT_UNREADABLE)->file, ==, file);
    }
}

static void
test_failure_is_the_reason (void)
{
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");
  g_autoptr (EidReport) report = NULL;

  eid_files_set (files, EID_FILE_PHOTO, NULL);
  eid_files_set_failure (files,
                         EID_FILE_PHOTO,
                         g_error_new (EID_ERROR, EID_ERROR_UNREADABLE, "photo: at byte 256: no"));
  report = judge (files);
  g_assert_cmpstr (eid_report_find (report, EID_VERDICT_UNREADABLE)->reason,
                   ==,
                   "photo: at byte 256: no");
}

/* What the card refused to give cannot speak for it; what it only may have, it may lack. */
static void
test_refused (void)
{
  static const struct
  {
    const char *profile;
    EidFile file;
    const char *verdicts;
  } refused[] = {
    { "ec", EID_FILE_CARD_DATA, "unreadable:cardData" },
    { "ec", EID_FILE_AUTHENTICATION_CERTIFICATE, "unreadable:authenticationCertificate" },
    { "ec", EID_FILE_SIGNATURE_CERTIFICATE, "unreadable:signatureCertificate" },
    { "ec", EID_FILE_REGISTER_CA_CERTIFICATE, "genuine" },
    { "register-ca", EID_FILE_REGISTER_CA_CERTIFICATE, "unreadable:registerCaCertificate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, refused[i].profile);
      g_autoptr (EidReport) report = NULL;
      g_autofree char *found = NULL;

      eid_files_set (files, refused[i].file, NULL);
      eid_files_set_failure (files,
                             refused[i].file,
                             g_error_new (EID_ERROR, EID_ERROR_UNREADABLE, "it answers 6F00"));
      report = judge (files);
      found = verdicts_text (report);
      g_assert_cmpstr (found, ==, refused[i].verdicts);
    }
}

/* Another person's address, photo or chip under this identity. */
static void
test_exchanged (void)
{
  static const struct
  {
    EidFile file, signature;
    const char *verdicts;
  } swaps[] = {
    { EID_FILE_ADDRESS_SIGNATURE, EID_FILE_ADDRESS, "addressForged:address" },
    { EID_FILE_IDENTITY,
      EID_FILE_IDENTITY_SIGNATURE,
      "addressForged:address holderMismatch:authenticationCertificate "
      "holderMismatch:signatureCertificate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (swaps); i++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");
      g_autoptr (EidFiles) other = eid_office_load_card (&office, "kid");
      g_autoptr (EidReport) report = NULL;
      g_autofree char *found = NULL;

      eid_files_set (files, swaps[i].file, eid_files_get (other, swaps[i].file));
      eid_files_set (files, swaps[i].signature, eid_files_get (other, swaps[i].signature));
      report = judge (files);
      found = verdicts_text (report);
      g_assert_cmpstr (found, ==, swaps[i].verdicts);
    }
}

static void
test_moments (void)
{
  static const struct
  {
    const char *moment;
    const char *verdicts;
  } moments[] = {
    /* The day ends at midnight of Brussels, an hour or two before that of UTC. */
    { "2031-05-12T21:59:59Z", "genuine" },
    { "2031-05-12T22:00:00Z", "cardExpired genuine" },
    { "2021-05-11T21:59:59Z", "cardNotYetValid genuine" },
    { "2021-05-11T22:00:00Z", "genuine" },
  };
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (moments[i].moment, NULL);
      const EidPolicy policy = { .roots = office.roots,
                                 .moment = g_date_time_to_unix (instant) * G_USEC_PER_SEC };
      g_autoptr (EidReport) report = eid_verify (files, &policy, NULL);
      g_autofree char *found = verdicts_text (report);

      g_test_message ("%s", moments[i].moment);
      g_assert_true (eid_report_is_vouched_for (report));
      g_assert_cmpstr (found, ==, moments[i].verdicts);
    }
}

static void
test_test_mode (void)
{
  const EidPolicy policy = { .roots = office.roots, .moment = EID_OFFICE_NOON, .test_mode = TRUE };
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "test-root");
  g_autoptr (EidReport) report = eid_verify (files, &policy, NULL);
  g_autofree char *found = verdicts_text (report);

  g_assert_cmpstr (found, ==, "genuine testRoot:rootCertificate");
  g_assert_true (eid_report_is_vouched_for (report));
  g_assert_cmpint (eid_report_get_worst (report), ==, EID_SEVERITY_CAUTION);
}

/* What was asked for in vain is said of each certificate, with every reason. */
static void
test_unanswered (void)
{
  const EidPolicy policy = { .roots = office.roots, .moment = EID_OFFICE_NOON };
  g_autoptr (EidFiles) files = eid_office_load_card (&office, "ec");
  g_autoptr (EidRevocation) revocation = eid_revocation_new ();
  const EidEvidence evidence = { .revocation = revocation };
  g_autoptr (EidReport) report = NULL;
  guint said = 0;

  eid_revocation_set_failure (revocation,
                              EID_FILE_AUTHENTICATION_CERTIFICATE,
                              EID_REVOCATION_OCSP,
                              g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "no way out"));
  eid_revocation_set_failure (revocation,
                              EID_FILE_AUTHENTICATION_CERTIFICATE,
                              EID_REVOCATION_CRL,
                              g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "no way in"));
  report = eid_verify (files, &policy, &evidence);
  for (guint i = 0; i < eid_report_get_size (report); i++)
    said += eid_report_get (report, i)->kind == EID_VERDICT_REVOCATION_UNKNOWN;
  g_assert_cmpuint (said, ==, 4);
  g_assert_cmpstr (eid_report_find (report, EID_VERDICT_REVOCATION_UNKNOWN)->reason,
                   ==,
                   "authenticationCertificate: OCSP: no way out; CRL: no way in");
}

/* Of a card without certificates of its holder nobody can say that it was not revoked: of one that
 * has none, as of one that hides those that are. One of them is enough to ask about. */
static void
test_no_holder (void)
{
  static const struct
  {
    const char *profile;
    int hidden[2];
    gboolean said;
  } cases[] = {
    { "kid", { EID_NO_FILE, EID_NO_FILE }, TRUE },
    { "ec", { EID_FILE_AUTHENTICATION_CERTIFICATE, EID_FILE_SIGNATURE_CERTIFICATE }, TRUE },
    { "ec", { EID_FILE_AUTHENTICATION_CERTIFICATE, EID_NO_FILE }, FALSE },
    { "ec", { EID_FILE_SIGNATURE_CERTIFICATE, EID_NO_FILE }, FALSE },
  };
  const EidPolicy policy = { .roots = office.roots, .moment = EID_OFFICE_NOON };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, cases[i].profile);
      g_autoptr (EidRevocation) revocation = eid_revocation_new ();
      const EidEvidence evidence = { .revocation = revocation };
      g_autoptr (EidReport) report = NULL;
      gboolean said = FALSE;

      for (guint j = 0; j < 2; j++)
        if (cases[i].hidden[j] != EID_NO_FILE)
          eid_files_set (files, (EidFile) cases[i].hidden[j], NULL);
      report = eid_verify (files, &policy, &evidence);
      for (guint j = 0; j < eid_report_get_size (report); j++)
        said = said || g_str_equal (eid_report_get (report, j)->reason,
                                    "the card has no certificate of its holder to ask about");
      g_assert_cmpint (said, ==, cases[i].said);
    }
}

/* The day that a verdict is about is the one that its reason says. */
static void
test_days (void)
{
  static const struct
  {
    const char *profile;
    EidVerdictKind kind;
    const char *before;
  } cases[] = {
    { "expired", EID_VERDICT_CARD_EXPIRED, "the card was valid until " },
    { "certificate-expired", EID_VERDICT_CERTIFICATE_EXPIRED, " to " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EidFiles) files = eid_office_load_card (&office, cases[i].profile);
      g_autoptr (EidReport) report = judge (files);
      const EidVerdict *verdict = eid_report_find (report, cases[i].kind);
      g_autofree char *day = eid_date_text (&verdict->day);
      g_autofree char *end = g_strconcat (cases[i].before, day, NULL);

      g_assert_nonnull (day);
      g_assert_true (g_str_has_suffix (verdict->reason, end));
      g_assert_cmpint (eid_report_find (report, EID_VERDICT_REVOCATION_UNKNOWN)->cause,
                       ==,
                       EID_CAUSE_NOT_ASKED);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Cards of all generations and forgeries of them, made for this run.");
  eid_office_open (&office);
  g_test_add_func ("/eid/verify/profiles", test_profiles);
  g_test_add_func ("/eid/verify/named", test_named);
  g_test_add_func ("/eid/verify/person-unnamed", test_person_unnamed);
  g_test_add_func ("/eid/verify/never-green", test_never_green);
  g_test_add_func ("/eid/verify/not-judged", test_not_judged);
  g_test_add_func ("/eid/verify/control-characters", test_control_characters);
  g_test_add_data_func ("/eid/verify/flips/ec", "ec", test_flips);
  g_test_add_data_func ("/eid/verify/flips/rsa-sha256", "rsa-sha256", test_flips);
  g_test_add_func ("/eid/verify/missing", test_missing);
  g_test_add_func ("/eid/verify/days", test_days);
  g_test_add_func ("/eid/verify/failure-is-the-reason", test_failure_is_the_reason);
  g_test_add_func ("/eid/verify/refused", test_refused);
  g_test_add_func ("/eid/verify/exchanged", test_exchanged);
  g_test_add_func ("/eid/verify/moments", test_moments);
  g_test_add_func ("/eid/verify/test-mode", test_test_mode);
  g_test_add_func ("/eid/verify/unanswered", test_unanswered);
  g_test_add_func ("/eid/verify/no-holder", test_no_holder);
  status = g_test_run ();
  eid_office_close (&office);
  return status;
}
