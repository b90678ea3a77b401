/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every word that a card and a reader with keys may say to a proof. What goes out is held
 * against the applet's manual, byte by byte; what is not in a script must never be sent.
 */
#include "config.h"

#include "eid-card-proof.h"
#include "eid-error.h"

#include <string.h>

#define CHALLENGE "challenge"
#define SHA256 "2DD00BD77E0222CED882665481A9C1D9F907309D16E05ED007A1EA63928477A9"
#define SHA384                                                                                     \
  "FE1A448DBE9E3BBE599F6536814332A2AAF763BA71D9B51782A99A7DEFA052A65FC4D99D987745096A181C5459933B" \
  "7D"

#define CHIP "00112233445566778899AABBCCDDEEFF"
#define DATA(version) CHIP "A503010101" version "00010021000F"

/* Commands with their answers. */
#define GET_DATA "80E400001C"
#define GET_DATA_18 "80E400011F"
#define CARD_11                  \
  {                              \
    GET_DATA, DATA ("11") "9000" \
  }
#define CARD_17                  \
  {                              \
    GET_DATA, DATA ("17") "9000" \
  }
#define CARD_18(tries)                    \
  {                                       \
    GET_DATA_18, DATA ("18") tries "0000" \
                                   "9000" \
  }
#define TRIES(sw)    \
  {                  \
    "0020000100", sw \
  }
#define ENVIRONMENT \
  {                 \
    "002241B605"    \
    "0480088482",   \
        "9000"      \
  }
#define ENVIRONMENT_18 \
  {                    \
    "002241B605"       \
    "0480028482",      \
        "9000"         \
  }
#define VERIFY(sw)      \
  {                     \
    "0020000108"        \
    "241234FFFFFFFFFF", \
        sw              \
  }
#define SIGN                       \
  { "002A9E9A20" SHA256, "6104" }, \
  {                                \
    "00C0000004", "AABBCCDD"       \
                  "9000"           \
  }
#define LOG_OFF          \
  {                      \
    "80E6000000", "9000" \
  }

/* To the reader: which features, and the one by which it takes a PIN. */
#define FEATURES 0x42000D48
#define PIN_DIRECT 0x42330006
#define PAD                \
  {                        \
    "",                    \
        "1204423300120604" \
        "42330006",        \
        FEATURES           \
  }
#define NO_PAD                   \
  {                              \
    "", "120442330012", FEATURES \
  }
#define AT_PAD(sw)      \
  {                     \
    "1E0F894704"        \
    "0C04"              \
    "0201"              \
    "0904"              \
    "00000000"          \
    "0D000000"          \
    "0020000108"        \
    "20FFFFFFFFFFFFFF", \
        sw, PIN_DIRECT  \
  }

typedef struct
{
  const char *command;
  const char *answer; /* NULL: the card does not answer */
  guint32 code;       /* to the reader; 0: to the card */
} Line;

typedef struct
{
  EidTransport transport;
  const Line *lines;
  guint at;
} Script;

static gsize
from_hex (const char *text, guint8 *bytes, gsize size)
{
  gsize n = 0;

  for (; text[0] != '\0'; text += 2)
    {
      g_assert_cmpuint (n, <, size);
      bytes[n++] = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
    }
  return n;
}

static gboolean
script_control (EidTransport *transport,
                guint32 code,
                const guint8 *command,
                gsize size,
                guint8 *ret_answer,
                gsize room,
                gsize *ret_size,
                GError **error)
{
  Script *self = (Script *) transport;
  const Line *line = &self->lines[self->at];
  guint8 wanted[EID_ANSWER_MAX + 8];

  g_assert_nonnull (line->command);
  g_assert_cmphex (code, ==, line->code);
  g_assert_cmpmem (command, size, wanted, from_hex (line->command, wanted, sizeof wanted));
  self->at++;
  if (line->answer == NULL)
    {
      g_set_error_literal (error, EID_ERROR, EID_ERROR_CARD_MUTE, "nothing");
      return FALSE;
    }
  *ret_size = from_hex (line->answer, ret_answer, room);
  return TRUE;
}

static gboolean
script_transmit (EidTransport *transport,
                 const guint8 *command,
                 gsize size,
                 guint8 *ret_answer,
                 gsize *ret_size,
                 GError **error)
{
  return script_control (transport, 0, command, size, ret_answer, EID_ANSWER_MAX, ret_size, error);
}

/* --- The table ------------------------------------------------------------------------------- */

