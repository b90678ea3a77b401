/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetd: reads its configuration, serves until it is told to stop.
 */
#define G_LOG_DOMAIN "guichetd"

#include "config.h"

#include "guichetd-notify.h"
#include "guichetd-server.h"

#include "guichet-crash.h"
#include "guichet-log.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* File descriptors that are asked for: a stream and a connection for each of some hundred desks. */
#define DESCRIPTORS 16384

typedef struct
{
  GMainLoop *loop;
  GuichetdServer *server;
  gboolean stopping;
} Program;

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;

  guichetd_server_stop_finish (GUICHETD_SERVER (source), result, NULL);
  g_main_loop_quit (program->loop);
}

static gboolean
signal_cb (gpointer user_data)
{
  Program *program = user_data;

  if (program->stopping)
    {
      g_message ("told twice to stop: not waiting for those who wait for an answer");
      g_main_loop_quit (program->loop);
      return G_SOURCE_CONTINUE;
    }
  program->stopping = TRUE;
  guichetd_notify ("STOPPING=1");
  guichetd_server_stop_async (program->server, stopped_cb, program);
  return G_SOURCE_CONTINUE;
}

/* What is in the memory and on the disk is other people's. */
static void
confine (void)
{
  struct rlimit files;

  umask (0077);
  guichet_crash_leave_nothing ();
  if (getrlimit (RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < DESCRIPTORS)
    {
      files.rlim_cur = MIN (files.rlim_max, DESCRIPTORS);
      setrlimit (RLIMIT_NOFILE, &files);
    }
  signal (SIGPIPE, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
}

static int
serve (GuichetdConfig *config)
{
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  g_autoptr (GuichetdServer) server = guichetd_server_new (config, clock);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Program program = { loop, server, FALSE };
  guint sources[2];

  if (!guichetd_server_start (server, &error))
    {
      g_printerr ("guichetd: %s\n", error->message);
      return EXIT_FAILURE;
    }

  sources[0] = g_unix_signal_add (SIGTERM, signal_cb, &program);
  sources[1] = g_unix_signal_add (SIGINT, signal_cb, &program);
  g_print ("listening on %s\n", guichetd_server_get_uri (server));
  fflush (stdout);
  guichetd_notify ("READY=1");

  g_main_loop_run (loop);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  return EXIT_SUCCESS;
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL;
  gboolean verbose = FALSE;
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &path, "Configuration file", "FILE" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Say more in the log", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version and exit", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  GuichetdConfig *config;

  setlocale (LC_ALL, "");
  g_option_context_set_summary (context, "The server of Guichetier.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("guichetd: %s\n", error->message);
      return 2;
    }
  if (version)
    {
      g_print ("guichetd " GUICHET_VERSION "\n");
      return EXIT_SUCCESS;
    }
  if (argc > 1)
    {
      g_printerr ("guichetd: “%s” is one argument too many\n", argv[1]);
      return 2;
    }

  confine ();
  guichet_log_setup (verbose);
  if (path == NULL)
    path = g_build_filename (GUICHET_CONFIG_DIR, "guichetd.conf", NULL);
  config = guichetd_config_load (path, &error);
  if (config == NULL)
    {
      g_printerr ("guichetd: %s\n", error->message);
      return EXIT_FAILURE;
    }
  return serve (config);
}
