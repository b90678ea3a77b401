/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is this card genuine? The state signed it so: the register (its certificate is file 503C)
 * signs the identity file, and the address file without its padding together with the whole
 * file of the first signature; the identity file holds a hash of the photo and, from 2020 on,
 * of the card's basic key; the register's certificate and, through a CA, the holder's two hang
 * from a root whose fingerprint is known. See "Belgian Electronic Identity Card content" 5.4.
 */
#define G_LOG_DOMAIN "eid-verify"

#include "config.h"

#include "eid-verify.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "eid-address.h"
#include "eid-card-data.h"
#include "eid-chain.h"
#include "eid-date.h"
#include "eid-error.h"
#include "eid-identity.h"
#include "eid-presence.h"
#include "eid-question.h"
#include "eid-standings.h"
#include "eid-word.h"

#define TOWN_ZONE "Europe/Brussels"

#define IS_CERTIFICATE(file) \
  ((file) >= EID_FILE_AUTHENTICATION_CERTIFICATE && (file) <= EID_FILE_REGISTER_CA_CERTIFICATE)

typedef struct
{
  /* Given */
  EidFiles *files;
  const EidPolicy *policy;
  const EidEvidence *evidence; /* (nullable) */
  /* Output */
  EidReport *report; /* (owned) */
  /* In progress */
  EidIdentity *identity;        /* (owned) (nullable): if readable */
  EidCertificates certificates; /* (owned) (nullable) each */
  EidCardData card_data;
  gboolean has_card_data;
  gboolean sound;     /* nothing found yet that keeps the card from being called genuine */
  const char *digest; /* (nullable): of the identity's signature, if it holds */
} Judge;

static void
fail (Judge *self, EidVerdictKind kind, EidFile file, const char *reason)
{
  self->sound = FALSE;
  eid_report_add (self->report, kind, (int) file, "%s", reason);
}

/* Whether the card has a file, and something in it. */
static GBytes *
need (Judge *self, EidFile file)
{
  GBytes *bytes = eid_files_get (self->files, file);
  const GError *failure = eid_files_get_failure (self->files, file);
  g_autofree char *absent = g_strdup_printf ("%s: is not there", eid_file_word (file));

  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    return bytes;

  fail (self, EID_VERDICT_UNREADABLE, file, failure != NULL ? failure->message : absent);
  return NULL;
}

static void
note_unreadable (Judge *self, EidFile file, const GError *error)
{
  fail (self, EID_VERDICT_UNREADABLE, file, error->message);
}

/* Why a file that a card may lack was not read although it is there. (nullable) */
static const GError *
refusal_of (Judge *self, EidFile file)
{
  return eid_files_get (self->files, file) == NULL ? eid_files_get_failure (self->files, file)
                                                   : NULL;
}

/* --- What the files are ------------------------------------------------------------------- */

static void
read_person (Judge *self)
{
  GBytes *identity = need (self, EID_FILE_IDENTITY);
  GBytes *address = need (self, EID_FILE_ADDRESS);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidAddress) parsed = NULL;

  if (identity != NULL)
    self->identity = eid_identity_parse (identity, &error);
  if (error != NULL)
    note_unreadable (self, EID_FILE_IDENTITY, error);
  g_clear_error (&error);

  if (address != NULL)
    parsed = eid_address_parse (address, &error);
  if (error != NULL)
    note_unreadable (self, EID_FILE_ADDRESS, error);
}

static void
read_card_data (Judge *self)
{
  GBytes *bytes = need (self, EID_FILE_CARD_DATA);
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    return;
  self->has_card_data = eid_card_data_parse (bytes, &self->card_data, &error);
  if (error != NULL)
    note_unreadable (self, EID_FILE_CARD_DATA, error);
}

/* The holder's own certificates are not on every card, nor is the register's own CA. */
static gboolean
is_optional (EidFile file)
{
  return file == EID_FILE_AUTHENTICATION_CERTIFICATE || file == EID_FILE_SIGNATURE_CERTIFICATE ||
         file == EID_FILE_REGISTER_CA_CERTIFICATE;
}

static void
read_certificate (Judge *self, EidFile file)
{
  GBytes *bytes = is_optional (file) ? eid_files_get (self->files, file) : need (self, file);
  const GError *refusal = is_optional (file) ? refusal_of (self, file) : NULL;
  g_autoptr (GError) error = NULL;

  /* The register's own CA is missed only where the register does not hang from the root. */
  if (refusal != NULL && file != EID_FILE_REGISTER_CA_CERTIFICATE)
    note_unreadable (self, file, refusal);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  self->certificates[file] = eid_certificate_parse (bytes, file, &error);
  if (error == NULL || (is_optional (file) && g_error_matches (error, EID_ERROR, EID_ERROR_ABSENT)))
    return;
  note_unreadable (self, file, error);
}

