/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any card: its answers come out of the input, each two bytes of length and then as many; when
 * they are used up it is mute. Whatever was read is then judged.
 */
#include "config.h"

#include "eid-card-files.h"
#include "eid-error.h"
#include "eid-verify.h"
#include "fuzz.h"

#include <string.h>

#define NOON (G_GINT64_CONSTANT (1772362800) * G_USEC_PER_SEC)
/* What a card of all files takes, with room for a bad day. */
#define COMMANDS_MAX 3000

typedef struct
{
  EidTransport transport;
  const uint8_t *data;
  gsize size;
  gsize at;
  guint commands;
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
card_transmit (EidTransport *transport,
               const guint8 *command,
               gsize size,
               guint8 *ret_answer,
               gsize *ret_size,
               GError **error)
{
  Card *self = (Card *) transport;
  gsize length = 0;

  g_assert_cmpuint (size, >=, 4);
  g_assert_cmpuint (++self->commands, <, COMMANDS_MAX);
  if (self->at + 2 <= self->size)
    length = (gsize) self->data[self->at] << 8 | self->data[self->at + 1];
  if (length < 2 || length > EID_ANSWER_MAX || self->at + 2 + length > self->size)
    {
      g_set_error_literal (error, EID_ERROR, EID_ERROR_CARD_MUTE, "the card does not answer");
      return FALSE;
    }
  memcpy (ret_answer, self->data + self->at + 2, length);
  *ret_size = length;
  self->at += 2 + length;
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const EidPolicy policy = { .roots = roots, .moment = NOON };
  Card card = { { .t0 = TRUE, .transmit = card_transmit }, data, size, 0, 0 };
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (EidReport) report = NULL;
  g_autoptr (GError) error = NULL;

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
