/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window: which page is in front, and how one gets from one to the other.
 */
#define G_LOG_DOMAIN "guichet-window"

#include "config.h"

#include "guichet-window.h"
#include "guichet-front.h"
#include "guichet-held-sheet.h"
#include "guichet-sign-out.h"
#include "guichet-window-private.h"

#include "guichet-desk-account.h"

#include <glib/gi18n.h>

/* For a first list; drawing the window twice takes longer on an old computer. */
#define PATIENCE_MS 250

G_DEFINE_FINAL_TYPE (GuichetWindow, guichet_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_in_front (GuichetWindow *self, gpointer place)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "desk") == 0 &&
         gtk_stack_get_visible_child (self->pages) == GTK_WIDGET (place);
}

static void
update_title_cb (GuichetWindow *self)
{
  g_autofree char *title = NULL;
  const char *page = NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "sign-in") == 0)
    page = _ ("Sign in");
  else if (is_in_front (self, self->queue_page))
    page = guichet_queue_page_get_title (self->queue_page);
  else if (is_in_front (self, self->request_place))
    page = guichet_request_page_get_title (self->request_page);
  else if (is_in_front (self, self->counter_place))
    page = _ ("File a request");

  /* Translators: the title of the window, %s is the page in front. */
  title = page != NULL ? g_strdup_printf (_ ("%s – Guichetier"), page) : g_strdup ("Guichetier");
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
update_actions (GuichetWindow *self)
{
  const gboolean signed_in = guichet_desk_get_state (self->desk) != GUICHET_DESK_SIGNED_OUT;
  const gboolean reading = is_in_front (self, self->request_place);
  const gboolean filing = is_in_front (self, self->counter_place);
  const gboolean files = guichet_counter_page_may_file (guichet_desk_get_clerk (self->desk));
  const gboolean assists = guichet_desk_may_assist (guichet_desk_get_clerk (self->desk));
  GtkWidget *widget = GTK_WIDGET (self);

  guichet_card_offer_set_place (self->card_offer, signed_in, reading);
  gtk_widget_action_set_enabled (widget, "win.read-card", reading);
  gtk_widget_action_set_enabled (widget, "win.open-request", signed_in);
  gtk_widget_action_set_enabled (widget, "win.file-request", signed_in && files);
  gtk_widget_action_set_enabled (widget, "win.file-for-card", signed_in && files);
  gtk_widget_action_set_enabled (widget, "win.account-for-card", signed_in && assists && !reading);
  gtk_widget_action_set_enabled (widget, "win.back", reading || filing);
  gtk_widget_action_set_enabled (widget, "win.next-request", reading);
  gtk_widget_action_set_enabled (widget, "win.previous-request", reading);
  gtk_widget_action_set_enabled (widget, "win.search", signed_in);
  gtk_widget_action_set_enabled (widget, "win.refresh", signed_in);
  gtk_widget_action_set_enabled (widget, "win.review-held", signed_in);
  gtk_widget_action_set_enabled (widget,
                                 "win.sign-out",
                                 signed_in && !guichet_desk_is_signing_out (self->desk));
}

static void
page_changed_cb (GuichetWindow *self)
{
  update_title_cb (self);
  update_actions (self);
}

void
_guichet_window_close_request (GuichetWindow *self)
{
  if (self->request_page != NULL)
    guichet_request_page_close (self->request_page);
}

void
_guichet_window_show_queue (GuichetWindow *self)
{
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->queue_page));
  _guichet_window_close_request (self);
  _guichet_window_forget_filing (self);
  guichet_queue_page_focus (self->queue_page);
}

static void
need_request_page (GuichetWindow *self)
{
  if (self->request_page != NULL)
    return;
  self->request_page = g_object_new (GUICHET_TYPE_REQUEST_PAGE, NULL);
  guichet_request_page_set_desk (self->request_page, self->desk, self->slot);
  g_signal_connect_object (self->request_page,
                           "notify::title",
                           G_CALLBACK (update_title_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->request_place, GTK_WIDGET (self->request_page));
}

static void
show_request (GuichetWindow *self, GVariant *reference)
{
  need_request_page (self);
  guichet_request_page_open (self->request_page, g_variant_get_string (reference, NULL));
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->request_place));
  _guichet_window_forget_filing (self);
}

static void
present_cb (gpointer user_data)
{
  GuichetWindow *self = user_data;

  self->patience_id = 0;
  gtk_window_present (GTK_WINDOW (self));
}

void
_guichet_window_settled (GuichetWindow *self)
{
  self->settled = TRUE;
  if (self->patience_id == 0)
    return;
  g_source_remove (self->patience_id);
  present_cb (self);
}

static void
leaving_cb (GuichetWindow *self)
{
  if (self->sign_in_page != NULL && guichet_desk_get_state (self->desk) == GUICHET_DESK_SIGNED_OUT)
    _guichet_window_explain_signed_out (self);
}

