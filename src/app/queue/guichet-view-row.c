/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A view of the queue in the side bar.
 */
#define G_LOG_DOMAIN "guichet-view-row"

#include "config.h"

#include "guichet-view-row.h"
#include "guichet-enum-words.h"

#include <glib/gi18n.h>

struct _GuichetViewRow
{
  GtkListBoxRow parent_instance;

  GuichetView view;
  GuichetDepartment department;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (GuichetViewRow, guichet_view_row, GTK_TYPE_LIST_BOX_ROW)

static const char *const icons[GUICHET_N_VIEWS] = {
  [GUICHET_VIEW_MINE] = "avatar-default-symbolic",
  [GUICHET_VIEW_TO_TAKE] = "mail-unread-symbolic",
  [GUICHET_VIEW_WAITING] = "content-loading-symbolic",
  [GUICHET_VIEW_LATE] = "task-past-due-symbolic",
  [GUICHET_VIEW_ALL] = "view-list-symbolic",
  [GUICHET_VIEW_CLOSED] = "emblem-ok-symbolic",
};

static void
guichet_view_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_VIEW_ROW);

  G_OBJECT_CLASS (guichet_view_row_parent_class)->dispose (object);
}

static void
guichet_view_row_class_init (GuichetViewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_view_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-view-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetViewRow, icon);
  gtk_widget_class_bind_template_child (widget_class, GuichetViewRow, name);
  gtk_widget_class_bind_template_child (widget_class, GuichetViewRow, count);
}

static void
guichet_view_row_init (GuichetViewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_view_row_new (GuichetView view, GuichetDepartment department)
{
  GuichetViewRow *self = g_object_new (GUICHET_TYPE_VIEW_ROW, NULL);

  self->view = view;
  self->department = department;
  gtk_image_set_from_icon_name (self->icon, icons[view]);
  gtk_label_set_label (self->name, guichet_enum_words_view (view));
  guichet_view_row_set_count (self, -1);
  return GTK_WIDGET (self);
}

GuichetView
guichet_view_row_get_view (GuichetViewRow *self)
{
  g_return_val_if_fail (GUICHET_IS_VIEW_ROW (self), GUICHET_VIEW_ALL);

  return self->view;
}

GuichetDepartment
guichet_view_row_get_department (GuichetViewRow *self)
{
  g_return_val_if_fail (GUICHET_IS_VIEW_ROW (self), GUICHET_DEPARTMENT_NONE);

  return self->department;
}

static char *
spoken (GuichetViewRow *self, gint64 count)
{
  const char *view = guichet_enum_words_view (self->view);
  g_autofree char *requests = NULL;
  g_autofree char *number = NULL;

  if (count < 0)
    return g_strdup (view);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  /* Translators: %s is a number. */
  requests = g_strdup_printf (ngettext ("%s request", "%s requests", (gulong) count), number);
  if (self->department == GUICHET_DEPARTMENT_NONE)
    return g_strdup_printf ("%s, %s", view, requests);
  return g_strdup_printf ("%s, %s, %s",
                          guichet_enum_words_department (self->department),
                          view,
                          requests);
}

void
guichet_view_row_set_count (GuichetViewRow *self, gint64 count)
{
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (GUICHET_IS_VIEW_ROW (self));

  number = count > 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT, count) : g_strdup ("");
  name = spoken (self, count);
  gtk_label_set_label (self->count, number);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->view == GUICHET_VIEW_LATE && count > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count), "late");
}
