/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-completions.h"
#include "guichetd-job.h"
#include "guichetd-keys.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

/* For sister files of the store and for the engine, which saves itself a GTask by it. */

#define GUICHETD_STORE_RESOURCE "/be/mons/Guichetier/store/"

/** guichetd_store_push: hands @job to the threads; `done` is called in any case. */
void guichetd_store_push (GuichetdStore *self, GuichetdJob *job);

/** guichetd_store_run: the same, waiting for it: @job has no `done`. %FALSE with the job's error moved to @error. */
gboolean guichetd_store_run (GuichetdStore *self, GuichetdJob *job, GError **error);

GuichetClock *guichetd_store_get_clock (GuichetdStore *self);

/** guichetd_store_get_keys: keys as this thread of the store sees them. */
GuichetdKeys *guichetd_store_get_keys (GuichetdStore *self);

/** guichetd_store_get_path: of a file in the data folder. (transfer full) */
char *guichetd_store_get_path (GuichetdStore *self, const char *name);

/** guichetd_store_note_last: in the writer: @number is the last event, if the group stands. */
void guichetd_store_note_last (GuichetdStore *self, gint64 number);

/**
 * guichetd_store_flush:
 *
 * In a job that runs alone: what it committed is on the disk after this, and what was read of it meanwhile is
 * answered without waiting for the job's end. Whoever sees to it that nothing can be read any more says first
 * on the disk that it is so.
 */
void guichetd_store_flush (GuichetdStore *self);

/** guichetd_store_hold_files: a backup reads the files; %FALSE if a purge rewrites them just now. Any thread. */
gboolean guichetd_store_hold_files (GuichetdStore *self);
void guichetd_store_release_files (GuichetdStore *self);

/* Between store and its threads */

/** guichetd_store_enter_thread: in a thread of the store, once its connections are open; %NULL before closing them. */
void guichetd_store_enter_thread (GuichetdKeys *keys);

typedef struct _GuichetdWriter GuichetdWriter;
typedef struct _GuichetdReader GuichetdReader;

/** guichetd_writer_start: returns once its connections are open, or with @error. */
GuichetdWriter *guichetd_writer_start (GuichetdStore *store,
                                       const char *data_dir,
                                       guint group_max,
                                       GuichetdCompletions *completions,
                                       GError **error);
gboolean guichetd_writer_add (GuichetdWriter *self, GuichetdJobList *jobs);
/** guichetd_writer_answer: answers what was only read, once all that it may have seen is on the disk; any thread. */
void guichetd_writer_answer (GuichetdWriter *self, GuichetdJobList *read);
/** guichetd_writer_flush: in a job that runs alone. */
void guichetd_writer_flush (GuichetdWriter *self);
void guichetd_writer_note_last (GuichetdWriter *self, gint64 number);
gint64 guichetd_writer_get_last (GuichetdWriter *self);
/** guichetd_writer_stop: finishes what is queued, closes the connections. */
void guichetd_writer_stop (GuichetdWriter *self);
void guichetd_writer_free (GuichetdWriter *self);

GuichetdReader *guichetd_reader_start (GuichetdStore *store,
                                       const char *data_dir,
                                       GuichetdJobQueue *queue,
                                       guint sharers,
                                       GuichetdWriter *writer,
                                       GError **error);
/** guichetd_reader_stop: waits for its end, which closing the queue brings about. */
void guichetd_reader_stop (GuichetdReader *self);
void guichetd_reader_free (GuichetdReader *self);

G_END_DECLS
