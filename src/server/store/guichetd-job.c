/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the threads of the store are asked to do, and where they wait for it. Jobs are
 * linked through themselves and move in lists, so that a group of a hundred costs one
 * lock and one wake-up.
 */
#define G_LOG_DOMAIN "guichetd-job"

#include "config.h"

#include "guichetd-job.h"

void
guichetd_job_clear (GuichetdJob *job)
{
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
}

void
guichetd_job_list_add (GuichetdJobList *self, GuichetdJob *job)
{
  job->next = NULL;
  if (self->last != NULL)
    self->last->next = job;
  else
    self->first = job;
  self->last = job;
  self->length++;
}

GuichetdJob *
guichetd_job_list_take (GuichetdJobList *self)
{
  GuichetdJob *job = self->first;

  if (job == NULL)
    return NULL;

  self->first = job->next;
  if (self->first == NULL)
    self->last = NULL;
  self->length--;
  job->next = NULL;
  return job;
}

void
guichetd_job_list_add_all (GuichetdJobList *self, GuichetdJobList *jobs)
{
  if (jobs->first == NULL)
    return;

  if (self->last != NULL)
    self->last->next = jobs->first;
  else
    self->first = jobs->first;
  self->last = jobs->last;
  self->length += jobs->length;
  *jobs = (GuichetdJobList){ 0 };
}

void
guichetd_job_queue_init (GuichetdJobQueue *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->more);
}

void
guichetd_job_queue_clear (GuichetdJobQueue *self)
{
  g_assert (self->jobs.first == NULL);

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->more);
}

gboolean
guichetd_job_queue_add (GuichetdJobQueue *self, GuichetdJobList *jobs)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->closed)
    return FALSE;

  guichetd_job_list_add_all (&self->jobs, jobs);
  g_cond_signal (&self->more);
  return TRUE;
}

gboolean
guichetd_job_queue_take (GuichetdJobQueue *self, guint sharers, guint max, GuichetdJobList *jobs)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (self->jobs.first == NULL && !self->closed && !self->woken)
    g_cond_wait (&self->more, &self->lock);
  self->woken = FALSE;

  guint part = (self->jobs.length + sharers - 1) / sharers;

  for (guint i = 0; i < MIN (part, max); i++)
    guichetd_job_list_add (jobs, guichetd_job_list_take (&self->jobs));

  /* One signal came for a whole list: pass it on to whoever shares the queue. */
  if (self->jobs.first != NULL)
    g_cond_signal (&self->more);

  return jobs->first != NULL || !self->closed;
}

void
guichetd_job_queue_wake (GuichetdJobQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->woken = TRUE;
  g_cond_signal (&self->more);
}

void
guichetd_job_queue_close (GuichetdJobQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->closed = TRUE;
  g_cond_broadcast (&self->more);
}
