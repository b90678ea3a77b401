/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filing a request for the person at the counter.
 */
#define G_LOG_DOMAIN "guichet-counter-page"

#include "config.h"

#include "guichet-counter-page.h"
#include "guichet-error-words.h"
#include "guichet-filing-form.h"
#include "guichet-front.h"
#include "guichet-procedure-list.h"

#include <glib/gi18n.h>

/* What takes longer says so; what is faster must not flicker. */
#define PATIENCE_MS 300

struct _GuichetCounterPage
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  /* Owned, while a form is open */
  char *key;            /* (nullable): by which it is filed once */
  GuichetCommand *sent; /* (nullable): what may have been filed, without our having heard */
  GCancellable *filing; /* (nullable): while it is being filed */
  GtkWidget *before;    /* (weak) (nullable): where the keyboard was when that began */
  guint wait_id;

  /* Template widgets */
  GtkStack *states;
  GuichetProcedureList *list;
  GtkScrolledWindow *scrolled;
  GuichetFilingForm *form;
  GtkWidget *file_button;
  GtkWidget *notice_box;
  GtkLabel *notice;
  GtkWidget *stop_button;
};

enum
{
  LEFT,
  FILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetCounterPage, guichet_counter_page, ADW_TYPE_BIN)

static gboolean
has_form (GuichetCounterPage *self)
{
  return self->key != NULL;
}

static void
show_notice (GuichetCounterPage *self, const char *words)
{
  gtk_label_set_label (self->notice, words != NULL ? words : "");
  gtk_widget_set_visible (self->notice_box, words != NULL);
  gtk_widget_set_visible (self->stop_button, self->filing != NULL);
}

static void
update (GuichetCounterPage *self)
{
  gtk_stack_set_visible_child_name (self->states, has_form (self) ? "form" : "choose");
  gtk_widget_set_visible (self->file_button, has_form (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), self->filing == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "counter.file",
                                 has_form (self) && self->filing == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counter.stop", self->filing != NULL);
}

/* A text that goes away with the keyboard in it never hears that it has lost it. */
static void
take_keyboard (GuichetCounterPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->form)))
    gtk_root_set_focus (root, NULL);
}

/* Nothing of what was typed stays, nor of what is under way. */
static void
close_form (GuichetCounterPage *self)
{
  take_keyboard (self);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->filing);
  g_clear_object (&self->filing);
  g_clear_weak_pointer (&self->before);
  g_clear_pointer (&self->sent, guichet_command_unref);
  g_clear_pointer (&self->key, g_free);
  guichet_filing_form_close (self->form);
  show_notice (self, NULL);
  update (self);
}

static void
show_procedures (GuichetCounterPage *self)
{
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
  self->key = g_uuid_string_random ();
  guichet_filing_form_open (self->form, procedure);
  update (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  guichet_filing_form_focus (self->form);
}

/* Filing */

static void file (GuichetCounterPage *self, GuichetCommand *command);

/* Errors that leave open whether the server did it. */
static gboolean
is_open (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
}

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
  show_notice (self, sentence);
}

static void
end_filing (GuichetCounterPage *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->filing);
  show_notice (self, NULL);
  update (self);
  if (self->before != NULL)
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
}

static void
filed (GuichetCounterPage *self, const char *reference)
{
  g_autofree char *procedure = g_strdup (self->sent->procedure);

  close_form (self);
  g_signal_emit (self, signals[FILED], 0, reference, procedure);
}

static void
filed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetCounterPage) self = user_data;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reference =
      guichet_desk_file_finish (GUICHET_DESK (source), result, &issues, &error);

  /* The form of this one was closed. */
  if (self->filing == NULL || self->filing != g_task_get_cancellable (G_TASK (result)))
    return;
  end_filing (self);
  if (reference != NULL)
    {
      filed (self, reference);
      return;
    }
  if (!is_open (error))
    g_clear_pointer (&self->sent, guichet_command_unref);
  guichet_filing_form_show_issues (self->form, issues);
  show_error (self, error, issues);
}

