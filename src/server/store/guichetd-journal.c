/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journal.
 */
#define G_LOG_DOMAIN "guichetd-journal"

#include "config.h"

#include "guichetd-journal.h"
#include "guichet-error.h"
#include "guichetd-chain.h"
#include "guichetd-store-private.h"

/* A payload is at most a form: 64 KiB as it came in, plus what a codec adds. */
static const GuichetJsonLimits payload_limits = { 512 * 1024, 16 };

char *
guichetd_journal_header (const GuichetEvent *event)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  /* Names, order and form are part of every hash ever made: they stay as they are. */
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_integer (writer, "number", event->number);
  guichet_json_writer_string (writer, "reference", event->reference);
  guichet_json_writer_enum (writer, "kind", GUICHET_TYPE_EVENT_KIND, event->kind);
  guichet_json_writer_string (writer, "procedure", event->procedure);
  guichet_json_writer_enum (writer, "department", GUICHET_TYPE_DEPARTMENT, event->department);
  guichet_json_writer_string (writer, "stage", event->stage);
  guichet_json_writer_enum (writer, "phase", GUICHET_TYPE_PHASE, event->phase);
  guichet_json_writer_enum (writer, "waiting", GUICHET_TYPE_WAITING, event->waiting);
  guichet_json_writer_enum (writer, "blocker", GUICHET_TYPE_BLOCKER, event->blocker);
  guichet_json_writer_enum (writer, "result", GUICHET_TYPE_RESULT, event->result);
  guichet_json_writer_string (writer, "assignee", event->assignee);
  guichet_json_writer_string (writer, "actor", event->actor);
  guichet_json_writer_integer (writer, "instant", event->instant);
  guichet_json_writer_integer (writer, "version", event->version);
  guichet_json_writer_string (writer, "key", event->key);
  guichet_json_writer_end_object (writer);

  return guichet_json_writer_end_text (writer);
}

/* Under which key the payload goes. The reason of a purge outlives the request's own. */
static gboolean
find_key (GuichetdKeys *keys, const GuichetEvent *event, GuichetdKey *key, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (event->kind == GUICHET_EVENT_PURGED)
    {
      *key = *guichetd_keys_get_secret (keys, GUICHETD_SECRET_PURGE);
      return TRUE;
    }

  if (guichetd_keys_find (keys, event->reference, key, &local_error))
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error,
                 GUICHET_DB_ERROR,
                 GUICHET_DB_ERROR_DAMAGED,
                 "the key of request %s is not there",
                 event->reference);
  return FALSE;
}

static void
bind_word (GuichetStatement *statement, const char *name, GType type, int value)
{
  guichet_statement_bind_text (statement, name, guichet_enum_word (type, value));
}

static gboolean
insert (GuichetDb *db,
        const GuichetEvent *event,
        GBytes *payload,
        const GuichetdHash *hash,
        GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-event");

  guichet_statement_bind_integer (statement, "number", event->number);
  guichet_statement_bind_text (statement, "reference", event->reference);
  bind_word (statement, "kind", GUICHET_TYPE_EVENT_KIND, event->kind);
  guichet_statement_bind_text (statement, "procedure", event->procedure);
  bind_word (statement, "department", GUICHET_TYPE_DEPARTMENT, event->department);
  guichet_statement_bind_text (statement, "stage", event->stage);
  bind_word (statement, "phase", GUICHET_TYPE_PHASE, event->phase);
  bind_word (statement, "waiting", GUICHET_TYPE_WAITING, event->waiting);
  bind_word (statement, "blocker", GUICHET_TYPE_BLOCKER, event->blocker);
  bind_word (statement, "result", GUICHET_TYPE_RESULT, event->result);
  guichet_statement_bind_text (statement, "assignee", event->assignee);
  guichet_statement_bind_text (statement, "actor", event->actor);
  guichet_statement_bind_integer (statement, "instant", event->instant);
  guichet_statement_bind_integer (statement, "version", event->version);
  guichet_statement_bind_text (statement, "key", event->key);
  guichet_statement_bind_bytes (statement, "payload", payload);
  guichet_statement_bind_blob (statement, "hash", hash->bytes, sizeof hash->bytes);

  return guichet_statement_run (statement, error);
}

