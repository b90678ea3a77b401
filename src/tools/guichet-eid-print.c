/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What guichet-eid says. The words of its JSON are those of the library.
 */
#define G_LOG_DOMAIN "guichet-eid"

#include "config.h"

#include "guichet-eid-print.h"
#include "guichet-eid-json.h"

#include <stdio.h>

#include "eid-address.h"
#include "eid-card-data.h"
#include "eid-certificate.h"
#include "eid-document.h"
#include "eid-error.h"
#include "eid-identity.h"
#include "eid-photo.h"
#include "eid-word.h"

static void
add_error (JsonBuilder *json, const char *file, const GError *error)
{
  json_builder_begin_object (json);
  eid_json_add_text (json, "file", file);
  eid_json_add_text (json, "code", eid_error_word (error));
  eid_json_add_text (json, "message", error->message);
  json_builder_end_object (json);
}

static void
add_document (JsonBuilder *json, guint number)
{
  const EidDocument *document = eid_document_find (number);

  json_builder_set_member_name (json, "document");
  json_builder_begin_object (json);
  eid_json_add_number (json, "number", number);
  if (document != NULL)
    {
      eid_json_add_text (json, "type", document->word);
      eid_json_add_text (json, "letter", document->letter);
      eid_json_add_text (json, "holder", eid_word (EID_TYPE_HOLDER, (int) document->holder));
    }
  json_builder_end_object (json);
}

