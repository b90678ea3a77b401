/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-open-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_TIMELINE (guichet_timeline_get_type ())

/**
 * GuichetTimeline:
 *
 * The history of a request, newest first, with the box for notes above it. Its buttons do
 * `request.resend`.
 */
G_DECLARE_FINAL_TYPE (GuichetTimeline, guichet_timeline, GUICHET, TIMELINE, AdwBin)

/** guichet_timeline_set_desk: once. */
void guichet_timeline_set_desk (GuichetTimeline *self, GuichetDesk *desk);

/** guichet_timeline_show: @open: (nullable): %NULL to show nothing. */
void guichet_timeline_show (GuichetTimeline *self, GuichetOpenRequest *open, gboolean may_note);

/** guichet_timeline_append: puts a text into the note, under what is typed already. */
void guichet_timeline_append (GuichetTimeline *self, const char *text);

/** guichet_timeline_write: puts the cursor into the note. */
void guichet_timeline_write (GuichetTimeline *self);

/** guichet_timeline_focus: puts the cursor into the history. */
void guichet_timeline_focus (GuichetTimeline *self);

/** guichet_timeline_is_typed: whether there are unfinished notes. */
gboolean guichet_timeline_is_typed (GuichetTimeline *self);

/** guichet_timeline_drop: forgets the unfinished note about that request. Returns: whether there was one. */
gboolean guichet_timeline_drop (GuichetTimeline *self, const char *reference);

/** guichet_timeline_forget: forgets unfinished notes. */
void guichet_timeline_forget (GuichetTimeline *self);

G_END_DECLS
