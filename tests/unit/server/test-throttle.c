/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichetd-throttle.h"

#define SECOND G_TIME_SPAN_SECOND

/* Guesses until it must wait, starting at *now; how many went through. */
static guint
guess (GuichetdThrottle *throttle, const char *login, const char *source, gint64 now, guint most)
{
  guint n = 0;

  while (n < most && guichetd_throttle_begin (throttle, login, source, now) == 0)
    {
      guichetd_throttle_failed (throttle, login, source);
      n++;
    }
  return n;
}

static void
test_waits_grow (void)
{
  static const guint waits[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;

  g_test_summary ("the first failures are free, then each doubles the wait, up to a minute");

  g_assert_cmpuint (guess (throttle, "anne", "10.0.0.1", now, 100), ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, waits[i]);
      now += (gint64) waits[i] * SECOND - 1;
      g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, 1);
      now += 1;
      g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, 0);
      /* One at a time. */
      g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, 1);
      guichetd_throttle_failed (throttle, "anne", "10.0.0.1");
    }
}

static void
test_at_once (void)
{
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;
  guint through = 0;

  g_test_summary ("several windows may sign in at once; a thousand guesses may not");

  for (guint i = 0; i < 1000; i++)
    through += guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now) == 0 ? 1 : 0;
  g_assert_cmpuint (through, ==, 16);
  for (guint i = 0; i < through; i++)
    guichetd_throttle_failed (throttle, "anne", "10.0.0.1");
  g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, 60);
}

static void
test_success_forgets (void)
{
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;

  for (guint i = 0; i < 20; i++)
    {
      g_assert_cmpuint (guess (throttle, "anne", "10.0.0.1", now, 4), ==, 4);
      g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, 0);
      guichetd_throttle_succeeded (throttle, "anne", "10.0.0.1", now);
    }
}

static void
test_colleague_is_not_locked_out (void)
{
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;

  g_test_summary ("whoever guesses from elsewhere does not make the clerk wait");

  g_assert_cmpuint (guess (throttle, "anne", "10.0.0.66", now, 1000), ==, 5);
  g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, 0);
  guichetd_throttle_succeeded (throttle, "anne", "10.0.0.1", now);

  /* From a hundred places: a new place must wait, the desk she signed in from must not. */
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *source = g_strdup_printf ("10.1.0.%u", i);

      guess (throttle, "anne", source, now, 100);
    }
  g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.2.0.1", now), >, 0);
  g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.1", now), ==, 0);
  g_assert_cmpuint (guichetd_throttle_begin (throttle, "bert", "10.2.0.1", now), ==, 0);
}

static void
test_many_logins_from_one_place (void)
{
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;
  guint through = 0;

  guichetd_throttle_begin (throttle, "anne", "10.0.0.66", now);
  guichetd_throttle_succeeded (throttle, "anne", "10.0.0.66", now);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *login = g_strdup_printf ("guess%u", i);

      through += guess (throttle, login, "10.0.0.66", now, 1);
    }
  g_assert_cmpuint (through, ==, 30);
  g_assert_cmpuint (guichetd_throttle_begin (throttle, "anne", "10.0.0.66", now), ==, 0);
}

static void
test_known_and_unknown_alike (void)
{
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;

  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpuint (guess (throttle, "anne", "10.0.0.1", now, 1),
                        ==,
                        guess (throttle, "nobody", "10.0.0.1", now, 1));
    }
}

static void
test_forgets (void)
{
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;

  g_assert_cmpuint (guess (throttle, "anne", "10.0.0.1", now, 100), ==, 5);
  now += 3601 * SECOND;
  g_assert_cmpuint (guess (throttle, "anne", "10.0.0.1", now, 100), ==, 5);
}

static void
test_memory_is_bounded (void)
{
  g_autoptr (GuichetdThrottle) throttle = guichetd_throttle_new ();
  gint64 now = 1000 * SECOND;

  g_assert_cmpuint (guess (throttle, "anne", "10.0.0.1", now, 100), ==, 5);
  for (guint i = 0; i < 25000; i++)
    {
      g_autofree char *source = g_strdup_printf ("2001:db8::%x", i);

      now += SECOND / 100;
      guichetd_throttle_begin (throttle, "x", source, now);
      guichetd_throttle_withdraw (throttle, "x", source);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/throttle/waits-grow", test_waits_grow);
  g_test_add_func ("/server/throttle/at-once", test_at_once);
  g_test_add_func ("/server/throttle/success-forgets", test_success_forgets);
  g_test_add_func ("/server/throttle/colleague", test_colleague_is_not_locked_out);
  g_test_add_func ("/server/throttle/many-logins", test_many_logins_from_one_place);
  g_test_add_func ("/server/throttle/alike", test_known_and_unknown_alike);
  g_test_add_func ("/server/throttle/forgets", test_forgets);
  g_test_add_func ("/server/throttle/bounded", test_memory_is_bounded);

  return g_test_run ();
}
