/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread that reads: what it takes from the shared queue in one go sees one snapshot. A job
 * that also writes goes on to the writer from here.
 */
#define G_LOG_DOMAIN "guichetd-reader"

#include "config.h"

#include "guichetd-store-private.h"

/* Jobs in one snapshot: enough to spread the cost of opening it, few enough that a long list
 * among them does not hold up many. */
#define SNAPSHOT_MAX 8

struct _GuichetdReader
{
  /* Given */
  GuichetdStore *store;
  GuichetdJobQueue *queue;
  guint sharers;
  GuichetdWriter *writer;
  char *journal_path;
  char *keys_path;

  /* The thread's own */
  GuichetDb *db;
  GuichetdKeys *keys;

  /* Shared */
  GThread *thread; /* (owned) (nullable) */
  GMutex lock;
  GCond changed;
  gboolean started;
  GError *start_error; /* (owned) (nullable) */
};

static gboolean
open_databases (GuichetdReader *self, GError **error)
{
  static const char *const pragmas[] = { "pragma-cache-size" };

  self->keys = guichetd_keys_open (self->keys_path, GUICHET_DB_READ_ONLY, error);
  if (self->keys == NULL)
    return FALSE;

  self->db =
      guichet_db_open (self->journal_path, GUICHET_DB_READ_ONLY, GUICHETD_STORE_RESOURCE, error);
  if (self->db == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    if (!guichet_statement_run (guichet_db_statement (self->db, pragmas[i]), error))
      return FALSE;

  return TRUE;
}

static void
hand_on (GuichetdReader *self, GuichetdJobList *to_write, GuichetdJobList *finished)
{
  GuichetdJob *job;

  if (to_write->first != NULL && !guichetd_writer_add (self->writer, to_write))
    while ((job = guichetd_job_list_take (to_write)) != NULL)
      {
        job->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "the store is closed");
        guichetd_job_list_add (finished, job);
      }

  guichetd_writer_answer (self->writer, finished);
}

static void
read_jobs (GuichetdReader *self, GuichetdJobList *jobs)
{
  GuichetdJobList to_write = { 0 };
  GuichetdJobList finished = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean open = guichet_db_begin_read (self->db, &error);
  GuichetdJob *job;

  while ((job = guichetd_job_list_take (jobs)) != NULL)
    {
      gboolean done = FALSE;

      if (!open)
        job->error = g_error_copy (error);
      else if (!(job->cancellable != NULL &&
                 g_cancellable_set_error_if_cancelled (job->cancellable, &job->error)))
        done = job->read (self->store, self->db, job->data, &job->error);

      guichetd_job_list_add (done && job->write != NULL ? &to_write : &finished, job);
    }

  if (open)
    guichet_db_rollback (self->db);
  hand_on (self, &to_write, &finished);
}

static gpointer
run (gpointer data)
{
  GuichetdReader *self = data;
  GuichetdJobList jobs = { 0 };
  gboolean opened = open_databases (self, &self->start_error);

  guichetd_store_enter_thread (self->keys);

  g_mutex_lock (&self->lock);
  self->started = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);

  while (opened && guichetd_job_queue_take (self->queue, self->sharers, SNAPSHOT_MAX, &jobs))
    read_jobs (self, &jobs);

  guichetd_store_enter_thread (NULL);
  g_clear_pointer (&self->db, guichet_db_close);
  g_clear_pointer (&self->keys, guichetd_keys_close);
  return NULL;
}

GuichetdReader *
guichetd_reader_start (GuichetdStore *store,
                       const char *data_dir,
                       GuichetdJobQueue *queue,
                       guint sharers,
                       GuichetdWriter *writer,
                       GError **error)
{
  GuichetdReader *self = g_new0 (GuichetdReader, 1);

  self->store = store;
  self->queue = queue;
  self->sharers = sharers;
  self->writer = writer;
  self->journal_path = g_build_filename (data_dir, "journal.db", NULL);
  self->keys_path = g_build_filename (data_dir, "keys.db", NULL);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);

  self->thread = g_thread_new ("guichetd-reader", run, self);

  g_mutex_lock (&self->lock);
  while (!self->started)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);

  if (self->start_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->start_error));
      guichetd_reader_stop (self);
      guichetd_reader_free (self);
      return NULL;
    }
  return self;
}

void
guichetd_reader_stop (GuichetdReader *self)
{
  g_clear_pointer (&self->thread, g_thread_join);
}

void
guichetd_reader_free (GuichetdReader *self)
{
  g_assert (self->thread == NULL);

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->journal_path);
  g_free (self->keys_path);
  g_free (self);
}
