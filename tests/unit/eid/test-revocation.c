/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-answer.h"
#include "eid-error.h"
#include "eid-question.h"
#include "eid-standings.h"
#include "eid-word.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <string.h>

/* When the answers were made: noon of 2026-03-01; and since when what is revoked is. */
#define NOON (G_GINT64_CONSTANT (1772366400) * G_USEC_PER_SEC)
#define SINCE G_GINT64_CONSTANT (1771061400)

#define PART "the list is about a part of what its issuer has issued"

static const char *const kinds[] = { "ec", "rsa" };
static char *folder;

/* What each answer says, or why it does not count. */
static const struct
{
  EidRevocationWay way;
  const char *name;
  const char *says;
} answers[] = {
  { EID_REVOCATION_OCSP, "good", "good" },
  { EID_REVOCATION_OCSP, "good-sha256", "good" },
  { EID_REVOCATION_OCSP, "by-delegate", "good" },
  { EID_REVOCATION_OCSP, "revoked", "revoked keyCompromise" },
  { EID_REVOCATION_OCSP, "revoked-by-delegate", "revoked certificateHold" },
  { EID_REVOCATION_OCSP, "revoked-without-reason", "revoked" },
  { EID_REVOCATION_OCSP, "unknown", "unknown" },
  { EID_REVOCATION_OCSP, "without-end", "good" },
  { EID_REVOCATION_OCSP, "without-end-old", "the answer is too old" },
  { EID_REVOCATION_OCSP, "fast-clock", "good" },
  { EID_REVOCATION_OCSP, "slow-clock", "good" },
  { EID_REVOCATION_OCSP, "made-last-week", "good" },
  { EID_REVOCATION_OCSP, "made-before-that", "the answer is too old" },
  { EID_REVOCATION_OCSP, "stale", "the answer is too old" },
  { EID_REVOCATION_OCSP, "too-new", "the answer was made after the moment that is judged at" },
  { EID_REVOCATION_OCSP, "among-others", "good" },
  { EID_REVOCATION_OCSP, "contradicting", "revoked superseded" },
  { EID_REVOCATION_OCSP, "contradicting-reversed", "revoked superseded" },
  { EID_REVOCATION_OCSP, "stale-and-new", "good" },
  { EID_REVOCATION_OCSP, "another-certificate", "the answer is about another certificate" },
  { EID_REVOCATION_OCSP, "another-issuer", "the answer is about another certificate" },
  { EID_REVOCATION_OCSP, "named-by-sha256", "the answer is about another certificate" },
  { EID_REVOCATION_OCSP, "by-stranger", "the answer is not signed by the issuer" },
  { EID_REVOCATION_OCSP,
    "by-delegate-of-stranger",
    "who signed the answer was not appointed by the issuer" },
  { EID_REVOCATION_OCSP,
    "by-delegate-without-right",
    "who signed the answer may not answer for the issuer" },
  { EID_REVOCATION_OCSP,
    "by-delegate-to-be-checked",
    "who signed the answer might be revoked in turn" },
  { EID_REVOCATION_OCSP,
    "by-delegate-for-other-ends",
    "who signed the answer may not answer for the issuer" },
  { EID_REVOCATION_OCSP,
    "by-delegate-of-the-past",
    "the certificate of who signed the answer is out of its period" },
  { EID_REVOCATION_OCSP,
    "by-delegate-to-come",
    "the certificate of who signed the answer is out of its period" },
  { EID_REVOCATION_OCSP, "by-holder", "who signed the answer may not answer for the issuer" },
  { EID_REVOCATION_OCSP, "unsafe", "the answer is signed in a way that is not safe" },
  { EID_REVOCATION_OCSP, "try-later", "the responder says that it cannot answer" },
  { EID_REVOCATION_OCSP, "one-byte-more", "the answer is garbled" },
  { EID_REVOCATION_OCSP, "cut", "the answer is garbled" },
  { EID_REVOCATION_OCSP, "garbage", "the answer is garbled" },
  { EID_REVOCATION_OCSP, "nothing", "the answer is garbled" },
  { EID_REVOCATION_CRL, "good", "good" },
  { EID_REVOCATION_CRL, "good-empty", "good" },
  { EID_REVOCATION_CRL, "good-sha256", "good" },
  { EID_REVOCATION_CRL, "odd", "good" },
  { EID_REVOCATION_CRL, "revoked", "revoked keyCompromise" },
  { EID_REVOCATION_CRL, "revoked-without-reason", "revoked" },
  { EID_REVOCATION_CRL, "odd-critical", "the list says something that is not understood here" },
  { EID_REVOCATION_CRL, "delta", "the list has only what was added to another" },
  { EID_REVOCATION_CRL, "scope-whole", "good" },
  { EID_REVOCATION_CRL, "scope-whole-revoked", "revoked" },
  { EID_REVOCATION_CRL, "scope-elsewhere", PART },
  { EID_REVOCATION_CRL, "scope-authorities", PART },
  { EID_REVOCATION_CRL, "scope-users", PART },
  { EID_REVOCATION_CRL, "scope-reasons", PART },
  { EID_REVOCATION_CRL, "scope-indirect", PART },
  { EID_REVOCATION_CRL, "stale", "the answer is too old" },
  { EID_REVOCATION_CRL, "too-new", "the answer was made after the moment that is judged at" },
  { EID_REVOCATION_CRL, "by-stranger", "the list is not signed by the issuer" },
  { EID_REVOCATION_CRL, "another-issuer", "the list is another issuer's" },
  { EID_REVOCATION_CRL, "unsafe", "the list is signed in a way that is not safe" },
  { EID_REVOCATION_CRL, "one-byte-more", "the list is garbled" },
  { EID_REVOCATION_CRL, "cut", "the list is garbled" },
  { EID_REVOCATION_CRL, "garbage", "the list is garbled" },
  { EID_REVOCATION_CRL, "nothing", "the list is garbled" },
};

