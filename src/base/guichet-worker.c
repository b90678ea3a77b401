/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One named thread that does one thing after the other.
 */
#define G_LOG_DOMAIN "guichet-worker"

#include "config.h"

#include "guichet-worker.h"

typedef struct
{
  int priority;
  guint64 serial;
  GTask *task; /* (owned) (nullable): NULL asks the thread to end */
  GTaskThreadFunc func;
} Job;

struct _GuichetWorker
{
  GObject parent_instance;

  GThread *thread;    /* (owned) (nullable) */
  GThread *here;      /* the thread as it knows itself, from its first moment to its last */
  GAsyncQueue *queue; /* (owned): of Job, by priority and serial */
  GMutex lock;        /* of serial and closed */
  guint64 serial;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (GuichetWorker, guichet_worker, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job);
}

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Job *first = a;
  const Job *second = b;

  if (first->priority != second->priority)
    return first->priority < second->priority ? -1 : 1;
  return first->serial < second->serial ? -1 : first->serial > second->serial;
}

static void
run (Job *job)
{
  GTask *task = job->task;

  if (!g_task_return_error_if_cancelled (task))
    job->func (task,
               g_task_get_source_object (task),
               g_task_get_task_data (task),
               g_task_get_cancellable (task));
}

static gpointer
work (gpointer user_data)
{
  GuichetWorker *self = user_data; /* outlives the thread, which it joins */
  gboolean open = TRUE;

  g_atomic_pointer_set (&self->here, g_thread_self ());
  while (open)
    {
      Job *job = g_async_queue_pop (self->queue);

      if (job->task != NULL)
        run (job);
      else
        open = FALSE;
      job_free (job);
    }

  return NULL;
}

static void
guichet_worker_finalize (GObject *object)
{
  GuichetWorker *self = GUICHET_WORKER (object);

  guichet_worker_shutdown (self);
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (guichet_worker_parent_class)->finalize (object);
}

static void
guichet_worker_class_init (GuichetWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_worker_finalize;
}

static void
guichet_worker_init (GuichetWorker *self)
{
  g_mutex_init (&self->lock);
  self->queue = g_async_queue_new_full ((GDestroyNotify) job_free);
}

GuichetWorker *
guichet_worker_new (const char *name)
{
  GuichetWorker *self = g_object_new (GUICHET_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, work, self);
  return self;
}

/* FALSE once the worker is closed. */
static gboolean
enqueue (GuichetWorker *self, int priority, GTask *task, GTaskThreadFunc func)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Job *job;

  if (self->closed)
    return FALSE;

  job = g_new0 (Job, 1);
  job->priority = priority;
  job->serial = self->serial++;
  job->task = task != NULL ? g_object_ref (task) : NULL;
  job->func = func;
  g_async_queue_push_sorted (self->queue, job, compare_jobs, NULL);
  self->closed = task == NULL;
  return TRUE;
}

void
guichet_worker_push (GuichetWorker *self, int priority, GTask *task, GTaskThreadFunc func)
{
  g_return_if_fail (GUICHET_IS_WORKER (self));
  g_return_if_fail (G_IS_TASK (task) && func != NULL);

  if (!enqueue (self, priority, task, func))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the worker has ended");
}

gboolean
guichet_worker_is_here (GuichetWorker *self)
{
  g_return_val_if_fail (GUICHET_IS_WORKER (self), FALSE);

  return g_atomic_pointer_get (&self->here) == g_thread_self ();
}

void
guichet_worker_shutdown (GuichetWorker *self)
{
  g_return_if_fail (GUICHET_IS_WORKER (self));
  g_return_if_fail (self->thread == NULL || !guichet_worker_is_here (self));

  if (self->thread == NULL)
    return;

  enqueue (self, G_MAXINT, NULL, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
}
