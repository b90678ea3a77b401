/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept of a card that was read and judged.
 */
#define G_LOG_DOMAIN "guichet-identity-check"

#include "config.h"

#include "guichet-identity-check.h"

#include "guichet-detail.h"
#include "guichet-event.h"

#define WORD_MAX 40
/* Of 20 bytes, X.509 says; a card that is not the state's may say otherwise, and is told so. */
#define SERIAL_MAX 128
#define VERDICTS_MAX 100
#define ITEMS_MAX 30

G_DEFINE_ENUM_TYPE (GuichetMethod,
                    guichet_method,
                    G_DEFINE_ENUM_VALUE (GUICHET_METHOD_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_METHOD_CARD, "card"),
                    G_DEFINE_ENUM_VALUE (GUICHET_METHOD_CARD_AND_PIN, "cardAndPin"),
                    G_DEFINE_ENUM_VALUE (GUICHET_METHOD_CARD_AND_CHIP, "cardAndChip"))

G_DEFINE_ENUM_TYPE (GuichetAgreement,
                    guichet_agreement,
                    G_DEFINE_ENUM_VALUE (GUICHET_AGREEMENT_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_AGREEMENT_EQUAL, "equal"),
                    G_DEFINE_ENUM_VALUE (GUICHET_AGREEMENT_ALIKE, "alike"),
                    G_DEFINE_ENUM_VALUE (GUICHET_AGREEMENT_DIFFERENT, "different"))

G_DEFINE_ENUM_TYPE (GuichetFinding,
                    guichet_finding,
                    G_DEFINE_ENUM_VALUE (GUICHET_FINDING_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_FINDING_VERIFIED, "verified"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FINDING_VERIFIED_WITH_REMARK,
                                         "verifiedWithRemark"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FINDING_UNPROVED, "unproved"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FINDING_OTHER_PERSON, "otherPerson"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FINDING_NOT_TRUSTED, "notTrusted"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FINDING_UNREADABLE, "unreadable"))

static void
verdict_free (gpointer data)
{
  GuichetVerdict *self = data;

  g_free (self->kind);
  g_free (self->severity);
  g_free (self->file);
  g_free (self->detail);
  g_free (self->cause);
  g_free (self);
}

static void
file_digest_free (gpointer data)
{
  GuichetFileDigest *self = data;

  g_free (self->file);
  g_free (self->sha256);
  g_free (self);
}

static void
identity_check_clear (gpointer data)
{
  GuichetIdentityCheck *self = data;

  g_strfreev (self->differs);
  g_ptr_array_unref (self->verdicts);
  g_ptr_array_unref (self->files);
  g_free (self->certificate);
}

GuichetIdentityCheck *
guichet_identity_check_new (void)
{
  GuichetIdentityCheck *self = g_atomic_rc_box_new0 (GuichetIdentityCheck);

  self->differs = g_new0 (char *, 1);
  self->verdicts = g_ptr_array_new_with_free_func (verdict_free);
  self->files = g_ptr_array_new_with_free_func (file_digest_free);
  return self;
}

GuichetIdentityCheck *
guichet_identity_check_ref (GuichetIdentityCheck *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_identity_check_unref (GuichetIdentityCheck *self)
{
  g_atomic_rc_box_release_full (self, identity_check_clear);
}

void
guichet_identity_check_add_verdict (GuichetIdentityCheck *self,
                                    const char *kind,
                                    const char *severity,
                                    const char *file,
                                    const char *detail)
{
  GuichetVerdict *verdict = g_new0 (GuichetVerdict, 1);

  verdict->kind = g_strdup (kind);
  verdict->severity = g_strdup (severity);
  verdict->file = g_strdup (file);
  verdict->detail = guichet_detail_clean (detail);
  verdict->day = GUICHET_DAY_NONE;
  g_ptr_array_add (self->verdicts, verdict);
}

void
guichet_identity_check_set_behind (GuichetIdentityCheck *self, GuichetDay day, const char *cause)
{
  GuichetVerdict *last;

  g_return_if_fail (self->verdicts->len > 0);

  last = g_ptr_array_index (self->verdicts, self->verdicts->len - 1);
  last->day = day;
  g_free (last->cause);
  last->cause = g_strdup (cause);
}

void
guichet_identity_check_add_file (GuichetIdentityCheck *self, const char *file, GBytes *content)
{
  GuichetFileDigest *digest = g_new0 (GuichetFileDigest, 1);

  digest->file = g_strdup (file);
  digest->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_ptr_array_add (self->files, digest);
}

/* Codec */

static char *
read_text (GuichetJsonReader *reader, const char *member, GuichetJsonNeed need, gsize max_chars)
{
  return g_strdup (guichet_json_reader_string (reader, member, need, max_chars));
}

static void
read_differs (GuichetIdentityCheck *self, GuichetJsonReader *reader)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_items = 0;

  if (!guichet_json_reader_enter_array (reader,
                                        "differs",
                                        GUICHET_JSON_OPTIONAL,
                                        ITEMS_MAX,
                                        &n_items))
    return;

  for (guint i = 0; i < n_items; i++)
    {
      const char *name = guichet_json_reader_item_string (reader, i, WORD_MAX);

      if (name != NULL)
        g_strv_builder_add (names, name);
    }
  guichet_json_reader_leave (reader);
  g_strfreev (self->differs);
  self->differs = g_strv_builder_end (names);
}

