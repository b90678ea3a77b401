/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One verdict about a card.
 */
#define G_LOG_DOMAIN "guichet-verdict-row"

#include "config.h"

#include "guichet-verdict-row.h"

struct _GuichetVerdictRow
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *advice;
};

G_DEFINE_FINAL_TYPE (GuichetVerdictRow, guichet_verdict_row, GTK_TYPE_LIST_BOX_ROW)

static void
guichet_verdict_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_VERDICT_ROW);

  G_OBJECT_CLASS (guichet_verdict_row_parent_class)->dispose (object);
}

static void
guichet_verdict_row_class_init (GuichetVerdictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_verdict_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-verdict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetVerdictRow, icon);
  gtk_widget_class_bind_template_child (widget_class, GuichetVerdictRow, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetVerdictRow, advice);
}

static void
guichet_verdict_row_init (GuichetVerdictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_verdict_row_new (const EidVerdict *verdict, const char *title)
{
  GuichetVerdictRow *self = g_object_new (GUICHET_TYPE_VERDICT_ROW, NULL);
  const GuichetVerdictWords words = guichet_verdict_words (verdict);
  g_autofree char *fact = guichet_verdict_words_fact (verdict);
  g_autofree char *advice =
      fact != NULL ? g_strconcat (fact, " ", words.advice, NULL) : g_strdup (words.advice);
  g_autofree char *spoken = g_strdup_printf ("%s: %s. %s", words.weight, title, advice);

  gtk_image_set_from_icon_name (self->icon, words.icon);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->advice, advice);
  gtk_widget_add_css_class (GTK_WIDGET (self), words.style);
  /* For administrators; in English, and of no person. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), verdict->reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}
