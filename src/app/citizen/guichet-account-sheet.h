/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_ACCOUNT_SHEET (guichet_account_sheet_get_type ())

/**
 * GuichetAccountSheet:
 *
 * The account of the person whose card is in the reader: what the card says of them, and how they
 * are reached. It can be opened, changed, and renewed from the card. What was read of the card is
 * forgotten when the card is out, and when the sheet closes; so is all else then, but for what is
 * typed when the session expires: that waits for its clerk, and for the same card.
 *
 * Actions: `account.save`, `account.renew`, `account.again`: what did not go well.
 */
G_DECLARE_FINAL_TYPE (GuichetAccountSheet, guichet_account_sheet, GUICHET, ACCOUNT_SHEET, AdwWindow)

/** guichet_account_sheet_new: reads the card. @parent: has the action `win.toast`. */
GuichetAccountSheet *
guichet_account_sheet_new (GtkWindow *parent, GuichetDesk *desk, GuichetCardSlot *slot);

G_END_DECLS
