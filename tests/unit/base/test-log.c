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
    { "12 85073003328", "12 •••••••••••" },
    { "85073003328 85073003328", "••••••••••• •••••••••••" },
    { "é85.07.30.033.28.", "é•••••••••••••••." },
    { "850730033281", "850730033281" },
    { "85-", "85-" },
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
      g_message ("no file a\r\n2026-01-01T00:00:00Z message x: forged");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*Z message *: number ••••••••••••••• asked\n*");
  g_test_trap_assert_stderr_unmatched ("*not shown*");
  g_test_trap_assert_stderr ("*message *: no file a  2026-01-01T00:00:00Z message x: forged\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/log/mask", test_mask);
  g_test_add_func ("/base/log/lines", test_lines);

  return g_test_run ();
}
