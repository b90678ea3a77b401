/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sitting with one card. Its thread may hang for as long as reader and pcscd do, and nothing
 * in PC/SC can wake it; so the call that the caller sees is another task, which ends by itself
 * when it is cancelled or nothing moves, and leaves the thread to end when it can.
 */
#define G_LOG_DOMAIN "eid-sitting"

#include "config.h"

#include "eid-sitting.h"

#include "eid-error.h"
#include "eid-read.h"

/* A card out of step gets this many sittings, and another program this long to let go. */
#define SITTINGS_MAX 3
#define IN_USE_PATIENCE_MS 3000
/* pcscd notices within this time that a card is out: asked earlier, it would still say mute. */
#define PAUSE_MS 300

struct _EidSitting
{
  /* Input */
  const EidSittingClass *class;
  gpointer data;         /* (owned) */
  char *reader;          /* (owned) */
  GMainContext *context; /* (owned) */
  /* In progress */
  GCancellable *inner; /* (owned): also cancelled by the watch */
  guint exchanges;     /* atomic */
  guint patience;      /* atomic: milliseconds beyond the time-out */
  gboolean committed;  /* only in the thread */
  gboolean ended;      /* only in the main context: no news any more */
  /* Output */
  int kind; /* EidCardKind, atomic */
};

/* What only the caller's side has. */
typedef struct
{
  EidSitting *sitting; /* (owned) */
  GSource *watch;      /* (owned) (nullable) */
  gulong cancelled_id;
  guint timeout;
  guint seen;   /* exchanges at the last look */
  guint silent; /* milliseconds since then */
  gboolean timed_out;
} Call;

typedef struct
{
  EidSitting *sitting; /* (owned) */
  EidSittingNews tell;
  gpointer news; /* (owned) */
  GDestroyNotify free_news;
} Telling;

static void
sitting_clear (gpointer data)
{
  EidSitting *self = data;

  self->class->free_data (self->data);
  g_free (self->reader);
  g_main_context_unref (self->context);
  g_object_unref (self->inner);
}

static void
sitting_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, sitting_clear);
}

static void
call_free (gpointer data)
{
  Call *self = data;

  g_assert (self->watch == NULL);
  sitting_unref (self->sitting);
  g_free (self);
}

/* --- In the thread ------------------------------------------------------------------------- */

static void
telling_free (gpointer data)
{
  Telling *self = data;

  sitting_unref (self->sitting);
  self->free_news (self->news);
  g_free (self);
}

static gboolean
telling_cb (gpointer user_data)
{
  Telling *self = user_data;

  /* What was cancelled is over for the caller at once, and not when the thread has seen it. */
  if (!self->sitting->ended && !g_cancellable_is_cancelled (self->sitting->inner))
    self->tell (self->sitting->data, self->news);
  return G_SOURCE_REMOVE;
}

