/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked about who asks, beside the form.
 */
#define G_LOG_DOMAIN "guichet-applicant"

#include "config.h"

#include "guichet-applicant.h"
#include "guichet-enum-words.h"

#include <glib/gi18n.h>

/* clang-format off */
static const struct
{
  const char *profile;
  GuichetFieldType type;
  const char *label;
  gboolean required;
} known[] = {
  { "familyName", GUICHET_FIELD_TEXT, N_ ("Family name"), TRUE },
  { "givenNames", GUICHET_FIELD_TEXT, N_ ("Given names"), FALSE },
  { "email", GUICHET_FIELD_EMAIL, N_ ("E-mail"), FALSE },
};
/* clang-format on */

static GuichetField *
add_field (GuichetPage *page, const char *code, GuichetFieldType type, const char *label)
{
  GuichetField *field = guichet_field_new ();

  field->code = g_strdup (code);
  field->type = type;
  field->labels.in[GUICHET_LANGUAGE_FR] = g_strdup (label);
  g_ptr_array_add (page->fields, field);
  return field;
}

static void
add_choice (GuichetField *field, const char *code, const char *name)
{
  GuichetChoice *choice = g_new0 (GuichetChoice, 1);

  choice->code = g_strdup (code);
  choice->names.in[GUICHET_LANGUAGE_FR] = g_strdup (name);
  g_ptr_array_add (field->choices, choice);
}

static void
add_channel (GuichetPage *page)
{
  GuichetField *field = add_field (page,
                                   GUICHET_APPLICANT_CHANNEL,
                                   GUICHET_FIELD_CHOICE,
                                   _ ("How it reached the town"));

  field->required = TRUE;
  /* What comes by the web, nobody types. */
  for (GuichetChannel i = GUICHET_CHANNEL_COUNTER; i <= GUICHET_CHANNEL_EMAIL; i++)
    add_choice (field, guichet_enum_word (GUICHET_TYPE_CHANNEL, i), guichet_enum_words_channel (i));
}

static void
add_checked (GuichetPage *page, const GuichetProcedure *procedure)
{
  GuichetField *field =
      add_field (page,
                 GUICHET_APPLICANT_CHECKED,
                 GUICHET_FIELD_BOOLEAN,
                 _ ("I have checked their identity card: it is in order, and it is theirs"));

  field->visible_field = g_strdup (GUICHET_APPLICANT_CHANNEL);
  field->visible_value =
      g_strdup (guichet_enum_word (GUICHET_TYPE_CHANNEL, GUICHET_CHANNEL_COUNTER));
  if (procedure->level > GUICHET_LEVEL_NONE)
    field->help.in[GUICHET_LANGUAGE_FR] = g_strdup (_ ("This procedure asks for it."));
}

static void
add_language (GuichetPage *page)
{
  GuichetField *field = add_field (page,
                                   GUICHET_APPLICANT_LANGUAGE,
                                   GUICHET_FIELD_CHOICE,
                                   _ ("Language in which they are written to"));

  field->required = TRUE;
  for (int i = 0; i < GUICHET_N_LANGUAGES; i++)
    add_choice (field,
                guichet_enum_word (GUICHET_TYPE_LANGUAGE, i),
                guichet_enum_words_language ((GuichetLanguage) i));
}

static gboolean
asks_for (const GuichetProcedure *procedure, const char *profile)
{
  for (guint i = 0; i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        if (g_strcmp0 (((const GuichetField *) g_ptr_array_index (page->fields, j))->profile,
                       profile) == 0)
          return TRUE;
    }
  return FALSE;
}

GuichetProcedure *
guichet_applicant_questions (const GuichetProcedure *procedure)
{
  GuichetProcedure *self = guichet_procedure_new ();
  GuichetPage *page = guichet_page_new ();

  page->titles.in[GUICHET_LANGUAGE_FR] = g_strdup (_ ("How it came, and from whom"));
  add_channel (page);
  add_checked (page, procedure);
  add_language (page);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (!asks_for (procedure, known[i].profile))
      {
        GuichetField *field = add_field (page, known[i].profile, known[i].type, _ (known[i].label));

        field->profile = g_strdup (known[i].profile);
        field->required = known[i].required;
      }
  g_ptr_array_add (self->pages, page);
  return self;
}

GuichetProcedure *
guichet_applicant_contact_questions (void)
{
  GuichetProcedure *self = guichet_procedure_new ();
  GuichetPage *page = guichet_page_new ();

  page->titles.in[GUICHET_LANGUAGE_FR] = g_strdup (_ ("How they are reached"));
  add_field (page, GUICHET_APPLICANT_EMAIL, GUICHET_FIELD_EMAIL, _ ("E-mail"));
  add_field (page, GUICHET_APPLICANT_PHONE, GUICHET_FIELD_PHONE, _ ("Telephone"));
  add_language (page);
  g_ptr_array_add (self->pages, page);
  return self;
}
