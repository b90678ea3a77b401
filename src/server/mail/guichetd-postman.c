/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the queue to the transport, and back as an event.
 *
 * One round at a time: look → claim → for each: compose (reader thread) → deliver (mail thread)
 * → report (command) → look again.
 */
#define G_LOG_DOMAIN "guichetd-postman"

#include "config.h"

#include "guichetd-postman-private.h"

#include "guichet-retry.h"

#define ROUND_MAX 50
/* Commands come in bursts: one look for all of them. */
#define GATHER_MS 100
/* What was claimed is sent again after that, should this daemon die while it sends. */
#define CLAIM_US (60 * G_USEC_PER_SEC)
/* Until the queue is looked at again that could not be read or written. */
#define TROUBLE_US (5 * G_USEC_PER_SEC)
#define DETAIL_MAX 500

G_DEFINE_FINAL_TYPE (GuichetdPostman, guichetd_postman, G_TYPE_OBJECT)

/* Looking into the queue and claiming what is due. */
typedef struct
{
  gint64 now;
  gint64 next;      /* out of the look: 0 if nothing waits */
  GPtrArray *items; /* (owned) (nullable): out of the claim */
} Look;

static void look (GuichetdPostman *self);
static void looked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void send_next (GuichetdPostman *self);
static void composed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void delivered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void reported_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
look_free (gpointer data)
{
  Look *self = data;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

/* In threads */

static gboolean
look_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Look *self = data;

  return guichetd_mail_queue_next (db, &self->next, error);
}

static gboolean
claim_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Look *self = data;

  self->items = guichetd_mail_queue_claim (db, self->now, self->now + CLAIM_US, ROUND_MAX, error);
  return self->items != NULL;
}

static gboolean
drop_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  return guichetd_mail_queue_done (db, data, error);
}

/* The round */

static gboolean
timer_cb (gpointer user_data)
{
  GuichetdPostman *self = user_data;

  self->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_in (GuichetdPostman *self, gint64 micros)
{
  guint milliseconds = (guint) CLAMP (micros / 1000, 0, 3600 * 1000);
  gint64 at = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  /* The earliest stays: news that never end must not put a look off for ever. */
  if (self->timer != 0 && self->timer_at <= at)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer_at = at;
  self->timer = g_timeout_add (milliseconds, timer_cb, self);
}

static gboolean
is_stopped (GuichetdPostman *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
end_round (GuichetdPostman *self)
{
  self->looking = FALSE;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  if (!is_stopped (self) && self->news)
    look_in (self, 0);
}

/* Mail must not wait for the next command only because the disk was full for a moment. */
static void
end_round_in_trouble (GuichetdPostman *self, const char *what, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("the mail queue cannot be %s: %s", what, error->message);
  self->news = FALSE;
  end_round (self);
  if (!is_stopped (self))
    look_in (self, TROUBLE_US);
}

static void
look (GuichetdPostman *self)
{
  Look *data;

  if (self->looking || is_stopped (self))
    {
      self->news = TRUE;
      return;
    }

  self->looking = TRUE;
  self->news = FALSE;
  data = g_new0 (Look, 1);
  data->now = guichet_clock_now (self->clock);
  guichetd_store_read_async (self->store,
                             look_work,
                             data,
                             look_free,
                             self->cancellable,
                             looked_cb,
                             g_object_ref (self));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdPostman) self = user_data;
  g_autoptr (GError) error = NULL;
  const Look *found = guichetd_store_read_finish (GUICHETD_STORE (source), result, &error);
  Look *data;

  if (found == NULL)
    {
      end_round_in_trouble (self, "read", error);
      return;
    }
  if (found->next == 0 || is_stopped (self))
    {
      end_round (self);
      return;
    }
  if (found->next > found->now)
    {
      look_in (self, found->next - found->now);
      end_round (self);
      return;
    }

  data = g_new0 (Look, 1);
  data->now = found->now;
  guichetd_store_write_async (self->store,
                              claim_work,
                              data,
                              look_free,
                              self->cancellable,
                              claimed_cb,
                              g_object_ref (self));
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdPostman) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *found = guichetd_store_write_finish (GUICHETD_STORE (source), result, &error);

  if (found == NULL)
    {
      end_round_in_trouble (self, "claimed from", error);
      return;
    }

  self->items = g_steal_pointer (&found->items);
  self->at = 0;
  send_next (self);
}

