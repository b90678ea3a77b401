/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The databases of the server and the threads that own them.
 */
#define G_LOG_DOMAIN "guichetd-store"

#include "config.h"

#include "guichetd-store.h"
#include "guichetd-folder.h"
#include "guichetd-restoring.h"
#include "guichetd-store-private.h"

#include <sodium.h>
#include <unistd.h>

#define DEFAULT_READERS 2
#define DEFAULT_GROUP_MAX 256

struct _GuichetdStore
{
  GObject parent_instance;

  /* Given */
  GuichetClock *clock; /* (owned) */
  char *data_dir;

  /* Owned */
  int lock_fd; /* -1 when closed */
  GuichetdCompletions *completions;
  GuichetdWriter *writer; /* (nullable) */
  GuichetdJobQueue to_read;
  GPtrArray *readers; /* of GuichetdReader */

  /* Shared */
  gint files_held; /* atomic: a backup or a purge is at the files */
};

G_DEFINE_FINAL_TYPE (GuichetdStore, guichetd_store, G_TYPE_OBJECT)

/* The keys of the store's thread that one is in. */
static GPrivate keys_of_thread;

/* A job that was asked for with a GTask. */
typedef struct
{
  GuichetdJob job;
  GTask *task; /* (owned) */
  gpointer data;
  GDestroyNotify data_free;
} TaskJob;

static void
task_job_done (GuichetdJob *job)
{
  TaskJob *self = job->user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, self->data, NULL);
}

