/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "guichet-enums.h"

G_BEGIN_DECLS

/** GuichetCents: an amount in euro cents; money is never a float. */
typedef gint64 GuichetCents;

/**
 * guichet_money_text:
 *
 * Writes an amount the way the language does: `2,50 €` in fr, `€ 2,50` in nl, `2,50 €` in
 * de, `€2.50` in en; spaces are no-break spaces.
 *
 * Returns: (transfer full): the text
 */
char *guichet_money_text (GuichetCents amount, GuichetLanguage language);

G_END_DECLS
