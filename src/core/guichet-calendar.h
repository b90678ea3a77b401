/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "guichet-day.h"

G_BEGIN_DECLS

/**
 * GuichetCalendar:
 *
 * On which days the town works: Monday to Friday but for the ten legal holidays (law of
 * 4 January 1974 and royal decree of 18 April 1974), computed for any year, and the town's
 * own closing days, which are data. Immutable; any thread.
 */
typedef struct _GuichetCalendar GuichetCalendar;

/** guichet_calendar_new: legal holidays only. */
GuichetCalendar *guichet_calendar_new (void);

/**
 * guichet_calendar_from_json:
 * @root: `{"closingDays": [{"day": "2026-09-28", "names": {…}}, {"every": "09-27", "names": {…}}]}`
 */
GuichetCalendar *guichet_calendar_from_json (JsonNode *root, GError **error);
GuichetCalendar *guichet_calendar_ref (GuichetCalendar *self);
void guichet_calendar_unref (GuichetCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCalendar, guichet_calendar_unref)

/**
 * guichet_calendar_holiday:
 *
 * Returns: (nullable): word of the holiday that falls on @day: one of `newYear`,
 *   `easterMonday`, `labourDay`, `ascension`, `whitMonday`, `nationalDay`, `assumption`,
 *   `allSaints`, `armistice`, `christmas`; `closed` for a closing day of the town
 */
const char *guichet_calendar_holiday (const GuichetCalendar *self, GuichetDay day);
gboolean guichet_calendar_is_working (const GuichetCalendar *self, GuichetDay day);
/** guichet_calendar_next_working: @day itself if it is one. */
GuichetDay guichet_calendar_next_working (const GuichetCalendar *self, GuichetDay day);
/** guichet_easter: Easter Sunday of @year (Meeus, Jones and Butcher). */
GuichetDay guichet_easter (int year);

G_END_DECLS
