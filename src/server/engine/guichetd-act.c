/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command on its way: recognise, authorise, decide, append. All of it in the writer and in one
 * savepoint; what is refused leaves nothing behind.
 */
#define G_LOG_DOMAIN "guichetd-act"

#include "config.h"

#include "guichetd-documents.h"
#include "guichet-error.h"
#include "guichetd-engine-private.h"
#include "guichetd-journal.h"
#include "guichetd-mail-queue.h"
#include "guichetd-purges.h"
#include "guichetd-receipts.h"
#include "guichetd-staff-store.h"

#include "guichet-conflict.h"
#include "guichet-reference.h"

#include <sodium.h>
#include <string.h>

/* References tried for a new request: of 23⁷ a year, one is as good as always free. */
#define REFERENCE_ATTEMPTS 100

/* One command on its way through. */
typedef struct
{
  GuichetdAct *act;
  GuichetdStore *store;
  GuichetDb *db;

  const char *actor;
  gint64 now;
  GuichetDay today;
  GuichetCommand command; /* as it was given, but for the reference of a submission; borrows */
  char *reference;        /* (owned) (nullable): of a submission */
  GuichetdRow row;        /* (owned): before; nothing for a submission */
  GuichetRequest *before; /* (owned) (nullable) */
  GuichetRequest *after;  /* (owned) (nullable) */
  GuichetDecision decision;
} Passage;

static void
passage_clear (Passage *self)
{
  g_clear_pointer (&self->reference, g_free);
  guichetd_row_clear (&self->row);
  g_clear_pointer (&self->before, guichet_request_unref);
  g_clear_pointer (&self->after, guichet_request_unref);
  guichet_decision_clear (&self->decision);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Passage, passage_clear)

void
guichetd_act_init (GuichetdAct *self,
                   GuichetdEngine *engine,
                   GuichetClerk *actor,
                   GuichetCommand *command)
{
  self->engine = engine;
  self->actor = actor != NULL ? guichet_clerk_ref (actor) : NULL;
  self->command = guichet_command_ref (command);
}

void
guichetd_act_clear (GuichetdAct *self)
{
  g_clear_pointer (&self->actor, guichet_clerk_unref);
  g_clear_pointer (&self->command, guichet_command_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->receipt, guichetd_receipt_free);
  guichetd_refused_clear (&self->refused);
}

/* Keyed, and not a plain digest: short content could be found out by trying. */
gboolean
guichetd_act_digest (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GuichetdAct *self = data;
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) text = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "reference", self->command->reference);
  /* What is found out anew each time tells nothing apart; a challenge is given once. */
  if (self->command->kind == GUICHET_COMMAND_CHECK_IDENTITY)
    guichet_json_writer_string (writer, "challenge", self->command->challenge);
  else
    guichet_command_write (self->command, writer, "command");
  guichet_json_writer_end_object (writer);
  text = guichet_json_writer_end (writer);

  guichetd_digest (guichetd_keys_get_secret (guichetd_store_get_keys (store),
                                             GUICHETD_SECRET_COMMAND),
                   g_bytes_get_data (text, NULL),
                   g_bytes_get_size (text),
                   self->digest,
                   sizeof self->digest);
  self->digested = TRUE;
  return TRUE;
}

/* To forget a person nothing of them is needed, and nothing that is lost may stand in the way of it. */
static GuichetRequest *
outline_request (Passage *self, GError **error)
{
  g_autoptr (GuichetEvent) last =
      guichetd_journal_read_version (self->db, self->row.reference, self->row.version, error);

  return last != NULL ? guichet_request_outline (last) : NULL;
}

/* What is remembered, or else what is kept. */
static GuichetRequest *
load_request (Passage *self, GError **error)
{
  GuichetdRow *row = &self->row;
  GuichetRequest *recent;

  if (self->command.kind == GUICHET_COMMAND_PURGE)
    return outline_request (self, error);

  recent = guichetd_recent_find (self->act->engine->recent,
                                 row->reference,
                                 row->version,
                                 row->last_event);

  return recent != NULL ? recent
                        : guichetd_requests_load (self->store, self->db, row->reference, error);
}

