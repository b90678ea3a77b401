/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a citizen is reached.
 */
#define G_LOG_DOMAIN "guichet-contact-form"

#include "config.h"

#include "guichet-contact-form.h"
#include "guichet-applicant.h"
#include "guichet-form.h"
#include "guichet-issue-words.h"
#include "guichet-questions.h"

#define ANSWERS "answers."

struct _GuichetContactForm
{
  AdwBin parent_instance;

  /* Owned */
  GuichetProcedure *asked;

  /* Its child */
  GuichetQuestions *questions; /* (borrowed) */
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetContactForm, guichet_contact_form, ADW_TYPE_BIN)

/* What is wrong with it as it stands there. */
static GPtrArray *
find_issues (GuichetContactForm *self)
{
  GPtrArray *issues = guichet_issues_new ();
  g_autoptr (GuichetCitizen) nobody = guichet_citizen_new ();
  g_autoptr (JsonObject) answers = guichet_questions_get_answers (self->questions);

  guichet_form_check (self->asked, nobody, answers, GUICHET_DAY_NONE, issues);
  return issues;
}

static GuichetFieldRow *
find_row (GuichetContactForm *self, const GuichetIssue *issue, const char *prefix)
{
  if (issue->name == NULL || !g_str_has_prefix (issue->name, prefix))
    return NULL;
  return guichet_questions_find (self->questions, issue->name + strlen (prefix));
}

static void
show_issue (GuichetFieldRow *row, const GuichetIssue *issue)
{
  g_autofree char *sentence = guichet_issue_words (issue, guichet_field_row_get_field (row));

  guichet_field_row_show_problem (row, sentence);
}

static void
left_cb (GuichetContactForm *self, GtkEventController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);
  g_autoptr (GPtrArray) issues = find_issues (self);

  for (guint i = 0; i < issues->len; i++)
    if (GTK_WIDGET (find_row (self, g_ptr_array_index (issues, i), ANSWERS)) == row)
      {
        show_issue (GUICHET_FIELD_ROW (row), g_ptr_array_index (issues, i));
        return;
      }
}

