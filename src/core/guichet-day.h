/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetDay:
 *
 * A civil day, counted from 1970-01-01 (day 0). Has no hour and no time zone; which day
 * an instant falls on is asked with a time zone, that of the town.
 */
typedef gint32 GuichetDay;

/** GUICHET_DAY_NONE: no day. */
#define GUICHET_DAY_NONE G_MININT32

typedef enum
{
  GUICHET_MONDAY = 1,
  GUICHET_TUESDAY,
  GUICHET_WEDNESDAY,
  GUICHET_THURSDAY,
  GUICHET_FRIDAY,
  GUICHET_SATURDAY,
  GUICHET_SUNDAY,
} GuichetWeekday;

/** guichet_day_new: proleptic Gregorian; GUICHET_DAY_NONE if there is no such day. */
GuichetDay guichet_day_new (int year, int month, int day);

/** guichet_day_split: year, month 1–12 and day 1–31; each out parameter may be NULL. */
void guichet_day_split (GuichetDay self, int *ret_year, int *ret_month, int *ret_day);

/** guichet_day_weekday: Monday is 1. */
GuichetWeekday guichet_day_weekday (GuichetDay self);

/** guichet_day_add_months: the same day @months later, or the last one of that month. */
GuichetDay guichet_day_add_months (GuichetDay self, int months);

/**
 * guichet_day_of_instant:
 * @instant: microseconds since the epoch
 * @zone: the town's time zone
 */
GuichetDay guichet_day_of_instant (gint64 instant, GTimeZone *zone);

/** guichet_day_start: the instant at which the day begins in @zone, in microseconds. */
gint64 guichet_day_start (GuichetDay self, GTimeZone *zone);

/** guichet_day_parse: strict `YYYY-MM-DD`; FALSE for anything else. */
gboolean guichet_day_parse (const char *text, GuichetDay *ret_day);

/** guichet_day_text: `YYYY-MM-DD`. (transfer full) */
char *guichet_day_text (GuichetDay self);

/**
 * guichet_instant_parse:
 * @text: RFC 3339 with a mandatory offset, at most six digits of fraction, in the years
 *   0001 to 9999 of UTC
 * @ret_instant: (out): microseconds since the epoch
 */
gboolean guichet_instant_parse (const char *text, gint64 *ret_instant);

/** guichet_instant_text: RFC 3339 in UTC with six digits of fraction and `Z`, in the years 0001 to 9999. (transfer full) */
char *guichet_instant_text (gint64 instant);

G_END_DECLS
