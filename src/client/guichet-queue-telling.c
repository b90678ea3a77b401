/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How listeners are told of another order: stretch by stretch from the front, and a list that is new
 * to them in instalments, of rows and of what the rows say.
 */
#define G_LOG_DOMAIN "guichet-queue-telling"

#include "config.h"

#include "guichet-queue-private.h"

/*
 * A view makes widgets of the first two hundred rows that it is told of, which takes longer than a
 * frame: a list that is new to it is told in instalments, until it has had that many. To be rid of
 * them takes as long: where a list is shorter than the one before, the rest leaves in instalments.
 */
#define FIRST_INSTALMENT 24
#define INSTALMENT 12
#define LEAVING 40

gboolean
_guichet_queue_is_told (GuichetQueue *self)
{
  return self->shown == NULL || (self->told == self->shown->n_ids && self->leaving->len == 0 &&
                                 guichet_rows_count_unread (self->rows) == 0);
}

static void
tell_more (GuichetQueue *self)
{
  const guint at = self->told;
  const guint rest = self->shown->n_ids - at;
  const guint n = at < GUICHET_QUEUE_WIDGETS ? MIN (rest, INSTALMENT) : rest;

  self->told += n;
  g_list_model_items_changed (G_LIST_MODEL (self), at, 0, n);
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_N_ITEMS);
}

/* The last of those that leave. */
static void
let_go (GuichetQueue *self, guint n)
{
  const guint n_left = self->leaving->len - MIN (n, self->leaving->len);
  const guint n_gone = self->leaving->len - n_left;

  if (n_gone == 0)
    return;
  g_ptr_array_set_size (self->leaving, (int) n_left);
  g_list_model_items_changed (G_LIST_MODEL (self), self->told + n_left, n_gone, 0);
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_N_ITEMS);
}

static gboolean
more_cb (gpointer user_data)
{
  GuichetQueue *self = user_data;
  const guint source = self->more;

  if (self->leaving->len > 0)
    let_go (self, LEAVING);
  else if (self->told < self->shown->n_ids)
    tell_more (self);
  else
    guichet_rows_read_some (self->rows, INSTALMENT);
  /* Whoever was told may have asked for something else. */
  if (self->more != source)
    return G_SOURCE_REMOVE;
  if (!_guichet_queue_is_told (self))
    return G_SOURCE_CONTINUE;

  self->more = 0;
  /* Without a base there is only the first page, and the rest is about to be asked for. */
  if (self->cancellable == NULL && self->base != NULL)
    _guichet_queue_set_loading (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Frames go first. */
void
_guichet_queue_tell_more_later (GuichetQueue *self)
{
  if (self->more == 0 && !_guichet_queue_is_told (self))
    self->more = g_idle_add (more_cb, self);
}

/* How many of the new items of the last stretch are told at once. */
static guint
first_instalment (const GuichetHunk *hunk, guint n_reused)
{
  const guint n = MAX (n_reused, hunk->new_at == 0 ? FIRST_INSTALMENT : INSTALMENT);

  return hunk->new_at < GUICHET_QUEUE_WIDGETS ? MIN (hunk->n_new, n) : hunk->n_new;
}

/* One after the other, from the front. */
static void
tell_hunks (GuichetQueue *self, GArray *hunks)
{
  for (guint i = 0; i < hunks->len; i++)
    {
      GuichetHunk hunk = g_array_index (hunks, GuichetHunk, i);

      if (hunk.new_at + hunk.n_new == self->shown->n_ids)
        hunk.n_new = first_instalment (&hunk, 0);
      self->seam_new = hunk.new_at + hunk.n_new;
      self->seam_old = hunk.old_at + hunk.n_old;
      g_list_model_items_changed (G_LIST_MODEL (self), hunk.new_at, hunk.n_old, hunk.n_new);
    }
}

static void
empty_row (GuichetRow *row, guint32 id, gpointer user_data)
{
  g_autoptr (GuichetLine) blank = _guichet_queue_blank_line ();

  guichet_row_set (row, blank, FALSE, FALSE, 0);
}

/* They say nothing any more, as soon as they are asked. */
static void
begin_to_leave (GuichetQueue *self, guint n_told)
{
  g_ptr_array_unref (self->leaving);
  self->leaving = guichet_rows_take_spare (self->rows, n_told);
  if (self->leaving->len <= LEAVING)
    g_ptr_array_set_size (self->leaving, 0);
  for (guint i = 0; i < self->leaving->len; i++)
    guichet_row_put_off (g_ptr_array_index (self->leaving, i), 0, empty_row, NULL);
}

/* All that was there for all that is there now. */
static void
tell_all_new (GuichetQueue *self)
{
  const GuichetHunk all = { 0, self->told, 0, self->shown->n_ids };
  const guint n_before = self->told + self->leaving->len;
  guint n;

  guichet_rows_begin_reuse (self->rows);
  n = first_instalment (&all, guichet_rows_count_spare (self->rows));
  begin_to_leave (self, n);
  self->seam_new = n;
  self->seam_old = self->told;
  if (n + self->leaving->len > 0 || n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, n + self->leaving->len);
  guichet_rows_end_reuse (self->rows);
}

/* Takes another order and tells how it differs. */
void
_guichet_queue_show (GuichetQueue *self, GuichetOrder *order, GArray *hunks)
{
  const GuichetHunk *first = hunks->len > 0 ? &g_array_index (hunks, GuichetHunk, 0) : NULL;
  const guint told_before = self->told;
  const guint n_before = told_before + self->leaving->len;
  const gboolean all_told = self->shown != NULL && told_before == self->shown->n_ids;
  const gboolean all_new =
      !all_told || (first != NULL && first->new_at == 0 && first->n_old == told_before);
  g_autoptr (GuichetOrder) before = NULL;

  g_clear_handle_id (&self->more, g_source_remove);
  if (!all_new)
    let_go (self, G_MAXUINT);
  before = g_steal_pointer (&self->shown);
  self->shown = guichet_order_ref (order);
  /* What was told of is as before: what was not yet is told of the new order. */
  if (before != NULL && !all_told && (first == NULL || first->old_at >= told_before))
    {
      _guichet_queue_tell_more_later (self);
      return;
    }

  self->telling = TRUE;
  self->before = before;
  self->seam_new = 0;
  self->seam_old = 0;
  if (all_new)
    tell_all_new (self);
  else
    tell_hunks (self, hunks);
  self->told = self->seam_new + told_before - self->seam_old;
  self->before = NULL;
  self->telling = FALSE;

  if (self->told + self->leaving->len != n_before)
    _guichet_queue_notify (self, GUICHET_QUEUE_PROP_N_ITEMS);
  _guichet_queue_tell_more_later (self);
}

void
_guichet_queue_show_nothing (GuichetQueue *self)
{
  const guint n_before = self->told + self->leaving->len;

  g_clear_handle_id (&self->more, g_source_remove);
  g_clear_pointer (&self->shown, guichet_order_unref);
  g_clear_pointer (&self->base, guichet_order_unref);
  guichet_rows_forget_all (self->rows);
  guichet_rows_give_up (self->rows);
  g_ptr_array_set_size (self->leaving, 0);
  self->told = 0;
  if (n_before == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_N_ITEMS);
}
