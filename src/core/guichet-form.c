/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds the answers to a form against what the catalogue says of it.
 */
#define G_LOG_DOMAIN "guichet-form"

#include "config.h"

#include "guichet-day-words.h"
#include "guichet-form-private.h"
#include "guichet-json-reader.h"
#include "guichet-niss.h"

#define TEXT_DEFAULT 200
#define TEXT_MOST 1000
#define LONG_TEXT_DEFAULT 2000
#define LONG_TEXT_MOST 10000

/* Older than any register, and farther than any appointment. */
#define YEAR_MIN 1500
#define YEARS_AHEAD 10

typedef struct
{
  const GuichetProcedure *procedure;
  const GuichetCitizen *citizen;
  JsonObject *answers;
  GuichetDay today;
  GPtrArray *issues;

  const GuichetPage *page;
  const GuichetField *field; /* being checked */
} Form;

gint64
guichet_form_most (const GuichetField *field)
{
  return field->type == GUICHET_FIELD_LONG_TEXT ? LONG_TEXT_MOST : TEXT_MOST;
}

GRegex *
guichet_form_pattern (const GuichetField *field, GError **error)
{
  g_autofree char *whole = g_strdup_printf ("(?:%s)\\z", field->pattern);

  return g_regex_new (whole, G_REGEX_ANCHORED, 0, error);
}

/* As RFC 5321 would have it without quoting, comments, or characters beyond ASCII. */
gboolean
guichet_email_is_valid (const char *text)
{
  const char *at;
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > 254 || !g_str_is_ascii (text))
    return FALSE;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || strchr (" <>()[],;:\\\"", *p) != NULL)
      return FALSE;

  at = strchr (text, '@');
  return at != NULL && at != text && at - text <= 64 && *text != '.' && at[-1] != '.' &&
         strchr (at + 1, '@') == NULL && strchr (at, '.') != NULL && at[1] != '.' && at[1] != '-' &&
         strstr (text, "..") == NULL && text[length - 1] != '.' && text[length - 1] != '-';
}

