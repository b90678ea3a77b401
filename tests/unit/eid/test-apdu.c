/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-apdu.h"
#include "eid-card-files.h"
#include "eid-error.h"

#include <string.h>

/* A conversation: what must be sent, and what comes back, in hexadecimal. */
typedef struct
{
  const char *command;
  const char *answer; /* NULL: the card does not answer */
} Line;

typedef struct
{
  EidTransport transport;
  const Line *lines;
  guint n_lines;
  guint at;
} Script;

static gsize
from_hex (const char *text, guint8 *bytes, gsize size)
{
  gsize n = 0;

  for (; text[0] != '\0'; text += 2)
    {
      while (*text == ' ')
        text++;
      g_assert_cmpuint (n, <, size);
      bytes[n++] = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
    }
  return n;
}

static gboolean
script_transmit (EidTransport *transport,
                 const guint8 *command,
                 gsize size,
                 guint8 *ret_answer,
                 gsize *ret_size,
                 GError **error)
{
  Script *self = (Script *) transport;
  const Line *line = &self->lines[self->at];
  guint8 wanted[EID_ANSWER_MAX + 8];
  gsize wanted_size;

  g_assert_cmpuint (self->at, <, self->n_lines);
  wanted_size = from_hex (line->command, wanted, sizeof wanted);
  g_assert_cmpmem (command, size, wanted, wanted_size);
  self->at++;
  if (line->answer == NULL)
    {
      g_set_error_literal (error, EID_ERROR, EID_ERROR_CARD_MUTE, "nothing");
      return FALSE;
    }
  *ret_size = from_hex (line->answer, ret_answer, EID_ANSWER_MAX);
  return TRUE;
}

#define SCRIPT(protocol_t0, the_lines)                                                           \
  {                                                                                              \
    { .t0 = (protocol_t0), .transmit = script_transmit }, the_lines, G_N_ELEMENTS (the_lines), 0 \
  }

static void
assert_answer (Script *script, const EidApdu *apdu, const char *answer, guint16 wanted_sw)
{
  g_autoptr (GByteArray) found = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 wanted[EID_ANSWER_MAX];
  gsize size = from_hex (answer, wanted, sizeof wanted);
  guint16 sw = 0;

  g_assert_true (eid_apdu_send (&script->transport, apdu, found, &sw, &error));
  g_assert_no_error (error);
  g_assert_cmphex (sw, ==, wanted_sw);
  g_assert_cmpmem (found->data, found->len, wanted, size);
  g_assert_cmpuint (script->at, ==, script->n_lines);
}

static void
test_plain (void)
{
  const Line lines[] = { { "00B0000000", "AABB9000" } };
  const EidApdu read = { 0x00, 0xB0, 0, 0, NULL, 0, 256 };
  Script script = SCRIPT (TRUE, lines);

  assert_answer (&script, &read, "AABB", 0x9000);
}

static void
test_6c (void)
{
  const Line lines[] = { { "00B0000000", "6C02" }, { "00B0000002", "AABB9000" } };
  const EidApdu read = { 0x00, 0xB0, 0, 0, NULL, 0, 256 };
  Script script = SCRIPT (TRUE, lines);

  assert_answer (&script, &read, "AABB", 0x9000);
}

/* A card that says 6Cxx to just xx is not asked for ever. */
static void
test_6c_again (void)
{
  const Line lines[] = { { "00B0000000", "6C02" }, { "00B0000002", "6C02" } };
  const EidApdu read = { 0x00, 0xB0, 0, 0, NULL, 0, 256 };
  Script script = SCRIPT (TRUE, lines);

  assert_answer (&script, &read, "", 0x6C02);
}

