/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-transport.h"

G_BEGIN_DECLS

/* EID_NO_ANSWER: a command that wants no data back. */
#define EID_NO_ANSWER (-1)

#define EID_SW_OK 0x9000

/* A command of ISO 7816-4 in its short form. */
typedef struct
{
  guint8 class;
  guint8 instruction;
  guint8 p1;
  guint8 p2;
  const guint8 *data; /* (nullable) */
  gsize size;         /* at most 255 */
  int wanted;         /* bytes of answer, 1 to 256; EID_NO_ANSWER */
} EidApdu;

/**
 * eid_apdu_send:
 * @answer: what came back is appended, without the status word
 * @ret_sw: (out): the last status word, after 61xx and 6Cxx were followed
 *
 * Sends a command and collects its whole answer, which is never longer than what was asked for,
 * or than the card says in 6Cxx. %FALSE only if the card cannot be reached or is out of step; what
 * the card thinks of the command is @ret_sw.
 */
gboolean eid_apdu_send (EidTransport *transport,
                        const EidApdu *apdu,
                        GByteArray *answer,
                        guint16 *ret_sw,
                        GError **error);

G_END_DECLS
