/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What cards are judged by on this computer.
 */
#define G_LOG_DOMAIN "guichet-card-policy"

#include "config.h"

#include "guichet-card-policy.h"

#include "eid-settings.h"

#define CONFIGURATION GUICHET_CONFIG_DIR "/guichet-eid.conf"

static gboolean
read_settings (EidSettings *settings, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) &&
      eid_settings_read (settings, file, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

gboolean
guichet_card_policy_load (const char *path, GuichetCardPolicy *ret_policy, GError **error)
{
  g_auto (EidSettings) settings = { 0 };
  gboolean success = TRUE;

  eid_settings_init (&settings);
  if (path != NULL || g_file_test (CONFIGURATION, G_FILE_TEST_EXISTS))
    success = read_settings (&settings, path != NULL ? path : CONFIGURATION, error);
  if (!success)
    {
      eid_settings_clear (&settings);
      eid_settings_init (&settings);
    }
  ret_policy->roots = g_steal_pointer (&settings.roots);
  ret_policy->test_mode = settings.test_mode;
  ret_policy->asker = eid_settings_make_asker (&settings);
  return success;
}

void
guichet_card_policy_clear (GuichetCardPolicy *self)
{
  g_clear_pointer (&self->roots, eid_roots_unref);
  g_clear_object (&self->asker);
}
