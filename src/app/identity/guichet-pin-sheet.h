/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "eid-prove.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_PIN_SHEET (guichet_pin_sheet_get_type ())

/**
 * GuichetPinSheet:
 *
 * Has the holder of the card give their PIN: at the reader's own keys, or typed here. Says how
 * many tries there are before and after, and takes the last one only if the clerk says so.
 *
 * Signal `proved` (#EidProofs, lent): the card answered after the PIN; the sheet has closed.
 */
G_DECLARE_FINAL_TYPE (GuichetPinSheet, guichet_pin_sheet, GUICHET, PIN_SHEET, AdwWindow)

/**
 * guichet_pin_sheet_new:
 * @reader: where the card is
 * @files: of the card that was read; another one is left alone
 * @challenge: what it is to sign
 */
GuichetPinSheet *
guichet_pin_sheet_new (GtkWindow *parent, const char *reader, EidFiles *files, GBytes *challenge);

/** guichet_pin_sheet_take_proofs: (transfer full) (nullable): in the signal `proved`. */
EidProofs *guichet_pin_sheet_take_proofs (GuichetPinSheet *self);

G_END_DECLS
