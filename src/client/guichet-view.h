/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** The built-in views of the queue. Nicks: mine, toTake, waiting, late, all, closed. */
typedef enum
{
  GUICHET_VIEW_MINE,    /* owner is me, not closed */
  GUICHET_VIEW_TO_TAKE, /* no owner, received or processing */
  GUICHET_VIEW_WAITING, /* for the citizen */
  GUICHET_VIEW_LATE,    /* open, and a date is behind us */
  GUICHET_VIEW_ALL,     /* open */
  GUICHET_VIEW_CLOSED,  /* closed in the last 90 days */
} GuichetView;
#define GUICHET_N_VIEWS 6
#define GUICHET_TYPE_VIEW (guichet_view_get_type ())
GType guichet_view_get_type (void);

/** What the queue is sorted by. Nicks: due, received, reference, procedure, citizen, stage, assignee, changed. */
typedef enum
{
  GUICHET_SORT_DUE, /* those without a running date last */
  GUICHET_SORT_RECEIVED,
  GUICHET_SORT_REFERENCE,
  GUICHET_SORT_PROCEDURE,
  GUICHET_SORT_CITIZEN,
  GUICHET_SORT_STAGE,
  GUICHET_SORT_ASSIGNEE,
  GUICHET_SORT_CHANGED,
} GuichetSort;
#define GUICHET_TYPE_SORT (guichet_sort_get_type ())
GType guichet_sort_get_type (void);

G_END_DECLS