/* Data out and data back: two commands under T=0, one under T=1. */
static void
test_case_4 (void)
{
  const guint8 data[] = { 0x94, 0x01, 0x55 };
  const EidApdu apdu = { 0x00, 0x88, 0x02, 0x81, data, sizeof data, 256 };
  const Line t0[] = { { "0088028103 940155", "6103" },
                      { "00C0000003", "AA6102" },
                      { "00C0000002", "BBCC9000" } };
  const Line t1[] = { { "0088028103 940155 00", "AABBCC9000" } };
  Script script_t0 = SCRIPT (TRUE, t0);
  Script script_t1 = SCRIPT (FALSE, t1);

  assert_answer (&script_t0, &apdu, "AABBCC", 0x9000);
  assert_answer (&script_t1, &apdu, "AABBCC", 0x9000);
}

static gboolean
babble (EidTransport *transport,
        const guint8 *command,
        gsize size,
        guint8 *ret_answer,
        gsize *ret_size,
        GError **error)
{
  memset (ret_answer, 0, EID_ANSWER_MAX);
  ret_answer[EID_ANSWER_MAX - 2] = 0x61;
  *ret_size = EID_ANSWER_MAX;
  return TRUE;
}

static void
test_endless (void)
{
  EidTransport transport = { TRUE, 0, babble };
  const EidApdu read = { 0x00, 0xB0, 0, 0, NULL, 0, 256 };
  g_autoptr (GByteArray) found = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint16 sw;

  g_assert_false (eid_apdu_send (&transport, &read, found, &sw, &error));
  g_assert_error (error, EID_ERROR, EID_ERROR_CARD_MUTE);
}

/* More than was asked for is no answer to it, at once or by and by. */
static void
test_too_much (void)
{
  const Line at_once[] = { { "00B0000002", "AABBCC9000" } };
  const Line by_and_by[] = { { "00B0000002", "AA6102" }, { "00C0000002", "BBCC9000" } };
  const EidApdu read = { 0x00, 0xB0, 0, 0, NULL, 0, 2 };
  Script scripts[] = { SCRIPT (TRUE, at_once), SCRIPT (TRUE, by_and_by) };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (GByteArray) found = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      guint16 sw;

      g_assert_false (eid_apdu_send (&scripts[i].transport, &read, found, &sw, &error));
      g_assert_error (error, EID_ERROR, EID_ERROR_CARD_MUTE);
      g_assert_cmpuint (found->len, <=, 2);
      g_assert_cmpuint (scripts[i].at, ==, scripts[i].n_lines);
    }
}

static EidFiles *
read_address (Script *script, GError **error)
{
  g_autoptr (EidFiles) files = eid_files_new ();

  if (!eid_card_read_files (&script->transport,
                            EID_CARD_BELPIC_1_8,
                            EID_FILE_BIT (EID_FILE_ADDRESS),
                            files,
                            NULL,
                            NULL,
                            error))
    return NULL;
  g_assert_cmpuint (script->at, ==, script->n_lines);
  return g_steal_pointer (&files);
}

#define SELECT_ADDRESS "00A4080C04 DF014033"
#define ADDRESS "010141 020142 030143"

/* An address that shows its padding is not read on; one that does not, is to its end. */
static void
test_address_end (void)
{
  const Line shown[] = { { SELECT_ADDRESS, "9000" },
                         { "00B0000075", "6C0B" },
                         { "00B000000B", ADDRESS "0000 9000" } };
  const Line unpadded[] = { { SELECT_ADDRESS, "9000" },
                            { "00B0000075", "6C09" },
                            { "00B0000009", ADDRESS "9000" } };
  Script scripts[] = { SCRIPT (TRUE, shown), SCRIPT (TRUE, unpadded) };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EidFiles) files = read_address (&scripts[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (eid_files_get (files, EID_FILE_ADDRESS)),
                        ==,
                        i == 0 ? 11 : 9);
    }
}