typedef enum
{
  TRIES_ONLY,
  CHIP_ONLY,
  TYPED,
  TYPED_LAST, /* and the last try is accepted */
  AT_THE_PAD,
} Way;

#define NO_ERROR (-1)

typedef struct
{
  const char *name;
  Way way;
  EidCardKind kind;
  Line lines[16];
  int error; /* NO_ERROR, or an EidError */
  EidPinAttempt attempt;
  const char *signature; /* (nullable) */
  gboolean spoiled;
  gboolean asked; /* the caller was told that the PIN goes out */
} Case;

// clang-format off
static const Case cases[] = {
  { "tries/17", TRIES_ONLY, EID_CARD_BELPIC_1_7, { CARD_17, TRIES ("63C2") },
    NO_ERROR, { EID_PIN_NOT_ASKED, 2, 2 }, NULL, FALSE, FALSE },
  { "tries/18", TRIES_ONLY, EID_CARD_BELPIC_1_8, { CARD_18 ("02") },
    NO_ERROR, { EID_PIN_NOT_ASKED, 2, 2 }, NULL, FALSE, FALSE },
  { "tries/18-without-count", TRIES_ONLY, EID_CARD_BELPIC_1_8,
    { { GET_DATA_18, "6A86" }, { GET_DATA, DATA ("18") "9000" }, TRIES ("63C1") },
    NO_ERROR, { EID_PIN_NOT_ASKED, 1, 1 }, NULL, FALSE, FALSE },
  { "tries/blocked", TRIES_ONLY, EID_CARD_BELPIC_1_7, { CARD_17, TRIES ("6983") },
    NO_ERROR, { EID_PIN_NOT_ASKED, 0, 0 }, NULL, FALSE, FALSE },
  { "tries/left-verified", TRIES_ONLY, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("9000"), LOG_OFF, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_NOT_ASKED, 3, 3 }, NULL, FALSE, FALSE },
  /* The same answer to reset as 1.7, and asking would cost a try. */
  { "tries/11", TRIES_ONLY, EID_CARD_BELPIC_1_7, { CARD_11 },
    NO_ERROR, { EID_PIN_NOT_ASKED, -1, -1 }, NULL, FALSE, FALSE },
  { "typed/11", TYPED_LAST, EID_CARD_BELPIC_1_7, { CARD_11 },
    EID_ERROR_UNSUPPORTED_CARD, { 0 }, NULL, FALSE, FALSE },
  { "typed/right", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("9000"), SIGN, LOG_OFF, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_RIGHT, 3, 3 }, "AABBCCDD", FALSE, TRUE },
  { "typed/18", TYPED, EID_CARD_BELPIC_1_8,
    { CARD_18 ("03"), ENVIRONMENT_18, VERIFY ("9000"), { "002A9E9A30" SHA384, "AABB9000" },
      LOG_OFF, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_RIGHT, 3, 3 }, "AABB", FALSE, TRUE },
  { "typed/wrong", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("63C2"), LOG_OFF },
    NO_ERROR, { EID_PIN_WRONG, 3, 2 }, NULL, FALSE, TRUE },
  { "typed/blocked-before", TYPED_LAST, EID_CARD_BELPIC_1_7, { CARD_17, TRIES ("6983") },
    NO_ERROR, { EID_PIN_BLOCKED, 0, 0 }, NULL, FALSE, FALSE },
  { "typed/blocked-before-18", TYPED_LAST, EID_CARD_BELPIC_1_8, { CARD_18 ("00") },
    NO_ERROR, { EID_PIN_BLOCKED, 0, 0 }, NULL, FALSE, FALSE },
  { "typed/last-try", TYPED, EID_CARD_BELPIC_1_7, { CARD_17, TRIES ("63C1") },
    NO_ERROR, { EID_PIN_LAST_TRY, 1, 1 }, NULL, FALSE, FALSE },
  { "typed/last-try-18", TYPED, EID_CARD_BELPIC_1_8, { CARD_18 ("01") },
    NO_ERROR, { EID_PIN_LAST_TRY, 1, 1 }, NULL, FALSE, FALSE },
  { "typed/unknown-tries", TYPED, EID_CARD_BELPIC_1_7, { CARD_17, TRIES ("6D00") },
    NO_ERROR, { EID_PIN_LAST_TRY, -1, -1 }, NULL, FALSE, FALSE },
  { "typed/last-try-accepted", TYPED_LAST, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C1"), ENVIRONMENT, VERIFY ("63C0"), LOG_OFF },
    NO_ERROR, { EID_PIN_BLOCKED, 1, 0 }, NULL, FALSE, TRUE },
  { "typed/blocked-by-6983", TYPED_LAST, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C1"), ENVIRONMENT, VERIFY ("6983"), LOG_OFF },
    NO_ERROR, { EID_PIN_BLOCKED, 1, 0 }, NULL, FALSE, TRUE },
  { "typed/no-environment", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), { "002241B605" "0480088482", "6A80" } },
    NO_ERROR, { EID_PIN_FAILED, 3, 3 }, NULL, FALSE, FALSE },
  { "typed/does-not-sign", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("9000"), { "002A9E9A20" SHA256, "6985" },
      LOG_OFF, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_RIGHT, 3, 3 }, NULL, FALSE, TRUE },
  /* Nothing may send it again, whatever T=0 has for such answers. */
  { "typed/6c", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("6C08"), LOG_OFF, TRIES ("63C2") },
    NO_ERROR, { EID_PIN_FAILED, 3, 2 }, NULL, FALSE, TRUE },
  { "typed/61", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("6102"), LOG_OFF, TRIES ("6D00") },
    NO_ERROR, { EID_PIN_FAILED, 3, -1 }, NULL, FALSE, TRUE },
  { "typed/6f", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("6F00"), LOG_OFF, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_FAILED, 3, 3 }, NULL, FALSE, TRUE },
  { "typed/6f-no-log-off", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("6F00"), { "80E6000000", "6D00" } },
    NO_ERROR, { EID_PIN_FAILED, 3, -1 }, NULL, TRUE, TRUE },
  { "typed/silence", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY (NULL), { "80E6000000", NULL } },
    EID_ERROR_CARD_MUTE, { 0 }, NULL, TRUE, TRUE },
  { "typed/silence-at-signing", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("9000"), { "002A9E9A20" SHA256, NULL },
      LOG_OFF },
    EID_ERROR_CARD_MUTE, { 0 }, NULL, FALSE, TRUE },
  { "typed/no-log-off", TYPED, EID_CARD_BELPIC_1_7,
    { CARD_17, TRIES ("63C3"), ENVIRONMENT, VERIFY ("9000"), SIGN, { "80E6000000", "6D00" } },
    NO_ERROR, { EID_PIN_RIGHT, 3, 3 }, "AABBCCDD", TRUE, TRUE },
  { "chip/18", CHIP_ONLY, EID_CARD_BELPIC_1_8,
    { CARD_18 ("03"), { "0088028132" "9430" SHA384, "6104" }, { "00C0000004", "AABBCCDD9000" } },
    NO_ERROR, { EID_PIN_NOT_ASKED, 3, 3 }, "AABBCCDD", FALSE, FALSE },
  { "chip/refuses", CHIP_ONLY, EID_CARD_BELPIC_1_8,
    { CARD_18 ("03"), { "0088028132" "9430" SHA384, "6A88" } },
    NO_ERROR, { EID_PIN_NOT_ASKED, 3, 3 }, NULL, FALSE, FALSE },
  { "chip/17", CHIP_ONLY, EID_CARD_BELPIC_1_7, { CARD_17, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_NOT_ASKED, 3, 3 }, NULL, FALSE, FALSE },
  { "pad/right", AT_THE_PAD, EID_CARD_BELPIC_1_7,
    { CARD_17, PAD, TRIES ("63C3"), ENVIRONMENT, AT_PAD ("9000"), SIGN, LOG_OFF, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_RIGHT, 3, 3 }, "AABBCCDD", FALSE, TRUE },
  { "pad/wrong", AT_THE_PAD, EID_CARD_BELPIC_1_7,
    { CARD_17, PAD, TRIES ("63C3"), ENVIRONMENT, AT_PAD ("63C2"), LOG_OFF },
    NO_ERROR, { EID_PIN_WRONG, 3, 2 }, NULL, FALSE, TRUE },
  { "pad/timed-out", AT_THE_PAD, EID_CARD_BELPIC_1_7,
    { CARD_17, PAD, TRIES ("63C3"), ENVIRONMENT, AT_PAD ("6400"), LOG_OFF },
    NO_ERROR, { EID_PIN_GIVEN_UP, 3, 3 }, NULL, FALSE, TRUE },
  { "pad/cancelled", AT_THE_PAD, EID_CARD_BELPIC_1_7,
    { CARD_17, PAD, TRIES ("63C3"), ENVIRONMENT, AT_PAD ("6401"), LOG_OFF },
    NO_ERROR, { EID_PIN_GIVEN_UP, 3, 3 }, NULL, FALSE, TRUE },
  { "pad/wrong-length", AT_THE_PAD, EID_CARD_BELPIC_1_7,
    { CARD_17, PAD, TRIES ("63C3"), ENVIRONMENT, AT_PAD ("6403"), LOG_OFF },
    NO_ERROR, { EID_PIN_WRONG_LENGTH, 3, 3 }, NULL, FALSE, TRUE },
  { "pad/fails", AT_THE_PAD, EID_CARD_BELPIC_1_7,
    { CARD_17, PAD, TRIES ("63C3"), ENVIRONMENT, AT_PAD ("6B80"), LOG_OFF, TRIES ("63C3") },
    NO_ERROR, { EID_PIN_FAILED, 3, 3 }, NULL, FALSE, TRUE },
  { "pad/last-try", AT_THE_PAD, EID_CARD_BELPIC_1_7, { CARD_17, PAD, TRIES ("63C1") },
    NO_ERROR, { EID_PIN_LAST_TRY, 1, 1 }, NULL, FALSE, FALSE },
  { "pad/no-status", AT_THE_PAD, EID_CARD_BELPIC_1_7,
    { CARD_17, PAD, TRIES ("63C3"), ENVIRONMENT, AT_PAD ("90"), LOG_OFF },
    EID_ERROR_CARD_MUTE, { 0 }, NULL, FALSE, TRUE },
  { "pad/none", AT_THE_PAD, EID_CARD_BELPIC_1_7, { CARD_17, NO_PAD },
    EID_ERROR_INVALID, { 0 }, NULL, FALSE, FALSE },
  { "pad/no-features", AT_THE_PAD, EID_CARD_BELPIC_1_7, { CARD_17, { "", NULL, FEATURES } },
    EID_ERROR_INVALID, { 0 }, NULL, FALSE, FALSE },
  { "pad/half-a-feature", AT_THE_PAD, EID_CARD_BELPIC_1_7, { CARD_17, { "", "06044233", FEATURES } },
    EID_ERROR_INVALID, { 0 }, NULL, FALSE, FALSE },
};
// clang-format on

