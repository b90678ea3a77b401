/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The headers of a column view, of which GTK 4.8 gives nothing away: what the mouse does to them,
 * without a mouse.
 */

/** guichet_column_header_move: @step: 1: behind the next column on display; -1: before the one before. */
void guichet_column_header_move (GtkColumnView *view, GtkColumnViewColumn *column, int step);

/** guichet_column_header_widen: @step: 1: a little wider; -1: a little narrower. */
void guichet_column_header_widen (GtkColumnView *view, GtkColumnViewColumn *column, int step);

/** guichet_column_header_name_parts: gives the parts that GTK makes by itself a name in words. */
void guichet_column_header_name_parts (GtkColumnView *view);

G_END_DECLS
