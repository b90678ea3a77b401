/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done to the account, and what comes of it.
 */
#define G_LOG_DOMAIN "guichet-account-sheet"

#include "config.h"

#include "guichet-account-sheet-private.h"
#include "guichet-card-parcel.h"

/* What takes longer says so; what is faster must not flicker. */
#define PATIENCE_MS 300

static void
done (GuichetAccountSheet *self)
{
  g_clear_pointer (&self->act, guichet_account_act_unref);
  if (self->kind != GUICHET_ACCOUNT_RENEW)
    guichet_contact_form_settle (self->contact);
  _guichet_account_sheet_show_notice (self, guichet_account_words_done (self->kind));
  _guichet_account_sheet_look_for (self);
}

static void
refused (GuichetAccountSheet *self, const GError *error, const char *word, GPtrArray *issues)
{
  g_autofree char *words = NULL;

  /* Nobody knows whether it was done: what is asked again is the same. */
  if (!guichet_desk_error_is_open (error))
    g_clear_pointer (&self->act, guichet_account_act_unref);
  _guichet_account_sheet_update (self);
  _guichet_account_sheet_show_notice (self, NULL);
  if (guichet_contact_form_show_issues (self->contact, issues, "contact."))
    return;
  self->exists = g_strcmp0 (word, "accountExists") == 0;
  if (!self->exists)
    {
      words = guichet_account_words_error (error, word);
      _guichet_account_sheet_show_notice (self, words);
    }
  if (self->exists || g_strcmp0 (word, "conflict") == 0)
    _guichet_account_sheet_look_for (self);
}

/* What came of what was asked for about a card that is out. @error: (nullable): it was done. */
static void
heard_late (GuichetAccountSheet *self, const GError *error)
{
  g_autofree char *outcome = error != NULL ? guichet_account_words_error (error, NULL)
                                           : g_strdup (guichet_account_words_done (self->kind));
  g_autofree char *words = guichet_account_words_before (outcome);

  if (error == NULL && self->kind != GUICHET_ACCOUNT_RENEW && self->person == NULL)
    {
      guichet_contact_form_settle (self->contact);
      _guichet_account_sheet_show_contact (self);
    }
  if (self->person != NULL)
    {
      _guichet_account_sheet_show_notice (self, words);
      /* The form came while nothing could be typed in it. */
      if (gtk_root_get_focus (GTK_ROOT (self)) == NULL)
        guichet_contact_form_focus (self->contact);
      /* It may be the same person, whose account is another since. */
      _guichet_account_sheet_look_for (self);
    }
  else if (guichet_card_slot_get_state (self->slot) == GUICHET_SLOT_READING)
    _guichet_account_sheet_toast (self, words);
  else
    _guichet_account_sheet_settle_card (self, words);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetAccountSheet) self = user_data;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *word = NULL;
  gboolean orphaned;
  const gboolean ok =
      guichet_desk_act_on_account_finish (GUICHET_DESK (source), result, &word, &issues, &error);

  if (self->desk == NULL)
    return;
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->acting);
  gtk_widget_set_sensitive (GTK_WIDGET (self->contact), TRUE);
  orphaned = self->orphaned;
  self->orphaned = FALSE;
  if (self->before != NULL && !orphaned)
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
  if (orphaned)
    heard_late (self, error);
  else if (ok)
    done (self);
  else
    refused (self, error, word, issues);
}

static void
wait_cb (gpointer user_data)
{
  GuichetAccountSheet *self = user_data;

  self->wait_id = 0;
  _guichet_account_sheet_show_notice (self, guichet_account_words_under_way (self->kind));
}

static GuichetAccountAct *
make_act (GuichetAccountSheet *self, GuichetAccountDeed kind, const GuichetContact *contact)
{
  EidFiles *files = guichet_card_slot_get_files (self->slot);
  g_autoptr (GuichetCardContent) card = NULL;

  if (kind == GUICHET_ACCOUNT_CHANGE)
    return guichet_account_act_new_change (self->account, contact);
  card = guichet_card_parcel_new (files, NULL);
  return kind == GUICHET_ACCOUNT_OPEN ? guichet_account_act_new_open (card, contact)
                                      : guichet_account_act_new_renew (self->account, card);
}

void
_guichet_account_sheet_act (GuichetAccountSheet *self,
                            GuichetAccountDeed kind,
                            const GuichetContact *contact)
{
  if (self->act == NULL || self->kind != kind)
    {
      g_clear_pointer (&self->act, guichet_account_act_unref);
      self->act = make_act (self, kind, contact);
      self->kind = kind;
    }
  self->acting = g_cancellable_new ();
  /* A text that goes away with the keyboard in it never hears that it has lost it. */
  g_set_weak_pointer (&self->before, gtk_root_get_focus (GTK_ROOT (self)));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->wait_id = g_timeout_add_once (PATIENCE_MS, wait_cb, self);
  _guichet_account_sheet_show_notice (self, NULL);
  _guichet_account_sheet_update (self);
  guichet_desk_act_on_account_async (self->desk,
                                     self->act,
                                     self->acting,
                                     acted_cb,
                                     g_object_ref (self));
}
