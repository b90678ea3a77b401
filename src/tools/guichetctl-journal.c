/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetctl verify, backup, restore and purge.
 */
#define G_LOG_DOMAIN "guichetctl-journal"

#include "config.h"

#include "guichetctl.h"

#include <stdio.h>
#include <unistd.h>

#include "guichet-account-name.h"
#include "guichet-event.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"
#include "guichet-reference.h"
#include "guichetctl-daemon.h"
#include "guichetd-backup.h"
#include "guichetd-restore.h"
#include "guichetd-journal-verify.h"
#include "guichetd-purge.h"

static gboolean
refuse_words (GError **error, const char *message)
{
  g_set_error_literal (error, GUICHETCTL_ERROR, GUICHETCTL_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
read_verdict (GBytes *answer, GuichetdVerdict *verdict, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &guichet_json_limits_default, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  const struct
  {
    const char *name;
    gint64 *value;
  } numbers[] = {
    { "events", &verdict->events },
    { "requests", &verdict->requests },
    { "purged", &verdict->purged },
    { "accesses", &verdict->accesses },
    { "accountEvents", &verdict->account_events },
    { "accounts", &verdict->accounts },
    { "purgedAccounts", &verdict->purged_accounts },
  };
  guint n = 0;

  if (root == NULL)
    return FALSE;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i].value =
        guichet_json_reader_integer (reader, numbers[i].name, GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  verdict->problems = g_ptr_array_new_with_free_func (g_free);
  if (guichet_json_reader_enter_array (reader,
                                       "problems",
                                       GUICHET_JSON_REQUIRED,
                                       GUICHETD_PROBLEMS_MAX,
                                       &n))
    {
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (verdict->problems,
                         g_strdup (guichet_json_reader_item_string (reader, i, 1000)));
      guichet_json_reader_leave (reader);
    }
  return guichet_json_reader_finish (reader, error);
}

/* By the daemon if it runs, which goes on working meanwhile. */
static gboolean
find_verdict (GuichetctlOffice *office, GuichetdVerdict *verdict, GError **error)
{
  g_autoptr (GBytes) answer = NULL;

  if (!guichetctl_daemon_is_there (office->config))
    return guichetctl_office_open_store (office, error) &&
           guichetd_journal_verify (office->store, NULL, verdict, error);

  answer = guichetctl_daemon_ask (office->config, "POST", "/admin/verifications", NULL, error);
  return answer != NULL && read_verdict (answer, verdict, error);
}

gboolean
guichetctl_verify (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  g_auto (GuichetdVerdict) verdict = { 0 };

  if (argc != 0)
    return refuse_words (error, "there is nothing to say behind it");
  if (!find_verdict (office, &verdict, error))
    return FALSE;

  printf ("%" G_GINT64_FORMAT " events of %" G_GINT64_FORMAT " requests (%" G_GINT64_FORMAT
          " purged), %" G_GINT64_FORMAT " readings\n",
          verdict.events,
          verdict.requests,
          verdict.purged,
          verdict.accesses);
  printf ("%" G_GINT64_FORMAT " events of %" G_GINT64_FORMAT " accounts (%" G_GINT64_FORMAT
          " purged)\n",
          verdict.account_events,
          verdict.accounts,
          verdict.purged_accounts);
  if (guichetd_verdict_is_good (&verdict))
    {
      printf ("the chains are whole\n");
      return TRUE;
    }

  for (guint i = 0; i < verdict.problems->len; i++)
    fprintf (stderr, "%s\n", (const char *) g_ptr_array_index (verdict.problems, i));
  g_set_error (error,
               GUICHETCTL_ERROR,
               GUICHETCTL_ERROR_FAILED,
               "%u things are wrong",
               verdict.problems->len);
  return FALSE;
}

static gboolean
backup_through_daemon (GuichetctlOffice *office, const char *folder, GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "folder", folder);
  guichet_json_writer_end_object (writer);
  body = guichet_json_writer_end (writer);
  answer = guichetctl_daemon_ask (office->config, "POST", "/admin/backups", body, error);
  return answer != NULL;
}

gboolean
guichetctl_backup (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  g_autofree char *folder = NULL;

  if (argc != 1)
    return refuse_words (error, "into which folder?");

  folder = g_canonicalize_filename (argv[0], NULL);
  if (guichetctl_daemon_is_there (office->config))
    return backup_through_daemon (office, folder, error);
  return guichetctl_office_open_store (office, error) &&
         guichetd_backup_make (office->store, folder, error);
}

gboolean
guichetctl_restore (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  GuichetdRestored restored = { 0 };

  if (argc != 1)
    return refuse_words (error, "out of which folder?");
  if (guichetctl_daemon_is_there (office->config))
    {
      g_set_error_literal (error,
                           GUICHETCTL_ERROR,
                           GUICHETCTL_ERROR_FAILED,
                           "guichetd runs: stop it first, with systemctl stop guichetd");
      return FALSE;
    }
  if (!guichetd_restore (office->config->data, argv[0], office->clock, &restored, error))
    return FALSE;

  printf ("%" G_GINT64_FORMAT " events are back; %" G_GINT64_FORMAT
          " requests or accounts that were purged since are purged again\n",
          restored.events,
          restored.purges);
  if (restored.unreadable > 0)
    printf ("%" G_GINT64_FORMAT
            " requests or accounts cannot be read: their keys are not in this backup\n",
            restored.unreadable);
  return TRUE;
}

/* Who is at the keyboard: by sudo they are root, and it says who they were. */
static char *
user_name (void)
{
  const char *before = getuid () == 0 ? g_getenv ("SUDO_USER") : NULL;
  const char *name = before != NULL && *before != '\0' ? before : g_get_user_name ();
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), GUICHET_BY_MAX));
}

