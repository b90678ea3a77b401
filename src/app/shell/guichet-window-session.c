/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window does when a session begins, and when it ends.
 */
#define G_LOG_DOMAIN "guichet-window-session"

#include "config.h"

#include "guichet-window-private.h"

#include <glib/gi18n.h>

/* What was half typed about a request is opened again where it was, or over its request if it was over the list. */
static void
take_up_request (GuichetWindow *self)
{
  g_autofree char *drafted = NULL;

  if (self->request_page != NULL && guichet_request_page_take_up (self->request_page))
    {
      gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->request_place));
      return;
    }
  drafted = g_strdup (guichet_desk_get_drafted_request (self->desk));
  if (drafted != NULL && !_guichet_window_is_filing (self))
    guichet_window_open_request (self, drafted);
}

void
_guichet_window_enter_desk (GuichetWindow *self)
{
  self->was_signed_in = TRUE;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->queue_page));
  /* What comes in front gets the keyboard, and the side bar takes what has it for the choice. */
  guichet_queue_page_enter (self->queue_page);
  gtk_stack_set_visible_child_name (self->root, "desk");
  guichet_queue_page_focus (self->queue_page);
  if (self->counter_page != NULL && guichet_counter_page_take_up (self->counter_page))
    {
      gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->counter_place));
      guichet_counter_page_open (self->counter_page);
    }
  take_up_request (self);
  if (self->wanted != NULL)
    {
      g_autofree char *wanted = g_steal_pointer (&self->wanted);

      guichet_window_open_request (self, wanted);
    }
}

static const char *
why_signed_out (GuichetWindow *self)
{
  if (!self->was_signed_in)
    return NULL;
  if (!guichet_desk_has_expired (self->desk))
    return guichet_desk_is_leaving (self->desk)
        ? _ ("You are signed out. Your requests are being removed from this computer…")
        : _ ("You are signed out. Your requests are no longer on this computer.");
  /* It is about a person: only their card brings it back. */
  if (guichet_desk_get_drafted (self->desk, NULL) != NULL)
    return _ ("Your session has expired. What you had typed of an account waits here: sign in again, and open the account with the same card.");
  if (_guichet_window_is_filing (self))
    return _ ("Your session has expired. The form that you were filling in waits here until you sign in again.");
  if (guichet_desk_has_drafts (self->desk) ||
      (self->request_page != NULL && guichet_request_page_is_typed (self->request_page)))
    return _ ("Your session has expired. What you were typing waits here until you sign in again.");
  return _ ("Your session has expired. Sign in again to go on.");
}

void
_guichet_window_need_sign_in_page (GuichetWindow *self)
{
  if (self->sign_in_page != NULL)
    return;
  self->sign_in_page = g_object_new (GUICHET_TYPE_SIGN_IN_PAGE, NULL);
  guichet_sign_in_page_set_desk (self->sign_in_page, self->desk, self->slot);
  adw_bin_set_child (self->sign_in_place, GTK_WIDGET (self->sign_in_page));
}

void
_guichet_window_explain_signed_out (GuichetWindow *self)
{
  guichet_sign_in_page_explain (self->sign_in_page, why_signed_out (self));
}

/* Sheets, questions, a choice of files: all of it is about what is no longer here. */
static void
close_what_stands_over (GuichetWindow *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    g_ptr_array_add (windows, g_list_model_get_item (toplevels, i));
  for (guint i = 0; i < windows->len; i++)
    {
      GtkWindow *window = g_ptr_array_index (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (self) &&
          gtk_widget_get_visible (GTK_WIDGET (window)))
        gtk_window_close (window);
    }
}

static void
set_aside (GuichetWindow *self)
{
  if (self->request_page != NULL)
    guichet_request_page_set_aside (self->request_page);
  if (self->counter_page != NULL)
    guichet_counter_page_set_aside (self->counter_page);
}

static void
forget (GuichetWindow *self)
{
  if (self->request_page != NULL)
    guichet_request_page_forget (self->request_page);
  _guichet_window_forget_filing (self);
}

void
_guichet_window_leave_desk (GuichetWindow *self)
{
  _guichet_window_need_sign_in_page (self);
  gtk_stack_set_visible_child_name (self->root, "sign-in");
  if (guichet_desk_has_expired (self->desk))
    set_aside (self);
  else
    forget (self);
  close_what_stands_over (self);
  _guichet_window_explain_signed_out (self);
  guichet_queue_page_leave (self->queue_page);
  guichet_sign_in_page_focus (self->sign_in_page);
  _guichet_window_settled (self);
}
