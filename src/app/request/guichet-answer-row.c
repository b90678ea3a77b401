/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question and its answer.
 */
#define G_LOG_DOMAIN "guichet-answer-row"

#include "config.h"

#include "guichet-answer-row.h"

#include <glib/gi18n.h>

struct _GuichetAnswerRow
{
  GtkListBoxRow parent_instance;

  /* Owned */
  char *text;
  char *mask; /* (nullable) */

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *value;
  GtkToggleButton *reveal_button;
  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (GuichetAnswerRow, guichet_answer_row, GTK_TYPE_LIST_BOX_ROW)

static void
name_parts (GuichetAnswerRow *self)
{
  const char *title = gtk_label_get_label (self->title);
  const char *shown = gtk_label_get_label (self->value);
  g_autofree char *row = g_strdup_printf ("%s: %s", title, shown);
  /* Translators: %s is a question of a form: "Copy: Postcode". */
  g_autofree char *copy = g_strdup_printf (_ ("Copy: %s"), title);
  g_autofree char *reveal = g_strdup_printf (_ ("Show: %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, row, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  copy,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reveal_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reveal,
                                  -1);
}

static void
toggled_cb (GuichetAnswerRow *self)
{
  const gboolean revealed = gtk_toggle_button_get_active (self->reveal_button);

  gtk_button_set_icon_name (GTK_BUTTON (self->reveal_button),
                            revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_label_set_label (self->value, revealed ? self->text : self->mask);
  name_parts (self);
}

static void
copy_cb (GuichetAnswerRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Copied"));
}

static void
guichet_answer_row_dispose (GObject *object)
{
  GuichetAnswerRow *self = GUICHET_ANSWER_ROW (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->mask, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_ANSWER_ROW);

  G_OBJECT_CLASS (guichet_answer_row_parent_class)->dispose (object);
}

static void
guichet_answer_row_class_init (GuichetAnswerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_answer_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-answer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetAnswerRow, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetAnswerRow, value);
  gtk_widget_class_bind_template_child (widget_class, GuichetAnswerRow, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetAnswerRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
guichet_answer_row_init (GuichetAnswerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_answer_row_new (const char *title, const char *value, const char *mask)
{
  GuichetAnswerRow *self = g_object_new (GUICHET_TYPE_ANSWER_ROW, NULL);
  const gboolean given = value != NULL && value[0] != '\0';

  gtk_label_set_label (self->title, title);
  if (given)
    {
      self->text = g_strdup (value);
      self->mask = g_strdup (mask);
      gtk_label_set_label (self->value, mask != NULL ? mask : value);
    }
  else
    {
      gtk_label_set_label (self->value, _ ("not given"));
      gtk_widget_add_css_class (GTK_WIDGET (self->value), "dim-label");
    }
  gtk_widget_set_visible (self->copy_button, given);
  gtk_widget_set_visible (GTK_WIDGET (self->reveal_button), given && mask != NULL);
  name_parts (self);
  return GTK_WIDGET (self);
}

void
guichet_answer_row_add_class (GuichetAnswerRow *self, const char *name)
{
  g_return_if_fail (GUICHET_IS_ANSWER_ROW (self));

  gtk_widget_add_css_class (GTK_WIDGET (self->value), name);
}
