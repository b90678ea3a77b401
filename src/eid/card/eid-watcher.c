/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Watches readers. The thread sleeps in SCardGetStatusChange on every reader and on the pseudo
 * reader by which PC/SC tells of readers that come and go; what it finds goes to the main
 * context as a snapshot. It holds no reference to the watcher, and ends when told, or at the
 * latest when it next wakes.
 */
#define G_LOG_DOMAIN "eid-watcher"

#include "config.h"

#include "eid-watcher.h"

#include <string.h>

#include "eid-pcsc.h"

#define NEW_READERS "\\\\?PnP?\\Notification"
/* Nothing is looked for at this pace: it bounds how long a thread stays whose cancelling came
 * just before it went to sleep. */
#define SLEEP_MS 10000
/* Between two attempts to reach a daemon that is not there. */
#define PAUSE_USEC (500 * 1000)

typedef struct
{
  EidService service;
  GPtrArray *readers; /* (owned): of EidReaderState */
} Snapshot;

/* Shared by watcher and thread; reference counted. */
typedef struct
{
  GMainContext *context; /* (owned) */
  GWeakRef watcher;      /* only followed in the main context */
  GMutex lock;
  GCond stopped;
  /* Under the lock */
  gboolean stop;
  gboolean asleep;
  SCARDCONTEXT pcsc; /* while asleep */
} Watch;

struct _EidWatcher
{
  GObject parent_instance;

  /* Owned */
  Watch *watch;
  GPtrArray *readers;

  EidService service;
};

typedef struct
{
  Watch *watch;       /* (owned) */
  Snapshot *snapshot; /* (owned) (nullable): until it is taken */
} News;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (EidReaderStatus,
                    eid_reader_status,
                    G_DEFINE_ENUM_VALUE (EID_READER_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (EID_READER_CARD, "card"),
                    G_DEFINE_ENUM_VALUE (EID_READER_MUTE, "mute"))

G_DEFINE_ENUM_TYPE (EidService,
                    eid_service,
                    G_DEFINE_ENUM_VALUE (EID_SERVICE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (EID_SERVICE_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (EID_SERVICE_ABSENT, "absent"),
                    G_DEFINE_ENUM_VALUE (EID_SERVICE_DENIED, "denied"))

G_DEFINE_FINAL_TYPE (EidWatcher, eid_watcher, G_TYPE_OBJECT)

static void
reader_state_free (gpointer data)
{
  EidReaderState *self = data;

  g_free (self->name);
  g_free (self);
}

static void
snapshot_free (Snapshot *self)
{
  g_ptr_array_unref (self->readers);
  g_free (self);
}

static Snapshot *
snapshot_new (EidService service)
{
  Snapshot *self = g_new0 (Snapshot, 1);

  self->service = service;
  self->readers = g_ptr_array_new_with_free_func (reader_state_free);
  return self;
}

static void
watch_clear (gpointer data)
{
  Watch *self = data;

  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->watcher);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->stopped);
}

static void
watch_unref (Watch *self)
{
  g_atomic_rc_box_release_full (self, watch_clear);
}

/* --- From the thread to the main context ------------------------------------------------------ */

static gboolean
reader_state_equal (const EidReaderState *a, const EidReaderState *b)
{
  return g_str_equal (a->name, b->name) && a->status == b->status && a->in_use == b->in_use &&
         a->event == b->event && a->atr_size == b->atr_size &&
         memcmp (a->atr, b->atr, a->atr_size) == 0;
}

static gboolean
readers_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!reader_state_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
news_cb (gpointer user_data)
{
  News *news = user_data;
  Snapshot *snapshot = news->snapshot;
  g_autoptr (EidWatcher) self = g_weak_ref_get (&news->watch->watcher);

  if (self == NULL ||
      (self->service == snapshot->service && readers_equal (self->readers, snapshot->readers)))
    return G_SOURCE_REMOVE;

  self->service = snapshot->service;
  g_ptr_array_unref (self->readers);
  self->readers = g_ptr_array_ref (snapshot->readers);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
news_free (gpointer data)
{
  News *self = data;

  snapshot_free (self->snapshot);
  watch_unref (self->watch);
  g_free (self);
}

static void
publish (Watch *self, Snapshot *snapshot)
{
  News *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  news->watch = g_atomic_rc_box_acquire (self);
  news->snapshot = snapshot;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, news_cb, news, news_free);
  g_source_attach (source, self->context);
}

/* --- The thread ---------------------------------------------------------------------------------- */

static gboolean
should_stop (Watch *self)
{
  gboolean stop;

  g_mutex_lock (&self->lock);
  stop = self->stop;
  g_mutex_unlock (&self->lock);
  return stop;
}

static void
pause_thread (Watch *self)
{
  gint64 end = g_get_monotonic_time () + PAUSE_USEC;

  g_mutex_lock (&self->lock);
  while (!self->stop && g_cond_wait_until (&self->stopped, &self->lock, end))
    continue;
  g_mutex_unlock (&self->lock);
}

/* (transfer full): what PC/SC says of its readers, the pseudo reader last. */
static GArray *
list_readers (SCARDCONTEXT context, GStrv *ret_names, LONG *ret_status)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GArray *states = g_array_new (FALSE, TRUE, sizeof (SCARD_READERSTATE));
  char *list = NULL;
  DWORD size = SCARD_AUTOALLOCATE;
  SCARD_READERSTATE state = { 0 };

  *ret_status = SCardListReaders (context, NULL, (LPSTR) &list, &size);
  if (*ret_status == SCARD_S_SUCCESS)
    {
      for (const char *name = list; *name != '\0'; name += strlen (name) + 1)
        g_strv_builder_add (names, name);
      SCardFreeMemory (context, list);
    }
  else if (*ret_status == SCARD_E_NO_READERS_AVAILABLE)
    *ret_status = SCARD_S_SUCCESS;

  *ret_names = g_strv_builder_end (names);
  for (guint i = 0; (*ret_names)[i] != NULL; i++)
    {
      state.szReader = (*ret_names)[i];
      state.dwCurrentState = SCARD_STATE_UNAWARE;
      g_array_append_val (states, state);
    }
  state.szReader = NEW_READERS;
  state.dwCurrentState = (DWORD) states->len << 16;
  g_array_append_val (states, state);
  return states;
}

