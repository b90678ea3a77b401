/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-transport.h"

G_BEGIN_DECLS

/* How long a reader waits for the first key, and then for the last. */
#define EID_PIN_PAD_FIRST_SECONDS 30
#define EID_PIN_PAD_LAST_SECONDS 15

/* Status words by which a reader, not the card, ends a PIN entry (PC/SC part 10, 2.5.2). */
#define EID_SW_PAD_TIMED_OUT 0x6400
#define EID_SW_PAD_CANCELLED 0x6401
#define EID_SW_PAD_WRONG_LENGTH 0x6403

/**
 * eid_pin_pad_find:
 * @ret_code: (out): the control code by which this reader verifies a PIN itself; 0 if it has
 *   no keys
 *
 * Asks the reader, not the card. %FALSE if it cannot be reached.
 */
gboolean eid_pin_pad_find (EidTransport *transport, guint32 *ret_code, GError **error);

/**
 * eid_pin_pad_verify:
 * @code: of eid_pin_pad_find()
 *
 * Lets the person type the PIN at the reader, which puts it into VERIFY and sends that itself:
 * nothing of it comes to this computer. Blocks until they have.
 */
gboolean
eid_pin_pad_verify (EidTransport *transport, guint32 code, guint16 *ret_sw, GError **error);

G_END_DECLS
