/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-log.h"

static void
test_mask (void)
{
  static const struct
  {
    const char *text;
    const char *wanted;
  } cases[] = {
    { "nothing here", "nothing here" },
    { "85073003328", "•••••••••••" },
    { "a 85.07.30-033.28 b", "a ••••••••••••••• b" },
    { "85 07 30 033 28", "•••••••••••••••" },
    { "26-K7M4-2QXF", "26-K7M4-2QXF" },
    { "1795514400000000", "1795514400000000" },
    { "8507300332", "8507300332" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = guichet_log_mask (cases[i].text);

      g_assert_cmpstr (masked, ==, cases[i].wanted);
    }
}

static void
test_lines (void)
{
  if (g_test_subprocess ())
    {
      guichet_log_setup (FALSE);
      g_message ("number 85.07.30-033.28 asked");
      g_info ("not shown");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*Z message *: number ••••••••••••••• asked\n*");
  g_test_trap_assert_stderr_unmatched ("*not shown*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/log/mask", test_mask);
  g_test_add_func ("/base/log/lines", test_lines);

  return g_test_run ();
}
