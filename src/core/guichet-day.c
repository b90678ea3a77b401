/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Civil days and instants, and how they are written.
 */
#define G_LOG_DOMAIN "guichet-day"

#include "config.h"

#include "guichet-day.h"

/* GDate counts from 1 January of year 1, which is its day 1. */
#define JULIAN_EPOCH 719163

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since the epoch. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

GuichetDay
guichet_day_new (int year, int month, int day)
{
  GDate date;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return GUICHET_DAY_NONE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (GuichetDay) g_date_get_julian (&date) - JULIAN_EPOCH;
}

static void
to_date (GuichetDay self, GDate *date)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, (guint32) (self + JULIAN_EPOCH));
}

void
guichet_day_split (GuichetDay self, int *ret_year, int *ret_month, int *ret_day)
{
  GDate date;

  g_return_if_fail (self != GUICHET_DAY_NONE);

  to_date (self, &date);
  if (ret_year != NULL)
    *ret_year = g_date_get_year (&date);
  if (ret_month != NULL)
    *ret_month = (int) g_date_get_month (&date);
  if (ret_day != NULL)
    *ret_day = g_date_get_day (&date);
}

GuichetWeekday
guichet_day_weekday (GuichetDay self)
{
  GDate date;

  g_return_val_if_fail (self != GUICHET_DAY_NONE, GUICHET_MONDAY);

  to_date (self, &date);
  return (GuichetWeekday) g_date_get_weekday (&date);
}

GuichetDay
guichet_day_add_months (GuichetDay self, int months)
{
  GDate date;

  g_return_val_if_fail (self != GUICHET_DAY_NONE, self);

  to_date (self, &date);
  if (months >= 0)
    g_date_add_months (&date, (guint) months);
  else
    g_date_subtract_months (&date, (guint) -months);
  return (GuichetDay) g_date_get_julian (&date) - JULIAN_EPOCH;
}

GuichetDay
guichet_day_of_instant (gint64 instant, GTimeZone *zone)
{
  gint64 seconds = instant / G_USEC_PER_SEC - (instant % G_USEC_PER_SEC < 0 ? 1 : 0);
  gint64 local;
  int interval;

  g_return_val_if_fail (zone != NULL, GUICHET_DAY_NONE);

  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  local = seconds + g_time_zone_get_offset (zone, interval);
  return (GuichetDay) (local >= 0 ? local / 86400 : -((86399 - local) / 86400));
}

gint64
guichet_day_start (GuichetDay self, GTimeZone *zone)
{
  int year, month, day;

  g_return_val_if_fail (zone != NULL && self != GUICHET_DAY_NONE, 0);

  guichet_day_split (self, &year, &month, &day);
  g_autoptr (GDateTime) start = g_date_time_new (zone, year, month, day, 0, 0, 0);
  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

static gboolean
parse_digits (const char **text, guint count, int *ret_number)
{
  int number = 0;

  for (guint i = 0; i < count; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      number = number * 10 + (**text - '0');
    }

  *ret_number = number;
  return TRUE;
}

static gboolean
parse_char (const char **text, char wanted)
{
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
parse_date (const char **text, GuichetDay *ret_day)
{
  int year, month, day;

  if (!parse_digits (text, 4, &year) || !parse_char (text, '-') ||
      !parse_digits (text, 2, &month) || !parse_char (text, '-') || !parse_digits (text, 2, &day))
    return FALSE;

  *ret_day = guichet_day_new (year, month, day);
  return *ret_day != GUICHET_DAY_NONE;
}

gboolean
guichet_day_parse (const char *text, GuichetDay *ret_day)
{
  GuichetDay day;

  if (text == NULL || !parse_date (&text, &day) || *text != '\0')
    return FALSE;

  *ret_day = day;
  return TRUE;
}

char *
guichet_day_text (GuichetDay self)
{
  int year, month, day;

  g_return_val_if_fail (self != GUICHET_DAY_NONE, NULL);

  guichet_day_split (self, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* Up to six digits after the point; absent is zero. */
static gboolean
parse_fraction (const char **text, gint64 *ret_micros)
{
  gint64 unit = 100000;

  *ret_micros = 0;
  if (**text != '.')
    return TRUE;

  (*text)++;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    {
      if (unit == 0)
        return FALSE;
      *ret_micros += (**text - '0') * unit;
    }
  return TRUE;
}

static gboolean
parse_offset (const char **text, int *ret_seconds)
{
  int sign = **text == '-' ? -1 : 1;
  int hours, minutes;

  if (**text == 'Z' || **text == 'z')
    {
      (*text)++;
      *ret_seconds = 0;
      return TRUE;
    }
  if (**text != '+' && **text != '-')
    return FALSE;
  (*text)++;
  if (!parse_digits (text, 2, &hours) || !parse_char (text, ':') ||
      !parse_digits (text, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;

  *ret_seconds = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

gboolean
guichet_instant_parse (const char *text, gint64 *ret_instant)
{
  GuichetDay day;
  int hour, minute, second, offset;
  gint64 micros;
  gint64 seconds;

  if (text == NULL || !parse_date (&text, &day) || (*text != 'T' && *text != 't'))
    return FALSE;
  text++;
  if (!parse_digits (&text, 2, &hour) || !parse_char (&text, ':') ||
      !parse_digits (&text, 2, &minute) || !parse_char (&text, ':') ||
      !parse_digits (&text, 2, &second) || !parse_fraction (&text, &micros) ||
      !parse_offset (&text, &offset) || *text != '\0')
    return FALSE;
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;

  /* An offset may push the first and the last day out of the years that can be written. */
  seconds = (gint64) day * 86400 + hour * 3600 + minute * 60 + second - offset;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return FALSE;

  *ret_instant = seconds * G_USEC_PER_SEC + micros;
  return TRUE;
}

/* Each request holds a dozen instants, which printf() would spend more on than all else. */
static char *
write_digits (char *text, guint n, guint value, char mark)
{
  for (guint i = n; i > 0; i--, value /= 10)
    text[i - 1] = (char) ('0' + value % 10);
  text[n] = mark;
  return text + n + 1;
}

char *
guichet_instant_text (gint64 instant)
{
  gint64 micros = ((instant % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  gint64 seconds = (instant - micros) / G_USEC_PER_SEC;
  gint64 rest = ((seconds % 86400) + 86400) % 86400;
  int year, month, day;
  char *text, *p;

  guichet_day_split ((GuichetDay) ((seconds - rest) / 86400), &year, &month, &day);
  text = p = g_malloc (sizeof "2026-09-25T14:03:00.000000Z");
  p = write_digits (p, 4, (guint) year, '-');
  p = write_digits (p, 2, (guint) month, '-');
  p = write_digits (p, 2, (guint) day, 'T');
  p = write_digits (p, 2, (guint) (rest / 3600), ':');
  p = write_digits (p, 2, (guint) (rest / 60 % 60), ':');
  p = write_digits (p, 2, (guint) (rest % 60), '.');
  p = write_digits (p, 6, (guint) micros, 'Z');
  *p = '\0';
  return text;
}
