/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readers with keys ("Interoperability Specification for ICCs and Personal Computer Systems",
 * part 10). One control code, the same for all, answers which features there are and by which
 * code each is reached.
 */
#define G_LOG_DOMAIN "eid-pin-pad"

#include "config.h"

#include "eid-pin-pad.h"

#include <reader.h>
#include <string.h>

#include "eid-error.h"
#include "eid-pin-command.h"

/* Each feature: its tag, 4, and the code, big-endian. */
#define FEATURE_SIZE 6
#define FEATURE_VALUE_SIZE 4

/* Bytes count; the PIN begins one byte into the block; left justified; two digits a byte. */
#define FORMAT 0x89
/* The length has four bits; digits and filling have seven bytes. */
#define BLOCK_FORM 0x47
/* Bits count; the length is four bits into the block. */
#define LENGTH_FORM 0x04
#define BY_VALIDATION_KEY 0x02
#define MESSAGES 1
#define SW_SIZE 2

gboolean
eid_pin_pad_find (EidTransport *transport, guint32 *ret_code, GError **error)
{
  guint8 features[EID_ANSWER_MAX];
  gsize size = 0;
  g_autoptr (GError) failure = NULL;

  *ret_code = 0;
  if (transport->control == NULL)
    return TRUE;
  if (!transport->control (transport,
                           CM_IOCTL_GET_FEATURE_REQUEST,
                           NULL,
                           0,
                           features,
                           sizeof features,
                           &size,
                           &failure))
    {
      /* A driver without features may not know the question either. */
      if (g_error_matches (failure, EID_ERROR, EID_ERROR_CARD_MUTE))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (gsize at = 0; at + FEATURE_SIZE <= size && features[at + 1] == FEATURE_VALUE_SIZE;
       at += FEATURE_SIZE)
    if (features[at] == FEATURE_VERIFY_PIN_DIRECT)
      {
        memcpy (ret_code, features + at + 2, FEATURE_VALUE_SIZE);
        *ret_code = GUINT32_FROM_BE (*ret_code);
      }
  return TRUE;
}

/* In which language a reader with a display asks: those of Belgium, or English. */
static guint16
language (void)
{
  static const struct
  {
    const char *name;
    guint16 identifier;
  } languages[] = { { "fr", 0x080C }, { "nl", 0x0813 }, { "de", 0x0407 } };
  const char *name = g_get_language_names ()[0];

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_has_prefix (name, languages[i].name))
      return languages[i].identifier;
  return 0x0409;
}

gboolean
eid_pin_pad_verify (EidTransport *transport, guint32 code, guint16 *ret_sw, GError **error)
{
  /* The block is empty: the reader writes length and digits over it. */
  static const guint8 command[EID_VERIFY_SIZE] = {
    EID_VERIFY_HEAD, EID_PIN_BLOCK_SIZE, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF
  };
  guint8 request[sizeof (PIN_VERIFY_STRUCTURE) + EID_VERIFY_SIZE];
  PIN_VERIFY_STRUCTURE head = { .bTimerOut = EID_PIN_PAD_FIRST_SECONDS,
                                .bTimerOut2 = EID_PIN_PAD_LAST_SECONDS,
                                .bmFormatString = FORMAT,
                                .bmPINBlockString = BLOCK_FORM,
                                .bmPINLengthFormat = LENGTH_FORM,
                                .wPINMaxExtraDigit = EID_PIN_MIN << 8 | EID_PIN_MAX,
                                .bEntryValidationCondition = BY_VALIDATION_KEY,
                                .bNumberMessage = MESSAGES,
                                .wLangId = language (),
                                .ulDataLength = EID_VERIFY_SIZE };
  guint8 answer[EID_ANSWER_MAX];
  gsize size = 0;

  memcpy (request, &head, sizeof head);
  memcpy (request + sizeof head, command, sizeof command);
  if (!transport->control (transport,
                           code,
                           request,
                           sizeof request,
                           answer,
                           sizeof answer,
                           &size,
                           error))
    return FALSE;
  if (size != SW_SIZE)
    {
      g_set_error_literal (error,
                           EID_ERROR,
                           EID_ERROR_CARD_MUTE,
                           "the reader's answer is no status");
      return FALSE;
    }
  *ret_sw = (guint16) (answer[0] << 8 | answer[1]);
  return TRUE;
}
