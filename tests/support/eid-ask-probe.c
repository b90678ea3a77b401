/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks about one card again and again, as a desk does that stays open all day: for each moment
 * that it is given, in seconds since the epoch, it says what is known of each certificate.
 *
 *   eid-ask-probe FOLDER HOST ROOT    FOLDER has the card's files under their words
 */
#include <guichet-eid.h>

#include <stdio.h>
#include <stdlib.h>

typedef struct
{
  GMainLoop *loop;
  EidFiles *files;
  EidRoots *roots;
  gint64 moment;
} Probe;

static EidFiles *
load (const char *folder)
{
  EidFiles *files = eid_files_new ();

  for (guint file = 0; file < EID_N_FILES; file++)
    {
      g_autofree char *path = g_build_filename (folder, eid_file_word ((EidFile) file), NULL);
      g_autofree char *content = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &content, &size, NULL))
        eid_files_take (files, (EidFile) file, content, size);
    }
  return files;
}

static EidReport *
judge (Probe *probe, EidRevocation *revocation)
{
  const EidPolicy policy = { .roots = probe->roots, .moment = probe->moment };
  const EidEvidence evidence = { .revocation = revocation };

  return eid_verify (probe->files, &policy, &evidence);
}

static void
ask_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (EidRevocation) revocation = eid_asker_ask_finish (EID_ASKER (source), result, NULL);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (EidReport) report = judge (probe, revocation);
  gint64 took = g_get_monotonic_time () - begin;

  for (guint file = 0; file < EID_N_FILES; file++)
    {
      const EidFinding *finding = eid_report_get_finding (report, (EidFile) file);

      if (finding != NULL)
        printf ("%s %s %s\n",
                eid_file_word ((EidFile) file),
                eid_word (EID_TYPE_STANDING, (int) finding->standing),
                eid_word (EID_TYPE_REVOCATION_WAY, (int) finding->way));
    }
  printf ("judged %" G_GINT64_FORMAT "\n", took);
  g_main_loop_quit (probe->loop);
}

int
main (int argc, char *argv[])
{
  const char *const hosts[] = { argv[2], NULL };
  Probe probe = { .loop = g_main_loop_new (NULL, FALSE),
                  .files = load (argv[1]),
                  .roots = eid_roots_new () };
  g_autoptr (EidAsker) asker = eid_asker_new (hosts, NULL, 0, 0);
  char line[64];

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (!eid_roots_load (probe.roots, argv[3], FALSE, NULL))
    return 2;
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_autoptr (EidReport) report = NULL;

      probe.moment = strtoll (line, NULL, 10) * G_USEC_PER_SEC;
      report = judge (&probe, NULL);
      eid_asker_ask_async (asker, probe.files, report, probe.moment, NULL, ask_cb, &probe);
      g_main_loop_run (probe.loop);
    }
  eid_roots_unref (probe.roots);
  eid_files_unref (probe.files);
  g_main_loop_unref (probe.loop);
  return 0;
}
