/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-pin.h"

G_BEGIN_DECLS

/* The command that holds a PIN: VERIFY, its head and a block of eight bytes. */
#define EID_VERIFY_HEAD 0x00, 0x20, 0x00, 0x01
#define EID_VERIFY_SIZE 13
#define EID_PIN_BLOCK_SIZE 8

/**
 * eid_pin_begin:
 * @ret_command: (out): %EID_VERIFY_SIZE bytes, where the digits are; until eid_pin_end()
 *
 * For the thread that sends it. %FALSE if it was wiped, or has too few digits.
 */
gboolean eid_pin_begin (EidPin *self, const guint8 **ret_command);

/** eid_pin_end: it was sent, and is wiped. */
void eid_pin_end (EidPin *self);

G_END_DECLS
