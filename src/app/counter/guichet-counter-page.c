/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filing a request for the person at the counter.
 */
#define G_LOG_DOMAIN "guichet-counter-page"

#include "config.h"

#include "guichet-counter-page.h"
#include "guichet-counter-page-private.h"
#include "guichet-error-words.h"
#include "guichet-front.h"

#include <glib/gi18n.h>

/* What takes longer says so; what is faster must not flicker. */
#define PATIENCE_MS 300

enum
{
  LEFT,
  FILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetCounterPage, guichet_counter_page, ADW_TYPE_BIN)

gboolean
_guichet_counter_page_has_form (GuichetCounterPage *self)
{
  return self->filing != NULL;
}

void
_guichet_counter_page_show_notice (GuichetCounterPage *self, const char *words)
{
  gtk_label_set_label (self->notice, words != NULL ? words : "");
  gtk_widget_set_visible (self->notice_box, words != NULL);
  gtk_widget_set_visible (self->stop_button, self->trying != NULL);
}

static gboolean
can_file (GuichetCounterPage *self)
{
  return self->filing != NULL && self->trying == NULL && !self->aside && !self->taking;
}

void
_guichet_counter_page_update (GuichetCounterPage *self)
{
  gtk_stack_set_visible_child_name (self->states,
                                    _guichet_counter_page_has_form (self) ? "form" : "choose");
  gtk_widget_set_visible (self->file_button, _guichet_counter_page_has_form (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), self->trying == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counter.file", can_file (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counter.stop", self->trying != NULL);
}

static GtkWidget *
get_focus (GuichetCounterPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static gboolean
has_keyboard (GuichetCounterPage *self)
{
  GtkWidget *focus = get_focus (self);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->form));
}

/* A text that goes away with the keyboard in it never hears that it has lost it. */
static void
take_keyboard (GuichetCounterPage *self)
{
  if (has_keyboard (self))
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
}

/* Nothing of what was typed stays, nor of what is under way. */
void
_guichet_counter_page_close_form (GuichetCounterPage *self)
{
  _guichet_counter_page_dismiss_question (self);
  take_keyboard (self);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_object (&self->filing);
  g_clear_weak_pointer (&self->before);
  self->aside = FALSE;
  guichet_filing_form_close (self->form);
  _guichet_counter_page_show_notice (self, NULL);
  _guichet_counter_page_update (self);
}

void
_guichet_counter_page_show_procedures (GuichetCounterPage *self)
{
  /* The window went while the question was answered. */
  if (self->desk == NULL)
    return;
  guichet_procedure_list_show (self->list,
                               guichet_desk_get_catalogue (self->desk),
                               guichet_desk_get_clerk (self->desk));
  guichet_procedure_list_focus (self->list);
}

static void
chosen_cb (GuichetCounterPage *self, const char *code)
{
  const GuichetCatalogue *catalogue = guichet_desk_get_catalogue (self->desk);
  const GuichetProcedure *procedure =
      catalogue != NULL ? guichet_catalogue_find (catalogue, code) : NULL;

  if (procedure == NULL)
    return;
  self->filing = guichet_filing_new (self->desk);
  guichet_filing_form_open (self->form, procedure);
  _guichet_counter_page_update (self);
  if (self->person != NULL)
    _guichet_counter_page_show_person (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  guichet_filing_form_focus (self->form);
}

/* Filing */

static void
show_error (GuichetCounterPage *self, const GError *error, GPtrArray *issues)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sentence = g_strdup (
        _ ("Stopped. Perhaps the server has it already: filing again does not file it twice."));
  else if (g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE))
    sentence = g_strdup (_ ("The server does not answer. What you typed stays here: file it again when the server is back."));
  else if (issues->len == 0)
    sentence = guichet_error_words (error);
  _guichet_counter_page_show_notice (self, sentence);
}

static void
end_filing (GuichetCounterPage *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->trying);
  _guichet_counter_page_show_notice (self, NULL);
  _guichet_counter_page_update (self);
  /* Not from under the hands of who signs in again. */
  if (self->before != NULL && !self->aside)
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
}

static void
filed (GuichetCounterPage *self, const char *reference, gboolean earlier)
{
  g_autofree char *procedure = g_strdup (guichet_filing_form_get_procedure (self->form)->code);

  _guichet_counter_page_close_form (self);
  _guichet_counter_page_forget_card (self);
  g_signal_emit (self, signals[FILED], 0, reference, procedure, earlier);
}

