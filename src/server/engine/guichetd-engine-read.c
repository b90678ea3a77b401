/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading one request, its journal and its documents. A reading goes from the reader's thread
 * straight to the writer's, where it is recorded with others in one transaction, and from
 * there to the main context: what is answered has been recorded.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-access.h"
#include "guichet-error.h"
#include "guichetd-documents.h"
#include "guichetd-engine-read-private.h"
#include "guichetd-journal.h"

#include <string.h>

static void
reading_free (gpointer data)
{
  GuichetdReading *self = data;

  guichetd_job_clear (&self->job);
  g_clear_pointer (&self->actor, guichet_clerk_unref);
  g_free (self->reference);
  g_free (self->document);
  g_free (self->to);
  g_free (self->reason);
  g_free (self->sentence);
  g_clear_pointer (&self->search, guichetd_search_free);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_free (self->seen);
  g_free (self->listed);
  g_free (self->detail);
  g_free (self);
}

static gboolean
read_half (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GuichetdReading *self = data;

  self->instant = guichet_clock_now (self->engine->clock);
  return self->work (self, db, error);
}

static gboolean
record_half (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GuichetdReading *self = data;
  const GuichetdAccess access = {
    .actor = self->actor->login,
    .instant = self->instant,
    .route = self->route,
    .reference = self->seen,
    .listed = self->listed,
    .detail = self->detail,
  };

  return (self->seen == NULL && self->listed == NULL) ||
         guichetd_access_append (store, db, &access, error);
}

static void
reading_done (GuichetdJob *job)
{
  GuichetdReading *self = job->user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->answer), (GDestroyNotify) g_bytes_unref);
}

GuichetdReading *
guichetd_reading_new (GuichetdEngine *engine,
                      GuichetClerk *actor,
                      const char *route,
                      GuichetdReadingWork work,
                      gpointer tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GuichetdReading *self = g_new0 (GuichetdReading, 1);

  self->task = g_task_new (engine, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tag);
  g_task_set_task_data (self->task, self, reading_free);
  self->engine = engine;
  self->work = work;
  self->actor = guichet_clerk_ref (actor);
  self->route = route;
  self->job = (GuichetdJob){
    .read = read_half,
    .write = record_half,
    .single = TRUE,
    .data = self,
    .cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL,
    .done = reading_done,
    .user_data = self,
  };
  return self;
}

void
guichetd_reading_start (GuichetdReading *self)
{
  guichetd_store_push (self->engine->store, &self->job);
}

void
guichetd_reading_note_list (GuichetdReading *self, GPtrArray *references)
{
  g_autoptr (GuichetJsonWriter) writer = NULL;

  if (references->len == 0)
    return;

  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < references->len; i++)
    guichet_json_writer_string (writer, NULL, g_ptr_array_index (references, i));
  guichet_json_writer_end_array (writer);
  self->listed = guichet_json_writer_end_text (writer);
}

static gboolean
find_row (GuichetdReading *self,
          GuichetDb *db,
          gboolean with_state,
          GuichetdRow *row,
          GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean found;

  found = with_state ? guichetd_requests_find_state (guichetd_store_get_keys (self->engine->store),
                                                     db,
                                                     self->reference,
                                                     row,
                                                     &local_error)
                     : guichetd_requests_find (db, self->reference, row, &local_error);
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return FALSE;
  if (!found)
    return guichetd_engine_not_found (error);

  return guichetd_engine_admit (self->engine,
                                self->actor,
                                GUICHET_CAN_READ,
                                row->department,
                                row->procedure,
                                error);
}

/* State and line are there as text: they are copied, not read and written again. */
static gboolean
read_request (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_auto (GuichetdRow) row = { 0 };
  g_autoptr (GString) text = NULL;
  g_autofree char *today = NULL;

  if (!find_row (self, db, TRUE, &row, error))
    return FALSE;

  today = guichet_day_text (guichetd_engine_day (self->engine, self->instant));
  text = g_string_sized_new (g_bytes_get_size (row.state) + strlen (row.line) + 64);
  g_string_append (text, "{\"request\":");
  g_string_append_len (text,
                       g_bytes_get_data (row.state, NULL),
                       (gssize) g_bytes_get_size (row.state));
  g_string_append (text, ",\"line\":");
  g_string_append (text, row.line);
  g_string_append (text, ",\"today\":\"");
  g_string_append (text, today);
  g_string_append (text, "\"}");

  self->answer = g_string_free_to_bytes (g_steal_pointer (&text));
  self->seen = g_steal_pointer (&row.reference);
  return TRUE;
}

static gboolean
read_events (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GPtrArray) events = NULL;
  g_auto (GuichetdRow) row = { 0 };

  if (!find_row (self, db, FALSE, &row, error))
    return FALSE;
  events = guichetd_journal_read (guichetd_store_get_keys (self->engine->store),
                                  db,
                                  row.reference,
                                  0,
                                  GUICHETD_JOURNAL_FULL,
                                  error);
  if (events == NULL)
    return FALSE;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < events->len; i++)
    guichet_event_write (g_ptr_array_index (events, i), writer, NULL);
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);

  self->answer = guichet_json_writer_end (writer);
  self->seen = g_steal_pointer (&row.reference);
  return TRUE;
}

static gboolean
read_document (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (GuichetdRow) row = { 0 };

  if (!find_row (self, db, FALSE, &row, error))
    return FALSE;

  self->answer = guichetd_documents_find (self->engine->store,
                                          db,
                                          row.reference,
                                          self->document,
                                          &local_error);
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return FALSE;
  if (self->answer == NULL)
    return guichetd_engine_not_found (error);

  self->seen = g_steal_pointer (&row.reference);
  self->detail = g_strdup (self->document);
  return TRUE;
}

void
guichetd_engine_request_async (GuichetdEngine *self,
                               GuichetClerk *actor,
                               const char *reference,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && reference != NULL);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "request",
                                  read_request,
                                  guichetd_engine_request_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->reference = g_strdup (reference);
  guichetd_reading_start (reading);
}

void
guichetd_engine_events_async (GuichetdEngine *self,
                              GuichetClerk *actor,
                              const char *reference,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && reference != NULL);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "events",
                                  read_events,
                                  guichetd_engine_events_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->reference = g_strdup (reference);
  guichetd_reading_start (reading);
}

void
guichetd_engine_document_async (GuichetdEngine *self,
                                GuichetClerk *actor,
                                const char *reference,
                                const char *document,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && reference != NULL && document != NULL);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "document",
                                  read_document,
                                  guichetd_engine_document_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->reference = g_strdup (reference);
  reading->document = g_strdup (document);
  guichetd_reading_start (reading);
}

GBytes *
guichetd_engine_read_finish (GuichetdEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
