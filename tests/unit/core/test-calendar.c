/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On which days the town works.
 */
#include "config.h"

#include "guichet-calendar.h"
#include "guichet-json-reader.h"

static GuichetDay
day (const char *text)
{
  GuichetDay parsed = GUICHET_DAY_NONE;

  g_assert_true (guichet_day_parse (text, &parsed));
  return parsed;
}

static GuichetCalendar *
read_calendar (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (JsonNode) root =
      guichet_json_parse (bytes, &guichet_json_limits_default, &parse_error);

  g_assert_no_error (parse_error);
  return guichet_calendar_from_json (root, error);
}

static GuichetCalendar *
town_calendar (void)
{
  g_autoptr (GError) error = NULL;
  GuichetCalendar *calendar =
      read_calendar ("{\"closingDays\":[{\"day\":\"2026-09-28\",\"names\":{\"fr\":\"Pont\"}},"
                     "{\"every\":\"09-27\",\"names\":{\"fr\":\"Communauté\",\"nl\":\"Gemeenschap\"}"
                     "},"
                     "{\"every\":\"02-29\",\"names\":{\"fr\":\"Jour de trop\"}}]}",
                     &error);

  g_assert_no_error (error);
  return calendar;
}

/* Dates of the Nautical Almanac; earliest (22 March) and latest (25 April) that there are. */
static void
test_easter (void)
{
  static const char *const sundays[] = { "1818-03-22", "1943-04-25", "1961-04-02", "2000-04-23",
                                         "2008-03-23", "2011-04-24", "2016-03-27", "2024-03-31",
                                         "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16",
                                         "2038-04-25", "2285-03-22" };

  for (guint i = 0; i < G_N_ELEMENTS (sundays); i++)
    {
      int year;

      guichet_day_split (day (sundays[i]), &year, NULL, NULL);
      g_assert_cmpint (guichet_easter (year), ==, day (sundays[i]));
    }
}

static void
test_easter_of_any_year (void)
{
  for (int year = 1583; year < 10000; year++)
    {
      GuichetDay easter = guichet_easter (year);

      g_assert_cmpint (guichet_day_weekday (easter), ==, GUICHET_SUNDAY);
      g_assert_cmpint (easter, >=, guichet_day_new (year, 3, 22));
      g_assert_cmpint (easter, <=, guichet_day_new (year, 4, 25));
    }
}

static void
test_known_days (void)
{
  static const struct
  {
    const char *day;
    const char *word;
  } cases[] = {
    { "2026-01-01", "newYear" },      { "2026-04-06", "easterMonday" },
    { "2026-05-01", "labourDay" },    { "2026-05-14", "ascension" },
    { "2026-05-25", "whitMonday" },   { "2026-07-21", "nationalDay" },
    { "2026-08-15", "assumption" },   { "2026-11-01", "allSaints" },
    { "2026-11-11", "armistice" },    { "2026-12-25", "christmas" },
    { "2027-03-29", "easterMonday" }, { "2027-05-06", "ascension" },
    { "2027-05-17", "whitMonday" },   { "2026-09-27", "closed" },
    { "2026-09-28", "closed" },       { "2027-09-27", "closed" },
    { "2027-09-28", NULL },           { "2026-11-24", NULL },
    { "2026-04-05", NULL },           { "2028-02-29", "closed" },
    { "2027-02-28", NULL },           { "2027-03-01", NULL },
  };
  g_autoptr (GuichetCalendar) calendar = town_calendar ();
  g_autoptr (GuichetCalendar) legal = guichet_calendar_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (guichet_calendar_holiday (calendar, day (cases[i].day)), ==, cases[i].word);
      if (g_strcmp0 (cases[i].word, "closed") == 0)
        g_assert_null (guichet_calendar_holiday (legal, day (cases[i].day)));
    }
}

