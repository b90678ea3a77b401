/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-day.h"
#include "guichet-enums.h"

G_BEGIN_DECLS

/**
 * guichet_day_words:
 *
 * Writes a day the way letters do: `1er mars 2026` in fr, `1 maart 2026` in nl,
 * `1. März 2026` in de, `1 March 2026` in en. Does not depend on the process's locale.
 *
 * Returns: (transfer full) (nullable): the text; %NULL for GUICHET_DAY_NONE
 */
char *guichet_day_words (GuichetDay day, GuichetLanguage language);

G_END_DECLS
