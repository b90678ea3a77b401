/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_WORKER (guichet_worker_get_type ())

/**
 * GuichetWorker:
 *
 * One named thread that does one thing after the other: the owner of a database
 * connection, of a card reader, of the hashing of passwords.
 *
 * Work is a #GTask; it is run in the thread and returned to the main context in
 * which the task was made. A task that is cancelled before its turn is answered
 * with %G_IO_ERROR_CANCELLED and not run.
 */
G_DECLARE_FINAL_TYPE (GuichetWorker, guichet_worker, GUICHET, WORKER, GObject)

/**
 * guichet_worker_new:
 * @name: name of the thread, at most 15 bytes
 *
 * Starts the thread.
 *
 * Returns: (transfer full): the worker
 */
GuichetWorker *guichet_worker_new (const char *name);

/**
 * guichet_worker_push:
 * @priority: lower runs earlier (%G_PRIORITY_DEFAULT); equal ones in the order of pushing
 * @task: (transfer none): what to run; its source object must not be a widget, since
 *   its last reference may be dropped in the thread
 * @func: run in the thread; must end in exactly one g_task_return_*()
 *
 * Queues work. After guichet_worker_shutdown() the task fails with
 * %G_IO_ERROR_CLOSED.
 */
void guichet_worker_push (GuichetWorker *self, int priority, GTask *task, GTaskThreadFunc func);

/**
 * guichet_worker_is_here:
 *
 * Returns: whether the caller runs in this worker's thread
 */
gboolean guichet_worker_is_here (GuichetWorker *self);

/**
 * guichet_worker_shutdown:
 *
 * Finishes what is queued, ends the thread and waits for it. Safe to call twice;
 * also done when the worker is finalised. Must not be called from the thread itself.
 */
void guichet_worker_shutdown (GuichetWorker *self);

G_END_DECLS
