/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-report.h"

G_BEGIN_DECLS

/**
 * GuichetVerdictWords:
 * @icon: name of an icon: no verdict is told by its colour alone
 * @style: class of the style sheet: good, caution, unsure, bad
 * @weight: what a screen reader says before it: "Attention"
 * @title: a line
 * @advice: what it means and what to do
 *
 * All of them translated, and static.
 */
typedef struct
{
  const char *icon;
  const char *style;
  const char *weight;
  const char *title;
  const char *advice;
} GuichetVerdictWords;

/** guichet_verdict_words_new: @title, @advice: (transfer none): still to be translated; static */
GuichetVerdictWords
guichet_verdict_words_new (EidSeverity weight, const char *title, const char *advice);

GuichetVerdictWords guichet_verdict_words (const EidVerdict *verdict);

/**
 * guichet_verdict_words_fact: what is behind it: "It was valid until Thursday 26 November 2026.",
 * "Revoked since …: its key may be in other hands.", "The State was not asked.".
 * (transfer full) (nullable): %NULL where nothing is known of that
 */
char *guichet_verdict_words_fact (const EidVerdict *verdict);

/**
 * guichet_verdict_words_title:
 * @verdict: of @report
 *
 * The title with the parts of the card that it is about: "The photo was exchanged (photo)".
 *
 * Returns: (transfer full) (nullable): %NULL where another verdict of the report has said it
 */
char *guichet_verdict_words_title (EidReport *report, const EidVerdict *verdict);

G_END_DECLS