static char *
path_of (const char *kind, EidRevocationWay way, const char *name)
{
  return g_build_filename (folder, kind, eid_word (EID_TYPE_REVOCATION_WAY, (int) way), name, NULL);
}

static GBytes *
load_answer (const char *kind, EidRevocationWay way, const char *name)
{
  g_autofree char *path = path_of (kind, way, name);
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize size = 0;

  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, size);
}

static EidCertificate *
load_certificate (const char *kind, EidRevocationWay way, const char *name)
{
  g_autofree char *path = path_of (kind, way, name);
  g_autoptr (GError) error = NULL;
  EidCertificate *certificate = eid_certificate_load (path, &error);

  g_assert_no_error (error);
  return certificate;
}

static char *
judged (EidRevocationWay way,
        GBytes *answer,
        EidCertificate *certificate,
        EidCertificate *issuer,
        EidFinding *ret_finding)
{
  g_autoptr (GError) error = NULL;

  if (!eid_answer_judge (way, answer, certificate, issuer, NOON, ret_finding, &error))
    {
      g_assert_true (g_error_matches (error, EID_ERROR, EID_ERROR_ANSWER_INVALID));
      return g_strdup (error->message);
    }
  return g_strjoin (ret_finding->reason != NULL ? " " : NULL,
                    eid_word (EID_TYPE_STANDING, (int) ret_finding->standing),
                    ret_finding->reason,
                    NULL);
}

