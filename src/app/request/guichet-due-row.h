/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-deadline.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_DUE_ROW (guichet_due_row_get_type ())

/** GuichetDueRow: one date of a request, and on demand the reasons that lead to it. */
G_DECLARE_FINAL_TYPE (GuichetDueRow, guichet_due_row, GUICHET, DUE_ROW, GtkListBoxRow)

/** guichet_due_row_show: @due: (nullable): %NULL to hide the row, as when there is no such term. */
void guichet_due_row_show (GuichetDueRow *self,
                           const GuichetDue *due,
                           GuichetTermKind kind,
                           gboolean met,
                           GuichetDay today);

/** guichet_due_row_toggle: shows or hides the reasons. */
void guichet_due_row_toggle (GuichetDueRow *self);

G_END_DECLS
