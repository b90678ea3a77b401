/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was asked, and by whom.
 */
#define G_LOG_DOMAIN "guichet-form-view"

#include "config.h"

#include "guichet-form-view.h"
#include "guichet-answer-group.h"
#include "guichet-date-words.h"
#include "guichet-enum-words.h"
#include "guichet-form.h"
#include "guichet-locale.h"
#include "guichet-niss.h"

#include <glib/gi18n.h>

struct _GuichetFormView
{
  AdwBin parent_instance;

  /* Owned: what is shown, to leave it alone while it stays the same */
  char *reference; /* (nullable) */
  gboolean named;  /* with the words of the procedure: without it answers have only codes */

  /* Template widgets */
  GtkBox *groups;
};

G_DEFINE_FINAL_TYPE (GuichetFormView, guichet_form_view, ADW_TYPE_BIN)

static void
clear (GuichetFormView *self)
{
  GtkWidget *child;

  g_clear_pointer (&self->reference, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
}

static char *
address_of (const GuichetCitizen *citizen)
{
  g_autoptr (GString) text = g_string_new (citizen->street);

  if (citizen->number != NULL)
    g_string_append_printf (text, " %s", citizen->number);
  if (citizen->box != NULL)
    /* Translators: %s is the number of a letter box in a house. */
    g_string_append_printf (text, _ (" box %s"), citizen->box);
  if (citizen->postcode != NULL || citizen->locality != NULL)
    g_string_append_printf (text,
                            "%s%s %s",
                            text->len > 0 ? "\n" : "",
                            citizen->postcode != NULL ? citizen->postcode : "",
                            citizen->locality != NULL ? citizen->locality : "");
  if (citizen->country != NULL && !g_str_equal (citizen->country, "BE"))
    g_string_append_printf (text, "\n%s", citizen->country);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What was answered to the form again is read there, as the citizen saw it. */
static gboolean
is_in_form (const GuichetProcedure *procedure, const GuichetRequest *request, const char *profile)
{
  for (guint i = 0; procedure != NULL && request->answers != NULL && i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        {
          const GuichetField *field = g_ptr_array_index (page->fields, j);

          g_autofree char *answer =
              g_strcmp0 (field->profile, profile) == 0
                  ? guichet_form_answer_text (field, request->answers, GUICHET_LANGUAGE_FR)
                  : NULL;

          if (answer != NULL)
            return TRUE;
        }
    }
  return FALSE;
}

static void
add_citizen (GuichetFormView *self,
             const GuichetRequest *request,
             const GuichetProcedure *procedure)
{
  const GuichetCitizen *citizen = request->citizen;
  GuichetAnswerGroup *group = GUICHET_ANSWER_GROUP (guichet_answer_group_new (_ ("Who asks")));
  g_autofree char *name = guichet_citizen_display_name (citizen);
  g_autofree char *address = address_of (citizen);
  g_autofree char *birth = citizen->birth_date != GUICHET_DAY_NONE
                               ? guichet_date_words_full (citizen->birth_date)
                               : NULL;
  g_autofree char *niss = citizen->niss != NULL ? guichet_niss_format (citizen->niss) : NULL;
  g_autofree char *mask = citizen->niss != NULL ? guichet_niss_mask (citizen->niss) : NULL;
  GuichetAnswerRow *level;

  guichet_answer_group_add (group, _ ("Name"), name, NULL);
  level = guichet_answer_group_add (group,
                                    _ ("Identified how"),
                                       guichet_enum_words_level (citizen->level),
                                       NULL);
  guichet_answer_row_add_class (level,
                                guichet_citizen_is_verified (citizen) ? "success" : "warning");
  guichet_answer_group_add (group, _ ("National number"), niss, mask);
  if (!is_in_form (procedure, request, "birthDate"))
    guichet_answer_group_add (group, _ ("Date of birth"), birth, NULL);
  if (!is_in_form (procedure, request, "street"))
    guichet_answer_group_add (group, _ ("Address"), address, NULL);
  if (!is_in_form (procedure, request, "email"))
    guichet_answer_group_add (group, _ ("E-mail"), citizen->email, NULL);
  if (!is_in_form (procedure, request, "phone"))
    guichet_answer_group_add (group, _ ("Telephone"), citizen->phone, NULL);
  guichet_answer_group_add (group,
                            _ ("Language"), guichet_enum_words_language (citizen->language), NULL);
  gtk_box_append (self->groups, GTK_WIDGET (group));
}

/* @number: whether it may be a national number, which is nobody's to read over a shoulder. */
static void
add_answer (GuichetAnswerGroup *group, const char *title, const char *answer, gboolean number)
{
  g_autofree char *digits = number && answer != NULL ? guichet_niss_parse (answer) : NULL;
  g_autofree char *niss = digits != NULL ? guichet_niss_format (digits) : NULL;
  g_autofree char *mask = digits != NULL ? guichet_niss_mask (digits) : NULL;

  guichet_answer_group_add (group, title, niss != NULL ? niss : answer, mask);
}

/* The form is today's: what it would not ask any more, and was answered, is shown too. */
static void
add_page (GuichetFormView *self,
          const GuichetRequest *request,
          const GuichetProcedure *procedure,
          const GuichetPage *page)
{
  const GuichetLanguage language = guichet_locale_language ();
  GuichetAnswerGroup *group = NULL;

  for (guint i = 0; i < page->fields->len; i++)
    {
      const GuichetField *field = g_ptr_array_index (page->fields, i);
      g_autofree char *answer = guichet_form_answer_text (field, request->answers, language);

      if (answer == NULL && !guichet_form_is_asked (procedure, field, request->answers))
        continue;
      if (group == NULL)
        group = GUICHET_ANSWER_GROUP (
            guichet_answer_group_new (guichet_localized_get (&page->titles, language)));
      add_answer (group,
                  guichet_localized_get (&field->labels, language),
                  answer,
                  field->type == GUICHET_FIELD_NISS);
    }
  if (group != NULL)
    gtk_box_append (self->groups, GTK_WIDGET (group));
}

/* Answers to questions that the form does not have any more: they have no words but their codes. */
static void
add_others (GuichetFormView *self, const GuichetRequest *request, const GuichetProcedure *procedure)
{
  g_autoptr (GList) codes = json_object_get_members (request->answers);
  GuichetAnswerGroup *group = NULL;

  for (GList *l = codes; l != NULL; l = l->next)
    {
      const GuichetField field = { .code = l->data, .type = GUICHET_FIELD_TEXT };
      g_autofree char *answer = NULL;

      if (procedure != NULL && guichet_procedure_find_field (procedure, field.code) != NULL)
        continue;
      answer = guichet_form_answer_text (&field, request->answers, guichet_locale_language ());
      if (answer == NULL)
        continue;
      if (group == NULL)
        group = GUICHET_ANSWER_GROUP (guichet_answer_group_new (_ ("Other answers")));
      add_answer (group, field.code, answer, TRUE);
    }
  if (group != NULL)
    gtk_box_append (self->groups, GTK_WIDGET (group));
}

static void
guichet_form_view_dispose (GObject *object)
{
  GuichetFormView *self = GUICHET_FORM_VIEW (object);

  g_clear_pointer (&self->reference, g_free);
  /* Its child is bound to the template: GTK would take it away under the bin's hands. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_FORM_VIEW);

  G_OBJECT_CLASS (guichet_form_view_parent_class)->dispose (object);
}

static void
guichet_form_view_class_init (GuichetFormViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_form_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-form-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetFormView, groups);
}

static void
guichet_form_view_init (GuichetFormView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
guichet_form_view_show (GuichetFormView *self,
                        const GuichetRequest *request,
                        const GuichetProcedure *procedure)
{
  g_return_if_fail (GUICHET_IS_FORM_VIEW (self));

  /* What was asked never changes: only its end, a purge, takes it away. */
  if (request != NULL && request->citizen != NULL &&
      g_strcmp0 (self->reference, request->reference) == 0 && (self->named || procedure == NULL))
    return;
  clear (self);
  if (request == NULL || request->citizen == NULL)
    return;
  self->reference = g_strdup (request->reference);
  self->named = procedure != NULL;
  add_citizen (self, request, procedure);
  if (request->answers == NULL)
    return;
  for (guint i = 0; procedure != NULL && i < procedure->pages->len; i++)
    add_page (self, request, procedure, g_ptr_array_index (procedure->pages, i));
  add_others (self, request, procedure);
}
