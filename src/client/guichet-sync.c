/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk through the server's changes.
 */
#define G_LOG_DOMAIN "guichet-sync"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-retry.h"
#include "guichet-sync.h"

#define PAGE 1000

struct _GuichetSync
{
  GObject parent_instance;

  /* Given */
  GuichetApi *api;       /* (owned) */
  GuichetMirror *mirror; /* (owned) */
  GuichetClock *clock;   /* (owned) */

  /* In progress */
  GCancellable *cancellable; /* (owned) */
  gboolean running;
  gboolean again; /* asked for while running */
  gboolean stopped;
  gint64 asked; /* number after which the page under way was asked for */
  guint timer;  /* source of the next try after a failure */
  guint attempts;
};

enum
{
  CAUGHT_UP,
  FOREIGN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetSync, guichet_sync, G_TYPE_OBJECT)

static void fetch (GuichetSync *self);
static void fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void applied_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void finish (GuichetSync *self, const GError *error);

static gboolean
timer_cb (gpointer user_data)
{
  GuichetSync *self = user_data;

  self->timer = 0;
  guichet_sync_run (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_turn (GuichetSync *self)
{
  const guint pause = guichet_retry_pause (&guichet_retry_connection, ++self->attempts);

  self->timer = g_timeout_add (pause, timer_cb, self);
}

static void
finish (GuichetSync *self, const GError *error)
{
  self->running = FALSE;
  if (self->stopped)
    return;

  if (error != NULL)
    {
      /* When the session has ended there is nobody to ask for. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
          g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT))
        return;
      if (error->code == GUICHET_DESK_ERROR_UNREACHABLE)
        g_debug ("changes cannot be read: %s", error->message);
      else
        g_message ("changes cannot be read: %s", error->message);
      wait_for_turn (self);
      return;
    }

  self->attempts = 0;
  if (self->again)
    guichet_sync_run (self);
  else
    g_signal_emit (self, signals[CAUGHT_UP], 0);
}

/* A page with more behind it that leads nowhere would be asked for without end. */
static gboolean
leads_on (GuichetSync *self, const GuichetApplied *applied)
{
  return !applied->more || applied->last > self->asked;
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetApplied) applied = NULL;

  applied = guichet_mirror_apply_finish (GUICHET_MIRROR (source), result, &error);
  if (applied == NULL)
    {
      finish (self, error);
      return;
    }
  if (self->stopped)
    return;

  if (applied->foreign)
    {
      guichet_sync_stop (self);
      g_signal_emit (self, signals[FOREIGN], 0);
      return;
    }
  if (!leads_on (self, applied))
    {
      error = g_error_new_literal (GUICHET_DESK_ERROR,
                                   GUICHET_DESK_ERROR_PROTOCOL,
                                   "the changes go on without end");
      finish (self, error);
    }
  else if (applied->more)
    fetch (self);
  else
    finish (self, NULL);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSync) self = user_data;
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    {
      finish (self, error);
      return;
    }
  guichet_mirror_apply_async (self->mirror,
                              answer->body,
                              self->cancellable,
                              applied_cb,
                              g_object_ref (self));
}

static void
fetch (GuichetSync *self)
{
  g_autofree char *path = g_strdup_printf ("/v1/changes?after=%" G_GINT64_FORMAT "&limit=%d",
                                           guichet_mirror_get_last (self->mirror),
                                           PAGE);
  const GuichetCall call = { .method = "GET", .path = path, .answer_max = GUICHET_CHANGES_MAX };

  self->asked = guichet_mirror_get_last (self->mirror);
  guichet_api_send_async (self->api, &call, self->cancellable, fetched_cb, g_object_ref (self));
}

static void
guichet_sync_dispose (GObject *object)
{
  GuichetSync *self = GUICHET_SYNC (object);

  guichet_sync_stop (self);
  g_clear_object (&self->api);
  g_clear_object (&self->mirror);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (guichet_sync_parent_class)->dispose (object);
}

static void
guichet_sync_finalize (GObject *object)
{
  GuichetSync *self = GUICHET_SYNC (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (guichet_sync_parent_class)->finalize (object);
}

static void
guichet_sync_class_init (GuichetSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = guichet_sync_dispose;
  object_class->finalize = guichet_sync_finalize;

  signals[CAUGHT_UP] =
      g_signal_new ("caught-up", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FOREIGN] =
      g_signal_new ("foreign", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_sync_init (GuichetSync *self)
{
  self->cancellable = g_cancellable_new ();
}

GuichetSync *
guichet_sync_new (GuichetApi *api, GuichetMirror *mirror, GuichetClock *clock)
{
  GuichetSync *self = g_object_new (GUICHET_TYPE_SYNC, NULL);

  self->api = g_object_ref (api);
  self->mirror = g_object_ref (mirror);
  self->clock = g_object_ref (clock);
  return self;
}

void
guichet_sync_run (GuichetSync *self)
{
  g_return_if_fail (GUICHET_IS_SYNC (self));

  if (self->stopped)
    return;
  self->again = self->running;
  if (self->running)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->running = TRUE;
  fetch (self);
}

void
guichet_sync_stop (GuichetSync *self)
{
  g_return_if_fail (GUICHET_IS_SYNC (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}
