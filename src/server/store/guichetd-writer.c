/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one thread that writes.
 *
 * What arrives while the disk takes a group becomes the next one: each write in a savepoint of its
 * own, so that it fails alone. It commits as soon as the flush before it is over; then one flush for
 * all, in the flusher, and only then the answers. Keys of new requests are flushed before the
 * journal commits.
 */
#define G_LOG_DOMAIN "guichetd-writer"

#include "config.h"

#include "guichetd-flusher.h"
#include "guichetd-purges.h"
#include "guichet-error.h"
#include "guichetd-store-private.h"
#include "guichetd-store-statements.h"

/* Pages in the write-ahead log before it is folded back: 32 MiB. */
#define LOG_PAGES_MAX 8192

struct _GuichetdWriter
{
  /* Given */
  GuichetdStore *store;
  GuichetdCompletions *completions;
  guint group_max;
  char *journal_path;
  char *keys_path;

  /* The thread's own */
  GuichetDb *db;
  GuichetdKeys *keys;
  GuichetdJobList group; /* what was run and is not committed */
  gint64 group_last;     /* last event, if it stands */
  gint64 committed_last;

  /* Shared */
  GThread *thread; /* (owned) (nullable) */
  GuichetdJobQueue queue;
  GuichetdFlusher *flusher; /* (owned) */
  GMutex lock;
  GCond changed;
  gboolean started;
  GError *start_error; /* (owned) (nullable) */
};

static gboolean
read_last (GuichetdWriter *self, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "find-last-event");
  g_autoptr (GError) local_error = NULL;

  self->committed_last = 0;
  if (guichet_statement_step (statement, &local_error))
    {
      self->committed_last = guichet_statement_integer (statement, "number");
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

static gboolean
open_databases (GuichetdWriter *self, GError **error)
{
  gint64 now = guichet_clock_now (guichetd_store_get_clock (self->store));
  static const char *const pragmas[] = {
    "pragma-secure-delete",
    "pragma-cache-size",
  };

  self->keys = guichetd_keys_open (self->keys_path, GUICHET_DB_DURABLE, error);
  if (self->keys == NULL)
    return FALSE;

  self->db =
      guichet_db_open (self->journal_path, GUICHET_DB_DEFERRED, GUICHETD_STORE_RESOURCE, error);
  if (self->db == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    if (!guichet_statement_run (guichet_db_statement (self->db, pragmas[i]), error))
      return FALSE;

  return guichetd_purges_finish (self->keys, self->db, now, error) && read_last (self, error) &&
         guichet_db_checkpoint (self->db, error);
}

/* Whether SQLite gave up the whole transaction by itself, as it does when the disk is full. */
static gboolean
is_transaction_lost (GuichetdWriter *self)
{
  return sqlite3_get_autocommit (guichet_db_handle (self->db)) != 0;
}

static gboolean
run_in_savepoint (GuichetdWriter *self, GuichetdJob *job)
{
  if (!guichet_db_savepoint (self->db, &job->error))
    return FALSE;
  if (job->write (self->store, self->db, job->data, &job->error))
    return guichet_db_release (self->db, &job->error);

  if (!is_transaction_lost (self))
    guichet_db_rollback_to (self->db);
  return FALSE;
}

static void
run_job (GuichetdWriter *self, GuichetdJob *job)
{
  gint64 last_before = self->group_last;
  gboolean good;

  if (job->cancellable != NULL &&
      g_cancellable_set_error_if_cancelled (job->cancellable, &job->error))
    return;

  good = job->single ? job->write (self->store, self->db, job->data, &job->error)
                     : run_in_savepoint (self, job);
  if (good)
    {
      guichetd_keys_accept (self->keys);
      return;
    }
  guichetd_keys_undo (self->keys);
  self->group_last = last_before;
}

/*
 * A group that came to nothing: nobody in it may be told of a success, nor of a refusal, which
 * may rest on what another one of the group did.
 */
static void
fail_all (GuichetdJobList *group, const GError *error)
{
  for (GuichetdJob *job = group->first; job != NULL; job = job->next)
    {
      g_clear_error (&job->error);
      job->error = g_error_copy (error);
    }
}

static gboolean
begin_group (GuichetdWriter *self, GError **error)
{
  self->group_last = self->committed_last;
  return guichet_db_begin (self->db, error) && guichetd_keys_begin (self->keys, error);
}

static gboolean
commit_group (GuichetdWriter *self, GError **error)
{
  return guichetd_keys_flush (self->keys, error) && guichet_db_commit (self->db, error);
}

static void
give_up_group (GuichetdWriter *self, const GError *error)
{
  if (!is_transaction_lost (self))
    guichet_db_rollback (self->db);
  guichetd_keys_drop (self->keys);
  g_warning ("a group of %u writes came to nothing: %s", self->group.length, error->message);
  fail_all (&self->group, error);
  guichetd_completions_add (self->completions, &self->group);
}

/* A group is open as long as it holds a job. */
static void
write_in_group (GuichetdWriter *self, GuichetdJob *job)
{
  gboolean begins = self->group.first == NULL;
  g_autoptr (GError) error = NULL;

  guichetd_job_list_add (&self->group, job);
  if (begins && !begin_group (self, &error))
    {
      give_up_group (self, error);
      return;
    }

  run_job (self, job);
  if (job->error != NULL && is_transaction_lost (self))
    {
      error = g_error_copy (job->error);
      give_up_group (self, error);
    }
}

static void
end_group (GuichetdWriter *self)
{
  g_autoptr (GError) error = NULL;

  if (self->group.first == NULL)
    return;

  guichetd_flusher_expect (self->flusher);
  if (commit_group (self, &error))
    self->committed_last = self->group_last;
  else
    give_up_group (self, error);
  guichetd_flusher_flush (self->flusher, &self->group, self->committed_last);
  if (guichet_db_count_log (self->db) > LOG_PAGES_MAX)
    guichetd_checkpoint (self->db);
}

static void
note_committed (GuichetdWriter *self)
{
  g_autoptr (GError) error = NULL;

  if (!read_last (self, &error))
    g_warning ("the head of the journal cannot be read: %s", error->message);
}

static void
write_alone (GuichetdWriter *self, GuichetdJob *job)
{
  GuichetdJobList jobs = { 0 };

  end_group (self);
  guichetd_flusher_expect (self->flusher);
  if (!(job->cancellable != NULL &&
        g_cancellable_set_error_if_cancelled (job->cancellable, &job->error)))
    job->write (self->store, self->db, job->data, &job->error);

  g_assert (is_transaction_lost (self));
  note_committed (self);
  guichetd_keys_drop (self->keys);
  guichetd_job_list_add (&jobs, job);
  guichetd_flusher_expect (self->flusher);
  guichetd_flusher_flush (self->flusher, &jobs, self->committed_last);
}

static void
write_jobs (GuichetdWriter *self, GuichetdJobList *jobs)
{
  GuichetdJob *job;

  while ((job = guichetd_job_list_take (jobs)) != NULL)
    if (job->alone)
      write_alone (self, job);
    else
      write_in_group (self, job);

  if (self->group.length >= self->group_max || guichetd_flusher_is_idle (self->flusher))
    end_group (self);
}

static void
write_until_closed (GuichetdWriter *self)
{
  GuichetdJobList jobs = { 0 };

  while (guichetd_job_queue_take (&self->queue, 1, self->group_max - self->group.length, &jobs))
    write_jobs (self, &jobs);
  end_group (self);
}

static gpointer
run (gpointer data)
{
  GuichetdWriter *self = data;
  gboolean opened = open_databases (self, &self->start_error);

  if (opened)
    guichetd_flusher_start (self->flusher, self->db, self->committed_last);
  guichetd_store_enter_thread (self->keys);

  g_mutex_lock (&self->lock);
  self->started = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);

  if (opened)
    write_until_closed (self);

  guichetd_store_enter_thread (NULL);
  guichetd_flusher_stop (self->flusher);
  g_clear_pointer (&self->db, guichet_db_close);
  g_clear_pointer (&self->keys, guichetd_keys_close);
  return NULL;
}

GuichetdWriter *
guichetd_writer_start (GuichetdStore *store,
                       const char *data_dir,
                       guint group_max,
                       GuichetdCompletions *completions,
                       GError **error)
{
  GuichetdWriter *self = g_new0 (GuichetdWriter, 1);

  /* Named once, so that the linker keeps it: it lives in a static library. */
  guichetd_store_statements_get_resource ();

  self->store = store;
  self->completions = completions;
  self->group_max = group_max;
  self->journal_path = g_build_filename (data_dir, "journal.db", NULL);
  self->keys_path = g_build_filename (data_dir, "keys.db", NULL);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  guichetd_job_queue_init (&self->queue);
  self->flusher = guichetd_flusher_new (completions, &self->queue);

  self->thread = g_thread_new ("guichetd-writer", run, self);

  g_mutex_lock (&self->lock);
  while (!self->started)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);

  if (self->start_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->start_error));
      guichetd_writer_stop (self);
      guichetd_writer_free (self);
      return NULL;
    }
  return self;
}

