/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was in force when the server ran last.
 */
#define G_LOG_DOMAIN "guichetd-settings"

#include "config.h"

#include "guichetd-settings.h"
#include "guichet-error.h"

gboolean
guichetd_settings_is (GuichetDb *db,
                      const char *name,
                      const char *value,
                      gboolean *ret_same,
                      GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-setting");
  g_autoptr (GError) local_error = NULL;

  *ret_same = FALSE;
  guichet_statement_bind_text (statement, "name", name);
  if (guichet_statement_step (statement, &local_error))
    {
      *ret_same = g_str_equal (guichet_statement_text (statement, "value"), value);
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

gboolean
guichetd_settings_put (GuichetDb *db, const char *name, const char *value, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "put-setting");

  guichet_statement_bind_text (statement, "name", name);
  guichet_statement_bind_text (statement, "value", value);
  return guichet_statement_run (statement, error);
}