static void
task_job_free (gpointer data)
{
  TaskJob *self = data;

  guichetd_job_clear (&self->job);
  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

/* The job is the task's data: what the work was given lives until the callback returned. */
static void
push_task (GuichetdStore *self,
           gboolean writes,
           GuichetdWork work,
           gpointer data,
           GDestroyNotify data_free,
           GTask *task,
           GCancellable *cancellable)
{
  TaskJob *job = g_new0 (TaskJob, 1);

  job->job.read = writes ? NULL : work;
  job->job.write = writes ? work : NULL;
  job->job.data = data;
  job->job.cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->job.done = task_job_done;
  job->job.user_data = job;
  job->data = data;
  job->data_free = data_free;
  job->task = task;
  g_task_set_task_data (task, job, task_job_free);
  /* What was written is written, whoever lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);

  guichetd_store_push (self, &job->job);
}

static gboolean
start_threads (GuichetdStore *self, const GuichetdStoreOptions *options, GError **error)
{
  guint n_readers = options != NULL && options->readers > 0 ? options->readers : DEFAULT_READERS;
  guint group_max =
      options != NULL && options->group_max > 0 ? options->group_max : DEFAULT_GROUP_MAX;

  self->writer = guichetd_writer_start (self, self->data_dir, group_max, self->completions, error);
  if (self->writer == NULL)
    return FALSE;

  for (guint i = 0; i < n_readers; i++)
    {
      GuichetdReader *reader = guichetd_reader_start (self,
                                                      self->data_dir,
                                                      &self->to_read,
                                                      n_readers,
                                                      self->writer,
                                                      error);

      if (reader == NULL)
        return FALSE;
      g_ptr_array_add (self->readers, reader);
    }
  return TRUE;
}

static void
guichetd_store_finalize (GObject *object)
{
  GuichetdStore *self = GUICHETD_STORE (object);

  guichetd_store_close (self);
  g_clear_pointer (&self->completions, guichetd_completions_free);
  for (guint i = 0; i < self->readers->len; i++)
    guichetd_reader_free (g_ptr_array_index (self->readers, i));
  g_clear_pointer (&self->readers, g_ptr_array_unref);
  g_clear_pointer (&self->writer, guichetd_writer_free);
  guichetd_job_queue_clear (&self->to_read);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (guichetd_store_parent_class)->finalize (object);
}

static void
guichetd_store_class_init (GuichetdStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichetd_store_finalize;
}

static void
guichetd_store_init (GuichetdStore *self)
{
  self->lock_fd = -1;
  self->readers = g_ptr_array_new ();
  guichetd_job_queue_init (&self->to_read);
}

GuichetdStore *
guichetd_store_open (const char *data_dir,
                     GuichetClock *clock,
                     const GuichetdStoreOptions *options,
                     GError **error)
{
  g_autoptr (GuichetdStore) self = NULL;
  gboolean good;

  g_return_val_if_fail (data_dir != NULL, NULL);
  g_return_val_if_fail (GUICHET_IS_CLOCK (clock), NULL);

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "libsodium cannot be used");
      return NULL;
    }

  self = g_object_new (GUICHETD_TYPE_STORE, NULL);
  self->clock = g_object_ref (clock);
  self->data_dir = g_strdup (data_dir);
  self->completions = guichetd_completions_new ();
  self->lock_fd = guichetd_folder_lock (data_dir, error);
  if (self->lock_fd < 0 || !guichetd_restore_finish (data_dir, error))
    return NULL;
  good = start_threads (self, options, error);
  /* Also what was made before something failed. */
  if (!guichetd_folder_hand_over (data_dir, good ? error : NULL) || !good)
    return NULL;

  return g_steal_pointer (&self);
}

void
guichetd_store_close (GuichetdStore *self)
{
  g_return_if_fail (GUICHETD_IS_STORE (self));

  /* Readers first: what they read may still have to be written. */
  guichetd_job_queue_close (&self->to_read);
  for (guint i = 0; i < self->readers->len; i++)
    guichetd_reader_stop (g_ptr_array_index (self->readers, i));
  if (self->writer != NULL)
    guichetd_writer_stop (self->writer);

  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

void
guichetd_store_write_async (GuichetdStore *self,
                            GuichetdWork work,
                            gpointer data,
                            GDestroyNotify data_free,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GUICHETD_IS_STORE (self));
  g_return_if_fail (work != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, guichetd_store_write_async);
  push_task (self, TRUE, work, data, data_free, task, cancellable);
}

gpointer
guichetd_store_write_finish (GuichetdStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichetd_store_read_async (GuichetdStore *self,
                           GuichetdWork work,
                           gpointer data,
                           GDestroyNotify data_free,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GUICHETD_IS_STORE (self));
  g_return_if_fail (work != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, guichetd_store_read_async);
  push_task (self, FALSE, work, data, data_free, task, cancellable);
}

gpointer
guichetd_store_read_finish (GuichetdStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
guichetd_store_write (GuichetdStore *self, GuichetdWork work, gpointer data, GError **error)
{
  GuichetdJob job = { .write = work, .data = data };

  return guichetd_store_run (self, &job, error);
}

gboolean
guichetd_store_read (GuichetdStore *self, GuichetdWork work, gpointer data, GError **error)
{
  GuichetdJob job = { .read = work, .data = data };

  return guichetd_store_run (self, &job, error);
}

void
guichetd_store_push (GuichetdStore *self, GuichetdJob *job)
{
  GuichetdJobList jobs = { 0 };
  gboolean taken;

  g_return_if_fail (GUICHETD_IS_STORE (self));
  g_return_if_fail (job->read != NULL || job->write != NULL);

  guichetd_job_list_add (&jobs, job);
  taken = job->read != NULL ? guichetd_job_queue_add (&self->to_read, &jobs)
                            : guichetd_writer_add (self->writer, &jobs);
  if (taken)
    return;

  job->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "the store is closed");
  guichetd_completions_add (self->completions, &jobs);
}

gboolean
guichetd_store_run (GuichetdStore *self, GuichetdJob *job, GError **error)
{
  gboolean good;

  g_return_val_if_fail (job->done == NULL, FALSE);

  guichetd_store_push (self, job);
  guichetd_completions_wait (self->completions, job);

  good = job->error == NULL;
  if (!good)
    g_propagate_error (error, g_steal_pointer (&job->error));
  guichetd_job_clear (job);
  return good;
}

GuichetClock *
guichetd_store_get_clock (GuichetdStore *self)
{
  return self->clock;
}

GuichetdKeys *
guichetd_store_get_keys (GuichetdStore *self)
{
  GuichetdKeys *keys = g_private_get (&keys_of_thread);

  g_return_val_if_fail (keys != NULL, NULL);
  return keys;
}

void
guichetd_store_enter_thread (GuichetdKeys *keys)
{
  g_private_set (&keys_of_thread, keys);
}

char *
guichetd_store_get_path (GuichetdStore *self, const char *name)
{
  return g_build_filename (self->data_dir, name, NULL);
}

void
guichetd_store_note_last (GuichetdStore *self, gint64 number)
{
  guichetd_writer_note_last (self->writer, number);
}

void
guichetd_store_flush (GuichetdStore *self)
{
  guichetd_writer_flush (self->writer);
}

gint64
guichetd_store_get_last (GuichetdStore *self)
{
  return guichetd_writer_get_last (self->writer);
}

gboolean
guichetd_store_hold_files (GuichetdStore *self)
{
  return g_atomic_int_compare_and_exchange (&self->files_held, 0, 1);
}

void
guichetd_store_release_files (GuichetdStore *self)
{
  g_atomic_int_set (&self->files_held, 0);
}
