/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-pcsc.h"

G_BEGIN_DECLS

/*
 * What one call does with one card: its thread connects, works and lets go, while the caller
 * waits for a task that may end before. Reference counted, since either may be the last.
 */
typedef struct _EidSitting EidSitting;

/*
 * In the thread, with the card to itself. Called again for a card that was out of step, until
 * eid_sitting_commit(). (transfer full) (nullable): the result.
 */
typedef gpointer (*EidSittingWork) (EidSitting *self, EidPcsc *pcsc, gpointer data, GError **error);

/* What is told in the caller's context, with the data of eid_sitting_run(). */
typedef void (*EidSittingNews) (gpointer data, gpointer news);

typedef struct
{
  EidSittingWork work;
  /* Each frees in whichever thread is the last. */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  /* (nullable): in the caller's context, when the call ends, the thread perhaps not yet. */
  void (*ended) (gpointer data);
} EidSittingClass;

/**
 * eid_sitting_run:
 * @timeout: milliseconds without an exchange after which the reader is given up
 * @data: (transfer full)
 * @tag: source tag of the result
 */
void eid_sitting_run (const EidSittingClass *class,
                      const char *reader,
                      guint timeout,
                      gpointer data,
                      gpointer tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/** eid_sitting_finish: (transfer full) (nullable): what the work returned. */
gpointer eid_sitting_finish (GAsyncResult *result,
                             gpointer tag,
                             EidCardKind *ret_kind,
                             guint *ret_exchanges,
                             GError **error);

/** eid_sitting_tell: from the thread; no news reach the caller once the call is over or cancelled. */
void
eid_sitting_tell (EidSitting *self, EidSittingNews tell, gpointer news, GDestroyNotify free_news);

/** eid_sitting_commit: from here on nothing is tried again. */
void eid_sitting_commit (EidSitting *self);

/** eid_sitting_allow: milliseconds of silence beyond the usual, for a person at the reader. */
void eid_sitting_allow (EidSitting *self, guint patience);

G_END_DECLS