static void
test_answers (gconstpointer kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      EidRevocationWay way = answers[i].way;
      g_autoptr (EidCertificate) certificate = load_certificate (kind, way, "certificate.der");
      g_autoptr (EidCertificate) issuer = load_certificate (kind, way, "issuer.der");
      g_autoptr (GBytes) answer = NULL;
      g_autofree char *says = NULL;
      EidFinding finding;

      g_test_message ("%s %s", eid_word (EID_TYPE_REVOCATION_WAY, (int) way), answers[i].name);
      answer = load_answer (kind, way, answers[i].name);
      says = judged (way, answer, certificate, issuer, &finding);
      g_assert_cmpstr (says, ==, answers[i].says);
      if (g_str_has_prefix (says, "revoked"))
        g_assert_cmpint (finding.since, ==, SINCE);
      if (g_str_equal (answers[i].name, "good"))
        {
          g_assert_cmpint (finding.made, ==, NOON / G_USEC_PER_SEC);
          g_assert_cmpint (finding.until, ==, NOON / G_USEC_PER_SEC + 24 * 60 * 60);
        }
    }
}

/* What is behind a verdict is said in fields as well, for who explains it in another language. */
static void
test_causes (gconstpointer kind)
{
  static const struct
  {
    const char *answer; /* (nullable): by OCSP */
    EidVerdictKind kind;
    EidCause cause;
  } cases[] = {
    { "revoked", EID_VERDICT_REVOKED, EID_CAUSE_KEY_COMPROMISE },
    { "revoked-by-delegate", EID_VERDICT_REVOKED, EID_CAUSE_CERTIFICATE_HOLD },
    { "revoked-without-reason", EID_VERDICT_REVOKED, EID_CAUSE_NONE },
    { "contradicting", EID_VERDICT_REVOKED, EID_CAUSE_SUPERSEDED },
    { "unknown", EID_VERDICT_REVOCATION_UNKNOWN, EID_CAUSE_NOT_KNOWN },
    { "without-end-old", EID_VERDICT_REVOCATION_UNKNOWN, EID_CAUSE_NO_ANSWER },
    { NULL, EID_VERDICT_REVOCATION_UNKNOWN, EID_CAUSE_NOT_ASKED },
  };
  const EidDate since = eid_date_of (SINCE);
  EidCertificates certificates = { NULL };
  g_autoptr (EidCertificate) certificate =
      load_certificate (kind, EID_REVOCATION_OCSP, "certificate.der");
  g_autoptr (EidCertificate) issuer = load_certificate (kind, EID_REVOCATION_OCSP, "issuer.der");

  certificates[EID_FILE_AUTHENTICATION_CERTIFICATE] = certificate;
  certificates[EID_FILE_CA_CERTIFICATE] = issuer;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EidRevocation) revocation = eid_revocation_new ();
      g_autoptr (GBytes) answer =
          cases[i].answer != NULL ? load_answer (kind, EID_REVOCATION_OCSP, cases[i].answer) : NULL;
      g_autoptr (EidReport) report = eid_report_new ();
      const EidVerdict *verdict;

      if (answer != NULL)
        eid_revocation_set_answer (revocation,
                                   EID_FILE_AUTHENTICATION_CERTIFICATE,
                                   EID_REVOCATION_OCSP,
                                   answer);
      eid_standings_say (certificates, NOON, revocation, report);
      g_assert_cmpuint (eid_report_get_size (report), ==, 2);
      verdict = eid_report_get (report, 0);
      g_assert_cmpint (verdict->kind, ==, cases[i].kind);
      g_assert_cmpint (verdict->cause, ==, cases[i].cause);
      if (verdict->kind == EID_VERDICT_REVOKED)
        g_assert_cmpint (eid_date_compare (&verdict->day, &since), ==, 0);
      else
        g_assert_false (eid_date_is_known (&verdict->day));
      /* Nobody stands here above the issuer. */
      g_assert_cmpint (eid_report_get (report, 1)->cause, ==, EID_CAUSE_NOBODY_TO_ASK);
    }
}

