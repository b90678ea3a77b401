/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To whom shall this request go?
 */
#define G_LOG_DOMAIN "guichet-assign-sheet"

#include "config.h"

#include "guichet-assign-sheet.h"
#include "guichet-acts.h"

#include <glib/gi18n.h>

struct _GuichetAssignSheet
{
  AdwWindow parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) */
  char *reference;   /* (owned) */
  gint64 seen;       /* version that the clerk looked at when it was opened */

  /* Template widgets */
  GtkWidget *give_button;
  GtkEditable *search_entry;
  GtkListBox *list;
  GtkEditable *reason_entry;
};

G_DEFINE_FINAL_TYPE (GuichetAssignSheet, guichet_assign_sheet, ADW_TYPE_WINDOW)

static const char *
login_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "guichet-login");
}

static void
give_cb (GuichetAssignSheet *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
    return;
  guichet_acts_assign (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                       self->desk,
                       self->reference,
                       self->seen,
                       login_of (row),
                       gtk_editable_get_text (self->reason_entry));
  gtk_window_close (GTK_WINDOW (self));
}

static void
close_cb (GuichetAssignSheet *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
selected_cb (GuichetAssignSheet *self, GtkListBoxRow *row)
{
  gtk_widget_set_sensitive (self->give_button, row != NULL);
}

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  GuichetAssignSheet *self = user_data;
  const char *wanted = gtk_editable_get_text (self->search_entry);
  const char *name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  return wanted[0] == '\0' || g_str_match_string (wanted, name, TRUE);
}

static void
search_changed_cb (GuichetAssignSheet *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  gtk_list_box_invalidate_filter (self->list);
  if (row != NULL && matches (row, self))
    return;
  /* What is found first is what Return takes. */
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (matches (row, self))
      break;
  gtk_list_box_select_row (self->list, row);
}

static void
add_colleague (GuichetAssignSheet *self, const GuichetClerk *colleague)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), colleague->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  colleague->name,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "guichet-login", g_strdup (colleague->login), g_free);
  gtk_list_box_append (self->list, row);
}

/* What is half typed when the session expires */

enum
{
  DRAFT_REASON,
  DRAFT_SEARCH,
  DRAFT_LOGIN,
  N_DRAFT
};

static gboolean
guichet_assign_sheet_close_request (GtkWindow *window)
{
  GuichetAssignSheet *self = GUICHET_ASSIGN_SHEET (window);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const char *search = gtk_editable_get_text (self->search_entry);
  const char *reason = gtk_editable_get_text (self->reason_entry);
  /* One is always chosen: only with what is typed it says something. */
  const gboolean typed = search[0] != '\0' || reason[0] != '\0';
  const char *const texts[N_DRAFT + 1] = {
    [DRAFT_REASON] = reason,
    [DRAFT_SEARCH] = search,
    [DRAFT_LOGIN] = typed && row != NULL ? login_of (row) : "",
  };

  guichet_desk_keep_draft (self->desk, self->reference, GUICHET_ASSIGN_SHEET_ACT, texts);
  return GTK_WINDOW_CLASS (guichet_assign_sheet_parent_class)->close_request (window);
}

static void
take_draft (GuichetAssignSheet *self)
{
  g_auto (GStrv) texts =
      guichet_desk_take_draft (self->desk, self->reference, GUICHET_ASSIGN_SHEET_ACT);
  GtkListBoxRow *row;

  if (texts == NULL)
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (login_of (row), texts[DRAFT_LOGIN]))
      gtk_list_box_select_row (self->list, row);
  gtk_editable_set_text (self->search_entry, texts[DRAFT_SEARCH]);
  gtk_editable_set_text (self->reason_entry, texts[DRAFT_REASON]);
}

static void
guichet_assign_sheet_dispose (GObject *object)
{
  GuichetAssignSheet *self = GUICHET_ASSIGN_SHEET (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->reference, g_free);
  if (self->list != NULL)
    {
      /* A list that goes away unselects its row first, when the button is already gone. */
      g_signal_handlers_disconnect_by_func (self->list, selected_cb, self);
      gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_ASSIGN_SHEET);

  G_OBJECT_CLASS (guichet_assign_sheet_parent_class)->dispose (object);
}

static void
guichet_assign_sheet_class_init (GuichetAssignSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_assign_sheet_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guichet_assign_sheet_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-assign-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetAssignSheet, give_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetAssignSheet, search_entry);
  gtk_widget_class_bind_template_child (widget_class, GuichetAssignSheet, list);
  gtk_widget_class_bind_template_child (widget_class, GuichetAssignSheet, reason_entry);
  gtk_widget_class_bind_template_callback (widget_class, give_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
guichet_assign_sheet_init (GuichetAssignSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, matches, self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

GuichetAssignSheet *
guichet_assign_sheet_new (GtkWindow *parent,
                          GuichetDesk *desk,
                          const char *reference,
                          GuichetDepartment department,
                          const char *owner)
{
  GuichetAssignSheet *self =
      g_object_new (GUICHET_TYPE_ASSIGN_SHEET, "transient-for", parent, NULL);
  GPtrArray *colleagues = guichet_desk_get_colleagues (desk, department);

  self->desk = g_object_ref (desk);
  self->reference = g_strdup (reference);
  self->seen = guichet_desk_get_looked_at (desk, self->reference);
  for (guint i = 0; i < colleagues->len; i++)
    {
      const GuichetClerk *colleague = g_ptr_array_index (colleagues, i);

      if (g_strcmp0 (colleague->login, owner) != 0)
        add_colleague (self, colleague);
    }
  take_draft (self);
  return self;
}
