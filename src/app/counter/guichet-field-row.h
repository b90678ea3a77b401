/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-procedure.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FIELD_ROW (guichet_field_row_get_type ())

/**
 * GuichetFieldRow:
 *
 * One question of a form: what is asked, where it is answered, what helps, and what is wrong with
 * the answer.
 *
 * Signal `edited`: somebody changed the answer.
 */
G_DECLARE_FINAL_TYPE (GuichetFieldRow, guichet_field_row, GUICHET, FIELD_ROW, AdwBin)

/** guichet_field_row_new: @field must outlive it. */
GuichetFieldRow *guichet_field_row_new (const GuichetField *field);
const GuichetField *guichet_field_row_get_field (GuichetFieldRow *self);
/** guichet_field_row_get_label: (transfer none): the question. */
const char *guichet_field_row_get_label (GuichetFieldRow *self);

/** guichet_field_row_get_answer: (transfer full) (nullable): as the catalogue's JSON. */
JsonNode *guichet_field_row_get_answer (GuichetFieldRow *self);
/** guichet_field_row_fill: @answer: (nullable): as JSON has it. */
void guichet_field_row_fill (GuichetFieldRow *self, const char *answer);
/** guichet_field_row_type: the same, as what somebody typed before. */
void guichet_field_row_type (GuichetFieldRow *self, const char *answer);
/** guichet_field_row_is_edited: whether somebody has changed the answer since it was last filled in. */
gboolean guichet_field_row_is_edited (GuichetFieldRow *self);
/** guichet_field_row_set_locked: it can be read and not changed. */
void guichet_field_row_set_locked (GuichetFieldRow *self, gboolean locked);

/** guichet_field_row_show_problem: @sentence: (nullable): %NULL: there is none any more. */
void guichet_field_row_show_problem (GuichetFieldRow *self, const char *sentence);
gboolean guichet_field_row_has_problem (GuichetFieldRow *self);
void guichet_field_row_focus (GuichetFieldRow *self);

G_END_DECLS
