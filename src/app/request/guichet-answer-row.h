/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_ANSWER_ROW (guichet_answer_row_get_type ())

/**
 * GuichetAnswerRow:
 *
 * A question and its answer, which can be copied with one key or click: clerks carry
 * answers over to other programs all day.
 */
G_DECLARE_FINAL_TYPE (GuichetAnswerRow, guichet_answer_row, GUICHET, ANSWER_ROW, GtkListBoxRow)

/**
 * guichet_answer_row_new:
 * @title: the question
 * @value: (nullable): the answer; %NULL or empty for one not given
 * @mask: (nullable): what is shown in its place until the clerk asks for it
 */
GtkWidget *guichet_answer_row_new (const char *title, const char *value, const char *mask);

/** guichet_answer_row_add_class: a style for the answer, as `success`. */
void guichet_answer_row_add_class (GuichetAnswerRow *self, const char *name);

G_END_DECLS
