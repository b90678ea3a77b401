/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request.
 */
#define G_LOG_DOMAIN "guichet-request-page"

#include "config.h"

#include "guichet-request-page.h"
#include "guichet-request-page-private.h"
#include "guichet-date-words.h"
#include "guichet-enum-words.h"
#include "guichet-error-words.h"
#include "guichet-focus.h"
#include "guichet-front.h"
#include "guichet-locale.h"
#include "guichet-pane.h"
#include "guichet-side.h"

#include <glib/gi18n.h>

/* What takes longer says so; what is faster must not flicker. */
#define PATIENCE_MS 300

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GuichetRequestPage, guichet_request_page, ADW_TYPE_BIN)

static void
set_title (GuichetRequestPage *self, const char *reference, const char *procedure)
{
  g_free (self->title);
  self->title = procedure != NULL ? g_strdup_printf ("%s, %s", reference, procedure)
                                  : g_strdup (reference != NULL ? reference : "");
  adw_window_title_set_title (self->window_title, reference != NULL ? reference : "");
  adw_window_title_set_subtitle (self->window_title, procedure != NULL ? procedure : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static const char *
procedure_name (GuichetRequestPage *self, const GuichetRequest *request)
{
  const GuichetProcedure *procedure = guichet_open_request_get_procedure (self->open);

  if (procedure == NULL)
    return request->procedure;
  return guichet_localized_get (&procedure->names, guichet_locale_language ());
}

static void
show_about (GuichetRequestPage *self, const GuichetRequest *request)
{
  g_autofree char *moment = guichet_date_words_moment (request->received,
                                                       guichet_desk_get_zone (self->desk),
                                                       guichet_desk_today (self->desk));
  g_autofree char *citizen =
      request->citizen != NULL ? guichet_citizen_display_name (request->citizen) : NULL;
  g_autofree char *text = NULL;

  /* Translators: %1$s is a person, %2$s "yesterday at 10:42", %3$s a channel: "Online". */
  text = g_strdup_printf (_ ("%1$s · received %2$s · %3$s"),
                             citizen != NULL ? citizen
                                             : _ ("personal data destroyed"),
                                                  moment,
                                                  guichet_enum_words_channel (request->channel));
  gtk_label_set_label (self->about, text);
}

static void
show_content (GuichetRequestPage *self, const GuichetRequest *request)
{
  const char *name = procedure_name (self, request);
  const GuichetMay may = guichet_status_card_may (self->open, guichet_desk_get_clerk (self->desk));

  set_title (self, request->reference, name);
  gtk_label_set_label (self->procedure, name);
  show_about (self, request);
  guichet_identity_panel_hold_against (self->identity_panel, self->open);
  guichet_status_card_show (self->status_card, self->open, self->desk);
  guichet_form_view_show (self->form_view,
                          request,
                          guichet_open_request_get_procedure (self->open));
  guichet_documents_card_show (self->documents_card, self->open, may.attach);
  guichet_timeline_show (self->timeline, self->open, may.note);
  gtk_stack_set_visible_child_name (self->states, "content");
}

/* A card is of one visit to one request. */
static void
forget_card (GuichetRequestPage *self)
{
  guichet_identity_panel_close (self->identity_panel);
  guichet_identity_panel_hold_against (self->identity_panel, NULL);
}

/* Pages that are not in front stay in the tree, for every reader of it. */
static void
clear_content (GuichetRequestPage *self)
{
  guichet_timeline_show (self->timeline, NULL, FALSE);
  guichet_form_view_show (self->form_view, NULL, NULL);
  guichet_documents_card_close (self->documents_card);
  gtk_label_set_label (self->about, "");
}

static void
show_error (GuichetRequestPage *self, const GError *error)
{
  g_autofree char *sentence = guichet_error_words (error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->states, "error");
}

static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_GONE) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_NOT_ALLOWED);
}

static void
lose (GuichetRequestPage *self)
{
  clear_content (self);
  forget_card (self);
  self->resuming = FALSE;
  self->card_wanted = FALSE;
  _guichet_request_page_give_up (self);
}

static void
loading_cb (gpointer user_data)
{
  GuichetRequestPage *self = user_data;

  self->loading_id = 0;
  gtk_widget_set_visible (self->loading_label, TRUE);
}

static void
show_loading (GuichetRequestPage *self)
{
  if (self->loading_id != 0)
    return;
  gtk_widget_set_visible (self->loading_label, FALSE);
  gtk_stack_set_visible_child_name (self->states, "loading");
  self->loading_id = g_timeout_add_once (PATIENCE_MS, loading_cb, self);
}

/* Whoever may only read it any more is not left before a sheet that leads nowhere. */
static void
follow_rights (GuichetRequestPage *self)
{
  const GuichetMay may = guichet_status_card_may (self->open, guichet_desk_get_clerk (self->desk));

  if (!self->resuming && !may.note && !may.assign)
    _guichet_request_page_give_up (self);
}

