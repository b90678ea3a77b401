/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the cells of the queue say. A column view makes some two hundred rows at once, so
 * that a cell is one text and nothing else.
 */
#define G_LOG_DOMAIN "guichet-queue-cells"

#include "config.h"

#include "guichet-queue-cells.h"
#include "guichet-date-words.h"
#include "guichet-enum-words.h"
#include "guichet-event-words.h"
#include "guichet-line-words.h"

#include <glib/gi18n.h>

/* Marks behind a reference; the row's name says the same in words. */
#define MARK_CHANGED "●"
#define MARK_PENDING "↑"

typedef struct
{
  GuichetCell cell;
  GuichetDesk *desk; /* (owned) */
} CellFactory;

typedef struct
{
  CellFactory *factory; /* (borrowed): outlives its cells */
  GtkWidget *text;      /* (borrowed): the child of the list item */
  GuichetRow *row;      /* (owned) (nullable): what it is about */
  gboolean stale;       /* it does not say so yet */
} Cell;

static void
cell_factory_free (gpointer data, GClosure *closure)
{
  CellFactory *self = data;

  g_object_unref (self->desk);
  g_free (self);
}

static char *
reference_text (GuichetRow *row)
{
  return g_strconcat (guichet_row_get_line (row)->reference,
                      guichet_row_get_changed (row) ? " " MARK_CHANGED : "",
                      guichet_row_get_pending (row) ? " " MARK_PENDING : "",
                      NULL);
}

static char *
due_text (GuichetRow *row, GuichetDesk *desk)
{
  const GuichetLine *line = guichet_row_get_line (row);
  const GuichetDay today = guichet_desk_today (desk);
  const guint late_days = guichet_row_get_late_days (row);
  g_autofree char *due = guichet_line_words_due (line, today, late_days);
  g_autofree char *day = NULL;

  if (line->due == GUICHET_DAY_NONE || line->stopped)
    return g_steal_pointer (&due);
  day = guichet_date_words_short (line->due, today);
  return g_strdup_printf ("%s · %s", due, day);
}

static char *
received_text (const GuichetLine *line, GuichetDesk *desk)
{
  return guichet_date_words_short (guichet_day_of_instant (line->received,
                                                           guichet_desk_get_zone (desk)),
                                   guichet_desk_today (desk));
}

static char *
stage_text (const GuichetLine *line, GuichetDesk *desk)
{
  g_autofree char *stage = guichet_line_words_stage (line, guichet_desk_get_catalogue (desk));

  if (!line->delivery_failed)
    return g_steal_pointer (&stage);
  /* Translators: %s is a stage: "Issued · e-mail not delivered". */
  return g_strdup_printf (_ ("%s · e-mail not delivered"), stage);
}

static char *
changed_text (const GuichetLine *line, GuichetDesk *desk)
{
  return guichet_date_words_moment (line->last_instant,
                                    guichet_desk_get_zone (desk),
                                    guichet_desk_today (desk));
}

