/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a desk sent of a card.
 */
#define G_LOG_DOMAIN "guichetd-card"

#include "config.h"

#include "guichetd-card.h"

#include "eid-identity.h"
#include "eid-word.h"
#include "guichet-challenge.h"

#include <sodium.h>
#include <string.h>

/* Real files have a tenth of this, and all of them together a fifth. */
#define FILE_MAX (16 * 1024)
#define FILES_MAX (96 * 1024)
#define SIGNATURE_MAX 512
#define PROOFS_MAX 2
#define WORD_MAX 40

#define BASE64_MAX(bytes) (((bytes) + 2) / 3 * 4)

void
guichetd_card_free (GuichetdCard *self)
{
  eid_files_unref (self->files);
  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_clear_pointer (&self->challenge, g_bytes_unref);
  g_clear_pointer (&self->chip_proof, eid_proof_free);
  g_clear_pointer (&self->pin_proof, eid_proof_free);
  g_free (self);
}

char *
guichetd_card_get_number (const GuichetdCard *self)
{
  GBytes *bytes = eid_files_get (self->files, EID_FILE_IDENTITY);
  g_autoptr (EidIdentity) identity = bytes != NULL ? eid_identity_parse (bytes, NULL) : NULL;

  return identity != NULL ? g_strdup (identity->national_number) : NULL;
}

/* The tree is ours alone; what lies in it is somebody's card. */
static void
wipe (const char *text)
{
  sodium_memzero ((char *) text, strlen (text));
}

/*
 * Bytes written as base64, in memory that is wiped; NULL if they are absent or wrong. GLib skips
 * what is not base64: only what it writes again is what was sent.
 */
static GBytes *
read_bytes (GuichetJsonReader *reader, const char *member, GuichetJsonNeed need, gsize max)
{
  const char *text = guichet_json_reader_opaque (reader, member, need, BASE64_MAX (max));
  GBytes *bytes = NULL;
  guchar *content;
  char *again;
  gsize size = 0;

  if (text == NULL)
    return NULL;

  content = g_base64_decode (text, &size);
  again = g_base64_encode (content, size);
  if (!g_str_equal (again, text))
    guichet_json_reader_refuse (reader, member, "invalidStructure", "is not base64");
  else if (size > max || size == 0)
    guichet_json_reader_refuse (reader, member, "outOfRange", "is empty or too large");
  else
    bytes = eid_wiped_bytes (content, size);

  wipe (text);
  wipe (again);
  sodium_memzero (content, size);
  g_free (again);
  g_free (content);
  return bytes;
}

static void
read_files (GuichetdCard *self, GuichetJsonReader *reader, GuichetJsonNeed identity)
{
  gsize total = 0;

  if (!guichet_json_reader_enter (reader, "files", GUICHET_JSON_REQUIRED))
    return;

  for (guint file = 0; file < EID_N_FILES; file++)
    {
      const char *word = eid_file_word ((EidFile) file);
      g_autoptr (GBytes) bytes =
          read_bytes (reader,
                      word,
                      file == EID_FILE_IDENTITY ? identity : GUICHET_JSON_OPTIONAL,
                      FILE_MAX);

      if (bytes == NULL)
        continue;
      total += g_bytes_get_size (bytes);
      if (total > FILES_MAX)
        {
          guichet_json_reader_refuse (reader, word, "outOfRange", "is too much with the others");
          break;
        }
      eid_files_set (self->files, (EidFile) file, bytes);
    }
  if (total == 0)
    guichet_json_reader_refuse (reader, NULL, "requiredInput", "has nothing of a card");
  guichet_json_reader_leave (reader);
}

static void
read_proof (GuichetdCard *self, GuichetJsonReader *reader)
{
  const char *kind = guichet_json_reader_string (reader, "kind", GUICHET_JSON_REQUIRED, WORD_MAX);
  const char *algorithm =
      guichet_json_reader_string (reader, "algorithm", GUICHET_JSON_REQUIRED, WORD_MAX);
  g_autoptr (GBytes) signature =
      read_bytes (reader, "signature", GUICHET_JSON_REQUIRED, SIGNATURE_MAX);
  g_autoptr (GError) error = NULL;
  EidProof *proof;
  EidProof **place;

  if (kind == NULL || algorithm == NULL || signature == NULL)
    return;

  proof = eid_proof_new_from_words (kind, algorithm, signature, &error);
  if (proof == NULL)
    {
      guichet_json_reader_refuse (reader, NULL, "invalidInput", error->message);
      return;
    }
  place = proof->kind == EID_PROOF_CHIP ? &self->chip_proof : &self->pin_proof;
  if (*place != NULL)
    guichet_json_reader_refuse (reader, "kind", "rejectedInput", "stands here twice");
  g_clear_pointer (place, eid_proof_free);
  *place = proof;
}

static void
read_proofs (GuichetdCard *self, GuichetJsonReader *reader)
{
  guint n_items = 0;

  if (!guichet_json_reader_enter_array (reader,
                                        "proofs",
                                        GUICHET_JSON_OPTIONAL,
                                        PROOFS_MAX,
                                        &n_items))
    return;

  for (guint i = 0; i < n_items; i++)
    if (guichet_json_reader_enter_item (reader, i))
      {
        read_proof (self, reader);
        guichet_json_reader_leave (reader);
      }
  guichet_json_reader_leave (reader);
}

static GuichetdCard *
card_new (void)
{
  GuichetdCard *self = g_new0 (GuichetdCard, 1);

  self->files = eid_files_new ();
  return self;
}

GuichetdCard *
guichetd_card_read_files (GuichetJsonReader *reader)
{
  GuichetdCard *self = card_new ();

  read_files (self, reader, GUICHET_JSON_REQUIRED);
  return self;
}

GuichetdCard *
guichetd_card_read (GuichetJsonReader *reader, GuichetJsonNeed identity)
{
  GuichetdCard *self = card_new ();

  self->nonce = read_bytes (reader, "nonce", GUICHET_JSON_REQUIRED, GUICHET_NONCE_SIZE);
  if (self->nonce != NULL && g_bytes_get_size (self->nonce) != GUICHET_NONCE_SIZE)
    guichet_json_reader_refuse (reader, "nonce", "invalidStructure", "has not 32 bytes");
  read_files (self, reader, identity);
  read_proofs (self, reader);
  return self;
}
