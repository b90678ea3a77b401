/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drop-downs that do what a clerk expects.
 */
#define G_LOG_DOMAIN "guichet-drop-down"

#include "config.h"

#include "guichet-drop-down.h"

/* The button */

static void
chosen_cb (GtkDropDown *drop_down, GParamSpec *pspec, const char *question)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (drop_down);
  g_autofree char *name =
      g_strdup_printf ("%s: %s",
                       question,
                       chosen != NULL ? gtk_string_object_get_string (chosen) : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
free_question (gpointer question, GClosure *closure)
{
  g_free (question);
}

/* The page below */

static void
set_page_follows (GtkWidget *popover, gboolean follows)
{
  GtkWidget *page = gtk_widget_get_ancestor (popover, GTK_TYPE_VIEWPORT);

  if (page != NULL)
    gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (page), follows);
}

static void
opened_cb (GtkWidget *popover)
{
  set_page_follows (popover, FALSE);
}

static void
closed_cb (GtkWidget *popover)
{
  set_page_follows (popover, TRUE);
}

/* The row that has the keyboard */

static guint
count_before (GtkWidget *row)
{
  guint count = 0;

  while ((row = gtk_widget_get_prev_sibling (row)) != NULL)
    count++;
  return count;
}

/* A list that is longer than GTK makes rows for does not say which ones they are. */
static gboolean
has_all_rows (GtkListView *list)
{
  return count_before (gtk_widget_get_last_child (GTK_WIDGET (list))) + 1 ==
         g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list)));
}

static gboolean
key_pressed_cb (GtkEventController *controller, guint keyval)
{
  GtkWidget *popover = gtk_event_controller_get_widget (controller);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (popover));
  GtkWidget *list = focus != NULL ? gtk_widget_get_parent (focus) : NULL;

  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && GTK_IS_LIST_VIEW (list) &&
      has_all_rows (GTK_LIST_VIEW (list)))
    gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (list)),
                                     count_before (focus),
                                     TRUE);
  return GDK_EVENT_PROPAGATE;
}

static void
follow_list (GtkDropDown *drop_down)
{
  GtkWidget *popover = gtk_widget_get_last_child (GTK_WIDGET (drop_down));
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), NULL);
  gtk_widget_add_controller (popover, controller);
  g_signal_connect (popover, "map", G_CALLBACK (opened_cb), NULL);
  g_signal_connect (popover, "unmap", G_CALLBACK (closed_cb), NULL);
}

void
guichet_drop_down_mend (GtkDropDown *drop_down, const char *question)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (question != NULL);

  g_signal_connect_data (drop_down,
                         "notify::selected-item",
                         G_CALLBACK (chosen_cb),
                         g_strdup (question),
                         free_question,
                         0);
  chosen_cb (drop_down, NULL, question);
  follow_list (drop_down);
}
