/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_QUEUE_COLUMNS (guichet_queue_columns_get_type ())

/**
 * GuichetQueueColumns:
 *
 * The columns of the queue: what their cells say, which are shown, how wide and in what
 * order they are, and by which one the queue is sorted. The layout is kept in the settings.
 *
 * Properties, notified: `sort` (GuichetSort), `descending`: follow clicks on the headers,
 * and move the arrow when they are set.
 */
G_DECLARE_FINAL_TYPE (GuichetQueueColumns, guichet_queue_columns, GUICHET, QUEUE_COLUMNS, GObject)

/**
 * guichet_queue_columns_new:
 * @view: gets the columns; this object must be disposed before it
 * @desk: catalogue and today, for the words in the cells
 * @settings: where the layout is kept
 */
GuichetQueueColumns *
guichet_queue_columns_new (GtkColumnView *view, GuichetDesk *desk, GSettings *settings);

/**
 * guichet_queue_columns_get_actions: (transfer none):
 *
 * `columns.<name>`, whether a column is shown; `columns.move-left`, `move-right`, `widen` and
 * `narrow` (name).
 */
GActionGroup *guichet_queue_columns_get_actions (GuichetQueueColumns *self);

/** guichet_queue_columns_make_menu: (transfer full): the menu of each header, for who has no mouse. */
GMenuModel *guichet_queue_columns_make_menu (GuichetQueueColumns *self);

G_END_DECLS
