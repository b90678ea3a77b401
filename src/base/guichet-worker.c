/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One named thread that does one thing after the other.
 */
#define G_LOG_DOMAIN "guichet-worker"

#include "config.h"

#include "guichet-worker.h"

typedef struct
{
  GTask *task; /* (owned) */
  GTaskThreadFunc func;
} Job;

/* What waits with one priority. There are few of them, and a queue may be long. */
typedef struct
{
  int priority;
  GQueue jobs; /* of Job, in the order of pushing */
} Lane;

struct _GuichetWorker
{
  GObject parent_instance;

  GThread *thread; /* (owned) (nullable) */
  GThread *here;   /* the thread as it knows itself, from its first moment to its last */
  GMutex lock;     /* of what follows */
  GCond changed;
  GPtrArray *lanes; /* (owned): of Lane, the one to run first at the front */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (GuichetWorker, guichet_worker, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job);
}

static void
lane_free (Lane *lane)
{
  g_queue_clear_full (&lane->jobs, (GDestroyNotify) job_free);
  g_free (lane);
}

static Lane *
find_lane (GuichetWorker *self, int priority)
{
  guint place = 0;
  Lane *lane;

  for (; place < self->lanes->len; place++)
    {
      lane = g_ptr_array_index (self->lanes, place);
      if (lane->priority == priority)
        return lane;
      if (lane->priority > priority)
        break;
    }

  lane = g_new0 (Lane, 1);
  lane->priority = priority;
  g_queue_init (&lane->jobs);
  g_ptr_array_insert (self->lanes, (int) place, lane);
  return lane;
}

static Job *
next_job (GuichetWorker *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    {
      Lane *lane = g_ptr_array_index (self->lanes, i);

      if (!g_queue_is_empty (&lane->jobs))
        return g_queue_pop_head (&lane->jobs);
    }
  return NULL;
}

/* Waits for the next job; NULL once the worker is closed and nothing is left. */
static Job *
await_job (GuichetWorker *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Job *job;

  while ((job = next_job (self)) == NULL && !self->closed)
    g_cond_wait (&self->changed, &self->lock);
  return job;
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
  Job *job;

  g_atomic_pointer_set (&self->here, g_thread_self ());
  while ((job = await_job (self)) != NULL)
    {
      run (job);
      job_free (job);
    }
  return NULL;
}

static void
guichet_worker_finalize (GObject *object)
{
  GuichetWorker *self = GUICHET_WORKER (object);

  guichet_worker_shutdown (self);
  g_ptr_array_unref (self->lanes);
  g_cond_clear (&self->changed);
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
  g_cond_init (&self->changed);
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) lane_free);
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
  job->task = g_object_ref (task);
  job->func = func;
  g_queue_push_tail (&find_lane (self, priority)->jobs, job);
  g_cond_signal (&self->changed);
  return TRUE;
}

/* The thread ends when it has done what is queued. */
static void
close_queue (GuichetWorker *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->closed = TRUE;
  g_cond_signal (&self->changed);
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

  close_queue (self);
  g_thread_join (g_steal_pointer (&self->thread));
}
