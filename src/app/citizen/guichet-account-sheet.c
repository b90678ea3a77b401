/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account of the person at the counter.
 */
#define G_LOG_DOMAIN "guichet-account-sheet"

#include "config.h"

#include "guichet-account-sheet-private.h"
#include "guichet-account-person.h"
#include "guichet-account-words.h"
#include "guichet-contact-form.h"
#include "guichet-front.h"
#include "guichet-last-person.h"
#include "guichet-locale.h"
#include "guichet-slot-words.h"

#include "guichet-card-profile.h"
#include "guichet-desk-account.h"
#include "guichet-niss.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (GuichetAccountSheet, guichet_account_sheet, ADW_TYPE_WINDOW)

/* Waiting, or why there is nothing to be seen */

static void
show_wait (GuichetAccountSheet *self, const char *icon, const char *title, const char *advice)
{
  gtk_image_set_from_icon_name (self->wait_icon, icon);
  gtk_label_set_label (self->wait_title, title);
  gtk_label_set_label (self->wait_advice, advice);
  gtk_widget_set_visible (GTK_WIDGET (self->wait_advice), *advice != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_stack_set_visible_child_name (self->states, "wait");
  _guichet_account_sheet_update (self);
}

static void
show_trouble (GuichetAccountSheet *self, const char *title, const char *advice)
{
  show_wait (self, "dialog-warning-symbolic", title, advice);
  gtk_widget_set_visible (self->again_button, TRUE);
  gtk_widget_grab_focus (self->again_button);
}

static void
show_reader (GuichetAccountSheet *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);
  const GuichetSlotWords words = guichet_slot_words (state);

  show_wait (self,
             words.icon,
             words.title,
             state == GUICHET_SLOT_FAILED
                 ? guichet_slot_words_failure (guichet_card_slot_get_error (self->slot))
                 : words.advice);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == GUICHET_SLOT_READING);
  gtk_progress_bar_set_fraction (self->progress, guichet_card_slot_get_progress (self->slot));
  gtk_widget_set_visible (self->again_button,
                          state != GUICHET_SLOT_READING &&
                              guichet_card_slot_get_reader (self->slot) != NULL);
}

void
_guichet_account_sheet_show_notice (GuichetAccountSheet *self, const char *words)
{
  gtk_label_set_label (self->notice, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), words != NULL);
}

/* What was said before holds: that it is done, or under way. */
static void
add_notice (GuichetAccountSheet *self, const char *words)
{
  const char *said = gtk_label_get_label (self->notice);
  g_autofree char *both = *said != '\0' ? g_strdup_printf ("%s\n%s", said, words) : NULL;

  _guichet_account_sheet_show_notice (self, both != NULL ? both : words);
}

/* What is to be seen of the person and their account */

static gboolean
is_shown (GuichetAccountSheet *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "account") == 0;
}

/* What is there to be seen may not be so any more, and could not be asked for. */
static gboolean
is_in_doubt (GuichetAccountSheet *self)
{
  return self->person != NULL && !self->known && self->asking == NULL;
}

static gboolean
can_save (GuichetAccountSheet *self)
{
  if (self->acting != NULL)
    return FALSE;
  if (!self->known)
    return is_in_doubt (self);
  return self->account != NULL ? guichet_contact_form_is_edited (self->contact)
                               : guichet_account_person_is_trusted (self->slot);
}

void
_guichet_account_sheet_update (GuichetAccountSheet *self)
{
  g_autofree char *state =
      self->person != NULL
          ? guichet_account_words_state (self->account,
                                         self->account != NULL
                                             ? guichet_desk_name_of (self->desk,
                                                                     self->account->opened_by)
                                             : NULL,
                                         guichet_desk_get_zone (self->desk))
          : g_strdup (_ ("The card is out"));

  gtk_label_set_label (self->state_label, state);
  adw_window_title_set_subtitle (self->window_title,
                                 self->account != NULL ? self->account->account : "");
  if (is_in_doubt (self))
    gtk_button_set_label (self->save_button, _ ("Try again"));
  else
    gtk_button_set_label (self->save_button,
                          self->account != NULL
                          ? _ ("Save the changes")
                          : _ ("Open the account"));
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), is_shown (self));
  guichet_account_person_show (self->person_box,
                               self->slot,
                               self->person,
                               self->account != NULL ? self->account->citizen : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->contact), self->acting == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", can_save (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "account.renew",
                                 self->known && self->account != NULL && self->acting == NULL &&
                                     guichet_account_person_is_trusted (self->slot));
}

/* Leaving */

void
_guichet_account_sheet_toast (GuichetAccountSheet *self, const char *words)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", words);
}

static void
leave (GuichetAccountSheet *self, const char *words)
{
  _guichet_account_sheet_toast (self, words);
  gtk_window_close (GTK_WINDOW (self));
}

/* Fills in what nobody has changed. */
void
_guichet_account_sheet_show_contact (GuichetAccountSheet *self)
{
  g_autoptr (GuichetContact) contact =
      self->account != NULL ? guichet_account_contact (self->account)
                            : guichet_contact_new (NULL, NULL, guichet_locale_language ());

  guichet_contact_form_show (self->contact, contact);
}

