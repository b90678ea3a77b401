/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A box that wraps.
 */
#define G_LOG_DOMAIN "guichet-wrap-box"

#include "config.h"

#include "guichet-wrap-box.h"
#include "guichet-wrap-layout.h"

struct _GuichetWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetWrapBox, guichet_wrap_box, GTK_TYPE_WIDGET)

static void
guichet_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (guichet_wrap_box_parent_class)->dispose (object);
}

static void
guichet_wrap_box_class_init (GuichetWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_wrap_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
guichet_wrap_box_init (GuichetWrapBox *self)
{
}
