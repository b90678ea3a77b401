/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program of another project: it has the installed header and what pkg-config says, and
 * nothing of this house. It lists the readers, once, as `guichet-eid list` does.
 */
#include <guichet-eid.h>

static void
changed_cb (EidWatcher *watcher, gpointer loop)
{
  GPtrArray *readers = eid_watcher_get_readers (watcher);

  g_print ("%s\n", eid_word (EID_TYPE_SERVICE, (int) eid_watcher_get_service (watcher)));
  for (guint i = 0; i < readers->len; i++)
    {
      const EidReaderState *reader = g_ptr_array_index (readers, i);

      g_print ("%s: %s\n", reader->name, eid_word (EID_TYPE_READER_STATUS, (int) reader->status));
    }
  g_main_loop_quit (loop);
}

/* What the rest of the header promises is there as well. */
static gboolean
judges (void)
{
  g_autoptr (EidFiles) files = eid_files_new ();
  g_autoptr (EidRoots) roots = eid_roots_new ();
  const EidPolicy policy = { .roots = roots, .moment = g_get_real_time () };
  g_autoptr (EidReport) report = eid_verify (files, &policy, NULL);

  return eid_report_get_outcome (report) == EID_OUTCOME_UNREADABLE;
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (EidWatcher) watcher = eid_watcher_new ();

  g_signal_connect (watcher, "changed", G_CALLBACK (changed_cb), loop);
  g_main_loop_run (loop);
  return judges () ? 0 : 1;
}
