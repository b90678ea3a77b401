/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-money.h"
#include "guichet-reference.h"

static guint64
random_number (void)
{
  return ((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ();
}

static void
test_form (void)
{
  for (guint round = 0; round < 1000; round++)
    {
      guint64 number = random_number ();
      g_autofree char *reference = guichet_reference_make (2026, number);
      g_autofree char *again = guichet_reference_make (2026, number);
      g_autofree char *parsed = guichet_reference_parse (reference);

      g_assert_cmpuint (strlen (reference), ==, GUICHET_REFERENCE_LENGTH);
      g_assert_true (g_regex_match_simple ("^26-[2-9CDFHJ-MPQRTVWX]{4}-[2-9CDFHJ-MPQRTVWX]{4}$",
                                           reference,
                                           0,
                                           0));
      g_assert_cmpstr (reference, ==, again);
      g_assert_cmpstr (parsed, ==, reference);
    }
}

static void
test_as_typed (void)
{
  g_autofree char *reference = guichet_reference_make (2009, 123456789);
  g_autofree char *lower = g_ascii_strdown (reference, -1);
  g_autofree char *spaced = g_strdelimit (g_strconcat (" ", lower, " \r\n", NULL), "-", ' ');
  g_autofree char *parsed = guichet_reference_parse (spaced);
  static const char *const bad[] = {
    "", "26", "26-K7M4-2QX", "26-K7M4-2QXFF", "2é-K7M4-2QXF", "85.07.30-033.28"
  };

  g_assert_cmpstr (parsed, ==, reference);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (guichet_reference_parse (bad[i]));
  g_assert_null (guichet_reference_parse (NULL));
}

/* Every single wrong character, at every place, is caught. */
static void
test_every_wrong_character (void)
{
  for (guint round = 0; round < 50; round++)
    {
      g_autofree char *reference =
          guichet_reference_make (2000 + g_test_rand_int_range (0, 100), random_number ());

      for (guint at = 0; at < GUICHET_REFERENCE_LENGTH; at++)
        for (char c = '0'; c <= 'Z'; c++)
          {
            g_autofree char *wrong = g_strdup (reference);
            g_autofree char *parsed = NULL;

            if (reference[at] == '-' || reference[at] == c || !g_ascii_isalnum (c))
              continue;
            wrong[at] = c;
            parsed = guichet_reference_parse (wrong);
            g_assert_null (parsed);
          }
    }
}

/* So is every swap of two neighbours, over the hyphens too. */
static void
test_every_swap (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autofree char *reference =
          guichet_reference_make (2000 + g_test_rand_int_range (0, 100), random_number ());
      g_auto (GStrv) parts = g_strsplit (reference, "-", -1);
      g_autofree char *plain = g_strjoinv ("", parts);

      for (guint at = 0; plain[at + 1] != '\0'; at++)
        {
          g_autofree char *wrong = g_strdup (plain);
          g_autofree char *parsed = NULL;

          if (plain[at] == plain[at + 1])
            continue;
          wrong[at] = plain[at + 1];
          wrong[at + 1] = plain[at];
          parsed = guichet_reference_parse (wrong);
          g_assert_null (parsed);
        }
    }
}

static void
test_money (void)
{
  static const struct
  {
    GuichetCents cents;
    GuichetLanguage language;
    const char *text;
  } cases[] = {
    { 250, GUICHET_LANGUAGE_FR, "2,50\u00a0€" },
    { 250, GUICHET_LANGUAGE_NL, "€\u00a02,50" },
    { 250, GUICHET_LANGUAGE_DE, "2,50\u00a0€" },
    { 250, GUICHET_LANGUAGE_EN, "€2.50" },
    { 0, GUICHET_LANGUAGE_FR, "0,00\u00a0€" },
    { 5, GUICHET_LANGUAGE_FR, "0,05\u00a0€" },
    { 123456789, GUICHET_LANGUAGE_FR, "1\u202f234\u202f567,89\u00a0€" },
    { 123456, GUICHET_LANGUAGE_DE, "1.234,56\u00a0€" },
    { -250, GUICHET_LANGUAGE_EN, "-€2.50" },
    { G_MAXINT64, GUICHET_LANGUAGE_DE, "92.233.720.368.547.758,07\u00a0€" },
    { G_MININT64, GUICHET_LANGUAGE_NL, "-€\u00a092.233.720.368.547.758,08" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = guichet_money_text (cases[i].cents, cases[i].language);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/reference/form", test_form);
  g_test_add_func ("/core/reference/typed", test_as_typed);
  g_test_add_func ("/core/reference/wrong-character", test_every_wrong_character);
  g_test_add_func ("/core/reference/swap", test_every_swap);
  g_test_add_func ("/core/money", test_money);

  return g_test_run ();
}