gboolean
guichetd_journal_append (GuichetdStore *store, GuichetDb *db, GuichetEvent *event, GError **error)
{
  GuichetdKeys *keys = guichetd_store_get_keys (store);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_auto (GuichetdKey) key = { 0 };
  g_autoptr (GBytes) clear = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *header = NULL;
  GuichetdHash before, hash;
  gint64 number;

  g_return_val_if_fail (event->number == 0, FALSE);

  if (!guichetd_chain_head (db, "find-last-event", &number, &before, error))
    return FALSE;
  if (event->kind == GUICHET_EVENT_SUBMITTED)
    guichetd_keys_make (keys, event->reference, &key);
  else if (!find_key (keys, event, &key, error))
    return FALSE;

  event->number = number + 1;
  header = guichetd_journal_header (event);
  guichet_event_write_payload (event, writer, NULL);
  clear = guichet_json_writer_end (writer);
  payload = guichetd_seal (&key, g_bytes_get_data (clear, NULL), g_bytes_get_size (clear), header);
  guichetd_chain (&before, header, payload, &hash);

  if (!insert (db, event, payload, &hash, error))
    return FALSE;

  guichetd_store_note_last (store, event->number);
  return TRUE;
}

static gboolean
take_word (GuichetStatement *statement, const char *column, GType type, int *ret_value)
{
  *ret_value = 0;
  return guichet_statement_is_null (statement, column) ||
         guichet_enum_value (type, guichet_statement_text (statement, column), ret_value);
}

GuichetEvent *
guichetd_journal_take_header (GuichetStatement *statement)
{
  g_autoptr (GuichetEvent) event = NULL;
  int kind, department, phase, waiting, blocker, result;

  if (!take_word (statement, "kind", GUICHET_TYPE_EVENT_KIND, &kind) ||
      !take_word (statement, "department", GUICHET_TYPE_DEPARTMENT, &department) ||
      !take_word (statement, "phase", GUICHET_TYPE_PHASE, &phase) ||
      !take_word (statement, "waiting", GUICHET_TYPE_WAITING, &waiting) ||
      !take_word (statement, "blocker", GUICHET_TYPE_BLOCKER, &blocker) ||
      !take_word (statement, "result", GUICHET_TYPE_RESULT, &result))
    return NULL;

  event = guichet_event_new ((GuichetEventKind) kind);
  event->number = guichet_statement_integer (statement, "number");
  event->reference = g_strdup (guichet_statement_text (statement, "reference"));
  event->procedure = g_strdup (guichet_statement_text (statement, "procedure"));
  event->department = (GuichetDepartment) department;
  event->stage = g_strdup (guichet_statement_text (statement, "stage"));
  event->phase = (GuichetPhase) phase;
  event->waiting = (GuichetWaiting) waiting;
  event->blocker = (GuichetBlocker) blocker;
  event->result = (GuichetResult) result;
  event->assignee = g_strdup (guichet_statement_text (statement, "assignee"));
  event->actor = g_strdup (guichet_statement_text (statement, "actor"));
  event->instant = guichet_statement_integer (statement, "instant");
  event->version = guichet_statement_integer (statement, "version");
  event->key = g_strdup (guichet_statement_text (statement, "key"));

  return g_steal_pointer (&event);
}

gboolean
guichetd_journal_take_payload (GuichetStatement *statement,
                               const GuichetdKey *key,
                               GuichetEvent *event,
                               GError **error)
{
  g_autofree char *header = guichetd_journal_header (event);
  g_autoptr (GuichetJsonReader) reader =
      guichetd_chain_open (statement, key, header, &payload_limits, error);

  if (reader == NULL)
    return FALSE;
  guichet_event_read_payload (event, reader);
  return guichet_json_reader_finish (reader, error);
}