static void
send_next (GuichetdPostman *self)
{
  GuichetdLetter *letter;

  if (is_stopped (self) || self->at >= self->items->len)
    {
      self->news = TRUE;
      end_round (self);
      return;
    }

  letter = g_new0 (GuichetdLetter, 1);
  letter->postman = g_object_ref (self);
  letter->item = g_ptr_array_index (self->items, self->at);
  letter->now = guichet_clock_now (self->clock);
  guichetd_store_read_async (self->store,
                             _guichetd_letter_compose,
                             letter,
                             _guichetd_letter_free,
                             self->cancellable,
                             composed_cb,
                             g_object_ref (self));
}

static void
report (GuichetdPostman *self, GuichetEventKind fate, const char *detail, gint64 next_attempt)
{
  const GuichetdMailItem *item = g_ptr_array_index (self->items, self->at);
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_REPORT_NOTIFICATION);

  command->reference = g_strdup (item->reference);
  command->notification = g_strdup (item->notification);
  command->fate = fate;
  if (detail != NULL)
    command->detail = g_utf8_substring (detail, 0, MIN (g_utf8_strlen (detail, -1), DETAIL_MAX));
  command->next_attempt = next_attempt;
  /* Not cancelled by a stop: what was sent is to be said, or it is sent again. */
  guichetd_engine_command_async (self->engine,
                                 NULL,
                                 command,
                                 NULL,
                                 reported_cb,
                                 g_object_ref (self));
}

static void
report_trouble (GuichetdPostman *self, const char *detail)
{
  const GuichetdMailItem *item = g_ptr_array_index (self->items, self->at);
  gint64 now = guichet_clock_now (self->clock);
  gint64 first = item->first != 0 ? item->first : now;
  gint64 next = 0;

  if (guichet_retry_next (&guichet_retry_mail,
                          item->attempts + 1,
                          first,
                          now,
                          g_random_double (),
                          &next))
    report (self, GUICHET_EVENT_NOTIFICATION_DELAYED, detail, next);
  else
    report (self, GUICHET_EVENT_NOTIFICATION_FAILED, detail, 0);
}

static void
composed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdPostman) self = user_data;
  g_autoptr (GError) error = NULL;
  GuichetdLetter *letter = guichetd_store_read_finish (GUICHETD_STORE (source), result, &error);
  g_autoptr (GTask) task = NULL;
  GuichetdLetter *copy;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      end_round (self);
      return;
    }
  if (letter == NULL)
    {
      /* A message that cannot be made will not be made later either; a database may be read again. */
      if (error->domain == G_IO_ERROR)
        report (self, GUICHET_EVENT_NOTIFICATION_FAILED, error->message, 0);
      else
        report_trouble (self, error->message);
      return;
    }
  if (letter->message == NULL)
    {
      const GuichetdMailItem *item = letter->item;

      guichetd_store_write_async (self->store,
                                  drop_work,
                                  g_strdup (item->notification),
                                  g_free,
                                  NULL,
                                  dropped_cb,
                                  g_object_ref (self));
      return;
    }

  copy = g_new0 (GuichetdLetter, 1);
  copy->postman = g_object_ref (self);
  copy->item = letter->item;
  copy->to = g_steal_pointer (&letter->to);
  copy->message = g_steal_pointer (&letter->message);
  task = g_task_new (NULL, self->cancellable, delivered_cb, g_object_ref (self));
  g_task_set_source_tag (task, composed_cb);
  g_task_set_task_data (task, copy, _guichetd_letter_free);
  guichet_worker_push (self->worker, G_PRIORITY_DEFAULT, task, _guichetd_letter_deliver);
}

