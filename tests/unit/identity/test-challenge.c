/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-challenge.h"

#include <string.h>

static GBytes *
nonce_of (guint8 byte)
{
  guint8 bytes[GUICHET_NONCE_SIZE];

  memset (bytes, byte, sizeof bytes);
  return g_bytes_new (bytes, sizeof bytes);
}

/* Byte by byte: whoever composes it on the other side has only the document to go by. */
static void
test_form (void)
{
  static const char expected[] = "Guichetier: identity check at the counter, 1\n"
                                 "\0\0\0\x04Mons"
                                 "\0\0\0\x0c"
                                 "26-2222-2222"
                                 "\0\0\0\x02"
                                 "ab"
                                 "\0\0\0\x20"
                                 "................................";
  g_autoptr (GBytes) nonce = nonce_of ('.');
  g_autoptr (GBytes) made = guichet_challenge_for_check ("Mons", "26-2222-2222", "ab", nonce);

  g_assert_cmpmem (g_bytes_get_data (made, NULL),
                   g_bytes_get_size (made),
                   expected,
                   sizeof expected - 1);
}

/* What is another question is never the same bytes, however it is cut. */
static void
test_unambiguous (void)
{
  static const char *const parts[][3] = {
    { "Mons", "26-2222-2222", "ab" },   { "Mon", "s26-2222-2222", "ab" },
    { "Mons", "26-2222-2222a", "b" },   { "Mons26-2222-2222", "", "ab" },
    { "Mons", "", "26-2222-2222ab" },   { "", "", "" },
    { "Mons\n", "26-2222-2222", "ab" }, { "Mons", "26-2222-2223", "ab" },
  };
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  for (guint n = 0; n < 2; n++)
    {
      g_autoptr (GBytes) nonce = nonce_of ((guint8) n);

      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          g_assert_true (g_hash_table_add (seen,
                                           guichet_challenge_for_check (parts[i][0],
                                                                        parts[i][1],
                                                                        parts[i][2],
                                                                        nonce)));
        }
      /* What signs staff in verifies nobody. */
      g_assert_true (g_hash_table_add (seen, guichet_challenge_for_sign_in ("Mons", nonce)));
      g_assert_true (g_hash_table_add (seen, guichet_challenge_for_sign_in ("", nonce)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("What a card signs.");
  g_test_add_func ("/challenge/form", test_form);
  g_test_add_func ("/challenge/unambiguous", test_unambiguous);
  return g_test_run ();
}
