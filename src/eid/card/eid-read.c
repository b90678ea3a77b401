/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One reading of one card.
 */
#define G_LOG_DOMAIN "eid-read"

#include "config.h"

#include "eid-read.h"

#include "eid-card-files.h"
#include "eid-sitting.h"

typedef struct
{
  guint wanted;
  EidReadProgress progress; /* (nullable) */
  gpointer progress_data;
} Reading;

typedef struct
{
  EidFiles *files; /* (owned) */
  EidFile file;
} Step;

static void
step_free (gpointer data)
{
  Step *self = data;

  eid_files_unref (self->files);
  g_free (self);
}

static void
tell_step (gpointer data, gpointer news)
{
  Reading *reading = data;
  Step *step = news;

  reading->progress (step->files, step->file, reading->progress_data);
}

static void
file_done (EidFiles *files, EidFile file, gpointer data)
{
  EidSitting *sitting = data;
  Step *step = g_new0 (Step, 1);

  *step = (Step){ eid_files_copy (files), file };
  eid_sitting_tell (sitting, tell_step, step, step_free);
}

static gpointer
read_work (EidSitting *sitting, EidPcsc *pcsc, gpointer data, GError **error)
{
  Reading *reading = data;
  g_autoptr (EidFiles) files = eid_files_new ();

  if (!eid_card_read_files (&pcsc->transport,
                            pcsc->kind,
                            reading->wanted,
                            files,
                            reading->progress != NULL ? file_done : NULL,
                            sitting,
                            error))
    return NULL;
  return g_steal_pointer (&files);
}

static void
files_free (gpointer data)
{
  eid_files_unref (data);
}

static const EidSittingClass read_class = { read_work, g_free, files_free, NULL };

void
eid_read_async (const char *reader,
                guint wanted,
                guint timeout,
                EidReadProgress progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  Reading *reading = g_new0 (Reading, 1);

  *reading = (Reading){ wanted, progress, progress_data };
  eid_sitting_run (&read_class,
                   reader,
                   timeout,
                   reading,
                   eid_read_async,
                   cancellable,
                   callback,
                   user_data);
}

EidFiles *
eid_read_finish (GAsyncResult *result, EidCardKind *ret_kind, guint *ret_exchanges, GError **error)
{
  return eid_sitting_finish (result, eid_read_async, ret_kind, ret_exchanges, error);
}
