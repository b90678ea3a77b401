/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The engine: what it is made of, and what it tells.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-chain.h"
#include "guichetd-engine-private.h"

enum
{
  APPENDED,
  MAIL_QUEUED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetdEngine, guichetd_engine, G_TYPE_OBJECT)

// clang-format off
G_DEFINE_QUARK (guichetd-engine-error-quark, guichetd_engine_error)
// clang-format on

void
guichetd_receipt_free (GuichetdReceipt *self)
{
  g_free (self->reference);
  g_free (self);
}

void
guichetd_refused_clear (GuichetdRefused *self)
{
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->account_changes, g_ptr_array_unref);
}

void
guichetd_search_free (GuichetdSearch *self)
{
  g_free (self->stage);
  g_free (self->procedure);
  g_free (self->assignee);
  g_free (self->text);
  g_free (self->niss);
  g_free (self->sort);
  g_free (self->cursor);
  g_free (self);
}

void
guichetd_shown_free (GuichetdShown *self)
{
  g_free (self->key);
  g_free (self->reference);
  g_free (self);
}

/* News of what was made durable, on its way to the main context. */
typedef struct
{
  GuichetdEngine *engine; /* (owned) */
  GPtrArray *events;      /* (owned) */
  gboolean queued;
} News;

static void
news_free (gpointer data)
{
  News *self = data;

  g_object_unref (self->engine);
  g_ptr_array_unref (self->events);
  g_free (self);
}

static gboolean
tell (gpointer data)
{
  News *self = data;

  for (guint i = 0; i < self->events->len; i++)
    {
      const GuichetEvent *event = g_ptr_array_index (self->events, i);

      g_signal_emit (self->engine,
                     signals[APPENDED],
                     0,
                     event->number,
                     event->department,
                     event->procedure);
    }
  if (self->queued)
    g_signal_emit (self->engine, signals[MAIL_QUEUED], 0);

  return G_SOURCE_REMOVE;
}

void
guichetd_engine_announce (GuichetdEngine *self, GPtrArray *events, gboolean queued)
{
  News *news;

  if (events == NULL || events->len == 0)
    return;

  news = g_new0 (News, 1);
  news->engine = g_object_ref (self);
  news->events = g_ptr_array_ref (events);
  news->queued = queued;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, tell, news, news_free);
}

static void
guichetd_engine_finalize (GObject *object)
{
  GuichetdEngine *self = GUICHETD_ENGINE (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->recent, guichetd_recent_free);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_pointer (&self->texts, guichet_texts_unref);
  g_clear_pointer (&self->town, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->contact, g_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (guichetd_engine_parent_class)->finalize (object);
}

static void
guichetd_engine_class_init (GuichetdEngineClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = guichetd_engine_finalize;

  signals[APPENDED] = g_signal_new ("appended",
                                    type,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    3,
                                    G_TYPE_INT64,
                                    GUICHET_TYPE_DEPARTMENT,
                                    G_TYPE_STRING);
  signals[MAIL_QUEUED] =
      g_signal_new ("mail-queued", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichetd_engine_init (GuichetdEngine *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->recent = guichetd_recent_new (GUICHETD_ENGINE_RECENT);
}

GuichetdEngine *
guichetd_engine_new (GuichetdStore *store,
                     GuichetCatalogue *catalogue,
                     GuichetTexts *texts,
                     const GuichetTown *town,
                     GuichetClock *clock,
                     GTimeZone *zone)
{
  GuichetdEngine *self;

  g_return_val_if_fail (GUICHETD_IS_STORE (store), NULL);
  g_return_val_if_fail (catalogue != NULL, NULL);
  g_return_val_if_fail (town != NULL, NULL);
  g_return_val_if_fail (GUICHET_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  self = g_object_new (GUICHETD_TYPE_ENGINE, NULL);
  self->store = g_object_ref (store);
  self->catalogue = guichet_catalogue_ref (catalogue);
  self->texts = texts != NULL ? guichet_texts_ref (texts) : NULL;
  self->town = g_strdup (town->town);
  self->link = g_strdup (town->link);
  self->contact = g_strdup (town->contact);
  self->clock = g_object_ref (clock);
  self->zone = g_time_zone_ref (zone);
  return self;
}

GuichetCatalogue *
guichetd_engine_get_catalogue (GuichetdEngine *self)
{
  g_return_val_if_fail (GUICHETD_IS_ENGINE (self), NULL);

  return self->catalogue;
}

static gboolean
check_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GuichetdHash hash;
  gint64 number;

  return guichetd_chain_head (db, "find-last-event", &number, &hash, error);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  guichetd_store_read_finish (GUICHETD_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
guichetd_engine_check_async (GuichetdEngine *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, guichetd_engine_check_async);
  guichetd_store_read_async (self->store, check_work, NULL, NULL, cancellable, checked_cb, task);
}

gboolean
guichetd_engine_check_finish (GuichetdEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
