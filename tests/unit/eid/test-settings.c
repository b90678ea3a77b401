/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-error.h"
#include "eid-settings.h"

static gboolean
read_text (EidSettings *self, const char *text, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) failure = NULL;

  g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, &failure);
  g_assert_no_error (failure);
  eid_settings_init (self);
  return eid_settings_read (self, file, error);
}

static void
test_unsaid (void)
{
  static const char *const texts[] = { "", "[other]\nrevocation=false\n", "[eid]\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (EidSettings) settings = { 0 };
      g_autoptr (EidAsker) asker = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (read_text (&settings, texts[i], &error));
      g_assert_no_error (error);
      g_assert_cmpuint (eid_roots_get_size (settings.roots), ==, 6);
      g_assert_false (settings.test_mode);
      g_assert_null (settings.hosts);
      g_assert_cmpuint (settings.answer_timeout, ==, 0);
      asker = eid_settings_make_asker (&settings);
      g_assert_nonnull (asker);
    }
}

static void
test_said (void)
{
  g_auto (EidSettings) settings = { 0 };
  g_autofree char *text =
      g_strdup_printf ("[eid]\nroots=%s/belgiumrca6.pem\ntest-roots=%s/belgiumrca4.pem\n"
                       "test-mode=true\ntimeout=12\nrevocation=false\n"
                       "revocation-hosts=ocsp.example.org;127.0.0.1:8080\n"
                       "revocation-proxy=proxy.example.org:3128\n"
                       "revocation-timeout=2\nrevocation-patience=3\n",
                       g_getenv ("EID_ROOTS"),
                       g_getenv ("EID_ROOTS"));
  g_autoptr (GError) error = NULL;

  g_assert_true (read_text (&settings, text, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (eid_roots_get_size (settings.roots), ==, 8);
  g_assert_true (settings.test_mode);
  g_assert_cmpuint (settings.reader_timeout, ==, 12000);
  g_assert_cmpuint (settings.answer_timeout, ==, 2000);
  g_assert_cmpuint (settings.patience, ==, 3000);
  g_assert_cmpstr (settings.hosts[0], ==, "ocsp.example.org");
  g_assert_cmpstr (settings.hosts[1], ==, "127.0.0.1:8080");
  g_assert_null (settings.hosts[2]);
  g_assert_cmpstr (settings.proxy, ==, "proxy.example.org:3128");
  g_assert_null (eid_settings_make_asker (&settings));
}

/* What cannot be meant is told, with the key. */
static void
test_wrong (void)
{
  static const struct
  {
    const char *line;
    const char *key;
  } lines[] = {
    { "test-mode=perhaps", "test-mode" },
    { "revocation=1.5", "revocation" },
    { "timeout=0", "timeout" },
    { "revocation-timeout=soon", "revocation-timeout" },
    { "revocation-patience=3601", "revocation-patience" },
    { "revocation-hosts=http://example.org/", "revocation-hosts" },
    { "revocation-hosts=example.org;;", "revocation-hosts" },
    { "revocation-proxy=http://proxy.example.org/", "revocation-proxy" },
    { "revocation-proxy=clerk@proxy.example.org", "revocation-proxy" },
    { "revocation-proxy=proxy.example.org\\q:3128", "revocation-proxy" },
    { "revocation-hosts=ocsp.example.org\\q", "revocation-hosts" },
    { "roots=/root\\q.pem", "roots" },
    { "roots=/nowhere/root.pem", "/nowhere/root.pem" },
    { "roots=/nowhere/root.pem", "roots: " },
    { "test-roots=/nowhere/root.pem", "test-roots: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (EidSettings) settings = { 0 };
      g_autofree char *text = g_strconcat ("[eid]\n", lines[i].line, "\n", NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", lines[i].line);
      g_assert_false (read_text (&settings, text, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, lines[i].key));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("What the administrator of a computer says of cards.");
  g_test_add_func ("/eid/settings/unsaid", test_unsaid);
  g_test_add_func ("/eid/settings/said", test_said);
  g_test_add_func ("/eid/settings/wrong", test_wrong);
  return g_test_run ();
}
