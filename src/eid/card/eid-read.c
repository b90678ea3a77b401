/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One reading of one card. Its thread may hang for as long as reader and pcscd do, and nothing
 * in PC/SC can wake it; so the call that the caller sees is another task, which ends by itself
 * when it is cancelled or nothing moves, and leaves the thread to end when it can.
 */
#define G_LOG_DOMAIN "eid-read"

#include "config.h"

#include "eid-read.h"

#include "eid-card-files.h"
#include "eid-error.h"
#include "eid-pcsc.h"

/* A card out of step gets this many sittings, and another program this long to let go. */
#define SITTINGS_MAX 3
#define IN_USE_PATIENCE_MS 3000
/* pcscd notices within this time that a card is out: asked earlier, it would still say mute. */
#define PAUSE_MS 300

/* What thread and call share. Reference counted, since either may be the last. */
typedef struct
{
  /* Input */
  char *reader; /* (owned) */
  guint wanted;
  GMainContext *context;    /* (owned) */
  EidReadProgress progress; /* (nullable) */
  gpointer progress_data;
  /* In progress */
  GCancellable *inner; /* (owned): also cancelled by the watch */
  guint exchanges;     /* atomic */
  gboolean ended;      /* only in the main context: no progress any more */
  /* Output */
  int kind; /* EidCardKind, atomic */
} Reading;

/* What only the caller's side has. */
typedef struct
{
  Reading *reading; /* (owned) */
  GSource *watch;   /* (owned) (nullable) */
  gulong cancelled_id;
  guint seen; /* exchanges at the last look */
  gboolean timed_out;
} Call;

typedef struct
{
  Reading *reading; /* (owned) */
  EidFiles *files;  /* (owned) */
  EidFile file;
} Step;

static void
reading_clear (gpointer data)
{
  Reading *self = data;

  g_free (self->reader);
  g_main_context_unref (self->context);
  g_object_unref (self->inner);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

static void
call_free (gpointer data)
{
  Call *self = data;

  g_assert (self->watch == NULL);
  reading_unref (self->reading);
  g_free (self);
}

/* --- In the thread ------------------------------------------------------------------------- */

static void
step_free (gpointer data)
{
  Step *self = data;

  reading_unref (self->reading);
  eid_files_unref (self->files);
  g_free (self);
}

static gboolean
step_cb (gpointer user_data)
{
  Step *self = user_data;

  if (!self->reading->ended)
    self->reading->progress (self->files, self->file, self->reading->progress_data);
  return G_SOURCE_REMOVE;
}

static void
file_done (EidFiles *files, EidFile file, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GSource) source = NULL;
  Step *step;

  if (reading->progress == NULL)
    return;
  step = g_new0 (Step, 1);
  step->reading = g_atomic_rc_box_acquire (reading);
  step->files = eid_files_copy (files);
  step->file = file;
  /* Not g_main_context_invoke(), which calls here where the context is at rest. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, step_cb, step, step_free);
  g_source_attach (source, reading->context);
}

/* One sitting: connect, read, let go. (transfer full) (nullable) */
static EidFiles *
sit (Reading *self, GError **error)
{
  g_autoptr (EidFiles) files = eid_files_new ();
  GError *failure = NULL;
  EidPcsc pcsc;

  if (eid_pcsc_open (&pcsc, self->reader, self->inner, &self->exchanges, &failure))
    {
      g_atomic_int_set (&self->kind, (int) pcsc.kind);
      eid_card_read_files (&pcsc.transport,
                           pcsc.kind,
                           self->wanted,
                           files,
                           file_done,
                           self,
                           &failure);
    }
  eid_pcsc_close (&pcsc, g_error_matches (failure, EID_ERROR, EID_ERROR_CARD_MUTE));
  if (failure == NULL)
    return g_steal_pointer (&files);

  g_propagate_error (error, failure);
  return NULL;
}

/* Sleeps, unless the call is over. */
static void
pause_or_cancel (GCancellable *cancellable)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (cancellable, &fd))
    return;
  g_poll (&fd, 1, PAUSE_MS);
  g_cancellable_release_fd (cancellable);
}

