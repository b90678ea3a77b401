/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-field-row.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_QUESTIONS (guichet_questions_get_type ())

/**
 * GuichetQuestions:
 *
 * The form of a procedure, to be filled in: its pages one below the other, of which only what is
 * asked, after the answers given so far, is there to be seen.
 *
 * Signal `edited`: somebody changed an answer.
 */
G_DECLARE_FINAL_TYPE (GuichetQuestions, guichet_questions, GUICHET, QUESTIONS, AdwBin)

/** guichet_questions_ask: @procedure: (nullable): %NULL asks nothing, and forgets all answers. */
void guichet_questions_ask (GuichetQuestions *self, const GuichetProcedure *procedure);

/** guichet_questions_get_answers: (transfer full): those to what is asked, by field code. */
JsonObject *guichet_questions_get_answers (GuichetQuestions *self);

/** guichet_questions_get_rows: (transfer none) (element-type GuichetFieldRow): in reading order. */
GPtrArray *guichet_questions_get_rows (GuichetQuestions *self);
/** guichet_questions_find: (transfer none) (nullable): the question of that code. */
GuichetFieldRow *guichet_questions_find (GuichetQuestions *self, const char *code);
/** guichet_questions_find_profile: (transfer none) (nullable): the question that this of a person answers. */
GuichetFieldRow *guichet_questions_find_profile (GuichetQuestions *self, const char *profile);

/** guichet_questions_fill: answers the question of that code, if there is one. @answer: (nullable): as JSON has it */
void guichet_questions_fill (GuichetQuestions *self, const char *code, const char *answer);

G_END_DECLS
