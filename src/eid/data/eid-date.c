/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days as cards write them.
 */
#define G_LOG_DOMAIN "eid-date"

#include "config.h"

#include "eid-date.h"

#include <string.h>

/* In capitals, without accents and points: what French, Dutch and German cards were seen to
 * write, and what these languages abbreviate to otherwise. */
static const char *const months[12][7] = {
  { "JAN", "JANV", "JANVIER", "JANUARI", "JANUAR", NULL },
  { "FEV", "FEB", "FEVR", "FEVRIER", "FEBRUARI", "FEBRUAR", NULL },
  { "MARS", "MAAR", "MAR", "MRT", "MAART", "MRZ", NULL },
  { "AVR", "APR", "AVRI", "AVRIL", "APRIL", NULL },
  { "MAI", "MEI", NULL },
  { "JUIN", "JUN", "JUNI", NULL },
  { "JUIL", "JUL", "JUILLET", "JULI", NULL },
  { "AOUT", "AUG", "AOU", "AUGUSTUS", "AUGUST", NULL },
  { "SEPT", "SEP", "SEPTEMBRE", "SEPTEMBER", NULL },
  { "OCT", "OKT", "OCTOBRE", "OKTOBER", NULL },
  { "NOV", "NOVEMBRE", "NOVEMBER", NULL },
  { "DEC", "DEZ", "DECEMBRE", "DECEMBER", "DEZEMBER", NULL },
};

static gboolean
read_number (const char *text, guint digits_max, guint *ret_number)
{
  gsize length = strlen (text);

  if (length == 0 || length > digits_max || strspn (text, "0123456789") != length)
    return FALSE;
  *ret_number = (guint) g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

static gboolean
read_year (const char *text, guint *ret_year)
{
  return strlen (text) == 4 && read_number (text, 4, ret_year) && *ret_year > 0;
}

/* Capitals without accents: `Mär` is `MAR`, `août` is `AOUT`. */
static char *
plain_capitals (const char *text)
{
  g_autofree char *capitals = g_utf8_strup (text, -1);
  g_autofree char *apart = g_utf8_normalize (capitals, -1, G_NORMALIZE_NFD);
  GString *plain = g_string_new (NULL);

  for (const char *p = apart != NULL ? apart : ""; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  return g_string_free (plain, FALSE);
}

static gboolean
read_month (const char *text, guint *ret_month)
{
  g_autofree char *plain = plain_capitals (text);

  if (read_number (plain, 2, ret_month))
    return *ret_month <= 12;
  for (guint month = 0; month < G_N_ELEMENTS (months); month++)
    for (guint i = 0; months[month][i] != NULL; i++)
      if (g_str_equal (plain, months[month][i]))
        {
          *ret_month = month + 1;
          return TRUE;
        }
  /* Written out in German with its umlaut taken apart by hand. */
  if (g_str_equal (plain, "MARZ") || g_str_equal (plain, "MAERZ"))
    {
      *ret_month = 3;
      return TRUE;
    }
  return FALSE;
}

static gboolean
make (guint year, guint month, guint day, EidDate *ret_date)
{
  if (month > 12 || (month == 0 && day != 0))
    return FALSE;
  if (day > 0 && day > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year))
    return FALSE;
  *ret_date = (EidDate){ (guint16) year, (guint8) month, (guint8) day };
  return TRUE;
}

gboolean
eid_date_parse (const char *text, EidDate *ret_date)
{
  guint year, month, day;
  g_auto (GStrv) parts = g_strsplit (text, ".", 4);

  return g_strv_length (parts) == 3 && strlen (parts[0]) == 2 && strlen (parts[1]) == 2 &&
         read_number (parts[0], 2, &day) && read_number (parts[1], 2, &month) &&
         read_year (parts[2], &year) && month > 0 && day > 0 && make (year, month, day, ret_date);
}

/* The words between blanks and points; more than three are cut at four, to be refused. */
static guint
split_words (const char *text, char *words[4])
{
  guint count = 0;

  while (count < 4)
    {
      gsize length;

      text += strspn (text, " ./-");
      length = strcspn (text, " ./-");
      if (length == 0)
        break;
      words[count++] = g_strndup (text, length);
      text += length;
    }
  return count;
}

static gboolean
make_from_words (char *const *words, guint count, EidDate *ret_date)
{
  guint year = 0, month = 0, day = 0;

  switch (count)
    {
    case 0:
      *ret_date = (EidDate){ 0, 0, 0 };
      return TRUE;
    case 1:
      return read_year (words[0], &year) && make (year, 0, 0, ret_date);
    case 2:
      return read_month (words[0], &month) && read_year (words[1], &year) &&
             make (year, month, 0, ret_date);
    case 3:
      return read_number (words[0], 2, &day) && read_month (words[1], &month) &&
             read_year (words[2], &year) && make (year, month, day, ret_date);
    default:
      return FALSE;
    }
}

gboolean
eid_date_parse_birth (const char *text, EidDate *ret_date)
{
  char *words[4];
  guint count = split_words (text, words);
  gboolean made = make_from_words (words, count, ret_date);

  for (guint i = 0; i < count; i++)
    g_free (words[i]);
  return made;
}

gboolean
eid_date_is_known (const EidDate *self)
{
  return self->year != 0;
}

int
eid_date_compare (const EidDate *a, const EidDate *b)
{
  if (a->year != b->year)
    return a->year < b->year ? -1 : 1;
  if (a->month != b->month)
    return a->month < b->month ? -1 : 1;
  return (int) a->day - (int) b->day;
}

char *
eid_date_text (const EidDate *self)
{
  if (self->year == 0)
    return NULL;
  if (self->month == 0)
    return g_strdup_printf ("%04u", self->year);
  if (self->day == 0)
    return g_strdup_printf ("%04u-%02u", self->year, self->month);
  return g_strdup_printf ("%04u-%02u-%02u", self->year, self->month, self->day);
}

EidDate
eid_date_of (gint64 seconds)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_unix_utc (seconds);

  if (instant == NULL)
    return (EidDate){ 0 };
  return (EidDate){ (guint16) g_date_time_get_year (instant),
                    (guint8) g_date_time_get_month (instant),
                    (guint8) g_date_time_get_day_of_month (instant) };
}

char *
eid_day_text (gint64 seconds)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_unix_utc (seconds);

  return instant != NULL ? g_date_time_format (instant, "%Y-%m-%d") : g_strdup ("an unknown day");
}