/* The row that @statement stands on, or NULL with @error. */
static GuichetEvent *
take_event (GuichetdKeys *keys,
            GuichetStatement *statement,
            GuichetdJournalDepth depth,
            GError **error)
{
  g_autoptr (GuichetEvent) event = guichetd_journal_take_header (statement);
  g_auto (GuichetdKey) key = { 0 };

  if (event == NULL)
    {
      g_set_error (error,
                   GUICHET_DB_ERROR,
                   GUICHET_DB_ERROR_DAMAGED,
                   "event %" G_GINT64_FORMAT " of the journal has an unknown word",
                   guichet_statement_integer (statement, "number"));
      return NULL;
    }

  if (depth == GUICHETD_JOURNAL_FULL &&
      (!find_key (keys, event, &key, error) ||
       !guichetd_journal_take_payload (statement, &key, event, error)))
    {
      g_prefix_error (error, "event %" G_GINT64_FORMAT ": ", event->number);
      return NULL;
    }
  return g_steal_pointer (&event);
}

/* All the rows of @statement. */
static GPtrArray *
take_events (GuichetdKeys *keys,
             GuichetStatement *statement,
             GuichetdJournalDepth depth,
             GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      GuichetEvent *event = take_event (keys, statement, depth, &local_error);

      if (event == NULL)
        {
          guichet_statement_reset (statement);
          break;
        }
      g_ptr_array_add (events, event);
    }

  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return NULL;
  return g_steal_pointer (&events);
}

GPtrArray *
guichetd_journal_read (GuichetdKeys *keys,
                       GuichetDb *db,
                       const char *reference,
                       gint64 after,
                       GuichetdJournalDepth depth,
                       GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-events-of-request");

  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_integer (statement, "after", after);
  return take_events (keys, statement, depth, error);
}

GuichetEvent *
guichetd_journal_read_version (GuichetDb *db, const char *reference, gint64 version, GError **error)
{
  g_autoptr (GPtrArray) events =
      guichetd_journal_read (NULL, db, reference, version - 1, GUICHETD_JOURNAL_HEADERS, error);

  if (events == NULL)
    return NULL;
  if (events->len > 0)
    return guichet_event_ref (g_ptr_array_index (events, 0));

  g_set_error (error,
               GUICHET_DB_ERROR,
               GUICHET_DB_ERROR_DAMAGED,
               "request %s has no event of version %" G_GINT64_FORMAT,
               reference,
               version);
  return NULL;
}

/* What is left of a purge's header when one of its words is damaged. */
static GuichetEvent *
take_purge_in_part (GuichetStatement *statement)
{
  GuichetEvent *event = guichet_event_new (GUICHET_EVENT_PURGED);

  event->number = guichet_statement_integer (statement, "number");
  event->reference = g_strdup (guichet_statement_text (statement, "reference"));
  event->procedure = g_strdup (guichet_statement_text (statement, "procedure"));
  event->stage = g_strdup (guichet_statement_text (statement, "stage"));
  event->actor = g_strdup (guichet_statement_text (statement, "actor"));
  event->instant = guichet_statement_integer (statement, "instant");
  event->version = guichet_statement_integer (statement, "version");
  event->key = g_strdup (guichet_statement_text (statement, "key"));
  return event;
}

/* The purge that @statement stands on: that one cannot be read must hide neither it nor the others. */
static GuichetEvent *
take_purge (GuichetdKeys *keys, GuichetStatement *statement)
{
  g_autoptr (GError) error = NULL;
  GuichetEvent *event = NULL;

  if (keys != NULL)
    event = take_event (keys, statement, GUICHETD_JOURNAL_FULL, &error);
  if (event != NULL)
    return event;

  g_message ("why request %s was purged cannot be read: %s",
             guichet_statement_text (statement, "reference"),
             error != NULL ? error->message : "there are no keys");
  event = guichetd_journal_take_header (statement);
  return event != NULL ? event : take_purge_in_part (statement);
}

gboolean
guichetd_journal_purges (GuichetdKeys *keys, GuichetDb *db, GPtrArray *events, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-purges");
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    g_ptr_array_add (events, take_purge (keys, statement));

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

gboolean
guichetd_journal_knows (GuichetDb *db, const char *reference, gboolean *ret_knows, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-event-of-request");
  g_autoptr (GError) local_error = NULL;

  guichet_statement_bind_text (statement, "reference", reference);
  *ret_knows = guichet_statement_step (statement, &local_error);
  if (*ret_knows)
    guichet_statement_reset (statement);

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}
