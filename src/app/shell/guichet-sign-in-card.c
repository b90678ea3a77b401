/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card on the first page.
 */
#define G_LOG_DOMAIN "guichet-sign-in-card"

#include "config.h"

#include "guichet-sign-in-card.h"
#include "guichet-front.h"

#include <glib/gi18n.h>

struct _GuichetSignInCard
{
  AdwBin parent_instance;

  /* Given */
  GuichetCardSlot *slot; /* (owned) (nullable) */
  gboolean busy;
  gboolean by_card;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *words_page;
  GtkLabel *words;
  GtkWidget *button;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetSignInCard, guichet_sign_in_card, ADW_TYPE_BIN)

/* NULL where there is nothing to say. */
/* clang-format off */
static const char *const states[] = {
  [GUICHET_SLOT_NO_SERVICE] =
      N_ ("The service for card readers (pcscd) does not run on this computer: sign in with your "
          "password."),
  [GUICHET_SLOT_DENIED] = N_ ("This session may not use the card reader."),
  [GUICHET_SLOT_NO_READER] = N_ ("Plug a card reader in to sign in with your card."),
  [GUICHET_SLOT_EMPTY] = N_ ("Put your identity card in the reader to sign in with it."),
  [GUICHET_SLOT_MUTE] = N_ ("The card does not answer: chip first and upwards."),
  [GUICHET_SLOT_OTHER_CARD] = N_ ("This is not a Belgian identity card."),
  [GUICHET_SLOT_READ] = NULL,
};
/* clang-format on */

static void
update (GuichetSignInCard *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);
  const gboolean reading = self->busy && self->by_card;
  const gboolean ready = !reading && state == GUICHET_SLOT_CARD;
  const char *words =
      reading ? N_ ("Signing in with your card: leave it in the reader.") : states[state];

  gtk_label_set_label (self->words, words != NULL ? _ (words) : "");
  gtk_stack_set_visible_child (self->stack, ready ? self->button : self->words_page);
  gtk_widget_set_sensitive (self->button, !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self), ready || words != NULL);
}

static void
clicked_cb (GuichetSignInCard *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
guichet_sign_in_card_dispose (GObject *object)
{
  GuichetSignInCard *self = GUICHET_SIGN_IN_CARD (object);

  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_data (self->slot, self);
  g_clear_object (&self->slot);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_SIGN_IN_CARD);

  G_OBJECT_CLASS (guichet_sign_in_card_parent_class)->dispose (object);
}

static void
guichet_sign_in_card_class_init (GuichetSignInCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_sign_in_card_dispose;
  signals[ACTIVATED] = g_signal_new ("activated",
                                     G_TYPE_FROM_CLASS (klass),
                                     G_SIGNAL_RUN_LAST,
                                     0,
                                     NULL,
                                     NULL,
                                     NULL,
                                     G_TYPE_NONE,
                                     0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-sign-in-card.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInCard, stack);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInCard, words_page);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInCard, words);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInCard, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
guichet_sign_in_card_init (GuichetSignInCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_follow (self->stack);
}

void
guichet_sign_in_card_set_slot (GuichetSignInCard *self, GuichetCardSlot *slot)
{
  g_return_if_fail (GUICHET_IS_SIGN_IN_CARD (self));
  g_return_if_fail (GUICHET_IS_CARD_SLOT (slot) && self->slot == NULL);

  self->slot = g_object_ref (slot);
  g_signal_connect_object (slot, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
guichet_sign_in_card_set_busy (GuichetSignInCard *self, gboolean busy, gboolean by_card)
{
  g_return_if_fail (GUICHET_IS_SIGN_IN_CARD (self));

  self->busy = busy;
  self->by_card = by_card;
  if (self->slot != NULL)
    update (self);
}

gboolean
guichet_sign_in_card_is_ready (GuichetSignInCard *self)
{
  g_return_val_if_fail (GUICHET_IS_SIGN_IN_CARD (self), FALSE);

  return self->slot != NULL && !self->busy &&
         guichet_card_slot_get_state (self->slot) == GUICHET_SLOT_CARD;
}
