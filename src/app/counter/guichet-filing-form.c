/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form that a clerk fills in for somebody.
 */
#define G_LOG_DOMAIN "guichet-filing-form"

#include "config.h"

#include "guichet-filing-form.h"
#include "guichet-applicant.h"
#include "guichet-card-profile.h"
#include "guichet-form.h"
#include "guichet-issue-words.h"
#include "guichet-locale.h"
#include "guichet-niss.h"
#include "guichet-questions.h"

#include <glib/gi18n.h>

struct _GuichetFilingForm
{
  AdwBin parent_instance;

  /* Owned, while it is open */
  GuichetProcedure *procedure; /* (nullable) */
  GuichetProcedure *beside;    /* (nullable): what is asked about the applicant */

  /* Owned */
  GHashTable *filled; /* GuichetFieldRow (borrowed) → what a card filled in there */

  gboolean typed;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *summary;
  GuichetQuestions *applicant;
  GuichetQuestions *questions;
};

G_DEFINE_FINAL_TYPE (GuichetFilingForm, guichet_filing_form, ADW_TYPE_BIN)

/* The card */

static gboolean
is_checked (GuichetFilingForm *self)
{
  g_autoptr (JsonObject) answers = guichet_questions_get_answers (self->applicant);

  return json_object_get_boolean_member_with_default (answers, GUICHET_APPLICANT_CHECKED, FALSE);
}

/* What a card was only read of can be changed; what the clerk vouches for is what it says. */
static void
update_locks (GuichetFilingForm *self)
{
  const gboolean checked = is_checked (self);
  GHashTableIter iter;
  gpointer row, answer;

  g_hash_table_iter_init (&iter, self->filled);
  while (g_hash_table_iter_next (&iter, &row, &answer))
    {
      const GuichetField *field = guichet_field_row_get_field (row);
      const gboolean locked =
          checked && field->locked && guichet_card_profile_is_read_off (field->profile);

      if (locked)
        guichet_field_row_fill (row, answer);
      guichet_field_row_set_locked (row, locked);
    }
}

static gboolean
still_says (GuichetFieldRow *row, const char *answer)
{
  g_autoptr (JsonNode) node = guichet_field_row_get_answer (row);
  const char *now = node != NULL ? json_node_get_string (node) : NULL;
  g_autofree char *digits = now != NULL ? guichet_niss_parse (now) : NULL;

  return g_strcmp0 (now, answer) == 0 || g_strcmp0 (digits, answer) == 0;
}

static void
empty_filled (GuichetFilingForm *self)
{
  GHashTableIter iter;
  gpointer row, answer;

  g_hash_table_iter_init (&iter, self->filled);
  while (g_hash_table_iter_next (&iter, &row, &answer))
    {
      guichet_field_row_set_locked (row, FALSE);
      if (still_says (row, answer))
        guichet_field_row_fill (row, NULL);
      g_hash_table_iter_remove (&iter);
    }
}

static void
fill_from (GuichetFilingForm *self, GuichetQuestions *questions, const GuichetCitizen *person)
{
  GPtrArray *rows = guichet_questions_get_rows (questions);

  for (guint i = 0; i < rows->len; i++)
    {
      GuichetFieldRow *row = g_ptr_array_index (rows, i);
      const char *profile = guichet_field_row_get_field (row)->profile;
      g_autofree char *known = profile != NULL ? guichet_citizen_profile (person, profile) : NULL;

      if (known == NULL)
        continue;
      guichet_field_row_fill (row, known);
      g_hash_table_insert (self->filled, row, g_steal_pointer (&known));
    }
}

static void
edited_cb (GuichetFilingForm *self)
{
  self->typed = TRUE;
  update_locks (self);
}

/* What is so for nearly everybody. */

static void
fill_country (GuichetFilingForm *self)
{
  GuichetFieldRow *country = guichet_questions_find_profile (self->questions, "country");

  if (country != NULL)
    guichet_field_row_fill (country, "BE");
}

static gboolean
is_empty (GuichetFieldRow *row)
{
  g_autoptr (JsonNode) answer = guichet_field_row_get_answer (row);

  return answer == NULL;
}

