/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-timeline-item.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_TIMELINE_ROW (guichet_timeline_row_get_type ())

/** GuichetTimelineRow: an entry of the history. */
G_DECLARE_FINAL_TYPE (GuichetTimelineRow, guichet_timeline_row, GUICHET, TIMELINE_ROW, AdwBin)

GtkWidget *guichet_timeline_row_new (void);

/** guichet_timeline_row_show: @item: (nullable) @now: for "5 minutes ago" */
void guichet_timeline_row_show (GuichetTimelineRow *self, GuichetTimelineItem *item, gint64 now);

/** guichet_timeline_row_tick: time went by. */
void guichet_timeline_row_tick (GuichetTimelineRow *self, gint64 now);

G_END_DECLS
