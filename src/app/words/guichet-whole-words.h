/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-comparison.h"
#include "guichet-verdict-words.h"

G_BEGIN_DECLS

/**
 * guichet_whole_words:
 * @comparison: (nullable): with the request; %NULL where its person is not known
 *
 * What it all comes to. Never good without a proof that the card is no copy.
 */
GuichetVerdictWords guichet_whole_words (EidReport *report, const GuichetComparison *comparison);

G_END_DECLS
