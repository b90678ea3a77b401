/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-date-words.h"

#define MINUTE (60 * (gint64) G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
test_day (void)
{
  static const struct
  {
    int year, month, day;
    const char *words;
    const char *heading;
    const char *cell;
    const char *distance;
  } cases[] = {
    { 2026, 11, 24, "today", "Today", "24 Nov", "today" },
    { 2026, 11, 25, "tomorrow", "Tomorrow", "25 Nov", "tomorrow" },
    { 2026, 11, 23, "yesterday", "Yesterday", "23 Nov", "1 day ago" },
    { 2026, 11, 26, "Thursday 26 November", "Thursday 26 November", "26 Nov", "in 2 days" },
    { 2026, 1, 1, "Thursday 1 January", "Thursday 1 January", "1 Jan", "327 days ago" },
    { 2027, 1, 1, "Friday 1 January 2027", "Friday 1 January 2027", "1 Jan 2027", "in 38 days" },
    { 2025,
      12,
      31,
      "Wednesday 31 December 2025",
      "Wednesday 31 December 2025",
      "31 Dec 2025",
      "328 days ago" },
  };
  const GuichetDay today = guichet_day_new (2026, 11, 24);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GuichetDay day = guichet_day_new (cases[i].year, cases[i].month, cases[i].day);
      g_autofree char *words = guichet_date_words_day (day, today);
      g_autofree char *heading = guichet_date_words_heading (day, today);
      g_autofree char *cell = guichet_date_words_short (day, today);
      g_autofree char *distance = guichet_date_words_distance (day, today);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (heading, ==, cases[i].heading);
      g_assert_cmpstr (cell, ==, cases[i].cell);
      g_assert_cmpstr (distance, ==, cases[i].distance);
    }
}

static void
test_full (void)
{
  g_autofree char *words = guichet_date_words_full (guichet_day_new (2024, 2, 29));

  g_assert_cmpstr (words, ==, "Thursday 29 February 2024");
}

/* The hour is that of the town, in summer and in winter. */
static void
test_time (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Brussels");
  gint64 winter, summer;
  g_autofree char *in_winter = NULL;
  g_autofree char *in_summer = NULL;
  g_autofree char *moment = NULL;

  g_assert_true (guichet_instant_parse ("2026-11-24T09:05:00Z", &winter));
  g_assert_true (guichet_instant_parse ("2026-07-24T09:05:00Z", &summer));
  in_winter = guichet_date_words_time (winter, zone);
  in_summer = guichet_date_words_time (summer, zone);
  moment = guichet_date_words_moment (winter, zone, guichet_day_new (2026, 11, 25));
  g_assert_cmpstr (in_winter, ==, "10:05");
  g_assert_cmpstr (in_summer, ==, "11:05");
  g_assert_cmpstr (moment, ==, "yesterday at 10:05");
}

static void
test_ago (void)
{
  static const struct
  {
    gint64 ago;
    const char *words;
  } cases[] = {
    { -5 * MINUTE, "just now" }, /* the server's clock may be ahead a little */
    { 0, "just now" },           { MINUTE - 1, "just now" },
    { MINUTE, "1 minute ago" },  { 59 * MINUTE, "59 minutes ago" },
    { HOUR, "1 hour ago" },      { 23 * HOUR, "23 hours ago" },
    { DAY, "1 day ago" },        { 40 * DAY, "40 days ago" },
  };
  const gint64 now = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = guichet_date_words_ago (now - cases[i].ago, now);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* As people type it, and back. */
static void
test_typed (void)
{
  static const struct
  {
    const char *text;
    const char *typed; /* NULL: no day */
  } cases[] = {
    { "30/07/1985", "30/07/1985" },
    { "30.7.1985", "30/07/1985" },
    { " 30-07-1985 ", "30/07/1985" },
    { "1985-07-30", "30/07/1985" },
    { "1/2/2026", "01/02/2026" },
    { "30/07-1985", NULL },
    { "31/02/2026", NULL },
    { "30/07/1985x", NULL },
    { "30/07", NULL },
    { "30 juillet 1985", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GuichetDay day = GUICHET_DAY_NONE;
      g_autofree char *typed = NULL;

      g_assert_cmpint (guichet_date_words_read (cases[i].text, &day), ==, cases[i].typed != NULL);
      typed = day != GUICHET_DAY_NONE ? guichet_date_words_typed (day) : NULL;
      g_assert_cmpstr (typed, ==, cases[i].typed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/date-words/day", test_day);
  g_test_add_func ("/app/date-words/full", test_full);
  g_test_add_func ("/app/date-words/time", test_time);
  g_test_add_func ("/app/date-words/ago", test_ago);
  g_test_add_func ("/app/date-words/typed", test_typed);
  return g_test_run ();
}