static EidReaderState *
state_of (const SCARD_READERSTATE *seen)
{
  EidReaderState *state = g_new0 (EidReaderState, 1);
  DWORD flags = seen->dwEventState;

  state->name = g_strdup (seen->szReader);
  state->event = (guint) (flags >> 16);
  state->in_use = (flags & SCARD_STATE_EXCLUSIVE) != 0;
  if (flags & SCARD_STATE_MUTE)
    state->status = EID_READER_MUTE;
  else if (flags & SCARD_STATE_PRESENT)
    state->status = EID_READER_CARD;
  if (state->status == EID_READER_CARD)
    {
      state->atr_size = MIN (seen->cbAtr, EID_ATR_MAX);
      memcpy (state->atr, seen->rgbAtr, state->atr_size);
      state->kind = eid_card_kind_of (state->atr, state->atr_size);
    }
  return state;
}

static void
publish_readers (Watch *self, GArray *states)
{
  Snapshot *snapshot = snapshot_new (EID_SERVICE_RUNNING);

  for (guint i = 0; i + 1 < states->len; i++)
    {
      SCARD_READERSTATE *seen = &g_array_index (states, SCARD_READERSTATE, i);

      if ((seen->dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_IGNORE)) == 0)
        g_ptr_array_add (snapshot->readers, state_of (seen));
    }
  publish (self, snapshot);
}

static void
sleep_begin (Watch *self, SCARDCONTEXT context)
{
  g_mutex_lock (&self->lock);
  self->asleep = TRUE;
  self->pcsc = context;
  g_mutex_unlock (&self->lock);
}

static void
sleep_end (Watch *self)
{
  g_mutex_lock (&self->lock);
  self->asleep = FALSE;
  g_mutex_unlock (&self->lock);
}

/* Sleeps until a reader or a card changes. */
static LONG
wait_for_change (Watch *self, SCARDCONTEXT context, GArray *states, DWORD timeout)
{
  LONG status;

  sleep_begin (self, context);
  status = should_stop (self) ? (LONG) SCARD_E_CANCELLED
                              : SCardGetStatusChange (context,
                                                      timeout,
                                                      &g_array_index (states, SCARD_READERSTATE, 0),
                                                      states->len);
  sleep_end (self);
  return status;
}

/* What was seen is what is known now. Returns whether readers came or went. */
static gboolean
take_notice (GArray *states)
{
  gboolean others = FALSE;

  for (guint i = 0; i < states->len; i++)
    {
      SCARD_READERSTATE *state = &g_array_index (states, SCARD_READERSTATE, i);

      if (state->dwEventState & SCARD_STATE_UNKNOWN)
        others = TRUE;
      if (i + 1 == states->len && (state->dwEventState & SCARD_STATE_CHANGED))
        others = TRUE;
      state->dwCurrentState = state->dwEventState & ~(DWORD) SCARD_STATE_CHANGED;
    }
  return others;
}