static void
edited_cb (GuichetContactForm *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static void
ask (GuichetContactForm *self)
{
  GPtrArray *rows;

  guichet_questions_ask (self->questions, self->asked);
  rows = guichet_questions_get_rows (self->questions);
  for (guint i = 0; i < rows->len; i++)
    {
      GtkEventController *controller = gtk_event_controller_focus_new ();

      g_signal_connect_object (controller, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_add_controller (g_ptr_array_index (rows, i), controller);
    }
}

static void
guichet_contact_form_finalize (GObject *object)
{
  guichet_procedure_unref (GUICHET_CONTACT_FORM (object)->asked);

  G_OBJECT_CLASS (guichet_contact_form_parent_class)->finalize (object);
}

static void
guichet_contact_form_class_init (GuichetContactFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_contact_form_finalize;
  signals[EDITED] = g_signal_new ("edited",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
}

static void
guichet_contact_form_init (GuichetContactForm *self)
{
  self->asked = guichet_applicant_contact_questions ();
  self->questions = g_object_new (GUICHET_TYPE_QUESTIONS, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->questions));
  g_signal_connect_object (self->questions,
                           "edited",
                           G_CALLBACK (edited_cb),
                           self,
                           G_CONNECT_SWAPPED);
  ask (self);
}

static void
fill (GuichetContactForm *self, const char *code, const char *answer)
{
  if (!guichet_field_row_is_edited (guichet_questions_find (self->questions, code)))
    guichet_questions_fill (self->questions, code, answer);
}

void
guichet_contact_form_show (GuichetContactForm *self, const GuichetContact *contact)
{
  g_return_if_fail (GUICHET_IS_CONTACT_FORM (self));
  g_return_if_fail (contact != NULL);

  fill (self, GUICHET_APPLICANT_EMAIL, contact->email);
  fill (self, GUICHET_APPLICANT_PHONE, contact->phone);
  fill (self,
        GUICHET_APPLICANT_LANGUAGE,
        guichet_enum_word (GUICHET_TYPE_LANGUAGE, (int) contact->language));
}

gboolean
guichet_contact_form_is_edited (GuichetContactForm *self)
{
  GPtrArray *rows;

  g_return_val_if_fail (GUICHET_IS_CONTACT_FORM (self), FALSE);

  rows = guichet_questions_get_rows (self->questions);
  for (guint i = 0; i < rows->len; i++)
    if (guichet_field_row_is_edited (g_ptr_array_index (rows, i)))
      return TRUE;
  return FALSE;
}

void
guichet_contact_form_settle (GuichetContactForm *self)
{
  GPtrArray *rows;

  g_return_if_fail (GUICHET_IS_CONTACT_FORM (self));

  rows = guichet_questions_get_rows (self->questions);
  for (guint i = 0; i < rows->len; i++)
    {
      GuichetFieldRow *row = g_ptr_array_index (rows, i);
      g_autoptr (JsonNode) answer = guichet_field_row_get_answer (row);

      guichet_field_row_fill (row, answer != NULL ? json_node_get_string (answer) : NULL);
    }
}

/* An answer may have been taken away: what nobody has changed is told from that. */
#define CHANGED '='

GStrv
guichet_contact_form_get_draft (GuichetContactForm *self)
{
  g_autoptr (GStrvBuilder) draft = g_strv_builder_new ();
  GPtrArray *rows;

  g_return_val_if_fail (GUICHET_IS_CONTACT_FORM (self), NULL);

  rows = guichet_questions_get_rows (self->questions);
  for (guint i = 0; i < rows->len; i++)
    {
      GuichetFieldRow *row = g_ptr_array_index (rows, i);
      g_autoptr (JsonNode) answer = guichet_field_row_get_answer (row);
      g_autofree char *text =
          g_strdup_printf ("%c%s", CHANGED, answer != NULL ? json_node_get_string (answer) : "");

      g_strv_builder_add (draft, guichet_field_row_is_edited (row) ? text : "");
    }
  return g_strv_builder_end (draft);
}

void
guichet_contact_form_take_draft (GuichetContactForm *self, const char *const *draft)
{
  GPtrArray *rows;

  g_return_if_fail (GUICHET_IS_CONTACT_FORM (self));
  g_return_if_fail (draft != NULL);

  rows = guichet_questions_get_rows (self->questions);
  for (guint i = 0; i < rows->len && draft[i] != NULL; i++)
    if (draft[i][0] == CHANGED)
      guichet_field_row_type (g_ptr_array_index (rows, i),
                              draft[i][1] != '\0' ? draft[i] + 1 : NULL);
}

void
guichet_contact_form_clear (GuichetContactForm *self)
{
  g_return_if_fail (GUICHET_IS_CONTACT_FORM (self));

  ask (self);
}

GuichetContact *
guichet_contact_form_read (GuichetContactForm *self)
{
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GuichetCitizen) citizen = NULL;
  g_autoptr (JsonObject) answers = NULL;
  int language = 0;

  g_return_val_if_fail (GUICHET_IS_CONTACT_FORM (self), NULL);

  issues = find_issues (self);
  if (guichet_contact_form_show_issues (self, issues, ANSWERS))
    return NULL;
  answers = guichet_questions_get_answers (self->questions);
  guichet_enum_value (GUICHET_TYPE_LANGUAGE,
                      json_object_get_string_member_with_default (answers,
                                                                  GUICHET_APPLICANT_LANGUAGE,
                                                                  NULL),
                      &language);
  return guichet_contact_new (json_object_get_string_member_with_default (answers,
                                                                          GUICHET_APPLICANT_EMAIL,
                                                                          NULL),
                              json_object_get_string_member_with_default (answers,
                                                                          GUICHET_APPLICANT_PHONE,
                                                                          NULL),
                              (GuichetLanguage) language);
}

gboolean
guichet_contact_form_show_issues (GuichetContactForm *self, GPtrArray *issues, const char *prefix)
{
  GuichetFieldRow *first = NULL;

  g_return_val_if_fail (GUICHET_IS_CONTACT_FORM (self), FALSE);

  for (guint i = 0; i < issues->len; i++)
    {
      GuichetFieldRow *row = find_row (self, g_ptr_array_index (issues, i), prefix);

      if (row == NULL)
        continue;
      show_issue (row, g_ptr_array_index (issues, i));
      if (first == NULL)
        first = row;
    }
  if (first != NULL)
    guichet_field_row_focus (first);
  return first != NULL;
}

void
guichet_contact_form_focus (GuichetContactForm *self)
{
  g_return_if_fail (GUICHET_IS_CONTACT_FORM (self));

  gtk_widget_child_focus (GTK_WIDGET (self->questions), GTK_DIR_TAB_FORWARD);
}
