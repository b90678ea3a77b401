/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts of the notifications, filled with what they are about.
 */
#define G_LOG_DOMAIN "guichet-text"

#include "config.h"

#include "guichet-day-words.h"
#include "guichet-text-private.h"

GuichetTexts *
guichet_texts_ref (GuichetTexts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
guichet_texts_clear (GuichetTexts *self)
{
  g_hash_table_unref (self->entries);
  g_clear_pointer (&self->frame, guichet_template_free);
}

void
guichet_texts_unref (GuichetTexts *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) guichet_texts_clear);
}

void
guichet_rendering_free (GuichetRendering *self)
{
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_free (self);
}

/* Rendering */

/* What somebody typed, its ends of lines made one kind; NULL if it says nothing. */
static char *
typed (const char *text)
{
  g_auto (GStrv) parts = NULL;
  char *whole;

  if (text == NULL)
    return NULL;

  parts = g_strsplit (text, "\r\n", -1);
  whole = g_strstrip (g_strjoinv ("\n", parts));
  if (*whole == '\0')
    g_clear_pointer (&whole, g_free);
  return whole;
}

static char *
full_name (const GuichetCitizen *citizen)
{
  if (citizen == NULL)
    return g_strdup ("");
  if (citizen->given_names == NULL)
    return g_strdup (citizen->family_name);
  return g_strdup_printf ("%s %s", citizen->given_names, citizen->family_name);
}

/* (element-type utf8): by value, strings or NULL; freed with g_ptr_array_unref(). */
static GPtrArray *
collect_values (const GuichetCatalogue *catalogue,
                const GuichetRequest *request,
                GuichetLanguage language,
                const GuichetTown *town)
{
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, request->procedure);
  const GuichetStage *stage =
      procedure != NULL ? guichet_procedure_find_stage (procedure, request->stage) : NULL;
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (values, N_VALUES);
  values->pdata[VALUE_CITIZEN_NAME] = full_name (request->citizen);
  values->pdata[VALUE_PROCEDURE] = g_strdup (
      procedure != NULL ? guichet_localized_get (&procedure->names, language) : request->procedure);
  values->pdata[VALUE_REFERENCE] = g_strdup (request->reference);
  values->pdata[VALUE_STAGE] = g_strdup (
      stage != NULL ? guichet_localized_get (&stage->citizen_names, language) : request->stage);
  values->pdata[VALUE_DEPARTMENT] =
      g_strdup (guichet_department_name (request->department, language));
  values->pdata[VALUE_TOWN] = g_strdup (town->town != NULL ? town->town : "");
  values->pdata[VALUE_LINK] =
      g_strconcat (town->link != NULL ? town->link : "", request->reference, NULL);
  values->pdata[VALUE_CONTACT] = g_strdup (town->contact);
  return values;
}

static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
        g_string_append (escaped, "&amp;");
        break;
      case '<':
        g_string_append (escaped, "&lt;");
        break;
      case '>':
        g_string_append (escaped, "&gt;");
        break;
      case '"':
        g_string_append (escaped, "&quot;");
        break;
      case '\'':
        g_string_append (escaped, "&#39;");
        break;
      case '\n':
        g_string_append (escaped, "<br>\n");
        break;
      default:
        g_string_append_c (escaped, *p);
      }
  return g_string_free (escaped, FALSE);
}

static GPtrArray *
escape_values (GPtrArray *values)
{
  GPtrArray *escaped = g_ptr_array_new_with_free_func (g_free);
  const char *link = g_ptr_array_index (values, VALUE_LINK);

  for (guint i = 0; i < values->len; i++)
    {
      const char *value = g_ptr_array_index (values, i);

      g_ptr_array_add (escaped, value != NULL ? escape (value) : NULL);
    }

  if (g_str_has_prefix (link, "https://") || g_str_has_prefix (link, "http://"))
    {
      g_autofree char *address = g_steal_pointer (&escaped->pdata[VALUE_LINK]);

      escaped->pdata[VALUE_LINK] = g_strdup_printf ("<a href=\"%s\">%s</a>", address, address);
    }
  return escaped;
}