void
eid_sitting_tell (EidSitting *self, EidSittingNews tell, gpointer news, GDestroyNotify free_news)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Telling *telling = g_new0 (Telling, 1);

  *telling = (Telling){ g_atomic_rc_box_acquire (self), tell, news, free_news };
  /* Not g_main_context_invoke(), which calls here where the context is at rest. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, telling_cb, telling, telling_free);
  g_source_attach (source, self->context);
}

void
eid_sitting_commit (EidSitting *self)
{
  self->committed = TRUE;
}

void
eid_sitting_allow (EidSitting *self, guint patience)
{
  g_atomic_int_set (&self->patience, patience);
}

/* Connect, work, let go. (transfer full) (nullable) */
static gpointer
sit (EidSitting *self, GError **error)
{
  gpointer result = NULL;
  GError *failure = NULL;
  EidPcsc pcsc;

  if (eid_pcsc_open (&pcsc, self->reader, self->inner, &self->exchanges, &failure))
    {
      g_atomic_int_set (&self->kind, (int) pcsc.kind);
      result = self->class->work (self, &pcsc, self->data, &failure);
    }
  if (g_error_matches (failure, EID_ERROR, EID_ERROR_CARD_MUTE))
    pcsc.transport.spoiled = TRUE;
  eid_pcsc_close (&pcsc);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return result;
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

/* Connects and asks nothing. */
static gboolean
is_card_gone (EidSitting *self)
{
  gboolean gone = FALSE;

  for (guint i = 0; i < SITTINGS_MAX && !gone; i++)
    {
      g_autoptr (GError) error = NULL;
      EidPcsc pcsc;

      pause_or_cancel (self->inner);
      eid_pcsc_open (&pcsc, self->reader, self->inner, &self->exchanges, &error);
      eid_pcsc_close (&pcsc);
      gone = g_error_matches (error, EID_ERROR, EID_ERROR_NO_CARD);
    }
  return gone;
}

static void
name_what_happened (EidSitting *self, GError *error, guint sittings)
{
  /* There was a card when the first sitting began; one that is pulled out looks mute at first. */
  if ((sittings > 0 && g_error_matches (error, EID_ERROR, EID_ERROR_NO_CARD)) ||
      (self->committed && g_error_matches (error, EID_ERROR, EID_ERROR_CARD_MUTE) &&
       is_card_gone (self)))
    {
      error->code = EID_ERROR_CARD_REMOVED;
      g_free (error->message);
      error->message = g_strdup ("the card was removed");
    }
}

static void
sitting_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  EidSitting *self = task_data;
  GError *error = NULL;
  guint sittings = 0, waited = 0;

  for (;;)
    {
      gpointer result;

      if (g_cancellable_set_error_if_cancelled (self->inner, &error))
        break;
      result = sit (self, &error);
      if (result != NULL)
        {
          g_task_return_pointer (task, result, self->class->free_result);
          return;
        }
      if (self->committed)
        break;
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
  name_what_happened (self, error, sittings);
  g_task_return_error (task, error);
}

/* --- In the main context -------------------------------------------------------------------- */

static gboolean
watch_cb (gpointer user_data)
{
  Call *call = user_data;
  guint now = g_atomic_int_get (&call->sitting->exchanges);

  if (now != call->seen)
    {
      call->seen = now;
      call->silent = 0;
      return G_SOURCE_CONTINUE;
    }
  call->silent += call->timeout;
  if (call->silent < call->timeout + g_atomic_int_get (&call->sitting->patience))
    return G_SOURCE_CONTINUE;
  call->timed_out = TRUE;
  g_cancellable_cancel (call->sitting->inner);
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  EidSitting *sitting = user_data;

  g_cancellable_cancel (sitting->inner);
}

static void
thread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  EidSitting *sitting = call->sitting;
  g_autoptr (GError) error = NULL;
  gpointer outcome = g_task_propagate_pointer (G_TASK (result), &error);

  sitting->ended = TRUE;
  if (sitting->class->ended != NULL)
    sitting->class->ended (sitting->data);
  g_cancellable_disconnect (g_task_get_cancellable (task), call->cancelled_id);
  g_source_destroy (call->watch);
  g_clear_pointer (&call->watch, g_source_unref);

  if (outcome != NULL)
    g_task_return_pointer (task, outcome, sitting->class->free_result);
  else if (call->timed_out && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task,
                             EID_ERROR,
                             EID_ERROR_TIMED_OUT,
                             "reader or card did not answer in time");
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
watch_start (Call *call, guint timeout)
{
  call->timeout = timeout > 0 ? timeout : EID_READ_TIMEOUT_DEFAULT;
  call->watch = g_timeout_source_new (call->timeout);
  g_source_set_callback (call->watch, watch_cb, call, NULL);
  g_source_attach (call->watch, call->sitting->context);
}

static EidSitting *
sitting_new (const EidSittingClass *class, const char *reader, gpointer data)
{
  EidSitting *self = g_atomic_rc_box_new0 (EidSitting);

  self->class = class;
  self->data = data;
  self->reader = g_strdup (reader);
  self->context = g_main_context_ref_thread_default ();
  self->inner = g_cancellable_new ();
  return self;
}

void
eid_sitting_run (const EidSittingClass *class,
                 const char *reader,
                 guint timeout,
                 gpointer data,
                 gpointer tag,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) thread = NULL;
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, call_free);
  call->sitting = sitting_new (class, reader, data);
  watch_start (call, timeout);

  thread = g_task_new (NULL, call->sitting->inner, thread_cb, g_object_ref (task));
  g_task_set_source_tag (thread, sitting_thread);
  g_task_set_task_data (thread, g_atomic_rc_box_acquire (call->sitting), sitting_unref);
  g_task_set_return_on_cancel (thread, TRUE);
  g_task_run_in_thread (thread, sitting_thread);

  /* Last: it calls back at once where the caller had already given up. */
  if (cancellable != NULL)
    call->cancelled_id = g_cancellable_connect (cancellable,
                                                G_CALLBACK (cancelled_cb),
                                                g_atomic_rc_box_acquire (call->sitting),
                                                sitting_unref);
}

gpointer
eid_sitting_finish (GAsyncResult *result,
                    gpointer tag,
                    EidCardKind *ret_kind,
                    guint *ret_exchanges,
                    GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == tag, NULL);

  /* None where nothing was begun. */
  call = g_task_get_task_data (G_TASK (result));
  if (call == NULL)
    return g_task_propagate_pointer (G_TASK (result), error);
  if (ret_kind != NULL)
    *ret_kind = (EidCardKind) g_atomic_int_get (&call->sitting->kind);
  if (ret_exchanges != NULL)
    *ret_exchanges = g_atomic_int_get (&call->sitting->exchanges);
  return g_task_propagate_pointer (G_TASK (result), error);
}
