/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form to be filled in.
 */
#define G_LOG_DOMAIN "guichet-questions"

#include "config.h"

#include "guichet-questions.h"
#include "guichet-field-group.h"
#include "guichet-form.h"
#include "guichet-locale.h"

struct _GuichetQuestions
{
  AdwBin parent_instance;

  /* Given */
  GuichetProcedure *procedure; /* (owned) (nullable) */

  /* Owned */
  GPtrArray *rows; /* of GuichetFieldRow (borrowed) */

  /* Template widgets */
  GtkBox *groups;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetQuestions, guichet_questions, ADW_TYPE_BIN)

static JsonObject *
all_answers (GuichetQuestions *self)
{
  JsonObject *answers = json_object_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      GuichetFieldRow *row = g_ptr_array_index (self->rows, i);
      JsonNode *answer = guichet_field_row_get_answer (row);

      if (answer != NULL)
        json_object_set_member (answers, guichet_field_row_get_field (row)->code, answer);
    }
  return answers;
}

static gboolean
is_asked (GuichetQuestions *self, guint index, JsonObject *answers)
{
  GuichetFieldRow *row = g_ptr_array_index (self->rows, index);

  return guichet_form_is_asked (self->procedure, guichet_field_row_get_field (row), answers);
}

/* Rows are in the order of the pages. */
static void
update_asked (GuichetQuestions *self)
{
  g_autoptr (JsonObject) answers = all_answers (self);
  GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self->groups));
  guint at = 0;

  for (guint i = 0; i < self->procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (self->procedure->pages, i);
      gboolean any = FALSE;

      for (guint j = 0; j < page->fields->len; j++, at++)
        {
          const gboolean asked = is_asked (self, at, answers);

          gtk_widget_set_visible (g_ptr_array_index (self->rows, at), asked);
          any = any || asked;
        }
      gtk_widget_set_visible (group, any);
      group = gtk_widget_get_next_sibling (group);
    }
}

static void
edited_cb (GuichetQuestions *self)
{
  update_asked (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
add_page (GuichetQuestions *self, const GuichetPage *page)
{
  GuichetFieldGroup *group =
      guichet_field_group_new (guichet_localized_get (&page->titles, guichet_locale_language ()));

  for (guint i = 0; i < page->fields->len; i++)
    {
      GuichetFieldRow *row = guichet_field_row_new (g_ptr_array_index (page->fields, i));

      g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      guichet_field_group_add (group, row);
    }
  gtk_box_append (self->groups, GTK_WIDGET (group));
}

static void
clear (GuichetQuestions *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  g_clear_pointer (&self->procedure, guichet_procedure_unref);
}

static void
guichet_questions_dispose (GObject *object)
{
  GuichetQuestions *self = GUICHET_QUESTIONS (object);

  if (self->groups != NULL)
    clear (self);
  /* Its child is bound to the template: GTK would take it away under the bin's hands. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_QUESTIONS);

  G_OBJECT_CLASS (guichet_questions_parent_class)->dispose (object);
}

static void
guichet_questions_finalize (GObject *object)
{
  g_ptr_array_unref (GUICHET_QUESTIONS (object)->rows);

  G_OBJECT_CLASS (guichet_questions_parent_class)->finalize (object);
}

static void
guichet_questions_class_init (GuichetQuestionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_questions_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_questions_finalize;
  signals[EDITED] = g_signal_new ("edited",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-questions.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetQuestions, groups);
}

static void
guichet_questions_init (GuichetQuestions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

void
guichet_questions_ask (GuichetQuestions *self, const GuichetProcedure *procedure)
{
  g_return_if_fail (GUICHET_IS_QUESTIONS (self));

  clear (self);
  if (procedure == NULL)
    return;
  self->procedure = guichet_procedure_ref ((GuichetProcedure *) procedure);
  for (guint i = 0; i < procedure->pages->len; i++)
    add_page (self, g_ptr_array_index (procedure->pages, i));
  update_asked (self);
}

JsonObject *
guichet_questions_get_answers (GuichetQuestions *self)
{
  JsonObject *answers;

  g_return_val_if_fail (GUICHET_IS_QUESTIONS (self), NULL);

  answers = all_answers (self);
  for (guint i = 0; i < self->rows->len; i++)
    if (!is_asked (self, i, answers))
      json_object_remove_member (answers,
                                 guichet_field_row_get_field (g_ptr_array_index (self->rows, i))
                                     ->code);
  return answers;
}

GPtrArray *
guichet_questions_get_rows (GuichetQuestions *self)
{
  g_return_val_if_fail (GUICHET_IS_QUESTIONS (self), NULL);

  return self->rows;
}

GuichetFieldRow *
guichet_questions_find (GuichetQuestions *self, const char *code)
{
  g_return_val_if_fail (GUICHET_IS_QUESTIONS (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GuichetFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (guichet_field_row_get_field (row)->code, code) == 0)
        return row;
    }
  return NULL;
}

GuichetFieldRow *
guichet_questions_find_profile (GuichetQuestions *self, const char *profile)
{
  g_return_val_if_fail (GUICHET_IS_QUESTIONS (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GuichetFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (guichet_field_row_get_field (row)->profile, profile) == 0)
        return row;
    }
  return NULL;
}

void
guichet_questions_fill (GuichetQuestions *self, const char *code, const char *answer)
{
  GuichetFieldRow *row = guichet_questions_find (self, code);

  if (row == NULL)
    return;
  guichet_field_row_fill (row, answer);
  update_asked (self);
}
