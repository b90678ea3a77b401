/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading lists: a page of a search, and what changed since.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichet-error.h"
#include "guichetd-engine-read-private.h"

#include "guichet-niss.h"

#include <string.h>

#define PAGE_SIZE_DEFAULT 50
#define PAGE_SIZE_MAX 200
#define CHANGES_MAX 1000

/* Microseconds for which a closed request stays in the lists of desks. */
#define CLOSED_SHOWN (90 * G_TIME_SPAN_DAY)

static gboolean
refuse (const char *message, GError **error)
{
  g_set_error_literal (error, GUICHET_REFUSAL, GUICHET_REFUSAL_INVALID, message);
  return FALSE;
}

static gboolean
take_sort (const char *word, GuichetdSort *ret_sort, GError **error)
{
  static const char *const words[] = {
    [GUICHETD_SORT_RECEIVED] = "received",
    [GUICHETD_SORT_CHANGED] = "changed",
    [GUICHETD_SORT_DUE] = "due",
  };

  *ret_sort = GUICHETD_SORT_RECEIVED;
  if (word == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0)
      {
        *ret_sort = (GuichetdSort) i;
        return TRUE;
      }
  return refuse ("a list is sorted by received, changed or due", error);
}

/*
 * Eleven digits are a person, whichever box they were typed into: an exact lookup.
 * @ret_digits is NULL if there are none, and empty if they are nobody's.
 */
static void
take_niss (const GuichetdSearch *search, char **ret_digits)
{
  const char *text = search->niss != NULL ? search->niss : search->text;

  *ret_digits = NULL;
  if (search->niss == NULL && (text == NULL || !guichet_niss_looks_like (text)))
    return;

  *ret_digits = guichet_niss_parse (text);
  if (*ret_digits == NULL)
    *ret_digits = g_strdup ("");
}

static const char *
take_assignee (const GuichetdReading *self)
{
  const char *assignee = self->search->assignee;

  if (g_strcmp0 (assignee, "me") == 0)
    return self->actor->login;
  if (g_strcmp0 (assignee, "none") == 0)
    return "";
  return assignee;
}

static void
write_page (GuichetdReading *self, const GuichetdListPage *page)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < page->lines->len; i++)
    guichet_json_writer_raw (writer, NULL, g_ptr_array_index (page->lines, i));
  guichet_json_writer_end_array (writer);
  guichet_json_writer_string (writer, "next", page->next);
  guichet_json_writer_integer (writer, "total", page->total);
  guichet_json_writer_end_object (writer);
  self->answer = guichet_json_writer_end (writer);
}

/* What a page is recorded with. One past the end shows nobody, but its total still tells how often the person
 * who was looked for is there: that is of those who stand at the beginning. */
static gboolean
note_page (GuichetdReading *self,
           GuichetDb *db,
           const GuichetdListQuery *query,
           const GuichetdListPage *page,
           GError **error)
{
  GuichetdListQuery beginning = *query;
  g_auto (GuichetdListPage) counted = { 0 };

  if (page->references->len > 0 || page->total == 0 || (query->niss == NULL && query->text == NULL))
    {
      guichetd_reading_note_list (self, page->references);
      return TRUE;
    }

  beginning.cursor = NULL;
  if (!guichetd_listing_search (self->engine->store, db, &beginning, &counted, error))
    return FALSE;
  guichetd_reading_note_list (self, counted.references);
  return TRUE;
}

