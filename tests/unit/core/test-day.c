/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-day.h"

#define FIRST (-719162) /* 0001-01-01 */
#define LAST 2932896    /* 9999-12-31 */

static GTimeZone *
brussels (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Europe/Brussels");

  g_assert_nonnull (zone);
  return zone;
}

static GuichetDay
day (const char *text)
{
  GuichetDay day;

  if (!guichet_day_parse (text, &day))
    g_error ("not a day: %s", text);
  return day;
}

static void
test_known_days (void)
{
  static const struct
  {
    int year, month, day;
    GuichetDay wanted;
    GuichetWeekday weekday;
  } cases[] = {
    { 1970, 1, 1, 0, GUICHET_THURSDAY },      { 1969, 12, 31, -1, GUICHET_WEDNESDAY },
    { 2000, 2, 29, 11016, GUICHET_TUESDAY },  { 2026, 11, 24, 20781, GUICHET_TUESDAY },
    { 1, 1, 1, FIRST, GUICHET_MONDAY },       { 9999, 12, 31, LAST, GUICHET_FRIDAY },
    { 1900, 3, 1, -25508, GUICHET_THURSDAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GuichetDay self = guichet_day_new (cases[i].year, cases[i].month, cases[i].day);

      g_assert_cmpint (self, ==, cases[i].wanted);
      g_assert_cmpint (guichet_day_weekday (self), ==, cases[i].weekday);
    }
}

static void
test_no_such_day (void)
{
  static const struct
  {
    int year, month, day;
  } cases[] = {
    { 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 },  { 2026, 0, 1 },  { 2026, 13, 1 },
    { 2026, 1, 0 },  { 2026, 1, 32 }, { 0, 1, 1 },      { 10000, 1, 1 }, { -1, 1, 1 },
    { 2026, -1, 1 }, { 2026, 1, -1 }, { 2026, 1, 257 }, { 65536, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (guichet_day_new (cases[i].year, cases[i].month, cases[i].day),
                     ==,
                     GUICHET_DAY_NONE);
}

static void
test_months (void)
{
  static const struct
  {
    const char *from;
    int months;
    const char *wanted;
  } cases[] = {
    { "2026-01-15", 1, "2026-02-15" },  { "2026-01-31", 1, "2026-02-28" },
    { "2028-01-31", 1, "2028-02-29" },  { "2026-08-31", 1, "2026-09-30" },
    { "2026-11-30", 3, "2027-02-28" },  { "2026-03-31", -1, "2026-02-28" },
    { "2028-02-29", 12, "2029-02-28" }, { "2026-12-31", 0, "2026-12-31" },
    { "2026-01-01", -1, "2025-12-01" }, { "2026-05-31", 24, "2028-05-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          guichet_day_text (guichet_day_add_months (day (cases[i].from), cases[i].months));

      g_assert_cmpstr (text, ==, cases[i].wanted);
    }
}

static void
test_refuses_other_spellings (void)
{
  static const char *const texts[] = {
    "",           "2026",        "2026-1-01",   "2026-01-1",  "26-01-01",
    "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-02-30", "+026-01-01",
    "2026-01-0x", "20260101",    "2026-01-01T", "-001-01-01", "0000-01-01",
    "٢٠٢٦-01-01", "2026-00-01",  "2026-13-01",
  };
  GuichetDay untouched = 7;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (guichet_day_parse (texts[i], &untouched));
  g_assert_false (guichet_day_parse (NULL, &untouched));
  g_assert_cmpint (untouched, ==, 7);
}

/* Every day is made of its parts, is read from its text, and follows the one before it. */
static void
test_any_day (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      GuichetDay self = g_test_rand_int_range (FIRST + 1, LAST + 1);
      g_autofree char *text = guichet_day_text (self);
      GuichetDay read;
      int year, month, number;

      guichet_day_split (self, &year, &month, &number);
      g_assert_cmpint (guichet_day_new (year, month, number), ==, self);
      g_assert_true (guichet_day_parse (text, &read));
      g_assert_cmpint (read, ==, self);
      g_assert_cmpint (guichet_day_weekday (self),
                       ==,
                       (GuichetWeekday) (guichet_day_weekday (self - 1) % 7 + 1));
    }
}

static void
test_instants (void)
{
  static const struct
  {
    const char *text;
    gint64 wanted;
    const char *written; /* NULL: the same */
  } cases[] = {
    { "1970-01-01T00:00:00.000000Z", 0, NULL },
    { "1969-12-31T23:59:59.999999Z", -1, NULL },
    { "2026-11-24T12:00:00Z", 1795521600000000, "2026-11-24T12:00:00.000000Z" },
    { "2026-11-24T13:00:00+01:00", 1795521600000000, "2026-11-24T12:00:00.000000Z" },
    { "2026-11-24t06:30:00.5-05:30", 1795521600500000, "2026-11-24T12:00:00.500000Z" },
    { "2026-11-24T12:00:00.000001z", 1795521600000001, "2026-11-24T12:00:00.000001Z" },
    { "0001-01-01T00:00:00.000000Z", -62135596800000000, NULL },
    { "9999-12-31T23:59:59.999999Z", 253402300799999999, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *written = NULL;
      gint64 instant = 0;

      g_assert_true (guichet_instant_parse (cases[i].text, &instant));
      g_assert_cmpint (instant, ==, cases[i].wanted);
      written = guichet_instant_text (instant);
      g_assert_cmpstr (written, ==, cases[i].written != NULL ? cases[i].written : cases[i].text);
    }
}

static void
test_refuses_other_instants (void)
{
  static const char *const texts[] = {
    "",
    "2026-11-24",
    "2026-11-24T12:00:00",
    "2026-11-24 12:00:00Z",
    "2026-11-24T12:00Z",
    "2026-11-24T24:00:00Z",
    "2026-11-24T12:60:00Z",
    "2026-11-24T12:00:60Z",
    "2026-11-24T12:00:00.Z",
    "2026-11-24T12:00:00.0000001Z",
    "2026-11-24T12:00:00,5Z",
    "2026-11-24T12:00:00+0100",
    "2026-11-24T12:00:00+24:00",
    "2026-11-24T12:00:00+01:60",
    "2026-11-24T12:00:00Zx",
    "2026-02-29T12:00:00Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
  };
  gint64 untouched = 7;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (guichet_instant_parse (texts[i], &untouched))
      g_error ("taken for an instant: %s", texts[i]);
  g_assert_false (guichet_instant_parse (NULL, &untouched));
  g_assert_cmpint (untouched, ==, 7);
}

static void
test_any_instant (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      gint64 instant = (gint64) g_test_rand_int_range (FIRST, LAST) * 86400 * G_USEC_PER_SEC +
                       (gint64) g_test_rand_int_range (0, 86400) * G_USEC_PER_SEC +
                       g_test_rand_int_range (0, 1000000);
      g_autofree char *text = guichet_instant_text (instant);
      gint64 read;

      g_assert_true (guichet_instant_parse (text, &read));
      g_assert_cmpint (read, ==, instant);
    }
}

/* The day changes at midnight of the town, which is not midnight of the epoch. */
static void
test_days_of_the_town (void)
{
  static const struct
  {
    const char *instant;
    const char *wanted;
  } cases[] = {
    { "2026-11-23T22:59:59.999999Z", "2026-11-23" }, { "2026-11-23T23:00:00Z", "2026-11-24" },
    { "2026-07-01T21:59:59.999999Z", "2026-07-01" }, { "2026-07-01T22:00:00Z", "2026-07-02" },
    { "2026-03-29T00:59:59Z", "2026-03-29" },        { "2026-10-24T22:00:00Z", "2026-10-25" },
    { "2026-10-25T22:59:59Z", "2026-10-25" },        { "2026-10-25T23:00:00Z", "2026-10-26" },
    { "1969-12-31T22:59:59.999999Z", "1969-12-31" }, { "1969-12-31T23:00:00Z", "1970-01-01" },
  };
  g_autoptr (GTimeZone) zone = brussels ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 instant;

      g_assert_true (guichet_instant_parse (cases[i].instant, &instant));
      g_assert_cmpint (guichet_day_of_instant (instant, zone), ==, day (cases[i].wanted));
    }
}

static void
test_any_day_of_the_town (void)
{
  g_autoptr (GTimeZone) zone = brussels ();

  for (GuichetDay self = day ("2020-01-01"); self < day ("2036-01-01"); self++)
    {
      gint64 start = guichet_day_start (self, zone);
      gint64 inside = start + (gint64) (g_test_rand_double () * 82800.0 * G_USEC_PER_SEC);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (inside / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      int year, month, number;

      g_assert_cmpint (guichet_day_of_instant (start, zone), ==, self);
      g_assert_cmpint (guichet_day_of_instant (start - 1, zone), ==, self - 1);

      g_date_time_get_ymd (local, &year, &month, &number);
      g_assert_cmpint (guichet_day_of_instant (inside, zone),
                       ==,
                       guichet_day_new (year, month, number));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/day/known", test_known_days);
  g_test_add_func ("/core/day/none", test_no_such_day);
  g_test_add_func ("/core/day/months", test_months);
  g_test_add_func ("/core/day/spellings", test_refuses_other_spellings);
  g_test_add_func ("/core/day/any", test_any_day);
  g_test_add_func ("/core/instant/known", test_instants);
  g_test_add_func ("/core/instant/refuses", test_refuses_other_instants);
  g_test_add_func ("/core/instant/any", test_any_instant);
  g_test_add_func ("/core/day/town", test_days_of_the_town);
  g_test_add_func ("/core/day/town-any", test_any_day_of_the_town);

  return g_test_run ();
}
