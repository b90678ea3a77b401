/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card of the person for whom a request is filed.
 */
#define G_LOG_DOMAIN "guichet-counter-page-card"

#include "config.h"

#include "guichet-counter-page.h"
#include "guichet-counter-page-private.h"
#include "guichet-card-profile.h"
#include "guichet-desk-account.h"
#include "guichet-slot-words.h"

#include <glib/gi18n.h>

/* A form that is about to be filled in by a card is not filed before. */
static void
set_taking (GuichetCounterPage *self, gboolean taking)
{
  self->taking = taking;
  _guichet_counter_page_update (self);
}

void
_guichet_counter_page_forget_person (GuichetCounterPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->contact, guichet_contact_unref);
  g_clear_pointer (&self->person, guichet_citizen_unref);
}

/* Nothing of it stays, in the reader's memory either. */
void
_guichet_counter_page_forget_card (GuichetCounterPage *self)
{
  const gboolean had = self->taking || self->person != NULL;

  set_taking (self, FALSE);
  self->went = FALSE;
  _guichet_counter_page_forget_person (self);
  if (had && self->slot != NULL)
    guichet_card_slot_drop (self->slot);
}

static void
say_filled (GuichetCounterPage *self)
{
  if (self->contact != NULL)
    _guichet_counter_page_show_notice (self,
                                       _ ("Filled in from the card and from their account. Hold the card against the person, and complete what is missing."));
  else
    _guichet_counter_page_show_notice (self,
                                       _ ("Filled in from the card. Hold it against the person, and complete what is missing."));
}

void
_guichet_counter_page_show_person (GuichetCounterPage *self)
{
  guichet_filing_form_set_person (self->form, self->person, self->trusted);
  if (self->contact != NULL)
    guichet_filing_form_set_contact (self->form, self->contact);
  if (_guichet_counter_page_has_form (self))
    say_filled (self);
  else
    _guichet_counter_page_show_notice (self,
                                       _ ("The card is read. Choose what the person asks for."));
}

/* Without an account, or without an answer, the clerk asks the person. */
static void
found_account_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetCounterPage) self = user_data;
  g_autoptr (GuichetAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  if (!guichet_desk_find_account_finish (GUICHET_DESK (source), result, &account, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("looking for the account of who asks: %s", error->message);
      return;
    }
  /* A form that is being filed stays as it was sent. */
  if (account == NULL || self->person == NULL || !self->trusted || self->trying != NULL ||
      g_strcmp0 (account->citizen->niss, self->person->niss) != 0)
    return;
  g_clear_pointer (&self->contact, guichet_contact_unref);
  self->contact = guichet_account_contact (account);
  guichet_filing_form_set_contact (self->form, self->contact);
  if (_guichet_counter_page_has_form (self))
    say_filled (self);
}

static void
look_for_account (GuichetCounterPage *self)
{
  if (!self->trusted || self->person->niss == NULL ||
      !guichet_desk_may_assist (guichet_desk_get_clerk (self->desk)))
    return;
  self->asking = g_cancellable_new ();
  guichet_desk_find_account_async (self->desk,
                                   self->person->niss,
                                   self->asking,
                                   found_account_cb,
                                   g_object_ref (self));
}

static void
card_read (GuichetCounterPage *self)
{
  const GuichetCardPerson *person = guichet_card_slot_get_person (self->slot);
  EidReport *report = guichet_card_slot_get_report (self->slot);

  set_taking (self, FALSE);
  self->trusted = report != NULL && eid_report_get_outcome (report) == EID_OUTCOME_GENUINE;
  if (person != NULL)
    {
      self->person = guichet_card_profile_new (person);
      _guichet_counter_page_show_person (self);
      look_for_account (self);
    }
  else
    {
      _guichet_counter_page_show_notice (self,
                                         guichet_slot_words_failure (
                                             guichet_card_slot_get_error (self->slot)));
      guichet_card_slot_drop (self->slot);
    }
}

/* What is found out about the card while the form is filled in. */
static void
card_judged (GuichetCounterPage *self)
{
  EidReport *report = guichet_card_slot_get_report (self->slot);
  const gboolean trusted = report != NULL && eid_report_get_outcome (report) == EID_OUTCOME_GENUINE;

  if (trusted == self->trusted)
    return;
  self->trusted = trusted;
  guichet_filing_form_set_trusted (self->form, trusted);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GuichetCounterPage *self = GUICHET_COUNTER_PAGE (source);

  if (guichet_counter_page_leave_finish (self, result))
    _guichet_counter_page_show_procedures (self);
}

/* The person may want it back long before all is said: what was read stays only if the clerk says so. */
void
_guichet_counter_page_settle_card (GuichetCounterPage *self)
{
  if (!self->went)
    return;
  self->went = FALSE;
  if (!guichet_counter_page_is_typed (self))
    {
      guichet_filing_form_set_person (self->form, NULL, TRUE);
      _guichet_counter_page_show_notice (self,
                                         _ ("The card is out: what was read of it is forgotten."));
      return;
    }
  _guichet_counter_page_ask_async (self,
                                   _ ("The card is out. Go on with this form?"),
                                      _ ("What was read of the card is only in this form, with what you typed."),
                                         answered_cb,
                                         NULL);
}

static void
card_out (GuichetCounterPage *self)
{
  _guichet_counter_page_forget_person (self);
  self->went = TRUE;
  /* What comes of the filing may leave nothing to ask about. */
  if (self->trying != NULL)
    return;
  _guichet_counter_page_show_notice (self, NULL);
  _guichet_counter_page_settle_card (self);
}

void
_guichet_counter_page_slot_changed_cb (GuichetCounterPage *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);

  if (self->person != NULL && state == GUICHET_SLOT_READ)
    card_judged (self);
  else if (self->person != NULL)
    card_out (self);
  else if (!self->taking)
    return;
  else if (state == GUICHET_SLOT_READ)
    card_read (self);
  else if (state == GUICHET_SLOT_READING)
    _guichet_counter_page_show_notice (self, _ ("Reading the card…"));
  else
    {
      set_taking (self, FALSE);
      _guichet_counter_page_show_notice (self,
                                         state == GUICHET_SLOT_FAILED
                                             ? guichet_slot_words_failure (
                                                   guichet_card_slot_get_error (self->slot))
                                             : guichet_slot_words (state).title);
    }
}

void
guichet_counter_page_take_card (GuichetCounterPage *self)
{
  g_return_if_fail (GUICHET_IS_COUNTER_PAGE (self));

  if (self->trying != NULL || self->taking || self->person != NULL)
    return;
  set_taking (self, TRUE);
  guichet_card_slot_read (self->slot,
                          guichet_desk_now (self->desk),
                          guichet_desk_get_zone (self->desk));
  /* Where there is nothing to read any more, the reader has nothing more to say. */
  if (guichet_card_slot_get_state (self->slot) != GUICHET_SLOT_READING)
    _guichet_counter_page_slot_changed_cb (self);
}
