/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-postman.h"

#include "guichet-worker.h"
#include "guichetd-mail-queue.h"

G_BEGIN_DECLS

struct _GuichetdPostman
{
  GObject parent_instance;

  /* Given */
  GuichetdStore *store;         /* (owned) */
  GuichetdEngine *engine;       /* (owned) */
  GuichetTexts *texts;          /* (owned) */
  GTimeZone *zone;              /* (owned) */
  GuichetClock *clock;          /* (owned) */
  GuichetdTransport *transport; /* (owned) */
  char *town_name;
  char *town_link;
  char *town_contact;
  char *from;
  char *from_name; /* (nullable) */
  char *reply_to;  /* (nullable) */

  /* In progress */
  GuichetWorker *worker;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gulong queued;             /* handler on engine */
  guint timer;
  gint64 timer_at;  /* monotonic instant at which it fires */
  gboolean looking; /* a round is under way */
  gboolean news;    /* something may have come during it */
  GPtrArray *items; /* (owned) (nullable): of GuichetdMailItem, claimed in this round */
  guint at;         /* index of the one that is being sent */
};

/* One message. */
typedef struct
{
  /* Input */
  GuichetdPostman *postman; /* (owned): only what never changes is used in threads */
  GuichetdMailItem *item;   /* borrowed from the round */
  gint64 now;
  /* Output of compose */
  char *to;        /* (nullable) */
  GBytes *message; /* (nullable): NULL when there is nothing to send any more */
} GuichetdLetter;

void _guichetd_letter_free (gpointer data);
/** _guichetd_letter_compose: in a reader; for guichetd_store_read_async(). */
gboolean
_guichetd_letter_compose (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error);
/** _guichetd_letter_deliver: in the mail thread. */
void
_guichetd_letter_deliver (GTask *task, gpointer source, gpointer data, GCancellable *cancellable);

G_END_DECLS
