/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetctl verify, backup, restore and purge.
 */
#define G_LOG_DOMAIN "guichetctl-journal"

#include "config.h"

#include "guichetctl.h"

#include <stdio.h>

#include "guichet-reference.h"

gboolean
guichetctl_purge (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autofree char *reference = NULL;

  if (!guichetctl_parse (argc, argv, entries, &words, error))
    return FALSE;

  reference = guichet_reference_parse (words[0]);
  if (reference == NULL || reason == NULL || *reason == '\0')
    {
      g_set_error_literal (error,
                           GUICHETCTL_ERROR,
                           GUICHETCTL_ERROR_USAGE,
                           reference == NULL ? "that is no reference" : "--reason is needed");
      return FALSE;
    }
  return guichetctl_office_open_engine (office, error) &&
         guichetd_engine_purge (office->engine, reference, reason, error);
}
