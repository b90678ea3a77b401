/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-challenge.h"
#include "guichetd-challenges.h"

#define NOW (G_GINT64_CONSTANT (1795521600) * G_USEC_PER_SEC)
#define LIFE (GUICHETD_CHALLENGE_LIFE * G_USEC_PER_SEC)
#define OF_ONE 3
#define OF_ALL 20

static GBytes *
give (GuichetdChallenges *self, const char *owner, const char *subject, gint64 now)
{
  GBytes *nonce = guichetd_challenges_give (self, owner, subject, now);

  g_assert_cmpuint (g_bytes_get_size (nonce), ==, GUICHET_NONCE_SIZE);
  return nonce;
}

static void
test_once (void)
{
  g_autoptr (GuichetdChallenges) self = guichetd_challenges_new (OF_ONE, OF_ALL);
  g_autoptr (GBytes) first = give (self, "one", "26-2222-2222", NOW);
  g_autoptr (GBytes) second = give (self, "one", NULL, NOW);

  g_assert_false (g_bytes_equal (first, second));
  g_assert_false (guichetd_challenges_take (self, first, "two", "26-2222-2222", "k", NOW));
  g_assert_false (guichetd_challenges_take (self, first, "one", "26-2222-2223", "k", NOW));
  g_assert_false (guichetd_challenges_take (self, first, "one", NULL, "k", NOW));
  g_assert_true (guichetd_challenges_take (self, first, "one", "26-2222-2222", "k", NOW));
  /* The same command may come again, no other. */
  g_assert_true (guichetd_challenges_take (self, first, "one", "26-2222-2222", "k", NOW));
  g_assert_false (guichetd_challenges_take (self, first, "one", "26-2222-2222", "l", NOW));
  /* Without a key, once is once. */
  g_assert_true (guichetd_challenges_take (self, second, "one", NULL, NULL, NOW));
  g_assert_false (guichetd_challenges_take (self, second, "one", NULL, NULL, NOW));
  /* And takes no place any more. */
  g_assert_cmpuint (guichetd_challenges_get_size (self), ==, 1);
}

static void
test_time (void)
{
  g_autoptr (GuichetdChallenges) self = guichetd_challenges_new (OF_ONE, OF_ALL);
  g_autoptr (GBytes) early = give (self, "one", NULL, NOW);
  g_autoptr (GBytes) late = give (self, "one", NULL, NOW + 1);

  g_assert_false (guichetd_challenges_take (self, early, "one", NULL, "k", NOW + LIFE + 1));
  g_assert_true (guichetd_challenges_take (self, late, "one", NULL, "k", NOW + LIFE + 1));
  g_assert_cmpuint (guichetd_challenges_get_size (self), ==, 1);
  /* A clock that was set back lets nothing live longer. */
  g_assert_false (guichetd_challenges_take (self, late, "one", NULL, "k", NOW));
  g_assert_cmpuint (guichetd_challenges_get_size (self), ==, 0);
}

/* Who asks without end pushes out their own, and nobody else's; all together have an end too. */
static void
test_many (void)
{
  g_autoptr (GuichetdChallenges) self = guichetd_challenges_new (OF_ONE, OF_ALL);
  g_autoptr (GBytes) other = give (self, "other", NULL, NOW);
  g_autoptr (GBytes) first = give (self, "greedy", NULL, NOW);
  g_autoptr (GBytes) none = NULL;

  for (guint i = 0; i < 3 * OF_ONE; i++)
    g_bytes_unref (give (self, "greedy", NULL, NOW));
  g_assert_cmpuint (guichetd_challenges_get_size (self), ==, 1 + OF_ONE);
  g_assert_false (guichetd_challenges_take (self, first, "greedy", NULL, NULL, NOW));
  g_assert_true (guichetd_challenges_take (self, other, "other", NULL, NULL, NOW));

  for (guint i = guichetd_challenges_get_size (self); i < OF_ALL; i++)
    {
      g_autofree char *owner = g_strdup_printf ("owner %u", i);

      g_bytes_unref (give (self, owner, NULL, NOW));
    }
  none = guichetd_challenges_give (self, "one more", NULL, NOW);
  g_assert_null (none);
  g_bytes_unref (give (self, "one more", NULL, NOW + LIFE + 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Nonces that wait for an answer.");
  g_test_add_func ("/challenges/once", test_once);
  g_test_add_func ("/challenges/time", test_time);
  g_test_add_func ("/challenges/many", test_many);
  return g_test_run ();
}
