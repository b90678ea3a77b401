/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichetd-password.h"

static const GuichetdPasswordCost cheap = { GUICHETD_PASSWORD_MEMORY_MIN, 1 };

static void
test_hash (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = guichetd_password_hash ("six chevaux gris", &cheap, &error);
  g_autofree char *again = guichetd_password_hash ("six chevaux gris", &cheap, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=8192,t=1,p=1$"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_true (guichetd_password_verify (hash, "six chevaux gris"));
  g_assert_false (guichetd_password_verify (hash, "six chevaux gri"));
  g_assert_false (guichetd_password_verify (hash, ""));
  g_assert_false (guichetd_password_verify ("nonsense", "six chevaux gris"));
}

static void
test_normalised (void)
{
  g_autofree char *hash = guichetd_password_hash ("\xc3\xa9t\xc3\xa9 \xc3\xa0 Mons", &cheap, NULL);

  /* The same letters, typed as letter and accent. */
  g_assert_true (guichetd_password_verify (hash, "e\xcc\x81te\xcc\x81 a\xcc\x80 Mons"));
  g_assert_false (guichetd_password_verify (hash, "\xff\xfe"));
}

static void
test_floor (void)
{
  const GuichetdPasswordCost too_cheap = { 1, 0 };
  const GuichetdPasswordCost dearer = { GUICHETD_PASSWORD_MEMORY_MIN, 2 };
  g_autofree char *hash = guichetd_password_hash ("six chevaux gris", &too_cheap, NULL);

  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=8192,t=1,p=1$"));
  g_assert_false (guichetd_password_is_weaker (hash, &cheap));
  g_assert_true (guichetd_password_is_weaker (hash, &dearer));
}

static void
test_check (void)
{
  static const char *const bad[] = {
    "tr0p!court",     "aaaaaaaaaaaa",     "abababababab",     "123456789012",   "Motdepasse2026",
    "!!Bienvenue!!1", "leclercq anne 88", "ma.anne.leclercq", "Azertyuiop 123",
  };
  static const char *const good[] = { "six chevaux gris",
                                      "Tr0mbone;Valise",
                                      "été à la mer du Nord" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (guichetd_password_check (bad[i], "aleclercq", "Anne Leclercq", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_null (strstr (error->message, bad[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (guichetd_password_check (good[i], "aleclercq", "Anne Leclercq", &error));
      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/password/hash", test_hash);
  g_test_add_func ("/server/password/normalised", test_normalised);
  g_test_add_func ("/server/password/floor", test_floor);
  g_test_add_func ("/server/password/check", test_check);

  return g_test_run ();
}