static gboolean
purge_through_daemon (GuichetctlOffice *office,
                      const char *reference,
                      const char *by,
                      const char *reason,
                      GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "reference", reference);
  guichet_json_writer_string (writer, "by", by);
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
  g_autofree char *by = user_name ();

  if (!guichetctl_parse (argc, argv, entries, &words, error))
    return FALSE;

  reference = guichet_reference_parse (words[0]);
  if (reference == NULL)
    reference = guichet_account_name_parse (words[0]);
  if (reference == NULL)
    return refuse_words (error, "that is no reference, nor the name of an account");
  if (reason == NULL || *reason == '\0')
    return refuse_words (error, "--reason is needed");
  if (guichetctl_daemon_is_there (office->config))
    return purge_through_daemon (office, reference, by, reason, error);
  return guichetctl_office_open_engine (office, error) &&
         guichetd_engine_purge (office->engine, reference, by, reason, error);
}

static gpointer
read_purge (GuichetJsonReader *reader)
{
  return guichetd_purge_read (reader);
}

/* From the daemon if it runs. */
static GPtrArray *
load_purges (GuichetctlOffice *office, GError **error)
{
  GPtrArray *purges = NULL;

  if (guichetctl_daemon_is_there (office->config))
    return guichetctl_daemon_list (office->config,
                                   "/admin/purges",
                                   read_purge,
                                   (GDestroyNotify) guichetd_purge_free,
                                   error);
  if (!guichetctl_office_open_store (office, error) ||
      !guichetd_store_read (office->store, guichetd_purge_list_work, &purges, error))
    return NULL;
  return purges;
}

gboolean
guichetctl_purges (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) purges = NULL;

  if (argc != 0)
    return refuse_words (error, "there is nothing to say behind it");
  purges = load_purges (office, error);
  if (purges == NULL)
    return FALSE;

  for (guint i = 0; i < purges->len; i++)
    {
      const GuichetdPurge *purge = g_ptr_array_index (purges, i);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (purge->instant / G_USEC_PER_SEC);
      g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, office->config->zone);
      g_autofree char *when = g_date_time_format (here, "%F %R");

      printf ("%s  %s  %-24s %s\n",
              purge->reference,
              when,
              purge->actor,
              purge->text != NULL ? purge->text : "(why cannot be read)");
    }
  return TRUE;
}
