/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The actions of the program, and the keys; ui/gtk/help-overlay.ui shows them.
 */
#define G_LOG_DOMAIN "guichet-application-actions"

#include "config.h"

#include "guichet-application-private.h"
#include "guichet-preferences-window.h"
#include "guichet-window.h"

#include <glib/gi18n.h>

/* No digits and no / ? . [ ]: on a Belgian keyboard all of them need Shift or AltGr. Single
 * letters are not here: they belong to the list and act only with the focus in it; nor are the
 * keys of the request page, which stand in its template: an accelerator sees no further down
 * than the window. */
static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.show-help-overlay", { "F1", "<Control><Shift>k" } },
  { "win.file-request", { "<Control>n" } },
  { "win.account-for-card", { "<Control>o" } },
  { "win.search", { "<Control>f", "<Control>g" } },
  { "win.refresh", { "F5" } },
  { "win.next-pane(true)", { "F6" } },
  { "win.next-pane(false)", { "<Shift>F6" } },
  { "win.back", { "<Alt>Left", "Back" } },
  { "win.next-request", { "<Alt>Down" } },
  { "win.previous-request", { "<Alt>Up" } },
  { "win.review-held", { "<Control><Shift>r" } },
  { "window.close", { "<Control>w" } },
  { "win.toggle-side", { "F9" } },
};

static gpointer
copy_window (gconstpointer window, gpointer user_data)
{
  return g_object_ref ((gpointer) window);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (user_data));
  g_autolist (GtkWindow) copy = g_list_copy_deep (windows, copy_window, NULL);

  /* Windows are closed, not thrown away: each may still have something to say. One that was not
   * shown yet cannot be closed, and has nothing to say. */
  for (GList *l = copy; l != NULL; l = l->next)
    if (gtk_widget_get_realized (GTK_WIDGET (l->data)))
      gtk_window_close (GTK_WINDOW (l->data));
    else
      gtk_window_destroy (GTK_WINDOW (l->data));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  gtk_window_present (GTK_WINDOW (guichet_preferences_window_new (parent)));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  adw_show_about_window (parent,
                         "application-name",
                         "Guichetier",
                         "application-icon",
                         GUICHET_APPLICATION_ID,
                         "version",
                         GUICHET_VERSION,
                         "developer-name",
                         _ ("The authors of Guichetier"),
                            "comments",
                            _ ("The desk of those who answer the requests of citizens."),
                               "license-type",
                               GTK_LICENSE_GPL_3_0,
                               NULL);
}

static void
open_request_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window;

  g_application_activate (G_APPLICATION (user_data));
  window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  if (GUICHET_IS_WINDOW (window))
    guichet_window_open_request (GUICHET_WINDOW (window), g_variant_get_string (parameter, NULL));
}

void
_guichet_application_add_actions (GuichetApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_action },
    { .name = "preferences", .activate = preferences_action },
    { .name = "about", .activate = about_action },
    { .name = "open-request", .activate = open_request_action, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self),
                                           accelerators[i].action,
                                           accelerators[i].keys);
}
