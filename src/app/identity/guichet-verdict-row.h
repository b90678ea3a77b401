/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-verdict-words.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_VERDICT_ROW (guichet_verdict_row_get_type ())

/** GuichetVerdictRow: one verdict about a card, and what to do about it. */
G_DECLARE_FINAL_TYPE (GuichetVerdictRow, guichet_verdict_row, GUICHET, VERDICT_ROW, GtkListBoxRow)

/** guichet_verdict_row_new: @title: of guichet_verdict_words_title() */
GtkWidget *guichet_verdict_row_new (const EidVerdict *verdict, const char *title);

G_END_DECLS
