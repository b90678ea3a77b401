/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk while somebody is signed in: what feed, mirror, outbox and the walk through the
 * changes say to each other. None of them knows the others.
 */
#define G_LOG_DOMAIN "guichet-desk-live"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-retry.h"

/* How often a desk without its server looks at the calendar; the feed's heart beats oftener. */
#define DAY_CHECK 60

static void ask_person (GuichetDesk *self);

/* Who is signed in, again */

static void
ask_again_cb (gpointer user_data)
{
  GuichetDesk *self = user_data;

  self->person_timer = 0;
  ask_person (self);
}

/* What one may no longer see stays here until it is known. */
static void
ask_person_later (GuichetDesk *self)
{
  const guint pause = guichet_retry_pause (&guichet_retry_connection, ++self->person_attempts);

  self->person_timer = g_timeout_add_once (pause, ask_again_cb, self);
}

static void
person_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GuichetDesk *self = GUICHET_DESK (source);
  g_autoptr (GuichetPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  person = _guichet_desk_ask_person_finish (self, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->person_asked = FALSE;
  if (person == NULL)
    {
      g_debug ("who is signed in cannot be asked: %s", error->message);
      ask_person_later (self);
      return;
    }

  self->person_attempts = 0;
  self->person_known = TRUE;
  self->clock_offset = person->clock_offset;
  /* The mirror's epoch is on disk with its lines; what /v1/me says is compared with what it said
   * when they came. */
  if (self->me != NULL && self->me->epoch != person->me->epoch)
    _guichet_desk_replace_mirror (self);
  _guichet_desk_set_person (self, person->me, person->catalogue, person->version);
  if (self->mirror != NULL)
    {
      guichet_mirror_put_me (self->mirror, person->me_bytes, person->clock_offset);
      if (person->catalogue != NULL)
        guichet_mirror_put_catalogue (self->mirror, person->catalogue_bytes, person->version);
    }
  _guichet_desk_check_day (self);
  if (self->person_again)
    ask_person (self);
}

/* An answer that is under way may be older than what is asked for now. */
static void
ask_person (GuichetDesk *self)
{
  self->person_again = self->person_asked;
  if (self->api == NULL || self->person_asked)
    return;

  g_clear_handle_id (&self->person_timer, g_source_remove);
  self->person_asked = TRUE;
  _guichet_desk_ask_person_async (self,
                                  self->api,
                                  self->catalogue_version,
                                  self->cancellable,
                                  person_asked_cb,
                                  NULL);
}

/* The mirror */

static void
mirror_changed_cb (GuichetMirror *mirror, GuichetApplied *applied, GuichetDesk *self)
{
  if (mirror != self->mirror)
    return;

  self->sync_total = applied->total;
  if (self->feed != NULL)
    guichet_feed_set_last (self->feed, applied->last);
  _guichet_desk_update_state (self);
  _guichet_desk_notify_sync (self);
  _guichet_desk_emit_applied (self, applied);
  /* After the lines, so that nothing stops being pending before it shows. */
  guichet_outbox_confirm (self->outbox, applied->last);
}

void
_guichet_desk_drop_sync (GuichetDesk *self)
{
  if (self->sync != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->sync, self);
      guichet_sync_stop (self->sync);
    }
  g_clear_object (&self->sync);
}

/* A file that is broken is made anew; a second one in the same session is the disk's fault, and
 * would be a third one soon. */
static void
damaged_cb (GuichetMirror *mirror, GuichetDesk *self)
{
  if (mirror != self->mirror || self->mirror_repaired)
    return;
  self->mirror_repaired = TRUE;
  _guichet_desk_replace_mirror (self);
}

/* The walk through the changes */

static void
foreign_cb (GuichetSync *sync, GuichetDesk *self)
{
  _guichet_desk_replace_mirror (self);
}

static void
caught_up_cb (GuichetSync *sync, GuichetDesk *self)
{
  _guichet_desk_update_state (self);
  /* What is accepted by now shows in these changes, or is about what its clerk may not see any more. */
  guichet_outbox_confirm (self->outbox, G_MAXINT64);
}

static void
start_sync (GuichetDesk *self)
{
  _guichet_desk_drop_sync (self);
  g_signal_connect (self->mirror, "changed", G_CALLBACK (mirror_changed_cb), self);
  g_signal_connect (self->mirror, "damaged", G_CALLBACK (damaged_cb), self);
  self->sync = guichet_sync_new (self->api, self->mirror, self->clock);
  g_signal_connect (self->sync, "foreign", G_CALLBACK (foreign_cb), self);
  g_signal_connect (self->sync, "caught-up", G_CALLBACK (caught_up_cb), self);
  guichet_sync_run (self->sync);
}

void
_guichet_desk_take_mirror (GuichetDesk *self, GuichetMirror *mirror)
{
  g_set_object (&self->mirror, mirror);
  _guichet_desk_emit_mirror_replaced (self);
  /* The new mirror is to know the person and the catalogue too. */
  g_clear_pointer (&self->catalogue_version, g_free);
  ask_person (self);
  start_sync (self);
}

