/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walks through the journal and says whether it is whole.
 *
 * Three walks: events along their chain, which needs no key; consultations along theirs; and
 * events request by request, which are opened, folded and held against the row that is kept of
 * the request. Then the same of accounts, in guichetd-account-verify.c. Memory stays the same however
 * long the journal is.
 */
#define G_LOG_DOMAIN "guichetd-journal-verify"

#include "config.h"

#include "guichetd-access.h"
#include "guichet-error.h"
#include "guichetd-journal.h"
#include "guichetd-purges.h"
#include "guichetd-requests.h"
#include "guichetd-store-private.h"
#include "guichetd-verify-private.h"

#include <string.h>

void
guichetd_verdict_clear (GuichetdVerdict *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
}

gboolean
guichetd_verdict_is_good (const GuichetdVerdict *self)
{
  return self->problems->len == 0;
}

void
guichetd_verify_note (GuichetdVerdict *verdict, const char *format, ...)
{
  va_list args;

  if (verdict->problems->len == GUICHETD_PROBLEMS_MAX)
    return;

  va_start (args, format);
  g_ptr_array_add (verdict->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

gboolean
guichetd_verify_walk (const GuichetdGround *ground,
                      const char *name,
                      void (*look) (GuichetStatement *statement, gpointer walker),
                      gpointer walker,
                      GError **error)
{
  GuichetStatement *statement = guichet_db_statement (ground->db, name);
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      look (statement, walker);
      if (g_cancellable_set_error_if_cancelled (ground->cancellable, &local_error))
        {
          guichet_statement_reset (statement);
          break;
        }
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

gboolean
guichetd_verify_is_linked (GuichetdChainWalk *self,
                           GuichetStatement *statement,
                           const char *text,
                           GBytes *sealed)
{
  gint64 number = guichet_statement_integer (statement, "number");
  GuichetdHash stored, computed;
  gboolean linked;

  guichetd_chain_take (statement, &stored);
  if (text != NULL)
    guichetd_chain (&self->before, text, sealed, &computed);
  linked = text != NULL && number == self->expected &&
           memcmp (stored.bytes, computed.bytes, sizeof stored.bytes) == 0;

  self->before = stored;
  self->expected = number + 1;
  return linked;
}

static void
look_at_event (GuichetStatement *statement, gpointer walker)
{
  GuichetdChainWalk *self = walker;
  g_autoptr (GuichetEvent) event = guichetd_journal_take_header (statement);
  g_autofree char *header = event != NULL ? guichetd_journal_header (event) : NULL;
  g_autoptr (GBytes) payload = guichet_statement_blob (statement, "payload");
  gint64 number = guichet_statement_integer (statement, "number");

  self->verdict->events++;
  if (guichetd_verify_is_linked (self, statement, header, payload))
    return;

  guichetd_verify_note (self->verdict,
                        "event %" G_GINT64_FORMAT " does not follow from the one before it",
                        number);
  if (self->verdict->broken_event == 0)
    self->verdict->broken_event = number;
}

static void
look_at_access (GuichetStatement *statement, gpointer walker)
{
  GuichetdChainWalk *self = walker;
  gint64 number = guichet_statement_integer (statement, "number");
  const GuichetdAccess access = {
    .actor = guichet_statement_text (statement, "actor"),
    .instant = guichet_statement_integer (statement, "instant"),
    .route = guichet_statement_text (statement, "route"),
    .reference = guichet_statement_text (statement, "reference"),
    .listed = guichet_statement_text (statement, "listed"),
    .detail = guichet_statement_text (statement, "detail"),
    .purpose = guichet_statement_text (statement, "purpose"),
    .key = guichet_statement_text (statement, "key"),
  };
  g_autofree char *text =
      guichetd_access_text (number, guichet_statement_integer (statement, "recorded"), &access);

  self->verdict->accesses++;
  if (guichetd_verify_is_linked (self, statement, text, NULL))
    return;

  guichetd_verify_note (self->verdict,
                        "consultation %" G_GINT64_FORMAT " does not follow from the one before it",
                        number);
  if (self->verdict->broken_access == 0)
    self->verdict->broken_access = number;
}

/* A walk from request to request */

typedef struct
{
  GuichetdVerdict *verdict;
  GuichetdKeys *keys;
  GuichetDb *db;

  /* Of the request that the walk is at */
  char *reference; /* (owned) (nullable) */
  GuichetdKey key;
  gboolean readable;
  gboolean purged;         /* its last event so far says so */
  gboolean broken;         /* said so already */
  GuichetRequest *request; /* (owned) (nullable): the fold so far */
  gint64 version;
  gint64 last_event;
} RequestWalk;

static void
say_broken (RequestWalk *self, const char *what)
{
  if (!self->broken)
    guichetd_verify_note (self->verdict, "request %s: %s", self->reference, what);
  self->broken = TRUE;
}

static gboolean
is_same_state (const GuichetdRow *row, const GuichetRequest *request)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) state = NULL;

  guichet_request_write (request, writer, NULL);
  state = guichet_json_writer_end (writer);
  return g_bytes_equal (state, row->state);
}

static gboolean
is_same_row (const GuichetdRow *row, const GuichetRequest *request)
{
  return row->department == request->department && row->phase == request->phase &&
         row->version == request->version && row->last_event == request->last_event &&
         g_strcmp0 (row->procedure, request->procedure) == 0 &&
         g_strcmp0 (row->stage, request->stage) == 0 &&
         g_strcmp0 (row->assignee, request->assignee) == 0;
}

static void
check_purged (RequestWalk *self, gboolean has_row)
{
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;

  self->verdict->purged++;
  if (has_row)
    say_broken (self, "was purged, and a row of it is still there");
  if (self->readable)
    say_broken (self, "was purged, and its key is still there");
  if (!guichetd_purges_find (self->db, self->reference, &known, &error) || !known)
    say_broken (self, "was purged, and no list knows of it");
}

static void
check_living (RequestWalk *self, const GuichetdRow *row)
{
  if (!self->readable)
    say_broken (self, "its key is not there, though it was not purged");
  else if (row->state == NULL)
    say_broken (self, "its state cannot be opened");
  else if (self->request != NULL &&
           (!is_same_row (row, self->request) || !is_same_state (row, self->request)))
    say_broken (self, "is not what its events make of it");
}

static void
end_request (RequestWalk *self)
{
  g_auto (GuichetdRow) row = { 0 };
  gboolean has_row;

  if (self->reference == NULL)
    return;

  self->verdict->requests++;
  has_row = guichetd_requests_find (self->db, self->reference, &row, NULL);
  if (has_row && self->readable)
    {
      guichetd_row_clear (&row);
      guichetd_requests_find_state (self->keys, self->db, self->reference, &row, NULL);
    }

  if (self->purged)
    check_purged (self, has_row);
  else if (!has_row)
    say_broken (self, "has events and no row");
  else
    check_living (self, &row);

  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->request, guichet_request_unref);
  guichetd_key_clear (&self->key);
}

