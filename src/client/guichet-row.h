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
/** GuichetRowFunc: reads the line @id and gives it to @row by guichet_row_set(). */
typedef void (*GuichetRowFunc) (GuichetRow *row, guint32 id, gpointer user_data);
/**
 * guichet_row_put_off:
 *
 * It is about another line from now on, which is read when somebody asks for what the row says, or by
 * guichet_row_read().
 */
void guichet_row_put_off (GuichetRow *self, guint32 id, GuichetRowFunc read, gpointer user_data);
/** guichet_row_read: reads what was put off. %FALSE if there was nothing to read. */
gboolean guichet_row_read (GuichetRow *self);
/** guichet_row_is_read: nothing was put off. */
gboolean guichet_row_is_read (GuichetRow *self);
/** guichet_row_keep: it stays about the line that it was about. */
void guichet_row_keep (GuichetRow *self);

const GuichetLine *guichet_row_get_line (GuichetRow *self);
gboolean guichet_row_get_changed (GuichetRow *self);
gboolean guichet_row_get_pending (GuichetRow *self);
guint guichet_row_get_late_days (GuichetRow *self);

G_END_DECLS
