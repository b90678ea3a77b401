/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done with the card in the reader.
 */
#define G_LOG_DOMAIN "guichet-card-offer"

#include "config.h"

#include "guichet-card-offer.h"
#include "guichet-front.h"
#include "guichet-slot-words.h"

#include "eid-error.h"
#include "eid-read.h"
#include "eid-word.h"
#include "guichet-niss.h"
#include "guichet-wrap-box.h"
#include "guichet-wrap-layout.h"

#include <glib/gi18n.h>

struct _GuichetCardOffer
{
  AdwBin parent_instance;

  /* Given */
  GuichetCardSlot *slot; /* (owned) (nullable) */
  gboolean desk;
  gboolean request;

  gboolean passed_over; /* the card was there before the clerk: their own */

  /* Owned */
  GCancellable *cancellable; /* (nullable): while the number is read */
  char *reader;              /* (nullable): of the card that it is of */
  guint event;               /* by which that went in */

  /* Template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkWidget *find_button;
  GtkWidget *read_button;
  GtkWidget *account_button;
};

enum
{
  PERSON,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetCardOffer, guichet_card_offer, ADW_TYPE_BIN)

static void
update_cb (GuichetCardOffer *self)
{
  const gboolean card = guichet_card_slot_get_state (self->slot) == GUICHET_SLOT_CARD;
  const gboolean shown = self->desk && card && !self->passed_over;

  if (!card)
    self->passed_over = FALSE;
  if (!shown && self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (shown && self->cancellable == NULL)
    gtk_label_set_label (self->label, _ ("There is an identity card in the reader."));
  gtk_widget_set_visible (self->find_button, !self->request);
  gtk_widget_set_sensitive (self->find_button, self->cancellable == NULL);
  gtk_widget_set_visible (self->read_button, self->request);
  gtk_widget_set_visible (self->account_button, !self->request);
  gtk_revealer_set_reveal_child (self->revealer, shown);
  guichet_front_set (GTK_WIDGET (self->revealer), shown);
}

static void
inserted_cb (GuichetCardOffer *self)
{
  self->passed_over = FALSE;
  update_cb (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetCardOffer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EidFiles) files = eid_read_finish (result, NULL, NULL, &error);
  g_autoptr (GuichetCardPerson) person = NULL;

  g_clear_object (&self->cancellable);
  if (self->slot == NULL)
    return;
  if (files != NULL)
    person = guichet_card_person_new (files, &error);
  update_cb (self);
  if (person != NULL && guichet_niss_is_valid (person->niss))
    g_signal_emit (self, signals[PERSON], 0, person->niss, self->reader, self->event);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (self->label, guichet_slot_words_failure (error));
}

static void
find_cb (GuichetCardOffer *self)
{
  const char *reader = guichet_card_slot_get_reader (self->slot);

  if (reader == NULL || self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  g_free (self->reader);
  self->reader = g_strdup (reader);
  self->event = guichet_card_slot_get_event (self->slot);
  gtk_label_set_label (self->label, _ ("Reading the national number…"));
  update_cb (self);
  eid_read_async (reader,
                  EID_FILE_BIT (EID_FILE_IDENTITY),
                  0,
                  NULL,
                  NULL,
                  self->cancellable,
                  read_cb,
                  g_object_ref (self));
}

static void
guichet_card_offer_dispose (GObject *object)
{
  GuichetCardOffer *self = GUICHET_CARD_OFFER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_data (self->slot, self);
  g_clear_object (&self->slot);
  g_clear_pointer (&self->reader, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_CARD_OFFER);

  G_OBJECT_CLASS (guichet_card_offer_parent_class)->dispose (object);
}

static void
guichet_card_offer_class_init (GuichetCardOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_card_offer_dispose;
  signals[PERSON] = g_signal_new ("person",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  3,
                                  G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                                  G_TYPE_STRING,
                                  G_TYPE_UINT);
  g_type_ensure (GUICHET_TYPE_WRAP_BOX);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-card-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetCardOffer, revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetCardOffer, label);
  gtk_widget_class_bind_template_child (widget_class, GuichetCardOffer, find_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetCardOffer, read_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetCardOffer, account_button);
  gtk_widget_class_bind_template_callback (widget_class, find_cb);
}

static void
guichet_card_offer_init (GuichetCardOffer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_set (GTK_WIDGET (self->revealer), FALSE);
}

void
guichet_card_offer_set_slot (GuichetCardOffer *self, GuichetCardSlot *slot)
{
  g_return_if_fail (GUICHET_IS_CARD_OFFER (self));
  g_return_if_fail (GUICHET_IS_CARD_SLOT (slot) && self->slot == NULL);

  self->slot = g_object_ref (slot);
  g_signal_connect_object (slot, "changed", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (slot, "inserted", G_CALLBACK (inserted_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
}

void
guichet_card_offer_set_place (GuichetCardOffer *self, gboolean desk, gboolean request)
{
  g_return_if_fail (GUICHET_IS_CARD_OFFER (self));

  if (self->slot != NULL && desk && !self->desk)
    self->passed_over = guichet_card_slot_get_state (self->slot) == GUICHET_SLOT_CARD;
  self->desk = desk;
  self->request = request;
  if (self->slot != NULL)
    update_cb (self);
}
