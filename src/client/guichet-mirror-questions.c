/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the mirror's two threads are asked, and what they answer.
 */
#define G_LOG_DOMAIN "guichet-mirror-questions"

#include "config.h"

#include "guichet-mirror-private.h"

/* In the threads */

static gboolean
is_closed (GTask *task, gconstpointer thing)
{
  if (thing != NULL)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the mirror is closed");
  return TRUE;
}

static void
apply (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GuichetMirrorWriter *writer = ask->shared->writer;
  GuichetApplied *applied;
  gboolean more;
  GError *error = NULL;

  if (is_closed (task, writer))
    return;
  applied = guichet_mirror_writer_apply (writer, ask->bytes, &error);
  more = applied != NULL && applied->more;
  _guichet_mirror_return (task, applied, (GDestroyNotify) guichet_applied_free, error);
  /* Nobody waits for it, and once is enough for all pages. */
  if (!more)
    guichet_mirror_writer_scrub (writer);
}

static void
write_today (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GuichetApplied *applied;
  GError *error = NULL;

  if (is_closed (task, ask->shared->writer))
    return;
  applied = guichet_mirror_writer_set_today (ask->shared->writer, ask->today, &error);
  _guichet_mirror_return (task, applied, (GDestroyNotify) guichet_applied_free, error);
}

static void
write_seen (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GuichetApplied *applied;
  GError *error = NULL;

  if (is_closed (task, ask->shared->writer))
    return;
  applied = guichet_mirror_writer_put_seen (ask->shared->writer, ask->text, ask->number, &error);
  _guichet_mirror_return (task, applied, (GDestroyNotify) guichet_applied_free, error);
}

static void
write_me (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GError *error = NULL;

  if (is_closed (task, ask->shared->writer))
    return;
  guichet_mirror_writer_put_me (ask->shared->writer, ask->bytes, ask->number, &error);
  _guichet_mirror_return (task, NULL, NULL, error);
}

static void
write_catalogue (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GError *error = NULL;

  if (is_closed (task, ask->shared->writer))
    return;
  guichet_mirror_writer_put_catalogue (ask->shared->writer, ask->bytes, ask->text, &error);
  _guichet_mirror_return (task, NULL, NULL, error);
}

static void
write_content (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  g_autoptr (GuichetContent) content = NULL;
  GError *error = NULL;

  if (is_closed (task, ask->shared->writer))
    return;
  content = guichet_content_read (ask->bytes, ask->more_bytes, &error);
  if (content != NULL)
    guichet_mirror_writer_put_content (ask->shared->writer,
                                       ask->text,
                                       content->request->version,
                                       ask->bytes,
                                       ask->more_bytes,
                                       ask->number,
                                       &error);
  _guichet_mirror_return (task,
                          error == NULL ? g_steal_pointer (&content) : NULL,
                          (GDestroyNotify) guichet_content_unref,
                          error);
}

static void
read_content (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GuichetContent *content;
  GError *error = NULL;

  if (is_closed (task, ask->shared->reader))
    return;
  content = guichet_mirror_reader_find_content (ask->shared->reader, ask->text, &error);
  _guichet_mirror_return (task, content, (GDestroyNotify) guichet_content_unref, error);
}

static void
read_list (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GuichetMirrorAsk *ask = task_data;
  GError *error = NULL;

  if (is_closed (task, ask->shared->reader))
    return;
  if (!guichet_mirror_reader_list (ask->shared->reader, ask->listing, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&ask->listing),
                           (GDestroyNotify) guichet_listing_free);
}

/* Answers */

/* Hands on what a thread answered. */
static void
hand_on (GTask *task, GAsyncResult *result, GDestroyNotify destroy)
{
  GuichetMirror *self = g_task_get_source_object (task);
  GError *error = NULL;
  gpointer pointer = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    error = _guichet_mirror_desk_error (self, error, GUICHET_DESK_ERROR_UNREADABLE);
  _guichet_mirror_return (task, pointer, destroy, error);
}

static void
content_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  hand_on (task, result, (GDestroyNotify) guichet_content_unref);
}

static void
listing_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  hand_on (task, result, (GDestroyNotify) guichet_listing_free);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetMirror *self = g_task_get_source_object (task);
  GError *error = NULL;
  GuichetApplied *applied = g_task_propagate_pointer (G_TASK (result), &error);

  if (applied != NULL)
    _guichet_mirror_take_applied (self, applied);
  else
    error = _guichet_mirror_desk_error (self, error, GUICHET_DESK_ERROR_STORAGE);
  _guichet_mirror_return (task, applied, (GDestroyNotify) guichet_applied_free, error);
}

