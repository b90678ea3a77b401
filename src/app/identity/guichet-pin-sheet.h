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

/**
 * GuichetPinRenew:
 *
 * The card is about to be asked, perhaps long after the sheet was opened: whoever opened it answers
 * with guichet_pin_sheet_go_on(), at once or later.
 */
typedef void (*GuichetPinRenew) (GuichetPinSheet *sheet, gpointer user_data);

/** guichet_pin_sheet_can_ask: whether the card has a key for its PIN to open; those of children have none. */
gboolean guichet_pin_sheet_can_ask (EidFiles *files);

/**
 * guichet_pin_sheet_ask_async:
 * @parent: over which it opens
 * @reader: where the card is
 * @files: of the card that was read; another one is left alone
 * @challenge: what it is to sign
 * @renew: with @user_data, before each PIN that is given
 *
 * Opens the sheet; a wrong PIN can be given again in it. Cancelling closes it.
 */
void guichet_pin_sheet_ask_async (GtkWindow *parent,
                                  GuichetPinUse use,
                                  const char *reader,
                                  EidFiles *files,
                                  GBytes *challenge,
                                  GuichetPinRenew renew,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * guichet_pin_sheet_go_on:
 * @challenge: (nullable): to be signed from now on
 * @error: (nullable) (transfer full): why there is none, in which the sheet ends
 *
 * Asks the card with the PIN that was given; does nothing for a sheet that was closed meanwhile.
 */
void guichet_pin_sheet_go_on (GuichetPinSheet *self, GBytes *challenge, GError *error);

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
