/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deadlines against dates and reasons that were worked out by hand.
 */
#include "config.h"

#include "deadline-fixture.h"

#include "guichet-line.h"

/* Deadlines: a procedure of some terms and a request of some stays, written as text */

typedef struct
{
  const char *name;
  const char *stays;
  const char *today;
  const char *due; /* NULL: none */
  const char *reasons;
  GuichetTerm terms[3]; /* ended by one of no days */
} Case;

// clang-format off
#define ROLLING(n) { .count = (n), .unit = GUICHET_UNIT_CALENDAR_DAYS, .roll = TRUE, .stops = STOPS, ALWAYS }
#define ANEW(n) { .count = (n), .unit = GUICHET_UNIT_CALENDAR_DAYS, .stops = STOPS, .restart = TRUE, ALWAYS }
#define ROLLING_MONTHS(n) { .count = (n), .unit = GUICHET_UNIT_MONTHS, .roll = TRUE, ALWAYS }
#define MONTHS_ANEW(n) { .count = (n), .unit = GUICHET_UNIT_MONTHS, .stops = STOPS, .restart = TRUE, ALWAYS }
#define FROM_STAGE(n, name) \
  { .count = (n), .unit = GUICHET_UNIT_CALENDAR_DAYS, .start = GUICHET_START_STAGE, .start_stage = (char *) (name), \
    .stops = STOPS, ALWAYS }
/* Days since 1970-01-01. */
#define DAY_2024_03_31 19813
#define DAY_2024_04_01 19814
#define CODT_BEFORE \
  { .count = 20, .unit = GUICHET_UNIT_CALENDAR_DAYS, .from = GUICHET_DAY_NONE, .until = DAY_2024_03_31 }
#define CODT_AFTER \
  { .count = 30, .unit = GUICHET_UNIT_CALENDAR_DAYS, .from = DAY_2024_04_01, .until = GUICHET_DAY_NONE }