/* Where nobody waits for the answer. */
static void
complain (GuichetMirror *self, const GError *error)
{
  _guichet_mirror_meet (self, error);
  if (error->domain != G_IO_ERROR && !self->damaged)
    g_warning ("the mirror cannot be written: %s", error->message);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetMirror) self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    complain (self, error);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetMirror) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetApplied) applied = g_task_propagate_pointer (G_TASK (result), &error);

  if (applied != NULL)
    _guichet_mirror_take_applied (self, applied);
  else
    complain (self, error);
}

/* Writing */

void
guichet_mirror_apply_async (GuichetMirror *self,
                            GBytes *page,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  g_task_set_source_tag (task, guichet_mirror_apply_async);
  ask = _guichet_mirror_ask_new (self);
  ask->bytes = g_bytes_ref (page);
  _guichet_mirror_ask_thread (self->writer,
                              ask,
                              apply,
                              cancellable,
                              applied_cb,
                              g_object_ref (task));
}

GuichetApplied *
guichet_mirror_apply_finish (GuichetMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_mirror_set_today (GuichetMirror *self, GuichetDay today)
{
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  ask = _guichet_mirror_ask_new (self);
  ask->today = today;
  _guichet_mirror_ask_thread (self->writer,
                              ask,
                              write_today,
                              NULL,
                              changed_cb,
                              g_object_ref (self));
}

void
guichet_mirror_put_seen (GuichetMirror *self, const char *reference, gint64 event)
{
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  ask = _guichet_mirror_ask_new (self);
  ask->text = g_strdup (reference);
  ask->number = event;
  _guichet_mirror_ask_thread (self->writer, ask, write_seen, NULL, changed_cb, g_object_ref (self));
}

void
guichet_mirror_put_me (GuichetMirror *self, GBytes *me, gint64 clock_offset)
{
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  ask = _guichet_mirror_ask_new (self);
  ask->bytes = g_bytes_ref (me);
  ask->number = clock_offset;
  _guichet_mirror_ask_thread (self->writer, ask, write_me, NULL, noted_cb, g_object_ref (self));
}

void
guichet_mirror_put_catalogue (GuichetMirror *self, GBytes *catalogue, const char *version)
{
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  ask = _guichet_mirror_ask_new (self);
  ask->bytes = g_bytes_ref (catalogue);
  ask->text = g_strdup (version);
  _guichet_mirror_ask_thread (self->writer,
                              ask,
                              write_catalogue,
                              NULL,
                              noted_cb,
                              g_object_ref (self));
}

/* Contents */

void
guichet_mirror_put_content_async (GuichetMirror *self,
                                  const char *reference,
                                  GBytes *request,
                                  GBytes *events,
                                  gint64 now,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  g_task_set_source_tag (task, guichet_mirror_put_content_async);
  ask = _guichet_mirror_ask_new (self);
  ask->text = g_strdup (reference);
  ask->bytes = g_bytes_ref (request);
  ask->more_bytes = g_bytes_ref (events);
  ask->number = now;
  _guichet_mirror_ask_thread (self->writer,
                              ask,
                              write_content,
                              cancellable,
                              content_cb,
                              g_object_ref (task));
}

void
guichet_mirror_find_content_async (GuichetMirror *self,
                                   const char *reference,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  g_task_set_source_tag (task, guichet_mirror_find_content_async);
  ask = _guichet_mirror_ask_new (self);
  ask->text = g_strdup (reference);
  _guichet_mirror_ask_thread (self->reader,
                              ask,
                              read_content,
                              cancellable,
                              content_cb,
                              g_object_ref (task));
}

GuichetContent *
guichet_mirror_content_finish (GuichetMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Lists and rows */

void
guichet_mirror_list_async (GuichetMirror *self,
                           GuichetListing *listing,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GuichetMirrorAsk *ask;

  g_return_if_fail (GUICHET_IS_MIRROR (self));

  g_task_set_source_tag (task, guichet_mirror_list_async);
  ask = _guichet_mirror_ask_new (self);
  ask->listing = listing;
  _guichet_mirror_ask_thread (self->reader,
                              ask,
                              read_list,
                              cancellable,
                              listing_cb,
                              g_object_ref (task));
}

GuichetListing *
guichet_mirror_list_finish (GuichetMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