static void
begin_request (RequestWalk *self, const char *reference)
{
  self->reference = g_strdup (reference);
  self->readable = guichetd_keys_find (self->keys, reference, &self->key, NULL);
  self->purged = FALSE;
  self->broken = FALSE;
  self->version = 0;
}

static void
fold (RequestWalk *self, GuichetStatement *statement, GuichetEvent *event)
{
  GuichetRequest *after;

  if (!guichetd_journal_take_payload (statement, &self->key, event, NULL))
    {
      say_broken (self, "an event of it cannot be opened");
      g_clear_pointer (&self->request, guichet_request_unref);
      return;
    }
  if (self->broken || (self->request == NULL) != (event->version == 1))
    return;

  after = guichet_request_apply (self->request, event);
  g_clear_pointer (&self->request, guichet_request_unref);
  self->request = after;
}

static void
look_at_request (GuichetStatement *statement, gpointer walker)
{
  RequestWalk *self = walker;
  const char *reference = guichet_statement_text (statement, "reference");
  g_autoptr (GuichetEvent) event = NULL;

  if (g_strcmp0 (reference, self->reference) != 0)
    {
      end_request (self);
      begin_request (self, reference);
    }

  event = guichetd_journal_take_header (statement);
  if (event == NULL || event->version != self->version + 1)
    say_broken (self, "its versions do not follow each other");
  if (event == NULL)
    return;

  self->version = event->version;
  self->purged = event->kind == GUICHET_EVENT_PURGED;
  if (self->readable && !self->purged)
    fold (self, statement, event);
}

