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

/* What is made is valid, and one wrong digit is found for whoever was born in that century. */
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

/* 97 is a prime that divides no digit's place: within a century every single wrong digit shows. */
static void
test_one_wrong_digit (void)
{
  guint passed = 0;

  for (guint round = 0; round < 2000; round++)
    {
      g_autofree char *digits =
          guichet_niss_make (1985, 7, 30, (guint) g_test_rand_int_range (1, 999));
      guint at = (guint) g_test_rand_int_range (0, 11);
      char other = (char) ('0' + (digits[at] - '0' + g_test_rand_int_range (1, 10)) % 10);

      digits[at] = other;
      passed += guichet_niss_is_valid (digits) ? 1 : 0;
    }
  /* Only numbers that are right for the other century slip through: about one in 97. */
  g_assert_cmpuint (passed, <, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/niss/known", test_known_numbers);
  g_test_add_func ("/core/niss/typed", test_as_typed);
  g_test_add_func ("/core/niss/made", test_made_numbers);
  g_test_add_func ("/core/niss/one-wrong-digit", test_one_wrong_digit);

  return g_test_run ();
}
