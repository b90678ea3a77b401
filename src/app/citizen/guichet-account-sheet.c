/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account of the person at the counter.
 */
#define G_LOG_DOMAIN "guichet-account-sheet"

#include "config.h"

#include "guichet-account-sheet.h"
#include "guichet-account-person.h"
#include "guichet-account-words.h"
#include "guichet-card-parcel.h"
#include "guichet-contact-form.h"
#include "guichet-front.h"
#include "guichet-locale.h"
#include "guichet-slot-words.h"

#include "guichet-card-profile.h"
#include "guichet-desk-account.h"
#include "guichet-niss.h"

#include <glib/gi18n.h>

/* What takes longer says so; what is faster must not flicker. */
#define PATIENCE_MS 300
#define NISS_DIGITS 11

typedef enum
{
  OPEN,
  CHANGE,
  RENEW,
} Act;

struct _GuichetAccountSheet
{
  AdwWindow parent_instance;

  /* Given */
  GuichetDesk *desk;     /* (owned) (nullable): until disposed */
  GuichetCardSlot *slot; /* (owned) (nullable): idem */

  /* The card, while it is in */
  GuichetCitizen *person;   /* (owned) (nullable): once it is read */
  guint8 mask[NISS_DIGITS]; /* random: with which… */
  char *whose; /* (owned) (nullable): …the number of the card that was last in is told again */

  /* The account, while the card is in */
  GCancellable *asking;    /* (owned) (nullable): while it is being looked for */
  gboolean known;          /* whether there is one */
  GuichetAccount *account; /* (owned) (nullable) */

  /* What is done to it */
  Act kind;
  GuichetAccountAct *act; /* (owned) (nullable): until it is known to be done, or is another one */
  GCancellable *acting;   /* (owned) (nullable): while the server is asked to */
  GtkWidget *before;      /* (weak) (nullable): where the keyboard was when that began */
  guint wait_id;

  /* Template widgets */
  AdwWindowTitle *window_title;
  GtkButton *save_button;
  GtkStack *states;
  GtkImage *wait_icon;
  GtkLabel *wait_title;
  GtkLabel *wait_advice;
  GtkProgressBar *progress;
  GtkWidget *again_button;
  GtkLabel *state_label;
  GtkLabel *notice;
  GuichetAccountPerson *person_box;
  GuichetContactForm *contact;
};

G_DEFINE_FINAL_TYPE (GuichetAccountSheet, guichet_account_sheet, ADW_TYPE_WINDOW)

/* clang-format off */
static const struct
{
  const char *under_way;
  const char *done;
} acts[] = {
  [OPEN] = { N_ ("The account is being opened…"), N_ ("The account is open.") },
  [CHANGE] = { N_ ("The changes are being saved…"), N_ ("The changes are saved.") },
  [RENEW] = { N_ ("The account is being renewed from the card…"),
              N_ ("The account says now what the card says.") },
};
/* clang-format on */

static void update (GuichetAccountSheet *self);

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
  update (self);
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

static void
show_notice (GuichetAccountSheet *self, const char *words)
{
  gtk_label_set_label (self->notice, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), words != NULL);
}

/* What is to be seen of the person and their account */

static gboolean
can_save (GuichetAccountSheet *self)
{
  if (!self->known || self->acting != NULL)
    return FALSE;
  return self->account != NULL ? guichet_contact_form_is_edited (self->contact)
                               : guichet_account_person_is_trusted (self->slot);
}

static void
update (GuichetAccountSheet *self)
{
  g_autofree char *state =
      self->person != NULL
          ? guichet_account_words_state (self->account, guichet_desk_get_zone (self->desk))
          : g_strdup (_ ("The card is out"));

  gtk_label_set_label (self->state_label, state);
  adw_window_title_set_subtitle (self->window_title,
                                 self->account != NULL ? self->account->account : "");
  gtk_button_set_label (self->save_button,
                        self->account != NULL
                        ? _ ("Save the changes")
                        : _ ("Open the account"));
  gtk_widget_set_visible (GTK_WIDGET (self->save_button),
                          g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "account") ==
                              0);
  guichet_account_person_show (self->person_box,
                               self->slot,
                               self->person,
                               self->account != NULL ? self->account->citizen : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->contact), self->acting == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", can_save (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "account.renew",
                                 self->known && self->acting == NULL &&
                                     guichet_account_person_is_trusted (self->slot));
}

