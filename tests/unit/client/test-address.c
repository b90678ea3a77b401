/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-address.h"
#include "guichet-desk.h"

static const struct
{
  const char *typed;
  const char *read; /* NULL: refused */
} cases[] = {
  { "https://guichet.mons.be", "https://guichet.mons.be" },
  { "guichet.mons.be", "https://guichet.mons.be" },
  { "  guichet.mons.be\n", "https://guichet.mons.be" },
  { "https://guichet.mons.be/", "https://guichet.mons.be" },
  { "https://guichet.mons.be///", "https://guichet.mons.be" },
  { "https://guichet.mons.be/api/", "https://guichet.mons.be/api" },
  { "guichet.mons.be:8443", "https://guichet.mons.be:8443" },
  { "guichet.mons.be:8443/api", "https://guichet.mons.be:8443/api" },
  { "HTTPS://guichet.mons.be", "https://guichet.mons.be" },
  { "https://Guichet.MONS.be", "https://guichet.mons.be" },
  { "https://guichet.mons.be:443", "https://guichet.mons.be" },
  { "https://192.0.2.7", "https://192.0.2.7" },
  { "https://[2001:db8::7]:8443", "https://[2001:db8::7]:8443" },
  { "http://localhost:8080", "http://localhost:8080" },
  { "http://LocalHost:8080", "http://localhost:8080" },
  { "http://localhost:80", "http://localhost" },
  { "http://127.0.0.1:8080/", "http://127.0.0.1:8080" },
  { "http://127.8.9.10", "http://127.8.9.10" },
  { "http://[::1]:8080", "http://[::1]:8080" },
  { "localhost:8080", "https://localhost:8080" },
  { "http://guichet.mons.be", NULL },
  { "http://192.0.2.7", NULL },
  { "http://[2001:db8::7]", NULL },
  { "http://localhost.mons.be", NULL },
  { "http://127.0.0.1.mons.be", NULL },
  { "http://0.0.0.0", NULL },
  { "ftp://guichet.mons.be", NULL },
  { "file:///etc/passwd", NULL },
  { "https://", NULL },
  { "https:///api", NULL },
  { "https://chloe@guichet.mons.be", NULL },
  { "https://chloe:secret@guichet.mons.be", NULL },
  { "http://localhost@guichet.mons.be", NULL },
  { "https://guichet.mons.be?x=1", NULL },
  { "https://guichet.mons.be/#top", NULL },
  { "https://guichet mons.be", NULL },
  { "https://guichet.mons.be:99999", NULL },
  { "https://guichet.mons.be:port", NULL },
  { "", NULL },
  { "   ", NULL },
  { "://", NULL },
  { "https://%", NULL },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *read = guichet_address_read (cases[i].typed, &error);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (read, ==, cases[i].read);
      if (cases[i].read == NULL)
        g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_ADDRESS);
      else
        g_assert_no_error (error);
    }
}

/* What was read is read as itself: it is kept, and read again at the next start. */
static void
test_settled (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *again = NULL;

      if (cases[i].read == NULL)
        continue;
      again = guichet_address_read (cases[i].read, NULL);
      g_assert_cmpstr (again, ==, cases[i].read);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/address/table", test_table);
  g_test_add_func ("/client/address/settled", test_settled);

  return g_test_run ();
}
