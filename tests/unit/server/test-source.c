/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichetd-source.h"

static void
test_of (void)
{
  /* clang-format off */
  static const struct
  {
    const char *address;
    const char *source;
  } cases[] = {
    { "127.0.0.1", "127.0.0.1" },
    { "192.0.2.200", "192.0.2.200" },
    { "2001:db8:1:2::1", "2001:db8:1:2::/64" },
    { "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64" },
    { "2001:0DB8:0001:0002:0:0:0:7", "2001:db8:1:2::/64" },
    { "2001:db8:1:3::1", "2001:db8:1:3::/64" },
    { "::1", "::/64" },
    { "::ffff:192.0.2.200", "192.0.2.200" },
    { "::ffff:c000:2c8", "192.0.2.200" },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);
      g_autofree char *source = guichetd_source_of (address);

      g_assert_cmpstr (source, ==, cases[i].source);
    }
}

static void
test_read (void)
{
  /* clang-format off */
  static const struct
  {
    const char *header;
    const char *source;
  } cases[] = {
    { "192.0.2.1", "192.0.2.1" },
    { "192.0.2.9, 192.0.2.1", "192.0.2.1" },
    { "192.0.2.9,  2001:db8::1 ", "2001:db8::/64" },
    { "192.0.2.9,", "unknown" },
    { "192.0.2.1:443", "unknown" },
    { "", "unknown" },
    { NULL, "unknown" },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *source = guichetd_source_read (cases[i].header);

      g_assert_cmpstr (source, ==, cases[i].source);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Where questions come from, for those who count them.");
  g_test_add_func ("/source/of", test_of);
  g_test_add_func ("/source/read", test_read);
  return g_test_run ();
}
