/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the queue asks of the mirror's thread, and when.
 */
#define G_LOG_DOMAIN "guichet-queue-reading"

#include "config.h"

#include "guichet-queue-private.h"

/* Milliseconds between two readings of a list that changes all the time. */
#define REST_MIN 50

void
_guichet_queue_cancel (GuichetQueue *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->again = FALSE;
}

static void
take_listing (GuichetQueue *self, GuichetListing *listing)
{
  if (listing->changes == NULL)
    guichet_rows_forget_all (self->rows);
  else
    for (guint i = 0; i < listing->changes->len; i++)
      guichet_rows_forget (self->rows, g_array_index (listing->changes, guint32, i));

  g_clear_pointer (&self->base, guichet_order_unref);
  if (listing->new_base->whole)
    self->base = guichet_order_ref (listing->new_base);
  self->answered = TRUE;
  _guichet_queue_show (self, listing->new_shown, listing->hunks);
}

static gboolean
timer_cb (gpointer user_data)
{
  GuichetQueue *self = user_data;

  self->timer = 0;
  _guichet_queue_ask (self);
  return G_SOURCE_REMOVE;
}

/* Asks again, but gives the thread as much rest as it had work. */
void
_guichet_queue_ask_again_later (GuichetQueue *self)
{
  const gint64 took = (g_get_monotonic_time () - self->asked_at) / 1000;

  if (self->timer == 0)
    self->timer = g_timeout_add ((guint) CLAMP (took, REST_MIN, 2000), timer_cb, self);
}

/* The first rows are painted before a thread begins to read a million ids beside it. */
static void
ask_rest_later (GuichetQueue *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (REST_MIN, timer_cb, self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetQueue) self = user_data;
  g_autoptr (GuichetListing) listing = NULL;
  g_autoptr (GError) error = NULL;
  gboolean again;

  listing = guichet_mirror_list_finish (GUICHET_MIRROR (source), result, &error);
  /* Cancelled: another question has taken the place of this one. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL ||
      GUICHET_MIRROR (source) != self->desk->mirror)
    return;

  g_clear_object (&self->cancellable);
  again = self->again;
  self->again = FALSE;
  if (listing == NULL)
    {
      _guichet_queue_set_error (self, error);
      _guichet_queue_set_loading (self, FALSE);
      return;
    }

  _guichet_queue_set_error (self, NULL);
  take_listing (self, listing);
  /* Whoever was told of the change may have asked for something else. */
  if (self->cancellable != NULL)
    return;
  if (!listing->new_base->whole)
    ask_rest_later (self);
  else
    {
      if (_guichet_queue_is_told (self))
        _guichet_queue_set_loading (self, FALSE);
      if (again)
        _guichet_queue_ask_again_later (self);
    }
}

void
_guichet_queue_ask (GuichetQueue *self)
{
  GuichetMirror *mirror = self->desk->mirror;
  GuichetListing *listing;

  _guichet_queue_cancel (self);
  _guichet_queue_set_loading (self, TRUE);
  if (mirror == NULL || !guichet_mirror_get_synchronised (mirror))
    return;

  listing = guichet_listing_new (&self->question, self->desk->glossary);
  listing->words = g_strdupv (self->words);
  listing->base = self->base != NULL ? guichet_order_ref (self->base) : NULL;
  listing->shown = self->shown != NULL ? guichet_order_ref (self->shown) : NULL;
  listing->same = self->answered;
  /* The first screen of a list that is not known at once, then all of it. */
  if (!self->answered && self->words == NULL &&
      (self->base == NULL || !guichet_question_equal (&self->base->question, &self->question)))
    listing->max = GUICHET_QUEUE_WIDGETS;

  self->asked_at = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  guichet_mirror_list_async (mirror, listing, self->cancellable, listed_cb, g_object_ref (self));
}

void
_guichet_queue_ask_anew (GuichetQueue *self)
{
  /* What was asked for before is not told any further. */
  g_clear_handle_id (&self->more, g_source_remove);
  self->answered = FALSE;
  _guichet_queue_ask (self);
}
