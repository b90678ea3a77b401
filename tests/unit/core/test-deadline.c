/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deadlines against dates and reasons that were worked out by hand.
 */
#include "config.h"

#include "guichet-deadline.h"

static GTimeZone *zone;

/* Calendar */

static GuichetDay
day (const char *text)
{
  GuichetDay parsed = GUICHET_DAY_NONE;

  g_assert_true (guichet_day_parse (text, &parsed));
  return parsed;
}

static void
test_easter (void)
{
  static const char *const sundays[] = { "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25" };

  for (guint i = 0; i < G_N_ELEMENTS (sundays); i++)
    {
      int year;

      guichet_day_split (day (sundays[i]), &year, NULL, NULL);
      g_assert_cmpint (guichet_easter (year), ==, day (sundays[i]));
    }
}

static GuichetCalendar *
town_calendar (void)
{
  static const char text[] = "{\"closingDays\":[{\"day\":\"2026-09-28\",\"names\":{\"fr\":\"Pont\"}},"
                             "{\"every\":\"09-27\",\"names\":{\"fr\":\"Communauté française\"}}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (JsonNode) root = guichet_json_parse (bytes, &guichet_json_limits_default, NULL);
  g_autoptr (GError) error = NULL;
  GuichetCalendar *calendar = guichet_calendar_from_json (root, &error);

  g_assert_no_error (error);
  return calendar;
}

