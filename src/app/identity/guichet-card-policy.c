/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What cards are judged by on this computer.
 */
#define G_LOG_DOMAIN "guichet-card-policy"

#include "config.h"

#include "guichet-card-policy.h"

#include <glib.h>

#define CONFIGURATION GUICHET_CONFIG_DIR "/guichet-eid.conf"
#define GROUP "eid"

static gboolean
load_roots (EidRoots *roots, GKeyFile *file, const char *key, gboolean test, GError **error)
{
  g_auto (GStrv) paths = g_key_file_get_string_list (file, GROUP, key, NULL, NULL);

  return eid_roots_load_all (roots, (const char *const *) paths, test, error);
}

/* Asking is usual: only a file that says so turns it off. */
static EidAsker *
make_asker (GKeyFile *file)
{
  g_autoptr (GError) unsaid = NULL;
  g_auto (GStrv) hosts = g_key_file_get_string_list (file, GROUP, "revocation-hosts", NULL, NULL);
  const gboolean wanted = g_key_file_get_boolean (file, GROUP, "revocation", &unsaid);
  const int timeout = g_key_file_get_integer (file, GROUP, "revocation-timeout", NULL);
  const int patience = g_key_file_get_integer (file, GROUP, "revocation-patience", NULL);

  if (!wanted && unsaid == NULL)
    return NULL;
  return eid_asker_new ((const char *const *) hosts,
                        timeout > 0 ? (guint) timeout * 1000 : 0,
                        patience > 0 ? (guint) patience * 1000 : 0);
}

gboolean
guichet_card_policy_load (const char *path, GuichetCardPolicy *ret_policy, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (EidRoots) roots = eid_roots_new ();

  ret_policy->roots = eid_roots_new ();
  ret_policy->test_mode = FALSE;
  ret_policy->asker = eid_asker_new (NULL, 0, 0);
  if (path == NULL && !g_file_test (CONFIGURATION, G_FILE_TEST_EXISTS))
    return TRUE;
  if (path == NULL)
    path = CONFIGURATION;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) ||
      !load_roots (roots, file, "roots", FALSE, error) ||
      !load_roots (roots, file, "test-roots", TRUE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  eid_roots_unref (ret_policy->roots);
  ret_policy->roots = g_steal_pointer (&roots);
  ret_policy->test_mode = g_key_file_get_boolean (file, GROUP, "test-mode", NULL);
  g_object_unref (ret_policy->asker);
  ret_policy->asker = make_asker (file);
  return TRUE;
}

void
guichet_card_policy_clear (GuichetCardPolicy *self)
{
  g_clear_pointer (&self->roots, eid_roots_unref);
  g_clear_object (&self->asker);
}
