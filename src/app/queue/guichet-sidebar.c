/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The views of the queue.
 */
#define G_LOG_DOMAIN "guichet-sidebar"

#include "config.h"

#include "guichet-sidebar.h"
#include "guichet-enum-words.h"
#include "guichet-focus.h"
#include "guichet-view-row.h"

#include <glib/gi18n.h>

struct _GuichetSidebar
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  guint departments; /* those that there are views of, as bits; 0 while nobody is signed in */

  /* Template widgets */
  GtkListBox *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetSidebar, guichet_sidebar, ADW_TYPE_BIN)

static void
update_counts_cb (GuichetSidebar *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (GUICHET_IS_VIEW_ROW (row))
      {
        GuichetViewRow *view_row = GUICHET_VIEW_ROW (row);

        guichet_view_row_set_count (view_row,
                                    guichet_desk_get_count (self->desk,
                                                            guichet_view_row_get_view (view_row),
                                                            guichet_view_row_get_department (
                                                                view_row)));
      }
}

static void
row_selected_cb (GuichetSidebar *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  g_signal_emit (self,
                 signals[CHOSEN],
                 0,
                 guichet_view_row_get_view (GUICHET_VIEW_ROW (row)),
                 guichet_view_row_get_department (GUICHET_VIEW_ROW (row)));
}

static void
header_func (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const GuichetDepartment department = guichet_view_row_get_department (GUICHET_VIEW_ROW (row));
  GtkWidget *label;

  if (department == GUICHET_DEPARTMENT_NONE ||
      (before != NULL && guichet_view_row_get_department (GUICHET_VIEW_ROW (before)) == department))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (guichet_enum_words_department (department));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
add_views (GuichetSidebar *self, GuichetDepartment department)
{
  for (guint view = 0; view < GUICHET_N_VIEWS; view++)
    gtk_list_box_append (self->list, guichet_view_row_new ((GuichetView) view, department));
}

/* Several posts in one department are one department; the views of the only one are those of all. */
static guint
departments_of (const GuichetClerk *clerk)
{
  guint set = 0;

  for (guint i = 0; i < clerk->posts->len; i++)
    set |= 1u << g_array_index (clerk->posts, GuichetPost, i).department;
  if ((set & (set - 1)) == 0)
    set = 0;
  return set | 1u << GUICHET_DEPARTMENT_NONE;
}

static void
fill (GuichetSidebar *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = GUICHET_DEPARTMENT_NONE; i <= GUICHET_DEPARTMENT_ARCHIVES; i++)
    if ((self->departments & (1u << i)) != 0)
      add_views (self, (GuichetDepartment) i);
  update_counts_cb (self);
}

/* Rights change while their clerk is at work: what they had chosen stays, if it is still theirs. */
static void
clerk_cb (GuichetSidebar *self)
{
  const GuichetClerk *clerk = guichet_desk_get_clerk (self->desk);
  const guint departments = clerk != NULL ? departments_of (clerk) : 0;
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (self->list);
  const gboolean focused = guichet_focus_is_in (GTK_WIDGET (self));
  GuichetView view = GUICHET_VIEW_TO_TAKE;
  GuichetDepartment department = GUICHET_DEPARTMENT_NONE;

  if (departments == self->departments)
    return;
  self->departments = departments;
  if (chosen != NULL)
    {
      view = guichet_view_row_get_view (GUICHET_VIEW_ROW (chosen));
      department = guichet_view_row_get_department (GUICHET_VIEW_ROW (chosen));
    }
  fill (self);
  if (chosen != NULL)
    guichet_sidebar_choose (self, view, department);
  if (focused)
    guichet_sidebar_focus (self);
}

static void
guichet_sidebar_dispose (GObject *object)
{
  GuichetSidebar *self = GUICHET_SIDEBAR (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_SIDEBAR);

  G_OBJECT_CLASS (guichet_sidebar_parent_class)->dispose (object);
}

static void
guichet_sidebar_class_init (GuichetSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_sidebar_dispose;

  signals[CHOSEN] = g_signal_new ("chosen",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  2,
                                  GUICHET_TYPE_VIEW,
                                  GUICHET_TYPE_DEPARTMENT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
guichet_sidebar_init (GuichetSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_func, NULL, NULL);
}

void
guichet_sidebar_set_desk (GuichetSidebar *self, GuichetDesk *desk)
{
  g_return_if_fail (GUICHET_IS_SIDEBAR (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk,
                           "counts-changed",
                           G_CALLBACK (update_counts_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::clerk", G_CALLBACK (clerk_cb), self, G_CONNECT_SWAPPED);
  clerk_cb (self);
}

void
guichet_sidebar_choose (GuichetSidebar *self, GuichetView view, GuichetDepartment department)
{
  GtkListBoxRow *best = NULL;

  g_return_if_fail (GUICHET_IS_SIDEBAR (self));

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GuichetDepartment other;

      if (!GUICHET_IS_VIEW_ROW (row) || guichet_view_row_get_view (GUICHET_VIEW_ROW (row)) != view)
        continue;
      other = guichet_view_row_get_department (GUICHET_VIEW_ROW (row));
      if (other == department || (other == GUICHET_DEPARTMENT_NONE && best == NULL))
        best = GTK_LIST_BOX_ROW (row);
    }
  if (best != NULL)
    gtk_list_box_select_row (self->list, best);
}

void
guichet_sidebar_focus (GuichetSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (GUICHET_IS_SIDEBAR (self));

  row = gtk_list_box_get_selected_row (self->list);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}
