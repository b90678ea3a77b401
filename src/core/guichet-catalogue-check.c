/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether the parts of a procedure fit together: fields, pages, fees, terms.
 */
#define G_LOG_DOMAIN "guichet-catalogue-check"

#include "config.h"

#include "guichet-catalogue-private.h"
#include "guichet-form-private.h"

/* One field being checked, and where it is written. */
typedef struct
{
  GuichetReport *report;
  const char *file;
  const char *pointer;
  const GuichetField *field;
} Check;

static void
fault (const Check *self, const char *member, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
fault (const Check *self, const char *member, const char *format, ...)
{
  g_autofree char *pointer = g_strdup_printf ("%s/%s", self->pointer, member);
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start (arguments, format);
  cause = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  guichet_report_add (self->report, self->file, pointer, "%s", cause);
}

static gboolean
is_text (const GuichetField *field)
{
  return field->type == GUICHET_FIELD_TEXT || field->type == GUICHET_FIELD_LONG_TEXT;
}

static void
check_limits (const Check *self)
{
  const GuichetField *field = self->field;
  gboolean has_min = field->min != G_MININT64;
  gboolean has_max = field->max != G_MAXINT64;

  if (!is_text (field) && field->type != GUICHET_FIELD_INTEGER)
    {
      if (has_min)
        fault (self, "min", "only a text or an integer has one");
      if (has_max)
        fault (self, "max", "only a text or an integer has one");
      return;
    }
  if (has_min && has_max && field->min > field->max)
    fault (self, "min", "is more than max");
  if (is_text (field) && has_min && field->min < 0)
    fault (self, "min", "a text has no fewer than 0 characters");
  if (is_text (field) && has_max && (field->max < 1 || field->max > guichet_form_most (field)))
    fault (self,
           "max",
           "must be from 1 to %" G_GINT64_FORMAT " characters",
           guichet_form_most (field));
}

static void
check_pattern (const Check *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) bare = NULL;
  g_autoptr (GRegex) whole = NULL;

  if (self->field->pattern == NULL)
    return;
  if (!is_text (self->field))
    {
      fault (self, "pattern", "only a text has one");
      return;
    }

  /* By itself first: `a)(b` only compiles within the brackets put around it. */
  bare = g_regex_new (self->field->pattern, 0, 0, &error);
  whole = bare != NULL ? guichet_form_pattern (self->field, &error) : NULL;
  if (whole == NULL)
    fault (self, "pattern", "does not compile: %s", error->message);
}

static void
check_choices (const Check *self)
{
  GPtrArray *choices = self->field->choices;
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->field->type != GUICHET_FIELD_CHOICE)
    {
      if (choices->len > 0)
        fault (self, "choices", "only a choice has them");
      return;
    }
  if (choices->len < 2)
    fault (self, "choices", "there must be two at least");

  for (guint i = 0; i < choices->len; i++)
    {
      const GuichetChoice *choice = g_ptr_array_index (choices, i);
      g_autofree char *member = g_strdup_printf ("choices/%u/code", i);

      if (!g_hash_table_add (codes, choice->code))
        fault (self, member, "\"%s\" stands here twice", choice->code);
    }
}

/* What is known of a person, and what kind of field it fills. */
static const struct
{
  const char *name;
  GuichetFieldType type;
} profiles[] = {
  { "familyName", GUICHET_FIELD_TEXT }, { "givenNames", GUICHET_FIELD_TEXT },
  { "niss", GUICHET_FIELD_NISS },       { "birthDate", GUICHET_FIELD_DATE },
  { "email", GUICHET_FIELD_EMAIL },     { "phone", GUICHET_FIELD_PHONE },
  { "street", GUICHET_FIELD_TEXT },     { "number", GUICHET_FIELD_TEXT },
  { "box", GUICHET_FIELD_TEXT },        { "postcode", GUICHET_FIELD_POSTCODE },
  { "locality", GUICHET_FIELD_TEXT },   { "country", GUICHET_FIELD_TEXT },
};

