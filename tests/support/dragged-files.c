/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Another program's window, out of which files can be dragged: those of its command line. It says
 * in words what became of that: `ready`, `begun`, `taken` (whoever is below would have them),
 * `left`, then `dropped` or `refused`.
 */
#include "config.h"

#include <gtk/gtk.h>

static void
say (const char *word)
{
  g_print ("%s\n", word);
  fflush (stdout);
}

static void
action_cb (GdkDrag *drag)
{
  say (gdk_drag_get_selected_action (drag) != 0 ? "taken" : "left");
}

static void
finished_cb (GdkDrag *drag)
{
  say ("dropped");
}

static void
cancelled_cb (GdkDrag *drag)
{
  say ("refused");
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag)
{
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (action_cb), NULL);
  g_signal_connect (drag, "dnd-finished", G_CALLBACK (finished_cb), NULL);
  g_signal_connect (drag, "cancel", G_CALLBACK (cancelled_cb), NULL);
  say ("begun");
}

static GdkContentProvider *
offer (char **paths)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GdkFileList *list;
  GdkContentProvider *provider;

  for (; *paths != NULL; paths++)
    g_ptr_array_add (files, g_file_new_for_path (*paths));
  list = gdk_file_list_new_from_array ((GFile **) files->pdata, files->len);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

int
main (int argc, char **argv)
{
  GtkWidget *window, *label;
  GtkDragSource *source;
  g_autoptr (GdkContentProvider) provider = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  gtk_init ();
  provider = offer (argv + 1);
  source = gtk_drag_source_new ();
  gtk_drag_source_set_content (source, provider);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), NULL);

  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Dragged files");
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  label = gtk_label_new ("Files");
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_child (GTK_WINDOW (window), label);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (g_main_loop_quit), loop);
  gtk_window_present (GTK_WINDOW (window));
  say ("ready");
  g_main_loop_run (loop);
  return 0;
}
