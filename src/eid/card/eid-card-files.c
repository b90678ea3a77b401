/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files of a Belgian card, in as few exchanges as it allows.
 *
 * The card does not say how long a file is: SELECT gives no header back (P2 0C). What is known
 * beforehand saves an exchange a file, for a card that is asked for more than it has answers
 * 6Cxx and wants to be asked again: certificates say their own length at their beginning and
 * have zeros after it that nobody needs; a basic key has 120 bytes; the address ends where its
 * padding begins, which is not signed; and the signature of the address is as long as the
 * register's key makes it, whose certificate is therefore read before. Identity, its signature
 * and the photo go to their end, which costs each an exchange: all of their bytes are signed or
 * hashed, padding included, and nothing in them says how many there are.
 *
 * Selecting by path (P1 08) takes one exchange; some cards are said not to know it, and then
 * the way goes down from the root a step at a time. Blocks have 256 bytes, but some readers
 * cannot carry more than 252.
 */
#define G_LOG_DOMAIN "eid-card-files"

#include "config.h"

#include "eid-card-files.h"

#include <string.h>

#include "eid-apdu.h"
#include "eid-certificate-private.h"
#include "eid-error.h"
#include "eid-tlv.h"

#define INS_SELECT 0xA4
#define INS_READ_BINARY 0xB0
#define INS_GET_CARD_DATA 0xE4

#define SELECT_STEP 0x02
#define SELECT_APPLET 0x04
#define SELECT_PATH 0x08
#define NO_HEADER 0x0C

#define SW_NOT_FOUND 0x6A82
#define SW_WARNING_DEACTIVATED 0x6283 /* comes with 1.7 and does not matter */
#define SW_SHORT 0x6282               /* the file ended before what was asked for */
#define SW_BEYOND 0x6B00
#define SW_WRONG_LENGTH 0x6700
#define SW_NO_FILE 0x6986 /* nothing is selected */

#define BLOCK 256
#define BLOCK_SMALL 252
/* Offsets have fifteen bits; no file of these cards comes near. */
#define FILE_MAX 16384
/* Two numbers of 48 bytes, in DER and at their longest. */
#define ECDSA_P384_MAX 104
#define TRIES 3
#define CARD_DATA_SIZE 28
#define CARD_DATA_SIZE_1_8 31

static const guint8 applet[] = { 0xA0, 0x00, 0x00, 0x00, 0x30, 0x29, 0x05, 0x70,
                                 0x00, 0xAD, 0x13, 0x10, 0x01, 0x01, 0xFF };

/* Where a file ends, as far as that can be known from its beginning. */
typedef enum
{
  END_UNKNOWN,
  END_OF_DER,
  END_AT_PADDING,
  END_OF_SIGNATURE, /* known once the key is */
  END_AFTER_FIRST,  /* as long as what is asked for at first */
} End;

typedef struct
{
  EidFile file;
  guint8 path[4];
  guint first; /* bytes to ask for at first; 0 for a block */
  End end;
} Place;

// clang-format off
/* In the order of reading: what is shown comes first. */
static const Place places[] = {
  { EID_FILE_IDENTITY,                   { 0xDF, 0x01, 0x40, 0x31 },   0, END_UNKNOWN },
  { EID_FILE_ADDRESS,                    { 0xDF, 0x01, 0x40, 0x33 }, 117, END_AT_PADDING },
  { EID_FILE_PHOTO,                      { 0xDF, 0x01, 0x40, 0x35 },   0, END_UNKNOWN },
  { EID_FILE_IDENTITY_SIGNATURE,         { 0xDF, 0x01, 0x40, 0x32 },   0, END_UNKNOWN },
  { EID_FILE_BASIC_KEY,                  { 0xDF, 0x01, 0x40, 0x40 }, 120, END_OF_DER },
  { EID_FILE_REGISTER_CERTIFICATE,       { 0xDF, 0x00, 0x50, 0x3C },   0, END_OF_DER },
  { EID_FILE_ADDRESS_SIGNATURE,          { 0xDF, 0x01, 0x40, 0x34 },   0, END_OF_SIGNATURE },
  { EID_FILE_ROOT_CERTIFICATE,           { 0xDF, 0x00, 0x50, 0x3B },   0, END_OF_DER },
  { EID_FILE_CA_CERTIFICATE,             { 0xDF, 0x00, 0x50, 0x3A },   0, END_OF_DER },
  { EID_FILE_AUTHENTICATION_CERTIFICATE, { 0xDF, 0x00, 0x50, 0x38 },   0, END_OF_DER },
  { EID_FILE_SIGNATURE_CERTIFICATE,      { 0xDF, 0x00, 0x50, 0x39 },   0, END_OF_DER },
  { EID_FILE_REGISTER_CA_CERTIFICATE,    { 0xDF, 0x00, 0x50, 0x3D },   0, END_OF_DER },
};
// clang-format on

