/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-deadline.h"

G_BEGIN_DECLS

/* Lives of requests written as text, and the dates that come of them. */

/* (transfer none): that of the town. */
GTimeZone *fixture_zone (void);
/* `2026-11-24` */
GuichetDay fixture_day (const char *text);
/* The legal holidays, 27 September of every year, and the day after it in 2026. */
GuichetCalendar *fixture_calendar (void);

/*
 * @stays: `stage phase waiting YYYY-MM-DDThh:mm`, one a stay, `;` between them; `-` where it
 * waits for nothing; times are those of the town.
 */
GuichetRequest *fixture_life (const char *stays);
/* @terms: ended by one whose count is 0; they must outlive the deadline. */
GuichetDeadline *fixture_deadline (const GuichetTerm *terms, const char *stays, const char *today);

#define STOPS ((1u << GUICHET_WAITING_DOCUMENTS) | (1u << GUICHET_WAITING_PAYMENT))
#define ALWAYS .from = GUICHET_DAY_NONE, .until = GUICHET_DAY_NONE
// clang-format off
#define WORKING(n) { .count = (n), .unit = GUICHET_UNIT_WORKING_DAYS, .stops = STOPS, ALWAYS }
#define CALENDAR(n) { .count = (n), .unit = GUICHET_UNIT_CALENDAR_DAYS, .stops = STOPS, ALWAYS }
#define MONTHS(n) { .count = (n), .unit = GUICHET_UNIT_MONTHS, .stops = STOPS, ALWAYS }
// clang-format on

G_END_DECLS
