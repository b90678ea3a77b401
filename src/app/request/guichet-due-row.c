/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A date, and why it is that one.
 */
#define G_LOG_DOMAIN "guichet-due-row"

#include "config.h"

#include "guichet-due-row.h"
#include "guichet-deadline-words.h"
#include "guichet-front.h"
#include "guichet-wrap-box.h"
#include "guichet-wrap-layout.h"

#include <glib/gi18n.h>

struct _GuichetDueRow
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *value;
  GtkToggleButton *why_button;
  GtkRevealer *revealer;
  GtkLabel *reasons;
};

G_DEFINE_FINAL_TYPE (GuichetDueRow, guichet_due_row, GTK_TYPE_LIST_BOX_ROW)

static void
revealed_cb (GuichetDueRow *self)
{
  guichet_front_set (GTK_WIDGET (self->revealer), gtk_revealer_get_reveal_child (self->revealer));
}

static void
guichet_due_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_DUE_ROW);

  G_OBJECT_CLASS (guichet_due_row_parent_class)->dispose (object);
}

static void
guichet_due_row_class_init (GuichetDueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_due_row_dispose;

  g_type_ensure (GUICHET_TYPE_WRAP_BOX);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-due-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetDueRow, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetDueRow, value);
  gtk_widget_class_bind_template_child (widget_class, GuichetDueRow, why_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetDueRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetDueRow, reasons);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
}

static void
guichet_due_row_init (GuichetDueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  revealed_cb (self);
}

static char *
list_reasons (const GuichetDue *due)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < due->reasons->len; i++)
    {
      g_autofree char *reason =
          guichet_deadline_words_reason (&g_array_index (due->reasons, GuichetReason, i));

      g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", reason);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
guichet_due_row_show (GuichetDueRow *self,
                      const GuichetDue *due,
                      GuichetTermKind kind,
                      gboolean met,
                      GuichetDay today)
{
  const char *title;
  g_autofree char *value = NULL;
  g_autofree char *reasons = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (GUICHET_IS_DUE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), due != NULL && due->term != NULL);
  if (due == NULL || due->term == NULL)
    return;

  title = guichet_deadline_words_term (kind);
  value = guichet_deadline_words_due (due, met, today);
  reasons = list_reasons (due);
  name = g_strdup_printf ("%s: %s", title, value);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->value, value);
  gtk_label_set_label (self->reasons, reasons);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (!met && due->day != GUICHET_DAY_NONE && due->day < today)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value), "late");
}

void
guichet_due_row_toggle (GuichetDueRow *self)
{
  g_return_if_fail (GUICHET_IS_DUE_ROW (self));

  gtk_toggle_button_set_active (self->why_button, !gtk_toggle_button_get_active (self->why_button));
}