static void
forget_card (GuichetAccountSheet *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->known = FALSE;
  self->exists = FALSE;
  g_clear_pointer (&self->account, guichet_account_unref);
  g_clear_pointer (&self->person, guichet_citizen_unref);
  /* It is never sent again: the next card may be somebody else's. */
  g_clear_pointer (&self->act, guichet_account_act_unref);
  self->orphaned = self->acting != NULL;
}

/* What was typed is not the card's: it waits for the person to put it in again. */
static void
say_waits (GuichetAccountSheet *self, const char *before)
{
  const char *words =
      _ ("What was read of the card is forgotten. What you typed waits here: put the same card in "
         "again to go on.");
  g_autofree char *both = before != NULL ? g_strdup_printf ("%s\n%s", before, words) : NULL;

  _guichet_account_sheet_show_notice (self, both != NULL ? both : words);
}

/* @before: (nullable): what else there is to say */
void
_guichet_account_sheet_settle_card (GuichetAccountSheet *self, const char *before)
{
  if (guichet_contact_form_is_edited (self->contact))
    {
      say_waits (self, before);
      gtk_stack_set_visible_child_name (self->states, "account");
      _guichet_account_sheet_update (self);
    }
  else
    leave (self,
           before != NULL ? before : _ ("The card is out: what was read of it is forgotten."));
}

/* Finding the account */

static void
show_account (GuichetAccountSheet *self)
{
  const gboolean arrived = !is_shown (self);

  _guichet_account_sheet_show_contact (self);
  gtk_stack_set_visible_child_name (self->states, "account");
  _guichet_account_sheet_update (self);
  if (arrived)
    guichet_contact_form_focus (self->contact);
}

/* What was to be opened is there. @account: (nullable): if it was found */
static void
say_exists (GuichetAccountSheet *self, const GuichetAccount *account)
{
  const GuichetClerk *me = guichet_desk_get_clerk (self->desk);
  const gboolean mine =
      account != NULL && me != NULL && g_strcmp0 (account->opened_by, me->login) == 0;

  if (self->exists)
    _guichet_account_sheet_show_notice (self, guichet_account_words_exists (mine));
  self->exists = FALSE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetAccountSheet) self = user_data;
  g_autoptr (GuichetAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  const gboolean found =
      guichet_desk_find_account_finish (GUICHET_DESK (source), result, &account, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->person == NULL)
    return;
  g_clear_object (&self->asking);
  say_exists (self, account);
  if (found)
    {
      self->known = TRUE;
      g_clear_pointer (&self->account, guichet_account_unref);
      self->account = g_steal_pointer (&account);
      show_account (self);
      return;
    }
  words = guichet_account_words_error (error, NULL);
  if (is_shown (self))
    {
      add_notice (self, words);
      _guichet_account_sheet_update (self);
    }
  else
    show_trouble (self, _ ("The account could not be looked for"), words);
}

void
_guichet_account_sheet_look_for (GuichetAccountSheet *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  self->known = FALSE;
  _guichet_account_sheet_update (self);
  guichet_desk_find_account_async (self->desk,
                                   self->person->niss,
                                   self->asking,
                                   found_cb,
                                   g_object_ref (self));
}

/* The card */

static void
card_read (GuichetAccountSheet *self)
{
  const GuichetCardPerson *person = guichet_card_slot_get_person (self->slot);
  g_autofree char *late = NULL;

  if (person == NULL || !guichet_niss_is_valid (person->niss))
    {
      show_trouble (self,
                    _ ("The card could not be read"),
                       guichet_slot_words_failure (guichet_card_slot_get_error (self->slot)));
      return;
    }
  self->person = guichet_card_profile_new (person);
  /* As long as that goes on nothing can be done here. */
  if (self->acting != NULL)
    late = guichet_account_words_before (guichet_account_words_under_way (self->kind));
  _guichet_account_sheet_show_notice (self, late);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (_guichet_account_sheet_take_person (self, person->niss))
    add_notice (self,
                _ ("This is the card of somebody else: what you had typed for the person before is "
                    "gone."));
  show_wait (self, "system-users-symbolic", _ ("Looking for their account…"), "");
  _guichet_account_sheet_look_for (self);
}

/* What is typed stays in sight. */
static void
say_reader (GuichetAccountSheet *self, GuichetSlotState state)
{
  g_autofree char *words =
      guichet_slot_words_trouble (state, guichet_card_slot_get_error (self->slot));

  if (state == GUICHET_SLOT_EMPTY)
    say_waits (self, NULL);
  else if (words != NULL)
    _guichet_account_sheet_show_notice (self, words);
  gtk_stack_set_visible_child_name (self->states, "account");
  _guichet_account_sheet_update (self);
}

static void
card_out (GuichetAccountSheet *self)
{
  forget_card (self);
  _guichet_account_sheet_show_contact (self);
  /* What becomes of what is under way is heard first. */
  if (self->acting == NULL)
    _guichet_account_sheet_settle_card (self, NULL);
  else
    _guichet_account_sheet_update (self);
}

