/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetctl verify, backup, restore and purge.
 */
#define G_LOG_DOMAIN "guichetctl-journal"

#include "config.h"

#include "guichetctl.h"

#include <stdio.h>

#include "guichet-json-writer.h"
#include "guichet-reference.h"
#include "guichetctl-daemon.h"

static gboolean
purge_through_daemon (GuichetctlOffice *office,
                      const char *reference,
                      const char *reason,
                      GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "reference", reference);
  guichet_json_writer_string (writer, "reason", reason);
  guichet_json_writer_end_object (writer);
  body = guichet_json_writer_end (writer);
  answer = guichetctl_daemon_ask (office->config, "POST", "/admin/purges", body, error);
  return answer != NULL;
}

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
  if (guichetctl_daemon_is_there (office->config))
    return purge_through_daemon (office, reference, reason, error);
  return guichetctl_office_open_engine (office, error) &&
         guichetd_engine_purge (office->engine, reference, reason, error);
}