/* What arrives while nobody looks at the window stays new. */
static void
mark_seen (GuichetRequestPage *self)
{
  const GuichetRequest *request =
      self->open != NULL ? guichet_open_request_get_request (self->open) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (request == NULL || request->last_event <= self->seen || root == NULL ||
      !gtk_window_is_active (GTK_WINDOW (root)))
    return;
  self->seen = request->last_event;
  guichet_open_request_mark_seen (self->open);
}

static void
changed_cb (GuichetRequestPage *self)
{
  const GuichetRequest *request;
  const GError *error;
  const gboolean stale = guichet_open_request_get_stale (self->open);

  if (guichet_desk_get_clerk (self->desk) == NULL)
    return; /* signed out: the page is about to be closed */
  request = guichet_open_request_get_request (self->open);
  error = guichet_open_request_get_error (self->open);
  if (request != NULL || error != NULL)
    g_clear_handle_id (&self->loading_id, g_source_remove);
  if (request != NULL)
    show_content (self, request);
  else if (error != NULL)
    show_error (self, error);
  else
    show_loading (self);
  if (request == NULL && is_lost (error))
    lose (self);
  gtk_revealer_set_reveal_child (self->stale_revealer, stale && request != NULL);
  guichet_front_set (GTK_WIDGET (self->stale_revealer), stale && request != NULL);
  _guichet_request_page_update_actions (self);
  if (request == NULL)
    return;
  if (!self->entered)
    gtk_widget_child_focus (GTK_WIDGET (self->scrolled), GTK_DIR_TAB_FORWARD);
  self->entered = TRUE;
  follow_rights (self);
  if (self->card_wanted)
    guichet_request_page_read_card (self);
  mark_seen (self);
  /* What the mirror has may be from before somebody else's work. */
  if (!self->resuming || guichet_open_request_get_loading (self->open))
    return;
  self->resuming = FALSE;
  _guichet_request_page_resume (self);
}

static void
clerk_cb (GuichetRequestPage *self)
{
  if (self->open != NULL)
    changed_cb (self);
}

static void
attached_cb (GuichetRequestPage *self)
{
  g_autofree char *to = g_steal_pointer (&self->wanted_move);

  if (to != NULL && self->open != NULL)
    _guichet_request_page_move (self, to);
}

/* The step that asked for a document is given up with it. */
static void
attach_cancelled_cb (GuichetRequestPage *self)
{
  g_clear_pointer (&self->wanted_move, g_free);
}

static void
let_go (GuichetRequestPage *self)
{
  g_clear_handle_id (&self->loading_id, g_source_remove);
  if (self->open != NULL)
    g_signal_handlers_disconnect_by_data (self->open, self);
  g_clear_object (&self->open);
  g_clear_pointer (&self->wanted_move, g_free);
}

static void
guichet_request_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (guichet_request_page_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget),
                           "notify::is-active",
                           G_CALLBACK (mark_seen),
                           widget,
                           G_CONNECT_SWAPPED);
}

static void
guichet_request_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);

  GTK_WIDGET_CLASS (guichet_request_page_parent_class)->unroot (widget);
}

static void
guichet_request_page_dispose (GObject *object)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (object);

  let_go (self);
  g_clear_pointer (&self->left_at, g_free);
  g_clear_weak_pointer (&self->sheet);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->title, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_REQUEST_PAGE);

  G_OBJECT_CLASS (guichet_request_page_parent_class)->dispose (object);
}

static void
guichet_request_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, GUICHET_REQUEST_PAGE (object)->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass,
                                               "/be/mons/Guichetier/guichet-request-page.ui");
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, window_title);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, flap);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, timeline);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, stale_revealer);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, states);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, loading_label);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, error_page);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, scrolled);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, procedure);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, about);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, reader_sign);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, identity_panel);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, status_card);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, form_view);
  gtk_widget_class_bind_template_child (klass, GuichetRequestPage, documents_card);
  gtk_widget_class_bind_template_callback (klass, attached_cb);
  gtk_widget_class_bind_template_callback (klass, attach_cancelled_cb);
}

