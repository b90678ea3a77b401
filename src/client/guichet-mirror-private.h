/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-desk.h"
#include "guichet-mirror.h"
#include "guichet-worker.h"

G_BEGIN_DECLS

/* What the threads share. Each pointer belongs to one thread while that runs. */
typedef struct
{
  char *path;                  /* (owned) */
  char *login;                 /* (owned) */
  GuichetChangeLog *log;       /* (owned) */
  GuichetMirrorWriter *writer; /* (owned) (nullable): writer's thread */
  GuichetMirrorReader *reader; /* (owned) (nullable): reader's thread */
} GuichetMirrorShared;

struct _GuichetMirror
{
  GObject parent_instance;

  /* Owned */
  GuichetMirrorShared *shared;
  GuichetWorker *writer;
  GuichetWorker *reader;
  GuichetDb *db; /* (nullable): read-only, for single rows */

  /* As the last message from the writer's thread had it */
  GuichetCounts counts;
  gint64 last;
  gboolean synchronised;
  gboolean closed;
  gboolean damaged; /* and that was told */
  guint damage_id;  /* source that tells it */
};

/* One question to a thread. */
typedef struct
{
  GuichetMirrorShared *shared; /* (borrowed): freed when both threads have ended */

  /* Input, as the question needs it */
  GuichetDay today;
  gboolean wipe;
  char *text;              /* (owned) (nullable): a reference or a version */
  gint64 number;           /* an event, an instant, a difference of clocks */
  GBytes *bytes;           /* (owned) (nullable) */
  GBytes *more_bytes;      /* (owned) (nullable) */
  GuichetListing *listing; /* (owned) (nullable) */
} GuichetMirrorAsk;

/** _guichet_mirror_ask_new: to be filled in. */
GuichetMirrorAsk *_guichet_mirror_ask_new (GuichetMirror *self);

/**
 * _guichet_mirror_ask_thread:
 * @ask: (transfer full)
 *
 * Asks a thread. The task that crosses has no source object: the last reference of the
 * mirror is never dropped in a thread that the mirror waits for.
 */
void _guichet_mirror_ask_thread (GuichetWorker *worker,
                                 GuichetMirrorAsk *ask,
                                 GTaskThreadFunc func,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/** _guichet_mirror_return: @error: (transfer full) (nullable): wins over the result. */
void _guichet_mirror_return (GTask *task, gpointer result, GDestroyNotify destroy, GError *error);

/**
 * _guichet_mirror_meet:
 * @error: of the database or not
 *
 * Tells once, before anything else, if the mirror turns out to be damaged.
 */
void _guichet_mirror_meet (GuichetMirror *self, const GError *error);

/**
 * _guichet_mirror_desk_error:
 * @error: (transfer full)
 * @code: what it is to the desk, if it is the database's and not for want of space
 */
GError *_guichet_mirror_desk_error (GuichetMirror *self, GError *error, GuichetDeskError code);

/** _guichet_mirror_take_applied: the writer's thread wrote something. */
void _guichet_mirror_take_applied (GuichetMirror *self, GuichetApplied *applied);

G_END_DECLS