static void
fill_language (GuichetFilingForm *self)
{
  GuichetFieldRow *language = guichet_questions_find (self->applicant, GUICHET_APPLICANT_LANGUAGE);

  if (language != NULL && is_empty (language))
    guichet_field_row_fill (language,
                            guichet_enum_word (GUICHET_TYPE_LANGUAGE, guichet_locale_language ()));
}

static void
fill_usual (GuichetFilingForm *self)
{
  guichet_questions_fill (self->applicant,
                          GUICHET_APPLICANT_CHANNEL,
                          guichet_enum_word (GUICHET_TYPE_CHANNEL, GUICHET_CHANNEL_COUNTER));
  fill_language (self);
  fill_country (self);
}

/* Not over what the clerk typed; @row: (nullable) @answer: (nullable) */
static void
fill_known (GuichetFilingForm *self, GuichetFieldRow *row, const char *answer)
{
  if (row == NULL || answer == NULL || guichet_field_row_is_edited (row))
    return;
  guichet_field_row_fill (row, answer);
  g_hash_table_insert (self->filled, row, g_strdup (answer));
}

static GuichetFieldRow *
find_profile (GuichetFilingForm *self, const char *profile)
{
  GuichetFieldRow *row = guichet_questions_find_profile (self->questions, profile);

  return row != NULL ? row : guichet_questions_find_profile (self->applicant, profile);
}

/* What is wrong */

/* Where the server's name of a place is on the screen; NULL for one that is nowhere. */
static GuichetFieldRow *
find_row (GuichetFilingForm *self, const char *name)
{
  GuichetFieldRow *row = NULL;

  if (name == NULL)
    return NULL;
  if (g_str_has_prefix (name, "answers."))
    return guichet_questions_find (self->questions, name + strlen ("answers."));
  if (g_str_equal (name, "citizen.level"))
    return guichet_questions_find (self->applicant, GUICHET_APPLICANT_CHECKED);
  if (!g_str_has_prefix (name, "citizen."))
    return guichet_questions_find (self->applicant, name);

  name += strlen ("citizen.");
  row = guichet_questions_find_profile (self->questions, name);
  return row != NULL ? row : guichet_questions_find (self->applicant, name);
}

static char *
words_of (const GuichetIssue *issue, GuichetFieldRow *row)
{
  if (g_strcmp0 (issue->name, "citizen.level") == 0)
    return g_strdup (_ ("This procedure is only for a person whose identity is known: check their "
                        "card, and for whom they ask."));
  return guichet_issue_words (issue, guichet_field_row_get_field (row));
}

static void
show_one (GuichetFilingForm *self, const GuichetIssue *issue, GPtrArray *elsewhere)
{
  GuichetFieldRow *row = find_row (self, issue->name);
  g_autofree char *sentence = NULL;

  if (row == NULL || !gtk_widget_get_visible (GTK_WIDGET (row)))
    {
      g_ptr_array_add (elsewhere, issue->detail != NULL ? issue->detail : issue->type);
      return;
    }
  /* One is enough: the first is the answer's own. */
  if (guichet_field_row_has_problem (row))
    return;
  sentence = words_of (issue, row);
  guichet_field_row_show_problem (row, sentence);
}

static GPtrArray *
wrong_rows (GuichetFilingForm *self)
{
  GuichetQuestions *const parts[] = { self->applicant, self->questions };
  GPtrArray *wrong = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GPtrArray *rows = guichet_questions_get_rows (parts[i]);

      for (guint j = 0; j < rows->len; j++)
        if (guichet_field_row_has_problem (g_ptr_array_index (rows, j)))
          g_ptr_array_add (wrong, g_ptr_array_index (rows, j));
    }
  return wrong;
}

static void
show_summary (GuichetFilingForm *self, GPtrArray *wrong, GPtrArray *elsewhere)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *list = NULL;

  for (guint i = 0; i < wrong->len; i++)
    g_ptr_array_add (labels, (char *) guichet_field_row_get_label (g_ptr_array_index (wrong, i)));
  g_ptr_array_add (labels, NULL);
  list = g_strjoinv (", ", (char **) labels->pdata);
  if (wrong->len > 0)
    g_string_append_printf (text,
                            /* Translators: %2$s is a list of questions. */
                            ngettext ("%1$u answer must be corrected: %2$s",
                                      "%1$u answers must be corrected: %2$s",
                                      wrong->len),
                            wrong->len,
                            list);
  for (guint i = 0; i < elsewhere->len; i++)
    g_string_append_printf (text,
                            "%s%s",
                            text->len > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (elsewhere, i));
  gtk_label_set_label (self->summary, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), text->len > 0);
}