/* The feed */

static void
connected_cb (GuichetFeed *feed, GParamSpec *pspec, GuichetDesk *self)
{
  if (!guichet_feed_get_connected (feed))
    {
      self->person_known = FALSE;
      return;
    }

  _guichet_desk_set_offline (self, FALSE);
  guichet_outbox_doubt (self->outbox);
  guichet_outbox_hurry (self->outbox);
  if (self->sync != NULL)
    guichet_sync_run (self->sync);
  /* While the desk did not listen, rights and catalogue may have become others. */
  if (!self->person_known)
    ask_person (self);
  _guichet_desk_emit_reconnected (self);
}

static void
news_cb (GuichetFeed *feed, gint64 last, GuichetDesk *self)
{
  if (self->sync != NULL)
    guichet_sync_run (self->sync);
}

static void
heartbeat_cb (GuichetFeed *feed, gint64 now, GuichetDesk *self)
{
  self->clock_offset = now - guichet_clock_now (self->clock);
  _guichet_desk_check_day (self);
}

static void
epoch_cb (GuichetFeed *feed, GuichetDesk *self)
{
  ask_person (self);
}

static void
broken_cb (GuichetFeed *feed, GError *error, GuichetDesk *self)
{
  _guichet_desk_set_offline (self, TRUE);
  /* A call says whether the session has expired or was revoked; the API reports it. */
  if (g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT))
    ask_person (self);
}

/* The outbox */

static void
pending_cb (GuichetOutbox *outbox, const char *reference, GuichetDesk *self)
{
  _guichet_desk_notify_pending (self, reference);
}

static void
held_cb (GuichetOutbox *outbox, GuichetDesk *self)
{
  _guichet_desk_update_held (self);
}

static void
busy_cb (GuichetOutbox *outbox, GuichetDesk *self)
{
  _guichet_desk_update_unfinished (self);
}

static void
accepted_cb (GuichetOutbox *outbox, const char *reference, gint64 event, GuichetDesk *self)
{
  if (self->mirror != NULL && guichet_mirror_get_last (self->mirror) >= event)
    guichet_outbox_confirm (outbox, guichet_mirror_get_last (self->mirror));
  else if (self->sync != NULL)
    guichet_sync_run (self->sync);
}

/* All of it */

static void
signed_out_cb (GuichetApi *api, const char *word, GuichetDesk *self)
{
  _guichet_desk_end_session (self, word);
}

static gboolean
day_cb (gpointer user_data)
{
  _guichet_desk_check_day (user_data);
  return G_SOURCE_CONTINUE;
}

void
_guichet_desk_go_live (GuichetDesk *self)
{
  self->today = guichet_desk_today (self);
  self->day_timer = g_timeout_add_seconds (DAY_CHECK, day_cb, self);

  g_signal_connect (self->api, "signed-out", G_CALLBACK (signed_out_cb), self);
  g_signal_connect (self->outbox, "changed", G_CALLBACK (pending_cb), self);
  g_signal_connect (self->outbox, "held-changed", G_CALLBACK (held_cb), self);
  g_signal_connect (self->outbox, "accepted", G_CALLBACK (accepted_cb), self);
  g_signal_connect (self->outbox, "busy-changed", G_CALLBACK (busy_cb), self);

  self->feed = guichet_feed_new (self->api, self->clock, 0);
  g_signal_connect (self->feed, "notify::connected", G_CALLBACK (connected_cb), self);
  g_signal_connect (self->feed, "news", G_CALLBACK (news_cb), self);
  g_signal_connect (self->feed, "heartbeat", G_CALLBACK (heartbeat_cb), self);
  g_signal_connect (self->feed, "epoch", G_CALLBACK (epoch_cb), self);
  g_signal_connect (self->feed, "broken", G_CALLBACK (broken_cb), self);

  start_sync (self);
  guichet_feed_start (self->feed, guichet_mirror_get_last (self->mirror));
  guichet_outbox_start (self->outbox, self->api);
  _guichet_desk_update_held (self);
}

void
_guichet_desk_go_silent (GuichetDesk *self)
{
  g_clear_handle_id (&self->day_timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  _guichet_desk_drop_sync (self);
  if (self->feed != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->feed, self);
      guichet_feed_stop (self->feed);
    }
  g_clear_object (&self->feed);
  if (self->outbox != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->outbox, self);
      guichet_outbox_stop (self->outbox);
    }
  if (self->mirror != NULL)
    g_signal_handlers_disconnect_by_data (self->mirror, self);
  if (self->api != NULL)
    g_signal_handlers_disconnect_by_data (self->api, self);
  g_clear_handle_id (&self->person_timer, g_source_remove);
  self->person_attempts = 0;
  self->person_asked = FALSE;
  self->person_again = FALSE;
  self->person_known = FALSE;
  self->mirror_repaired = FALSE;
  self->mirror_opening = FALSE;
  _guichet_desk_forget_mirror_error (self);
}
