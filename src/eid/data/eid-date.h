/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EidDate:
 *
 * A day as cards know it: month and day are 0 where they are unknown, and all three where
 * nothing is.
 */
typedef struct
{
  guint16 year;
  guint8 month;
  guint8 day;
} EidDate;

/** eid_date_parse: strict `DD.MM.YYYY`. */
gboolean eid_date_parse (const char *text, EidDate *ret_date);

/**
 * eid_date_parse_birth:
 *
 * Reads a day of birth as cards of all years write it: `12 MARS 1985`, `12 MAAR 1985`,
 * `12.MÄR.1985`, `12.03.1985`; month names of three languages, with or without points and
 * accents; only a year, or month and year, where no more is known; blanks where nothing is.
 */
gboolean eid_date_parse_birth (const char *text, EidDate *ret_date);

/** eid_date_is_known: whether there is at least a year. */
gboolean eid_date_is_known (const EidDate *self);

/** eid_date_compare: negative, 0 or positive; both must be known to the day. */
int eid_date_compare (const EidDate *a, const EidDate *b);

/** eid_date_text: `1985-03-12`, `1985-03`, `1985`, or %NULL. (transfer full) (nullable) */
char *eid_date_text (const EidDate *self);

/** eid_date_of: the day of an instant in seconds since the epoch, in UTC; nothing known of what is
 * no day of four digits. */
EidDate eid_date_of (gint64 seconds);

/** eid_day_text: the day of an instant in seconds since the epoch, in UTC. (transfer full) */
char *eid_day_text (gint64 seconds);

G_END_DECLS
