/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "eid-pin.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_PIN_ENTRY (guichet_pin_entry_get_type ())

/**
 * GuichetPinEntry:
 *
 * Where a PIN is typed for a reader without keys of its own. Each digit goes from the key event
 * straight into an #EidPin: there is no text of it, none for the accessibility bus, for an
 * input method or for the clipboard, and it is wiped with the widget. What it shows, and tells
 * a screen reader, is how many digits there are.
 *
 * Signal `changed`: another number of digits. Signal `activate`: Enter.
 */
G_DECLARE_FINAL_TYPE (GuichetPinEntry, guichet_pin_entry, GUICHET, PIN_ENTRY, GtkWidget)

/** guichet_pin_entry_is_complete: whether there are as many digits as a PIN has. */
gboolean guichet_pin_entry_is_complete (GuichetPinEntry *self);

/**
 * guichet_pin_entry_take:
 *
 * Returns: (transfer full) (nullable): the PIN that was typed; the entry is empty afterwards
 */
EidPin *guichet_pin_entry_take (GuichetPinEntry *self);

/** guichet_pin_entry_clear: wipes what was typed. */
void guichet_pin_entry_clear (GuichetPinEntry *self);

G_END_DECLS