static EidPin *
new_pin (void)
{
  EidPin *pin = eid_pin_new (NULL);

  g_assert_nonnull (pin);
  for (guint digit = 1; digit <= 4; digit++)
    eid_pin_add (pin, digit);
  return pin;
}

static void
count_asking (int tries, gpointer data)
{
  guint *count = data;

  g_assert_cmpint (tries, !=, 0);
  (*count)++;
}

static void
assert_signature (const EidProofs *proofs, const Case *this)
{
  const EidProof *proof = this->way == CHIP_ONLY ? proofs->chip_proof : proofs->pin_proof;
  guint8 wanted[EID_ANSWER_MAX];
  gsize size = this->signature != NULL ? from_hex (this->signature, wanted, sizeof wanted) : 0;

  if (this->signature == NULL)
    {
      g_assert_null (proofs->chip_proof);
      g_assert_null (proofs->pin_proof);
      return;
    }
  g_assert_nonnull (proof);
  g_assert_cmpmem (g_bytes_get_data (proof->signature, NULL),
                   g_bytes_get_size (proof->signature),
                   wanted,
                   size);
  g_assert_cmpint (proof->algorithm,
                   ==,
                   this->kind == EID_CARD_BELPIC_1_8 ? EID_PROOF_ECDSA_SHA384
                                                     : EID_PROOF_RSA_SHA256);
}