static const Case cases[] = {
  /* Working days */
  { "late in the evening of a Monday", "received received - 2026-02-02T23:41", "2026-02-02", "2026-02-09",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, due 2026-02-09", { WORKING (5) } },
  { "over a weekend", "received received - 2026-11-19T10:00", "2026-11-19", "2026-11-24",
    "deposited 2026-11-19, startsAfter 2026-11-20, term 3 2026-11-24, due 2026-11-24", { WORKING (3) } },
  { "on a Sunday", "received received - 2026-11-22T10:00", "2026-11-22", "2026-11-23",
    "deposited 2026-11-22, startsAfter 2026-11-23, term 1 2026-11-23, due 2026-11-23", { WORKING (1) } },
  { "over Armistice Day", "received received - 2026-11-10T10:00", "2026-11-10", "2026-11-13",
    "deposited 2026-11-10, startsAfter 2026-11-11, term 2 2026-11-13, holiday armistice 2026-11-11, due 2026-11-13",
    { WORKING (2) } },
  { "over the National Day", "received received - 2026-07-20T10:00", "2026-07-20", "2026-07-23",
    "deposited 2026-07-20, startsAfter 2026-07-21, term 2 2026-07-23, holiday nationalDay 2026-07-21, due 2026-07-23",
    { WORKING (2) } },
  { "over the turn of 2027", "received received - 2026-12-30T10:00", "2026-12-30", "2027-01-05",
    "deposited 2026-12-30, startsAfter 2026-12-31, term 3 2027-01-05, holiday newYear 2027-01-01, due 2027-01-05",
    { WORKING (3) } },
  { "over Easter 2027", "received received - 2027-03-25T10:00", "2027-03-25", "2027-04-01",
    "deposited 2027-03-25, startsAfter 2027-03-26, term 4 2027-04-01, holiday easterMonday 2027-03-29, due 2027-04-01",
    { WORKING (4) } },
  { "over Ascension and Whitsun 2027", "received received - 2027-05-03T10:00", "2027-05-03", "2027-05-19",
    "deposited 2027-05-03, startsAfter 2027-05-04, term 10 2027-05-19, holiday ascension 2027-05-06, "
    "holiday whitMonday 2027-05-17, due 2027-05-19", { WORKING (10) } },
  { "a holiday on a Saturday is not worth a word", "received received - 2027-04-30T10:00", "2027-04-30", "2027-05-03",
    "deposited 2027-04-30, startsAfter 2027-05-01, term 1 2027-05-03, due 2027-05-03", { WORKING (1) } },
  { "over a closing day of the town", "received received - 2026-09-25T10:00", "2026-09-25", "2026-09-29",
    "deposited 2026-09-25, startsAfter 2026-09-26, term 1 2026-09-29, holiday closed 2026-09-28, due 2026-09-29",
    { WORKING (1) } },
  { "over a yearly closing day", "received received - 2027-09-24T10:00", "2027-09-24", "2027-09-28",
    "deposited 2027-09-24, startsAfter 2027-09-25, term 1 2027-09-28, holiday closed 2027-09-27, due 2027-09-28",
    { WORKING (1) } },
  { "over the end of summer time", "received received - 2026-10-23T23:30", "2026-10-23", "2026-10-27",
    "deposited 2026-10-23, startsAfter 2026-10-24, term 2 2026-10-27, due 2026-10-27", { WORKING (2) } },

  /* Stops */
  { "a piece asked on the second day",
    "received received - 2026-02-02T23:41;asked waiting documents 2026-02-04T10:00;check processing - 2026-02-11T09:00",
    "2026-02-11", "2026-02-16",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, "
    "stopped documents 5 2026-02-04 2026-02-11, due 2026-02-16", { WORKING (5) } },
  { "a piece asked on day 3 of 5, answered 11 days later over Easter",
    "received received - 2026-03-30T10:00;asked waiting documents 2026-04-02T10:00;check processing - 2026-04-13T09:00",
    "2026-04-13", "2026-04-15",
    "deposited 2026-03-30, startsAfter 2026-03-31, term 5 2026-04-07, "
    "stopped documents 6 2026-04-02 2026-04-13, due 2026-04-15", { WORKING (5) } },
  { "asked and answered on one day",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-03T09:00;check processing - 2026-02-03T16:00",
    "2026-02-03", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, due 2026-02-04", { WORKING (2) } },
  { "asked before a weekend, answered in it",
    "received received - 2026-02-05T10:00;asked waiting documents 2026-02-06T09:00;check processing - 2026-02-08T16:00",
    "2026-02-09", "2026-02-09",
    "deposited 2026-02-05, startsAfter 2026-02-06, term 2 2026-02-09, stopped documents 0 2026-02-06 2026-02-08, "
    "due 2026-02-09", { WORKING (2) } },
  { "asked on the last day",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T10:00;check processing - 2026-02-09T10:00",
    "2026-02-09", "2026-02-10",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, stopped documents 3 2026-02-04 2026-02-09, "
    "due 2026-02-10", { WORKING (2) } },
  { "asked and answered on the last day",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T10:00;check processing - 2026-02-04T15:00",
    "2026-02-04", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, due 2026-02-04", { WORKING (2) } },
  { "asked half an hour after midnight",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T00:30;check processing - 2026-02-05T23:59",
    "2026-02-06", "2026-02-06",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 3 2026-02-05, stopped documents 1 2026-02-04 2026-02-05, "
    "due 2026-02-06", { WORKING (3) } },
  { "payment awaited from the start",
    "pay waiting payment 2026-02-02T10:00;check processing - 2026-02-05T10:00", "2026-02-05", "2026-02-10",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 3 2026-02-05, "
    "stopped payment 3 2026-02-02 2026-02-05, due 2026-02-10", { WORKING (3) } },
  { "payment awaited from the start until now", "pay waiting payment 2026-02-02T10:00", "2026-02-03", NULL,
    "deposited 2026-02-02, startsAfter 2026-02-03, term 3 2026-02-05, standsStill payment 1 2026-02-02",
    { WORKING (3) } },
  { "two stops that meet on a day",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-03T10:00;"
    "pay waiting payment 2026-02-04T10:00;check processing - 2026-02-05T10:00",
    "2026-02-05", "2026-02-10",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 4 2026-02-06, "
    "stopped documents 1 2026-02-03 2026-02-04, stopped payment 1 2026-02-04 2026-02-05, due 2026-02-10",
    { WORKING (4) } },
  { "waiting for what does not stop the clock",
    "received received - 2026-02-02T10:00;meet waiting appointment 2026-02-03T10:00", "2026-02-03", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, due 2026-02-04", { WORKING (2) } },
  { "waiting now", "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T10:00",
    "2026-02-10", NULL,
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, standsStill documents 6 2026-02-04",
    { WORKING (5) } },
  { "waiting since the last day", "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T10:00",
    "2026-02-10", NULL,
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, standsStill documents 6 2026-02-04",
    { WORKING (2) } },
  { "waiting now, but late before",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-05T10:00", "2026-02-20", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, alreadyPast 2026-02-04, due 2026-02-04",
    { WORKING (2) } },
  { "late, then asked and answered",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-05T10:00;check processing - 2026-02-10T10:00",
    "2026-02-20", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, due 2026-02-04", { WORKING (2) } },

  /* Calendar days and months */
  { "calendar days end on a Sunday", "received received - 2026-03-27T10:00", "2026-03-27", "2026-04-26",
    "deposited 2026-03-27, startsAfter 2026-03-28, term 30 2026-04-26, due 2026-04-26", { CALENDAR (30) } },
  { "calendar days that roll", "received received - 2026-03-27T10:00", "2026-03-27", "2026-04-27",
    "deposited 2026-03-27, startsAfter 2026-03-28, term 30 2026-04-26, rolled 2026-04-26 2026-04-27, due 2026-04-27",
    { ROLLING (30) } },
  { "calendar days roll over Christmas", "received received - 2026-12-15T10:00", "2026-12-15", "2026-12-28",
    "deposited 2026-12-15, startsAfter 2026-12-16, term 10 2026-12-25, rolled christmas 2026-12-25 2026-12-28, "
    "due 2026-12-28", { ROLLING (10) } },
  { "asked on the Sunday that would roll",
    "received received - 2026-03-27T10:00;asked waiting documents 2026-04-26T10:00;check processing - 2026-04-29T10:00",
    "2026-04-29", "2026-04-30",
    "deposited 2026-03-27, startsAfter 2026-03-28, term 30 2026-04-26, stopped documents 3 2026-04-26 2026-04-29, "
    "due 2026-04-30", { ROLLING (30) } },
  { "asked on the Monday to which it rolled, and rolled again",
    "received received - 2026-03-27T10:00;asked waiting documents 2026-04-27T10:00;check processing - 2026-04-30T10:00",
    "2026-04-30", "2026-05-04",
    "deposited 2026-03-27, startsAfter 2026-03-28, term 30 2026-04-26, stopped documents 3 2026-04-27 2026-04-30, "
    "rolled labourDay 2026-05-01 2026-05-04, due 2026-05-04", { ROLLING (30) } },
  { "months of different lengths", "received received - 2026-01-31T10:00", "2026-01-31", "2026-02-28",
    "deposited 2026-01-31, startsAfter 2026-02-01, term 1 2026-02-28, due 2026-02-28", { MONTHS (1) } },
  { "a month in a leap year", "received received - 2028-01-31T10:00", "2028-01-31", "2028-02-29",
    "deposited 2028-01-31, startsAfter 2028-02-01, term 1 2028-02-29, due 2028-02-29", { MONTHS (1) } },
  { "three months into another year", "received received - 2026-11-30T10:00", "2026-11-30", "2027-02-28",
    "deposited 2026-11-30, startsAfter 2026-12-01, term 3 2027-02-28, due 2027-02-28", { MONTHS (3) } },
  { "a month that rolls", "received received - 2026-04-16T10:00", "2026-04-16", "2026-05-18",
    "deposited 2026-04-16, startsAfter 2026-04-17, term 1 2026-05-16, rolled 2026-05-16 2026-05-18, due 2026-05-18",
    { ROLLING_MONTHS (1) } },
  { "a stop in a month adds its days",
    "received received - 2026-01-31T10:00;asked waiting documents 2026-02-10T10:00;check processing - 2026-02-15T10:00",
    "2026-02-15", "2026-03-05",
    "deposited 2026-01-31, startsAfter 2026-02-01, term 1 2026-02-28, stopped documents 5 2026-02-10 2026-02-15, "
    "due 2026-03-05", { MONTHS (1) } },

  /* Beginning anew */
  { "begins anew after a stop",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-06T10:00;check processing - 2026-02-16T10:00",
    "2026-02-16", "2026-02-26",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 10 2026-02-12, stopped documents 10 2026-02-06 2026-02-16, "
    "restarted 2026-02-17, due 2026-02-26", { ANEW (10) } },
  { "begins anew after a stop of hours",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-06T10:00;check processing - 2026-02-06T15:00",
    "2026-02-06", "2026-02-16",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 10 2026-02-12, stopped documents 0 2026-02-06 2026-02-06, "
    "restarted 2026-02-07, due 2026-02-16", { ANEW (10) } },
  { "begins anew when asked on the last day",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-07T10:00;check processing - 2026-02-10T10:00",
    "2026-02-10", "2026-02-15",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-07, stopped documents 3 2026-02-07 2026-02-10, "
    "restarted 2026-02-11, due 2026-02-15", { ANEW (5) } },
  { "does not begin anew once it is past",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-08T10:00;check processing - 2026-02-10T10:00",
    "2026-02-10", "2026-02-07",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-07, due 2026-02-07", { ANEW (5) } },
  { "a month that begins anew",
    "received received - 2026-01-31T10:00;asked waiting documents 2026-02-10T10:00;check processing - 2026-02-15T10:00",
    "2026-02-15", "2026-03-15",
    "deposited 2026-01-31, startsAfter 2026-02-01, term 1 2026-02-28, stopped documents 5 2026-02-10 2026-02-15, "
    "restarted 2026-02-16, due 2026-03-15", { MONTHS_ANEW (1) } },
  { "reopening does not begin anew",
    "received received - 2026-02-02T10:00;done decided - 2026-02-06T10:00;check processing - 2026-02-16T10:00",
    "2026-02-16", "2026-02-22",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 10 2026-02-12, stopped - 10 2026-02-06 2026-02-16, "
    "due 2026-02-22", { ANEW (10) } },

  /* Decided and reopened */
  { "decided: the day stays what it was",
    "received received - 2026-02-02T10:00;done decided - 2026-02-04T10:00", "2026-03-01", "2026-02-09",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, due 2026-02-09", { WORKING (5) } },
  { "decided and waiting for pickup: over",
    "received received - 2026-02-02T10:00;done decided - 2026-02-04T10:00;ready waiting pickup 2026-02-05T10:00",
    "2026-03-01", "2026-02-09",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, due 2026-02-09", { WORKING (5) } },
  { "decided, closed and reopened: not late at once",
    "received received - 2026-02-02T10:00;done decided - 2026-02-04T10:00;over closed - 2026-02-05T10:00;"
    "check processing - 2026-03-02T10:00",
    "2026-03-02", "2026-03-05",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, "
    "stopped - 18 2026-02-04 2026-03-02, due 2026-03-05", { WORKING (5) } },
  { "reopened from pickup",
    "received received - 2026-02-02T10:00;ready waiting pickup 2026-02-04T10:00;check processing - 2026-02-06T10:00",
    "2026-02-06", "2026-02-11",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 5 2026-02-09, "
    "stopped - 2 2026-02-04 2026-02-06, due 2026-02-11", { WORKING (5) } },
  { "decided on the last day and reopened",
    "received received - 2026-02-02T10:00;done decided - 2026-02-04T10:00;check processing - 2026-02-20T10:00",
    "2026-02-20", "2026-02-23",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, stopped - 12 2026-02-04 2026-02-20, "
    "due 2026-02-23", { WORKING (2) } },
  { "decided late and reopened: still late",
    "received received - 2026-02-02T10:00;done decided - 2026-02-06T10:00;check processing - 2026-02-20T10:00",
    "2026-02-20", "2026-02-04",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 2 2026-02-04, due 2026-02-04", { WORKING (2) } },

  /* Counting from a stage, and which of several terms counts */
  { "counts from a stage that is not reached", "received received - 2026-02-02T10:00", "2026-02-05", NULL,
    "deposited 2026-02-02, notStarted", { FROM_STAGE (30, "receipt") } },
  { "counts from a stage, and not what was before",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T10:00;receipt processing - 2026-02-20T15:00",
    "2026-02-20", "2026-03-22",
    "deposited 2026-02-02, startsAfter 2026-02-21, term 30 2026-03-22, due 2026-03-22",
    { FROM_STAGE (30, "receipt") } },
  { "counts from the first time at a stage",
    "received received - 2026-02-02T10:00;receipt processing - 2026-02-03T15:00;meet waiting appointment 2026-02-04T10:00;"
    "receipt processing - 2026-02-05T15:00",
    "2026-02-20", "2026-02-13",
    "deposited 2026-02-02, startsAfter 2026-02-04, term 10 2026-02-13, due 2026-02-13",
    { FROM_STAGE (10, "receipt") } },
  { "counts from a stage in which the clock stands still",
    "received received - 2026-02-02T10:00;asked waiting documents 2026-02-04T10:00;check processing - 2026-02-06T15:00",
    "2026-02-06", "2026-02-16",
    "deposited 2026-02-02, startsAfter 2026-02-05, term 10 2026-02-14, stopped documents 2 2026-02-04 2026-02-06, "
    "due 2026-02-16", { FROM_STAGE (10, "asked") } },
  { "the second term has not begun", "received received - 2026-02-02T10:00", "2026-02-05", "2026-02-22",
    "deposited 2026-02-02, startsAfter 2026-02-03, term 20 2026-02-22, due 2026-02-22",
    { FROM_STAGE (30, "receipt"), CALENDAR (20) } },
  { "the second term takes over",
    "received received - 2026-02-02T10:00;receipt processing - 2026-02-20T15:00", "2026-02-20", "2026-03-22",
    "deposited 2026-02-02, startsAfter 2026-02-21, term 30 2026-03-22, due 2026-03-22",
    { FROM_STAGE (30, "receipt"), CALENDAR (20) } },

  /* CoDT, completeness of a permit file: 20 days before 1 April 2024, 30 from then on */
  { "permit deposited before April 2024", "received received - 2024-03-29T10:00", "2024-03-29", "2024-04-18",
    "deposited 2024-03-29, startsAfter 2024-03-30, term 20 2024-04-18, due 2024-04-18", { CODT_BEFORE, CODT_AFTER } },
  { "permit deposited on the last day of the old rule", "received received - 2024-03-31T23:59", "2024-03-31",
    "2024-04-20", "deposited 2024-03-31, startsAfter 2024-04-01, term 20 2024-04-20, due 2024-04-20",
    { CODT_BEFORE, CODT_AFTER } },
  { "permit deposited on the first day of the new rule", "received received - 2024-04-01T00:01", "2024-04-01",
    "2024-05-01", "deposited 2024-04-01, startsAfter 2024-04-02, term 30 2024-05-01, due 2024-05-01",
    { CODT_BEFORE, CODT_AFTER } },
  { "permit deposited in April 2024", "received received - 2024-04-02T10:00", "2024-04-02", "2024-05-02",
    "deposited 2024-04-02, startsAfter 2024-04-03, term 30 2024-05-02, due 2024-05-02", { CODT_BEFORE, CODT_AFTER } },
  { "no rule in force yet", "received received - 2024-03-29T10:00", "2024-03-29", NULL, "", { CODT_AFTER } },
};
// clang-format on

static char *
reason_text (const GuichetReason *reason)
{
  GString *text = g_string_new (guichet_enum_word (GUICHET_TYPE_REASON_KIND, (int) reason->kind));
  g_autofree char *first = reason->day != GUICHET_DAY_NONE ? guichet_day_text (reason->day) : NULL;
  g_autofree char *until =
      reason->until != GUICHET_DAY_NONE ? guichet_day_text (reason->until) : NULL;
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
  g_autoptr (GuichetDeadline) deadline = fixture_deadline (self->terms, self->stays, self->today);
  g_autofree char *reasons = reasons_text (&deadline->promise);
  g_autofree char *due =
      deadline->promise.day != GUICHET_DAY_NONE ? guichet_day_text (deadline->promise.day) : NULL;

  g_assert_cmpstr (reasons, ==, self->reasons);
  g_assert_cmpstr (due, ==, self->due);
  g_assert_cmpint (deadline->promise.stopped, ==, strstr (self->reasons, "standsStill") != NULL);
  g_assert_null (deadline->legal.term);
  g_assert_cmpuint (deadline->legal.reasons->len, ==, 0);
  g_assert_cmpint (guichet_deadline_nearest (deadline), ==, deadline->promise.day);
}

static void
test_met (void)
{
  static const GuichetTerm terms[] = { WORKING (5), { 0 } };
  static const struct
  {
    const char *stays;
    gboolean met;
  } rows[] = {
    { "received received - 2026-02-02T10:00", FALSE },
    { "received received - 2026-02-02T10:00;x processing - 2026-02-03T10:00", FALSE },
    { "received received - 2026-02-02T10:00;x waiting documents 2026-02-03T10:00", FALSE },
    { "received received - 2026-02-02T10:00;x waiting pickup 2026-02-03T10:00", TRUE },
    { "received received - 2026-02-02T10:00;x decided - 2026-02-03T10:00", TRUE },
    { "received received - 2026-02-02T10:00;x closed - 2026-02-03T10:00", TRUE },
    { "received received - 2026-02-02T10:00;x closed - 2026-02-03T10:00;"
      "y processing - 2026-02-04T10:00",
      FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GuichetDeadline) deadline = fixture_deadline (terms, rows[i].stays, "2026-02-10");

      g_assert_cmpint (deadline->met, ==, rows[i].met);
    }
}

/* What a queue line says of promise and law together. */
static void
test_line (void)
{
  static const GuichetTerm both[] = {
    { .count = 3, .unit = GUICHET_UNIT_WORKING_DAYS, .stops = STOPS, ALWAYS },
    { .kind = GUICHET_TERM_LEGAL, .count = 30, .unit = GUICHET_UNIT_CALENDAR_DAYS, ALWAYS },
    { 0 },
  };
  static const GuichetTerm stopping[] = {
    { .count = 3, .unit = GUICHET_UNIT_WORKING_DAYS, .stops = STOPS, ALWAYS },
    { .kind = GUICHET_TERM_LEGAL,
      .count = 30,
      .unit = GUICHET_UNIT_CALENDAR_DAYS,
      .stops = STOPS,
      ALWAYS },
    { 0 },
  };
  static const struct
  {
    const GuichetTerm *terms;
    const char *stays;
    const char *due;
    const char *legal;
    gboolean stopped;
  } rows[] = {
    { both, "a received - 2026-02-02T10:00", "2026-02-05", "2026-03-04", FALSE },
    { both,
      "a received - 2026-02-02T10:00;b waiting documents 2026-02-03T10:00",
      "2026-03-04",
      "2026-03-04",
      FALSE },
    { stopping,
      "a received - 2026-02-02T10:00;b waiting documents 2026-02-03T10:00",
      NULL,
      NULL,
      TRUE },
    /* The promise was broken before the clock stopped: it is late, not suspended. */
    { stopping,
      "a received - 2026-02-02T10:00;b waiting documents 2026-02-06T10:00",
      "2026-02-05",
      NULL,
      FALSE },
    { stopping, "a received - 2026-02-02T10:00;b decided - 2026-02-06T10:00", NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GuichetRequest) request = fixture_life (rows[i].stays);
      g_autoptr (GuichetDeadline) deadline =
          fixture_deadline (rows[i].terms, rows[i].stays, "2026-02-10");
      g_autoptr (GuichetLine) line = guichet_line_from_request (request, deadline, NULL);

      g_assert_cmpint (line->due,
                       ==,
                       rows[i].due != NULL ? fixture_day (rows[i].due) : GUICHET_DAY_NONE);
      g_assert_cmpint (line->legal_due,
                       ==,
                       rows[i].legal != NULL ? fixture_day (rows[i].legal) : GUICHET_DAY_NONE);
      g_assert_cmpint (line->stopped, ==, rows[i].stopped);
    }
}

/* However long a term is: a thousand of anything ends. */
static void
test_long_terms (void)
{
  static const GuichetTerm days[] = { WORKING (1000), { 0 } };
  static const GuichetTerm months[] = { MONTHS (1000), { 0 } };
  const char *stays = "a received - 2026-02-02T10:00";
  g_autoptr (GuichetDeadline) by_days = fixture_deadline (days, stays, "2026-02-02");
  g_autoptr (GuichetDeadline) by_months = fixture_deadline (months, stays, "2026-02-02");

  g_assert_cmpint (by_days->promise.day, >, fixture_day ("2029-12-01"));
  g_assert_cmpint (by_days->promise.day, <, fixture_day ("2030-03-01"));
  g_assert_cmpint (by_months->promise.day, ==, fixture_day ("2109-06-02"));
}

/* What a text may say of it. */
static void
test_told (void)
{
  GuichetDeadline deadline = { .promise.day = fixture_day ("2026-11-26"),
                               .legal.day = fixture_day ("2026-11-30") };

  g_assert_cmpint (guichet_deadline_told (&deadline, fixture_day ("2026-11-26")),
                   ==,
                   fixture_day ("2026-11-26"));
  g_assert_cmpint (guichet_deadline_told (&deadline, fixture_day ("2026-11-27")),
                   ==,
                   GUICHET_DAY_NONE);
  deadline.promise.day = GUICHET_DAY_NONE;
  g_assert_cmpint (guichet_deadline_told (&deadline, fixture_day ("2026-11-27")),
                   ==,
                   fixture_day ("2026-11-30"));
  deadline.met = TRUE;
  g_assert_cmpint (guichet_deadline_told (&deadline, fixture_day ("2026-11-27")),
                   ==,
                   GUICHET_DAY_NONE);
  deadline.met = FALSE;
  deadline.legal.day = GUICHET_DAY_NONE;
  g_assert_cmpint (guichet_deadline_told (&deadline, fixture_day ("2026-11-27")),
                   ==,
                   GUICHET_DAY_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Dates and the reasons that lead to them, worked out by hand.");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
          g_strdelimit (g_strdup_printf ("/core/deadline/%s", cases[i].name), " :,", '-');

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/core/deadline/met", test_met);
  g_test_add_func ("/core/deadline/line", test_line);
  g_test_add_func ("/core/deadline/long-terms", test_long_terms);
  g_test_add_func ("/core/deadline/told", test_told);

  return g_test_run ();
}
