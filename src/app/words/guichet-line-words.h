/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-catalogue.h"
#include "guichet-line.h"

G_BEGIN_DECLS

/*
 * A queue line in words: what its cells say, and what a screen reader says of the whole
 * row.
 */

/** How pressing a date is; the window has a style for each, never without the words. */
typedef enum
{
  GUICHET_URGENCY_NONE,
  GUICHET_URGENCY_SOON, /* today or in the next two days */
  GUICHET_URGENCY_LATE,
  GUICHET_URGENCY_STOPPED, /* the clock stands still */
} GuichetUrgency;

GuichetUrgency
guichet_line_words_urgency (const GuichetLine *self, GuichetDay today, guint late_days);

/** guichet_line_words_due: "in 3 days", "2 days late", "on hold"; empty when nothing runs. (transfer full) */
char *guichet_line_words_due (const GuichetLine *self, GuichetDay today, guint late_days);

/** guichet_line_words_procedure: its name, or its code where the catalogue does not know it. (transfer none) */
const char *
guichet_line_words_procedure (const GuichetLine *self, const GuichetCatalogue *catalogue);

/** guichet_line_words_stage: the stage, and what blocks it: "At the register · blocked: Police". (transfer full) */
char *guichet_line_words_stage (const GuichetLine *self, const GuichetCatalogue *catalogue);

/** guichet_line_words_assignee: (transfer none): who has it in charge; empty for nobody. */
const char *guichet_line_words_assignee (const GuichetLine *self);

/**
 * guichet_line_words_spoken:
 *
 * Returns: (transfer full): the row as one sentence: "Household composition, Dupont Marie,
 *   being prepared, due in 3 days, Marie Dubois, something new"
 */
char *guichet_line_words_spoken (const GuichetLine *self,
                                 const GuichetCatalogue *catalogue,
                                 GuichetDay today,
                                 guint late_days,
                                 gboolean changed,
                                 gboolean pending);

G_END_DECLS