/* Leaving */

static void
leave (GuichetAccountSheet *self, const char *words)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", words);
  gtk_window_close (GTK_WINDOW (self));
}

static void
forget_card (GuichetAccountSheet *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->known = FALSE;
  g_clear_pointer (&self->account, guichet_account_unref);
  g_clear_pointer (&self->person, guichet_citizen_unref);
  if (self->acting == NULL)
    g_clear_pointer (&self->act, guichet_account_act_unref);
}

/* What was typed is not the card's: it waits for the person to put it in again. */
static void
settle_card (GuichetAccountSheet *self)
{
  if (guichet_contact_form_is_edited (self->contact))
    {
      show_notice (self,
                   _ ("What was read of the card is forgotten. What you typed waits here: put the "
                      "same card in again to go on."));
      gtk_stack_set_visible_child_name (self->states, "account");
      update (self);
    }
  else
    leave (self, _ ("The card is out: what was read of it is forgotten."));
}

/* Finding the account */

static void
show_account (GuichetAccountSheet *self)
{
  g_autoptr (GuichetContact) contact =
      self->account != NULL ? guichet_account_contact (self->account)
                            : guichet_contact_new (NULL, NULL, guichet_locale_language ());
  const gboolean arrived =
      g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "account") != 0;

  guichet_contact_form_show (self->contact, contact);
  gtk_stack_set_visible_child_name (self->states, "account");
  update (self);
  if (arrived)
    guichet_contact_form_focus (self->contact);
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
  if (found)
    {
      self->known = TRUE;
      g_clear_pointer (&self->account, guichet_account_unref);
      self->account = g_steal_pointer (&account);
      show_account (self);
      return;
    }
  words = guichet_account_words_error (error, NULL);
  show_trouble (self, _ ("The account could not be looked for"), words);
}

static void
look_for (GuichetAccountSheet *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  guichet_desk_find_account_async (self->desk,
                                   self->person->niss,
                                   self->asking,
                                   found_cb,
                                   g_object_ref (self));
}

/* The card */

/* Of the number of a card that is out nothing is kept that could be read: GLib, which digests it,
 * leaves what it was given in the memory. */
static gboolean
is_other_person (GuichetAccountSheet *self, const char *niss)
{
  g_autofree char *whose = NULL;
  guint8 masked[NISS_DIGITS];
  gboolean other;

  for (guint i = 0; i < NISS_DIGITS; i++)
    masked[i] = (guint8) niss[i] ^ self->mask[i];
  whose = g_compute_checksum_for_data (G_CHECKSUM_SHA256, masked, NISS_DIGITS);
  other = self->whose != NULL && !g_str_equal (self->whose, whose);
  g_free (self->whose);
  self->whose = g_steal_pointer (&whose);
  return other;
}

static void
card_read (GuichetAccountSheet *self)
{
  const GuichetCardPerson *person = guichet_card_slot_get_person (self->slot);

  if (person == NULL || !guichet_niss_is_valid (person->niss))
    {
      show_trouble (self,
                    _ ("The card could not be read"),
                       guichet_slot_words_failure (guichet_card_slot_get_error (self->slot)));
      return;
    }
  self->person = guichet_card_profile_new (person);
  show_notice (self, NULL);
  if (is_other_person (self, person->niss) && guichet_contact_form_is_edited (self->contact))
    {
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
      guichet_contact_form_clear (self->contact);
      show_notice (self,
                   _ ("This is the card of somebody else: what you had typed for the person before is "
                      "gone."));
    }
  show_wait (self, "system-users-symbolic", _ ("Looking for their account…"), "");
  look_for (self);
}

static void
slot_cb (GuichetAccountSheet *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);

  if (self->person != NULL && state == GUICHET_SLOT_READ)
    update (self);
  else if (self->person != NULL)
    {
      forget_card (self);
      /* What becomes of it is heard first. */
      if (self->acting == NULL)
        settle_card (self);
      else
        update (self);
    }
  else if (state == GUICHET_SLOT_READ)
    card_read (self);
  else if (!guichet_contact_form_is_edited (self->contact) && self->acting == NULL)
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
  look_for (self);
}

