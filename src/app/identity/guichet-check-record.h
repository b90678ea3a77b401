/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

/**
 * guichet_check_record_async:
 * @reference, @version: of the request that the clerk is looking at
 * @slot: with a card that was read
 * @pin_parent: (nullable): have the holder give their PIN, in a sheet over this window
 *
 * Records at the server who the person at the counter is: asks it for a challenge, has the card
 * answer as well as it can, sends what was read and what was answered, and lets the slot judge
 * the card with its answers too. Ends in %G_IO_ERROR_CANCELLED where the clerk closed the sheet, and
 * in an #EidError where the card did not answer and may do so at another try: nothing is recorded.
 */
void guichet_check_record_async (GuichetDesk *desk,
                                 const char *reference,
                                 gint64 version,
                                 GuichetCardSlot *slot,
                                 GtkWindow *pin_parent,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/**
 * guichet_check_record_finish:
 * @ret_tries: (out): how many are left for the PIN, %EID_TRIES_UNKNOWN where it was not asked or the
 *   card does not say
 * @ret_unasked: (out): whether it was recorded without asking the chip to prove itself, since this
 *   card cannot be asked
 */
gboolean guichet_check_record_finish (GAsyncResult *result,
                                      int *ret_tries,
                                      gboolean *ret_unasked,
                                      GError **error);

G_END_DECLS