/* A reader that cannot carry 256 bytes may say so after some of them. */
static void
test_small_blocks (void)
{
  const Line lines[] = { { "00A4080C04 DF014031", "9000" },
                         { "00B0000000", "AABB6700" },
                         { "00B00000FC", "0101419000" } };
  static const guint8 wanted[] = { 0x01, 0x01, 0x41 };
  Script script = SCRIPT (TRUE, lines);
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (GError) error = NULL;
  gsize size;
  gconstpointer data;

  g_assert_true (eid_card_read_files (&script.transport,
                                      EID_CARD_BELPIC_1_8,
                                      EID_FILE_BIT (EID_FILE_IDENTITY),
                                      files,
                                      NULL,
                                      NULL,
                                      &error));
  g_assert_no_error (error);
  data = g_bytes_get_data (eid_files_get (files, EID_FILE_IDENTITY), &size);
  g_assert_cmpmem (data, size, wanted, sizeof wanted);
}

static void
test_refusals (void)
{
  const Line missing[] = { { SELECT_ADDRESS, "6A82" }, { "00A4020C02 3F00", "6A82" } };
  const Line closed[] = { { SELECT_ADDRESS, "9000" }, { "00B0000075", "6982" } };
  const Line empty[] = { { SELECT_ADDRESS, "9000" }, { "00B0000075", "6B00" } };
  const Line mute[] = { { SELECT_ADDRESS, "9000" }, { "00B0000075", NULL } };
  const Line reset[] = { { SELECT_ADDRESS, "9000" }, { "00B0000075", "6986" } };
  Script script_missing = SCRIPT (TRUE, missing);
  Script script_closed = SCRIPT (TRUE, closed);
  Script script_empty = SCRIPT (TRUE, empty);
  Script script_mute = SCRIPT (TRUE, mute);
  Script script_reset = SCRIPT (TRUE, reset);
  g_autoptr (EidFiles) files = NULL;
  g_autoptr (GError) error = NULL;

  files = read_address (&script_missing, NULL);
  g_assert_null (eid_files_get (files, EID_FILE_ADDRESS));
  g_assert_null (eid_files_get_failure (files, EID_FILE_ADDRESS));
  eid_files_unref (files);

  files = read_address (&script_closed, NULL);
  g_assert_null (eid_files_get (files, EID_FILE_ADDRESS));
  g_assert_cmpstr (eid_files_get_failure (files, EID_FILE_ADDRESS)->message,
                   ==,
                   "address: at byte 0: the card answers 6982");
  eid_files_unref (files);

  files = read_address (&script_empty, NULL);
  g_assert_cmpuint (g_bytes_get_size (eid_files_get (files, EID_FILE_ADDRESS)), ==, 0);
  g_clear_pointer (&files, eid_files_unref);

  g_assert_null (read_address (&script_mute, &error));
  g_assert_error (error, EID_ERROR, EID_ERROR_CARD_MUTE);
  g_clear_error (&error);
  g_assert_null (read_address (&script_reset, &error));
  g_assert_error (error, EID_ERROR, EID_ERROR_CARD_MUTE);
}

static void
test_kinds (void)
{
  static const guint8 atr[] = { 0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03,
                                0x01, 0x01, 0x01, 0xAD, 0x13, 0x11 };

  g_assert_cmpint (eid_card_kind_of (atr, sizeof atr), ==, EID_CARD_BELPIC_1_7);
  g_assert_cmpint (eid_card_kind_of (atr, sizeof atr - 1), ==, EID_CARD_OTHER);
  g_assert_cmpint (eid_card_kind_of (NULL, 0), ==, EID_CARD_OTHER);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Commands and answers of cards, line by line.");
  g_test_add_func ("/eid/apdu/plain", test_plain);
  g_test_add_func ("/eid/apdu/6c", test_6c);
  g_test_add_func ("/eid/apdu/6c-again", test_6c_again);
  g_test_add_func ("/eid/apdu/case-4", test_case_4);
  g_test_add_func ("/eid/apdu/endless", test_endless);
  g_test_add_func ("/eid/apdu/too-much", test_too_much);
  g_test_add_func ("/eid/card-files/small-blocks", test_small_blocks);
  g_test_add_func ("/eid/card-files/address-end", test_address_end);
  g_test_add_func ("/eid/card-files/refusals", test_refusals);
  g_test_add_func ("/eid/card-kinds", test_kinds);
  return g_test_run ();
}
