/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any card: its answers come out of the input, each two bytes of length and then as many; when
 * they are used up it is mute. Whatever was read is then judged.
 *
 * An input that begins with FF, as no answer does, is a card that must prove itself: a byte says
 * how, and its answers follow. Whatever it says, the PIN goes out once at most, and not where
 * that may be the last try.
 */
#include "config.h"

#include "eid-card-files.h"
#include "eid-card-proof.h"
#include "eid-error.h"
#include "eid-verify.h"
#include "fuzz.h"

#include <string.h>

#define NOON (G_GINT64_CONSTANT (1772362800) * G_USEC_PER_SEC)
/* What a card of all files takes, with room for a bad day. */
#define COMMANDS_MAX 3000

/* The second byte of a proof's input. */
#define PROOF_MARK 0xFF
#define PROOF_18 0x01
#define PROOF_CHIP 0x02
#define PROOF_TYPED 0x04
#define PROOF_PAD 0x08
#define PROOF_LAST_TRY 0x10
#define PROOF_T1 0x20
#define FEATURE_REQUEST 0x42000D48

typedef struct
{
  EidTransport transport;
  const uint8_t *data;
  gsize size;
  gsize at;
  guint commands;
  guint pins; /* how often the PIN went out */
} Card;

static EidRoots *roots;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  roots = eid_roots_new ();
  return 0;
}

static gboolean
next_answer (Card *self,
             gsize least,
             gsize most,
             guint8 *ret_answer,
             gsize *ret_size,
             GError **error)
{
  gsize length = 0;

  g_assert_cmpuint (++self->commands, <, COMMANDS_MAX);
  if (self->at + 2 <= self->size)
    length = (gsize) self->data[self->at] << 8 | self->data[self->at + 1];
  if (length < least || length > most || self->at + 2 + length > self->size)
    {
      g_set_error_literal (error, EID_ERROR, EID_ERROR_CARD_MUTE, "the card does not answer");
      return FALSE;
    }
  memcpy (ret_answer, self->data + self->at + 2, length);
  *ret_size = length;
  self->at += 2 + length;
  return TRUE;
}

static gboolean
card_transmit (EidTransport *transport,
               const guint8 *command,
               gsize size,
               guint8 *ret_answer,
               gsize *ret_size,
               GError **error)
{
  Card *self = (Card *) transport;

  g_assert_cmpuint (size, >=, 4);
  if (size == 13 && command[1] == 0x20)
    self->pins++;
  return next_answer (self, 2, EID_ANSWER_MAX, ret_answer, ret_size, error);
}

static gboolean
card_control (EidTransport *transport,
              guint32 code,
              const guint8 *command,
              gsize size,
              guint8 *ret_answer,
              gsize room,
              gsize *ret_size,
              GError **error)
{
  Card *self = (Card *) transport;

  if (code != FEATURE_REQUEST)
    self->pins++;
  return next_answer (self, 0, room, ret_answer, ret_size, error);
}

static void
forget_asking (int tries, gpointer data)
{
  int *ret_tries = data;

  *ret_tries = tries;
}

static void
prove (guint how, const uint8_t *data, gsize size)
{
  Card card = { .transport = { .t0 = (how & PROOF_T1) == 0,
                               .transmit = card_transmit,
                               .control = card_control },
                .data = data,
                .size = size };
  g_autoptr (GBytes) challenge = g_bytes_new_static ("a challenge", 11);
  g_autoptr (EidPin) pin = eid_pin_new (NULL);
  const EidProveRequest request = { .challenge = challenge,
                                    .chip = (how & PROOF_CHIP) != 0,
                                    .entry = how & PROOF_TYPED ? EID_PIN_ENTRY_TYPED
                                             : how & PROOF_PAD ? EID_PIN_ENTRY_PAD
                                                               : EID_PIN_ENTRY_NONE,
                                    .pin = pin,
                                    .accept_last_try = (how & PROOF_LAST_TRY) != 0 };
  g_autoptr (EidProofs) proofs = NULL;
  g_autoptr (GError) error = NULL;
  int tries = 3;

  for (guint digit = 1; digit <= 4; digit++)
    g_assert_true (eid_pin_add (pin, digit));
  proofs = eid_card_prove (&card.transport,
                           how & PROOF_18 ? EID_CARD_BELPIC_1_8 : EID_CARD_BELPIC_1_7,
                           &request,
                           forget_asking,
                           &tries,
                           &error);

  g_assert_true ((proofs == NULL) == (error != NULL));
  g_assert_cmpuint (card.pins, <=, request.entry != EID_PIN_ENTRY_NONE);
  g_assert_true (card.pins == 0 || tries > 1 || request.accept_last_try);
  g_assert_true (proofs == NULL || proofs->pin_proof == NULL || card.pins == 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const EidPolicy policy = { .roots = roots, .moment = NOON };
  Card card = { .transport = { .t0 = TRUE, .transmit = card_transmit },
                .data = data,
                .size = size };
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (EidReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (size >= 2 && data[0] == PROOF_MARK)
    {
      prove (data[1], data + 2, size - 2);
      return 0;
    }
  if (!eid_card_read_files (&card.transport,
                            size % 2 == 0 ? EID_CARD_BELPIC_1_8 : EID_CARD_OTHER,
                            EID_FILES_ALL,
                            files,
                            NULL,
                            NULL,
                            &error))
    g_assert_true (g_error_matches (error, EID_ERROR, EID_ERROR_CARD_MUTE) ||
                   g_error_matches (error, EID_ERROR, EID_ERROR_UNSUPPORTED_CARD));

  /* No chain of the state can come out of a fuzzer. */
  report = eid_verify (files, &policy, NULL);
  g_assert_null (eid_report_find (report, EID_VERDICT_GENUINE));
  return 0;
}
