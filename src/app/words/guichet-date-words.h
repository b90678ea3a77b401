/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-day.h"

G_BEGIN_DECLS

/*
 * Days and instants as people write them, in the language of the window. Names of days
 * and months come from our own translations: the system's locale need not be there.
 */

/** guichet_date_words_full: "Thursday 26 November 2026". (transfer full) */
char *guichet_date_words_full (GuichetDay day);

/**
 * guichet_date_words_day:
 *
 * Returns: (transfer full): "today", "tomorrow", "yesterday", "Thursday 26 November", with
 *   the year where it is not the one of @today; for use inside a sentence
 */
char *guichet_date_words_day (GuichetDay day, GuichetDay today);

/** guichet_date_words_heading: the same at the beginning of a line: "Today". (transfer full) */
char *guichet_date_words_heading (GuichetDay day, GuichetDay today);

/** guichet_date_words_short: "26 Nov", "26 Nov 2025": for a cell. (transfer full) */
char *guichet_date_words_short (GuichetDay day, GuichetDay today);

/** guichet_date_words_time: "10:42". (transfer full) */
char *guichet_date_words_time (gint64 instant, GTimeZone *zone);

/** guichet_date_words_moment: "yesterday at 10:42". (transfer full) */
char *guichet_date_words_moment (gint64 instant, GTimeZone *zone, GuichetDay today);

/** guichet_date_words_ago: "just now", "5 minutes ago", "3 days ago". (transfer full) */
char *guichet_date_words_ago (gint64 instant, gint64 now);

/** guichet_date_words_distance: "today", "tomorrow", "in 3 days", "2 days ago". (transfer full) */
char *guichet_date_words_distance (GuichetDay day, GuichetDay today);

/**
 * guichet_date_words_read:
 * @text: what somebody typed: `31/12/2026`, `31.12.2026`, `31-12-2026` or `2026-12-31`
 *
 * Returns: %FALSE if it is no day
 */
gboolean guichet_date_words_read (const char *text, GuichetDay *ret_day);

/** guichet_date_words_typed: `31/12/2026`, as one types it. (transfer full) */
char *guichet_date_words_typed (GuichetDay day);

G_END_DECLS