static void
delivered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdPostman) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    report (self, GUICHET_EVENT_NOTIFICATION_SENT, NULL, 0);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_round (self);
  else if (g_error_matches (error, GUICHETD_MAIL_ERROR, GUICHETD_MAIL_ERROR_PERMANENT))
    report (self, GUICHET_EVENT_NOTIFICATION_FAILED, error->message, 0);
  else
    report_trouble (self, error->message);
}

static void
reported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdPostman) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdReceipt) receipt =
      guichetd_engine_command_finish (GUICHETD_ENGINE (source), result, NULL, &error);

  if (receipt == NULL)
    g_warning ("the fate of a notification could not be written down: %s", error->message);
  self->at++;
  send_next (self);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdPostman) self = user_data;
  g_autoptr (GError) error = NULL;

  if (guichetd_store_write_finish (GUICHETD_STORE (source), result, &error) == NULL)
    g_warning ("the mail queue cannot be written: %s", error->message);
  self->at++;
  send_next (self);
}

static void
queued_cb (GuichetdPostman *self)
{
  self->news = TRUE;
  if (!self->looking)
    look_in (self, GATHER_MS * 1000);
}

/* GObject */

static void
guichetd_postman_dispose (GObject *object)
{
  GuichetdPostman *self = GUICHETD_POSTMAN (object);

  guichetd_postman_stop (self);
  g_clear_object (&self->worker);
  g_clear_object (&self->store);
  g_clear_object (&self->engine);
  g_clear_object (&self->transport);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (guichetd_postman_parent_class)->dispose (object);
}

static void
guichetd_postman_finalize (GObject *object)
{
  GuichetdPostman *self = GUICHETD_POSTMAN (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  guichet_texts_unref (self->texts);
  g_time_zone_unref (self->zone);
  g_free (self->town_name);
  g_free (self->town_link);
  g_free (self->town_contact);
  g_free (self->from);
  g_free (self->from_name);
  g_free (self->reply_to);

  G_OBJECT_CLASS (guichetd_postman_parent_class)->finalize (object);
}

static void
guichetd_postman_class_init (GuichetdPostmanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichetd_postman_dispose;
  object_class->finalize = guichetd_postman_finalize;
}

static void
guichetd_postman_init (GuichetdPostman *self)
{
  self->cancellable = g_cancellable_new ();
}

GuichetdPostman *
guichetd_postman_new (GuichetdStore *store,
                      GuichetdEngine *engine,
                      GuichetTexts *texts,
                      const GuichetTown *town,
                      GTimeZone *zone,
                      GuichetClock *clock,
                      GuichetdTransport *transport,
                      const GuichetdSender *sender)
{
  GuichetdPostman *self = g_object_new (GUICHETD_TYPE_POSTMAN, NULL);

  self->store = g_object_ref (store);
  self->engine = g_object_ref (engine);
  self->texts = guichet_texts_ref (texts);
  self->zone = g_time_zone_ref (zone);
  self->clock = g_object_ref (clock);
  self->transport = g_object_ref (transport);
  self->town_name = g_strdup (town->town);
  self->town_link = g_strdup (town->link);
  self->town_contact = g_strdup (town->contact);
  self->from = g_strdup (sender->from);
  self->from_name = g_strdup (sender->from_name);
  self->reply_to = g_strdup (sender->reply_to);
  return self;
}

void
guichetd_postman_start (GuichetdPostman *self)
{
  g_return_if_fail (GUICHETD_IS_POSTMAN (self));
  g_return_if_fail (self->worker == NULL);

  self->worker = guichet_worker_new ("mail");
  self->queued =
      g_signal_connect_swapped (self->engine, "mail-queued", G_CALLBACK (queued_cb), self);
  look (self);
}

void
guichetd_postman_stop (GuichetdPostman *self)
{
  g_return_if_fail (GUICHETD_IS_POSTMAN (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->engine != NULL)
    g_clear_signal_handler (&self->queued, self->engine);
  if (self->worker != NULL)
    guichet_worker_shutdown (self->worker);
}