static void
guichet_request_page_class_init (GuichetRequestPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_request_page_dispose;
  object_class->get_property = guichet_request_page_get_property;
  widget_class->root = guichet_request_page_root;
  widget_class->unroot = guichet_request_page_unroot;

  properties[PROP_TITLE] =
      g_param_spec_string ("title",
                           NULL,
                           NULL,
                           NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (GUICHET_TYPE_PANE);
  g_type_ensure (GUICHET_TYPE_TIMELINE);
  g_type_ensure (GUICHET_TYPE_READER_SIGN);
  g_type_ensure (GUICHET_TYPE_IDENTITY_PANEL);
  g_type_ensure (GUICHET_TYPE_STATUS_CARD);
  g_type_ensure (GUICHET_TYPE_FORM_VIEW);
  g_type_ensure (GUICHET_TYPE_DOCUMENTS_CARD);
  bind_template (widget_class);
  _guichet_request_page_install_actions (widget_class);
  _guichet_request_page_install_card_actions (widget_class);
}

static void
guichet_request_page_init (GuichetRequestPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_follow (self->states);
  guichet_front_set (GTK_WIDGET (self->stale_revealer), FALSE);
  self->settings = g_settings_new (GUICHET_APPLICATION_ID);
  guichet_side_follow (self->flap, self->settings, "show-history");
  self->title = g_strdup ("");
  _guichet_request_page_update_actions (self);
}

void
guichet_request_page_set_desk (GuichetRequestPage *self, GuichetDesk *desk, GuichetCardSlot *slot)
{
  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::clerk", G_CALLBACK (clerk_cb), self, G_CONNECT_SWAPPED);
  guichet_reader_sign_set_slot (self->reader_sign, slot);
  guichet_identity_panel_set_up (self->identity_panel, slot, desk);
  guichet_timeline_set_desk (self->timeline, desk);
  guichet_documents_card_set_desk (self->documents_card, desk);
}

const char *
guichet_request_page_get_title (GuichetRequestPage *self)
{
  g_return_val_if_fail (GUICHET_IS_REQUEST_PAGE (self), NULL);

  return self->title;
}

const char *
guichet_request_page_get_reference (GuichetRequestPage *self)
{
  g_return_val_if_fail (GUICHET_IS_REQUEST_PAGE (self), NULL);

  return self->open != NULL ? guichet_open_request_get_reference (self->open) : NULL;
}

void
guichet_request_page_open (GuichetRequestPage *self, const char *reference)
{
  static const char *const followed[] = {
    "changed",
    "notify::loading",
    "notify::error",
    "notify::stale",
  };

  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));
  g_return_if_fail (reference != NULL);

  if (g_strcmp0 (guichet_request_page_get_reference (self), reference) == 0)
    {
      guichet_request_page_refresh (self);
      return;
    }
  let_go (self);
  forget_card (self);
  guichet_documents_card_close (self->documents_card);
  self->seen = 0;
  self->entered = FALSE;
  self->card_wanted = FALSE;
  self->resuming = TRUE;
  self->open = guichet_open_request_new (self->desk, reference);
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (self->open,
                             followed[i],
                             G_CALLBACK (changed_cb),
                             self,
                             G_CONNECT_SWAPPED);
  set_title (self, reference, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  changed_cb (self);
}

void
guichet_request_page_close (GuichetRequestPage *self)
{
  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));

  let_go (self);
  forget_card (self);
  clear_content (self);
  gtk_stack_set_visible_child_name (self->states, "loading");
  set_title (self, NULL, NULL);
  _guichet_request_page_update_actions (self);
}

void
guichet_request_page_forget (GuichetRequestPage *self)
{
  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));

  guichet_request_page_close (self);
  guichet_timeline_forget (self->timeline);
  g_clear_pointer (&self->left_at, g_free);
}

void
guichet_request_page_set_aside (GuichetRequestPage *self)
{
  const char *reference;

  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));

  reference = guichet_request_page_get_reference (self);
  if (reference != NULL)
    {
      g_free (self->left_at);
      self->left_at = g_strdup (reference);
    }
  guichet_request_page_close (self);
}

gboolean
guichet_request_page_take_up (GuichetRequestPage *self)
{
  g_autofree char *reference = NULL;

  g_return_val_if_fail (GUICHET_IS_REQUEST_PAGE (self), FALSE);

  if (!guichet_desk_has_returned (self->desk))
    guichet_request_page_forget (self);
  reference = g_steal_pointer (&self->left_at);
  if (reference == NULL)
    return FALSE;
  guichet_request_page_open (self, reference);
  return TRUE;
}

gboolean
guichet_request_page_is_typed (GuichetRequestPage *self)
{
  g_return_val_if_fail (GUICHET_IS_REQUEST_PAGE (self), FALSE);

  return guichet_timeline_is_typed (self->timeline);
}

void
guichet_request_page_refresh (GuichetRequestPage *self)
{
  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));

  if (self->open != NULL)
    guichet_open_request_refresh (self->open);
}

void
guichet_request_page_next_pane (GuichetRequestPage *self, gboolean forward)
{
  g_return_if_fail (GUICHET_IS_REQUEST_PAGE (self));

  /* Two panes: both ways lead to the other one. */
  if (guichet_focus_is_in (GTK_WIDGET (self->timeline)))
    {
      gtk_widget_child_focus (GTK_WIDGET (self->scrolled), GTK_DIR_TAB_FORWARD);
    }
  else
    {
      adw_flap_set_reveal_flap (self->flap, TRUE);
      guichet_timeline_focus (self->timeline);
    }
}
