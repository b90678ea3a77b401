/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread that waits for the disk.
 */
#define G_LOG_DOMAIN "guichetd-flusher"

#include "config.h"

#include "guichetd-flusher.h"
#include "guichet-error.h"
#include "guichet-scrub.h"

#include <stdatomic.h>

struct _GuichetdFlusher
{
  /* Given */
  GuichetdCompletions *completions;
  GuichetdJobQueue *writes;
  GuichetDb *db; /* (nullable): while the thread runs */

  /* Shared */
  GThread *thread;     /* (owned) (nullable) */
  _Atomic gint64 last; /* last event that is on the disk */
  GMutex lock;         /* of what follows */
  GCond changed;
  enum
  {
    IDLE,      /* what is committed is on the disk */
    EXPECTING, /* the writer commits */
    FLUSHING,
  } state;
  GuichetdJobList answers; /* that wait for the flush */
  gint64 next_last;        /* `last` after it */
  gboolean stopping;
};

static void
end_for (const GError *error)
{
  g_error ("the disk did not take what was written: %s; the daemon has to be started again",
           error->message);
}

void
guichetd_flush (GuichetDb *db)
{
  g_autoptr (GError) error = NULL;

  if (!guichet_db_flush (db, &error))
    end_for (error);
}

void
guichetd_checkpoint (GuichetDb *db)
{
  g_autoptr (GError) error = NULL;

  if (!guichet_db_checkpoint (db, &error))
    end_for (error);
}

gboolean
guichetd_empty_log (GuichetDb *db, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!guichet_scrub_log (db, &local_error) &&
      !g_error_matches (local_error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_BUSY))
    end_for (local_error);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

/* Flushes without the lock; what is read meanwhile joins the answers. */
static void
flush_once (GuichetdFlusher *self)
{
  GuichetdJobList answers;

  g_mutex_unlock (&self->lock);
  guichetd_flush (self->db);
  g_mutex_lock (&self->lock);

  atomic_store (&self->last, self->next_last);
  answers = self->answers;
  self->answers = (GuichetdJobList){ 0 };
  self->state = IDLE;
  g_cond_broadcast (&self->changed);

  guichetd_completions_add (self->completions, &answers);
  guichetd_job_queue_wake (self->writes);
}

static gpointer
run (gpointer data)
{
  GuichetdFlusher *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (self->state == FLUSHING || !self->stopping)
    {
      if (self->state == FLUSHING)
        flush_once (self);
      else
        g_cond_wait (&self->changed, &self->lock);
    }
  return NULL;
}

GuichetdFlusher *
guichetd_flusher_new (GuichetdCompletions *completions, GuichetdJobQueue *writes)
{
  GuichetdFlusher *self = g_new0 (GuichetdFlusher, 1);

  self->completions = completions;
  self->writes = writes;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

void
guichetd_flusher_free (GuichetdFlusher *self)
{
  g_assert (self->thread == NULL && self->answers.first == NULL);

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

void
guichetd_flusher_start (GuichetdFlusher *self, GuichetDb *db, gint64 last)
{
  self->db = db;
  atomic_store (&self->last, last);
  self->thread = g_thread_new ("guichetd-flusher", run, self);
}

void
guichetd_flusher_stop (GuichetdFlusher *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);
}

gboolean
guichetd_flusher_is_idle (GuichetdFlusher *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->state == IDLE;
}

void
guichetd_flusher_wait (GuichetdFlusher *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (self->state != IDLE)
    g_cond_wait (&self->changed, &self->lock);
}

void
guichetd_flusher_expect (GuichetdFlusher *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (self->state == FLUSHING)
    g_cond_wait (&self->changed, &self->lock);
  self->state = EXPECTING;
}

void
guichetd_flusher_flush (GuichetdFlusher *self, GuichetdJobList *group, gint64 last)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_assert (self->state == EXPECTING);
  guichetd_job_list_add_all (&self->answers, group);
  self->next_last = last;
  self->state = FLUSHING;
  g_cond_broadcast (&self->changed);
}

void
guichetd_flusher_answer (GuichetdFlusher *self, GuichetdJobList *read)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->state != IDLE)
    guichetd_job_list_add_all (&self->answers, read);
  else if (read->first != NULL)
    guichetd_completions_add (self->completions, read);
}

gint64
guichetd_flusher_get_last (GuichetdFlusher *self)
{
  return atomic_load (&self->last);
}
