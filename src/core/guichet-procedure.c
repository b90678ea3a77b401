/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kind of request as data: who owns its parts, and how they are found.
 */
#define G_LOG_DOMAIN "guichet-procedure"

#include "config.h"

#include "guichet-procedure-private.h"

// clang-format off
G_DEFINE_ENUM_TYPE (GuichetFieldType, guichet_field_type,
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_LONG_TEXT, "longText"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_CHOICE, "choice"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_DATE, "date"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_INTEGER, "integer"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_BOOLEAN, "boolean"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_EMAIL, "email"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_PHONE, "phone"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_NISS, "niss"),
                    G_DEFINE_ENUM_VALUE (GUICHET_FIELD_POSTCODE, "postcode"))

G_DEFINE_ENUM_TYPE (GuichetUnit, guichet_unit,
                    G_DEFINE_ENUM_VALUE (GUICHET_UNIT_WORKING_DAYS, "workingDays"),
                    G_DEFINE_ENUM_VALUE (GUICHET_UNIT_CALENDAR_DAYS, "calendarDays"),
                    G_DEFINE_ENUM_VALUE (GUICHET_UNIT_MONTHS, "months"))

G_DEFINE_ENUM_TYPE (GuichetTermKind, guichet_term_kind,
                    G_DEFINE_ENUM_VALUE (GUICHET_TERM_PROMISE, "promise"),
                    G_DEFINE_ENUM_VALUE (GUICHET_TERM_LEGAL, "legal"))

G_DEFINE_ENUM_TYPE (GuichetStart, guichet_start,
                    G_DEFINE_ENUM_VALUE (GUICHET_START_SUBMITTED, "submitted"),
                    G_DEFINE_ENUM_VALUE (GUICHET_START_STAGE, "stage"))

G_DEFINE_ENUM_TYPE (GuichetNotify, guichet_notify,
                    G_DEFINE_ENUM_VALUE (GUICHET_NOTIFY_NEVER, "never"),
                    G_DEFINE_ENUM_VALUE (GUICHET_NOTIFY_PROPOSE, "propose"),
                    G_DEFINE_ENUM_VALUE (GUICHET_NOTIFY_ALWAYS, "always"))
// clang-format on

const char *
guichet_localized_get (const GuichetLocalized *self, GuichetLanguage language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) language < GUICHET_N_LANGUAGES, NULL);

  return self->in[language] != NULL ? self->in[language] : self->in[GUICHET_LANGUAGE_FR];
}

static void
guichet_localized_clear (GuichetLocalized *self)
{
  for (guint i = 0; i < GUICHET_N_LANGUAGES; i++)
    g_clear_pointer (&self->in[i], g_free);
}

void
guichet_choice_free (GuichetChoice *self)
{
  g_free (self->code);
  guichet_localized_clear (&self->names);
  g_free (self);
}

GuichetField *
guichet_field_new (void)
{
  GuichetField *self = g_new0 (GuichetField, 1);

  self->min = G_MININT64;
  self->max = G_MAXINT64;
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_choice_free);
  return self;
}

void
guichet_field_free (GuichetField *self)
{
  g_free (self->code);
  guichet_localized_clear (&self->labels);
  guichet_localized_clear (&self->help);
  g_free (self->pattern);
  g_ptr_array_unref (self->choices);
  g_free (self->profile);
  g_free (self->visible_field);
  g_free (self->visible_value);
  g_free (self);
}

GuichetPage *
guichet_page_new (void)
{
  GuichetPage *self = g_atomic_rc_box_new0 (GuichetPage);

  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_field_free);
  return self;
}

GuichetPage *
guichet_page_ref (GuichetPage *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
guichet_page_clear (GuichetPage *self)
{
  g_free (self->code);
  guichet_localized_clear (&self->titles);
  g_ptr_array_unref (self->fields);
}

void
guichet_page_unref (GuichetPage *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) guichet_page_clear);
}

void
guichet_identity_need_free (GuichetIdentityNeed *self)
{
  g_free (self->stage);
  g_free (self->to);
  g_free (self);
}

void
guichet_term_free (GuichetTerm *self)
{
  g_free (self->start_stage);
  g_free (self->source);
  g_free (self);
}

void
guichet_fee_free (GuichetFee *self)
{
  g_free (self->source);
  g_free (self);
}

