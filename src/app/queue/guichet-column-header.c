/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The headers of a column view.
 */
#define G_LOG_DOMAIN "guichet-column-header"

#include "config.h"

#include "guichet-column-header.h"

#include <glib/gi18n.h>

/* Pixels: what a step of width is, and what no column is narrower than. */
#define STEP 24
#define WIDTH_MIN 48

static int
position_of (GListModel *list, GtkColumnViewColumn *column)
{
  const int n_columns = (int) g_list_model_get_n_items (list);

  for (int i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) other = g_list_model_get_item (list, (guint) i);

      if (other == column)
        return i;
    }
  return -1;
}

static gboolean
is_on_display (GListModel *list, int position)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, (guint) position);

  return gtk_column_view_column_get_visible (column);
}

void
guichet_column_header_move (GtkColumnView *view, GtkColumnViewColumn *column, int step)
{
  GListModel *list;
  int position, n_columns;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (step == 1 || step == -1);

  list = gtk_column_view_get_columns (view);
  n_columns = (int) g_list_model_get_n_items (list);
  position = position_of (list, column);
  g_return_if_fail (position >= 0);

  do
    position += step;
  while (position >= 0 && position < n_columns && !is_on_display (list, position));
  if (position >= 0 && position < n_columns)
    gtk_column_view_insert_column (view, (guint) position, column);
}

/* The titles are in the order of the columns, those that are away included. */
static GtkWidget *
title_of (GtkColumnView *view, GtkColumnViewColumn *column)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = gtk_widget_get_first_child (header);

  for (int i = position_of (gtk_column_view_get_columns (view), column); i > 0 && title != NULL;
       i--)
    title = gtk_widget_get_next_sibling (title);
  return title;
}

void
guichet_column_header_widen (GtkColumnView *view, GtkColumnViewColumn *column, int step)
{
  int width;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (step == 1 || step == -1);

  if (!gtk_column_view_column_get_visible (column))
    return;
  width = gtk_column_view_column_get_fixed_width (column);
  /* It has its share of the room. */
  if (width < 0)
    width = gtk_widget_get_width (title_of (view, column));
  gtk_column_view_column_set_fixed_width (column, MAX (width + step * STEP, WIDTH_MIN));
}

static void
name_part (GtkWidget *part, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The header row, then the list. Only the titles of columns on display are named; the icon
 * that shows the direction says nothing that the menu does not say in words. */
void
guichet_column_header_name_parts (GtkColumnView *view)
{
  GListModel *list;
  GtkWidget *header, *title;
  guint position = 0;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  list = gtk_column_view_get_columns (view);
  header = gtk_widget_get_first_child (GTK_WIDGET (view));
  name_part (header, _ ("Columns"));
  name_part (gtk_widget_get_last_child (GTK_WIDGET (view)), _ ("Requests"));
  for (title = gtk_widget_get_first_child (header); title != NULL;
       title = gtk_widget_get_next_sibling (title), position++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, position);
      GtkWidget *inside = gtk_widget_get_first_child (title);

      if (column == NULL)
        break;
      name_part (title, gtk_column_view_column_get_title (column));
      inside = inside != NULL ? gtk_widget_get_last_child (inside) : NULL;
      if (inside != NULL && !GTK_IS_LABEL (inside))
        gtk_accessible_update_state (GTK_ACCESSIBLE (inside),
                                     GTK_ACCESSIBLE_STATE_HIDDEN,
                                     TRUE,
                                     -1);
    }
}