static void
name_what_happened (GError *error, guint sittings)
{
  /* There was a card when the first sitting began. */
  if (sittings > 0 && g_error_matches (error, EID_ERROR, EID_ERROR_NO_CARD))
    error->code = EID_ERROR_CARD_REMOVED;
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *self = task_data;
  GError *error = NULL;
  guint sittings = 0, waited = 0;

  for (;;)
    {
      EidFiles *files;

      if (g_cancellable_set_error_if_cancelled (self->inner, &error))
        break;
      files = sit (self, &error);
      if (files != NULL)
        {
          g_task_return_pointer (task, files, (GDestroyNotify) eid_files_unref);
          return;
        }
      if (g_error_matches (error, EID_ERROR, EID_ERROR_CARD_MUTE) && sittings + 1 < SITTINGS_MAX)
        sittings++;
      else if (g_error_matches (error, EID_ERROR, EID_ERROR_IN_USE) && waited < IN_USE_PATIENCE_MS)
        waited += PAUSE_MS;
      else
        break;
      g_debug ("trying again: %s", error->message);
      g_clear_error (&error);
      pause_or_cancel (self->inner);
    }
  name_what_happened (error, sittings);
  g_task_return_error (task, error);
}

/* --- In the main context -------------------------------------------------------------------- */

static gboolean
watch_cb (gpointer user_data)
{
  Call *call = user_data;
  guint now = g_atomic_int_get (&call->reading->exchanges);

  if (now != call->seen)
    {
      call->seen = now;
      return G_SOURCE_CONTINUE;
    }
  call->timed_out = TRUE;
  g_cancellable_cancel (call->reading->inner);
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Reading *reading = user_data;

  g_cancellable_cancel (reading->inner);
}

static void
thread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  EidFiles *files = g_task_propagate_pointer (G_TASK (result), &error);

  call->reading->ended = TRUE;
  g_cancellable_disconnect (g_task_get_cancellable (task), call->cancelled_id);
  g_source_destroy (call->watch);
  g_clear_pointer (&call->watch, g_source_unref);

  if (files != NULL)
    g_task_return_pointer (task, files, (GDestroyNotify) eid_files_unref);
  else if (call->timed_out && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task,
                             EID_ERROR,
                             EID_ERROR_TIMED_OUT,
                             "reader or card did not answer in time");
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GSource *
watch_start (Call *call, guint timeout)
{
  GSource *watch = g_timeout_source_new (timeout > 0 ? timeout : EID_READ_TIMEOUT_DEFAULT);

  g_source_set_callback (watch, watch_cb, call, NULL);
  g_source_attach (watch, call->reading->context);
  return watch;
}

static Reading *
reading_new (const char *reader, guint wanted, EidReadProgress progress, gpointer progress_data)
{
  Reading *self = g_atomic_rc_box_new0 (Reading);

  self->reader = g_strdup (reader);
  self->wanted = wanted;
  self->context = g_main_context_ref_thread_default ();
  self->progress = progress;
  self->progress_data = progress_data;
  self->inner = g_cancellable_new ();
  return self;
}

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
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) thread = NULL;
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, eid_read_async);
  g_task_set_task_data (task, call, call_free);
  call->reading = reading_new (reader, wanted, progress, progress_data);
  call->watch = watch_start (call, timeout);

  thread = g_task_new (NULL, call->reading->inner, thread_cb, g_object_ref (task));
  g_task_set_source_tag (thread, read_thread);
  g_task_set_task_data (thread, g_atomic_rc_box_acquire (call->reading), reading_unref);
  g_task_set_return_on_cancel (thread, TRUE);
  g_task_run_in_thread (thread, read_thread);

  /* Last: it calls back at once where the caller had already given up. */
  if (cancellable != NULL)
    call->cancelled_id = g_cancellable_connect (cancellable,
                                                G_CALLBACK (cancelled_cb),
                                                g_atomic_rc_box_acquire (call->reading),
                                                reading_unref);
}

EidFiles *
eid_read_finish (GAsyncResult *result, EidCardKind *ret_kind, guint *ret_exchanges, GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == eid_read_async, NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (ret_kind != NULL)
    *ret_kind = (EidCardKind) g_atomic_int_get (&call->reading->kind);
  if (ret_exchanges != NULL)
    *ret_exchanges = g_atomic_int_get (&call->reading->exchanges);
  return g_task_propagate_pointer (G_TASK (result), error);
}
