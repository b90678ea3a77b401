/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-engine.h"

G_BEGIN_DECLS

/**
 * GuichetSampleOptions:
 * @requests: how many
 * @seed: the same seed, staff, catalogue and @now give the same requests
 * @now: instant until which they live
 * @days: how far back the oldest was deposited
 * @deposits_only: many at once and nothing else, by people without e-mail: for measuring
 */
typedef struct
{
  guint requests;
  guint32 seed;
  gint64 now;
  guint days;
  gboolean deposits_only;
} GuichetSampleOptions;

/** GuichetSampleProgress: called now and then; @done of @total commands' requests have lived. */
typedef void (*GuichetSampleProgress) (guint done, guint total, gpointer user_data);

/**
 * guichet_sample_make:
 * @engine: whose clock is @clock
 * @clock: a fixed one, moved through the past
 * @staff: (element-type GuichetClerk): who works on them
 * @zone: the town's
 *
 * Makes requests that were deposited, worked on and told about as real ones are, day after
 * day until now: by commands, decided and appended like any other.
 */
gboolean guichet_sample_make (GuichetdStore *store,
                              GuichetdEngine *engine,
                              GuichetClock *clock,
                              GPtrArray *staff,
                              GTimeZone *zone,
                              const GuichetSampleOptions *options,
                              GuichetSampleProgress progress,
                              gpointer user_data,
                              GError **error);

G_END_DECLS
