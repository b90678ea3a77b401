/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-clock.h"

static void
test_follows_machine (void)
{
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  gint64 before = g_get_real_time ();
  gint64 now = guichet_clock_now (clock);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
}

static void
test_fixed_stands_still (void)
{
  g_autoptr (GuichetClock) clock = guichet_clock_new_fixed (42);

  g_assert_cmpint (guichet_clock_now (clock), ==, 42);
  guichet_clock_set (clock, 43);
  g_assert_cmpint (guichet_clock_now (clock), ==, 43);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/clock/follows-machine", test_follows_machine);
  g_test_add_func ("/base/clock/fixed-stands-still", test_fixed_stands_still);

  return g_test_run ();
}