static void
check_profile (const Check *self)
{
  const GuichetField *field = self->field;

  if (field->profile == NULL)
    {
      if (field->locked)
        fault (self, "locked", "only a field with a profile can be locked");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (g_str_equal (field->profile, profiles[i].name))
      {
        gboolean fits =
            field->type == GUICHET_FIELD_TEXT || field->type == profiles[i].type ||
            (g_str_equal (field->profile, "country") && field->type == GUICHET_FIELD_CHOICE);

        if (!fits)
          fault (self,
                 "profile",
                 "\"%s\" fills a field of type %s",
                 field->profile,
                 guichet_enum_word (GUICHET_TYPE_FIELD_TYPE, (int) profiles[i].type));
        return;
      }
  fault (self, "profile", "nothing called \"%s\" is known of a person", field->profile);
}

void
guichet_catalogue_check_page (GuichetReport *report,
                              const char *file,
                              const char *pointer,
                              const GuichetPage *page)
{
  if (page->fields->len == 0)
    {
      g_autofree char *place = g_strconcat (pointer, "/fields", NULL);

      guichet_report_add (report, file, place, "there is no field");
    }

  for (guint i = 0; i < page->fields->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/fields/%u", pointer, i);
      const Check check = { report, file, place, g_ptr_array_index (page->fields, i) };

      check_limits (&check);
      check_pattern (&check);
      check_choices (&check);
      check_profile (&check);
    }
}

static gboolean
can_be (const GuichetField *field, const char *value)
{
  if (field->type == GUICHET_FIELD_BOOLEAN)
    return g_str_equal (value, "true") || g_str_equal (value, "false");

  for (guint i = 0; i < field->choices->len; i++)
    {
      const GuichetChoice *choice = g_ptr_array_index (field->choices, i);

      if (g_str_equal (choice->code, value))
        return TRUE;
    }
  return FALSE;
}

/* @before: fields that stand before this one, by code. */
static void
check_condition (const Check *self, const char *procedure, GHashTable *before)
{
  const GuichetField *field = self->field;
  const GuichetField *other;

  if (field->visible_field == NULL)
    return;

  other = g_hash_table_lookup (before, field->visible_field);
  if (other == NULL)
    fault (self,
           "visibleIf/field",
           "no field \"%s\" stands before this one (in the form of %s)",
           field->visible_field,
           procedure);
  else if (other->type != GUICHET_FIELD_CHOICE && other->type != GUICHET_FIELD_BOOLEAN)
    fault (self, "visibleIf/field", "must be a choice or a boolean");
  else if (!can_be (other, field->visible_value))
    fault (self,
           "visibleIf/value",
           "\"%s\" is no answer to \"%s\" (in the form of %s)",
           field->visible_value,
           field->visible_field,
           procedure);
}

static void
check_form (GuichetReport *report, const GuichetProcedure *procedure, GPtrArray *origins)
{
  g_autoptr (GHashTable) pages = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);
      const GuichetOrigin *origin = g_ptr_array_index (origins, i);

      if (!g_hash_table_add (pages, page->code))
        {
          const Check check = { report, origin->file, origin->pointer, NULL };

          fault (&check,
                 "code",
                 "the form of %s has two pages \"%s\"",
                 procedure->code,
                 page->code);
        }

      for (guint j = 0; j < page->fields->len; j++)
        {
          g_autofree char *place = g_strdup_printf ("%s/fields/%u", origin->pointer, j);
          GuichetField *field = g_ptr_array_index (page->fields, j);
          const Check check = { report, origin->file, place, field };

          check_condition (&check, procedure->code, fields);
          if (!g_hash_table_insert (fields, field->code, field))
            fault (&check,
                   "code",
                   "the form of %s has two fields \"%s\"",
                   procedure->code,
                   field->code);
        }
    }
}

static void
check_for_whom (GuichetReport *report, const char *file, const GuichetProcedure *procedure)
{
  const GuichetField *field = guichet_procedure_find_field (procedure, GUICHET_FORM_FOR_WHOM);
  gboolean asks = field != NULL;

  if (asks && (field->type != GUICHET_FIELD_CHOICE || field->choices->len != 2 ||
               !can_be (field, GUICHET_FORM_MYSELF) || !can_be (field, GUICHET_FORM_SOMEBODY_ELSE)))
    guichet_report_add (report,
                        file,
                        "/form",
                        "forWhom must be a choice of \"myself\" and \"somebodyElse\"");
  if (asks && procedure->level_other == GUICHET_LEVEL_NONE)
    guichet_report_add (report,
                        file,
                        "/levelOther",
                        "is missing, though the form has a field forWhom");
  if (!asks && procedure->level_other != GUICHET_LEVEL_NONE)
    guichet_report_add (report,
                        file,
                        "/levelOther",
                        "means nothing: the form has no field forWhom");
}

