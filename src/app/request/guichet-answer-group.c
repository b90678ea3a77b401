/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions and answers under a heading.
 */
#define G_LOG_DOMAIN "guichet-answer-group"

#include "config.h"

#include "guichet-answer-group.h"

struct _GuichetAnswerGroup
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (GuichetAnswerGroup, guichet_answer_group, ADW_TYPE_BIN)

static void
guichet_answer_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_ANSWER_GROUP);

  G_OBJECT_CLASS (guichet_answer_group_parent_class)->dispose (object);
}

static void
guichet_answer_group_class_init (GuichetAnswerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_answer_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-answer-group.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetAnswerGroup, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetAnswerGroup, list);
}

static void
guichet_answer_group_init (GuichetAnswerGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_answer_group_new (const char *title)
{
  GuichetAnswerGroup *self = g_object_new (GUICHET_TYPE_ANSWER_GROUP, NULL);

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  return GTK_WIDGET (self);
}

GuichetAnswerRow *
guichet_answer_group_add (GuichetAnswerGroup *self,
                          const char *title,
                          const char *value,
                          const char *mask)
{
  GtkWidget *row = guichet_answer_row_new (title, value, mask);

  g_return_val_if_fail (GUICHET_IS_ANSWER_GROUP (self), NULL);

  gtk_list_box_append (self->list, row);
  return GUICHET_ANSWER_ROW (row);
}