gboolean
guichet_phone_is_valid (const char *text)
{
  const gboolean international = text != NULL && *text == '+';
  guint digits = 0;

  if (text == NULL)
    return FALSE;
  for (const char *p = international ? text + 1 : text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      digits++;
    else if (strchr (" ./-", *p) == NULL)
      return FALSE;

  return international ? digits >= 8 && digits <= 15
                       : *text == '0' && (digits == 9 || digits == 10);
}

static void
add (const Form *self, const char *type, const char *detail)
{
  g_autofree char *name = g_strconcat ("answers.", self->field->code, NULL);

  g_ptr_array_add (self->issues, guichet_issue_new (type, name, detail));
}

/* Answers as the catalogue's JSON kinds; NULL or FALSE for any other kind. */

static const char *
string_answer (JsonObject *answers, const char *code)
{
  JsonNode *node = json_object_get_member (answers, code);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
boolean_answer (JsonObject *answers, const char *code)
{
  JsonNode *node = json_object_get_member (answers, code);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

gboolean
guichet_form_is_asked (const GuichetProcedure *procedure,
                       const GuichetField *field,
                       JsonObject *answers)
{
  const GuichetField *other;

  g_return_val_if_fail (procedure != NULL && field != NULL && answers != NULL, FALSE);

  if (field->visible_field == NULL)
    return TRUE;

  other = guichet_procedure_find_field (procedure, field->visible_field);
  if (other == NULL || !guichet_form_is_asked (procedure, other, answers))
    return FALSE;

  if (other->type == GUICHET_FIELD_BOOLEAN)
    return g_str_equal (field->visible_value,
                        boolean_answer (answers, other->code) ? "true" : "false");
  return g_strcmp0 (string_answer (answers, other->code), field->visible_value) == 0;
}

/* The checks of each type; the answer is of the right kind and not blank. */

static gboolean
has_control (const char *text, const char *but)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && strchr (but, *p) == NULL)
      return TRUE;
  return FALSE;
}

static void
check_length (const Form *self, const char *text)
{
  const GuichetField *field = self->field;
  gint64 count = g_utf8_strlen (text, -1);
  gint64 usual = field->type == GUICHET_FIELD_LONG_TEXT ? LONG_TEXT_DEFAULT : TEXT_DEFAULT;
  gint64 max = field->max != G_MAXINT64 ? field->max : usual;
  g_autofree char *detail = NULL;

  if (field->min != G_MININT64 && count < field->min)
    detail = g_strdup_printf ("must have at least %" G_GINT64_FORMAT " characters", field->min);
  else if (count > max)
    detail = g_strdup_printf ("must have at most %" G_GINT64_FORMAT " characters", max);
  if (detail != NULL)
    add (self, "outOfRange", detail);
}

static void
check_text (const Form *self, const char *text)
{
  const char *but = self->field->type == GUICHET_FIELD_LONG_TEXT ? "\n\r\t" : "";
  g_autoptr (GRegex) pattern = NULL;

  if (has_control (text, but))
    add (self, "invalidInput", "holds a character that cannot be printed");
  check_length (self, text);
  if (self->field->pattern == NULL)
    return;

  pattern = guichet_form_pattern (self->field, NULL);
  if (pattern == NULL || !g_regex_match (pattern, text, 0, NULL))
    add (self, "invalidInput", "is not written as it should be");
}

static void
check_choice (const Form *self, const char *text)
{
  for (guint i = 0; i < self->field->choices->len; i++)
    {
      const GuichetChoice *choice = g_ptr_array_index (self->field->choices, i);

      if (g_str_equal (choice->code, text))
        return;
    }
  add (self, "invalidInput", "is not one of the choices");
}

static void
check_date (const Form *self, const char *text)
{
  GuichetDay day = GUICHET_DAY_NONE;

  if (!guichet_day_parse (text, &day))
    add (self, "invalidInput", "must be a day, written YYYY-MM-DD");
  else if (g_strcmp0 (self->field->profile, "birthDate") == 0 && day > self->today)
    add (self, "outOfRange", "must not be in the future");
  else if (day < guichet_day_new (YEAR_MIN, 1, 1) ||
           day > guichet_day_add_months (self->today, 12 * YEARS_AHEAD))
    add (self, "outOfRange", "must be a day from 1500 to ten years from now");
}

static void
check_email (const Form *self, const char *text)
{
  if (!guichet_email_is_valid (text))
    add (self, "invalidInput", "must be an e-mail address");
}

static void
check_phone (const Form *self, const char *text)
{
  if (!guichet_phone_is_valid (text))
    add (self, "invalidInput", GUICHET_PHONE_RULE);
}

static void
check_niss (const Form *self, const char *text)
{
  g_autofree char *digits = guichet_niss_parse (text);

  if (digits == NULL)
    add (self, "invalidInput", "must be a national number: eleven digits that fit together");
}

static gboolean
is_country (const GuichetField *field)
{
  return g_strcmp0 (field->profile, "country") == 0 || g_str_equal (field->code, "country") ||
         g_str_has_suffix (field->code, "Country");
}

static gboolean
is_abroad (const Form *self)
{
  for (guint i = 0; i < self->page->fields->len; i++)
    {
      const GuichetField *field = g_ptr_array_index (self->page->fields, i);
      const char *country = is_country (field) ? string_answer (self->answers, field->code) : NULL;

      if (country != NULL && !is_blank (country) && g_ascii_strcasecmp (country, "BE") != 0)
        return TRUE;
    }
  return FALSE;
}

static void
check_postcode (const Form *self, const char *text)
{
  gsize length = strlen (text);

  if (is_abroad (self))
    {
      if (length > 12 || has_control (text, ""))
        add (self, "invalidInput", "must be a postcode");
      return;
    }
  if (length != 4 || strspn (text, "0123456789") != 4 || *text == '0')
    add (self, "invalidInput", "must be a postcode of four digits");
}

static void (*const checks[]) (const Form *self, const char *text) = {
  [GUICHET_FIELD_TEXT] = check_text,     [GUICHET_FIELD_LONG_TEXT] = check_text,
  [GUICHET_FIELD_CHOICE] = check_choice, [GUICHET_FIELD_DATE] = check_date,
  [GUICHET_FIELD_EMAIL] = check_email,   [GUICHET_FIELD_PHONE] = check_phone,
  [GUICHET_FIELD_NISS] = check_niss,     [GUICHET_FIELD_POSTCODE] = check_postcode,
};

static void
check_locked (const Form *self, const char *text)
{
  g_autofree char *known = NULL;
  g_autofree char *digits = NULL;

  if (!self->field->locked || !guichet_citizen_is_verified (self->citizen))
    return;

  known = guichet_citizen_profile (self->citizen, self->field->profile);
  digits = self->field->type == GUICHET_FIELD_NISS ? guichet_niss_parse (text) : NULL;
  if (known != NULL && !g_str_equal (known, digits != NULL ? digits : text))
    add (self, "rejectedInput", "must stay as it is known of the person");
}

static void
check_integer (const Form *self, JsonNode *node)
{
  const GuichetField *field = self->field;
  g_autofree char *detail = NULL;
  gint64 value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      add (self, "invalidStructure", "must be a whole number");
      return;
    }

  value = json_node_get_int (node);
  if (value < field->min)
    detail = g_strdup_printf ("must be at least %" G_GINT64_FORMAT, field->min);
  else if (value > field->max)
    detail = g_strdup_printf ("must be at most %" G_GINT64_FORMAT, field->max);
  if (detail != NULL)
    add (self, "outOfRange", detail);
}

