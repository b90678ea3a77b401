/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-row.h"

G_BEGIN_DECLS

/**
 * GuichetRows:
 *
 * The rows of a list that were asked for last: a few hundred, which is more than a view shows.
 *
 * When another list takes the place of the one on the screen, the rows that a view still holds are
 * given new lines instead of new rows being made: to a view the same row is the same widgets, and
 * making two hundred rows of them takes several frames. Those that are not on the screen get theirs
 * between frames, or when somebody asks.
 */
typedef struct _GuichetRows GuichetRows;

GuichetRows *guichet_rows_new (void);
void guichet_rows_free (GuichetRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetRows, guichet_rows_free)

/** guichet_rows_find: (transfer full) (nullable): the row of a line; %NULL if it is not kept. */
GuichetRow *guichet_rows_find (GuichetRows *self, guint32 id);

/** guichet_rows_forget: the next time that the line is asked for it is read anew. */
void guichet_rows_forget (GuichetRows *self, guint32 id);
void guichet_rows_forget_all (GuichetRows *self);

/**
 * guichet_rows_begin_reuse:
 *
 * Forgets all, and lets those that somebody holds become the rows of other lines until
 * guichet_rows_end_reuse(). Only while every one of them leaves the list.
 */
void guichet_rows_begin_reuse (GuichetRows *self);
/** guichet_rows_count_spare: how many can be used again. */
guint guichet_rows_count_spare (GuichetRows *self);
/** guichet_rows_take_spare: (transfer container) (element-type GuichetRow): takes those out that are there beside the first @n. */
GPtrArray *guichet_rows_take_spare (GuichetRows *self, guint n);
/**
 * guichet_rows_put_off:
 * @blank: what a new row says if it is never read
 * @read: gives the row its line; called now or never again after guichet_rows_give_up()
 *
 * Returns: (transfer full): a row for a line that was not read yet, one that is used again if there is
 *   one to spare; kept
 */
GuichetRow *guichet_rows_put_off (GuichetRows *self,
                                  guint32 id,
                                  GuichetLine *blank,
                                  GuichetRowFunc read,
                                  gpointer user_data);
void guichet_rows_end_reuse (GuichetRows *self);

/** guichet_rows_count_unread: how many were put off; some of them may have been read since, because somebody asked. */
guint guichet_rows_count_unread (GuichetRows *self);
/** guichet_rows_read_some: reads @n of those, in their order, also if they were forgotten. */
void guichet_rows_read_some (GuichetRows *self, guint n);
/** guichet_rows_give_up: none of those will be read any more: they stay what they were. */
void guichet_rows_give_up (GuichetRows *self);

/** GuichetRowsFunc: what to look at; whether the row of @id is meant. */
typedef gboolean (*GuichetRowsFunc) (guint32 id, GuichetRow *row, gpointer user_data);
/** guichet_rows_select: (transfer full): the ids of those that are meant, as keys. */
GHashTable *guichet_rows_select (GuichetRows *self, GuichetRowsFunc func, gpointer user_data);

G_END_DECLS
