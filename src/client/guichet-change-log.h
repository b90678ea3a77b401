/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetChangeLog:
 *
 * Which lines of the mirror each of its last revisions changed, so that a list that was read
 * at one revision can be brought to another without being read again. Any thread.
 */
typedef struct _GuichetChangeLog GuichetChangeLog;

GuichetChangeLog *guichet_change_log_new (void);
void guichet_change_log_free (GuichetChangeLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetChangeLog, guichet_change_log_free)

/**
 * guichet_change_log_add:
 * @ids: (array length=n_ids): what changed
 *
 * To be called before the revision is committed: whoever sees the revision finds its changes.
 */
void
guichet_change_log_add (GuichetChangeLog *self, gint64 revision, const guint32 *ids, guint n_ids);

/**
 * guichet_change_log_since:
 * @after: revision that is known
 * @until: revision to come to
 *
 * Returns: (transfer full) (nullable) (element-type guint32): the ids that changed after @after,
 *   in order and each once; %NULL if the log does not reach back that far
 */
GArray *guichet_change_log_since (GuichetChangeLog *self, gint64 after, gint64 until);

G_END_DECLS
