/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetctl: the administrator's tool. One table of what it can do.
 */
#define G_LOG_DOMAIN "guichetctl"

#include "config.h"

#include "guichetctl.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "guichet-log.h"
#include "guichetd-files.h"

G_DEFINE_QUARK (guichetctl - error - quark, guichetctl_error)

static const char staff_help[] =
    "  list                          all, with their posts\n"
    "  add LOGIN --name NAME --post DEPARTMENT:ROLE --password-file FILE\n"
    "  change LOGIN …                only what is said changes\n"
    "  bind-card LOGIN --number-file FILE\n"
    "                                lets the identity card of this national number sign them in\n"
    "  unbind-card LOGIN             takes that away, and ends their sessions\n"
    "\n"
    "  --name NAME\n"
    "  --language LANGUAGE           fr, nl, de or en\n"
    "  --post DEPARTMENT:ROLE        as often as there are posts; they replace those of before, "
    "and ''\n"
    "                                takes all away. Departments: population, civilStatus, "
    "planning,\n"
    "                                archives. Roles: clerk, officer, supervisor, reception, "
    "protection,\n"
    "                                administrator\n"
    "  --restricted CODE             restricted procedures that they are named for; likewise\n"
    "  --password-file FILE          the password is its first line; - is standard input\n"
    "  --number-file FILE            the national number is its first line; - is standard input\n"
    "  --bar, --unbar                whether they may sign in\n";

static const char sample_help[] = "  --requests N                  how many; 2000\n"
                                  "  --seed S                      the same seed makes the same "
                                  "requests until the same day; 2026\n"
                                  "  --days N                      over how many days; 150\n"
                                  "  --until DAY                   the last of them, such as "
                                  "2026-11-24; otherwise until this hour\n"
                                  "  --deposits                    leave them as they were filed\n";

static const char catalogue_help[] = "  --texts DIR                   the texts that it names; "
                                     "otherwise the folder texts beside it\n";

static const char purge_help[] =
    "  --reason TEXT                 kept for ever, as is who you are: which rule or which demand, "
    "but\n"
    "                                no name and nothing else about the person\n";

static const GuichetctlCommand commands[] = {
  { "staff",
    "add|change|list|bind-card|unbind-card …",
    "members of staff, their posts, passwords and cards",
    TRUE,
    guichetctl_staff,
    staff_help },
  { "check-catalogue",
    "DIR [--texts DIR]",
    "say what is wrong with a catalogue and its texts, and where",
    FALSE,
    guichetctl_check_catalogue,
    catalogue_help },
  { "sample",
    "[--requests N] [--seed S] [--days N] …",
    "make sample requests in an empty journal",
    TRUE,
    guichetctl_sample,
    sample_help },
  { "verify",
    "",
    "walk the chains of the journals and of the readings, also while the daemon runs",
    TRUE,
    guichetctl_verify,
    NULL },
  { "backup",
    "DIR",
    "copy the databases into a folder, also while the daemon runs",
    TRUE,
    guichetctl_backup,
    NULL },
  { "restore",
    "DIR",
    "put a backup in the place of the databases",
    TRUE,
    guichetctl_restore,
    NULL },
  { "purge",
    "REFERENCE|ACCOUNT --reason TEXT",
    "destroy what a request or an account says about a person",
    TRUE,
    guichetctl_purge,
    purge_help },
  { "purges",
    "",
    "list the purges: which request or account, when, by whom, and why",
    TRUE,
    guichetctl_purges,
    NULL },
};

gboolean
guichetctl_office_open_store (GuichetctlOffice *self, GError **error)
{
  if (self->store != NULL)
    return TRUE;

  self->store = guichetd_store_open (self->config->data, self->clock, &self->config->store, error);
  return self->store != NULL;
}

gboolean
guichetctl_office_open_engine (GuichetctlOffice *self, GError **error)
{
  const GuichetTown town = { self->config->town, self->config->link, self->config->contact };

  self->catalogue = guichetd_files_read_catalogue (self->config->catalogue, error);
  if (self->catalogue == NULL)
    return FALSE;
  self->texts = guichetd_files_read_texts (self->config->texts, self->catalogue, error);
  if (self->texts == NULL || !guichetctl_office_open_store (self, error))
    return FALSE;

  self->engine = guichetd_engine_new (self->store,
                                      self->catalogue,
                                      self->texts,
                                      &town,
                                      self->clock,
                                      self->config->zone);
  return guichetd_engine_note_catalogue (self->engine, error);
}