/* Watches the readers that there are, until there are others or the context is lost. */
static LONG
watch_readers (Watch *self, SCARDCONTEXT context)
{
  g_auto (GStrv) names = NULL;
  LONG status;
  g_autoptr (GArray) states = list_readers (context, &names, &status);

  if (status == SCARD_S_SUCCESS && states->len == 1)
    publish (self, snapshot_new (EID_SERVICE_RUNNING));
  while (status == SCARD_S_SUCCESS && !should_stop (self))
    {
      gboolean others;

      status = wait_for_change (self, context, states, SLEEP_MS);
      if (status == (LONG) SCARD_E_TIMEOUT)
        {
          status = SCARD_S_SUCCESS;
          continue;
        }
      if (status != SCARD_S_SUCCESS)
        break;
      others = take_notice (states);
      publish_readers (self, states);
      if (others)
        break;
    }
  return status;
}

static void
watch_service (Watch *self)
{
  SCARDCONTEXT context;
  LONG status = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);

  if (status == SCARD_S_SUCCESS)
    {
      while (!should_stop (self) &&
             (status == SCARD_S_SUCCESS || status == (LONG) SCARD_E_UNKNOWN_READER))
        status = watch_readers (self, context);
      SCardReleaseContext (context);
    }
  if (should_stop (self))
    return;

  g_debug ("lost the readers: %s", pcsc_stringify_error (status));
  publish (self,
           snapshot_new (status == (LONG) SCARD_W_SECURITY_VIOLATION ? EID_SERVICE_DENIED
                                                                     : EID_SERVICE_ABSENT));
  pause_thread (self);
}

static gpointer
watch_thread (gpointer data)
{
  Watch *self = data;

  while (!should_stop (self))
    watch_service (self);
  watch_unref (self);
  return NULL;
}

static void
watch_stop (Watch *self)
{
  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  g_cond_signal (&self->stopped);
  if (self->asleep)
    SCardCancel (self->pcsc);
  g_mutex_unlock (&self->lock);
}

/* --- The object ------------------------------------------------------------------------------------ */

static void
eid_watcher_constructed (GObject *object)
{
  EidWatcher *self = EID_WATCHER (object);

  G_OBJECT_CLASS (eid_watcher_parent_class)->constructed (object);

  self->watch = g_atomic_rc_box_new0 (Watch);
  self->watch->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->watch->watcher, self);
  g_mutex_init (&self->watch->lock);
  g_cond_init (&self->watch->stopped);
  g_thread_unref (
      g_thread_new ("eid-watcher", watch_thread, g_atomic_rc_box_acquire (self->watch)));
}

static void
eid_watcher_dispose (GObject *object)
{
  EidWatcher *self = EID_WATCHER (object);

  if (self->watch != NULL)
    watch_stop (self->watch);
  g_clear_pointer (&self->watch, watch_unref);

  G_OBJECT_CLASS (eid_watcher_parent_class)->dispose (object);
}

static void
eid_watcher_finalize (GObject *object)
{
  EidWatcher *self = EID_WATCHER (object);

  g_ptr_array_unref (self->readers);

  G_OBJECT_CLASS (eid_watcher_parent_class)->finalize (object);
}

static void
eid_watcher_class_init (EidWatcherClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->constructed = eid_watcher_constructed;
  object_class->dispose = eid_watcher_dispose;
  object_class->finalize = eid_watcher_finalize;

  /**
   * EidWatcher::changed:
   *
   * Readers, cards or the daemon are not what they were.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          EID_TYPE_WATCHER,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
eid_watcher_init (EidWatcher *self)
{
  self->readers = g_ptr_array_new_with_free_func (reader_state_free);
}

EidWatcher *
eid_watcher_new (void)
{
  return g_object_new (EID_TYPE_WATCHER, NULL);
}

EidService
eid_watcher_get_service (EidWatcher *self)
{
  g_return_val_if_fail (EID_IS_WATCHER (self), EID_SERVICE_UNKNOWN);

  return self->service;
}

GPtrArray *
eid_watcher_get_readers (EidWatcher *self)
{
  g_return_val_if_fail (EID_IS_WATCHER (self), NULL);

  return self->readers;
}
