/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-json-reader.h"
#include "guichet-procedure.h"

G_BEGIN_DECLS

/**
 * guichet_issue_words:
 * @field: what it is about
 *
 * Returns: (transfer full): what is wrong with the answer, and how it should be
 */
char *guichet_issue_words (const GuichetIssue *issue, const GuichetField *field);

/** guichet_issue_words_limits: "From 1 to 10", "At most 400 characters". (transfer full) (nullable) */
char *guichet_issue_words_limits (const GuichetField *field);

G_END_DECLS
