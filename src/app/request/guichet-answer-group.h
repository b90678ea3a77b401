/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-answer-row.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_ANSWER_GROUP (guichet_answer_group_get_type ())

/** GuichetAnswerGroup: questions and answers under a heading. */
G_DECLARE_FINAL_TYPE (GuichetAnswerGroup, guichet_answer_group, GUICHET, ANSWER_GROUP, AdwBin)

GtkWidget *guichet_answer_group_new (const char *title);

/** guichet_answer_group_add: see guichet_answer_row_new(). (transfer none) */
GuichetAnswerRow *guichet_answer_group_add (GuichetAnswerGroup *self,
                                            const char *title,
                                            const char *value,
                                            const char *mask);

G_END_DECLS
