/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-open-request.h"

G_BEGIN_DECLS

/** What the history can be narrowed to. */
typedef enum
{
  GUICHET_TIMELINE_STEPS, /* all that is neither of the two below */
  GUICHET_TIMELINE_NOTE,
  GUICHET_TIMELINE_MAIL,
} GuichetTimelineKind;

#define GUICHET_TYPE_TIMELINE_ITEM (guichet_timeline_item_get_type ())

/**
 * GuichetTimelineItem:
 *
 * One entry of the history as it is shown: an event, an e-mail with what became of it, or a
 * command that the server has not confirmed. Immutable.
 */
G_DECLARE_FINAL_TYPE (GuichetTimelineItem, guichet_timeline_item, GUICHET, TIMELINE_ITEM, GObject)

/**
 * guichet_timeline_item_list:
 * @open: has its content
 *
 * Returns: (transfer full) (element-type GuichetTimelineItem): what is on its way, then the
 *   events, newest first
 */
GPtrArray *guichet_timeline_item_list (GuichetOpenRequest *open, GuichetDesk *desk);

/** guichet_timeline_item_equal: whether both say the same. */
gboolean guichet_timeline_item_equal (GuichetTimelineItem *self, GuichetTimelineItem *other);

GuichetTimelineKind guichet_timeline_item_get_kind (GuichetTimelineItem *self);
const char *guichet_timeline_item_get_title (GuichetTimelineItem *self);
/** guichet_timeline_item_get_who: (nullable) */
const char *guichet_timeline_item_get_who (GuichetTimelineItem *self);
/** guichet_timeline_item_get_detail: (nullable): note, reason or sentence */
const char *guichet_timeline_item_get_detail (GuichetTimelineItem *self);
/** guichet_timeline_item_get_delivery: (nullable): state of an e-mail */
const char *guichet_timeline_item_get_delivery (GuichetTimelineItem *self);
const char *guichet_timeline_item_get_icon (GuichetTimelineItem *self);
/** guichet_timeline_item_get_heading: (nullable): the day, on its first entry */
const char *guichet_timeline_item_get_heading (GuichetTimelineItem *self);
/** guichet_timeline_item_get_moment: the exact time: "10:42". */
const char *guichet_timeline_item_get_moment (GuichetTimelineItem *self);
/** guichet_timeline_item_get_instant: 0 for what is on its way */
gint64 guichet_timeline_item_get_instant (GuichetTimelineItem *self);
gboolean guichet_timeline_item_get_pending (GuichetTimelineItem *self);
gboolean guichet_timeline_item_get_failed (GuichetTimelineItem *self);
/** guichet_timeline_item_get_notification: (nullable): id of the e-mail that can be sent again */
const char *guichet_timeline_item_get_notification (GuichetTimelineItem *self);

/** guichet_timeline_item_spoken: the entry as one sentence. (transfer full) */
char *guichet_timeline_item_spoken (GuichetTimelineItem *self);

G_END_DECLS
