/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The actions that the server gave back.
 */
#define G_LOG_DOMAIN "guichet-held-sheet"

#include "config.h"

#include "guichet-held-sheet.h"
#include "guichet-front.h"
#include "guichet-held-row.h"

struct _GuichetHeldSheet
{
  AdwWindow parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  /* Template widgets */
  GtkStack *states;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (GuichetHeldSheet, guichet_held_sheet, ADW_TYPE_WINDOW)

static void
held_changed_cb (GuichetHeldSheet *self)
{
  GPtrArray *held = guichet_desk_get_held (self->desk);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < held->len; i++)
    gtk_list_box_append (self->list,
                         guichet_held_row_new (self->desk, g_ptr_array_index (held, i)));
  gtk_stack_set_visible_child_name (self->states, held->len > 0 ? "list" : "empty");
}

static void
guichet_held_sheet_dispose (GObject *object)
{
  GuichetHeldSheet *self = GUICHET_HELD_SHEET (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_HELD_SHEET);

  G_OBJECT_CLASS (guichet_held_sheet_parent_class)->dispose (object);
}

static void
guichet_held_sheet_class_init (GuichetHeldSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_held_sheet_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-held-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetHeldSheet, states);
  gtk_widget_class_bind_template_child (widget_class, GuichetHeldSheet, list);
}

static void
guichet_held_sheet_init (GuichetHeldSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_follow (self->states);
}

GuichetHeldSheet *
guichet_held_sheet_new (GtkWindow *parent, GuichetDesk *desk)
{
  GuichetHeldSheet *self = g_object_new (GUICHET_TYPE_HELD_SHEET, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk,
                           "held-changed",
                           G_CALLBACK (held_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  held_changed_cb (self);
  return self;
}