/* Authorise: what they may not even list does not exist. */
static gboolean
find_request (Passage *self, GError **error)
{
  GuichetdAct *act = self->act;
  g_autoptr (GError) local_error = NULL;

  if (self->command.kind == GUICHET_COMMAND_SUBMIT)
    return TRUE;

  if (!guichetd_requests_find (self->db, self->command.reference, &self->row, &local_error))
    {
      if (local_error == NULL)
        return guichetd_engine_not_found (error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (act->actor != NULL && !guichetd_engine_admit (act->engine,
                                                    act->actor,
                                                    GUICHET_CAN_READ,
                                                    self->row.department,
                                                    self->row.procedure,
                                                    error))
    return FALSE;

  self->before = load_request (self, &local_error);
  if (self->before == NULL && local_error == NULL)
    return guichetd_engine_not_found (error);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

/*
 * Typed behind an unconfirmed one: not before that one. It says nothing of what was looked at: between
 * that and the one before, others may have done what its clerk never saw.
 */
static gboolean
check_order (Passage *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (GuichetdKept) kept = { 0 };

  if (self->command.after == NULL)
    return TRUE;

  if (guichetd_receipts_find (self->db, self->actor, self->command.after, &kept, &local_error) &&
      g_strcmp0 (kept.reference, self->command.reference) == 0)
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error,
                         GUICHETD_ENGINE_ERROR,
                         GUICHETD_ENGINE_ERROR_AFTER_UNKNOWN,
                         "the command that this one was typed behind was never accepted");
  return FALSE;
}

/*
 * What changed meanwhile, as the refusal tells it: who did what and when. It leaves no access
 * record, so it holds no personal data: notes are not in it, nor are reasons, nor what a letter
 * says and to whom.
 */
static GPtrArray *
list_changes (Passage *self, GError **error)
{
  static const guint told = 1u << GUICHET_EVENT_CLAIMED | 1u << GUICHET_EVENT_RELEASED |
                            1u << GUICHET_EVENT_ASSIGNED | 1u << GUICHET_EVENT_STAGE_MOVED |
                            1u << GUICHET_EVENT_BLOCKED | 1u << GUICHET_EVENT_UNBLOCKED |
                            1u << GUICHET_EVENT_NOTIFICATION_QUEUED;
  g_autoptr (GPtrArray) changes = NULL;

  changes = guichetd_journal_read (guichetd_store_get_keys (self->store),
                                   self->db,
                                   self->command.reference,
                                   self->command.expected_version,
                                   GUICHETD_JOURNAL_FULL,
                                   error);
  if (changes == NULL)
    return NULL;

  for (guint i = changes->len; i > 0; i--)
    {
      GuichetEvent *event = g_ptr_array_index (changes, i - 1);

      if ((told & (1u << event->kind)) == 0)
        {
          g_ptr_array_remove_index (changes, i - 1);
          continue;
        }
      g_clear_pointer (&event->text, g_free);
      g_clear_pointer (&event->sentence, g_free);
      g_clear_pointer (&event->address, g_free);
    }
  return g_steal_pointer (&changes);
}

static gboolean
check_conflict (Passage *self, GError **error)
{
  const gint64 expected = self->command.expected_version;
  g_autoptr (GPtrArray) since = NULL;

  if (expected < self->row.version && !guichet_conflict_is_possible (self->command.kind))
    return TRUE;

  /* The daemon looks at nothing, and a submission has nothing to look at. */
  if (self->before == NULL || self->act->actor == NULL || expected == self->before->version)
    return TRUE;

  since = guichetd_journal_read (guichetd_store_get_keys (self->store),
                                 self->db,
                                 self->command.reference,
                                 expected,
                                 GUICHETD_JOURNAL_HEADERS,
                                 error);
  if (since == NULL)
    return FALSE;

  /* Ahead of us: they saw what was lost when a backup was restored. */
  if (expected < self->before->version &&
      guichet_conflict_find (self->command.kind, since, self->actor) == NULL)
    return TRUE;

  self->act->refused.changes = list_changes (self, error);
  if (self->act->refused.changes != NULL)
    g_set_error_literal (error,
                         GUICHET_REFUSAL,
                         GUICHET_REFUSAL_CONFLICT,
                         "the request has changed meanwhile");
  return FALSE;
}

/* From the key of the command, so that the same sample data bear the same references. */
static gboolean
choose_reference (Passage *self, GError **error)
{
  int year;

  guichet_day_split (self->today, &year, NULL, NULL);
  for (guint i = 0; i < REFERENCE_ATTEMPTS; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%s\n%s\n%u", self->actor, self->command.key, i);
      gboolean taken;
      guint64 random;

      crypto_generichash ((guint8 *) &random,
                          sizeof random,
                          (const guint8 *) seed,
                          strlen (seed),
                          NULL,
                          0);
      g_clear_pointer (&self->reference, g_free);
      self->reference = guichet_reference_make (year, GUINT64_FROM_LE (random));
      if (!guichetd_journal_knows (self->db, self->reference, &taken, error))
        return FALSE;
      if (!taken)
        {
          self->command.reference = self->reference;
          return TRUE;
        }
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "no reference is free");
  return FALSE;
}

static gboolean
decide (Passage *self, GError **error)
{
  GuichetdAct *act = self->act;
  g_autoptr (GuichetdStaff) target = NULL;
  g_autoptr (GError) local_error = NULL;

  if (self->command.kind == GUICHET_COMMAND_SUBMIT && !choose_reference (self, error))
    return FALSE;

  if (self->command.kind == GUICHET_COMMAND_ASSIGN && self->command.to != NULL)
    target = guichetd_staff_store_find (self->db, self->command.to, &local_error);
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return FALSE;

  if (guichet_decide (act->engine->catalogue,
                      self->before,
                      &self->command,
                      act->actor,
                      target != NULL ? target->clerk : NULL,
                      self->now,
                      self->today,
                      &self->decision,
                      error))
    return TRUE;

  act->refused.issues = g_steal_pointer (&self->decision.issues);
  return FALSE;
}

static gboolean
append (Passage *self, GError **error)
{
  self->after = self->before != NULL ? guichet_request_ref (self->before) : NULL;
  for (guint i = 0; i < self->decision.events->len; i++)
    {
      GuichetEvent *event = g_ptr_array_index (self->decision.events, i);
      GuichetRequest *after;

      if (!guichetd_journal_append (self->store, self->db, event, error))
        return FALSE;

      after = guichet_request_apply (self->after, event);
      g_clear_pointer (&self->after, guichet_request_unref);
      self->after = after;
    }
  return TRUE;
}

static gboolean
update_request (Passage *self, GError **error)
{
  GuichetdEngine *engine = self->act->engine;
  const GuichetEvent *first = g_ptr_array_index (self->decision.events, 0);
  g_autoptr (GuichetLine) line =
      guichetd_engine_line (engine, self->db, self->after, self->now, error);
  const GuichetProcedure *procedure;

  if (line == NULL)
    return FALSE;
  if (self->before != NULL)
    return guichetd_requests_change (self->store, self->db, &self->row, self->after, line, error);

  procedure = guichet_catalogue_find (engine->catalogue, self->after->procedure);
  return guichetd_requests_add (self->store,
                                self->db,
                                first->number,
                                self->after,
                                line,
                                procedure != NULL ? &procedure->names : NULL,
                                error);
}

static gboolean
project_event (Passage *self, const GuichetEvent *event, GError **error)
{
  switch ((int) event->kind)
    {
    case GUICHET_EVENT_NOTIFICATION_QUEUED:
      self->act->queued = TRUE;
      return guichetd_mail_queue_add (self->db,
                                      event->reference,
                                      event->notification,
                                      self->now,
                                      error);

    case GUICHET_EVENT_DOCUMENT_ATTACHED:
      return guichetd_documents_add (self->store,
                                     self->db,
                                     event->reference,
                                     event->document,
                                     self->command.document,
                                     error);

    case GUICHET_EVENT_PURGED:
      return guichetd_purges_add (self->db, &self->row, event, error);

    default:
      return TRUE;
    }
}

/* Whatever was known of it before: what was reported is no longer in the queue, or waits. */
static gboolean
update_queue (Passage *self, GError **error)
{
  const GuichetCommand *command = &self->command;

  if (command->kind != GUICHET_COMMAND_REPORT_NOTIFICATION)
    return TRUE;
  if (command->fate == GUICHET_EVENT_NOTIFICATION_DELAYED)
    return guichetd_mail_queue_put_off (self->db,
                                        command->notification,
                                        command->next_attempt,
                                        error);
  return guichetd_mail_queue_done (self->db, command->notification, error);
}

static gboolean
project (Passage *self, GError **error)
{
  if (self->decision.events->len > 0 && self->command.kind != GUICHET_COMMAND_PURGE &&
      !update_request (self, error))
    return FALSE;

  for (guint i = 0; i < self->decision.events->len; i++)
    if (!project_event (self, g_ptr_array_index (self->decision.events, i), error))
      return FALSE;

  return update_queue (self, error);
}

static gboolean
keep_receipt (Passage *self, GError **error)
{
  g_auto (GuichetdKept) kept = {
    .reference = g_strdup (self->after->reference),
    .version = self->after->version,
    .number = self->decision.events->len > 0 ? self->after->last_event : 0,
  };

  memcpy (kept.digest, self->act->digest, sizeof kept.digest);
  if (!guichetd_receipts_add (self->db, self->actor, self->command.key, &kept, error))
    return FALSE;

  guichetd_recent_put (self->act->engine->recent, self->after);
  self->act->receipt = guichetd_engine_receipt (&kept);
  self->act->events = g_ptr_array_ref (self->decision.events);
  return TRUE;
}

gboolean
guichetd_act_perform (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GuichetdAct *act = data;
  gint64 now = guichet_clock_now (act->engine->clock);
  g_auto (Passage) self = {
    .act = act,
    .store = store,
    .db = db,
    .actor = act->actor != NULL ? act->actor->login : GUICHET_ACTOR_DAEMON,
    .now = now,
    .today = guichetd_engine_day (act->engine, now),
    .command = *act->command,
  };

  if (!act->digested && !guichetd_act_digest (store, db, act, error))
    return FALSE;

  if (!guichetd_engine_find_receipt (act->engine,
                                     db,
                                     act->actor,
                                     self.command.key,
                                     act->digest,
                                     &act->receipt,
                                     error))
    return FALSE;
  if (act->receipt != NULL)
    return TRUE;

  return find_request (&self, error) && check_order (&self, error) &&
         check_conflict (&self, error) && decide (&self, error) && append (&self, error) &&
         project (&self, error) && keep_receipt (&self, error);
}