/* What is done to the account */

static void
done (GuichetAccountSheet *self)
{
  const char *words = _ (acts[self->kind].done);

  g_clear_pointer (&self->act, guichet_account_act_unref);
  if (self->kind != RENEW)
    guichet_contact_form_settle (self->contact);
  if (self->person == NULL)
    {
      leave (self, words);
      return;
    }
  show_notice (self, words);
  look_for (self);
  update (self);
}

static void
refused (GuichetAccountSheet *self, const GError *error, const char *word, GPtrArray *issues)
{
  g_autofree char *words = NULL;

  /* Nobody knows whether it was done: what is asked again is the same. */
  if (!guichet_desk_error_is_open (error))
    g_clear_pointer (&self->act, guichet_account_act_unref);
  if (self->person == NULL)
    {
      g_clear_pointer (&self->act, guichet_account_act_unref);
      settle_card (self);
      return;
    }
  update (self);
  show_notice (self, NULL);
  if (guichet_contact_form_show_issues (self->contact, issues, "contact."))
    return;
  words = guichet_account_words_error (error, word);
  show_notice (self, words);
  if (g_strcmp0 (word, "conflict") == 0 || g_strcmp0 (word, "accountExists") == 0)
    look_for (self);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetAccountSheet) self = user_data;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *word = NULL;
  const gboolean ok =
      guichet_desk_act_on_account_finish (GUICHET_DESK (source), result, &word, &issues, &error);

  if (self->desk == NULL)
    return;
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->acting);
  gtk_widget_set_sensitive (GTK_WIDGET (self->contact), TRUE);
  if (self->before != NULL)
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
  if (ok)
    done (self);
  else
    refused (self, error, word, issues);
}

static void
wait_cb (gpointer user_data)
{
  GuichetAccountSheet *self = user_data;

  self->wait_id = 0;
  show_notice (self, _ (acts[self->kind].under_way));
}

static GuichetAccountAct *
make_act (GuichetAccountSheet *self, Act kind, const GuichetContact *contact)
{
  EidFiles *files = guichet_card_slot_get_files (self->slot);
  g_autoptr (GuichetCardContent) card = NULL;

  if (kind == CHANGE)
    return guichet_account_act_new_change (self->account, contact);
  card = guichet_card_parcel_new (files, NULL);
  return kind == OPEN ? guichet_account_act_new_open (card, contact)
                      : guichet_account_act_new_renew (self->account, card);
}

static void
act (GuichetAccountSheet *self, Act kind, const GuichetContact *contact)
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
  show_notice (self, NULL);
  update (self);
  guichet_desk_act_on_account_async (self->desk,
                                     self->act,
                                     self->acting,
                                     acted_cb,
                                     g_object_ref (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetAccountSheet *self = GUICHET_ACCOUNT_SHEET (widget);
  g_autoptr (GuichetContact) contact = NULL;

  if (!can_save (self))
    return;
  contact = guichet_contact_form_read (self->contact);
  if (contact != NULL)
    act (self, self->account != NULL ? CHANGE : OPEN, contact);
}

static void
renew_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act (GUICHET_ACCOUNT_SHEET (widget), RENEW, NULL);
}

static void
edited_cb (GuichetAccountSheet *self)
{
  /* What is asked for now is something else. */
  if (self->kind != RENEW)
    g_clear_pointer (&self->act, guichet_account_act_unref);
  if (self->person != NULL)
    show_notice (self, NULL);
  update (self);
}

static void
guichet_account_sheet_dispose (GObject *object)
{
  GuichetAccountSheet *self = GUICHET_ACCOUNT_SHEET (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->acting);
  g_clear_object (&self->acting);
  g_clear_weak_pointer (&self->before);
  g_clear_pointer (&self->whose, g_free);
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
  for (guint i = 0; i < NISS_DIGITS; i++)
    self->mask[i] = (guint8) g_random_int ();
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