char *
guichet_queue_cells_text (GuichetCell cell, GuichetRow *row, GuichetDesk *desk)
{
  const GuichetLine *line = guichet_row_get_line (row);

  switch (cell)
    {
    case GUICHET_CELL_REFERENCE:
      return reference_text (row);
    case GUICHET_CELL_PROCEDURE:
      return g_strdup (guichet_line_words_procedure (line, guichet_desk_get_catalogue (desk)));
    case GUICHET_CELL_CITIZEN:
      return g_strdup (line->citizen);
    case GUICHET_CELL_STAGE:
      return stage_text (line, desk);
    case GUICHET_CELL_RECEIVED:
      return received_text (line, desk);
    case GUICHET_CELL_DUE:
      return due_text (row, desk);
    case GUICHET_CELL_ASSIGNEE:
      return g_strdup (guichet_line_words_assignee (line));
    case GUICHET_CELL_DEPARTMENT:
      return g_strdup (guichet_enum_words_department (line->department));
    case GUICHET_CELL_CHANNEL:
      return g_strdup (guichet_enum_words_channel (line->channel));
    case GUICHET_CELL_LANGUAGE:
      return g_strdup (guichet_enum_words_language (line->language));
    case GUICHET_CELL_CHANGED:
      return changed_text (line, desk);
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
set_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
style_cell (GtkWidget *text, GuichetCell cell, GuichetRow *row, GuichetDesk *desk)
{
  if (cell == GUICHET_CELL_REFERENCE || cell == GUICHET_CELL_CITIZEN)
    set_class (text, "changed", guichet_row_get_changed (row));
  if (cell == GUICHET_CELL_DUE)
    {
      const GuichetUrgency urgency = guichet_line_words_urgency (guichet_row_get_line (row),
                                                                 guichet_desk_today (desk),
                                                                 guichet_row_get_late_days (row));

      set_class (text, "late", urgency == GUICHET_URGENCY_LATE);
      set_class (text, "soon", urgency == GUICHET_URGENCY_SOON);
      set_class (text, "dim-label", urgency == GUICHET_URGENCY_STOPPED);
    }
}

/* GTK 4.8 cannot be told what a row is called, so it is told to the widget around the cells. */
static void
name_row (GtkWidget *cell, GuichetRow *row, GuichetDesk *desk)
{
  GtkWidget *row_widget = gtk_widget_get_parent (cell);
  g_autofree char *spoken = guichet_line_words_spoken (guichet_row_get_line (row),
                                                       guichet_desk_get_catalogue (desk),
                                                       guichet_desk_today (desk),
                                                       guichet_row_get_late_days (row),
                                                       guichet_row_get_changed (row),
                                                       guichet_row_get_pending (row));

  if (row_widget != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row_widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    spoken,
                                    -1);
}

static void
show (Cell *cell)
{
  GtkWidget *widget = gtk_widget_get_parent (cell->text);
  GuichetDesk *desk = cell->factory->desk;
  g_autofree char *said = guichet_queue_cells_text (cell->factory->cell, cell->row, desk);

  cell->stale = FALSE;
  gtk_inscription_set_text (GTK_INSCRIPTION (cell->text), said);
  style_cell (cell->text, cell->factory->cell, cell->row, desk);
  if (widget == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  if (cell->factory->cell == GUICHET_CELL_REFERENCE)
    name_row (widget, cell->row, desk);
}

/* A row is read when it comes on the screen, if that is before its turn; it says so itself. */
static void
show_if_stale (Cell *cell)
{
  if (cell->row != NULL)
    guichet_row_read (cell->row);
  if (cell->stale)
    show (cell);
}

static void
set_row (Cell *cell, GuichetRow *row)
{
  if (cell->row != NULL)
    g_signal_handlers_disconnect_by_func (cell->row, show, cell);
  g_set_object (&cell->row, row);
  cell->stale = row != NULL;
  if (row != NULL)
    g_signal_connect_swapped (row, "notify::line", G_CALLBACK (show), cell);
}

static void
cell_free (Cell *cell)
{
  set_row (cell, NULL);
  g_free (cell);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellFactory *self)
{
  GtkWidget *text = gtk_inscription_new (NULL);
  Cell *cell = g_new0 (Cell, 1);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 0);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  if (self->cell == GUICHET_CELL_REFERENCE || self->cell == GUICHET_CELL_DUE ||
      self->cell == GUICHET_CELL_RECEIVED)
    gtk_widget_add_css_class (text, "numeric");
  cell->factory = self;
  cell->text = text;
  g_signal_connect_swapped (text, "map", G_CALLBACK (show_if_stale), cell);
  gtk_list_item_set_child (item, text);
  g_object_set_data_full (G_OBJECT (item), "cell", cell, (GDestroyNotify) cell_free);
}

/* GTK binds anew what is where it was, and two hundred rows of which some twenty are on the screen:
 * these have what they say when they come there, and the others when they are read. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellFactory *self)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "cell");
  GuichetRow *row = gtk_list_item_get_item (item);

  if (row != cell->row)
    set_row (cell, row);
  if (gtk_widget_get_mapped (cell->text) || guichet_row_is_read (row))
    show_if_stale (cell);
}

static void
teardown_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellFactory *self)
{
  g_object_set_data (G_OBJECT (item), "cell", NULL);
}

GtkListItemFactory *
guichet_queue_cells_factory (GuichetCell cell, GuichetDesk *desk)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellFactory *self = g_new0 (CellFactory, 1);

  self->cell = cell;
  self->desk = g_object_ref (desk);
  g_signal_connect_data (factory,
                         "setup",
                         G_CALLBACK (setup_cb),
                         self,
                         cell_factory_free,
                         G_CONNECT_DEFAULT);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), self);
  return factory;
}
