/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a form is left without its being filed.
 */
#define G_LOG_DOMAIN "guichet-counter-page-leave"

#include "config.h"

#include "guichet-counter-page.h"
#include "guichet-counter-page-private.h"

#include <glib/gi18n.h>

#define TASK "guichet-counter-page-ask"

static void
answered_cb (GObject *dialog, const char *response)
{
  g_autoptr (GTask) task = g_object_steal_data (dialog, TASK);
  GuichetCounterPage *self = g_task_get_source_object (task);
  const gboolean discard = g_str_equal (response, "discard");

  g_clear_weak_pointer (&self->question);
  if (discard)
    _guichet_counter_page_close_form (self);
  g_task_return_boolean (task, discard);
}

/* The dialog went away with its window: nobody has said that anything may be lost. */
static void
unanswered_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, FALSE);
}

void
_guichet_counter_page_ask_async (GuichetCounterPage *self,
                                 const char *heading,
                                 const char *words,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GTask *task = g_task_new (self, NULL, callback, user_data);
  AdwMessageDialog *dialog;

  g_task_set_source_tag (task, _guichet_counter_page_ask_async);
  if (guichet_filing_is_unsure (self->filing))
    words = _ ("It may have been filed: the server has not answered. As long as this form is open, filing it again does not file it twice.");
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, heading, words));
  adw_message_dialog_add_responses (dialog,
                                    "keep",
                                    _ ("Go on filling in"), "discard", _ ("Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_object_set_data_full (G_OBJECT (dialog), TASK, task, unanswered_cb);
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), NULL);
  _guichet_counter_page_dismiss_question (self);
  g_set_weak_pointer (&self->question, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_guichet_counter_page_dismiss_question (GuichetCounterPage *self)
{
  if (self->question != NULL)
    gtk_window_close (self->question);
}

gboolean
guichet_counter_page_is_typed (GuichetCounterPage *self)
{
  g_return_val_if_fail (GUICHET_IS_COUNTER_PAGE (self), FALSE);

  return _guichet_counter_page_has_form (self) &&
         (guichet_filing_is_unsure (self->filing) || guichet_filing_form_is_typed (self->form));
}

void
guichet_counter_page_leave_async (GuichetCounterPage *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  if (guichet_counter_page_is_typed (self))
    {
      _guichet_counter_page_ask_async (self,
                                       _ ("Discard what was typed?"),
                                          _ ("This request has not been filed."),
                                             callback,
                                             user_data);
      return;
    }
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, guichet_counter_page_leave_async);
  _guichet_counter_page_close_form (self);
  g_task_return_boolean (task, TRUE);
}

gboolean
guichet_counter_page_leave_finish (GuichetCounterPage *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
left_form_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GuichetCounterPage *self = GUICHET_COUNTER_PAGE (source);

  if (guichet_counter_page_leave_finish (self, result))
    _guichet_counter_page_show_procedures (self);
}

void
guichet_counter_page_back (GuichetCounterPage *self)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  if (_guichet_counter_page_has_form (self))
    guichet_counter_page_leave_async (self, left_form_cb, NULL);
  else
    g_signal_emit_by_name (self, "left");
}

/* Being set aside */

void
guichet_counter_page_set_aside (GuichetCounterPage *self)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  if (self->aside)
    return;
  if (!guichet_counter_page_is_typed (self))
    {
      guichet_counter_page_forget (self);
      return;
    }
  _guichet_counter_page_dismiss_question (self);
  _guichet_counter_page_forget_card (self);
  self->aside = TRUE;
  _guichet_counter_page_update (self);
}

gboolean
guichet_counter_page_take_up (GuichetCounterPage *self)
{
  g_return_val_if_fail (GUICHET_IS_COUNTER_PAGE (self), FALSE);

  if (!self->aside || !guichet_desk_has_returned (self->desk))
    {
      guichet_counter_page_forget (self);
      return FALSE;
    }
  self->aside = FALSE;
  _guichet_counter_page_update (self);
  /* What else is said there matters more. */
  if (!guichet_filing_is_unsure (self->filing))
    _guichet_counter_page_show_notice (self,
                                       _ ("You are signed in again. The form is as you left it."));
  return TRUE;
}
