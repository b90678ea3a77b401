/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-desk.h"
#include "guichet-row.h"

G_BEGIN_DECLS

/** What the queue can show of a request. */
typedef enum
{
  GUICHET_CELL_REFERENCE,
  GUICHET_CELL_PROCEDURE,
  GUICHET_CELL_CITIZEN,
  GUICHET_CELL_STAGE,
  GUICHET_CELL_RECEIVED,
  GUICHET_CELL_DUE,
  GUICHET_CELL_ASSIGNEE,
  GUICHET_CELL_DEPARTMENT,
  GUICHET_CELL_CHANNEL,
  GUICHET_CELL_LANGUAGE,
  GUICHET_CELL_CHANGED,
} GuichetCell;
#define GUICHET_N_CELLS 11

/**
 * guichet_queue_cells_factory:
 * @cell: which column
 * @desk: catalogue and today
 *
 * Returns: (transfer full): what fills that column: one light text a cell. The one of
 *   the reference also gives the whole row its spoken name.
 */
GtkListItemFactory *guichet_queue_cells_factory (GuichetCell cell, GuichetDesk *desk);

/** guichet_queue_cells_text: what the cell says. (transfer full) */
char *guichet_queue_cells_text (GuichetCell cell, GuichetRow *row, GuichetDesk *desk);

G_END_DECLS