typedef struct
{
  EidTransport *transport;
  EidCardKind kind;
  guint block;      /* how much the reader carries at once */
  gboolean by_step; /* this card does not take a path */
  gboolean by_path; /* it was seen to take one */
} Walk;

/* Sends again what failed inside the card: such an answer has changed nothing. */
static gboolean
send (Walk *self, const EidApdu *apdu, GByteArray *answer, guint16 *ret_sw, GError **error)
{
  guint start = answer->len;

  for (guint i = 0; i < TRIES; i++)
    {
      g_byte_array_set_size (answer, start);
      if (!eid_apdu_send (self->transport, apdu, answer, ret_sw, error))
        return FALSE;
      if (*ret_sw >> 8 != 0x6F && *ret_sw >> 8 != 0x64)
        break;
    }
  return TRUE;
}

static gboolean
select_by (Walk *self, guint8 how, const guint8 *name, gsize size, guint16 *ret_sw, GError **error)
{
  const EidApdu apdu = { 0x00, INS_SELECT, how, NO_HEADER, name, size, EID_NO_ANSWER };
  g_autoptr (GByteArray) answer = g_byte_array_new ();

  if (!send (self, &apdu, answer, ret_sw, error))
    return FALSE;
  if (*ret_sw == SW_WARNING_DEACTIVATED)
    *ret_sw = EID_SW_OK;
  return TRUE;
}

static gboolean
select_by_steps (Walk *self, const guint8 path[4], guint16 *ret_sw, GError **error)
{
  static const guint8 root[] = { 0x3F, 0x00 };

  return select_by (self, SELECT_STEP, root, 2, ret_sw, error) &&
         (*ret_sw != EID_SW_OK || select_by (self, SELECT_STEP, path, 2, ret_sw, error)) &&
         (*ret_sw != EID_SW_OK || select_by (self, SELECT_STEP, path + 2, 2, ret_sw, error));
}

static gboolean
select_file (Walk *self, const Place *place, guint16 *ret_sw, GError **error)
{
  if (self->by_step)
    return select_by_steps (self, place->path, ret_sw, error);

  if (!select_by (self, SELECT_PATH, place->path, 4, ret_sw, error))
    return FALSE;
  if (*ret_sw == EID_SW_OK)
    self->by_path = TRUE;
  /* Once a path was taken, a file that is not found is not there. */
  if (*ret_sw == EID_SW_OK || self->by_path)
    return TRUE;

  if (!select_by_steps (self, place->path, ret_sw, error))
    return FALSE;
  self->by_step = *ret_sw == EID_SW_OK;
  return TRUE;
}

static gboolean
read_block (Walk *self,
            gsize offset,
            guint wanted,
            GByteArray *content,
            guint16 *ret_sw,
            GError **error)
{
  const EidApdu apdu = { 0x00, INS_READ_BINARY, (guint8) (offset >> 8), (guint8) offset, NULL,
                         0,    (int) wanted };

  return send (self, &apdu, content, ret_sw, error);
}

