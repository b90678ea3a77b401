/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

/**
 * guichet_card_sign_in_async:
 * @server: its address, as typed
 * @slot: with an identity card; what is read of it here never comes to the slot
 * @parent: over which the PIN is asked
 *
 * Signs in with the card: asks the server for a challenge, reads the card, has its holder give
 * their PIN and sends what the card answered. Ends if the card is pulled out before that, and in
 * %G_IO_ERROR_CANCELLED where somebody closed the sheet for the PIN. Nothing of the card is kept.
 */
void guichet_card_sign_in_async (GuichetDesk *desk,
                                 const char *server,
                                 GuichetCardSlot *slot,
                                 GtkWindow *parent,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean guichet_card_sign_in_finish (GAsyncResult *result, GError **error);

/** guichet_card_sign_in_words: (transfer full): what went wrong, and what to do. */
char *guichet_card_sign_in_words (const GError *error);

G_END_DECLS