static void
clear_problems (GuichetFilingForm *self)
{
  g_autoptr (GPtrArray) wrong = wrong_rows (self);

  for (guint i = 0; i < wrong->len; i++)
    guichet_field_row_show_problem (g_ptr_array_index (wrong, i), NULL);
}

/* What is filled in */

static int
word_of (JsonObject *answers, const char *code, GType type)
{
  int value = 0;

  guichet_enum_value (type,
                      json_object_get_string_member_with_default (answers, code, NULL),
                      &value);
  return value;
}

static GuichetCitizen *
write_citizen (GuichetFilingForm *self, JsonObject *beside, JsonObject *answers)
{
  GuichetCitizen *citizen = guichet_citizen_new ();

  guichet_form_take_profile (self->beside, beside, citizen);
  guichet_form_take_profile (self->procedure, answers, citizen);
  /* Without a name there is nobody: the server says so, with all else that is wrong. */
  if (citizen->family_name == NULL)
    citizen->family_name = g_strdup ("");
  citizen->language =
      (GuichetLanguage) word_of (beside, GUICHET_APPLICANT_LANGUAGE, GUICHET_TYPE_LANGUAGE);
  /* A card that was only read says nothing about who holds it: the clerk does. */
  if (json_object_get_boolean_member_with_default (beside, GUICHET_APPLICANT_CHECKED, FALSE))
    citizen->level = GUICHET_LEVEL_COUNTER;
  return citizen;
}

static void
guichet_filing_form_dispose (GObject *object)
{
  GuichetFilingForm *self = GUICHET_FILING_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_FILING_FORM);
  g_clear_pointer (&self->procedure, guichet_procedure_unref);
  g_clear_pointer (&self->beside, guichet_procedure_unref);

  G_OBJECT_CLASS (guichet_filing_form_parent_class)->dispose (object);
}

static void
guichet_filing_form_finalize (GObject *object)
{
  g_hash_table_unref (GUICHET_FILING_FORM (object)->filled);

  G_OBJECT_CLASS (guichet_filing_form_parent_class)->finalize (object);
}

