/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"
#include "guichetd-completions.h"
#include "guichetd-job.h"

G_BEGIN_DECLS

/**
 * guichetd_flush:
 *
 * Flushes what was committed, in the writer, or ends the daemon. After a failed flush the kernel may have forgotten
 * which pages were not written, and a second one would say that all is well: nothing may be answered any
 * more. The next start brings all that can be read of the log into the database, and flushes that.
 */
void guichetd_flush (GuichetDb *db);
/** guichetd_checkpoint: guichet_db_checkpoint(), with the same end. */
void guichetd_checkpoint (GuichetDb *db);
/** guichetd_empty_log: guichet_scrub_log(), with the same end: fails only with BUSY. */
gboolean guichetd_empty_log (GuichetDb *db, GError **error);

/**
 * GuichetdFlusher:
 *
 * The thread that waits for the disk. It flushes what the writer committed, a group at a time, and
 * lets its answers go only then; the writer is at the next group meanwhile.
 *
 * Between a commit and its flush, readers see what a power cut would still take back. Nothing of
 * that may be told either: what was read then is answered after the flush.
 */
typedef struct _GuichetdFlusher GuichetdFlusher;

/**
 * guichetd_flusher_new:
 * @completions: (borrowed): where answers go
 * @writes: (borrowed): woken when a flush is over
 */
GuichetdFlusher *guichetd_flusher_new (GuichetdCompletions *completions, GuichetdJobQueue *writes);
void guichetd_flusher_free (GuichetdFlusher *self);

/* In the writer */

/**
 * guichetd_flusher_start:
 * @db: (borrowed): of the writer, in %GUICHET_DB_DEFERRED
 * @last: number of the last event that is on the disk
 */
void guichetd_flusher_start (GuichetdFlusher *self, GuichetDb *db, gint64 last);
/** guichetd_flusher_stop: waits for the flush under way and ends the thread, if it runs; @db can be closed then. */
void guichetd_flusher_stop (GuichetdFlusher *self);

/** guichetd_flusher_is_idle: nothing is being flushed. */
gboolean guichetd_flusher_is_idle (GuichetdFlusher *self);
/** guichetd_flusher_wait: until it is. */
void guichetd_flusher_wait (GuichetdFlusher *self);
/** guichetd_flusher_expect: waits for the flush under way. What is committed from here on is not on the disk yet. */
void guichetd_flusher_expect (GuichetdFlusher *self);
/**
 * guichetd_flusher_flush:
 * @group: all of it is taken, and answered when the flush is over
 * @last: number of the last event then on the disk
 *
 * Flushes what was committed since guichetd_flusher_expect(), without waiting for it.
 */
void guichetd_flusher_flush (GuichetdFlusher *self, GuichetdJobList *group, gint64 last);

/* Any thread */

/** guichetd_flusher_answer: answers all of @read, which was read and needs no write, as soon as what it may have seen is safe. */
void guichetd_flusher_answer (GuichetdFlusher *self, GuichetdJobList *read);

/** guichetd_flusher_get_last: number of the last event that is on the disk. */
gint64 guichetd_flusher_get_last (GuichetdFlusher *self);

G_END_DECLS
