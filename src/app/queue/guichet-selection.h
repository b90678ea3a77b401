/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-row.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_SELECTION (guichet_selection_get_type ())

/**
 * GuichetSelection:
 *
 * A #GtkSelectionModel with one selected #GuichetRow that stays with its request when the
 * list below it changes. GtkSingleSelection would read every row of a new list to find the
 * old one again, and would not know it in its new revision.
 *
 * Property `selected` (position, notified): GTK_INVALID_LIST_POSITION in an empty list.
 */
G_DECLARE_FINAL_TYPE (GuichetSelection, guichet_selection, GUICHET, SELECTION, GObject)

GuichetSelection *guichet_selection_new (void);

/** guichet_selection_set_model: @model: (nullable): a list of #GuichetRow. */
void guichet_selection_set_model (GuichetSelection *self, GListModel *model);

/** guichet_selection_reset: forgets the request: the next list begins at its first row. */
void guichet_selection_reset (GuichetSelection *self);

guint guichet_selection_get_selected (GuichetSelection *self);
void guichet_selection_set_selected (GuichetSelection *self, guint position);

/** guichet_selection_get_row: (transfer full) (nullable): the selected row; %NULL if it is about no request (any more). */
GuichetRow *guichet_selection_get_row (GuichetSelection *self);

/** guichet_selection_find: position of a request, or GTK_INVALID_LIST_POSITION. */
guint guichet_selection_find (GuichetSelection *self, const char *reference);

G_END_DECLS
