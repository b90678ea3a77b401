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

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!eid_roots_load (roots, paths[i], test, error))
      return FALSE;
  return TRUE;
}

gboolean
guichet_card_policy_load (const char *path, GuichetCardPolicy *ret_policy, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (EidRoots) roots = eid_roots_new ();

  ret_policy->roots = eid_roots_new ();
  ret_policy->test_mode = FALSE;
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
  return TRUE;
}
