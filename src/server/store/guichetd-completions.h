/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-job.h"

G_BEGIN_DECLS

/**
 * GuichetdCompletions:
 *
 * Brings finished jobs back: to the main context for those with a `done`, to the waiting
 * thread for the others. Many jobs that end together wake the main context once.
 */
typedef struct _GuichetdCompletions GuichetdCompletions;

/** guichetd_completions_new: for the caller's thread-default main context. */
GuichetdCompletions *guichetd_completions_new (void);

/** guichetd_completions_free: calls `done` of what is left; from the thread of the main context. */
void guichetd_completions_free (GuichetdCompletions *self);

/** guichetd_completions_add: takes all of @jobs; any thread. */
void guichetd_completions_add (GuichetdCompletions *self, GuichetdJobList *jobs);

/** guichetd_completions_wait: until @job, which has no `done`, is finished. */
void guichetd_completions_wait (GuichetdCompletions *self, GuichetdJob *job);

G_END_DECLS