static void
add_unknown (JsonBuilder *json, GPtrArray *unknown)
{
  if (unknown->len == 0)
    return;
  json_builder_set_member_name (json, "unknownFields");
  json_builder_begin_array (json);
  for (guint i = 0; i < unknown->len; i++)
    {
      const EidUnknownField *field = g_ptr_array_index (unknown, i);

      json_builder_begin_object (json);
      eid_json_add_number (json, "tag", field->tag);
      eid_json_add_bytes (json, "value", field->value);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_identity (JsonBuilder *json, const EidIdentity *self)
{
  g_autofree char *card_number = eid_card_number_text (self->card_number);

  json_builder_set_member_name (json, "identity");
  json_builder_begin_object (json);
  eid_json_add_text (json, "cardNumber", card_number);
  eid_json_add_bytes (json, "chipNumber", self->chip_number);
  eid_json_add_date (json, "validFrom", &self->valid_from);
  eid_json_add_date (json, "validUntil", &self->valid_until);
  eid_json_add_text (json, "issuingMunicipality", self->issuing_municipality);
  eid_json_add_text (json, "nationalNumber", self->national_number);
  eid_json_add_text (json, "familyName", self->family_name);
  eid_json_add_text (json, "givenNames", self->given_names);
  eid_json_add_text (json, "thirdInitial", self->third_initial);
  eid_json_add_text (json, "nationality", self->nationality);
  eid_json_add_text (json, "birthPlace", self->birth_place);
  eid_json_add_date (json, "birthDate", &self->birth_date);
  eid_json_add_text (json, "sex", eid_word (EID_TYPE_SEX, (int) self->sex));
  eid_json_add_text (json, "nobleCondition", self->noble_condition);
  add_document (json, self->document_type);
  eid_json_add_number (json, "specialStatus", self->special_status);
  eid_json_add_bytes (json, "photoHash", self->photo_hash);
  eid_json_add_text (json, "duplicateNumber", self->duplicate_number);
  eid_json_add_text (json, "specialOrganisation", self->special_organisation);
  eid_json_add_truth (json, "familyMember", self->family_member);
  eid_json_add_text (json, "protection", self->protection);
  eid_json_add_text (json, "workMention", self->work_mention);
  eid_json_add_text (json, "employerVat", self->employer_vat);
  eid_json_add_text (json, "secondEmployerVat", self->second_employer_vat);
  eid_json_add_text (json, "regionalFileNumber", self->regional_file_number);
  eid_json_add_bytes (json, "basicKeyHash", self->basic_key_hash);
  eid_json_add_text (json, "brexitMention", self->brexit_mention);
  eid_json_add_text (json, "brexitPermanentMention", self->brexit_permanent_mention);
  eid_json_add_text (json, "cardMention", self->card_mention);
  eid_json_add_text (json, "mobilityMention", self->mobility_mention);
  eid_json_add_date (json, "registration", &self->registration);
  add_unknown (json, self->unknown);
  json_builder_end_object (json);
}

static void
add_address (JsonBuilder *json, const EidAddress *self)
{
  json_builder_set_member_name (json, "address");
  json_builder_begin_object (json);
  eid_json_add_text (json, "street", self->street);
  eid_json_add_text (json, "postcode", self->postcode);
  eid_json_add_text (json, "municipality", self->municipality);
  add_unknown (json, self->unknown);
  json_builder_end_object (json);
}

static void
add_photo (JsonBuilder *json, GBytes *photo)
{
  guint width, height;
  char *data = g_base64_encode (g_bytes_get_data (photo, NULL), g_bytes_get_size (photo));

  json_builder_set_member_name (json, "photo");
  json_builder_begin_object (json);
  if (eid_photo_size (photo, &width, &height, NULL))
    {
      eid_json_add_text (json, "mediaType", "image/jpeg");
      eid_json_add_number (json, "width", width);
      eid_json_add_number (json, "height", height);
    }
  eid_json_add_number (json, "size", (gint64) g_bytes_get_size (photo));
  eid_json_add_text (json, "data", data);
  json_builder_end_object (json);
  eid_wiped_free (data);
}

/* --- A card ---------------------------------------------------------------------------------- */

/* What could be understood of a card, and why the rest could not. */
typedef struct
{
  EidIdentity *identity;       /* (owned) (nullable) */
  EidAddress *address;         /* (owned) (nullable) */
  GBytes *photo;               /* (unowned) (nullable) */
  GError *errors[EID_N_FILES]; /* (owned) (nullable) each */
} Card;

static void
note_absent (Card *self, EidFiles *files, EidFile file)
{
  const GError *failure = eid_files_get_failure (files, file);

  if (eid_files_get (files, file) != NULL)
    return;
  self->errors[file] =
      failure != NULL
          ? g_error_copy (failure)
          : g_error_new (EID_ERROR, EID_ERROR_ABSENT, "%s: is not there", eid_file_word (file));
}

static void
card_read (Card *self, EidFiles *files)
{
  GBytes *identity = eid_files_get (files, EID_FILE_IDENTITY);
  GBytes *address = eid_files_get (files, EID_FILE_ADDRESS);

  note_absent (self, files, EID_FILE_IDENTITY);
  note_absent (self, files, EID_FILE_ADDRESS);
  note_absent (self, files, EID_FILE_PHOTO);
  if (identity != NULL)
    self->identity = eid_identity_parse (identity, &self->errors[EID_FILE_IDENTITY]);
  if (address != NULL)
    self->address = eid_address_parse (address, &self->errors[EID_FILE_ADDRESS]);
  self->photo = eid_files_get (files, EID_FILE_PHOTO);
}

static void
card_clear (Card *self)
{
  g_clear_pointer (&self->identity, eid_identity_free);
  g_clear_pointer (&self->address, eid_address_free);
  for (guint i = 0; i < EID_N_FILES; i++)
    g_clear_error (&self->errors[i]);
}

static void
print_card_json (const Card *self, EidCardKind kind, const char *reader)
{
  JsonBuilder *json = eid_json_begin ();

  eid_json_add_text (json, "reader", reader);
  eid_json_add_text (json, "card", eid_word (EID_TYPE_CARD_KIND, (int) kind));
  if (self->identity != NULL)
    add_identity (json, self->identity);
  if (self->address != NULL)
    add_address (json, self->address);
  if (self->photo != NULL)
    add_photo (json, self->photo);
  json_builder_set_member_name (json, "errors");
  json_builder_begin_array (json);
  for (guint i = 0; i < EID_N_FILES; i++)
    if (self->errors[i] != NULL)
      add_error (json, eid_file_word ((EidFile) i), self->errors[i]);
  json_builder_end_array (json);
  eid_json_end (json);
}

static void
print_line (const char *label, const char *text)
{
  if (text != NULL)
    printf ("%-16s %s\n", label, text);
}

static void
print_identity (const EidIdentity *self)
{
  g_autofree char *card_number = eid_card_number_text (self->card_number);
  g_autofree char *from = eid_date_text (&self->valid_from);
  g_autofree char *until = eid_date_text (&self->valid_until);
  g_autofree char *birth = eid_date_text (&self->birth_date);
  g_autofree char *registration = eid_date_text (&self->registration);
  const EidDocument *document = eid_document_find (self->document_type);
  g_autofree char *type =
      document != NULL ? g_strdup (document->word) : g_strdup_printf ("%u", self->document_type);

  print_line ("Family name", self->family_name);
  print_line ("Given names", self->given_names);
  print_line ("Third initial", self->third_initial);
  print_line ("National number", self->national_number);
  print_line ("Born", birth);
  print_line ("Birth place", self->birth_place);
  print_line ("Sex", eid_word (EID_TYPE_SEX, (int) self->sex));
  print_line ("Nationality", self->nationality);
  print_line ("Noble condition", self->noble_condition);
  print_line ("Document", type);
  print_line ("Card number", card_number);
  print_line ("Valid from", from);
  print_line ("Valid until", until);
  print_line ("Issued in", self->issuing_municipality);
  print_line ("Duplicate", self->duplicate_number);
  print_line ("Registration", registration);
  print_line ("Protection", self->protection);
  print_line ("Work", self->work_mention);
  print_line ("Card mention", self->card_mention);
  print_line ("Mobility", self->mobility_mention);
}

static void
print_card_text (const Card *self)
{
  if (self->identity != NULL)
    print_identity (self->identity);
  if (self->address != NULL)
    {
      print_line ("Street", self->address->street);
      print_line ("Postcode", self->address->postcode);
      print_line ("Municipality", self->address->municipality);
    }
  if (self->photo != NULL)
    printf ("%-16s %" G_GSIZE_FORMAT " bytes\n", "Photo", g_bytes_get_size (self->photo));
  fflush (stdout);
  for (guint i = 0; i < EID_N_FILES; i++)
    if (self->errors[i] != NULL)
      fprintf (stderr, "guichet-eid: %s\n", self->errors[i]->message);
}

gboolean
eid_print_card (EidFiles *files, EidCardKind kind, const char *reader, gboolean json)
{
  Card card = { 0 };
  gboolean whole = TRUE;

  card_read (&card, files);
  if (json)
    print_card_json (&card, kind, reader);
  else
    print_card_text (&card);
  for (guint i = 0; i < EID_N_FILES; i++)
    whole = whole && card.errors[i] == NULL;
  card_clear (&card);
  return whole;
}

/* --- A report -------------------------------------------------------------------------------- */

static void
add_finding (JsonBuilder *json, const EidFinding *finding)
{
  json_builder_set_member_name (json, "revocation");
  json_builder_begin_object (json);
  eid_json_add_text (json, "standing", eid_word (EID_TYPE_STANDING, (int) finding->standing));
  eid_json_add_text (json, "by", eid_word (EID_TYPE_REVOCATION_WAY, (int) finding->way));
  eid_json_add_instant (json, "madeAt", finding->made);
  eid_json_add_instant (json, "countsUntil", finding->until);
  if (finding->standing == EID_STANDING_REVOKED)
    {
      eid_json_add_instant (json, "revokedSince", finding->since);
      eid_json_add_text (json, "reason", finding->reason);
    }
  json_builder_end_object (json);
}

static void
add_certificate (JsonBuilder *json, EidReport *report, EidFiles *files, EidFile file)
{
  GBytes *bytes = eid_files_get (files, file);
  g_autoptr (EidCertificate) certificate =
      bytes != NULL ? eid_certificate_parse (bytes, file, NULL) : NULL;

  if (certificate == NULL)
    return;
  json_builder_begin_object (json);
  eid_json_add_text (json, "file", eid_file_word (file));
  eid_json_add_text (json, "subject", eid_certificate_get_subject (certificate));
  eid_json_add_text (json, "serial", eid_certificate_get_serial (certificate));
  eid_json_add_text (json,
                     "key",
                     eid_word (EID_TYPE_KEY, (int) eid_certificate_get_key (certificate)));
  eid_json_add_instant (json, "notBefore", eid_certificate_get_not_before (certificate));
  eid_json_add_instant (json, "notAfter", eid_certificate_get_not_after (certificate));
  eid_json_add_hex (json, "sha256", eid_certificate_get_fingerprint (certificate), EID_SHA256_SIZE);
  if (eid_report_get_finding (report, file) != NULL)
    add_finding (json, eid_report_get_finding (report, file));
  json_builder_end_object (json);
}

static void
add_verdict (JsonBuilder *json, const EidVerdict *verdict)
{
  json_builder_begin_object (json);
  eid_json_add_text (json, "verdict", eid_word (EID_TYPE_VERDICT_KIND, (int) verdict->kind));
  eid_json_add_text (json, "severity", eid_word (EID_TYPE_SEVERITY, (int) verdict->severity));
  if (verdict->file != EID_NO_FILE)
    eid_json_add_text (json, "file", eid_file_word ((EidFile) verdict->file));
  eid_json_add_text (json, "reason", verdict->reason);
  eid_json_add_date (json, "day", &verdict->day);
  if (verdict->cause != EID_CAUSE_NONE)
    eid_json_add_text (json, "cause", eid_word (EID_TYPE_CAUSE, (int) verdict->cause));
  json_builder_end_object (json);
}

static void
add_proof (JsonBuilder *json, const EidProof *proof)
{
  if (proof == NULL)
    return;
  json_builder_begin_object (json);
  eid_json_add_text (json, "kind", eid_word (EID_TYPE_PROOF_KIND, (int) proof->kind));
  eid_json_add_text (json,
                     "algorithm",
                     eid_word (EID_TYPE_PROOF_ALGORITHM, (int) proof->algorithm));
  eid_json_add_bytes (json, "signature", proof->signature);
  json_builder_end_object (json);
}

static void
add_tries (JsonBuilder *json, const char *member, int tries)
{
  if (tries != EID_TRIES_UNKNOWN)
    eid_json_add_number (json, member, tries);
}

/* What another program needs to judge the card again, and how it went. */
static void
add_evidence (JsonBuilder *json, const EidEvidence *evidence)
{
  const EidPinAttempt *attempt = evidence->pin_attempt;

  if (attempt == NULL)
    return;
  eid_json_add_bytes (json, "challenge", evidence->challenge);
  json_builder_set_member_name (json, "proofs");
  json_builder_begin_array (json);
  add_proof (json, evidence->chip_proof);
  add_proof (json, evidence->pin_proof);
  json_builder_end_array (json);
  if (evidence->proof_failure != NULL)
    {
      json_builder_set_member_name (json, "proofFailure");
      add_error (json, NULL, evidence->proof_failure);
    }
  json_builder_set_member_name (json, "pin");
  json_builder_begin_object (json);
  eid_json_add_text (json, "outcome", eid_word (EID_TYPE_PIN_OUTCOME, (int) attempt->outcome));
  add_tries (json, "triesBefore", attempt->tries_before);
  add_tries (json, "triesLeft", attempt->tries_left);
  json_builder_end_object (json);
}

static void
print_report_json (EidReport *report,
                   EidFiles *files,
                   const EidEvidence *evidence,
                   const char *reader,
                   gint64 moment)
{
  JsonBuilder *json = eid_json_begin ();

  eid_json_add_text (json, "reader", reader);
  eid_json_add_instant (json, "judgedAt", moment / G_USEC_PER_SEC);
  eid_json_add_text (json,
                     "outcome",
                     eid_word (EID_TYPE_OUTCOME, (int) eid_report_get_outcome (report)));
  eid_json_add_text (json,
                     "worst",
                     eid_word (EID_TYPE_SEVERITY, (int) eid_report_get_worst (report)));
  json_builder_set_member_name (json, "verdicts");
  json_builder_begin_array (json);
  for (guint i = 0; i < eid_report_get_size (report); i++)
    add_verdict (json, eid_report_get (report, i));
  json_builder_end_array (json);
  add_evidence (json, evidence);
  json_builder_set_member_name (json, "certificates");
  json_builder_begin_array (json);
  for (EidFile file = EID_FILE_AUTHENTICATION_CERTIFICATE; file <= EID_FILE_REGISTER_CA_CERTIFICATE;
       file++)
    add_certificate (json, report, files, file);
  json_builder_end_array (json);
  eid_json_end (json);
}

static void
print_report_text (EidReport *report, const EidPinAttempt *attempt)
{
  printf ("%s\n", eid_word (EID_TYPE_OUTCOME, (int) eid_report_get_outcome (report)));
  for (guint i = 0; i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);

      printf ("  %-10s %-22s %s\n",
              eid_word (EID_TYPE_SEVERITY, (int) verdict->severity),
              eid_word (EID_TYPE_VERDICT_KIND, (int) verdict->kind),
              verdict->reason);
    }
  if (attempt != NULL && attempt->tries_left != EID_TRIES_UNKNOWN)
    printf ("PIN tries left: %d\n", attempt->tries_left);
  fflush (stdout);
}

void
eid_print_report (EidReport *report,
                  EidFiles *files,
                  const EidEvidence *evidence,
                  const char *reader,
                  gint64 moment,
                  gboolean json)
{
  if (json)
    print_report_json (report, files, evidence, reader, moment);
  else
    print_report_text (report, evidence->pin_attempt);
}

void
eid_print_asking (int tries, EidPinEntry entry)
{
  if (tries == EID_TRIES_UNKNOWN)
    fprintf (stderr, "guichet-eid: the card does not say how many PIN tries are left\n");
  else
    fprintf (stderr, "guichet-eid: PIN tries left: %d\n", tries);
  if (entry == EID_PIN_ENTRY_PAD)
    fprintf (stderr, "guichet-eid: type the PIN at the reader\n");
}

/* --- Readers, errors ------------------------------------------------------------------------- */

static void
add_reader (JsonBuilder *json, const EidReaderState *reader)
{
  json_builder_begin_object (json);
  eid_json_add_text (json, "name", reader->name);
  eid_json_add_text (json, "status", eid_word (EID_TYPE_READER_STATUS, (int) reader->status));
  if (reader->status == EID_READER_CARD)
    {
      eid_json_add_text (json, "card", eid_word (EID_TYPE_CARD_KIND, (int) reader->kind));
      eid_json_add_hex (json, "atr", reader->atr, reader->atr_size);
      eid_json_add_truth (json, "inUse", reader->in_use);
    }
  json_builder_end_object (json);
}

static void
print_readers_json (EidService service, GPtrArray *readers)
{
  JsonBuilder *json = eid_json_begin ();

  eid_json_add_text (json, "service", eid_word (EID_TYPE_SERVICE, (int) service));
  json_builder_set_member_name (json, "readers");
  json_builder_begin_array (json);
  for (guint i = 0; i < readers->len; i++)
    add_reader (json, g_ptr_array_index (readers, i));
  json_builder_end_array (json);
  eid_json_end (json);
}

void
eid_print_readers (EidService service, GPtrArray *readers, gboolean json)
{
  if (json)
    {
      print_readers_json (service, readers);
      return;
    }
  if (service != EID_SERVICE_RUNNING)
    printf ("pcscd: %s\n", eid_word (EID_TYPE_SERVICE, (int) service));
  else if (readers->len == 0)
    printf ("no reader\n");
  for (guint i = 0; i < readers->len; i++)
    {
      const EidReaderState *reader = g_ptr_array_index (readers, i);

      printf ("%s: %s\n",
              reader->name,
              reader->status == EID_READER_CARD
                  ? eid_word (EID_TYPE_CARD_KIND, (int) reader->kind)
                  : eid_word (EID_TYPE_READER_STATUS, (int) reader->status));
    }
  fflush (stdout);
}

void
eid_print_error (const GError *error, gboolean json)
{
  JsonBuilder *builder;

  fprintf (stderr, "guichet-eid: %s\n", error->message);
  if (!json)
    return;
  builder = eid_json_begin ();
  json_builder_set_member_name (builder, "error");
  add_error (builder, NULL, error);
  eid_json_end (builder);
}