static void
state_cb (GuichetWindow *self)
{
  const gboolean signed_in = guichet_desk_get_state (self->desk) != GUICHET_DESK_SIGNED_OUT;
  const gboolean at_desk = g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "desk") == 0;

  if (signed_in && !at_desk)
    _guichet_window_enter_desk (self);
  else if (!signed_in && at_desk)
    _guichet_window_leave_desk (self);
  update_actions (self);
}

static void
open_cb (GuichetWindow *self, const char *reference)
{
  guichet_window_open_request (self, reference);
}

/* The card in the reader */

static void
inserted_cb (GuichetWindow *self)
{
  if (is_in_front (self, self->request_place))
    guichet_request_page_read_card (self->request_page);
}

static void
find_person (GuichetWindow *self, GVariant *found)
{
  const char *niss, *reader;
  guint event;

  g_variant_get (found, "(&s&su)", &niss, &reader, &event);
  if (!is_in_front (self, self->queue_page))
    _guichet_window_show_queue (self);
  if (guichet_card_slot_has (self->slot, reader, event))
    guichet_queue_page_find_person (self->queue_page, niss, reader, event);
  else
    adw_toast_overlay_add_toast (self->toasts,
                                 adw_toast_new (_ ("The card is out: nothing was looked for.")));
}

static void
person_cb (GuichetWindow *self, const char *niss, const char *reader, guint event)
{
  _guichet_window_when_left (self, find_person, g_variant_new ("(ssu)", niss, reader, event));
}

static void
read_card_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guichet_request_page_read_card (GUICHET_WINDOW (widget)->request_page);
}

/* Actions */

static void
open_request_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guichet_window_open_request (GUICHET_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (is_in_front (self, self->counter_place))
    guichet_counter_page_back (self->counter_page);
  else
    _guichet_window_show_queue (self);
}

static void
step (GuichetWindow *self, int distance)
{
  g_autofree char *reference =
      guichet_queue_page_step (self->queue_page,
                               guichet_request_page_get_reference (self->request_page),
                               distance);

  if (reference != NULL)
    guichet_request_page_open (self->request_page, reference);
  else
    adw_toast_overlay_add_toast (self->toasts,
                                 adw_toast_new (distance > 0
                                                ? _ ("This is the last request of the list.")
                                                : _ ("This is the first request of the list.")));
}

static void
next_request_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (GUICHET_WINDOW (widget), 1);
}

static void
previous_request_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (GUICHET_WINDOW (widget), -1);
}

static void
search (GuichetWindow *self, GVariant *unused)
{
  if (!is_in_front (self, self->queue_page))
    _guichet_window_show_queue (self);
  guichet_queue_page_search (self->queue_page);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _guichet_window_when_left (GUICHET_WINDOW (widget), search, NULL);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  guichet_desk_refresh (self->desk);
  if (is_in_front (self, self->request_place))
    guichet_request_page_refresh (self->request_page);
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);
  const gboolean forward = g_variant_get_boolean (parameter);

  if (is_in_front (self, self->queue_page))
    guichet_queue_page_next_pane (self->queue_page, forward);
  else if (is_in_front (self, self->request_place))
    guichet_request_page_next_pane (self->request_page, forward);
}

static void
toggle_side_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (is_in_front (self, self->queue_page))
    gtk_widget_activate_action (GTK_WIDGET (self->queue_page), "queue.toggle-sidebar", NULL);
  else if (is_in_front (self, self->request_place))
    gtk_widget_activate_action (GTK_WIDGET (self->request_page), "request.toggle-history", NULL);
}

static void
review_held_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (guichet_held_sheet_new (GTK_WINDOW (self), self->desk)));
}

static void
begin_sign_out (GuichetWindow *self, GVariant *unused)
{
  guichet_sign_out (GTK_WINDOW (self), self->desk, self->cancellable);
}

static void
sign_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _guichet_window_when_left (GUICHET_WINDOW (widget), begin_sign_out, NULL);
}

static void
end (GuichetWindow *self, GVariant *unused)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
guichet_window_close_request (GtkWindow *window)
{
  GuichetWindow *self = GUICHET_WINDOW (window);

  if (_guichet_window_is_filing (self))
    {
      _guichet_window_when_left (self, end, NULL);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (guichet_window_parent_class)->close_request (window);
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_toast_overlay_add_toast (GUICHET_WINDOW (widget)->toasts,
                               adw_toast_new (g_variant_get_string (parameter, NULL)));
}

static void
guichet_window_dispose (GObject *object)
{
  GuichetWindow *self = GUICHET_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_object (&self->slot);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_weak_pointer (&self->filed_toast);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_WINDOW);
  self->sign_in_page = NULL;
  self->request_page = NULL;
  self->counter_page = NULL;

  G_OBJECT_CLASS (guichet_window_parent_class)->dispose (object);
}

