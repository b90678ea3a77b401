/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "eid-prove.h"

G_BEGIN_DECLS

/**
 * GuichetPinUse:
 * @GUICHET_PIN_FOR_CHECK: the person at the counter gives it; the last try is taken if the clerk
 *   says so
 * @GUICHET_PIN_FOR_SIGN_IN: whoever sits here gives their own; a try that could block the card is
 *   not taken, since there is a password too
 */
typedef enum
{
  GUICHET_PIN_FOR_CHECK,
  GUICHET_PIN_FOR_SIGN_IN,
} GuichetPinUse;

#define GUICHET_TYPE_PIN_SHEET (guichet_pin_sheet_get_type ())

/**
 * GuichetPinSheet:
 *
 * Has the holder of the card give their PIN: at the reader's own keys, or typed here. Says how
 * many tries there are before and after.
 */
G_DECLARE_FINAL_TYPE (GuichetPinSheet, guichet_pin_sheet, GUICHET, PIN_SHEET, AdwWindow)

/** guichet_pin_sheet_can_ask: whether the card has a key for its PIN to open; those of children have none. */
gboolean guichet_pin_sheet_can_ask (EidFiles *files);

/**
 * guichet_pin_sheet_ask_async:
 * @parent: over which it opens
 * @reader: where the card is
 * @files: of the card that was read; another one is left alone
 * @challenge: what it is to sign
 *
 * Opens the sheet; a wrong PIN can be given again in it. Cancelling closes it.
 */
void guichet_pin_sheet_ask_async (GtkWindow *parent,
                                  GuichetPinUse use,
                                  const char *reader,
                                  EidFiles *files,
                                  GBytes *challenge,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * guichet_pin_sheet_ask_finish:
 *
 * Ends in %G_IO_ERROR_CANCELLED where somebody closed the sheet, and in an #EidError where the
 * card could not be asked.
 *
 * Returns: (transfer full) (nullable): what the card answered after the PIN
 */
EidProofs *guichet_pin_sheet_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