static void
check_boolean (const Form *self, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    add (self, "invalidStructure", "must be true or false");
  else if (self->field->required && !json_node_get_boolean (node))
    add (self, "requiredInput", "must be ticked");
}

static void
check_answer (const Form *self, JsonNode *node)
{
  const char *text;

  if (self->field->type == GUICHET_FIELD_INTEGER)
    {
      check_integer (self, node);
      return;
    }
  if (self->field->type == GUICHET_FIELD_BOOLEAN)
    {
      check_boolean (self, node);
      return;
    }

  text = string_answer (self->answers, self->field->code);
  if (text == NULL)
    add (self, "invalidStructure", "must be a text");
  else if (!is_blank (text))
    {
      guint before = self->issues->len;

      checks[self->field->type](self, text);
      if (self->issues->len == before)
        check_locked (self, text);
    }
  else if (self->field->required)
    add (self, "requiredInput", "is missing");
}

static void
check_field (const Form *self)
{
  JsonNode *node = json_object_get_member (self->answers, self->field->code);
  gboolean asked = guichet_form_is_asked (self->procedure, self->field, self->answers);

  if (asked && node != NULL)
    check_answer (self, node);
  else if (asked && self->field->required)
    add (self, "requiredInput", "is missing");
  else if (!asked && node != NULL)
    add (self, "rejectedInput", "is not asked, after what was answered before");
}

static void
check_unknown (const Form *self)
{
  g_autoptr (GList) codes = json_object_get_members (self->answers);

  for (GList *l = codes; l != NULL; l = l->next)
    if (guichet_procedure_find_field (self->procedure, l->data) == NULL)
      {
        g_autofree char *name = g_strconcat ("answers.", l->data, NULL);

        g_ptr_array_add (self->issues,
                         guichet_issue_new ("unknownInput", name, "the form has no such question"));
      }
}