static void
guichet_window_finalize (GObject *object)
{
  g_clear_object (&GUICHET_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (guichet_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.open-request", "s", open_request_action);
  gtk_widget_class_install_action (klass, "win.back", NULL, back_action);
  gtk_widget_class_install_action (klass,
                                   "win.file-request",
                                   NULL,
                                   _guichet_window_file_request_action);
  gtk_widget_class_install_action (klass,
                                   "win.file-for-card",
                                   NULL,
                                   _guichet_window_file_for_card_action);
  gtk_widget_class_install_action (klass,
                                   "win.account-for-card",
                                   NULL,
                                   _guichet_window_account_for_card_action);
  gtk_widget_class_install_action (klass, "win.next-request", NULL, next_request_action);
  gtk_widget_class_install_action (klass, "win.previous-request", NULL, previous_request_action);
  gtk_widget_class_install_action (klass, "win.search", NULL, search_action);
  gtk_widget_class_install_action (klass, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (klass, "win.next-pane", "b", next_pane_action);
  gtk_widget_class_install_action (klass, "win.toggle-side", NULL, toggle_side_action);
  gtk_widget_class_install_action (klass, "win.read-card", NULL, read_card_action);
  gtk_widget_class_install_action (klass, "win.review-held", NULL, review_held_action);
  gtk_widget_class_install_action (klass, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (klass, "win.toast", "s", toast_action);
}

static void
guichet_window_class_init (GuichetWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_window_dispose;
  object_class->finalize = guichet_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = guichet_window_close_request;

  g_type_ensure (GUICHET_TYPE_QUEUE_PAGE);
  g_type_ensure (GUICHET_TYPE_CARD_OFFER);
  g_type_ensure (GUICHET_TYPE_STATUS_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, root);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, sign_in_place);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, queue_page);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, request_place);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, counter_place);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, card_offer);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, status_strip);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, _guichet_window_settled);
  gtk_widget_class_bind_template_callback (widget_class, person_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_title_cb);
  install_actions (widget_class);
}

static void
guichet_window_init (GuichetWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (GUICHET_APPLICATION_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings,
                   "window-height",
                   self,
                   "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  guichet_front_follow (self->root);
  guichet_front_follow (self->pages);
  g_signal_connect_swapped (self->root,
                            "notify::visible-child",
                            G_CALLBACK (page_changed_cb),
                            self);
  g_signal_connect_swapped (self->pages,
                            "notify::visible-child",
                            G_CALLBACK (page_changed_cb),
                            self);
}

GuichetWindow *
guichet_window_new (AdwApplication *application, GuichetDesk *desk, GuichetCardSlot *slot)
{
  GuichetWindow *self = g_object_new (GUICHET_TYPE_WINDOW, "application", application, NULL);

  self->desk = g_object_ref (desk);
  self->slot = g_object_ref (slot);
  guichet_queue_page_set_desk (self->queue_page, desk, slot);
  guichet_card_offer_set_slot (self->card_offer, slot);
  g_signal_connect_object (slot, "inserted", G_CALLBACK (inserted_cb), self, G_CONNECT_SWAPPED);
  guichet_status_strip_set_desk (self->status_strip, desk);
  g_signal_connect_object (desk, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk,
                           "notify::leaving",
                           G_CALLBACK (leaving_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk,
                           "notify::signing-out",
                           G_CALLBACK (update_actions),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk,
                           "notify::clerk",
                           G_CALLBACK (update_actions),
                           self,
                           G_CONNECT_SWAPPED);
  state_cb (self);
  return self;
}

void
guichet_window_open_request (GuichetWindow *self, const char *reference)
{
  g_return_if_fail (GUICHET_IS_WINDOW (self));
  g_return_if_fail (reference != NULL);

  if (guichet_desk_get_state (self->desk) == GUICHET_DESK_SIGNED_OUT)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (reference);
      return;
    }
  _guichet_window_when_left (self, show_request, g_variant_new_string (reference));
}

void
guichet_window_start (GuichetWindow *self)
{
  g_return_if_fail (GUICHET_IS_WINDOW (self));

  if (guichet_desk_get_state (self->desk) == GUICHET_DESK_SIGNED_OUT)
    _guichet_window_leave_desk (self);
}

void
guichet_window_present_settled (GuichetWindow *self)
{
  g_return_if_fail (GUICHET_IS_WINDOW (self));

  if (self->settled)
    gtk_window_present (GTK_WINDOW (self));
  else if (self->patience_id == 0)
    self->patience_id = g_timeout_add_once (PATIENCE_MS, present_cb, self);
}

void
guichet_window_sign_in (GuichetWindow *self,
                        const char *server,
                        const char *login,
                        const char *password)
{
  g_return_if_fail (GUICHET_IS_WINDOW (self));

  _guichet_window_need_sign_in_page (self);
  guichet_sign_in_page_fill (self->sign_in_page, server, login);
  _guichet_window_leave_desk (self);
  if (server != NULL && login != NULL && password != NULL)
    guichet_sign_in_page_sign_in (self->sign_in_page, password);
}
