/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Card and request side by side.
 */
#define G_LOG_DOMAIN "guichet-compared-row"

#include "config.h"

#include "guichet-compared-row.h"

#include <glib/gi18n.h>

struct _GuichetComparedRow
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkLabel *field;
  GtkLabel *card;
  GtkLabel *request;
  GtkLabel *match;
  GtkImage *icon;
};

G_DEFINE_FINAL_TYPE (GuichetComparedRow, guichet_compared_row, GTK_TYPE_LIST_BOX_ROW)

static void
guichet_compared_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_COMPARED_ROW);

  G_OBJECT_CLASS (guichet_compared_row_parent_class)->dispose (object);
}

static void
guichet_compared_row_class_init (GuichetComparedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_compared_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-compared-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetComparedRow, field);
  gtk_widget_class_bind_template_child (widget_class, GuichetComparedRow, card);
  gtk_widget_class_bind_template_child (widget_class, GuichetComparedRow, request);
  gtk_widget_class_bind_template_child (widget_class, GuichetComparedRow, match);
  gtk_widget_class_bind_template_child (widget_class, GuichetComparedRow, icon);
}

static void
guichet_compared_row_init (GuichetComparedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_value (GtkLabel *label, const char *value)
{
  gtk_label_set_label (label, value != NULL ? value : "–");
}

GtkWidget *
guichet_compared_row_new (GuichetComparedField field,
                          GuichetLikeness likeness,
                          const char *card,
                          const char *request,
                          GtkSizeGroup *titles)
{
  GuichetComparedRow *self = g_object_new (GUICHET_TYPE_COMPARED_ROW, NULL);
  const char *name = guichet_comparison_words_field (field);
  const char *nothing = _ ("nothing");
  g_autofree char *match = guichet_comparison_words_match (likeness);
  g_autofree char *spoken = NULL;

  gtk_label_set_label (self->field, name);
  gtk_size_group_add_widget (titles, GTK_WIDGET (self->field));
  show_value (self->card, card);
  show_value (self->request, request);
  gtk_label_set_label (self->match, match);
  /* That it is the same is what the sign beside it says. */
  gtk_widget_set_visible (GTK_WIDGET (self->match), likeness.match != GUICHET_MATCH_EQUAL);
  gtk_image_set_from_icon_name (self->icon, guichet_comparison_words_icon (likeness.match));
  if (likeness.match == GUICHET_MATCH_DIFFERENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "different");

  /* Translators: %1$s "Family name", %2$s "the same", then what the card and the request say. */
  spoken = g_strdup_printf (_ ("%1$s: %2$s. Card: %3$s. Request: %4$s."),
                               name,
                               match,
                               card != NULL ? card : nothing,
                               request != NULL ? request : nothing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}
