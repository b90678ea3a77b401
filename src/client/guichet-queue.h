/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-desk.h"
#include "guichet-row.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_QUEUE (guichet_queue_get_type ())

/**
 * GuichetQueue:
 *
 * A #GListModel of #GuichetRow over the mirror: one view, department, sort and search at a
 * time. A worker gives the first page at once and then the identifiers in order; rows are
 * read by identifier when they are shown. Costs four bytes a request that is not shown.
 *
 * Items of a list that is new are told in instalments, between frames, and those of a longer one before
 * it leave likewise, as rows that say nothing: while `loading` is set, the number of items is not yet the number
 * of requests. Rows that are not on the screen are read between frames, or when they are asked.
 *
 * Properties, notified: `view`, `department`, `sort`, `descending`, `search`, `loading`,
 * `n-items`, `error` (nullable).
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetQueue, guichet_queue, GUICHET, QUEUE, GObject)

GuichetQueue *guichet_queue_new (GuichetDesk *desk);

void guichet_queue_set_view (GuichetQueue *self, GuichetView view, GuichetDepartment department);
void guichet_queue_set_sort (GuichetQueue *self, GuichetSort sort, gboolean descending);
/**
 * guichet_queue_set_search:
 * @text: words, each a prefix, in any order; accents and case do not matter. Empty: all; a national
 *   number likewise: only the server is asked for that (guichet_desk_find_person_async())
 */
void guichet_queue_set_search (GuichetQueue *self, const char *text);

GuichetView guichet_queue_get_view (GuichetQueue *self);
GuichetDepartment guichet_queue_get_department (GuichetQueue *self);
GuichetSort guichet_queue_get_sort (GuichetQueue *self);
gboolean guichet_queue_get_descending (GuichetQueue *self);
const char *guichet_queue_get_search (GuichetQueue *self);
gboolean guichet_queue_get_loading (GuichetQueue *self);
/** guichet_queue_get_error: (nullable): why the list cannot be read; what is shown is what was there before. */
const GError *guichet_queue_get_error (GuichetQueue *self);
/** guichet_queue_retry: reads the list again, after an error. */
void guichet_queue_retry (GuichetQueue *self);

/**
 * guichet_queue_find:
 *
 * Returns: position of a reference among the items told so far, or GTK_INVALID_LIST_POSITION
 *   (G_MAXUINT), also for one that guichet_queue_expects()
 */
guint guichet_queue_find (GuichetQueue *self, const char *reference);

/**
 * guichet_queue_expects:
 *
 * Whether a request is in the list when all is told: one that moves down is taken out before it
 * is put back.
 */
gboolean guichet_queue_expects (GuichetQueue *self, const char *reference);

G_END_DECLS