/* One line, whatever a value brought along: it becomes a header of the mail. */
static char *
render_subject (const GuichetTextBody *text, GPtrArray *values)
{
  GString *subject = g_string_new (NULL);

  guichet_template_fill (text->subject,
                         (const char *const *) values->pdata,
                         /* escape */ NULL,
                         subject);
  for (char *p = subject->str; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_string_free (subject, FALSE);
}

static char *
render_text (const GuichetTextBody *text, GPtrArray *values)
{
  GString *whole = g_string_new (NULL);

  for (guint i = 0; i < text->paragraphs->len; i++)
    {
      gsize before = whole->len;

      if (before > 0)
        g_string_append_c (whole, '\n');
      if (guichet_template_fill (g_ptr_array_index (text->paragraphs, i),
                                 (const char *const *) values->pdata,
                                 /* escape */ NULL,
                                 whole))
        g_string_append_c (whole, '\n');
      else
        g_string_truncate (whole, before);
    }
  return g_string_free (whole, FALSE);
}

static char *
render_paragraphs (const GuichetTextBody *text, GPtrArray *values)
{
  g_autoptr (GPtrArray) escaped = escape_values (values);
  GString *whole = g_string_new (NULL);

  for (guint i = 0; i < text->paragraphs->len; i++)
    {
      g_autoptr (GString) paragraph = g_string_new (NULL);

      if (guichet_template_fill (g_ptr_array_index (text->paragraphs, i),
                                 (const char *const *) escaped->pdata,
                                 escape,
                                 paragraph))
        g_string_append_printf (whole, "<p>%s</p>\n", paragraph->str);
    }
  return g_string_free (whole, FALSE);
}

static char *
render_html (const GuichetTexts *self,
             const GuichetTextBody *text,
             GPtrArray *values,
             const char *subject,
             GuichetLanguage language)
{
  g_autofree char *paragraphs = render_paragraphs (text, values);
  g_autofree char *escaped_subject = escape (subject);
  g_autofree char *town = escape (g_ptr_array_index (values, VALUE_TOWN));
  const char *frame_values[N_FRAME_VALUES] = {
    [FRAME_SUBJECT] = escaped_subject,
    [FRAME_PARAGRAPHS] = paragraphs,
    [FRAME_LANGUAGE] = guichet_enum_word (GUICHET_TYPE_LANGUAGE, (int) language),
    [FRAME_TOWN] = town,
  };
  GString *html = g_string_new (NULL);

  guichet_template_fill (self->frame, frame_values, /* escape */ NULL, html);
  return g_string_free (html, FALSE);
}

GuichetRendering *
guichet_texts_render (const GuichetTexts *self,
                      const char *code,
                      const GuichetCatalogue *catalogue,
                      const GuichetRequest *request,
                      GuichetLanguage language,
                      const GuichetTown *town,
                      GuichetDay due,
                      const char *reason,
                      const char *sentence)
{
  g_autoptr (GPtrArray) values = NULL;
  GuichetRendering *rendering;
  const GuichetTextEntry *entry;
  const GuichetTextBody *text;

  g_return_val_if_fail (self != NULL && code != NULL && catalogue != NULL, NULL);
  g_return_val_if_fail (request != NULL && town != NULL, NULL);
  g_return_val_if_fail ((guint) language < GUICHET_N_LANGUAGES, NULL);

  entry = g_hash_table_lookup (self->entries, code);
  if (entry == NULL)
    return NULL;

  if (entry->in[language] == NULL)
    language = GUICHET_LANGUAGE_FR;
  text = entry->in[language];
  values = collect_values (catalogue, request, language, town);
  values->pdata[VALUE_DUE_DAY] = guichet_day_words (due, language);
  values->pdata[VALUE_REASON] = typed (reason);
  values->pdata[VALUE_SENTENCE] = typed (sentence);

  rendering = g_new0 (GuichetRendering, 1);
  rendering->language = language;
  rendering->subject = render_subject (text, values);
  rendering->text = render_text (text, values);
  rendering->html = render_html (self, text, values, rendering->subject, language);
  return rendering;
}

const char *
guichet_department_name (GuichetDepartment department, GuichetLanguage language)
{
  // clang-format off
  static const char *const names[][GUICHET_N_LANGUAGES] = {
    [GUICHET_DEPARTMENT_NONE] = { "", "", "", "" },
    [GUICHET_DEPARTMENT_POPULATION] = { "Population", "Bevolking", "Bevölkerung", "Population" },
    [GUICHET_DEPARTMENT_CIVIL_STATUS] = { "État civil", "Burgerlijke stand", "Standesamt", "Civil status" },
    [GUICHET_DEPARTMENT_PLANNING] = { "Urbanisme", "Stedenbouw", "Städtebau", "Town planning" },
    [GUICHET_DEPARTMENT_ARCHIVES] = { "Archives", "Archief", "Archiv", "Archives" },
  };
  // clang-format on

  g_return_val_if_fail ((guint) department < G_N_ELEMENTS (names), NULL);
  g_return_val_if_fail ((guint) language < GUICHET_N_LANGUAGES, NULL);

  return names[department][language];
}
