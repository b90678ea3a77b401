/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-enums.h"
#include "guichet-view.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_VIEW_ROW (guichet_view_row_get_type ())

/** GuichetViewRow: a view of the queue in the side bar, with how many requests it holds. */
G_DECLARE_FINAL_TYPE (GuichetViewRow, guichet_view_row, GUICHET, VIEW_ROW, GtkListBoxRow)

/** guichet_view_row_new: @department: NONE for all of the clerk's. */
GtkWidget *guichet_view_row_new (GuichetView view, GuichetDepartment department);

GuichetView guichet_view_row_get_view (GuichetViewRow *self);
GuichetDepartment guichet_view_row_get_department (GuichetViewRow *self);

/** guichet_view_row_set_count: @count: -1 while not known. */
void guichet_view_row_set_count (GuichetViewRow *self, gint64 count);

G_END_DECLS
