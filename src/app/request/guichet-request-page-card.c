/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The identity card beside the request.
 */
#define G_LOG_DOMAIN "guichet-request-page-card"

#include "config.h"

#include "guichet-request-page.h"
#include "guichet-request-page-private.h"

static void
read_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guichet_request_page_read_card (GUICHET_REQUEST_PAGE (widget));
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guichet_identity_panel_stop (GUICHET_REQUEST_PAGE (widget)->identity_panel);
}

static void
record_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guichet_identity_panel_record (GUICHET_REQUEST_PAGE (widget)->identity_panel,
                                 g_variant_get_boolean (parameter));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  guichet_identity_panel_close (self->identity_panel);
  gtk_widget_child_focus (GTK_WIDGET (self->scrolled), GTK_DIR_TAB_FORWARD);
}

void
_guichet_request_page_install_card_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "request.read-card", NULL, read_action);
  gtk_widget_class_install_action (klass, "request.stop-card", NULL, stop_action);
  gtk_widget_class_install_action (klass, "request.record-check", "b", record_action);
  gtk_widget_class_install_action (klass, "request.close-card", NULL, close_action);
}

void
guichet_request_page_read_card (GuichetRequestPage *self)
{
  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));

  self->card_wanted = self->open != NULL && guichet_open_request_get_request (self->open) == NULL;
  if (self->open == NULL || self->card_wanted)
    return;
  guichet_identity_panel_open (self->identity_panel);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}