/* Nothing of an answer can be changed: each bit is under the signature, or has to be as it is. */
static void
test_flips (gconstpointer kind)
{
  static const char *const names[] = { "good", "revoked" };

  for (EidRevocationWay way = EID_REVOCATION_OCSP; way <= EID_REVOCATION_CRL; way++)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autoptr (EidCertificate) certificate = load_certificate (kind, way, "certificate.der");
        g_autoptr (EidCertificate) issuer = load_certificate (kind, way, "issuer.der");
        g_autoptr (GBytes) answer = load_answer (kind, way, names[i]);
        gsize size = g_bytes_get_size (answer);

        for (gsize at = 0; at < size; at++)
          {
            g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (answer, NULL), size);
            guint bit = (guint) g_test_rand_int_range (0, 8);
            g_autoptr (GBytes) changed = NULL;
            EidFinding finding;

            data[at] ^= (guint8) (1u << bit);
            changed = g_bytes_new (data, size);
            if (eid_answer_judge (way, changed, certificate, issuer, NOON, &finding, NULL))
              g_error ("bit %u of byte %" G_GSIZE_FORMAT " of %s can be changed unseen",
                       bit,
                       at,
                       names[i]);
          }
      }
}

/* Cut anywhere, in a block of just that size. */
static void
test_cuts (void)
{
  for (EidRevocationWay way = EID_REVOCATION_OCSP; way <= EID_REVOCATION_CRL; way++)
    {
      g_autoptr (EidCertificate) certificate = load_certificate ("ec", way, "certificate.der");
      g_autoptr (EidCertificate) issuer = load_certificate ("ec", way, "issuer.der");
      g_autoptr (GBytes) answer = load_answer ("ec", way, "revoked");

      for (gsize size = 0; size < g_bytes_get_size (answer); size++)
        {
          g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (answer, NULL), size);
          EidFinding finding;

          g_assert_false (eid_answer_judge (way, cut, certificate, issuer, NOON, &finding, NULL));
        }
    }
}

/* The first answer that counts is the one, and if none does, each says why. */
static void
test_fallback (void)
{
  g_autoptr (EidCertificate) certificate =
      load_certificate ("ec", EID_REVOCATION_OCSP, "certificate.der");
  g_autoptr (EidCertificate) issuer = load_certificate ("ec", EID_REVOCATION_OCSP, "issuer.der");
  g_autoptr (EidRevocation) revocation = eid_revocation_new ();
  g_autoptr (GBytes) stale = load_answer ("ec", EID_REVOCATION_OCSP, "stale");
  g_autoptr (GBytes) delta = load_answer ("ec", EID_REVOCATION_CRL, "delta");
  g_autoptr (GBytes) list = load_answer ("ec", EID_REVOCATION_CRL, "good");
  g_autoptr (GError) error = NULL;
  const EidFile file = EID_FILE_AUTHENTICATION_CERTIFICATE;
  EidFinding finding;

  g_assert_false (
      eid_revocation_judge (revocation, file, certificate, issuer, NOON, &finding, &error));
  g_assert_error (error, EID_ERROR, EID_ERROR_UNANSWERED);
  g_assert_cmpstr (error->message, ==, "it was not asked for");
  g_clear_error (&error);

  eid_revocation_set_answer (revocation, file, EID_REVOCATION_OCSP, stale);
  eid_revocation_set_answer (revocation, file, EID_REVOCATION_CRL, delta);
  g_assert_false (
      eid_revocation_judge (revocation, file, certificate, issuer, NOON, &finding, &error));
  g_assert_cmpstr (error->message,
                   ==,
                   "OCSP: the answer is too old; CRL: the list has only what was added to another");

  eid_revocation_set_answer (revocation, file, EID_REVOCATION_CRL, list);
  g_assert_true (
      eid_revocation_judge (revocation, file, certificate, issuer, NOON, &finding, NULL));
  g_assert_cmpint (finding.way, ==, EID_REVOCATION_CRL);
  g_assert_cmpint (finding.standing, ==, EID_STANDING_GOOD);
}