void
guichet_move_free (GuichetMove *self)
{
  g_free (self->to);
  guichet_localized_clear (&self->labels);
  g_free (self->text);
  g_free (self);
}

GuichetStage *
guichet_stage_new (void)
{
  GuichetStage *self = g_new0 (GuichetStage, 1);

  self->moves = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_move_free);
  return self;
}

void
guichet_stage_free (GuichetStage *self)
{
  g_free (self->code);
  guichet_localized_clear (&self->names);
  guichet_localized_clear (&self->citizen_names);
  g_ptr_array_unref (self->moves);
  g_free (self);
}

GuichetProcedure *
guichet_procedure_new (void)
{
  GuichetProcedure *self = g_atomic_rc_box_new0 (GuichetProcedure);

  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_page_unref);
  self->fees = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_fee_free);
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_term_free);
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_stage_free);
  self->identity = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_identity_need_free);
  return self;
}

static void
guichet_procedure_clear (GuichetProcedure *self)
{
  g_free (self->code);
  guichet_localized_clear (&self->names);
  g_free (self->submitted_text);
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->fees);
  g_ptr_array_unref (self->terms);
  g_ptr_array_unref (self->stages);
  g_ptr_array_unref (self->identity);
  g_strfreev (self->assumptions);
}

GuichetProcedure *
guichet_procedure_ref (GuichetProcedure *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
guichet_procedure_unref (GuichetProcedure *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) guichet_procedure_clear);
}

const GuichetStage *
guichet_procedure_find_stage (const GuichetProcedure *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->stages->len; i++)
    {
      const GuichetStage *stage = g_ptr_array_index (self->stages, i);

      if (g_strcmp0 (stage->code, code) == 0)
        return stage;
    }
  return NULL;
}

const GuichetStage *
guichet_procedure_first_stage (const GuichetProcedure *self)
{
  g_return_val_if_fail (self != NULL && self->stages->len > 0, NULL);

  return g_ptr_array_index (self->stages, 0);
}

const GuichetMove *
guichet_stage_find_move (const GuichetStage *self, const char *to)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->moves->len; i++)
    {
      const GuichetMove *move = g_ptr_array_index (self->moves, i);

      if (g_strcmp0 (move->to, to) == 0)
        return move;
    }
  return NULL;
}

gboolean
guichet_stage_keeps_result (const GuichetStage *self)
{
  return self->phase == GUICHET_PHASE_DECIDED || self->phase == GUICHET_PHASE_CLOSED ||
         self->waiting == GUICHET_WAITING_PICKUP;
}

const GuichetIdentityNeed *
guichet_procedure_find_identity_need (const GuichetProcedure *self,
                                      const char *stage,
                                      const char *to)
{
  g_return_val_if_fail (self != NULL && to != NULL, NULL);

  for (guint i = 0; i < self->identity->len; i++)
    {
      const GuichetIdentityNeed *need = g_ptr_array_index (self->identity, i);

      if (g_strcmp0 (need->stage, stage) == 0 && g_str_equal (need->to, to))
        return need;
    }
  return NULL;
}

const GuichetField *
guichet_procedure_find_field (const GuichetProcedure *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (self->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        {
          const GuichetField *field = g_ptr_array_index (page->fields, j);

          if (g_strcmp0 (field->code, code) == 0)
            return field;
        }
    }
  return NULL;
}

const GuichetFee *
guichet_procedure_fee (const GuichetProcedure *self, GuichetDay day)
{
  const GuichetFee *found = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->fees->len; i++)
    {
      const GuichetFee *fee = g_ptr_array_index (self->fees, i);

      if (fee->from == GUICHET_DAY_NONE || fee->from <= day)
        found = fee;
    }
  return found;
}

gboolean
guichet_term_holds (const GuichetTerm *self, GuichetTermKind kind, GuichetDay day)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == kind && (self->from == GUICHET_DAY_NONE || self->from <= day) &&
         (self->until == GUICHET_DAY_NONE || day <= self->until);
}

const GuichetTerm *
guichet_procedure_term (const GuichetProcedure *self, GuichetTermKind kind, GuichetDay day)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const GuichetTerm *term = g_ptr_array_index (self->terms, i);

      if (guichet_term_holds (term, kind, day))
        return term;
    }
  return NULL;
}