static void
slot_cb (GuichetAccountSheet *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);

  if (self->person != NULL && state == GUICHET_SLOT_READ)
    _guichet_account_sheet_update (self);
  else if (self->person != NULL)
    card_out (self);
  else if (state == GUICHET_SLOT_READ)
    card_read (self);
  else if (self->acting != NULL)
    return;
  else if (guichet_contact_form_is_edited (self->contact))
    say_reader (self, state);
  else
    show_reader (self);
}

static void
read_card (GuichetAccountSheet *self)
{
  guichet_card_slot_read (self->slot,
                          guichet_desk_now (self->desk),
                          guichet_desk_get_zone (self->desk));
}

static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetAccountSheet *self = GUICHET_ACCOUNT_SHEET (widget);

  if (self->person == NULL)
    {
      read_card (self);
      return;
    }
  show_wait (self, "system-users-symbolic", _ ("Looking for their account…"), "");
  _guichet_account_sheet_look_for (self);
}

/* What is done to the account */

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetAccountSheet *self = GUICHET_ACCOUNT_SHEET (widget);
  g_autoptr (GuichetContact) contact = NULL;

  if (!can_save (self))
    return;
  if (is_in_doubt (self))
    {
      _guichet_account_sheet_show_notice (self, NULL);
      _guichet_account_sheet_look_for (self);
      return;
    }
  contact = guichet_contact_form_read (self->contact);
  if (contact != NULL)
    _guichet_account_sheet_act (self,
                                self->account != NULL ? GUICHET_ACCOUNT_CHANGE
                                                      : GUICHET_ACCOUNT_OPEN,
                                contact);
}

static void
renew_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _guichet_account_sheet_act (GUICHET_ACCOUNT_SHEET (widget), GUICHET_ACCOUNT_RENEW, NULL);
}

static void
edited_cb (GuichetAccountSheet *self)
{
  /* What is asked for now is something else. */
  if (self->kind != GUICHET_ACCOUNT_RENEW)
    g_clear_pointer (&self->act, guichet_account_act_unref);
  if (self->person != NULL)
    _guichet_account_sheet_show_notice (self, NULL);
  _guichet_account_sheet_update (self);
}

static gboolean
guichet_account_sheet_close_request (GtkWindow *window)
{
  GuichetAccountSheet *self = GUICHET_ACCOUNT_SHEET (window);

  _guichet_account_sheet_keep_draft (self);
  if (self->acting != NULL)
    _guichet_account_sheet_toast (self,
                                  _ ("It is not known whether it was done: look the account up again."));
  return GTK_WINDOW_CLASS (guichet_account_sheet_parent_class)->close_request (window);
}

static void
guichet_account_sheet_dispose (GObject *object)
{
  GuichetAccountSheet *self = GUICHET_ACCOUNT_SHEET (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->acting);
  g_clear_object (&self->acting);
  g_clear_weak_pointer (&self->before);
  g_clear_pointer (&self->last, guichet_last_person_free);
  if (self->slot != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->slot, self);
      forget_card (self);
      guichet_card_slot_drop (self->slot);
    }
  g_clear_object (&self->slot);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_ACCOUNT_SHEET);

  G_OBJECT_CLASS (guichet_account_sheet_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass,
                                               "/be/mons/Guichetier/guichet-account-sheet.ui");
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, window_title);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, save_button);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, states);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, wait_icon);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, wait_title);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, wait_advice);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, progress);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, again_button);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, state_label);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, notice);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, person_box);
  gtk_widget_class_bind_template_child (klass, GuichetAccountSheet, contact);
  gtk_widget_class_bind_template_callback (klass, edited_cb);
}

static void
guichet_account_sheet_class_init (GuichetAccountSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_account_sheet_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guichet_account_sheet_close_request;
  g_type_ensure (GUICHET_TYPE_ACCOUNT_PERSON);
  g_type_ensure (GUICHET_TYPE_CONTACT_FORM);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "account.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "account.renew", NULL, renew_action);
  gtk_widget_class_install_action (widget_class, "account.again", NULL, again_action);
}

static void
guichet_account_sheet_init (GuichetAccountSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_follow (self->states);
  self->last = guichet_last_person_new (NULL);
}

/* A card that goes in again is read at once: it is what the sheet waits for. */
static void
inserted_cb (GuichetAccountSheet *self)
{
  if (self->person == NULL)
    read_card (self);
}

GuichetAccountSheet *
guichet_account_sheet_new (GtkWindow *parent, GuichetDesk *desk, GuichetCardSlot *slot)
{
  GuichetAccountSheet *self =
      g_object_new (GUICHET_TYPE_ACCOUNT_SHEET, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->slot = g_object_ref (slot);
  g_signal_connect_object (slot, "changed", G_CALLBACK (slot_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (slot, "inserted", G_CALLBACK (inserted_cb), self, G_CONNECT_SWAPPED);
  read_card (self);
  slot_cb (self);
  return self;
}
