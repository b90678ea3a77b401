/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On which days the town works.
 */
#define G_LOG_DOMAIN "guichet-calendar"

#include "config.h"

#include "guichet-calendar.h"

#include "guichet-json-reader.h"

#define CLOSING_DAYS_MAX 1000
/* Enough for any town, and so few that there is always a next working day. */
#define YEARLY_MAX 60
#define TEXT_MAX 200

struct _GuichetCalendar
{
  GHashTable *days;   /* of GuichetDay: the town's closing days of one year */
  GHashTable *yearly; /* of month * 100 + day: those of every year */
};

/* Law of 4 January 1974, royal decree of 18 April 1974, article 1. */
static const struct
{
  const char *word;
  int month; /* 0: counted from Easter */
  int day;
} holidays[] = {
  { "newYear", 1, 1 },     { "easterMonday", 0, 1 }, { "labourDay", 5, 1 },
  { "ascension", 0, 39 },  { "whitMonday", 0, 50 },  { "nationalDay", 7, 21 },
  { "assumption", 8, 15 }, { "allSaints", 11, 1 },   { "armistice", 11, 11 },
  { "christmas", 12, 25 },
};

static void
calendar_clear (gpointer data)
{
  GuichetCalendar *self = data;

  g_hash_table_unref (self->days);
  g_hash_table_unref (self->yearly);
}

GuichetCalendar *
guichet_calendar_new (void)
{
  GuichetCalendar *self = g_atomic_rc_box_new0 (GuichetCalendar);

  self->days = g_hash_table_new (NULL, NULL);
  self->yearly = g_hash_table_new (NULL, NULL);
  return self;
}

GuichetCalendar *
guichet_calendar_ref (GuichetCalendar *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_calendar_unref (GuichetCalendar *self)
{
  g_atomic_rc_box_release_full (self, calendar_clear);
}

/* `09-27`; any leap year will do to know whether there is such a day. */
static gboolean
parse_yearly (const char *text, int *ret_key)
{
  g_autofree char *leap = g_strconcat ("2024-", text, NULL);
  GuichetDay day;
  int month, of_month;

  if (!guichet_day_parse (leap, &day))
    return FALSE;

  guichet_day_split (day, NULL, &month, &of_month);
  *ret_key = month * 100 + of_month;
  return TRUE;
}

static void
read_names (GuichetJsonReader *reader)
{
  static const char *const languages[] = { "fr", "nl", "de", "en" };

  if (!guichet_json_reader_enter (reader, "names", GUICHET_JSON_REQUIRED))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    guichet_json_reader_string (reader,
                                languages[i],
                                i == 0 ? GUICHET_JSON_REQUIRED : GUICHET_JSON_OPTIONAL,
                                TEXT_MAX);
  guichet_json_reader_leave (reader);
}

static void
read_closing_day (GuichetCalendar *self, GuichetJsonReader *reader)
{
  GuichetDay day = guichet_json_reader_day (reader, "day", GUICHET_JSON_OPTIONAL);
  const char *every = guichet_json_reader_string (reader, "every", GUICHET_JSON_OPTIONAL, 5);
  int key = 0;

  if ((day == GUICHET_DAY_NONE) == (every == NULL))
    guichet_json_reader_refuse (reader,
                                "day",
                                "requiredInput",
                                "or every must be there, and not both");
  else if (every == NULL)
    g_hash_table_add (self->days, GINT_TO_POINTER (day));
  else if (parse_yearly (every, &key))
    g_hash_table_add (self->yearly, GINT_TO_POINTER (key));
  else
    guichet_json_reader_refuse (reader,
                                "every",
                                "invalidInput",
                                "must be a month and a day, written MM-DD");
  read_names (reader);
}

GuichetCalendar *
guichet_calendar_from_json (JsonNode *root, GError **error)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  g_autoptr (GuichetCalendar) self = guichet_calendar_new ();
  guint n_days = 0;

  if (guichet_json_reader_enter_array (reader,
                                       "closingDays",
                                       GUICHET_JSON_REQUIRED,
                                       CLOSING_DAYS_MAX,
                                       &n_days))
    {
      for (guint i = 0; i < n_days; i++)
        if (guichet_json_reader_enter_item (reader, i))
          {
            read_closing_day (self, reader);
            guichet_json_reader_leave (reader);
          }
      guichet_json_reader_leave (reader);
    }
  if (g_hash_table_size (self->yearly) > YEARLY_MAX)
    guichet_json_reader_refuse (reader,
                                "closingDays",
                                "outOfRange",
                                "has more than 60 days that return every year");
  return guichet_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

GuichetDay
guichet_easter (int year)
{
  int a = year % 19;
  int b = year / 100;
  int c = year % 100;
  int d = b / 4;
  int e = b % 4;
  int f = (b + 8) / 25;
  int g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30;
  int i = c / 4;
  int k = c % 4;
  int l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int n = h + l - 7 * m + 114;

  return guichet_day_new (year, n / 31, n % 31 + 1);
}

const char *
guichet_calendar_holiday (const GuichetCalendar *self, GuichetDay day)
{
  int year, month, of_month;
  GuichetDay easter;

  g_return_val_if_fail (self != NULL && day != GUICHET_DAY_NONE, NULL);

  guichet_day_split (day, &year, &month, &of_month);
  easter = guichet_easter (year);
  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    if (holidays[i].month == 0 ? day == easter + holidays[i].day
                               : month == holidays[i].month && of_month == holidays[i].day)
      return holidays[i].word;

  if (g_hash_table_contains (self->days, GINT_TO_POINTER (day)) ||
      g_hash_table_contains (self->yearly, GINT_TO_POINTER (month * 100 + of_month)))
    return "closed";
  return NULL;
}

gboolean
guichet_calendar_is_working (const GuichetCalendar *self, GuichetDay day)
{
  return guichet_day_weekday (day) < GUICHET_SATURDAY &&
         guichet_calendar_holiday (self, day) == NULL;
}

GuichetDay
guichet_calendar_next_working (const GuichetCalendar *self, GuichetDay day)
{
  while (!guichet_calendar_is_working (self, day))
    day++;
  return day;
}
