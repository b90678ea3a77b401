/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Commands and answers of ISO 7816-4 (§5.1), with what T=0 makes of them (ISO 7816-3 §12):
 * 61xx says that xx bytes wait for GET RESPONSE, 6Cxx that the command must come again and ask
 * for just xx bytes. A card may say the one or the other under T=1 as well.
 */
#define G_LOG_DOMAIN "eid-apdu"

#include "config.h"

#include "eid-apdu.h"

#include <string.h>

#include "eid-error.h"

#define COMMAND_MAX (5 + 255 + 1)
#define GET_RESPONSE 0xC0
/* A card that always has more to say is out of order. */
#define ANSWER_MAX 65536
#define ROUNDS_MAX 300

static gsize
encode (const EidTransport *transport, const EidApdu *apdu, guint8 command[COMMAND_MAX])
{
  gsize size = 4;

  command[0] = apdu->class;
  command[1] = apdu->instruction;
  command[2] = apdu->p1;
  command[3] = apdu->p2;
  if (apdu->size > 0)
    {
      command[size++] = (guint8) apdu->size;
      memcpy (command + size, apdu->data, apdu->size);
      size += apdu->size;
    }
  /* 256 is written 0. */
  if (apdu->wanted != EID_NO_ANSWER && (apdu->size == 0 || !transport->t0))
    command[size++] = (guint8) apdu->wanted;
  else if (apdu->size == 0 && transport->t0)
    command[size++] = 0;
  return size;
}

static gboolean
exchange (EidTransport *transport,
          const EidApdu *apdu,
          guint room,
          GByteArray *answer,
          guint16 *ret_sw,
          GError **error)
{
  guint8 command[COMMAND_MAX];
  guint8 raw[EID_ANSWER_MAX];
  gsize size = encode (transport, apdu, command);
  gsize raw_size = 0;
  gboolean sent = transport->transmit (transport, command, size, raw, &raw_size, error);
  gboolean fits;

  explicit_bzero (command, sizeof command);
  if (!sent)
    return FALSE;
  g_assert (raw_size >= 2 && raw_size <= sizeof raw);

  fits = raw_size - 2 <= room;
  if (fits)
    g_byte_array_append (answer, raw, (guint) raw_size - 2);
  *ret_sw = (guint16) (raw[raw_size - 2] << 8 | raw[raw_size - 1]);
  explicit_bzero (raw, sizeof raw);
  if (!fits)
    g_set_error_literal (error,
                         EID_ERROR,
                         EID_ERROR_CARD_MUTE,
                         "the card answers more than it was asked for");
  return fits;
}

static int
count_in (guint16 sw)
{
  return (sw & 0xFF) == 0 ? 256 : sw & 0xFF;
}

gboolean
eid_apdu_send (EidTransport *transport,
               const EidApdu *apdu,
               GByteArray *answer,
               guint16 *ret_sw,
               GError **error)
{
  EidApdu next = *apdu;
  guint start = answer->len;
  guint limit = apdu->wanted == EID_NO_ANSWER ? ANSWER_MAX : (guint) apdu->wanted;

  g_return_val_if_fail (apdu->size <= 255, FALSE);

  for (guint round = 0; round < ROUNDS_MAX; round++)
    {
      if (!exchange (transport, &next, limit - (answer->len - start), answer, ret_sw, error))
        return FALSE;

      if (*ret_sw >> 8 == 0x61)
        next = (EidApdu){ 0x00, GET_RESPONSE, 0, 0, NULL, 0, count_in (*ret_sw) };
      else if (*ret_sw >> 8 == 0x6C && next.wanted != count_in (*ret_sw))
        {
          next.wanted = count_in (*ret_sw);
          limit = MAX (limit, (guint) next.wanted);
          if (transport->settle > 0)
            g_usleep (transport->settle * 1000);
        }
      else
        return TRUE;
    }
  g_set_error_literal (error, EID_ERROR, EID_ERROR_CARD_MUTE, "the card never ends its answer");
  return FALSE;
}
