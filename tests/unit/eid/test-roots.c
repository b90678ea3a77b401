/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-error.h"
#include "eid-roots.h"
#include "eid-word.h"

#include <glib/gstdio.h>
#include <string.h>

static EidCertificate *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("EID_ROOTS"), name, NULL);
  g_autoptr (GError) error = NULL;
  EidCertificate *certificate = eid_certificate_load (path, &error);

  g_assert_no_error (error);
  return certificate;
}

/* The state's own roots are the ones that are pinned, and nothing else is. */
static void
test_pinned (void)
{
  static const char *const roots[] = { "belgiumrca.pem",  "belgiumrca2.pem",  "belgiumrca3.pem",
                                       "belgiumrca4.pem", "belgiumrca4b.pem", "belgiumrca6.pem" };
  g_autoptr (EidRoots) known = eid_roots_new ();
  g_autoptr (EidCertificate) citizens = load ("CitizenCA202002.pem");

  g_assert_cmpuint (eid_roots_get_size (known), ==, G_N_ELEMENTS (roots));
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autoptr (EidCertificate) root = load (roots[i]);
      const EidRoot *found = eid_roots_find (known, root);

      g_test_message ("%s", roots[i]);
      g_assert_nonnull (found);
      g_assert_false (found->test);
      g_assert_true (g_str_has_prefix (found->name, eid_certificate_get_common_name (root)));
      g_assert_cmpmem (found->key,
                       EID_SHA256_SIZE,
                       eid_certificate_get_key_fingerprint (root),
                       EID_SHA256_SIZE);
      g_assert_true (eid_certificate_is_ca (root));
      /* Also those that are signed with SHA-1. */
      g_assert_true (eid_certificate_is_signed_by (root, root, NULL));
    }
  g_assert_null (eid_roots_find (known, citizens));
}

static void
test_real_chain (void)
{
  g_autoptr (EidCertificate) root = load ("belgiumrca6.pem");
  g_autoptr (EidCertificate) other = load ("belgiumrca4.pem");
  g_autoptr (EidCertificate) citizens = load ("CitizenCA202002.pem");
  g_autoptr (EidCertificate) foreigners = load ("ForeignerCA202001.pem");
  g_autofree char *why = NULL;

  g_assert_true (eid_certificate_is_signed_by (citizens, root, NULL));
  g_assert_true (eid_certificate_is_signed_by (foreigners, root, NULL));
  g_assert_false (eid_certificate_is_signed_by (citizens, other, &why));
  g_assert_cmpstr (why, ==, "it names another issuer");
  g_assert_false (eid_certificate_is_signed_by (root, citizens, NULL));
  g_assert_cmpstr (eid_certificate_get_common_name (citizens), ==, "Citizen CA");
  g_assert_cmpstr (eid_certificate_get_subject_serial (citizens), ==, "202002");
  g_assert_cmpint (eid_certificate_get_key (citizens), ==, EID_KEY_EC);
  g_assert_cmpint (eid_certificate_get_key (other), ==, EID_KEY_RSA);
}

static void
test_by_key (void)
{
  g_autoptr (EidRoots) known = eid_roots_new_empty ();
  g_autoptr (EidCertificate) first = load ("belgiumrca4.pem");
  g_autoptr (EidCertificate) renewed = load ("belgiumrca4b.pem");

  g_assert_null (eid_roots_find (known, renewed));
  eid_roots_add (known, first, FALSE);
  g_assert_nonnull (eid_roots_find (known, renewed));
}

static void
test_files (void)
{
  static const struct
  {
    const char *name, *text;
    guint added;
    const char *says;
  } files[] = {
    { "none.conf", "# nothing\n", 0, NULL },
    { "short.conf",
      "[A]\nsha256=00\nkey-sha256=00\n",
      0,
      "[A] sha256 is not 64 hexadecimal digits" },
    { "half.conf",
      "[A]\nsha256=00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF\n",
      0,
      "key-sha256" },
    { "good.conf",
      "[A]\nsha256=00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF\n"
      "key-sha256=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\ntest=true\n",
      1,
      NULL },
    { "truth.conf", "[A]\ntest=perhaps\n", 0, "test" },
    { "not.pem", "hello", 0, "holds no certificate" },
    { "broken.pem",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      0,
      "holds no" },
    { "empty.der", "", 0, "holds no certificate" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("guichet-roots-XXXXXX", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (EidRoots) known = eid_roots_new_empty ();
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

      g_test_message ("%s", files[i].name);
      g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
      g_assert_cmpint (eid_roots_load (known, path, FALSE, &error), ==, files[i].says == NULL);
      g_assert_cmpuint (eid_roots_get_size (known), ==, files[i].added);
      if (files[i].says != NULL)
        {
          g_assert_nonnull (strstr (error->message, path));
          g_assert_nonnull (strstr (error->message, files[i].says));
        }
      g_clear_error (&error);
      g_unlink (path);
    }
  g_rmdir (folder);
}

/* What is loaded as a test root never counts as the state's, whatever its file says. */
static void
test_test_file (void)
{
  static const char *const ends[] = { "", "test=false\n", "test=true\n" };
  g_autoptr (EidCertificate) root = load ("belgiumrca6.pem");
  g_autofree char *certificate = eid_hex (eid_certificate_get_fingerprint (root), EID_SHA256_SIZE);
  g_autofree char *key = eid_hex (eid_certificate_get_key_fingerprint (root), EID_SHA256_SIZE);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("guichet-roots-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "test.conf", NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint test = 0; test < 2; test++)
      {
        g_autoptr (EidRoots) known = eid_roots_new_empty ();
        g_autofree char *text =
            g_strdup_printf ("[A]\nsha256=%s\nkey-sha256=%s\n%s", certificate, key, ends[i]);

        g_assert_true (g_file_set_contents (path, text, -1, NULL));
        g_assert_true (eid_roots_load (known, path, test == 1, &error));
        g_assert_cmpint (eid_roots_find (known, root)->test, ==, test == 1 || i == 2);
      }
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("The pinned roots against the certificates of the Belgian state.");
  g_test_add_func ("/eid/roots/pinned", test_pinned);
  g_test_add_func ("/eid/roots/real-chain", test_real_chain);
  g_test_add_func ("/eid/roots/by-key", test_by_key);
  g_test_add_func ("/eid/roots/files", test_files);
  g_test_add_func ("/eid/roots/test-file", test_test_file);
  return g_test_run ();
}
