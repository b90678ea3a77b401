/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-open-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_MOVE_BUTTONS (guichet_move_buttons_get_type ())

/** GuichetMoveButtons: a button for each move that may be made now; they do `request.move`. */
G_DECLARE_FINAL_TYPE (GuichetMoveButtons, guichet_move_buttons, GUICHET, MOVE_BUTTONS, GtkWidget)

/**
 * guichet_move_buttons_show:
 * @open: its moves: the first one is the main act
 * @may_block: whether the request can be marked as blocked
 *
 * A move that waits for a check of identity keeps its button, which says so.
 */
void
guichet_move_buttons_show (GuichetMoveButtons *self, GuichetOpenRequest *open, gboolean may_block);

G_END_DECLS
