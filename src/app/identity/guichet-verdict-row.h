/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-verdict-words.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_VERDICT_ROW (guichet_verdict_row_get_type ())

/** GuichetVerdictRow: one verdict about a card, and what to do about it. */
G_DECLARE_FINAL_TYPE (GuichetVerdictRow, guichet_verdict_row, GUICHET, VERDICT_ROW, GtkListBoxRow)

/** guichet_verdict_row_new: @of_file: whether the part of the card is named that it is about. */
GtkWidget *guichet_verdict_row_new (const EidVerdict *verdict, gboolean of_file);

G_END_DECLS
