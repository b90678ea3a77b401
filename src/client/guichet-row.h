/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "guichet-line.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_ROW (guichet_row_get_type ())

/**
 * GuichetRow:
 *
 * A queue line as a list shows it. When another list takes the place of the one that is shown, a
 * row may get another line: whoever shows it listens to `notify::line`, which comes when all that
 * the row says is so. Properties (read-only): `line` (boxed), `reference`, `changed` (something happened since this clerk
 * looked), `pending` (a command of theirs is not confirmed yet), `late-days` (0 when not
 * late).
 */
G_DECLARE_FINAL_TYPE (GuichetRow, guichet_row, GUICHET, ROW, GObject)

#define GUICHET_TYPE_LINE (guichet_line_get_type ())
GType guichet_line_get_type (void); /* boxed */

GuichetRow *
guichet_row_new (GuichetLine *line, gboolean changed, gboolean pending, guint late_days);
/** guichet_row_set: it is about another line now. */
void guichet_row_set (GuichetRow *self,
                      GuichetLine *line,
                      gboolean changed,
                      gboolean pending,
                      guint late_days);
const GuichetLine *guichet_row_get_line (GuichetRow *self);
gboolean guichet_row_get_changed (GuichetRow *self);
gboolean guichet_row_get_pending (GuichetRow *self);
guint guichet_row_get_late_days (GuichetRow *self);

G_END_DECLS