static void
test_working_days (void)
{
  g_autoptr (GuichetCalendar) calendar = town_calendar ();

  g_assert_true (guichet_calendar_is_working (calendar, day ("2026-11-20")));
  g_assert_false (guichet_calendar_is_working (calendar, day ("2026-11-21")));
  g_assert_false (guichet_calendar_is_working (calendar, day ("2026-11-22")));
  g_assert_false (guichet_calendar_is_working (calendar, day ("2026-11-11")));
  g_assert_cmpint (guichet_calendar_next_working (calendar, day ("2026-09-25")),
                   ==,
                   day ("2026-09-25"));
  g_assert_cmpint (guichet_calendar_next_working (calendar, day ("2026-09-26")),
                   ==,
                   day ("2026-09-29"));
}

/* Each year has the ten of the law, each once, but where two fall together. */
static void
test_ten_a_year (void)
{
  g_autoptr (GuichetCalendar) calendar = guichet_calendar_new ();

  for (int year = 1975; year < 2200; year++)
    {
      g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);
      guint count = 0;

      for (GuichetDay d = guichet_day_new (year, 1, 1); d <= guichet_day_new (year, 12, 31); d++)
        {
          const char *word = guichet_calendar_holiday (calendar, d);

          if (word == NULL)
            continue;
          count++;
          g_assert_true (g_hash_table_add (words, (gpointer) word));
        }
      /* Ascension falls on 1 May in years such as 2008. */
      g_assert_cmpuint (count,
                        ==,
                        guichet_easter (year) + 39 == guichet_day_new (year, 5, 1) ? 9u : 10u);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "[]", "object" },
    { "{}", "closingDays" },
    { "{\"closingDays\":[],\"more\":1}", "more" },
    { "{\"closingDays\":[1]}", "closingDays[0]" },
    { "{\"closingDays\":[{\"names\":{\"fr\":\"a\"}}]}", "closingDays[0].day" },
    { "{\"closingDays\":[{\"day\":\"2026-02-30\",\"names\":{\"fr\":\"a\"}}]}",
      "closingDays[0].day" },
    { "{\"closingDays\":[{\"day\":\"2026-02-03\",\"every\":\"02-03\",\"names\":{\"fr\":\"a\"}}]}",
      "closingDays[0].day" },
    { "{\"closingDays\":[{\"every\":\"02-30\",\"names\":{\"fr\":\"a\"}}]}",
      "closingDays[0].every" },
    { "{\"closingDays\":[{\"every\":\"2-3\",\"names\":{\"fr\":\"a\"}}]}", "closingDays[0].every" },
    { "{\"closingDays\":[{\"every\":\"02-03\"}]}", "closingDays[0].names" },
    { "{\"closingDays\":[{\"every\":\"02-03\",\"names\":{\"nl\":\"a\"}}]}",
      "closingDays[0].names.fr" },
    { "{\"closingDays\":[{\"every\":\"02-03\",\"names\":{\"fr\":\"a\",\"es\":\"a\"}}]}",
      "closingDays[0].names.es" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_calendar (cases[i].text, &error));
      g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_CONTENT);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

/* A town that never opens would make every deadline endless. */
static void
test_never_open (void)
{
  g_autoptr (GString) text = g_string_new ("{\"closingDays\":[");
  g_autoptr (GError) error = NULL;

  for (GuichetDay d = day ("2024-01-01"); d <= day ("2024-12-31"); d++)
    {
      g_autofree char *name = guichet_day_text (d);

      g_string_append_printf (text,
                              "%s{\"every\":\"%s\",\"names\":{\"fr\":\"a\"}}",
                              d > day ("2024-01-01") ? "," : "",
                              name + 5);
    }
  g_string_append (text, "]}");

  g_assert_null (read_calendar (text->str, &error));
  g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_CONTENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/calendar/easter", test_easter);
  g_test_add_func ("/core/calendar/easter-of-any-year", test_easter_of_any_year);
  g_test_add_func ("/core/calendar/known-days", test_known_days);
  g_test_add_func ("/core/calendar/working-days", test_working_days);
  g_test_add_func ("/core/calendar/ten-a-year", test_ten_a_year);
  g_test_add_func ("/core/calendar/refusals", test_refusals);
  g_test_add_func ("/core/calendar/never-open", test_never_open);

  return g_test_run ();
}
