/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-queue.h"
#include "mirror-fixture.h"

G_BEGIN_DECLS

/*
 * A desk with a mirror, and somebody who listens to its queue: whatever the queue tells is held
 * against what it says of itself at that moment.
 */
typedef struct
{
  Desk files; /* of which only folder and path */
  Town *town;
  GuichetClock *clock;
  GuichetDesk *desk;
  GuichetQueue *queue;
  GHashTable *ids;
  GPtrArray *shadow; /* of GuichetRow: what the queue told of itself */
  guint n_told;
  guint n_notified;
  guint n_loaded; /* times that loading came to its end */

  /* While set, every line that appears must be in this view. */
  gboolean only;
  GuichetView view;
} Office;

/* For g_test_add(): the data is the number of lines of the town. */
void office_set_up (Office *office, gconstpointer n_lines);
void office_tear_down (Office *office, gconstpointer n_lines);
/* A queue that has no rows yet, and who listens to it. */
void office_make_queue (Office *office);

void office_open_mirror (Office *office, const char *name);
void office_close_mirror (Office *office);
/* What happened to the town since the last page comes to the mirror. */
void office_apply_page (Office *office);

const char *reference_of (gpointer row);
/* References in the order in which the queue should come to show them. */
GPtrArray *office_expect (Office *office);
void office_assert_shadow (Office *office);
/* Waits until the queue has nothing more to do; then it shows what is asked for, as it is now. */
void office_settle (Office *office);
/* Another view, sort or search, at random. */
void office_ask_something_else (Office *office);

G_END_DECLS
