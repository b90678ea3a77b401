/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_READER_SIGN (guichet_reader_sign_get_type ())

/**
 * GuichetReaderSign:
 *
 * How the card readers stand, as a quiet button in a header bar; pressed, it says more, and of
 * several cards lets the clerk choose which one is meant.
 */
G_DECLARE_FINAL_TYPE (GuichetReaderSign, guichet_reader_sign, GUICHET, READER_SIGN, AdwBin)

/** guichet_reader_sign_set_slot: once. */
void guichet_reader_sign_set_slot (GuichetReaderSign *self, GuichetCardSlot *slot);

G_END_DECLS