static void
office_close (GuichetctlOffice *self)
{
  g_clear_object (&self->engine);
  if (self->store != NULL)
    guichetd_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->texts, guichet_texts_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->config, guichetd_config_free);
}

gboolean
guichetctl_parse (int argc,
                  char **argv,
                  const GOptionEntry *entries,
                  char ***ret_words,
                  GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) words = g_new0 (char *, (gsize) argc + 2);
  g_autoptr (GError) failure = NULL;

  /* GOption takes the first word for the name of the program. */
  words[0] = g_strdup ("guichetctl");
  for (int i = 0; i < argc; i++)
    words[i + 1] = g_strdup (argv[i]);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse_strv (context, &words, &failure))
    {
      g_set_error_literal (error, GUICHETCTL_ERROR, GUICHETCTL_ERROR_USAGE, failure->message);
      return FALSE;
    }

  *ret_words = g_strdupv (words + 1);
  return TRUE;
}

static const GuichetctlCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static void
print_usage (FILE *stream)
{
  fprintf (stream, "Usage: guichetctl [--config FILE] COMMAND …\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream,
             "  %-16s %-38s %s\n",
             commands[i].name,
             commands[i].usage,
             commands[i].summary);
  fprintf (stream,
           "\nguichetctl COMMAND --help says more of one.\n"
           "The configuration is %s/guichetd.conf unless --config says otherwise.\n",
           GUICHET_CONFIG_DIR);
}

static void
print_command (const GuichetctlCommand *command, FILE *stream)
{
  fprintf (stream, "Usage: guichetctl %s %s\n", command->name, command->usage);
  fprintf (stream, "  %s\n", command->summary);
  if (command->help != NULL)
    fprintf (stream, "\n%s", command->help);
}

static gboolean
run (const GuichetctlCommand *command,
     const char *config_path,
     int argc,
     char **argv,
     GError **error)
{
  GuichetctlOffice office = { .clock = guichet_clock_new () };
  g_autofree char *standard = g_build_filename (GUICHET_CONFIG_DIR, "guichetd.conf", NULL);
  gboolean done = TRUE;

  if (command->configured)
    {
      office.config = guichetd_config_load (config_path != NULL ? config_path : standard, error);
      done = office.config != NULL;
    }
  done = done && command->run (&office, argc, argv, error);
  office_close (&office);
  return done;
}

int
main (int argc, char *argv[])
{
  const char *config_path = NULL;
  const GuichetctlCommand *command;
  g_autoptr (GError) error = NULL;
  int at = 1;

  setlocale (LC_ALL, "");
  umask (0077);
  guichet_log_setup (FALSE);

  if (at + 1 < argc && g_str_equal (argv[at], "--config"))
    {
      config_path = argv[at + 1];
      at += 2;
    }
  if (at < argc && (g_str_equal (argv[at], "--help") || g_str_equal (argv[at], "--version")))
    {
      if (g_str_equal (argv[at], "--help"))
        print_usage (stdout);
      else
        printf ("guichetctl %s\n", GUICHET_VERSION);
      return EXIT_SUCCESS;
    }

  command = at < argc ? find_command (argv[at]) : NULL;
  if (command == NULL)
    {
      print_usage (stderr);
      return 2;
    }
  if (at + 1 < argc && g_str_equal (argv[at + 1], "--help"))
    {
      print_command (command, stdout);
      return EXIT_SUCCESS;
    }
  if (run (command, config_path, argc - at - 1, argv + at + 1, &error))
    return EXIT_SUCCESS;

  fprintf (stderr, "guichetctl %s: %s\n", command->name, error->message);
  if (!g_error_matches (error, GUICHETCTL_ERROR, GUICHETCTL_ERROR_USAGE))
    return EXIT_FAILURE;
  print_command (command, stderr);
  return 2;
}
