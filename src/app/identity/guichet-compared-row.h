/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-comparison-words.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_COMPARED_ROW (guichet_compared_row_get_type ())

/** GuichetComparedRow: what card and request say of one thing, side by side. */
G_DECLARE_FINAL_TYPE (GuichetComparedRow,
                      guichet_compared_row,
                      GUICHET,
                      COMPARED_ROW,
                      GtkListBoxRow)

/**
 * guichet_compared_row_new:
 * @card, @request: (nullable): what each says
 * @titles: of the first column, which is as wide as the longest of them
 */
GtkWidget *guichet_compared_row_new (GuichetComparedField field,
                                     GuichetLikeness likeness,
                                     const char *card,
                                     const char *request,
                                     GtkSizeGroup *titles);

G_END_DECLS
