/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Answers that were given and counted, for who asks the same again soon. What is kept is judged
 * anew whenever it is used; here it only is not kept for too long, nor too much of it.
 */
typedef struct _EidAnswers EidAnswers;

/** eid_answers_new: keeps at most this many bytes. (transfer full) */
EidAnswers *eid_answers_new (gsize size_max);
void eid_answers_free (EidAnswers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidAnswers, eid_answers_free)

/**
 * eid_answers_keep:
 * @key: what was asked
 * @until: monotonic time, microseconds
 */
void eid_answers_keep (EidAnswers *self, const char *key, GBytes *answer, gint64 until);

/** eid_answers_find: (transfer none) (nullable): what is kept at @now, monotonic time. */
GBytes *eid_answers_find (EidAnswers *self, const char *key, gint64 now);

G_END_DECLS
