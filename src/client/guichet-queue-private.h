/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-desk-private.h"
#include "guichet-queue.h"
#include "guichet-rows.h"

G_BEGIN_DECLS

struct _GuichetQueue
{
  GObject parent_instance;

  GuichetDesk *desk; /* (owned) */

  /* What is asked for */
  GuichetQuestion question;
  char *search; /* (owned) */
  char **words; /* (owned) (nullable): of the search; NULL: none */

  /* What is there */
  GuichetOrder *base;  /* (owned) (nullable): the whole list without search */
  GuichetOrder *shown; /* (owned) (nullable) */
  gboolean answered;   /* what is shown answers what is asked for */
  GuichetRows *rows;   /* (owned) */
  GuichetLine *blank;  /* (owned): what a row says that is about nothing */
  guint told;          /* items of what is shown that listeners know of */
  GPtrArray *leaving;  /* (owned) of GuichetRow: behind those, from the list before */
  GError *error;       /* (owned) (nullable) */

  /* In progress */
  gboolean telling;     /* listeners are told of another order */
  GuichetOrder *before; /* (borrowed) (nullable): meanwhile, the one before */
  guint seam_new;
  guint seam_old;
  GCancellable *cancellable; /* (owned) (nullable): of the question to the thread */
  gboolean again;            /* something changed meanwhile */
  gint64 asked_at;           /* monotonic */
  guint timer;
  guint more; /* source of the next instalment */
  gboolean loading;
};

enum
{
  GUICHET_QUEUE_PROP_VIEW = 1,
  GUICHET_QUEUE_PROP_DEPARTMENT,
  GUICHET_QUEUE_PROP_SORT,
  GUICHET_QUEUE_PROP_DESCENDING,
  GUICHET_QUEUE_PROP_SEARCH,
  GUICHET_QUEUE_PROP_LOADING,
  GUICHET_QUEUE_PROP_N_ITEMS,
  GUICHET_QUEUE_PROP_ERROR,
  GUICHET_QUEUE_N_PROPS
};

void _guichet_queue_notify (GuichetQueue *self, guint property);
void _guichet_queue_set_loading (GuichetQueue *self, gboolean loading);
void _guichet_queue_set_error (GuichetQueue *self, const GError *error);

/* Telling */

/** As many as a view makes widgets of, and some more. */
#define GUICHET_QUEUE_WIDGETS 208

/** _guichet_queue_blank_line: (transfer full): what a row says that is about nothing. */
GuichetLine *_guichet_queue_blank_line (void);

/** _guichet_queue_is_told: whether listeners know of all that is shown. */
gboolean _guichet_queue_is_told (GuichetQueue *self);
/** _guichet_queue_tell_more_later: goes on between frames until all is told and read. */
void _guichet_queue_tell_more_later (GuichetQueue *self);
/** _guichet_queue_show: takes another order and tells how it differs. */
void _guichet_queue_show (GuichetQueue *self, GuichetOrder *order, GArray *hunks);
void _guichet_queue_show_nothing (GuichetQueue *self);

/* Reading */

/** _guichet_queue_ask: asks the mirror's thread for what is to be shown. */
void _guichet_queue_ask (GuichetQueue *self);
/** _guichet_queue_ask_anew: something else is to be shown than before. */
void _guichet_queue_ask_anew (GuichetQueue *self);
/** _guichet_queue_ask_again_later: asks again, but gives the thread as much rest as it had work. */
void _guichet_queue_ask_again_later (GuichetQueue *self);
/** _guichet_queue_cancel: gives up what was asked. */
void _guichet_queue_cancel (GuichetQueue *self);

G_END_DECLS
