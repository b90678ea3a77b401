/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-comparison.h"

G_BEGIN_DECLS

/** guichet_comparison_words_field: "National number". (transfer none) */
const char *guichet_comparison_words_field (GuichetComparedField field);

/** guichet_comparison_words_match: "the same but for accents and case". (transfer full) */
char *guichet_comparison_words_match (GuichetLikeness likeness);

/** guichet_comparison_words_icon: (transfer none) (nullable): %NULL where nothing is to be seen. */
const char *guichet_comparison_words_icon (GuichetMatch match);

/** guichet_comparison_words_card: what the card says of it, as people write it. (transfer full) (nullable) */
char *guichet_comparison_words_card (const GuichetCardPerson *person, GuichetComparedField field);

/** guichet_comparison_words_request: what the request says. (transfer full) (nullable) */
char *guichet_comparison_words_request (const GuichetCitizen *citizen, GuichetComparedField field);

G_END_DECLS