static void
guichet_filing_form_class_init (GuichetFilingFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_filing_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_filing_form_finalize;

  g_type_ensure (GUICHET_TYPE_QUESTIONS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-filing-form.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetFilingForm, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetFilingForm, summary);
  gtk_widget_class_bind_template_child (widget_class, GuichetFilingForm, applicant);
  gtk_widget_class_bind_template_child (widget_class, GuichetFilingForm, questions);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
guichet_filing_form_init (GuichetFilingForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filled = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

void
guichet_filing_form_open (GuichetFilingForm *self, const GuichetProcedure *procedure)
{
  g_return_if_fail (GUICHET_IS_FILING_FORM (self));
  g_return_if_fail (procedure != NULL);

  guichet_filing_form_close (self);
  self->procedure = guichet_procedure_ref ((GuichetProcedure *) procedure);
  self->beside = guichet_applicant_questions (procedure);
  gtk_label_set_label (self->title,
                       guichet_localized_get (&procedure->names, guichet_locale_language ()));
  guichet_questions_ask (self->applicant, self->beside);
  guichet_questions_ask (self->questions, procedure);
  fill_usual (self);
}

const GuichetProcedure *
guichet_filing_form_get_procedure (GuichetFilingForm *self)
{
  g_return_val_if_fail (GUICHET_IS_FILING_FORM (self), NULL);

  return self->procedure;
}

void
guichet_filing_form_close (GuichetFilingForm *self)
{
  g_return_if_fail (GUICHET_IS_FILING_FORM (self));

  g_hash_table_remove_all (self->filled);
  guichet_questions_ask (self->applicant, NULL);
  guichet_questions_ask (self->questions, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
  gtk_label_set_label (self->summary, "");
  g_clear_pointer (&self->procedure, guichet_procedure_unref);
  g_clear_pointer (&self->beside, guichet_procedure_unref);
  self->typed = FALSE;
}

void
guichet_filing_form_set_trusted (GuichetFilingForm *self, gboolean trusted)
{
  GuichetFieldRow *row;

  g_return_if_fail (GUICHET_IS_FILING_FORM (self));

  row = guichet_questions_find (self->applicant, GUICHET_APPLICANT_CHECKED);
  if (row == NULL)
    return;
  if (!trusted)
    guichet_field_row_fill (row, NULL);
  guichet_field_row_set_locked (row, !trusted);
  guichet_field_row_show_problem (row,
                                  trusted ? NULL
                                          : _ ("The card in the reader is not to be accepted."));
  update_locks (self);
}

void
guichet_filing_form_set_person (GuichetFilingForm *self,
                                const GuichetCitizen *person,
                                gboolean trusted)
{
  GuichetFieldRow *checked;

  g_return_if_fail (GUICHET_IS_FILING_FORM (self));

  if (self->procedure == NULL)
    return;
  /* Whoever was vouched for was somebody else. */
  checked = guichet_questions_find (self->applicant, GUICHET_APPLICANT_CHECKED);
  if (checked != NULL)
    guichet_field_row_fill (checked, NULL);
  empty_filled (self);
  fill_country (self);
  fill_language (self);
  if (person != NULL)
    {
      fill_from (self, self->applicant, person);
      fill_from (self, self->questions, person);
    }
  guichet_filing_form_set_trusted (self, trusted);
}

void
guichet_filing_form_set_contact (GuichetFilingForm *self, const GuichetContact *contact)
{
  g_return_if_fail (GUICHET_IS_FILING_FORM (self));
  g_return_if_fail (contact != NULL);

  if (self->procedure == NULL)
    return;
  fill_known (self, find_profile (self, "email"), contact->email);
  fill_known (self, find_profile (self, "phone"), contact->phone);
  fill_known (self,
              guichet_questions_find (self->applicant, GUICHET_APPLICANT_LANGUAGE),
              guichet_enum_word (GUICHET_TYPE_LANGUAGE, (int) contact->language));
}

gboolean
guichet_filing_form_is_typed (GuichetFilingForm *self)
{
  g_return_val_if_fail (GUICHET_IS_FILING_FORM (self), FALSE);

  return self->typed;
}

GuichetCommand *
guichet_filing_form_write (GuichetFilingForm *self, const char *key)
{
  GuichetCommand *command;
  g_autoptr (JsonObject) beside = NULL;

  g_return_val_if_fail (GUICHET_IS_FILING_FORM (self) && self->procedure != NULL, NULL);

  beside = guichet_questions_get_answers (self->applicant);
  command = guichet_command_new (GUICHET_COMMAND_SUBMIT);
  g_free (command->key);
  command->key = g_strdup (key);
  command->procedure = g_strdup (self->procedure->code);
  command->channel =
      (GuichetChannel) word_of (beside, GUICHET_APPLICANT_CHANNEL, GUICHET_TYPE_CHANNEL);
  command->answers = guichet_questions_get_answers (self->questions);
  command->citizen = write_citizen (self, beside, command->answers);
  return command;
}

void
guichet_filing_form_show_issues (GuichetFilingForm *self, GPtrArray *issues)
{
  g_autoptr (GPtrArray) elsewhere = g_ptr_array_new ();
  g_autoptr (GPtrArray) wrong = NULL;

  g_return_if_fail (GUICHET_IS_FILING_FORM (self));
  g_return_if_fail (issues != NULL);

  clear_problems (self);
  for (guint i = 0; i < issues->len; i++)
    show_one (self, g_ptr_array_index (issues, i), elsewhere);
  wrong = wrong_rows (self);
  show_summary (self, wrong, elsewhere);
  if (wrong->len > 0)
    guichet_field_row_focus (g_ptr_array_index (wrong, 0));
}

void
guichet_filing_form_focus (GuichetFilingForm *self)
{
  g_return_if_fail (GUICHET_IS_FILING_FORM (self));

  gtk_widget_child_focus (GTK_WIDGET (self->questions), GTK_DIR_TAB_FORWARD);
}
