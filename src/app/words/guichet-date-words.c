/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days and instants as people write them.
 */
#define G_LOG_DOMAIN "guichet-date-words"

#include "config.h"

#include "guichet-date-words.h"
#include "guichet-locale.h"

#include <glib/gi18n.h>
#include <stdio.h>

static const char *const weekdays[] = {
  NC_ ("weekday", "Monday"),   NC_ ("weekday", "Tuesday"), NC_ ("weekday", "Wednesday"),
  NC_ ("weekday", "Thursday"), NC_ ("weekday", "Friday"),  NC_ ("weekday", "Saturday"),
  NC_ ("weekday", "Sunday"),
};

static const char *const months[] = {
  NC_ ("month", "January"), NC_ ("month", "February"), NC_ ("month", "March"),
  NC_ ("month", "April"),   NC_ ("month", "May"),      NC_ ("month", "June"),
  NC_ ("month", "July"),    NC_ ("month", "August"),   NC_ ("month", "September"),
  NC_ ("month", "October"), NC_ ("month", "November"), NC_ ("month", "December"),
};

static const char *const short_months[] = {
  NC_ ("short month", "Jan"), NC_ ("short month", "Feb"), NC_ ("short month", "Mar"),
  NC_ ("short month", "Apr"), NC_ ("short month", "May"), NC_ ("short month", "Jun"),
  NC_ ("short month", "Jul"), NC_ ("short month", "Aug"), NC_ ("short month", "Sep"),
  NC_ ("short month", "Oct"), NC_ ("short month", "Nov"), NC_ ("short month", "Dec"),
};

/* The first of a month is an ordinal in French, and in French only. */
static void
append_day_number (GString *text, int day)
{
  if (day == 1 && guichet_locale_language () == GUICHET_LANGUAGE_FR)
    g_string_append (text, "1er");
  else
    g_string_append_printf (text, "%d", day);
}

static char *
compose (const char *pattern, GuichetDay self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int year, month, day;

  guichet_day_split (self, &year, &month, &day);
  for (const char *at = pattern; *at != '\0'; at++)
    {
      if (*at != '%')
        {
          g_string_append_c (text, *at);
          continue;
        }
      at++;
      if (*at == 'A')
        g_string_append (text,
                         g_dpgettext2 (NULL, "weekday", weekdays[guichet_day_weekday (self) - 1]));
      else if (*at == 'd')
        append_day_number (text, day);
      else if (*at == 'B')
        g_string_append (text, g_dpgettext2 (NULL, "month", months[month - 1]));
      else if (*at == 'b')
        g_string_append (text, g_dpgettext2 (NULL, "short month", short_months[month - 1]));
      else if (*at == 'Y')
        g_string_append_printf (text, "%d", year);
      else
        break; /* a translator's slip: what follows is left out */
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
same_year (GuichetDay one, GuichetDay other)
{
  int year, other_year;

  guichet_day_split (one, &year, NULL, NULL);
  guichet_day_split (other, &other_year, NULL, NULL);
  return year == other_year;
}

char *
guichet_date_words_full (GuichetDay day)
{
  /* Translators: a date; %A is the day of the week, %d the number of the day, %B the month,
   * %Y the year. Put them in the order of your language, keep the letters. */
  /* xgettext:no-c-format */
  return compose (C_ ("date", "%A %d %B %Y"), day);
}

static char *
plain_day (GuichetDay day, GuichetDay today)
{
  if (!same_year (day, today))
    return guichet_date_words_full (day);
  /* Translators: a date of this year; see the date above. */
  /* xgettext:no-c-format */
  return compose (C_ ("date", "%A %d %B"), day);
}

char *
guichet_date_words_day (GuichetDay day, GuichetDay today)
{
  switch (day - today)
    {
    case -1:
      return g_strdup (_ ("yesterday"));
    case 0:
      return g_strdup (_ ("today"));
    case 1:
      return g_strdup (_ ("tomorrow"));
    default:
      return plain_day (day, today);
    }
}

char *
guichet_date_words_heading (GuichetDay day, GuichetDay today)
{
  g_autofree char *rest = guichet_date_words_day (day, today);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_unichar (text, g_unichar_totitle (g_utf8_get_char (rest)));
  g_string_append (text, g_utf8_next_char (rest));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
guichet_date_words_short (GuichetDay day, GuichetDay today)
{
  if (same_year (day, today))
    /* Translators: a short date of this year, %b is a short name of the month. */
    /* xgettext:no-c-format */
    return compose (C_ ("date", "%d %b"), day);
  /* Translators: a short date, %b is a short name of the month. */
  /* xgettext:no-c-format */
  return compose (C_ ("date", "%d %b %Y"), day);
}

char *
guichet_date_words_time (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_strdup_printf ("%d:%02d", g_date_time_get_hour (local), g_date_time_get_minute (local));
}

char *
guichet_date_words_moment (gint64 instant, GTimeZone *zone, GuichetDay today)
{
  g_autofree char *day = guichet_date_words_day (guichet_day_of_instant (instant, zone), today);
  g_autofree char *clock = guichet_date_words_time (instant, zone);

  /* Translators: %1$s is a day ("yesterday", "Thursday 26 November"), %2$s a time ("10:42"). */
  return g_strdup_printf (_ ("%1$s at %2$s"), day, clock);
}

char *
guichet_date_words_ago (gint64 instant, gint64 now)
{
  const gint64 seconds = (now - instant) / G_USEC_PER_SEC;
  const guint minutes = (guint) (seconds / 60);
  const guint hours = minutes / 60;
  const guint days = hours / 24;

  if (seconds < 60)
    return g_strdup (_ ("just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", minutes), minutes);
  if (hours < 24)
    return g_strdup_printf (ngettext ("%u hour ago", "%u hours ago", hours), hours);
  return g_strdup_printf (ngettext ("%u day ago", "%u days ago", days), days);
}

char *
guichet_date_words_distance (GuichetDay day, GuichetDay today)
{
  const int distance = day - today;
  const guint days = (guint) ABS (distance);

  if (days == 0)
    return g_strdup (_ ("today"));
  if (distance == 1)
    return g_strdup (_ ("tomorrow"));
  if (distance > 0)
    return g_strdup_printf (ngettext ("in %u day", "in %u days", days), days);
  return g_strdup_printf (ngettext ("%u day ago", "%u days ago", days), days);
}

gboolean
guichet_date_words_read (const char *text, GuichetDay *ret_day)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  GuichetDay parsed;
  int day, month, year, length = 0;
  char first, second;

  if (guichet_day_parse (stripped, ret_day))
    return TRUE;
  if (sscanf (stripped, "%2d%c%2d%c%4d%n", &day, &first, &month, &second, &year, &length) != 5 ||
      stripped[length] != '\0' || first != second || (first != '/' && first != '.' && first != '-'))
    return FALSE;
  parsed = guichet_day_new (year, month, day);
  if (parsed == GUICHET_DAY_NONE)
    return FALSE;
  *ret_day = parsed;
  return TRUE;
}

char *
guichet_date_words_typed (GuichetDay day)
{
  int year, month, number;

  guichet_day_split (day, &year, &month, &number);
  return g_strdup_printf ("%02d/%02d/%d", number, month, year);
}