static gboolean
walk_requests (const GuichetdGround *ground, GError **error)
{
  RequestWalk walker = {
    .verdict = ground->verdict,
    .keys = ground->keys,
    .db = ground->db,
  };
  gboolean good =
      guichetd_verify_walk (ground, "walk-events-by-request", look_at_request, &walker, error);

  end_request (&walker);
  return good;
}

static void
look_at_count (GuichetStatement *statement, gpointer walker)
{
  GuichetdVerdict *verdict = walker;
  gint64 rows = guichet_statement_integer (statement, "n");

  if (rows > verdict->requests - verdict->purged)
    guichetd_verify_note (verdict, "there are requests without events");
}

static void
look_at_tally (GuichetStatement *statement, gpointer walker)
{
  guichetd_verify_note (walker,
                        "the tally of %s is wrong",
                        guichet_statement_text (statement, "procedure"));
}

static gboolean
verify (const GuichetdGround *ground, GError **error)
{
  GuichetdChainWalk events = { .verdict = ground->verdict, .expected = 1 };
  GuichetdChainWalk accesses = { .verdict = ground->verdict, .expected = 1 };

  return guichetd_verify_walk (ground, "walk-events", look_at_event, &events, error) &&
         guichetd_verify_walk (ground, "walk-accesses", look_at_access, &accesses, error) &&
         walk_requests (ground, error) &&
         guichetd_verify_walk (ground, "count-requests", look_at_count, ground->verdict, error) &&
         guichetd_verify_walk (ground, "find-wrong-tally", look_at_tally, ground->verdict, error) &&
         guichetd_account_verify (ground, error);
}

/* By connections of its own: whoever shared a reader's snapshot would wait for as long as this lasts. */
static gboolean
verify_beside (GuichetdStore *store,
               GCancellable *cancellable,
               GuichetdVerdict *verdict,
               GError **error)
{
  g_autofree char *journal_path = guichetd_store_get_path (store, "journal.db");
  g_autofree char *keys_path = guichetd_store_get_path (store, "keys.db");
  g_autoptr (GuichetDb) db =
      guichet_db_open (journal_path, GUICHET_DB_READ_ONLY, GUICHETD_STORE_RESOURCE, error);
  g_autoptr (GuichetdKeys) keys = NULL;
  GuichetdGround ground = { NULL, db, cancellable, verdict };
  gboolean good;

  if (db == NULL)
    return FALSE;
  keys = guichetd_keys_open (keys_path, GUICHET_DB_READ_ONLY, error);
  if (keys == NULL || !guichet_db_begin_read (db, error))
    return FALSE;

  ground.keys = keys;
  good = verify (&ground, error);
  guichet_db_rollback (db);
  return good;
}

gboolean
guichetd_journal_verify (GuichetdStore *store,
                         GCancellable *cancellable,
                         GuichetdVerdict *verdict,
                         GError **error)
{
  gboolean good;

  g_return_val_if_fail (GUICHETD_IS_STORE (store), FALSE);
  g_return_val_if_fail (verdict != NULL, FALSE);

  *verdict = (GuichetdVerdict){ 0 };
  verdict->problems = g_ptr_array_new_with_free_func (g_free);
  /* A purge cannot empty the log under a reader, and takes keys away that were there a moment ago. */
  if (!guichetd_store_hold_files (store))
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_BUSY,
                           "a purge, a backup or another verification is under way: try again when "
                           "it is done");
      return FALSE;
    }

  good = verify_beside (store, cancellable, verdict, error);
  guichetd_store_release_files (store);
  return good;
}
