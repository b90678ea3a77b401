/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uses the card library as a window would, and says what it is told when: a line a file, one
 * for how long the judging took, and one for the end. Knows what is installed of the library,
 * and nothing else.
 *
 *   eid-probe READER [FILE]      reads; cancels once FILE has come
 *   eid-probe READER [FILE] --at-rest
 *                                the same, and listens only from the first line of its input on;
 *                                "elsewhere" marks what was told in another thread
 *   eid-probe READER --cancel-at-pad
 *                                has the PIN asked at the reader, cancels at the first line of its
 *                                input and ends at the second
 *   eid-probe READER --cancel-typed
 *                                the same with a PIN of its own, 739182, whatever the card does
 */
#include <guichet-eid.h>

#include <glib-unix.h>
#include <stdio.h>

typedef struct
{
  GMainLoop *loop;
  GThread *thread;
  GCancellable *cancellable;
  const char *cancel_after;
  gboolean at_rest;
  guint calls_after_end; /* or after it was cancelled */
  gboolean ended;
} Probe;

static void
progress_cb (EidFiles *files, EidFile file, gpointer user_data)
{
  Probe *probe = user_data;
  GBytes *bytes = eid_files_get (files, file);

  if (probe->ended || g_cancellable_is_cancelled (probe->cancellable))
    probe->calls_after_end++;
  printf ("%s %" G_GSIZE_FORMAT "%s\n",
          eid_file_word (file),
          bytes != NULL ? g_bytes_get_size (bytes) : 0,
          g_thread_self () != probe->thread ? " elsewhere" : "");
  if (g_strcmp0 (probe->cancel_after, eid_file_word (file)) == 0)
    g_cancellable_cancel (probe->cancellable);
}

static gboolean
quit_cb (gpointer user_data)
{
  Probe *probe = user_data;

  g_main_loop_quit (probe->loop);
  return G_SOURCE_REMOVE;
}

static void
judge (EidFiles *files)
{
  g_autoptr (EidRoots) roots = eid_roots_new ();
  const EidPolicy policy = { .roots = roots, .moment = g_get_real_time () };
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (EidReport) report = eid_verify (files, &policy, NULL);

  printf ("judged %" G_GINT64_FORMAT "\n", g_get_monotonic_time () - begin);
}

static void
asking_cb (int tries, gpointer user_data)
{
  Probe *probe = user_data;

  printf ("asking %d\n", tries);
  getchar ();
  g_cancellable_cancel (probe->cancellable);
}

static void
prove_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EidProofs) proofs = eid_prove_finish (result, NULL, NULL, &error);

  printf ("end %s\n", error != NULL ? eid_error_word (error) : "done");
  g_main_loop_quit (probe->loop);
}

static gboolean
input_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Probe *probe = user_data;

  getchar ();
  g_cancellable_cancel (probe->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancel_proof (Probe *probe, const char *reader, gboolean typed)
{
  static const guint digits[] = { 7, 3, 9, 1, 8, 2 };
  g_autoptr (GBytes) challenge = g_bytes_new_static ("a challenge", 11);
  g_autoptr (EidPin) pin = typed ? eid_pin_new (NULL) : NULL;
  const EidProveRequest request = { .challenge = challenge,
                                    .entry = typed ? EID_PIN_ENTRY_TYPED : EID_PIN_ENTRY_PAD,
                                    .pin = pin };

  for (guint i = 0; typed && i < G_N_ELEMENTS (digits); i++)
    eid_pin_add (pin, digits[i]);
  if (typed)
    g_unix_fd_add (0, G_IO_IN, input_cb, probe);
  eid_prove_async (reader,
                   &request,
                   0,
                   typed ? NULL : asking_cb,
                   probe,
                   probe->cancellable,
                   prove_cb,
                   probe);
  g_main_loop_run (probe->loop);
  getchar ();
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EidFiles) files = eid_read_finish (result, NULL, NULL, &error);

  probe->ended = TRUE;
  if (files != NULL)
    judge (files);
  printf ("end %s\n", error != NULL ? eid_error_word (error) : "done");
  /* What was under way when it was cancelled may still come to this context. */
  g_timeout_add (500, quit_cb, probe);
}

static void
read_files (Probe *probe, const char *reader)
{
  eid_read_async (reader, EID_FILES_ALL, 0, progress_cb, probe, probe->cancellable, read_cb, probe);
  if (probe->at_rest)
    getchar ();
  g_main_loop_run (probe->loop);
  printf ("late %u\n", probe->calls_after_end);
}

int
main (int argc, char *argv[])
{
  Probe probe = { .loop = g_main_loop_new (NULL, FALSE),
                  .thread = g_thread_self (),
                  .cancellable = g_cancellable_new (),
                  .cancel_after = argc > 2 ? argv[2] : NULL,
                  .at_rest = g_str_equal (argv[argc - 1], "--at-rest") };

  /* Whoever listens wants each line when it is true. */
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (g_strcmp0 (probe.cancel_after, "--cancel-at-pad") == 0)
    cancel_proof (&probe, argv[1], FALSE);
  else if (g_strcmp0 (probe.cancel_after, "--cancel-typed") == 0)
    cancel_proof (&probe, argv[1], TRUE);
  else
    read_files (&probe, argv[1]);
  g_object_unref (probe.cancellable);
  g_main_loop_unref (probe.loop);
  return 0;
}