static gpointer
read_verdict (GuichetJsonReader *reader)
{
  GuichetVerdict *self = g_new0 (GuichetVerdict, 1);

  self->kind = read_text (reader, "kind", GUICHET_JSON_REQUIRED, WORD_MAX);
  self->severity = read_text (reader, "severity", GUICHET_JSON_REQUIRED, WORD_MAX);
  self->file = read_text (reader, "file", GUICHET_JSON_OPTIONAL, WORD_MAX);
  self->detail = read_text (reader, "detail", GUICHET_JSON_REQUIRED, GUICHET_DETAIL_MAX);
  self->day = guichet_json_reader_day (reader, "day", GUICHET_JSON_OPTIONAL);
  self->cause = read_text (reader, "cause", GUICHET_JSON_OPTIONAL, WORD_MAX);
  return self;
}

static gpointer
read_file_digest (GuichetJsonReader *reader)
{
  GuichetFileDigest *self = g_new0 (GuichetFileDigest, 1);

  self->file = read_text (reader, "file", GUICHET_JSON_REQUIRED, WORD_MAX);
  self->sha256 = read_text (reader, "sha256", GUICHET_JSON_REQUIRED, 64);
  return self;
}

static void
read_items (GuichetJsonReader *reader,
            const char *member,
            guint max,
            gpointer (*read_item) (GuichetJsonReader *reader),
            GPtrArray *items)
{
  guint n_items = 0;

  if (!guichet_json_reader_enter_array (reader, member, GUICHET_JSON_REQUIRED, max, &n_items))
    return;

  for (guint i = 0; i < n_items; i++)
    if (guichet_json_reader_enter_item (reader, i))
      {
        g_ptr_array_add (items, read_item (reader));
        guichet_json_reader_leave (reader);
      }
  guichet_json_reader_leave (reader);
}

GuichetIdentityCheck *
guichet_identity_check_read (GuichetJsonReader *reader)
{
  GuichetIdentityCheck *self = guichet_identity_check_new ();

  self->finding = (GuichetFinding)
      guichet_json_reader_enum (reader, "finding", GUICHET_JSON_REQUIRED, GUICHET_TYPE_FINDING);
  self->method = (GuichetMethod)
      guichet_json_reader_enum (reader, "method", GUICHET_JSON_REQUIRED, GUICHET_TYPE_METHOD);
  self->comparison = (GuichetAgreement) guichet_json_reader_enum (reader,
                                                                  "comparison",
                                                                  GUICHET_JSON_OPTIONAL,
                                                                  GUICHET_TYPE_AGREEMENT);
  read_differs (self, reader);
  read_items (reader, "verdicts", VERDICTS_MAX, read_verdict, self->verdicts);
  read_items (reader, "files", ITEMS_MAX, read_file_digest, self->files);
  self->certificate = read_text (reader, "certificate", GUICHET_JSON_OPTIONAL, SERIAL_MAX);
  return self;
}

static void
write_verdicts (const GuichetIdentityCheck *self, GuichetJsonWriter *writer)
{
  guichet_json_writer_begin_array (writer, "verdicts");
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      const GuichetVerdict *verdict = g_ptr_array_index (self->verdicts, i);

      guichet_json_writer_begin_object (writer, NULL);
      guichet_json_writer_string (writer, "kind", verdict->kind);
      guichet_json_writer_string (writer, "severity", verdict->severity);
      guichet_json_writer_string (writer, "file", verdict->file);
      guichet_json_writer_string (writer, "detail", verdict->detail);
      guichet_json_writer_day (writer, "day", verdict->day);
      guichet_json_writer_string (writer, "cause", verdict->cause);
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);
}

static void
write_files (const GuichetIdentityCheck *self, GuichetJsonWriter *writer)
{
  guichet_json_writer_begin_array (writer, "files");
  for (guint i = 0; i < self->files->len; i++)
    {
      const GuichetFileDigest *digest = g_ptr_array_index (self->files, i);

      guichet_json_writer_begin_object (writer, NULL);
      guichet_json_writer_string (writer, "file", digest->file);
      guichet_json_writer_string (writer, "sha256", digest->sha256);
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);
}

void
guichet_identity_check_write (const GuichetIdentityCheck *self,
                              GuichetJsonWriter *writer,
                              const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_enum (writer, "finding", GUICHET_TYPE_FINDING, self->finding);
  guichet_json_writer_enum (writer, "method", GUICHET_TYPE_METHOD, self->method);
  guichet_json_writer_enum (writer, "comparison", GUICHET_TYPE_AGREEMENT, self->comparison);
  if (self->differs[0] != NULL)
    {
      guichet_json_writer_begin_array (writer, "differs");
      for (guint i = 0; self->differs[i] != NULL; i++)
        guichet_json_writer_string (writer, NULL, self->differs[i]);
      guichet_json_writer_end_array (writer);
    }
  write_verdicts (self, writer);
  write_files (self, writer);
  guichet_json_writer_string (writer, "certificate", self->certificate);
  guichet_json_writer_end_object (writer);
}

gboolean
guichet_finding_is_good (GuichetFinding self)
{
  return self == GUICHET_FINDING_VERIFIED || self == GUICHET_FINDING_VERIFIED_WITH_REMARK;
}

gboolean
guichet_finding_speaks_against (GuichetFinding self)
{
  return self == GUICHET_FINDING_OTHER_PERSON || self == GUICHET_FINDING_NOT_TRUSTED;
}

gboolean
guichet_method_proves_presence (GuichetMethod self)
{
  return self == GUICHET_METHOD_CARD_AND_PIN || self == GUICHET_METHOD_CARD_AND_CHIP;
}
