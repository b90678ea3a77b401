/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetier: the desk.
 */
#define G_LOG_DOMAIN "guichetier"

#include "config.h"

#include "guichet-application.h"
#include "guichet-crash.h"
#include "guichet-locale.h"
#include "guichet-resources.h"

int
main (int argc, char **argv)
{
  g_autoptr (GuichetApplication) application = NULL;

  guichet_crash_leave_nothing ();
  {
    g_autoptr (GSettings) settings = g_settings_new (GUICHET_APPLICATION_ID);
    g_autofree char *language = g_settings_get_string (settings, "language");

    guichet_locale_setup (language);
  }
  /* Named so that the linker keeps the resources of a static library. */
  g_resources_register (guichet_get_resource ());
  application = guichet_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