static void
wait_cb (gpointer user_data)
{
  GuichetCounterPage *self = user_data;

  self->wait_id = 0;
  show_notice (self, _ ("The request is being filed…"));
}

static void
file (GuichetCounterPage *self, GuichetCommand *command)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->filing = g_cancellable_new ();
  g_set_weak_pointer (&self->before, root != NULL ? gtk_root_get_focus (root) : NULL);
  self->wait_id = g_timeout_add_once (PATIENCE_MS, wait_cb, self);
  show_notice (self, NULL);
  update (self);
  guichet_desk_file_async (self->desk, command, self->filing, filed_cb, g_object_ref (self));
}

static void
file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetCounterPage *self = GUICHET_COUNTER_PAGE (widget);
  g_autoptr (GPtrArray) none = guichet_issues_new ();

  if (!has_form (self) || self->filing != NULL)
    return;
  guichet_filing_form_show_issues (self->form, none);
  g_clear_pointer (&self->sent, guichet_command_unref);
  self->sent = guichet_filing_form_write (self->form, self->key);
  file (self, self->sent);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_cancellable_cancel (GUICHET_COUNTER_PAGE (widget)->filing);
}

/* Leaving */

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const gboolean discard = g_str_equal (response, "discard");

  if (discard)
    close_form (g_task_get_source_object (task));
  g_task_return_boolean (task, discard);
}

static void
ask_before_leaving (GuichetCounterPage *self, GTask *task)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (window,
                                                  _ ("Discard what was typed?"),
                                                     _ ("This request has not been filed.")));

  adw_message_dialog_add_responses (dialog,
                                    "keep",
                                    _ ("Go on filling in"), "discard", _ ("Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
left_form_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GuichetCounterPage *self = GUICHET_COUNTER_PAGE (source);

  if (guichet_counter_page_leave_finish (self, result))
    show_procedures (self);
}

static void
guichet_counter_page_dispose (GObject *object)
{
  GuichetCounterPage *self = GUICHET_COUNTER_PAGE (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->filing);
  g_clear_object (&self->filing);
  g_clear_weak_pointer (&self->before);
  g_clear_pointer (&self->sent, guichet_command_unref);
  g_clear_pointer (&self->key, g_free);
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
                                 2,
                                 G_TYPE_STRING,
                                 G_TYPE_STRING);
}

static void
guichet_counter_page_class_init (GuichetCounterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_counter_page_dispose;
  add_signals (G_OBJECT_CLASS (klass));

  g_type_ensure (GUICHET_TYPE_PROCEDURE_LIST);
  g_type_ensure (GUICHET_TYPE_FILING_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-counter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, states);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, list);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, form);
  gtk_widget_class_bind_template_child (widget_class, GuichetCounterPage, file_button);
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
  update (self);
}

void
guichet_counter_page_set_desk (GuichetCounterPage *self, GuichetDesk *desk)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
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

  if (!has_form (self))
    show_procedures (self);
}

void
guichet_counter_page_back (GuichetCounterPage *self)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  if (has_form (self))
    guichet_counter_page_leave_async (self, left_form_cb, NULL);
  else
    g_signal_emit (self, signals[LEFT], 0);
}

void
guichet_counter_page_forget (GuichetCounterPage *self)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  close_form (self);
  guichet_procedure_list_show (self->list, NULL, NULL);
}

gboolean
guichet_counter_page_is_typed (GuichetCounterPage *self)
{
  g_return_val_if_fail (GUICHET_IS_COUNTER_PAGE (self), FALSE);

  return has_form (self) && (self->filing != NULL || guichet_filing_form_is_typed (self->form));
}

void
guichet_counter_page_leave_async (GuichetCounterPage *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, guichet_counter_page_leave_async);
  if (guichet_counter_page_is_typed (self))
    {
      ask_before_leaving (self, g_steal_pointer (&task));
      return;
    }
  close_form (self);
  g_task_return_boolean (task, TRUE);
}

gboolean
guichet_counter_page_leave_finish (GuichetCounterPage *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
