/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the card readers stand.
 */
#define G_LOG_DOMAIN "guichet-reader-sign"

#include "config.h"

#include "guichet-reader-sign.h"
#include "guichet-slot-words.h"

#include <glib/gi18n.h>

struct _GuichetReaderSign
{
  AdwBin parent_instance;

  /* Given */
  GuichetCardSlot *slot; /* (owned) (nullable) */

  /* Template widgets */
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkLabel *title;
  GtkLabel *advice;
  GtkListBox *readers;
};

G_DEFINE_FINAL_TYPE (GuichetReaderSign, guichet_reader_sign, ADW_TYPE_BIN)

static GtkWidget *
reader_row (GuichetReaderSign *self, const EidReaderState *reader)
{
  g_autofree char *words = guichet_slot_words_reader (reader);
  const gboolean chosen = g_strcmp0 (reader->name, guichet_card_slot_get_reader (self->slot)) == 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (reader->status == EID_READER_CARD && !chosen)
    {
      GtkWidget *choose = gtk_button_new_with_label (_ ("Take this one"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (choose), "reader.choose");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (choose), "s", reader->name);
      gtk_box_append (GTK_BOX (box), choose);
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return row;
}

static void
show_readers (GuichetReaderSign *self)
{
  GPtrArray *readers = guichet_card_slot_get_readers (self->slot);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->readers, 0)) != NULL)
    gtk_list_box_remove (self->readers, GTK_WIDGET (row));
  for (guint i = 0; i < readers->len; i++)
    gtk_list_box_append (self->readers, reader_row (self, g_ptr_array_index (readers, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->readers), readers->len > 0);
}

static void
update_cb (GuichetReaderSign *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);
  const GuichetSlotWords words = guichet_slot_words (state);

  /* A desk without readers is nothing to look at. */
  if (state <= GUICHET_SLOT_NO_READER && state != GUICHET_SLOT_DENIED)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "dim-label");
  gtk_menu_button_set_icon_name (self->button, words.icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words.brief);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words.brief,
                                  -1);
  gtk_label_set_label (self->title, words.title);
  gtk_label_set_label (self->advice, words.advice);
  gtk_widget_set_visible (GTK_WIDGET (self->advice), *words.advice != '\0');
  show_readers (self);
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetReaderSign *self = GUICHET_READER_SIGN (widget);
  g_autofree char *reader = g_variant_dup_string (parameter, NULL);

  gtk_popover_popdown (self->popover);
  guichet_card_slot_choose (self->slot, reader);
}

static void
guichet_reader_sign_dispose (GObject *object)
{
  GuichetReaderSign *self = GUICHET_READER_SIGN (object);

  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_data (self->slot, self);
  g_clear_object (&self->slot);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_READER_SIGN);

  G_OBJECT_CLASS (guichet_reader_sign_parent_class)->dispose (object);
}

static void
guichet_reader_sign_class_init (GuichetReaderSignClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_reader_sign_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-reader-sign.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetReaderSign, button);
  gtk_widget_class_bind_template_child (widget_class, GuichetReaderSign, popover);
  gtk_widget_class_bind_template_child (widget_class, GuichetReaderSign, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetReaderSign, advice);
  gtk_widget_class_bind_template_child (widget_class, GuichetReaderSign, readers);
  gtk_widget_class_install_action (widget_class, "reader.choose", "s", choose_action);
}

static void
guichet_reader_sign_init (GuichetReaderSign *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
guichet_reader_sign_set_slot (GuichetReaderSign *self, GuichetCardSlot *slot)
{
  g_return_if_fail (GUICHET_IS_READER_SIGN (self));
  g_return_if_fail (GUICHET_IS_CARD_SLOT (slot) && self->slot == NULL);

  self->slot = g_object_ref (slot);
  g_signal_connect_object (slot, "changed", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
}