static void
test_holidays (void)
{
  g_autoptr (GuichetCalendar) calendar = town_calendar ();
  static const struct
  {
    const char *day;
    const char *word;
  } cases[] = {
    { "2026-01-01", "newYear" },      { "2026-04-06", "easterMonday" }, { "2026-05-01", "labourDay" },
    { "2026-05-14", "ascension" },    { "2026-05-25", "whitMonday" },   { "2026-07-21", "nationalDay" },
    { "2026-08-15", "assumption" },   { "2026-11-01", "allSaints" },    { "2026-11-11", "armistice" },
    { "2026-12-25", "christmas" },    { "2026-09-28", "closed" },       { "2026-09-27", "closed" },
    { "2027-09-27", "closed" },       { "2027-09-28", NULL },           { "2027-03-29", "easterMonday" },
    { "2027-05-06", "ascension" },    { "2027-05-17", "whitMonday" },   { "2026-11-24", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (guichet_calendar_holiday (calendar, day (cases[i].day)), ==, cases[i].word);
  g_assert_false (guichet_calendar_is_working (calendar, day ("2026-11-21")));
  g_assert_cmpint (guichet_calendar_next_working (calendar, day ("2026-09-26")), ==, day ("2026-09-29"));
}

/* Deadlines: a procedure of one term and a request of some stays, written as text */

typedef struct
{
  const char *name;
  GuichetTerm term;
  /* `stage phase waiting YYYY-MM-DDThh:mm`, one a stay, `;` between them; times are those of the town */
  const char *stays;
  const char *today;
  const char *due; /* NULL: none */
  const char *reasons;
} Case;

#define STOPS ((1u << GUICHET_WAITING_DOCUMENTS) | (1u << GUICHET_WAITING_PAYMENT))
#define WORKING(n) \
  { .count = (n), .unit = GUICHET_UNIT_WORKING_DAYS, .stops = STOPS, .from = GUICHET_DAY_NONE, .until = GUICHET_DAY_NONE }
#define CALENDAR(n, rolls) \
  { .count = (n), .unit = GUICHET_UNIT_CALENDAR_DAYS, .roll = (rolls), .stops = STOPS, .from = GUICHET_DAY_NONE, \
    .until = GUICHET_DAY_NONE }
#define MONTHS(n) \
  { .count = (n), .unit = GUICHET_UNIT_MONTHS, .stops = STOPS, .from = GUICHET_DAY_NONE, .until = GUICHET_DAY_NONE }

static const Case cases[] = {
  { "late in the evening of a Monday", WORKING (5), "received received - 2026-02-02T23:41", "2026-02-02", "2026-02-09",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, due 2026-02-09" },
  { "over a weekend", WORKING (3), "received received - 2026-11-19T10:00", "2026-11-19", "2026-11-24",
    "deposited 2026-11-19, startsAfter 2026-11-20, term 3 2026-11-24, due 2026-11-24" },
  { "on a Sunday", WORKING (1), "received received - 2026-11-22T10:00", "2026-11-22", "2026-11-23",
    "deposited 2026-11-22, startsAfter 2026-11-23, term 1 2026-11-23, due 2026-11-23" },
  { "over a holiday", WORKING (2), "received received - 2026-11-10T10:00", "2026-11-10", "2026-11-13",
    "deposited 2026-11-10, startsAfter 2026-11-11, term 2 2026-11-13, holiday armistice 2026-11-11, due 2026-11-13" },
  { "over closing days of the town", WORKING (1), "received received - 2026-09-25T10:00", "2026-09-25", "2026-09-29",
    "deposited 2026-09-25, startsAfter 2026-09-26, term 1 2026-09-29, holiday closed 2026-09-28, due 2026-09-29" },
  { "a piece asked for a week", WORKING (5),
    "received received - 2026-02-02T23:41;asked waiting documents 2026-02-04T10:00;check processing - 2026-02-11T09:00",
    "2026-02-11", "2026-02-17",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, "
    "stopped documents 6 2026-02-04 2026-02-11, due 2026-02-17" },
  { "a piece asked over Easter", WORKING (5),
    "received received - 2026-03-30T10:00;asked waiting documents 2026-04-02T10:00;check processing - 2026-04-13T09:00",
    "2026-04-13", "2026-04-16",
    "deposited 2026-03-30, startsAfter 2026-03-31, term 5 2026-04-07, "
    "stopped documents 7 2026-04-02 2026-04-13, due 2026-04-16" },
  { "waiting now", WORKING (5), "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T10:00",
    "2026-02-10", NULL,
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, standsStill documents 6 2026-02-04" },
  { "waiting now, but late before", WORKING (2),
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-09T10:00", "2026-02-20", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, alreadyPast 2026-02-04, due 2026-02-04" },
  { "waiting for what does not stop the clock", WORKING (2),
    "received received - 2026-02-02T10:00;meet waiting appointment 2026-02-03T10:00", "2026-02-03", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, due 2026-02-04" },
  { "payment awaited from the start", WORKING (3),
    "pay waiting payment 2026-02-02T10:00;check processing - 2026-02-05T10:00", "2026-02-05", "2026-02-10",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 3 2026-02-05, "
    "stopped payment 3 2026-02-02 2026-02-05, due 2026-02-10" },
  { "two stops that meet on a day", WORKING (4),
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-03T10:00;"
    "pay waiting payment 2026-02-04T10:00;check processing - 2026-02-05T10:00",
    "2026-02-05", "2026-02-11",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 4 2026-02-06, "
    "stopped documents 2 2026-02-03 2026-02-04, stopped payment 1 2026-02-04 2026-02-05, due 2026-02-11" },
  { "calendar days end on a Sunday", CALENDAR (30, FALSE), "received received - 2026-03-27T10:00", "2026-03-27",
    "2026-04-26", "deposited 2026-03-27, startsAfter 2026-03-28, term 30 2026-04-26, due 2026-04-26" },
  { "calendar days that roll", CALENDAR (30, TRUE), "received received - 2026-03-27T10:00", "2026-03-27",
    "2026-04-27",
    "deposited 2026-03-27, startsAfter 2026-03-28, term 30 2026-04-26, rolled 2026-04-26 2026-04-27, due 2026-04-27" },
  { "calendar days roll over a holiday", CALENDAR (30, TRUE), "received received - 2026-10-02T10:00", "2026-10-02",
    "2026-11-02",
    "deposited 2026-10-02, startsAfter 2026-10-03, term 30 2026-11-01, rolled 2026-11-01 2026-11-02, due 2026-11-02" },
  { "months of different lengths", MONTHS (1), "received received - 2026-01-31T10:00", "2026-01-31", "2026-02-28",
    "deposited 2026-01-31, startsAfter 2026-02-01, term 1 2026-02-28, due 2026-02-28" },
  { "three months", MONTHS (3), "received received - 2026-11-30T10:00", "2026-11-30", "2027-02-28",
    "deposited 2026-11-30, startsAfter 2026-12-01, term 3 2027-02-28, due 2027-02-28" },
  { "begins anew after a stop",
    { .count = 10, .unit = GUICHET_UNIT_CALENDAR_DAYS, .stops = STOPS, .restart = TRUE, .from = GUICHET_DAY_NONE,
      .until = GUICHET_DAY_NONE },
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-06T10:00;check processing - 2026-02-16T10:00",
    "2026-02-16", "2026-02-26",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 10 2026-02-12, stopped documents 11 2026-02-06 2026-02-16, "
    "restarted 2026-02-16, due 2026-02-26" },
  { "counts from a stage that is not reached",
    { .count = 30, .unit = GUICHET_UNIT_CALENDAR_DAYS, .start = GUICHET_START_STAGE, .start_stage = (char *) "receipt",
      .from = GUICHET_DAY_NONE, .until = GUICHET_DAY_NONE },
    "received received - 2026-02-02T10:00", "2026-02-05", NULL, "deposited 2026-02-02, notStarted" },
  { "counts from a stage",
    { .count = 30, .unit = GUICHET_UNIT_CALENDAR_DAYS, .start = GUICHET_START_STAGE, .start_stage = (char *) "receipt",
      .from = GUICHET_DAY_NONE, .until = GUICHET_DAY_NONE },
    "received received - 2026-02-02T10:00;receipt processing - 2026-02-20T15:00", "2026-02-20", "2026-03-22",
    "deposited 2026-02-02, startsAfter 2026-02-21, term 30 2026-03-22, due 2026-03-22" },
  { "decided: the day stays what it was", WORKING (5),
    "received received - 2026-02-02T10:00;done decided - 2026-02-04T10:00", "2026-03-01", "2026-02-09",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, due 2026-02-09" },
  { "reopened: not late at once", WORKING (5),
    "received received - 2026-02-02T10:00;done decided - 2026-02-04T10:00;over closed - 2026-02-05T10:00;"
    "check processing - 2026-03-02T10:00",
    "2026-03-02", "2026-03-06",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, "
    "stopped - 2 2026-02-04 2026-02-05, stopped - 17 2026-02-05 2026-03-02, due 2026-03-06" },
  { "over the end of summer time", WORKING (2), "received received - 2026-10-23T23:30", "2026-10-23", "2026-10-27",
    "deposited 2026-10-23, startsAfter 2026-10-24, term 2 2026-10-27, due 2026-10-27" },
};

static gint64
town_instant (const char *text)
{
  g_autofree char *full = g_strconcat (text, ":00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (full, zone);

  g_assert_nonnull (date);
  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static GuichetEvent *
stay_event (const char *text, guint index)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GuichetEvent *event = guichet_event_new (index == 0 ? GUICHET_EVENT_SUBMITTED : GUICHET_EVENT_STAGE_MOVED);
  int phase = 0;
  int waiting = 0;

  g_assert_cmpuint (g_strv_length (words), ==, 4);
  g_assert_true (guichet_enum_value (GUICHET_TYPE_PHASE, words[1], &phase));
  guichet_enum_value (GUICHET_TYPE_WAITING, words[2], &waiting);
  event->number = index + 1;
  event->reference = g_strdup ("26-2222-2222");
  event->procedure = g_strdup ("TEST");
  event->stage = g_strdup (words[0]);
  event->phase = (GuichetPhase) phase;
  event->waiting = (GuichetWaiting) waiting;
  event->actor = g_strdup ("marie");
  event->instant = town_instant (words[3]);
  event->version = index + 1;
  return event;
}

static GuichetRequest *
make_request (const char *stays)
{
  g_auto (GStrv) parts = g_strsplit (stays, ";", -1);
  GuichetRequest *request = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GuichetEvent) event = stay_event (parts[i], i);
      GuichetRequest *after = guichet_request_apply (request, event);

      g_clear_pointer (&request, guichet_request_unref);
      request = after;
    }
  return request;
}

static char *
reason_text (const GuichetReason *reason)
{
  GString *text = g_string_new (guichet_enum_word (GUICHET_TYPE_REASON_KIND, (int) reason->kind));
  g_autofree char *first = reason->day != 0 ? guichet_day_text (reason->day) : NULL;
  g_autofree char *until = reason->until != 0 ? guichet_day_text (reason->until) : NULL;
  const char *waiting = guichet_enum_word (GUICHET_TYPE_WAITING, (int) reason->waiting);

  if (reason->word != NULL)
    g_string_append_printf (text, " %s", reason->word);
  if (reason->kind == GUICHET_REASON_STOPPED || reason->kind == GUICHET_REASON_STANDS_STILL)
    g_string_append_printf (text, " %s %u", waiting != NULL ? waiting : "-", reason->count);
  if (reason->kind == GUICHET_REASON_TERM)
    g_string_append_printf (text, " %u", reason->count);
  if (first != NULL)
    g_string_append_printf (text, " %s", first);
  if (until != NULL)
    g_string_append_printf (text, " %s", until);
  return g_string_free (text, FALSE);
}

static char *
reasons_text (const GuichetDue *due)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < due->reasons->len; i++)
    {
      g_autofree char *reason = reason_text (&g_array_index (due->reasons, GuichetReason, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", reason);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  GuichetTerm term = self->term;
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  GuichetProcedure procedure = { .code = (char *) "TEST", .terms = terms };
  g_autoptr (GuichetCalendar) calendar = town_calendar ();
  g_autoptr (GuichetRequest) request = make_request (self->stays);
  g_autoptr (GuichetDeadline) deadline = NULL;
  g_autofree char *reasons = NULL;
  g_autofree char *due = NULL;

  g_ptr_array_add (terms, &term);
  deadline = guichet_deadline_new (request, &procedure, calendar, zone, day (self->today));
  reasons = reasons_text (&deadline->promise);
  due = deadline->promise.day != GUICHET_DAY_NONE ? guichet_day_text (deadline->promise.day) : NULL;

  g_assert_cmpstr (reasons, ==, self->reasons);
  g_assert_cmpstr (due, ==, self->due);
  g_assert_null (deadline->legal.term);
}

/* Whatever the stops are, they never make a request due earlier, and a longer term never ends before. */
static void
test_stops_never_hurry (void)
{
  g_autoptr (GuichetCalendar) calendar = town_calendar ();

  for (guint round = 0; round < 300; round++)
    {
      GuichetTerm term = WORKING ((guint) g_test_rand_int_range (1, 40));
      g_autoptr (GPtrArray) terms = g_ptr_array_new ();
      GuichetProcedure procedure = { .code = (char *) "TEST", .terms = terms };
      int gap = g_test_rand_int_range (1, 20);
      int length = g_test_rand_int_range (0, 30);
      GuichetDay start = day ("2026-01-05") + g_test_rand_int_range (0, 500);
      g_autofree char *deposit = guichet_day_text (start);
      g_autofree char *asked = guichet_day_text (start + gap);
      g_autofree char *answered = guichet_day_text (start + gap + length);
      g_autofree char *plain = g_strdup_printf ("a received - %sT10:00", deposit);
      g_autofree char *stopped = g_strdup_printf (
        "a received - %sT10:00;b waiting documents %sT11:00;c processing - %sT12:00", deposit, asked, answered);
      g_autoptr (GuichetRequest) without = make_request (plain);
      g_autoptr (GuichetRequest) with = make_request (stopped);
      g_autoptr (GuichetDeadline) early = NULL;
      g_autoptr (GuichetDeadline) late = NULL;

      g_ptr_array_add (terms, &term);
      early = guichet_deadline_new (without, &procedure, calendar, zone, start);
      late = guichet_deadline_new (with, &procedure, calendar, zone, start);
      g_assert_cmpint (late->promise.day, >=, early->promise.day);
      g_assert_true (guichet_calendar_is_working (calendar, late->promise.day));
    }
}

/* What a text may say of it. */
static void
test_told (void)
{
  GuichetDeadline deadline = { .promise.day = day ("2026-11-26"), .legal.day = day ("2026-11-30") };

  g_assert_cmpint (guichet_deadline_told (&deadline, day ("2026-11-26")), ==, day ("2026-11-26"));
  g_assert_cmpint (guichet_deadline_told (&deadline, day ("2026-11-27")), ==, GUICHET_DAY_NONE);
  deadline.promise.day = GUICHET_DAY_NONE;
  g_assert_cmpint (guichet_deadline_told (&deadline, day ("2026-11-27")), ==, day ("2026-11-30"));
  deadline.met = TRUE;
  g_assert_cmpint (guichet_deadline_told (&deadline, day ("2026-11-27")), ==, GUICHET_DAY_NONE);
  deadline.met = FALSE;
  deadline.legal.day = GUICHET_DAY_NONE;
  g_assert_cmpint (guichet_deadline_told (&deadline, day ("2026-11-27")), ==, GUICHET_DAY_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  zone = g_time_zone_new_identifier ("Europe/Brussels");

  g_test_add_func ("/core/calendar/easter", test_easter);
  g_test_add_func ("/core/calendar/holidays", test_holidays);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdelimit (g_strdup_printf ("/core/deadline/%s", cases[i].name), " ", '-');

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/core/deadline/stops-never-hurry", test_stops_never_hurry);
  g_test_add_func ("/core/deadline/told", test_told);

  return g_test_run ();
}
