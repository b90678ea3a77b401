/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-engine-private.h"

G_BEGIN_DECLS

typedef struct _GuichetdReading GuichetdReading;

/** GuichetdReadingWork: in a reader: fills `answer`, and what is to be recorded of it. */
typedef gboolean (*GuichetdReadingWork) (GuichetdReading *self, GuichetDb *db, GError **error);

/**
 * GuichetdReading:
 *
 * One reading on its way: a reader answers it, the writer records it, and only what is recorded
 * on the disk is given out.
 */
struct _GuichetdReading
{
  GuichetdJob job;
  GTask *task;            /* (owned) until it returns */
  GuichetdEngine *engine; /* borrowed from the task */
  GuichetdReadingWork work;

  /* What is asked */
  GuichetClerk *actor;    /* (owned) */
  char *reference;        /* (owned) (nullable) */
  char *document;         /* (owned) (nullable) */
  char *to;               /* (owned) (nullable): of a preview, as the two below */
  char *reason;           /* (owned) (nullable) */
  char *sentence;         /* (owned) (nullable) */
  GuichetdSearch *search; /* (owned) (nullable) */
  gint64 after;
  guint limit;

  /* What is answered */
  GBytes *answer;          /* (owned) (nullable) */
  GuichetCitizen *citizen; /* (owned) (nullable): instead of it */
  gint64 newest;           /* instead of it */

  /* What is recorded */
  const char *route; /* static */
  gint64 instant;
  char *seen;   /* (owned) (nullable): reference of what was seen; NULL for a list */
  char *listed; /* (owned) (nullable): JSON array of references; neither: nothing was seen */
  char *detail; /* (owned) (nullable) */
};

/** guichetd_reading_new: what is asked is for the caller to fill in. */
GuichetdReading *guichetd_reading_new (GuichetdEngine *engine,
                                       GuichetClerk *actor,
                                       const char *route,
                                       GuichetdReadingWork work,
                                       gpointer tag,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/** guichetd_reading_start: (transfer full) */
void guichetd_reading_start (GuichetdReading *self);

/** guichetd_reading_note_list: what was seen is a page of a list. @references: (element-type utf8) */
void guichetd_reading_note_list (GuichetdReading *self, GPtrArray *references);

G_END_DECLS
