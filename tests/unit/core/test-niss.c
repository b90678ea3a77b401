/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-niss.h"

static void
test_known_numbers (void)
{
  static const struct
  {
    const char *digits;
    gboolean valid;
  } cases[] = {
    { "42012205181", TRUE },   { "85073003328", TRUE },  { "85073003329", FALSE },
    { "17073003384", TRUE },   { "00012556777", TRUE },  { "53480200724", TRUE },
    { "40000095579", TRUE },   { "00000100364", TRUE },  { "4201220518", FALSE },
    { "420122051811", FALSE }, { "4201220518a", FALSE }, { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (guichet_niss_is_valid (cases[i].digits), ==, cases[i].valid);
  g_assert_false (guichet_niss_is_valid (NULL));
}

static void
test_as_typed (void)
{
  g_autofree char *dotted = guichet_niss_parse ("85.07.30-033.28");
  g_autofree char *spaced = guichet_niss_parse (" 85 07 30 033 28 ");
  g_autofree char *wrong = guichet_niss_parse ("85.07.30-033.29");
  g_autofree char *letters = guichet_niss_parse ("85.07.30-O33.28");
  g_autofree char *format = guichet_niss_format ("85073003328");
  g_autofree char *mask = guichet_niss_mask ("85073003328");

  g_assert_cmpstr (dotted, ==, "85073003328");
  g_assert_cmpstr (spaced, ==, "85073003328");
  g_assert_null (wrong);
  g_assert_null (letters);
  g_assert_cmpstr (format, ==, "85.07.30-033.28");
  g_assert_cmpstr (mask, ==, "85.07.30-•••.••");
  g_assert_true (guichet_niss_looks_like ("85.07.30-033.29"));
  g_assert_false (guichet_niss_looks_like ("26-K7M4-2QXF"));
}

/* What is made is valid. */
static void
test_made_numbers (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      int year = g_test_rand_int_range (1910, 2026);
      g_autofree char *digits = guichet_niss_make (year,
                                                   g_test_rand_int_range (1, 13),
                                                   g_test_rand_int_range (1, 29),
                                                   (guint) g_test_rand_int_range (1, 999));

      g_assert_true (guichet_niss_is_valid (digits));
    }
}

/* The two remainders that make a number valid, one a century. */
static gboolean
fits (const char *digits)
{
  g_autofree char *nine = g_strndup (digits, 9);
  gint64 first_nine = g_ascii_strtoll (nine, NULL, 10);
  gint64 check = g_ascii_strtoll (digits + 9, NULL, 10);

  /* 2 000 000 000 leaves 68 modulo 97. */
  return check >= 1 && check <= 97 &&
         ((first_nine + check) % 97 == 0 || (first_nine + 68 + check) % 97 == 0);
}

/*
 * 97 is a prime that divides no digit's place: within a century every single wrong digit shows.
 * What slips through is right for the other century, and only that.
 */
static void
test_one_wrong_digit (void)
{
  guint passed = 0;
  guint tried = 0;

  for (guint round = 0; round < 300; round++)
    {
      int year = g_test_rand_int_range (1910, 2026);
      g_autofree char *digits = guichet_niss_make (year,
                                                   g_test_rand_int_range (1, 13),
                                                   g_test_rand_int_range (1, 29),
                                                   (guint) g_test_rand_int_range (1, 999));

      for (guint at = 0; at < 11; at++)
        for (char digit = '0'; digit <= '9'; digit++)
          {
            g_autofree char *wrong = g_strdup (digits);

            wrong[at] = digit;
            g_assert_cmpint (guichet_niss_is_valid (wrong), ==, fits (wrong));
            if (digit == digits[at])
              continue;
            tried++;
            passed += guichet_niss_is_valid (wrong) ? 1 : 0;
          }
    }
  g_assert_cmpuint (passed * 50, <, tried);
}

/* Any eleven digits at all. */
static void
test_any_digits (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *digits = g_strdup_printf ("%09d%02d",
                                                 g_test_rand_int_range (0, 1000000000),
                                                 g_test_rand_int_range (0, 100));

      g_assert_cmpint (guichet_niss_is_valid (digits), ==, fits (digits));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/niss/known", test_known_numbers);
  g_test_add_func ("/core/niss/typed", test_as_typed);
  g_test_add_func ("/core/niss/made", test_made_numbers);
  g_test_add_func ("/core/niss/one-wrong-digit", test_one_wrong_digit);
  g_test_add_func ("/core/niss/any-digits", test_any_digits);

  return g_test_run ();
}
