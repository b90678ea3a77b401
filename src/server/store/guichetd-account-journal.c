/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journal of accounts.
 */
#define G_LOG_DOMAIN "guichetd-account-journal"

#include "config.h"

#include "guichetd-account-journal.h"
#include "guichet-error.h"
#include "guichetd-chain.h"
#include "guichetd-store-private.h"

/* A person, and what was found of a card. */
static const GuichetJsonLimits payload_limits = { 128 * 1024, 16 };

char *
guichetd_account_journal_header (const GuichetAccountEvent *event)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  /* Names, order and form are part of every hash ever made: they stay as they are. */
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_integer (writer, "number", event->number);
  guichet_json_writer_string (writer, "account", event->account);
  guichet_json_writer_enum (writer, "kind", GUICHET_TYPE_ACCOUNT_EVENT_KIND, event->kind);
  guichet_json_writer_string (writer, "actor", event->actor);
  guichet_json_writer_integer (writer, "instant", event->instant);
  guichet_json_writer_integer (writer, "version", event->version);
  guichet_json_writer_string (writer, "key", event->key);
  guichet_json_writer_end_object (writer);

  return guichet_json_writer_end_text (writer);
}

/* Under which key the payload goes. The reason of a purge outlives the account's own. */
static gboolean
find_key (GuichetdKeys *keys, const GuichetAccountEvent *event, GuichetdKey *key, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (event->kind == GUICHET_ACCOUNT_EVENT_PURGED)
    {
      *key = *guichetd_keys_get_secret (keys, GUICHETD_SECRET_PURGE);
      return TRUE;
    }
  if (guichetd_keys_find (keys, event->account, key, &local_error))
    return TRUE;

  if (local_error == NULL)
    g_set_error (&local_error,
                 GUICHET_DB_ERROR,
                 GUICHET_DB_ERROR_DAMAGED,
                 "the key of account %s is not there",
                 event->account);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
insert (GuichetDb *db,
        const GuichetAccountEvent *event,
        GBytes *payload,
        const GuichetdHash *hash,
        GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-account-event");

  guichet_statement_bind_integer (statement, "number", event->number);
  guichet_statement_bind_text (statement, "account", event->account);
  guichet_statement_bind_text (statement,
                               "kind",
                               guichet_enum_word (GUICHET_TYPE_ACCOUNT_EVENT_KIND, event->kind));
  guichet_statement_bind_text (statement, "actor", event->actor);
  guichet_statement_bind_integer (statement, "instant", event->instant);
  guichet_statement_bind_integer (statement, "version", event->version);
  guichet_statement_bind_text (statement, "key", event->key);
  guichet_statement_bind_bytes (statement, "payload", payload);
  guichet_statement_bind_blob (statement, "hash", hash->bytes, sizeof hash->bytes);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_account_journal_append (GuichetdStore *store,
                                 GuichetDb *db,
                                 GuichetAccountEvent *event,
                                 GError **error)
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

  if (!guichetd_chain_head (db, "find-last-account-event", &number, &before, error))
    return FALSE;
  if (event->kind == GUICHET_ACCOUNT_EVENT_OPENED)
    guichetd_keys_make (keys, event->account, &key);
  else if (!find_key (keys, event, &key, error))
    return FALSE;

  event->number = number + 1;
  header = guichetd_account_journal_header (event);
  guichet_account_event_write_payload (event, writer, NULL);
  clear = guichet_json_writer_end (writer);
  payload = guichetd_seal (&key, g_bytes_get_data (clear, NULL), g_bytes_get_size (clear), header);
  guichetd_chain (&before, header, payload, &hash);
  return insert (db, event, payload, &hash, error);
}

GuichetAccountEvent *
guichetd_account_journal_take_header (GuichetStatement *statement)
{
  GuichetAccountEvent *event;
  int kind;

  if (!guichet_enum_value (GUICHET_TYPE_ACCOUNT_EVENT_KIND,
                           guichet_statement_text (statement, "kind"),
                           &kind))
    return NULL;

  event = guichet_account_event_new ((GuichetAccountEventKind) kind);
  event->number = guichet_statement_integer (statement, "number");
  event->account = g_strdup (guichet_statement_text (statement, "account"));
  event->actor = g_strdup (guichet_statement_text (statement, "actor"));
  event->instant = guichet_statement_integer (statement, "instant");
  event->version = guichet_statement_integer (statement, "version");
  event->key = g_strdup (guichet_statement_text (statement, "key"));
  return event;
}

gboolean
guichetd_account_journal_take_payload (GuichetStatement *statement,
                                       const GuichetdKey *key,
                                       GuichetAccountEvent *event,
                                       GError **error)
{
  g_autofree char *header = guichetd_account_journal_header (event);
  g_autoptr (GuichetJsonReader) reader =
      guichetd_chain_open (statement, key, header, &payload_limits, error);

  if (reader == NULL)
    return FALSE;
  guichet_account_event_read_payload (event, reader);
  return guichet_json_reader_finish (reader, error);
}

/* The row that @statement stands on, or NULL with @error. */
static GuichetAccountEvent *
take_event (GuichetdKeys *keys,
            GuichetStatement *statement,
            GuichetdJournalDepth depth,
            GError **error)
{
  g_autoptr (GuichetAccountEvent) event = guichetd_account_journal_take_header (statement);
  g_auto (GuichetdKey) key = { 0 };

  if (event == NULL)
    {
      g_set_error (error,
                   GUICHET_DB_ERROR,
                   GUICHET_DB_ERROR_DAMAGED,
                   "event %" G_GINT64_FORMAT " of the journal of accounts has an unknown word",
                   guichet_statement_integer (statement, "number"));
      return NULL;
    }
  if (depth == GUICHETD_JOURNAL_FULL &&
      (!find_key (keys, event, &key, error) ||
       !guichetd_account_journal_take_payload (statement, &key, event, error)))
    {
      g_prefix_error (error, "event %" G_GINT64_FORMAT " of accounts: ", event->number);
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
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_account_event_unref);
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      GuichetAccountEvent *event = take_event (keys, statement, depth, &local_error);

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
guichetd_account_journal_read (GuichetdKeys *keys,
                               GuichetDb *db,
                               const char *account,
                               gint64 after,
                               GuichetdJournalDepth depth,
                               GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-events-of-account");

  guichet_statement_bind_text (statement, "account", account);
  guichet_statement_bind_integer (statement, "after", after);
  return take_events (keys, statement, depth, error);
}

/* The purge that @statement stands on: that why cannot be read must hide neither it nor the others. */
static GuichetAccountEvent *
take_purge (GuichetdKeys *keys, GuichetStatement *statement)
{
  g_autoptr (GError) error = NULL;
  GuichetAccountEvent *event = NULL;

  if (keys != NULL)
    event = take_event (keys, statement, GUICHETD_JOURNAL_FULL, &error);
  if (event != NULL)
    return event;

  g_message ("why account %s was purged cannot be read: %s",
             guichet_statement_text (statement, "account"),
             error != NULL ? error->message : "there are no keys");
  return guichetd_account_journal_take_header (statement);
}

gboolean
guichetd_account_journal_purges (GuichetdKeys *keys,
                                 GuichetDb *db,
                                 GPtrArray *events,
                                 GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-account-purges");
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    g_ptr_array_add (events, take_purge (keys, statement));

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

gboolean
guichetd_account_journal_knows (GuichetDb *db,
                                const char *account,
                                gboolean *ret_knows,
                                GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-event-of-account");
  g_autoptr (GError) local_error = NULL;

  guichet_statement_bind_text (statement, "account", account);
  *ret_knows = guichet_statement_step (statement, &local_error);
  if (*ret_knows)
    guichet_statement_reset (statement);

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}
