/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-retry.h"

static void
test_mail_grows_and_ends (void)
{
  gint64 now = 0;
  gint64 last_pause = 0;
  guint attempts = 0;

  for (;;)
    {
      gint64 next = 0;

      attempts++;
      if (!guichet_retry_next (&guichet_retry_mail, attempts, 0, now, 0.5, &next))
        break;
      g_assert_cmpint (next - now, >=, last_pause);
      last_pause = next - now;
      now = next;
    }
  /* 1 + 5 + 15 + 30 minutes, 1 + 2 + 4 hours, then every eight until 72 hours are over. */
  g_assert_cmpuint (attempts, ==, 16);
  g_assert_cmpint (now, <=, G_GINT64_CONSTANT (72) * 3600 * G_USEC_PER_SEC);
}

static void
test_jitter_spreads (void)
{
  for (guint i = 0; i < 200; i++)
    {
      gint64 next = 0;

      g_assert_true (guichet_retry_next (&guichet_retry_connection,
                                         100,
                                         0,
                                         1000,
                                         g_test_rand_double_range (0.0, 1.0),
                                         &next));
      g_assert_cmpint (next - 1000, >=, 27 * G_USEC_PER_SEC);
      g_assert_cmpint (next - 1000, <=, 33 * G_USEC_PER_SEC);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/retry/mail", test_mail_grows_and_ends);
  g_test_add_func ("/base/retry/jitter", test_jitter_spreads);

  return g_test_run ();
}