static void
filed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetCounterPage) self = user_data;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  gboolean earlier;
  g_autofree char *reference =
      guichet_filing_try_finish (GUICHET_FILING (source), result, &earlier, &issues, &error);

  /* The form of this one was closed. */
  if (self->filing != GUICHET_FILING (source))
    return;
  end_filing (self);
  if (reference != NULL)
    {
      filed (self, reference, earlier);
      return;
    }
  guichet_filing_form_show_issues (self->form, issues);
  show_error (self, error, issues);
  _guichet_counter_page_settle_card (self);
}

static void
wait_cb (gpointer user_data)
{
  GuichetCounterPage *self = user_data;

  self->wait_id = 0;
  _guichet_counter_page_show_notice (self, _ ("The request is being filed…"));
}

static void
file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetCounterPage *self = GUICHET_COUNTER_PAGE (widget);
  g_autoptr (GPtrArray) none = guichet_issues_new ();
  g_autoptr (GuichetCommand) command = NULL;

  if (!can_file (self))
    return;
  guichet_filing_form_show_issues (self->form, none);
  command = guichet_filing_form_write (self->form, guichet_filing_get_key (self->filing));
  self->trying = g_cancellable_new ();
  g_set_weak_pointer (&self->before, get_focus (self));
  take_keyboard (self);
  self->wait_id = g_timeout_add_once (PATIENCE_MS, wait_cb, self);
  _guichet_counter_page_show_notice (self, NULL);
  _guichet_counter_page_update (self);
  guichet_filing_try_async (self->filing, command, self->trying, filed_cb, g_object_ref (self));
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_cancellable_cancel (GUICHET_COUNTER_PAGE (widget)->trying);
}

static void
guichet_counter_page_dispose (GObject *object)
{
  GuichetCounterPage *self = GUICHET_COUNTER_PAGE (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_object (&self->filing);
  g_clear_weak_pointer (&self->before);
  g_clear_weak_pointer (&self->question);
  _guichet_counter_page_forget_person (self);
  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_data (self->slot, self);
  g_clear_object (&self->slot);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_COUNTER_PAGE);

  G_OBJECT_CLASS (guichet_counter_page_parent_class)->dispose (object);
}

static void
add_signals (GObjectClass *klass)
{
  signals[LEFT] = g_signal_new ("left",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
  signals[FILED] = g_signal_new ("filed",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 3,
                                 G_TYPE_STRING,
                                 G_TYPE_STRING,
                                 G_TYPE_BOOLEAN);
}

static void
guichet_counter_page_class_init (GuichetCounterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_counter_page_dispose;
  add_signals (G_OBJECT_CLASS (klass));

  g_type_ensure (GUICHET_TYPE_PROCEDURE_LIST);
  g_type_ensure (GUICHET_TYPE_FILING_FORM);
  g_type_ensure (GUICHET_TYPE_READER_SIGN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-counter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, states);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, list);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, form);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, file_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, reader_sign);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, notice_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, notice);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "counter.file", NULL, file_action);
  gtk_widget_class_install_action (widget_class, "counter.stop", NULL, stop_action);
}

static void
guichet_counter_page_init (GuichetCounterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_follow (self->states);
  _guichet_counter_page_update (self);
}

void
guichet_counter_page_set_desk (GuichetCounterPage *self, GuichetDesk *desk, GuichetCardSlot *slot)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);
  g_return_if_fail (GUICHET_IS_CARD_SLOT (slot));

  self->desk = g_object_ref (desk);
  self->slot = g_object_ref (slot);
  guichet_reader_sign_set_slot (self->reader_sign, slot);
  g_signal_connect_object (slot,
                           "changed",
                           G_CALLBACK (_guichet_counter_page_slot_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

gboolean
guichet_counter_page_may_file (const GuichetClerk *clerk)
{
  for (guint i = 0; clerk != NULL && i < clerk->posts->len; i++)
    if ((guichet_role_capabilities (g_array_index (clerk->posts, GuichetPost, i).role) &
         GUICHET_CAN_ENCODE) != 0)
      return TRUE;
  return FALSE;
}

void
guichet_counter_page_open (GuichetCounterPage *self)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  if (!_guichet_counter_page_has_form (self))
    _guichet_counter_page_show_procedures (self);
  else if (!has_keyboard (self))
    guichet_filing_form_focus (self->form);
}

void
guichet_counter_page_forget (GuichetCounterPage *self)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  _guichet_counter_page_close_form (self);
  _guichet_counter_page_forget_card (self);
  guichet_procedure_list_show (self->list, NULL, NULL);
}
