/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which procedure is it?
 */
#define G_LOG_DOMAIN "guichet-procedure-list"

#include "config.h"

#include "guichet-procedure-list.h"
#include "guichet-enum-words.h"
#include "guichet-fold.h"
#include "guichet-front.h"
#include "guichet-glossary.h"
#include "guichet-locale.h"

struct _GuichetProcedureList
{
  AdwBin parent_instance;

  /* Owned */
  GuichetGlossary *glossary; /* (nullable) */
  GHashTable *found;         /* (nullable): codes, while something is searched for */

  /* Template widgets */
  GtkEditable *search_entry;
  GtkListBox *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetProcedureList, guichet_procedure_list, ADW_TYPE_BIN)

#define PROCEDURE "guichet-procedure"

static const GuichetProcedure *
procedure_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), PROCEDURE);
}

static void
choose_cb (GuichetProcedureList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row)))
    g_signal_emit (self, signals[CHOSEN], 0, procedure_of (row)->code);
}

/* Searching: every word must begin one of the name's, in whatever language, or be the code. */

static gboolean
has_word (GuichetProcedureList *self, const char *word, const char *code)
{
  g_autoptr (GPtrArray) codes = guichet_glossary_find (self->glossary, word);
  g_autofree char *folded = guichet_fold (code);

  for (guint i = 0; i < codes->len; i++)
    if (g_str_equal (g_ptr_array_index (codes, i), code))
      return TRUE;
  return strstr (folded, word) != NULL;
}

static gboolean
is_found (GtkListBoxRow *row, gpointer user_data)
{
  GuichetProcedureList *self = user_data;

  return self->found == NULL || g_hash_table_contains (self->found, procedure_of (row)->code);
}

static void
search (GuichetProcedureList *self)
{
  g_auto (GStrv) words = guichet_fold_words (gtk_editable_get_text (self->search_entry));
  GtkListBoxRow *row;

  g_clear_pointer (&self->found, g_hash_table_unref);
  if (words[0] == NULL)
    return;
  self->found = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const char *code = procedure_of (row)->code;
      gboolean all = TRUE;

      for (guint j = 0; words[j] != NULL; j++)
        all = all && has_word (self, words[j], code);
      if (all)
        g_hash_table_add (self->found, (gpointer) code);
    }
}

static void
search_changed_cb (GuichetProcedureList *self)
{
  GtkListBoxRow *first = NULL, *row;

  search (self);
  gtk_list_box_invalidate_filter (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const gboolean found = is_found (row, self);

      guichet_front_set (GTK_WIDGET (row), found);
      if (found && first == NULL)
        first = row;
    }
  /* What is found first is what Return takes. */
  gtk_list_box_select_row (self->list, first);
}

/* Showing */

static void
header_func (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const GuichetDepartment department = procedure_of (row)->department;
  GtkWidget *label;

  if (before != NULL && procedure_of (before)->department == department)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (guichet_enum_words_department (department));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GuichetProcedureList *self = user_data;
  const GuichetProcedure *first = *(const GuichetProcedure *const *) a;
  const GuichetProcedure *second = *(const GuichetProcedure *const *) b;
  g_autofree char *first_place = guichet_glossary_place (self->glossary, first->code);
  g_autofree char *second_place = guichet_glossary_place (self->glossary, second->code);

  if (first->department != second->department)
    return (int) first->department - (int) second->department;
  return strcmp (first_place, second_place);
}

static void
add_procedure (GuichetProcedureList *self, const GuichetProcedure *procedure)
{
  const char *name = guichet_localized_get (&procedure->names, guichet_locale_language ());
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), procedure->code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row),
                          PROCEDURE,
                          guichet_procedure_ref ((GuichetProcedure *) procedure),
                          (GDestroyNotify) guichet_procedure_unref);
  gtk_list_box_append (self->list, row);
}

static void
clear (GuichetProcedureList *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->glossary, guichet_glossary_unref);
}

static void
guichet_procedure_list_dispose (GObject *object)
{
  GuichetProcedureList *self = GUICHET_PROCEDURE_LIST (object);

  if (self->list != NULL)
    {
      gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
      gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);
      clear (self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_PROCEDURE_LIST);

  G_OBJECT_CLASS (guichet_procedure_list_parent_class)->dispose (object);
}

static void
guichet_procedure_list_class_init (GuichetProcedureListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_procedure_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-procedure-list.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetProcedureList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, GuichetProcedureList, list);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
guichet_procedure_list_init (GuichetProcedureList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_found, self, NULL);
  gtk_list_box_set_header_func (self->list, header_func, NULL, NULL);
}

void
guichet_procedure_list_show (GuichetProcedureList *self,
                             const GuichetCatalogue *catalogue,
                             const GuichetClerk *clerk)
{
  GPtrArray *all;
  g_autoptr (GPtrArray) theirs = g_ptr_array_new ();

  g_return_if_fail (GUICHET_IS_PROCEDURE_LIST (self));

  clear (self);
  gtk_editable_set_text (self->search_entry, "");
  if (catalogue == NULL || clerk == NULL)
    return;
  all = guichet_catalogue_procedures (catalogue);
  self->glossary = guichet_glossary_new (catalogue, guichet_locale_language ());
  for (guint i = 0; i < all->len; i++)
    {
      const GuichetProcedure *procedure = g_ptr_array_index (all, i);

      if (guichet_clerk_can (clerk,
                             GUICHET_CAN_ENCODE,
                             procedure->department,
                             procedure->code,
                             procedure->restricted))
        g_ptr_array_add (theirs, (gpointer) procedure);
    }
  g_ptr_array_sort_with_data (theirs, compare, self);
  for (guint i = 0; i < theirs->len; i++)
    add_procedure (self, g_ptr_array_index (theirs, i));
  search_changed_cb (self);
}

void
guichet_procedure_list_focus (GuichetProcedureList *self)
{
  g_return_if_fail (GUICHET_IS_PROCEDURE_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