/* --- What the register signed -------------------------------------------------------------- */

static GBytes *
strip_padding (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  while (size > 0 && data[size - 1] == 0)
    size--;
  return g_bytes_new_from_bytes (bytes, 0, size);
}

/* Which digests the register may have used, most likely first. An elliptic key always means
 * SHA-384; with RSA the length of the photo's hash suggests it, but cards that were signed
 * again kept their SHA-1 hash under a SHA-256 signature. */
static guint
candidate_digests (Judge *self, EidCertificate *signer, EidDigest digests[2])
{
  GBytes *hash = self->identity != NULL ? self->identity->photo_hash : NULL;

  if (eid_certificate_get_key (signer) == EID_KEY_EC)
    {
      digests[0] = EID_DIGEST_SHA384;
      return 1;
    }
  if (hash != NULL && g_bytes_get_size (hash) != 20)
    {
      digests[0] = EID_DIGEST_SHA256;
      return 1;
    }
  digests[0] = EID_DIGEST_SHA1;
  digests[1] = EID_DIGEST_SHA256;
  return 2;
}

/* (nullable) (transfer none): the word of the digest with which the signature holds. */
static const char *
check_signature (Judge *self, GBytes *data, GBytes *signature)
{
  EidCertificate *signer = self->certificates[EID_FILE_REGISTER_CERTIFICATE];
  EidDigest digests[2];
  guint n = candidate_digests (self, signer, digests);

  for (guint i = 0; i < n; i++)
    if (eid_certificate_verify (signer, digests[i], data, signature))
      return eid_word (EID_TYPE_DIGEST, (int) digests[i]);
  return NULL;
}

static void
judge_signatures (Judge *self)
{
  GBytes *identity = eid_files_get (self->files, EID_FILE_IDENTITY);
  GBytes *address = eid_files_get (self->files, EID_FILE_ADDRESS);
  GBytes *identity_signature = need (self, EID_FILE_IDENTITY_SIGNATURE);
  GBytes *address_signature = need (self, EID_FILE_ADDRESS_SIGNATURE);
  g_autoptr (GBytes) stripped = NULL;
  g_autoptr (GBytes) both = NULL;

  if (self->certificates[EID_FILE_REGISTER_CERTIFICATE] == NULL || identity_signature == NULL)
    return;

  if (identity != NULL)
    {
      self->digest = check_signature (self, identity, identity_signature);
      if (self->digest == NULL)
        fail (self,
              EID_VERDICT_IDENTITY_FORGED,
              EID_FILE_IDENTITY,
              "the register did not sign this identity file");
    }

  if (address == NULL || address_signature == NULL)
    return;
  stripped = strip_padding (address);
  both = eid_wiped_join (stripped, identity_signature);
  if (check_signature (self, both, address_signature) == NULL)
    fail (self,
          EID_VERDICT_ADDRESS_FORGED,
          EID_FILE_ADDRESS,
          "the register did not sign this address for this identity");
}

static gboolean
hash_matches (GBytes *bytes, GBytes *hash)
{
  gsize size, hash_size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const guint8 *wanted = g_bytes_get_data (hash, &hash_size);
  guint8 found[48];
  gnutls_digest_algorithm_t algorithm = hash_size == 20   ? GNUTLS_DIG_SHA1
                                        : hash_size == 32 ? GNUTLS_DIG_SHA256
                                                          : GNUTLS_DIG_SHA384;

  return (hash_size == 20 || hash_size == 32 || hash_size == 48) &&
         gnutls_hash_fast (algorithm, data, size, found) >= 0 &&
         memcmp (found, wanted, hash_size) == 0;
}

static void
judge_photo (Judge *self)
{
  GBytes *photo = need (self, EID_FILE_PHOTO);

  if (photo == NULL || self->identity == NULL)
    return;
  if (self->identity->photo_hash == NULL)
    fail (self,
          EID_VERDICT_PHOTO_UNPROVED,
          EID_FILE_PHOTO,
          "the identity file has no hash of the photo");
  else if (!hash_matches (photo, self->identity->photo_hash))
    fail (self,
          EID_VERDICT_PHOTO_FORGED,
          EID_FILE_PHOTO,
          "the photo is not the one that the identity file has the hash of");
}