/* Who may be asked is decided by the address as a whole. */
static void
test_addresses (void)
{
  static const char *const hosts[] = { "ocsp.eid.belgium.be", "127.0.0.1:8080", "[::1]:80", NULL };
  static const struct
  {
    const char *address;
    gboolean allowed;
  } addresses[] = {
    { "http://ocsp.eid.belgium.be", TRUE },
    { "http://ocsp.eid.belgium.be/2", TRUE },
    { "http://OCSP.eid.Belgium.be:80/2?x=y", TRUE },
    { "http://127.0.0.1:8080/ocsp", TRUE },
    { "https://ocsp.eid.belgium.be/", FALSE },
    { "ldap://ocsp.eid.belgium.be/", FALSE },
    { "file:///etc/passwd", FALSE },
    { "http://ocsp.eid.belgium.be:8080/", FALSE },
    { "http://127.0.0.1/ocsp", FALSE },
    { "http://ocsp.eid.belgium.be.example.org/", FALSE },
    { "http://example.org/ocsp.eid.belgium.be", FALSE },
    { "http://ocsp.eid.belgium.be@example.org/", FALSE },
    { "http://clerk@ocsp.eid.belgium.be/", FALSE },
    { "http://ocsp.eid.belgium.be\\@example.org/", FALSE },
    { "http://ocsp.eid.belgium.be./", FALSE },
    { "http://xocsp.eid.belgium.be/", FALSE },
    { "http:///ocsp", FALSE },
    { "ocsp.eid.belgium.be", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_test_message ("%s", addresses[i].address);
      g_assert_cmpint (eid_question_may_ask (addresses[i].address, hosts),
                       ==,
                       addresses[i].allowed);
    }
}

static void
set_file (EidFiles *files, EidFile file, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("EID_ROOTS"), name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidCertificate) certificate = eid_certificate_load (path, &error);

  g_assert_no_error (error);
  eid_files_set (files, file, eid_certificate_get_der (certificate));
}

/* A certificate of the state names an address that may be asked. */
static void
test_real_address (void)
{
  static const char *const hosts[] = { "crl.eidpki.belgium.be", NULL };
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (EidRevocation) evidence = eid_revocation_new ();
  g_autoptr (GPtrArray) questions = NULL;
  const EidQuestion *question;

  set_file (files, EID_FILE_CA_CERTIFICATE, "CitizenCA202002.pem");
  set_file (files, EID_FILE_ROOT_CERTIFICATE, "belgiumrca6.pem");
  questions = eid_questions_of (files, hosts, NOON, evidence);
  g_assert_cmpuint (questions->len, ==, 1);
  question = g_ptr_array_index (questions, 0);
  g_assert_cmpint (question->file, ==, EID_FILE_CA_CERTIFICATE);
  g_assert_cmpint (question->way, ==, EID_REVOCATION_CRL);
  g_assert_true (g_str_has_prefix (question->uri, "http://crl.eidpki.belgium.be/"));
}

static void
folder_make (void)
{
  g_autofree char *maker = g_strdup (g_getenv ("EID_ANSWER_MAKER"));
  g_autoptr (GError) error = NULL;
  char *argv[] = {
    (char *) "/usr/bin/python3", (char *) "-W", (char *) "ignore", maker, NULL, NULL
  };
  int status = -1;

  folder = g_dir_make_tmp ("guichet-eid-XXXXXX", &error);
  g_assert_no_error (error);
  argv[4] = folder;
  g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Answers about revocation, right ones and wrong ones, made for this run.");
  folder_make ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/eid/revocation/answers/%s", kinds[i]);
      g_autofree char *causes = g_strdup_printf ("/eid/revocation/causes/%s", kinds[i]);
      g_autofree char *flips = g_strdup_printf ("/eid/revocation/flips/%s", kinds[i]);

      g_test_add_data_func (path, kinds[i], test_answers);
      g_test_add_data_func (causes, kinds[i], test_causes);
      g_test_add_data_func (flips, kinds[i], test_flips);
    }
  g_test_add_func ("/eid/revocation/cuts", test_cuts);
  g_test_add_func ("/eid/revocation/fallback", test_fallback);
  g_test_add_func ("/eid/revocation/addresses", test_addresses);
  g_test_add_func ("/eid/revocation/real-address", test_real_address);
  status = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return status;
}