/* How long the file says to be, from what was read of it; 0 if it does not say. */
static gsize
announced_size (const Place *place, const GByteArray *content)
{
  const guint8 *data = content->data;

  if (place->end == END_AFTER_FIRST)
    return place->first;
  if (place->end != END_OF_DER || content->len < 4 || data[0] != 0x30)
    return 0;
  if (data[1] == 0x82)
    return 4 + ((gsize) data[2] << 8 | data[3]);
  if (data[1] == 0x81)
    return 3 + (gsize) data[2];
  return data[1] < 0x80 ? 2 + (gsize) data[1] : 0;
}

static gboolean
has_padding (const GByteArray *content)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (content->data, content->len);
  g_autoptr (GError) error = NULL;
  EidTlv walk;
  EidField field;

  eid_tlv_init (&walk, EID_FILE_ADDRESS, bytes);
  while (eid_tlv_next (&walk, &field, &error))
    continue;
  return error == NULL && walk.padding > 0;
}

/* Whether nothing that matters can come after @content. */
static gboolean
is_complete (const Place *place, const GByteArray *content)
{
  gsize announced = announced_size (place, content);

  if (place->end == END_AT_PADDING)
    return has_padding (content);
  if (place->end == END_OF_DER && announced == 0)
    return TRUE; /* zeros, or no DER: the parser says which */
  return announced > 0 && content->len >= announced;
}

static guint
next_wanted (Walk *self, const Place *place, const GByteArray *content)
{
  gsize announced = announced_size (place, content);

  if (content->len == 0 && place->first > 0)
    return MIN (self->block, place->first);
  if (announced > content->len)
    return (guint) MIN (self->block, announced - content->len);
  return self->block;
}

/* What the register's key says of how long its signature is. */
static Place
place_by_key (const Place *place, EidFiles *files)
{
  GBytes *bytes = eid_files_get (files, EID_FILE_REGISTER_CERTIFICATE);
  g_autoptr (EidCertificate) signer =
      bytes != NULL ? eid_certificate_parse (bytes, EID_FILE_REGISTER_CERTIFICATE, NULL) : NULL;
  Place known = *place;
  guint bits = 0;
  int kind;

  known.end = END_UNKNOWN;
  if (signer == NULL)
    return known;
  kind = gnutls_pubkey_get_pk_algorithm (eid_certificate_get_public_key (signer), &bits);
  if (kind == GNUTLS_PK_ECDSA)
    {
      known.end = END_OF_DER;
      known.first = ECDSA_P384_MAX;
    }
  else if (kind == GNUTLS_PK_RSA && bits > 0)
    {
      known.end = END_AFTER_FIRST;
      known.first = (bits + 7) / 8;
    }
  return known;
}

static gboolean
refuse (const Place *place, gsize at, guint16 sw, GError **ret_failure)
{
  return eid_unreadable (ret_failure, place->file, at, "the card answers %04X", sw);
}

/* Reads the selected file. @ret_failure: (out) (nullable): what the card refused. */
static gboolean
read_content (Walk *self,
              const Place *place,
              GByteArray *content,
              GError **ret_failure,
              GError **error)
{
  guint16 sw;

  while (content->len < FILE_MAX)
    {
      gsize before = content->len;
      guint wanted = next_wanted (self, place, content);

      if (!read_block (self, before, wanted, content, &sw, error))
        return FALSE;
      if (sw == SW_WRONG_LENGTH && wanted == BLOCK)
        {
          self->block = BLOCK_SMALL;
          g_byte_array_set_size (content, (guint) before);
          continue;
        }
      if (sw == SW_BEYOND)
        return TRUE;
      if (sw == SW_NO_FILE)
        {
          g_set_error_literal (error, EID_ERROR, EID_ERROR_CARD_MUTE, "the card was reset");
          return FALSE;
        }
      if (sw != EID_SW_OK && sw != SW_SHORT)
        {
          refuse (place, before, sw, ret_failure);
          return TRUE;
        }
      if (content->len - before < wanted || is_complete (place, content))
        return TRUE;
    }
  eid_unreadable (ret_failure, place->file, FILE_MAX, "the file does not end");
  return TRUE;
}

/* A GByteArray leaves what it held where it grew from. */
static GByteArray *
new_content (void)
{
  return g_byte_array_sized_new (FILE_MAX + BLOCK);
}