static void
check_fees (GuichetReport *report, const char *file, const GuichetProcedure *procedure)
{
  for (guint i = 0; i < procedure->fees->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const GuichetFee *fee = g_ptr_array_index (procedure->fees, i);
        const GuichetFee *other = g_ptr_array_index (procedure->fees, j);
        g_autofree char *place = g_strdup_printf ("/fees/%u/from", i);

        if (fee->from == other->from)
          guichet_report_add (report, file, place, "is the same day as that of /fees/%u", j);
      }
}

static gboolean
overlap (const GuichetTerm *a, const GuichetTerm *b)
{
  /* An open beginning is the smallest day already; an open end must become the largest. */
  GuichetDay a_until = a->until != GUICHET_DAY_NONE ? a->until : G_MAXINT32;
  GuichetDay b_until = b->until != GUICHET_DAY_NONE ? b->until : G_MAXINT32;

  return a->kind == b->kind && a->start == b->start &&
         g_strcmp0 (a->start_stage, b->start_stage) == 0 && a->from <= b_until &&
         b->from <= a_until;
}

static void
check_term (const Check *self, const GuichetProcedure *procedure, const GuichetTerm *term)
{
  if (term->start == GUICHET_START_SUBMITTED && term->start_stage != NULL)
    fault (self, "startStage", "means nothing unless start is \"stage\"");
  if (term->start == GUICHET_START_STAGE && term->start_stage == NULL)
    fault (self, "startStage", "is missing");
  if (term->start_stage != NULL &&
      guichet_procedure_find_stage (procedure, term->start_stage) == NULL)
    fault (self, "startStage", "there is no stage \"%s\"", term->start_stage);
  if (term->restart && term->stops == 0)
    fault (self, "restart", "means nothing without stops");
  if (term->until != GUICHET_DAY_NONE && term->from > term->until)
    fault (self, "until", "is before from");
}

static void
check_terms (GuichetReport *report, const char *file, const GuichetProcedure *procedure)
{
  for (guint i = 0; i < procedure->terms->len; i++)
    {
      const GuichetTerm *term = g_ptr_array_index (procedure->terms, i);
      g_autofree char *place = g_strdup_printf ("/terms/%u", i);
      const Check check = { report, file, place, NULL };

      check_term (&check, procedure, term);
      for (guint j = 0; j < i; j++)
        if (overlap (term, g_ptr_array_index (procedure->terms, j)))
          fault (&check, "from", "on some days /terms/%u holds as well, with the same start", j);
    }
}

static void
check_identity (GuichetReport *report, const char *file, const GuichetProcedure *procedure)
{
  for (guint i = 0; i < procedure->identity->len; i++)
    {
      const GuichetIdentityNeed *need = g_ptr_array_index (procedure->identity, i);
      const GuichetStage *stage = guichet_procedure_find_stage (procedure, need->stage);
      g_autofree char *place = g_strdup_printf ("/identity/%u", i);
      const Check check = { report, file, place, NULL };

      if (stage == NULL)
        fault (&check, "stage", "there is no stage \"%s\"", need->stage);
      else if (guichet_stage_find_move (stage, need->to) == NULL)
        fault (&check, "to", "no move leads from \"%s\" to \"%s\"", need->stage, need->to);
      else if (guichet_procedure_find_identity_need (procedure, need->stage, need->to) != need)
        fault (&check, "to", "stands here twice for this move");
      /* What is closed cannot be checked any more. */
      if (stage != NULL && stage->phase == GUICHET_PHASE_CLOSED)
        fault (&check, "stage", "\"%s\" is closed", need->stage);
    }
}

void
guichet_catalogue_check_procedure (GuichetReport *report,
                                   const char *file,
                                   const GuichetProcedure *procedure,
                                   GPtrArray *origins)
{
  check_form (report, procedure, origins);
  check_for_whom (report, file, procedure);
  check_fees (report, file, procedure);
  check_terms (report, file, procedure);
  check_identity (report, file, procedure);
}
