/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts as people read them.
 */
#define G_LOG_DOMAIN "guichet-money"

#include "config.h"

#include "guichet-money.h"

#define NO_BREAK_SPACE "\u00a0"
#define NARROW_NO_BREAK_SPACE "\u202f"

static const struct
{
  const char *before; /* the sign of the currency, with its space, if it comes first */
  const char *after;
  const char *thousands;
  const char *decimal;
} forms[GUICHET_N_LANGUAGES] = {
  [GUICHET_LANGUAGE_FR] = { "", NO_BREAK_SPACE "€", NARROW_NO_BREAK_SPACE, "," },
  [GUICHET_LANGUAGE_NL] = { "€" NO_BREAK_SPACE, "", ".", "," },
  [GUICHET_LANGUAGE_DE] = { "", NO_BREAK_SPACE "€", ".", "," },
  [GUICHET_LANGUAGE_EN] = { "€", "", ",", "." },
};

char *
guichet_money_text (GuichetCents amount, GuichetLanguage language)
{
  guint64 cents = amount < 0 ? -(guint64) amount : (guint64) amount;
  g_autofree char *euros = g_strdup_printf ("%" G_GUINT64_FORMAT, cents / 100);
  g_autoptr (GString) text = g_string_new (amount < 0 ? "-" : "");
  gsize length = strlen (euros);

  g_return_val_if_fail ((guint) language < GUICHET_N_LANGUAGES, NULL);

  g_string_append (text, forms[language].before);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, forms[language].thousands);
      g_string_append_c (text, euros[i]);
    }
  g_string_append_printf (text,
                          "%s%02u%s",
                          forms[language].decimal,
                          (guint) (cents % 100),
                          forms[language].after);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
