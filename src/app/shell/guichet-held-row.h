/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_HELD_ROW (guichet_held_row_get_type ())

/** GuichetHeldRow: an action that was given back: what it was, why, and what to do about it. */
G_DECLARE_FINAL_TYPE (GuichetHeldRow, guichet_held_row, GUICHET, HELD_ROW, GtkListBoxRow)

/** guichet_held_row_new: @held is read here and not kept. */
GtkWidget *guichet_held_row_new (GuichetDesk *desk, const GuichetHeld *held);

G_END_DECLS