static gboolean
read_search (GuichetdReading *self, GuichetDb *db, GError **error)
{
  const GuichetdSearch *search = self->search;
  g_auto (GuichetdRights) rights = { 0 };
  g_auto (GuichetdListPage) page = { 0 };
  g_autoptr (GError) local_error = NULL;
  g_autofree char *digits = NULL;
  guint8 niss[GUICHETD_NISS_BYTES];
  GuichetdListQuery query = {
    .rights = &rights,
    .department = search->department,
    .phases = search->phases,
    .stage = search->stage,
    .procedure = search->procedure,
    .assignee = take_assignee (self),
    .late = search->late ? guichetd_engine_day (self->engine, self->instant) : GUICHET_DAY_NONE,
    .page_size = search->page_size > 0 ? MIN (search->page_size, PAGE_SIZE_MAX) : PAGE_SIZE_DEFAULT,
    .cursor = search->cursor,
  };

  if (!take_sort (search->sort, &query.sort, error))
    return FALSE;
  guichetd_engine_rights (self->engine, self->actor, &rights);
  take_niss (search, &digits);
  if (digits != NULL)
    {
      guichetd_requests_niss (guichetd_store_get_keys (self->engine->store), digits, niss);
      query.niss = niss;
      self->detail = g_strdup ("niss");
    }
  if (digits == NULL || search->niss != NULL)
    query.text = search->text;

  if (!guichetd_listing_search (self->engine->store, db, &query, &page, &local_error))
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
        return refuse (local_error->message, error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  write_page (self, &page);
  return note_page (self, db, &query, &page, error);
}

static void
write_changes (GuichetdReading *self, const GuichetdChanges *changes)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < changes->references->len; i++)
    {
      const char *line = g_ptr_array_index (changes->lines, i);

      guichet_json_writer_begin_object (writer, NULL);
      if (line != NULL)
        {
          guichet_json_writer_raw (writer, "line", line);
          guichet_json_writer_integer (writer, "news", g_array_index (changes->news, gint64, i));
        }
      else
        {
          guichet_json_writer_string (writer,
                                      "reference",
                                      g_ptr_array_index (changes->references, i));
          guichet_json_writer_boolean (writer, "gone", TRUE);
          if (g_array_index (changes->purged, gboolean, i))
            guichet_json_writer_boolean (writer, "purged", TRUE);
        }
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_integer (writer, "last", changes->last);
  guichet_json_writer_boolean (writer, "more", changes->more);
  if (self->after == 0)
    guichet_json_writer_integer (writer, "total", changes->total);
  guichet_json_writer_end_object (writer);
  self->answer = guichet_json_writer_end (writer);
}

static gboolean
read_changes (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_auto (GuichetdRights) rights = { 0 };
  g_auto (GuichetdChanges) changes = { 0 };

  guichetd_engine_rights (self->engine, self->actor, &rights);
  if (!guichetd_listing_changes (db,
                                 self->actor->login,
                                 &rights,
                                 self->after,
                                 self->limit,
                                 self->instant - CLOSED_SHOWN,
                                 &changes,
                                 error))
    return FALSE;

  write_changes (self, &changes);
  guichetd_reading_note_list (self, changes.references);
  return TRUE;
}

void
guichetd_engine_search_async (GuichetdEngine *self,
                              GuichetClerk *actor,
                              GuichetdSearch *search,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && search != NULL);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "search",
                                  read_search,
                                  guichetd_engine_search_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->search = search;
  guichetd_reading_start (reading);
}

void
guichetd_engine_changes_async (GuichetdEngine *self,
                               GuichetClerk *actor,
                               gint64 after,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && after >= 0);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "changes",
                                  read_changes,
                                  guichetd_engine_changes_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->after = after;
  reading->limit = CLAMP (limit, 1, CHANGES_MAX);
  guichetd_reading_start (reading);
}

static gboolean
read_newest (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_auto (GuichetdRights) rights = { 0 };

  guichetd_engine_rights (self->engine, self->actor, &rights);
  return guichetd_listing_newest (db, &rights, &self->newest, error);
}

void
guichetd_engine_newest_async (GuichetdEngine *self,
                              GuichetClerk *actor,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL);

  /* It shows nobody: nothing is recorded of it. */
  guichetd_reading_start (guichetd_reading_new (self,
                                                actor,
                                                "changes",
                                                read_newest,
                                                guichetd_engine_newest_async,
                                                cancellable,
                                                callback,
                                                user_data));
}

gboolean
guichetd_engine_newest_finish (GuichetdEngine *self,
                               GAsyncResult *result,
                               gint64 *ret_newest,
                               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GuichetdReading *reading;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  reading = g_task_get_task_data (G_TASK (result));
  *ret_newest = reading->newest;
  g_task_propagate_pointer (G_TASK (result), &local_error);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}
