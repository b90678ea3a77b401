/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Another mirror in the place of the one that there was: for other rights, another journal, or a
 * file that is broken. Where the disk does not let it be made, it is tried again.
 */
#define G_LOG_DOMAIN "guichet-desk-mirror"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-retry.h"

/* One mirror taking the place of another. */
typedef struct
{
  GuichetDesk *desk;         /* (owned) */
  GCancellable *cancellable; /* (owned): of the session in which it happens */
} Replacement;

static Replacement *
replacement_new (GuichetDesk *desk)
{
  Replacement *self = g_new0 (Replacement, 1);

  self->desk = g_object_ref (desk);
  self->cancellable = g_object_ref (desk->cancellable);
  return self;
}

static void
replacement_free (Replacement *self)
{
  g_object_unref (self->desk);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Replacement, replacement_free)

static void
timer_cb (gpointer user_data)
{
  GuichetDesk *self = user_data;

  self->mirror_timer = 0;
  _guichet_desk_open_mirror (self);
}

/* Why is in the log already. */
static void
wait_for_disk (GuichetDesk *self, GError *error)
{
  const guint pause = guichet_retry_pause (&guichet_retry_connection, ++self->mirror_attempts);

  g_clear_error (&self->mirror_error);
  self->mirror_error = error;
  g_clear_handle_id (&self->mirror_timer, g_source_remove);
  self->mirror_timer = g_timeout_add_once (pause, timer_cb, self);
  _guichet_desk_emit_mirror_replaced (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Replacement) replacement = user_data;
  GuichetDesk *self = replacement->desk;
  g_autoptr (GuichetMirrorState) state = NULL;
  GError *error = NULL;

  state = guichet_mirror_open_finish (GUICHET_MIRROR (source), result, &error);
  if (g_cancellable_is_cancelled (replacement->cancellable))
    {
      g_clear_error (&error);
      return;
    }
  self->mirror_opening = FALSE;
  if (state == NULL)
    {
      wait_for_disk (self, error);
      return;
    }

  _guichet_desk_forget_mirror_error (self);
  _guichet_desk_take_mirror (self, GUICHET_MIRROR (source));
}

void
_guichet_desk_open_mirror (GuichetDesk *self)
{
  g_autofree char *path = NULL;
  g_autoptr (GuichetMirror) mirror = NULL;

  if (self->mirror != NULL || self->mirror_opening)
    return;
  self->mirror_opening = TRUE;
  path = _guichet_desk_mirror_path (self, self->server, self->login);
  mirror = guichet_mirror_new (path, self->login);
  guichet_mirror_open_async (mirror,
                             guichet_desk_today (self),
                             TRUE,
                             self->cancellable,
                             opened_cb,
                             replacement_new (self));
}

static void
wiped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Replacement) replacement = user_data;

  guichet_mirror_close_finish (GUICHET_MIRROR (source), result, NULL);
  if (g_cancellable_is_cancelled (replacement->cancellable))
    return;
  replacement->desk->mirror_opening = FALSE;
  _guichet_desk_open_mirror (replacement->desk);
}

void
_guichet_desk_replace_mirror (GuichetDesk *self)
{
  g_autoptr (GuichetMirror) old = g_steal_pointer (&self->mirror);

  if (old == NULL)
    return;

  _guichet_desk_drop_sync (self);
  guichet_feed_set_last (self->feed, 0);
  g_signal_handlers_disconnect_by_data (old, self);
  self->sync_total = 0;
  self->mirror_opening = TRUE;
  _guichet_desk_update_state (self);
  _guichet_desk_emit_mirror_replaced (self);
  _guichet_desk_notify_sync (self);
  guichet_mirror_close_async (old, TRUE, wiped_cb, replacement_new (self));
}

void
_guichet_desk_forget_mirror_error (GuichetDesk *self)
{
  g_clear_handle_id (&self->mirror_timer, g_source_remove);
  g_clear_error (&self->mirror_error);
  self->mirror_attempts = 0;
}