gboolean
guichetd_writer_add (GuichetdWriter *self, GuichetdJobList *jobs)
{
  return guichetd_job_queue_add (&self->queue, jobs);
}

void
guichetd_writer_note_last (GuichetdWriter *self, gint64 number)
{
  g_assert (g_thread_self () == self->thread);

  self->group_last = number;
}

void
guichetd_writer_flush (GuichetdWriter *self)
{
  GuichetdJobList none = { 0 };

  g_assert (g_thread_self () == self->thread && is_transaction_lost (self));

  note_committed (self);
  guichetd_flusher_expect (self->flusher);
  guichetd_flusher_flush (self->flusher, &none, self->committed_last);
  guichetd_flusher_wait (self->flusher);
}

gint64
guichetd_writer_get_last (GuichetdWriter *self)
{
  return guichetd_flusher_get_last (self->flusher);
}

void
guichetd_writer_answer (GuichetdWriter *self, GuichetdJobList *read)
{
  guichetd_flusher_answer (self->flusher, read);
}

void
guichetd_writer_stop (GuichetdWriter *self)
{
  guichetd_job_queue_close (&self->queue);
  g_clear_pointer (&self->thread, g_thread_join);
}

void
guichetd_writer_free (GuichetdWriter *self)
{
  g_assert (self->thread == NULL);

  guichetd_flusher_free (self->flusher);
  guichetd_job_queue_clear (&self->queue);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->journal_path);
  g_free (self->keys_path);
  g_free (self);
}
