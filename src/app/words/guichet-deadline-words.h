/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-deadline.h"

G_BEGIN_DECLS

/** guichet_deadline_words_reason: one line of "why this date?" as a sentence. (transfer full) */
char *guichet_deadline_words_reason (const GuichetReason *self);

/** guichet_deadline_words_term: what kind of date it is: "Promised by the town". (transfer none) */
const char *guichet_deadline_words_term (GuichetTermKind kind);

/**
 * guichet_deadline_words_due:
 *
 * Returns: (transfer full): "Thursday 26 November, in 2 days", "on hold", "has not begun"
 */
char *guichet_deadline_words_due (const GuichetDue *self, gboolean met, GuichetDay today);

G_END_DECLS
