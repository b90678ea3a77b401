/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichetd-config.h"

#include <glib/gstdio.h>

static char *folder;

static GuichetdConfig *
load (const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "guichetd.conf", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return guichetd_config_load (path, error);
}

static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdConfig) config = load ("", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (config->listen, ==, "127.0.0.1:8642");
  g_assert_cmpstr (config->zone_name, ==, "Europe/Brussels");
  g_assert_true (config->traffic);
}

static void
test_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdConfig) config = load ("[server]\n"
                                            "listen=unix:/run/x/y\n"
                                            "data=data\n"
                                            "zone=Europe/Paris\n"
                                            "log-exchanges=false\n"
                                            "[mail]\n"
                                            "smtp=mail.example:587\n"
                                            "starttls=true\n"
                                            "user=u\n"
                                            "password-file=smtp-password\n"
                                            "[passwords]\n"
                                            "memory-mib=8\n"
                                            "passes=1\n"
                                            "[sessions]\n"
                                            "idle-minutes=10\n"
                                            "[limits]\n"
                                            "head-seconds=3\n"
                                            "header-bytes=4096\n"
                                            "[eid]\n"
                                            "revocation-proxy=proxy.example:3128\n",
                                            &error);
  g_autofree char *data = g_build_filename (folder, "data", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (config->listen, ==, "unix:/run/x/y");
  g_assert_cmpstr (config->data, ==, data);
  g_assert_false (config->traffic);
  g_assert_cmpstr (config->mail_password_file, ==, "smtp-password");
  g_assert_cmpuint (config->auth.cost.memory, ==, 8192);
  g_assert_cmpuint (config->auth.idle, ==, 600);
  g_assert_cmpuint (config->limits.head_time, ==, 3000);
  g_assert_cmpuint (config->limits.header_bytes, ==, 4096);
  g_assert_cmpstr (config->card.proxy, ==, "proxy.example:3128");
}

static void
test_all_faults_at_once (void)
{
  static const char *const said[] = {
    "guichetd.conf: [server] listen: ",
    "192.168.1.1",
    "guichetd.conf: [server] zone: ",
    "Mons/Nulle-Part",
    "[server] colour: there is no such key",
    "[garden]: there is no such group",
    "[passwords] memory-mib: “4” is no number from 8 to 1024",
    "[server] log-exchanges: “maybe” is neither",
    "[mail] password-file: is missing beside user",
    "[mail] smtp: “nowhere” is not host:port",
    "[server] town: has no value",
    "[eid] revocation-proxy: “http://proxy.example/” is not host:port",
    "[eid] revocation-hosts: “ocsp.example/x” is not host:port",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdConfig) config = load ("[server]\n"
                                            "listen=192.168.1.1:80\n"
                                            "zone=Mons/Nulle-Part\n"
                                            "colour=green\n"
                                            "town=\n"
                                            "log-exchanges=maybe\n"
                                            "[garden]\n"
                                            "rose=red\n"
                                            "[mail]\n"
                                            "smtp=nowhere\n"
                                            "user=u\n"
                                            "[passwords]\n"
                                            "memory-mib=4\n"
                                            "[eid]\n"
                                            "revocation-proxy=http://proxy.example/\n"
                                            "revocation-hosts=ocsp.example;ocsp.example/x\n",
                                            &error);

  g_assert_null (config);
  g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (strstr (error->message, said[i]) == NULL)
      g_test_fail_printf ("“%s” is not in:\n%s", said[i], error->message);
}

static void
test_addresses (void)
{
  static const char *const good[] = { "127.0.0.1:0", "[::1]:8642", "localhost:1", "unix:/a" };
  static const char *const bad[] = {
    "0.0.0.0:80", "[::]:80", "example.org:80", "127.0.0.1", "127.0.0.1:x",
    "unix:a",     "unix:",   "8642",           "",          "127.0.0.1:99999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good) + G_N_ELEMENTS (bad); i++)
    {
      gboolean wanted = i < G_N_ELEMENTS (good);
      const char *address = wanted ? good[i] : bad[i - G_N_ELEMENTS (good)];
      g_autofree char *text = g_strdup_printf ("[server]\nlisten=%s\n", address);
      g_autoptr (GError) error = NULL;
      g_autoptr (GuichetdConfig) config = load (text, &error);

      if (wanted != (config != NULL))
        g_test_fail_printf ("listen=%s: %s", address, error != NULL ? error->message : "was taken");
    }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "none.conf", NULL);

  g_assert_null (guichetd_config_load (path, &error));
  g_assert_nonnull (strstr (error->message, "none.conf"));
}

static void
test_secret (void)
{
  g_autofree char *path = g_build_filename (folder, "password", NULL);
  g_autofree char *secret = NULL;
  g_autofree char *credential = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "very secret\n", -1, NULL));
  secret = guichetd_config_secret (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "very secret");

  g_unsetenv ("CREDENTIALS_DIRECTORY");
  g_assert_null (guichetd_config_secret ("password", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_setenv ("CREDENTIALS_DIRECTORY", folder, TRUE);
  credential = guichetd_config_secret ("password", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (credential, ==, "very secret");
}

static void
test_sample (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "guichetd.conf.sample", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdConfig) config = guichetd_config_load (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (config);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("guichetd-config-XXXXXX", NULL);

  g_test_add_func ("/server/config/empty", test_empty);
  g_test_add_func ("/server/config/full", test_full);
  g_test_add_func ("/server/config/faults", test_all_faults_at_once);
  g_test_add_func ("/server/config/addresses", test_addresses);
  g_test_add_func ("/server/config/missing", test_missing);
  g_test_add_func ("/server/config/secret", test_secret);
  g_test_add_func ("/server/config/sample", test_sample);

  status = g_test_run ();
  g_free (folder);
  return status;
}