static void
judge_basic_key (Judge *self)
{
  GBytes *key;

  if (self->identity == NULL || self->identity->basic_key_hash == NULL)
    return;
  key = need (self, EID_FILE_BASIC_KEY);
  if (key != NULL && !hash_matches (key, self->identity->basic_key_hash))
    fail (self,
          EID_VERDICT_BASIC_KEY_MISMATCH,
          EID_FILE_BASIC_KEY,
          "the basic key is not the one that the identity file has the hash of");
}

/* --- When ------------------------------------------------------------------------------------ */

static void
judge_period (Judge *self, EidFile file)
{
  EidCertificate *certificate = self->certificates[file];
  gint64 now = self->policy->moment / G_USEC_PER_SEC;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (certificate == NULL)
    return;
  from = eid_day_text (eid_certificate_get_not_before (certificate));
  until = eid_day_text (eid_certificate_get_not_after (certificate));
  if (now < eid_certificate_get_not_before (certificate))
    {
      eid_report_add (self->report,
                      EID_VERDICT_CERTIFICATE_NOT_YET_VALID,
                      (int) file,
                      "%s is valid from %s on",
                      eid_file_word (file),
                      from);
      eid_report_set_day (self->report, eid_date_of (eid_certificate_get_not_before (certificate)));
    }
  if (now > eid_certificate_get_not_after (certificate))
    {
      eid_report_add (self->report,
                      file == EID_FILE_ROOT_CERTIFICATE ? EID_VERDICT_ROOT_EXPIRED
                                                        : EID_VERDICT_CERTIFICATE_EXPIRED,
                      (int) file,
                      "%s was valid from %s to %s",
                      eid_file_word (file),
                      from,
                      until);
      eid_report_set_day (self->report, eid_date_of (eid_certificate_get_not_after (certificate)));
    }
}

static EidDate
day_of_moment (const EidPolicy *policy)
{
  g_autoptr (GTimeZone) brussels =
      policy->zone == NULL ? g_time_zone_new_identifier (TOWN_ZONE) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (policy->moment / G_USEC_PER_SEC);
  GTimeZone *zone = policy->zone != NULL ? policy->zone : brussels;
  g_autoptr (GDateTime) local =
      zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return (EidDate){ (guint16) g_date_time_get_year (local),
                    (guint8) g_date_time_get_month (local),
                    (guint8) g_date_time_get_day_of_month (local) };
}

static void
judge_card_period (Judge *self)
{
  EidDate today = day_of_moment (self->policy);
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (self->identity == NULL)
    return;
  from = eid_date_text (&self->identity->valid_from);
  until = eid_date_text (&self->identity->valid_until);
  if (eid_date_compare (&today, &self->identity->valid_from) < 0)
    {
      eid_report_add (self->report,
                      EID_VERDICT_CARD_NOT_YET_VALID,
                      EID_FILE_IDENTITY,
                      "the card is valid from %s on",
                      from);
      eid_report_set_day (self->report, self->identity->valid_from);
    }
  if (eid_date_compare (&today, &self->identity->valid_until) > 0)
    {
      eid_report_add (self->report,
                      EID_VERDICT_CARD_EXPIRED,
                      EID_FILE_IDENTITY,
                      "the card was valid until %s",
                      until);
      eid_report_set_day (self->report, self->identity->valid_until);
    }
}

/* --- One card, one holder --------------------------------------------------------------------- */

static void
judge_chip (Judge *self)
{
  gsize size;
  const guint8 *number;

  if (!self->has_card_data)
    return;
  if (self->card_data.life_cycle != EID_LIFE_CYCLE_ISSUED)
    eid_report_add (self->report,
                    EID_VERDICT_NOT_ISSUED,
                    EID_FILE_CARD_DATA,
                    "the card's life cycle is %02X",
                    self->card_data.life_cycle);
  if (self->identity == NULL)
    return;
  number = g_bytes_get_data (self->identity->chip_number, &size);
  if (size != EID_CHIP_NUMBER_SIZE || memcmp (number, self->card_data.chip_number, size) != 0)
    fail (self,
          EID_VERDICT_CHIP_DIFFERS,
          EID_FILE_CARD_DATA,
          "the identity file was made for another chip");
}

static void
judge_holder (Judge *self, EidFile file)
{
  EidCertificate *certificate = self->certificates[file];
  const char *number;

  if (certificate == NULL || self->identity == NULL)
    return;
  number = eid_certificate_get_subject_serial (certificate);
  if (g_strcmp0 (number, self->identity->national_number) != 0)
    fail (self,
          EID_VERDICT_HOLDER_MISMATCH,
          file,
          number != NULL ? "the certificate names another national number"
                         : "the certificate names no national number");
}

