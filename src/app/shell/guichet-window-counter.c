/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How one gets to the counter page, and away from it; and to the account of who stands there.
 */
#define G_LOG_DOMAIN "guichet-window-counter"

#include "config.h"

#include "guichet-account-sheet.h"
#include "guichet-window-private.h"

#include <glib/gi18n.h>

/* For so long a new reference is shown, enough to write it down. */
#define FILED_SECONDS 30

/* Away from it */

void
_guichet_window_forget_filing (GuichetWindow *self)
{
  if (self->counter_page != NULL)
    guichet_counter_page_forget (self->counter_page);
}

/* Only after the clerk has given up what they were filling in, if anything. */
typedef struct
{
  GuichetWindow *window; /* (owned) */
  void (*go_on) (GuichetWindow *self, GVariant *argument);
  GVariant *argument; /* (owned) (nullable) */
} Leaving;

static void
left_counter_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Leaving *leaving = user_data;

  if (guichet_counter_page_leave_finish (GUICHET_COUNTER_PAGE (source), result) &&
      leaving->window->desk != NULL)
    leaving->go_on (leaving->window, leaving->argument);
  g_object_unref (leaving->window);
  g_clear_pointer (&leaving->argument, g_variant_unref);
  g_free (leaving);
}

gboolean
_guichet_window_is_filing (GuichetWindow *self)
{
  return self->counter_page != NULL && guichet_counter_page_is_typed (self->counter_page);
}

void
_guichet_window_when_left (GuichetWindow *self,
                           void (*go_on) (GuichetWindow *self, GVariant *argument),
                           GVariant *argument)
{
  g_autoptr (GVariant) sunk = argument != NULL ? g_variant_ref_sink (argument) : NULL;
  Leaving *leaving;

  if (!_guichet_window_is_filing (self))
    {
      go_on (self, argument);
      return;
    }
  leaving = g_new0 (Leaving, 1);
  leaving->window = g_object_ref (self);
  leaving->go_on = go_on;
  leaving->argument = g_steal_pointer (&sunk);
  guichet_counter_page_leave_async (self->counter_page, left_counter_cb, leaving);
}

/* To it, and what came of it */

static void
filed_cb (GuichetWindow *self, const char *reference, const char *code, gboolean earlier)
{
  const GuichetClerk *clerk = guichet_desk_get_clerk (self->desk);
  const GuichetCatalogue *catalogue = guichet_desk_get_catalogue (self->desk);
  const GuichetProcedure *procedure =
      catalogue != NULL ? guichet_catalogue_find (catalogue, code) : NULL;
  g_autofree char *words =
      g_strdup_printf (earlier
                       /* Translators: %s is a reference. */
                       ? _ ("The request had been filed before your last changes. Its reference is %s.")
                       /* Translators: %s is a reference. */
                       : _ ("The request is filed. Its reference is %s."), reference);
  AdwToast *toast = adw_toast_new (words);

  /* The reference is read aloud, or written down for who stands there; the one of the person
   * before would only stand in its way. */
  if (self->filed_toast != NULL)
    adw_toast_dismiss (self->filed_toast);
  g_set_weak_pointer (&self->filed_toast, toast);
  adw_toast_set_timeout (toast, FILED_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
  if (guichet_desk_get_state (self->desk) == GUICHET_DESK_SIGNED_OUT)
    {
      _guichet_window_explain_signed_out (self);
      return;
    }
  /* Who receives people does not read what the department does with it. */
  if (clerk != NULL && procedure != NULL &&
      guichet_clerk_can (clerk,
                         GUICHET_CAN_READ,
                         procedure->department,
                         procedure->code,
                         procedure->restricted))
    guichet_window_open_request (self, reference);
  else
    _guichet_window_show_queue (self);
}

static void
need_counter_page (GuichetWindow *self)
{
  if (self->counter_page != NULL)
    return;
  self->counter_page = g_object_new (GUICHET_TYPE_COUNTER_PAGE, NULL);
  guichet_counter_page_set_desk (self->counter_page, self->desk, self->slot);
  g_signal_connect_object (self->counter_page,
                           "left",
                           G_CALLBACK (_guichet_window_show_queue),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->counter_page,
                           "filed",
                           G_CALLBACK (filed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->counter_place, GTK_WIDGET (self->counter_page));
}

void
_guichet_window_file_request_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  need_counter_page (self);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->counter_place));
  _guichet_window_close_request (self);
  guichet_counter_page_open (self->counter_page);
}

void
_guichet_window_file_for_card_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _guichet_window_file_request_action (widget, name, NULL);
  guichet_counter_page_take_card (GUICHET_WINDOW (widget)->counter_page);
}

/* What else the card in the reader is good for. */

void
_guichet_window_account_for_card_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);
  const char *words;

  switch (guichet_card_slot_get_state (self->slot))
    {
    case GUICHET_SLOT_CARD:
    case GUICHET_SLOT_FAILED:
    case GUICHET_SLOT_STOPPED:
      gtk_window_present (
          GTK_WINDOW (guichet_account_sheet_new (GTK_WINDOW (self), self->desk, self->slot)));
      return;
    case GUICHET_SLOT_READING:
    case GUICHET_SLOT_READ:
      words = _ ("The card is needed for what you are filing.");
      break;
    default:
      words = _ ("Put the person’s card in the reader first.");
      break;
    }
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
}
