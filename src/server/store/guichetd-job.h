/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichetd-store.h"

G_BEGIN_DECLS

typedef struct _GuichetdJob GuichetdJob;

/** GuichetdJobDone: called once, in the main context of the store; may free the job. */
typedef void (*GuichetdJobDone) (GuichetdJob *job);

/**
 * GuichetdJob:
 * @read: (nullable): run first, in a reader
 * @write: (nullable): run then, in the writer, if @read succeeded: without a turn through the
 *   main context in between
 * @alone: @write runs when no group is open, and opens its own transactions
 * @single: @write is one statement, which undoes itself if it fails: it needs no savepoint
 * @data: for both
 * @cancellable: (nullable) (owned): looked at before each half, never during it
 * @done: (nullable): %NULL if somebody waits in guichetd_store_run()
 * @user_data: for @done
 * @error: (nullable) (owned): what came of it
 *
 * What the threads of the store are asked to do. Part of a larger struct, usually; it
 * belongs to the store from guichetd_store_push() until @done.
 */
struct _GuichetdJob
{
  GuichetdWork read;
  GuichetdWork write;
  gboolean alone;
  gboolean single;
  gpointer data;
  GCancellable *cancellable;
  GuichetdJobDone done;
  gpointer user_data;
  GError *error;

  /*< private >*/
  GuichetdJob *next;
  gboolean finished;
};

/** guichetd_job_clear: frees what a job owns. */
void guichetd_job_clear (GuichetdJob *job);

/**
 * GuichetdJobList:
 *
 * Jobs in order, linked through themselves.
 */
typedef struct
{
  GuichetdJob *first;
  GuichetdJob *last;
  guint length;
} GuichetdJobList;

void guichetd_job_list_add (GuichetdJobList *self, GuichetdJob *job);
/** guichetd_job_list_add_all: moves all of @jobs to the end of @self. */
void guichetd_job_list_add_all (GuichetdJobList *self, GuichetdJobList *jobs);
/** guichetd_job_list_take: (nullable): the first one, out of the list. */
GuichetdJob *guichetd_job_list_take (GuichetdJobList *self);

/**
 * GuichetdJobQueue:
 *
 * Where threads wait for jobs. Any thread.
 */
typedef struct
{
  GMutex lock;
  GCond more;
  GuichetdJobList jobs;
  gboolean closed;
  gboolean woken;
} GuichetdJobQueue;

void guichetd_job_queue_init (GuichetdJobQueue *self);
void guichetd_job_queue_clear (GuichetdJobQueue *self);

/** guichetd_job_queue_add: takes all of @jobs; %FALSE if the queue is closed and @jobs untouched. */
gboolean guichetd_job_queue_add (GuichetdJobQueue *self, GuichetdJobList *jobs);

/**
 * guichetd_job_queue_take:
 * @sharers: threads that live on this queue; one leaves the others their part
 * @max: at most so many
 *
 * Waits for jobs, or for guichetd_job_queue_wake(). Returns: %FALSE when the queue is closed and empty
 */
gboolean
guichetd_job_queue_take (GuichetdJobQueue *self, guint sharers, guint max, GuichetdJobList *jobs);

/** guichetd_job_queue_wake: lets one thread that takes go on, now or the next time, with or without jobs. */
void guichetd_job_queue_wake (GuichetdJobQueue *self);

/** guichetd_job_queue_close: nothing more comes in; what is there is still handed out. */
void guichetd_job_queue_close (GuichetdJobQueue *self);

G_END_DECLS