static void
test_case (gconstpointer data)
{
  const Case *this = data;
  Script script = { { .t0 = TRUE, .transmit = script_transmit }, this->lines, 0 };
  g_autoptr (GBytes) challenge = g_bytes_new_static (CHALLENGE, strlen (CHALLENGE));
  g_autoptr (EidPin) pin = new_pin ();
  const EidProveRequest request = {
    .challenge = this->way != TRIES_ONLY ? challenge : NULL,
    .chip = this->way == CHIP_ONLY,
    .entry = this->way == AT_THE_PAD                         ? EID_PIN_ENTRY_PAD
             : this->way == TYPED || this->way == TYPED_LAST ? EID_PIN_ENTRY_TYPED
                                                             : EID_PIN_ENTRY_NONE,
    .pin = pin,
    .accept_last_try = this->way == TYPED_LAST,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EidProofs) proofs = NULL;
  guint asked = 0;

  if (this->way == AT_THE_PAD)
    script.transport.control = script_control;
  proofs = eid_card_prove (&script.transport, this->kind, &request, count_asking, &asked, &error);

  /* Everything was said that the script has. */
  g_assert_null (this->lines[script.at].command);
  g_assert_cmpuint (asked, ==, this->asked);
  g_assert_cmpint (script.transport.spoiled, ==, this->spoiled);
  if (this->error != NO_ERROR)
    {
      g_assert_error (error, EID_ERROR, this->error);
      g_assert_null (proofs);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (proofs->pin_attempt.outcome, ==, this->attempt.outcome);
  g_assert_cmpint (proofs->pin_attempt.tries_before, ==, this->attempt.tries_before);
  if (!this->spoiled)
    g_assert_cmpint (proofs->pin_attempt.tries_left, ==, this->attempt.tries_left);
  assert_signature (proofs, this);
}

/* --- Beside the table ------------------------------------------------------------------------ */

/* Another card than the one that was read is left alone. */
static void
test_other_card (void)
{
  const Line lines[] = { CARD_17, { NULL, NULL, 0 } };
  Script script = { { .t0 = TRUE, .transmit = script_transmit }, lines, 0 };
  g_autoptr (GBytes) challenge = g_bytes_new_static (CHALLENGE, strlen (CHALLENGE));
  g_autoptr (EidPin) pin = new_pin ();
  g_autoptr (EidFiles) files = eid_files_new ();
  const EidProveRequest request = { .challenge = challenge,
                                    .files = files,
                                    .entry = EID_PIN_ENTRY_TYPED,
                                    .pin = pin };
  g_autoptr (GError) error = NULL;
  guint8 data[28] = { 0xFF };

  eid_files_take (files, EID_FILE_CARD_DATA, data, sizeof data);
  g_assert_null (
      eid_card_prove (&script.transport, EID_CARD_BELPIC_1_7, &request, NULL, NULL, &error));
  g_assert_error (error, EID_ERROR, EID_ERROR_CARD_REMOVED);
  g_assert_cmpuint (eid_pin_get_length (pin), ==, 4);
}

/* Nor is one without a key for the PIN to open. */
static void
test_no_key (void)
{
  const Line lines[] = { CARD_17, TRIES ("63C3"), { NULL, NULL, 0 } };
  Script script = { { .t0 = TRUE, .transmit = script_transmit }, lines, 0 };
  g_autoptr (GBytes) challenge = g_bytes_new_static (CHALLENGE, strlen (CHALLENGE));
  g_autoptr (EidPin) pin = new_pin ();
  g_autoptr (EidFiles) files = eid_files_new ();
  const EidProveRequest request = { .challenge = challenge,
                                    .files = files,
                                    .entry = EID_PIN_ENTRY_TYPED,
                                    .pin = pin };
  g_autoptr (EidProofs) proofs = NULL;
  static const guint8 zeros[2500];

  eid_files_take (files, EID_FILE_AUTHENTICATION_CERTIFICATE, zeros, sizeof zeros);
  proofs = eid_card_prove (&script.transport, EID_CARD_BELPIC_1_7, &request, NULL, NULL, NULL);
  g_assert_cmpint (proofs->pin_attempt.outcome, ==, EID_PIN_NO_KEY);
  g_assert_cmpuint (script.at, ==, 2);
}

static void
withdraw (int tries, gpointer data)
{
  eid_pin_wipe (data);
}

/* A PIN that its owner takes back at the last moment is not sent, nor half of it. */
static void
test_withdrawn (void)
{
  const Line lines[] = { CARD_17, TRIES ("63C3"), ENVIRONMENT, LOG_OFF, { NULL, NULL, 0 } };
  Script script = { { .t0 = TRUE, .transmit = script_transmit }, lines, 0 };
  g_autoptr (GBytes) challenge = g_bytes_new_static (CHALLENGE, strlen (CHALLENGE));
  g_autoptr (EidPin) pin = new_pin ();
  const EidProveRequest request = { .challenge = challenge,
                                    .entry = EID_PIN_ENTRY_TYPED,
                                    .pin = pin };
  g_autoptr (GError) error = NULL;

  g_assert_null (
      eid_card_prove (&script.transport, EID_CARD_BELPIC_1_7, &request, withdraw, pin, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (script.at, ==, 4);
}

int
main (int argc, char *argv[])
{
  /* Readers with a display ask in the language of the program. */
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Proofs and PINs, command by command.");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/eid/prove/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/eid/prove/other-card", test_other_card);
  g_test_add_func ("/eid/prove/no-key", test_no_key);
  g_test_add_func ("/eid/prove/withdrawn", test_withdrawn);
  return g_test_run ();
}
