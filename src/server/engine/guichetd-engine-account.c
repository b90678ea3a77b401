/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Commands about accounts: the same passage as that of requests, in the writer and in one savepoint.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichet-account-name.h"
#include "guichet-error.h"
#include "guichetd-access.h"
#include "guichetd-account-journal.h"
#include "guichetd-accounts.h"
#include "guichetd-engine-private.h"
#include "guichetd-receipts.h"

#include <sodium.h>
#include <string.h>

/* Names tried for a new account: of 23⁷, one is as good as always free. */
#define NAME_ATTEMPTS 100

/* One command on its way through. */
typedef struct
{
  GuichetdAccountAct *act;
  GuichetdStore *store;
  GuichetDb *db;
  GuichetdKeys *keys;

  const char *actor;
  gint64 now;
  GuichetAccountCommand command; /* as it was given, but for the name of a new account; borrows */
  char *name;                    /* (owned) (nullable): of a new account */
  guint8 digest[GUICHETD_DIGEST_BYTES];
  GuichetdAccountRow row;     /* (owned): before; nothing for a new account */
  GuichetAccount *before;     /* (owned) (nullable) */
  char *existing;             /* (owned) (nullable) */
  GuichetAccountEvent *event; /* (owned) (nullable) */
  GuichetAccount *after;      /* (owned) (nullable) */
} Passage;

static void
passage_clear (Passage *self)
{
  g_clear_pointer (&self->name, g_free);
  guichetd_account_row_clear (&self->row);
  g_clear_pointer (&self->before, guichet_account_unref);
  g_clear_pointer (&self->existing, g_free);
  g_clear_pointer (&self->event, guichet_account_event_unref);
  g_clear_pointer (&self->after, guichet_account_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Passage, passage_clear)

void
guichetd_account_act_init (GuichetdAccountAct *self,
                           GuichetdEngine *engine,
                           GuichetClerk *actor,
                           GuichetAccountCommand *command)
{
  self->engine = engine;
  self->actor = actor != NULL ? guichet_clerk_ref (actor) : NULL;
  self->command = guichet_account_command_ref (command);
}

void
guichetd_account_act_clear (GuichetdAccountAct *self)
{
  g_clear_pointer (&self->actor, guichet_clerk_unref);
  g_clear_pointer (&self->command, guichet_account_command_unref);
  g_clear_pointer (&self->receipt, guichetd_receipt_free);
  guichetd_refused_clear (&self->refused);
  g_clear_error (&self->refusal);
}

/*
 * What tells the command from another: of a card its files, and not what they were found to be, which may
 * be another thing tomorrow. Keyed: an address could be found out by trying.
 */
static void
make_digest (Passage *self)
{
  const GuichetAccountCommand *command = self->act->command;
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) text = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_enum (writer, "kind", GUICHET_TYPE_ACCOUNT_COMMAND_KIND, command->kind);
  guichet_json_writer_string (writer, "account", command->account);
  guichet_json_writer_integer (writer, "expectedVersion", command->expected_version);
  if (command->contact != NULL)
    guichet_contact_write (command->contact, writer, "contact");
  guichet_json_writer_begin_array (writer, "files");
  for (guint i = 0; command->check != NULL && i < command->check->files->len; i++)
    {
      const GuichetFileDigest *file = g_ptr_array_index (command->check->files, i);

      guichet_json_writer_string (writer, NULL, file->file);
      guichet_json_writer_string (writer, NULL, file->sha256);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  text = guichet_json_writer_end (writer);

  guichetd_digest (guichetd_keys_get_secret (self->keys, GUICHETD_SECRET_COMMAND),
                   g_bytes_get_data (text, NULL),
                   g_bytes_get_size (text),
                   self->digest,
                   sizeof self->digest);
}

/* To forget a person nothing of them is needed, and nothing that is lost may stand in the way of it. */
static GuichetAccount *
load_account (Passage *self, GError **error)
{
  if (self->command.kind == GUICHET_ACCOUNT_COMMAND_PURGE)
    return guichet_account_outline (self->row.account, self->row.version);
  if (!guichetd_account_row_open (&self->row, self->keys, error))
    return NULL;
  return guichetd_account_row_get (&self->row, error);
}

static gboolean
find_account (Passage *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->command.kind == GUICHET_ACCOUNT_COMMAND_OPEN)
    return TRUE;

  if (guichetd_accounts_find (self->db, self->command.account, &self->row, &local_error))
    self->before = load_account (self, &local_error);
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return FALSE;
  return self->before != NULL || guichetd_engine_not_found (error);
}