/* --- The whole --------------------------------------------------------------------------------- */

static gboolean
is_said (Judge *self, EidVerdictKind kind)
{
  const EidVerdict *verdict = eid_report_find (self->report, kind);

  return verdict != NULL && verdict->severity == EID_SEVERITY_BAD;
}

/* Whether the state says through these files whom or what they are about. */
static gboolean
is_vouched_for (Judge *self)
{
  static const EidVerdictKind doubts[] = { EID_VERDICT_IDENTITY_FORGED, EID_VERDICT_CHAIN_BROKEN,
                                           EID_VERDICT_ROOT_UNKNOWN,    EID_VERDICT_TEST_ROOT,
                                           EID_VERDICT_SIGNER_WRONG,    EID_VERDICT_HOLDER_MISMATCH,
                                           EID_VERDICT_CHIP_DIFFERS };

  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    if (is_said (self, doubts[i]))
      return FALSE;
  return self->digest != NULL && self->identity != NULL &&
         self->certificates[EID_FILE_ROOT_CERTIFICATE] != NULL;
}

static gboolean
is_chip_bound (Judge *self)
{
  return is_vouched_for (self) && self->identity->basic_key_hash != NULL &&
         !is_said (self, EID_VERDICT_BASIC_KEY_MISMATCH);
}

static gboolean
is_holder_bound (Judge *self)
{
  return is_vouched_for (self) && self->certificates[EID_FILE_CA_CERTIFICATE] != NULL &&
         self->certificates[EID_FILE_AUTHENTICATION_CERTIFICATE] != NULL;
}

/* Whether something was found that speaks against the card, and not just that it is not its time. */
static gboolean
is_spoken_against (EidReport *report)
{
  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);

      if (verdict->severity == EID_SEVERITY_BAD && verdict->kind != EID_VERDICT_CARD_EXPIRED &&
          verdict->kind != EID_VERDICT_CARD_NOT_YET_VALID &&
          verdict->kind != EID_VERDICT_CERTIFICATE_NOT_YET_VALID)
        return TRUE;
    }
  return FALSE;
}

static void
conclude (Judge *self)
{
  EidPresence presence = { .chip_bound = is_chip_bound (self),
                           .holder_bound = is_holder_bound (self) };

  if (!eid_presence_check (&presence, self->files, self->evidence))
    self->sound = FALSE;
  if (self->sound && self->digest != NULL)
    eid_report_add (self->report,
                    EID_VERDICT_GENUINE,
                    EID_NO_FILE,
                    "signatures (%s), photo, chain and root hold",
                    self->digest);
  eid_presence_say (&presence, self->evidence, self->report);
  eid_presence_clear (&presence);
  if (is_vouched_for (self) && !is_spoken_against (self->report))
    eid_report_set_vouched_for (self->report);
  eid_standings_say (self->certificates,
                     self->policy->moment,
                     self->evidence != NULL ? self->evidence->revocation : NULL,
                     self->report);
}

static void
judge_clear (Judge *self)
{
  g_clear_pointer (&self->identity, eid_identity_free);
  for (guint i = 0; i < EID_N_FILES; i++)
    g_clear_pointer (&self->certificates[i], eid_certificate_unref);
}

EidReport *
eid_verify (EidFiles *files, const EidPolicy *policy, const EidEvidence *evidence)
{
  Judge judge = { .files = files,
                  .policy = policy,
                  .evidence = evidence,
                  .report = eid_report_new (),
                  .sound = TRUE };

  read_card_data (&judge);
  read_person (&judge);
  for (guint file = 0; file < EID_N_FILES; file++)
    if (IS_CERTIFICATE (file))
      read_certificate (&judge, (EidFile) file);

  judge_signatures (&judge);
  judge_photo (&judge);
  judge_basic_key (&judge);
  if (!eid_chain_judge (judge.certificates,
                        refusal_of (&judge, EID_FILE_REGISTER_CA_CERTIFICATE),
                        policy,
                        judge.report))
    judge.sound = FALSE;
  judge_chip (&judge);
  judge_holder (&judge, EID_FILE_AUTHENTICATION_CERTIFICATE);
  judge_holder (&judge, EID_FILE_SIGNATURE_CERTIFICATE);
  for (guint file = 0; file < EID_N_FILES; file++)
    if (IS_CERTIFICATE (file))
      judge_period (&judge, (EidFile) file);
  judge_card_period (&judge);
  conclude (&judge);

  judge_clear (&judge);
  return judge.report;
}
