/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions under a heading.
 */
#define G_LOG_DOMAIN "guichet-field-group"

#include "config.h"

#include "guichet-field-group.h"

struct _GuichetFieldGroup
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkBox *rows;
};

G_DEFINE_FINAL_TYPE (GuichetFieldGroup, guichet_field_group, ADW_TYPE_BIN)

static void
guichet_field_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_FIELD_GROUP);

  G_OBJECT_CLASS (guichet_field_group_parent_class)->dispose (object);
}

static void
guichet_field_group_class_init (GuichetFieldGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_field_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-field-group.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldGroup, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldGroup, rows);
}

static void
guichet_field_group_init (GuichetFieldGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GuichetFieldGroup *
guichet_field_group_new (const char *title)
{
  GuichetFieldGroup *self = g_object_new (GUICHET_TYPE_FIELD_GROUP, NULL);

  gtk_label_set_label (self->title, title);
  return self;
}

void
guichet_field_group_add (GuichetFieldGroup *self, GuichetFieldRow *row)
{
  g_return_if_fail (GUICHET_IS_FIELD_GROUP (self));

  gtk_box_append (self->rows, GTK_WIDGET (row));
}
