/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Brings finished jobs back to who asked.
 */
#define G_LOG_DOMAIN "guichetd-completions"

#include "config.h"

#include "guichetd-completions.h"

struct _GuichetdCompletions
{
  gatomicrefcount refs; /* one more while callbacks run: they may close the store */
  GSource *source;      /* (owned) ready when `finished` holds something */
  GMutex lock;
  GCond answered; /* a job that somebody waits for is finished */
  GuichetdJobList finished;
};

typedef struct
{
  GSource source;
  GuichetdCompletions *completions;
} CompletionSource;

static void
unref (GuichetdCompletions *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->answered);
  g_free (self);
}

/* One at a time: a callback may turn the main context, and what is left must not wait for it. */
static GuichetdJob *
take_finished (GuichetdCompletions *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return guichetd_job_list_take (&self->finished);
}

static guint
count_finished (GuichetdCompletions *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->finished.length;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  GuichetdCompletions *self = ((CompletionSource *) source)->completions;
  GuichetdJob *job;
  guint left;

  g_atomic_ref_count_inc (&self->refs);

  /* Before looking: a job that ends from here on makes it ready again. */
  g_source_set_ready_time (source, -1);

  /* Not until nothing is left: other sources want their turn. */
  left = count_finished (self);
  for (; left > 0 && (job = take_finished (self)) != NULL; left--)
    job->done (job);

  if (count_finished (self) > 0)
    g_source_set_ready_time (source, 0);
  unref (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {
  .dispatch = dispatch,
};

GuichetdCompletions *
guichetd_completions_new (void)
{
  GuichetdCompletions *self = g_new0 (GuichetdCompletions, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  g_cond_init (&self->answered);
  self->source = g_source_new (&source_funcs, sizeof (CompletionSource));
  ((CompletionSource *) self->source)->completions = self;
  g_source_set_static_name (self->source, "guichetd-completions");
  g_source_set_can_recurse (self->source, TRUE);
  g_source_attach (self->source, context);

  return self;
}

void
guichetd_completions_free (GuichetdCompletions *self)
{
  GuichetdJob *job;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  while ((job = take_finished (self)) != NULL)
    job->done (job);
  unref (self);
}

void
guichetd_completions_add (GuichetdCompletions *self, GuichetdJobList *jobs)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gboolean wake_context = FALSE;
  gboolean wake_waiting = FALSE;
  GuichetdJob *job;

  while ((job = guichetd_job_list_take (jobs)) != NULL)
    {
      if (job->done == NULL)
        {
          job->finished = TRUE;
          wake_waiting = TRUE;
          continue;
        }

      wake_context |= self->finished.first == NULL;
      guichetd_job_list_add (&self->finished, job);
    }

  if (wake_context)
    g_source_set_ready_time (self->source, 0);
  if (wake_waiting)
    g_cond_broadcast (&self->answered);
}

void
guichetd_completions_wait (GuichetdCompletions *self, GuichetdJob *job)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!job->finished)
    g_cond_wait (&self->answered, &self->lock);
}