static void
check_level (const Form *self)
{
  gboolean other = g_strcmp0 (string_answer (self->answers, GUICHET_FORM_FOR_WHOM),
                              GUICHET_FORM_SOMEBODY_ELSE) == 0;
  GuichetLevel needed = other ? self->procedure->level_other : self->procedure->level;

  if (self->citizen->level < needed)
    g_ptr_array_add (self->issues,
                     guichet_issue_new ("rejectedInput",
                                        "citizen.level",
                                        "the person is not identified well enough for this"));
}

gboolean
guichet_form_check (const GuichetProcedure *procedure,
                    const GuichetCitizen *citizen,
                    JsonObject *answers,
                    GuichetDay today,
                    GPtrArray *issues)
{
  Form self = { procedure, citizen, answers, today, issues, NULL, NULL };
  guint before;

  g_return_val_if_fail (procedure != NULL && citizen != NULL, FALSE);
  g_return_val_if_fail (answers != NULL && issues != NULL, FALSE);

  before = issues->len;
  check_level (&self);
  for (guint i = 0; i < procedure->pages->len; i++)
    {
      self.page = g_ptr_array_index (procedure->pages, i);
      for (guint j = 0; j < self.page->fields->len; j++)
        {
          self.field = g_ptr_array_index (self.page->fields, j);
          check_field (&self);
        }
    }
  check_unknown (&self);
  return issues->len == before;
}

void
guichet_form_take_profile (const GuichetProcedure *procedure,
                           JsonObject *answers,
                           GuichetCitizen *citizen)
{
  g_return_if_fail (procedure != NULL && answers != NULL && citizen != NULL);

  for (guint i = 0; i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        {
          const GuichetField *field = g_ptr_array_index (page->fields, j);
          const char *text = field->profile != NULL ? string_answer (answers, field->code) : NULL;

          if (text != NULL && !is_blank (text))
            guichet_citizen_set_profile (citizen, field->profile, text);
        }
    }
}

static char *
choice_text (const GuichetField *field, const char *code, GuichetLanguage language)
{
  for (guint i = 0; i < field->choices->len; i++)
    {
      const GuichetChoice *choice = g_ptr_array_index (field->choices, i);

      if (g_str_equal (choice->code, code))
        return g_strdup (guichet_localized_get (&choice->names, language));
    }
  return g_strdup (code);
}

static char *
date_text (const char *text, GuichetLanguage language)
{
  GuichetDay day = GUICHET_DAY_NONE;

  return guichet_day_parse (text, &day) ? guichet_day_words (day, language) : g_strdup (text);
}

static char *
niss_text (const char *text)
{
  g_autofree char *digits = guichet_niss_parse (text);

  return digits != NULL ? guichet_niss_format (digits) : g_strdup (text);
}

char *
guichet_form_answer_text (const GuichetField *field, JsonObject *answers, GuichetLanguage language)
{
  static const char *const words[GUICHET_N_LANGUAGES][2] = {
    [GUICHET_LANGUAGE_FR] = { "non", "oui" },
    [GUICHET_LANGUAGE_NL] = { "nee", "ja" },
    [GUICHET_LANGUAGE_DE] = { "nein", "ja" },
    [GUICHET_LANGUAGE_EN] = { "no", "yes" },
  };
  JsonNode *node;
  const char *text;

  g_return_val_if_fail (field != NULL && answers != NULL, NULL);
  g_return_val_if_fail ((guint) language < GUICHET_N_LANGUAGES, NULL);

  node = json_object_get_member (answers, field->code);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (words[language][json_node_get_boolean (node) ? 1 : 0]);
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  text = json_node_get_string (node);
  if (text == NULL || is_blank (text))
    return NULL;
  if (field->type == GUICHET_FIELD_CHOICE)
    return choice_text (field, text, language);
  if (field->type == GUICHET_FIELD_DATE)
    return date_text (text, language);
  if (field->type == GUICHET_FIELD_NISS)
    return niss_text (text);
  return g_strdup (text);
}