static void
wipe_content (GByteArray *content)
{
  g_byte_array_set_size (content, MAX (content->len, FILE_MAX + BLOCK));
  explicit_bzero (content->data, content->len);
  g_byte_array_unref (content);
}

static gboolean
read_file (Walk *self, const Place *found, EidFiles *files, GError **error)
{
  const Place known = found->end == END_OF_SIGNATURE ? place_by_key (found, files) : *found;
  const Place *place = &known;
  GByteArray *content;
  GError *failure = NULL;
  gsize announced;
  gboolean reached;
  guint16 sw;

  if (!select_file (self, place, &sw, error))
    return FALSE;
  if (sw == SW_NOT_FOUND)
    return TRUE;
  if (sw != EID_SW_OK)
    {
      refuse (place, 0, sw, &failure);
      eid_files_set_failure (files, place->file, failure);
      return TRUE;
    }

  content = new_content ();
  reached = read_content (self, place, content, &failure, error);
  announced = announced_size (place, content);
  if (failure != NULL)
    eid_files_set_failure (files, place->file, failure);
  else if (reached)
    eid_files_take (files,
                    place->file,
                    content->data,
                    announced > 0 ? MIN (announced, content->len) : content->len);
  wipe_content (content);
  return reached;
}

static gboolean
get_card_data (Walk *self, GByteArray *answer, guint8 p2, int size, guint16 *ret_sw, GError **error)
{
  const EidApdu apdu = { 0x80, INS_GET_CARD_DATA, 0x00, p2, NULL, 0, size };

  g_byte_array_set_size (answer, 0);
  return send (self, &apdu, answer, ret_sw, error);
}

static gboolean
read_card_data (Walk *self, EidFiles *files, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  GError *failure = NULL;
  guint16 sw = 0;

  if (self->kind == EID_CARD_BELPIC_1_8 &&
      !get_card_data (self, answer, 1, CARD_DATA_SIZE_1_8, &sw, error))
    return FALSE;
  if (sw != EID_SW_OK && !get_card_data (self, answer, 0, CARD_DATA_SIZE, &sw, error))
    return FALSE;

  if (sw == EID_SW_OK)
    eid_files_take (files, EID_FILE_CARD_DATA, answer->data, answer->len);
  else
    {
      eid_unreadable (&failure, EID_FILE_CARD_DATA, 0, "the card answers %04X", sw);
      eid_files_set_failure (files, EID_FILE_CARD_DATA, failure);
    }
  return TRUE;
}

/* An answer to reset that is not known may still be that of a Belgian card of later years. */
static gboolean
require_applet (Walk *self, GError **error)
{
  guint16 sw;

  if (self->kind != EID_CARD_OTHER)
    return TRUE;
  if (!select_by (self, SELECT_APPLET, applet, sizeof applet, &sw, error))
    return FALSE;
  if (sw == EID_SW_OK)
    return TRUE;
  g_set_error_literal (error,
                       EID_ERROR,
                       EID_ERROR_UNSUPPORTED_CARD,
                       "the card in the reader is not a Belgian identity card");
  return FALSE;
}

gboolean
eid_card_read_files (EidTransport *transport,
                     EidCardKind kind,
                     guint wanted,
                     EidFiles *files,
                     EidFileDone done,
                     gpointer data,
                     GError **error)
{
  Walk walk = { .transport = transport, .kind = kind, .block = BLOCK };

  if (!require_applet (&walk, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if ((wanted & EID_FILE_BIT (places[i].file)) == 0)
        continue;
      if (!read_file (&walk, &places[i], files, error))
        {
          g_prefix_error (error, "%s: ", eid_file_word (places[i].file));
          return FALSE;
        }
      if (done != NULL)
        done (files, places[i].file, data);
    }
  if ((wanted & EID_FILE_BIT (EID_FILE_CARD_DATA)) == 0)
    return TRUE;
  if (!read_card_data (&walk, files, error))
    return FALSE;
  if (done != NULL)
    done (files, EID_FILE_CARD_DATA, data);
  return TRUE;
}