/* What is told of a conflict is who did what when: it leaves no access record. */
static gboolean
check_conflict (Passage *self, GError **error)
{
  const gint64 expected = self->command.expected_version;
  g_autoptr (GPtrArray) since = NULL;

  if (self->before == NULL || self->act->actor == NULL || expected == self->before->version)
    return TRUE;

  since = guichetd_account_journal_read (self->keys,
                                         self->db,
                                         self->command.account,
                                         expected,
                                         GUICHETD_JOURNAL_HEADERS,
                                         error);
  if (since == NULL)
    return FALSE;
  /* Ahead of us: they saw what was lost when a backup was restored. */
  if (expected < self->before->version &&
      !guichet_account_is_disturbed (self->command.kind, since, self->actor))
    return TRUE;

  self->act->refused.account_changes = g_steal_pointer (&since);
  g_set_error_literal (error,
                       GUICHET_REFUSAL,
                       GUICHET_REFUSAL_CONFLICT,
                       "the account has changed meanwhile");
  return FALSE;
}

static gboolean
find_existing (Passage *self, GError **error)
{
  const char *niss = self->command.citizen != NULL ? self->command.citizen->niss : NULL;
  g_auto (GuichetdAccountRow) row = { 0 };
  g_autoptr (GError) local_error = NULL;

  if (self->command.kind != GUICHET_ACCOUNT_COMMAND_OPEN || niss == NULL)
    return TRUE;

  if (guichetd_accounts_find_person (self->keys, self->db, niss, &row, &local_error))
    self->existing = g_steal_pointer (&row.account);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

static gboolean
choose_name (Passage *self, GError **error)
{
  if (self->command.kind != GUICHET_ACCOUNT_COMMAND_OPEN)
    return TRUE;

  for (guint i = 0; i < NAME_ATTEMPTS; i++)
    {
      g_autofree char *seed =
          g_strdup_printf ("account\n%s\n%s\n%u", self->actor, self->command.key, i);
      gboolean taken;
      guint64 random;

      crypto_generichash ((guint8 *) &random,
                          sizeof random,
                          (const guint8 *) seed,
                          strlen (seed),
                          NULL,
                          0);
      g_clear_pointer (&self->name, g_free);
      self->name = guichet_account_name_make (GUINT64_FROM_LE (random));
      if (!guichetd_account_journal_knows (self->db, self->name, &taken, error))
        return FALSE;
      if (!taken)
        {
          self->command.account = self->name;
          return TRUE;
        }
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "no name is free");
  return FALSE;
}

/* Somebody is told of an account: a refusal that must itself be on the disk, so it is no failure here. */
static gboolean
record_existing (Passage *self, GError *refusal, GError **error)
{
  const GuichetdAccess access = {
    .actor = self->actor,
    .instant = self->now,
    .route = "accountOpening",
    .reference = self->existing,
  };

  self->act->refusal = refusal;
  self->act->refused.account = g_strdup (self->existing);
  return guichetd_access_append (self->store, self->db, &access, error);
}

static gboolean
keep_receipt (Passage *self, GError **error)
{
  const GuichetAccount *account = self->after != NULL ? self->after : self->before;
  g_auto (GuichetdKept) kept = {
    .reference = g_strdup (account->account),
    .version = account->version,
    .number = self->event != NULL ? self->event->number : 0,
  };

  /* Without an event a purge would not find it; and there is nothing that another content could change. */
  if (self->event != NULL)
    memcpy (kept.digest, self->digest, sizeof kept.digest);
  if (!guichetd_receipts_add (self->db, self->actor, self->command.key, &kept, error))
    return FALSE;
  self->act->receipt = guichetd_engine_receipt (&kept);
  return TRUE;
}

static gboolean
project (Passage *self, GError **error)
{
  switch ((int) self->event->kind)
    {
    case GUICHET_ACCOUNT_EVENT_OPENED:
      return guichetd_accounts_add (self->store, self->db, self->after, error);
    case GUICHET_ACCOUNT_EVENT_PURGED:
      return guichetd_accounts_purge (self->db, self->event->account, error);
    default:
      return guichetd_accounts_change (self->store, self->db, self->after, error);
    }
}

static gboolean
decide_and_append (Passage *self, GError **error)
{
  GError *refusal = NULL;

  self->act->refused.issues = guichet_issues_new ();
  self->event = guichet_account_decide (self->before,
                                        self->existing,
                                        &self->command,
                                        self->actor,
                                        self->now,
                                        self->act->refused.issues,
                                        &refusal);
  if (g_error_matches (refusal, GUICHET_REFUSAL, GUICHET_REFUSAL_ACCOUNT_EXISTS))
    return record_existing (self, refusal, error);
  if (refusal != NULL)
    {
      g_propagate_error (error, refusal);
      return FALSE;
    }
  if (self->event == NULL)
    return keep_receipt (self, error);

  if (!guichetd_account_journal_append (self->store, self->db, self->event, error))
    return FALSE;
  self->after = guichet_account_apply (self->before, self->event);
  return project (self, error) && keep_receipt (self, error);
}

gboolean
guichetd_account_act_perform (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GuichetdAccountAct *act = data;
  g_auto (Passage) self = {
    .act = act,
    .store = store,
    .db = db,
    .keys = guichetd_store_get_keys (store),
    .actor = act->actor != NULL ? act->actor->login : GUICHET_ACTOR_DAEMON,
    .now = guichet_clock_now (act->engine->clock),
    .command = *act->command,
  };

  make_digest (&self);
  if (!guichetd_engine_find_receipt (act->engine,
                                     db,
                                     act->actor,
                                     self.command.key,
                                     self.digest,
                                     &act->receipt,
                                     error))
    return FALSE;
  if (act->receipt != NULL)
    return TRUE;

  if (act->actor != NULL && !guichetd_engine_may_assist (act->engine, act->actor, error))
    return FALSE;
  return find_account (&self, error) && check_conflict (&self, error) &&
         find_existing (&self, error) && choose_name (&self, error) &&
         decide_and_append (&self, error);
}

/* The job of a command that is asked for with a callback. */
typedef struct
{
  GuichetdJob job;
  GuichetdAccountAct act;
  GTask *task; /* (owned) until it returns */
} CommandJob;

static void
command_job_free (gpointer data)
{
  CommandJob *self = data;

  guichetd_job_clear (&self->job);
  guichetd_account_act_clear (&self->act);
  g_free (self);
}

static void
command_done (GuichetdJob *job)
{
  CommandJob *self = job->user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else if (self->act.refusal != NULL)
    g_task_return_error (task, g_steal_pointer (&self->act.refusal));
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&self->act.receipt),
                           (GDestroyNotify) guichetd_receipt_free);
}

void
guichetd_engine_account_command_async (GuichetdEngine *self,
                                       GuichetClerk *actor,
                                       GuichetAccountCommand *command,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  CommandJob *job;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && command != NULL && command->key != NULL);

  job = g_new0 (CommandJob, 1);
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, guichetd_engine_account_command_async);
  g_task_set_check_cancellable (job->task, FALSE);
  g_task_set_task_data (job->task, job, command_job_free);
  guichetd_account_act_init (&job->act, self, actor, command);
  job->job = (GuichetdJob){
    .write = guichetd_account_act_perform,
    .data = &job->act,
    .cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL,
    .done = command_done,
    .user_data = job,
  };
  guichetd_store_push (self->store, &job->job);
}

GuichetdReceipt *
guichetd_engine_account_command_finish (GuichetdEngine *self,
                                        GAsyncResult *result,
                                        GuichetdRefused *refused,
                                        GError **error)
{
  GuichetdReceipt *receipt;
  CommandJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_get_task_data (G_TASK (result));
  receipt = g_task_propagate_pointer (G_TASK (result), error);
  if (receipt == NULL && refused != NULL)
    {
      *refused = job->act.refused;
      job->act.refused = (GuichetdRefused){ 0 };
    }
  return receipt;
}
