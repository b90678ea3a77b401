/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Promise and legal date of a request, and why.
 *
 * A term is walked day by day, which takes microseconds and leaves nothing to prove about
 * holidays inside stops inside terms.
 */
#define G_LOG_DOMAIN "guichet-deadline"

#include "config.h"

#include "guichet-deadline.h"

G_DEFINE_ENUM_TYPE (GuichetReasonKind,
                    guichet_reason_kind,
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_DEPOSITED, "deposited"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_NOT_STARTED, "notStarted"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_STARTS_AFTER, "startsAfter"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_TERM, "term"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_STANDS_STILL, "standsStill"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_RESTARTED, "restarted"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_HOLIDAY, "holiday"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_ROLLED, "rolled"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_ALREADY_PAST, "alreadyPast"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REASON_DUE, "due"))

/* A stretch in which the clock did not run. */
typedef struct
{
  GuichetDay from;        /* it stopped during this day */
  GuichetDay until;       /* it went on during this one; GUICHET_DAY_NONE: it stands still */
  GuichetWaiting waiting; /* GUICHET_WAITING_NONE: decided, then reopened */
  guint taken;            /* days of the unit that it took out so far */
} Stop;

/* One walk of one term. */
typedef struct
{
  /* Input */
  const GuichetRequest *request;
  const GuichetTerm *term;
  const GuichetCalendar *calendar;
  GTimeZone *zone;
  GuichetDay today;
  GArray *stops; /* (owned) of Stop, by day; they touch but do not overlap */
  /* Output */
  GuichetDue *due;
} Walk;

static void
explain (Walk *walk, GuichetReason reason)
{
  g_array_append_val (walk->due->reasons, reason);
}

static void
explain_day (Walk *walk, GuichetReasonKind kind, GuichetDay day)
{
  explain (walk, (GuichetReason){ kind, .day = day, .until = GUICHET_DAY_NONE });
}

/* Pickup comes after the decision: the citizen may let it wait. */
static gboolean
is_settled (GuichetPhase phase, GuichetWaiting waiting)
{
  return phase == GUICHET_PHASE_DECIDED || phase == GUICHET_PHASE_CLOSED ||
         waiting == GUICHET_WAITING_PICKUP;
}

static const GuichetStay *
stay_at (const GuichetRequest *request, guint index)
{
  return g_ptr_array_index (request->stays, index);
}

/* The first stay from @index on that is open again; the number of stays if there is none. */
static guint
find_reopening (const GuichetRequest *request, guint index)
{
  while (index < request->stays->len &&
         is_settled (stay_at (request, index)->phase, stay_at (request, index)->waiting))
    index++;
  return index;
}

static void
add_stop (Walk *walk, guint first, guint after, GuichetWaiting waiting)
{
  const GuichetRequest *request = walk->request;
  Stop stop = {
    .from = guichet_day_of_instant (stay_at (request, first)->from, walk->zone),
    .until = after < request->stays->len
                 ? guichet_day_of_instant (stay_at (request, after)->from, walk->zone)
                 : GUICHET_DAY_NONE,
    .waiting = waiting,
  };

  g_array_append_val (walk->stops, stop);
}

static void
collect_stops (Walk *walk)
{
  const GuichetRequest *request = walk->request;
  guint after;

  for (guint i = 0; i < request->stays->len; i = after)
    {
      const GuichetStay *stay = stay_at (request, i);

      after = i + 1;
      if (is_settled (stay->phase, stay->waiting))
        {
          after = find_reopening (request, i);
          if (after < request->stays->len)
            add_stop (walk, i, after, GUICHET_WAITING_NONE);
        }
      else if (stay->phase == GUICHET_PHASE_WAITING &&
               (walk->term->stops & (1u << stay->waiting)) != 0)
        add_stop (walk, i, after, stay->waiting);
    }
}

/* The stay with which a term begins; -1 if it has not begun. */
static int
first_stay (const GuichetRequest *request, const GuichetTerm *term)
{
  if (term->start == GUICHET_START_SUBMITTED)
    return 0;

  for (guint i = 0; i < request->stays->len; i++)
    if (g_strcmp0 (stay_at (request, i)->stage, term->start_stage) == 0)
      return (int) i;
  return -1;
}

/* Of the terms in force the one that began last; if none did, the first one written. */
static const GuichetTerm *
choose_term (const GuichetRequest *request,
             const GuichetProcedure *procedure,
             GuichetTermKind kind,
             GuichetDay deposit)
{
  const GuichetTerm *chosen = guichet_procedure_term (procedure, kind, deposit);

  for (guint i = 0; i < procedure->terms->len; i++)
    {
      const GuichetTerm *term = g_ptr_array_index (procedure->terms, i);

      if (guichet_term_holds (term, kind, deposit) &&
          first_stay (request, term) > first_stay (request, chosen))
        chosen = term;
    }
  return chosen;
}

/* The stop in which the clock stood still as @day began. */
static Stop *
stop_over (const Walk *walk, GuichetDay day)
{
  for (guint i = 0; i < walk->stops->len; i++)
    {
      Stop *stop = &g_array_index (walk->stops, Stop, i);

      if (stop->from < day && (stop->until == GUICHET_DAY_NONE || day <= stop->until))
        return stop;
    }
  return NULL;
}

/* Whether the clock, running as @day began, stood still as it ended. */
static gboolean
is_stopped_during (const Walk *walk, GuichetDay day)
{
  for (guint i = 0; i < walk->stops->len; i++)
    {
      const Stop *stop = &g_array_index (walk->stops, Stop, i);

      if (stop->from == day && stop->until != day)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_counted (const Walk *walk, GuichetDay day)
{
  return walk->term->unit != GUICHET_UNIT_WORKING_DAYS ||
         guichet_calendar_is_working (walk->calendar, day);
}

/* How many days the term has when it starts on @start: months are as long as they are there. */
static guint
length_of (const Walk *walk, GuichetDay start)
{
  if (walk->term->unit != GUICHET_UNIT_MONTHS)
    return walk->term->count;
  return (guint) (guichet_day_add_months (start, (int) walk->term->count) - start);
}

static GuichetDay
last_day_unstopped (const Walk *walk, GuichetDay start)
{
  guint left = length_of (walk, start);
  GuichetDay day = start;

  while (left > 0)
    if (is_counted (walk, ++day))
      left--;
  return day;
}

/* Days of rest are known to everybody; a holiday on a weekday wants a word. */
static void
explain_holiday (Walk *walk, GuichetDay day)
{
  const char *word = guichet_calendar_holiday (walk->calendar, day);

  if (word != NULL && guichet_day_weekday (day) < GUICHET_SATURDAY)
    explain (walk,
             (GuichetReason){ GUICHET_REASON_HOLIDAY,
                              .day = day,
                              .until = GUICHET_DAY_NONE,
                              .word = word });
}

static void
stand_still (Walk *walk, const Stop *stop)
{
  walk->due->stopped = TRUE;
  explain (walk,
           (GuichetReason){ GUICHET_REASON_STANDS_STILL,
                            .day = stop->from,
                            .until = GUICHET_DAY_NONE,
                            .waiting = stop->waiting,
                            .count = (guint) MAX (walk->today - stop->from, 0) });
}

/* Says of the stops that ended on @day what they took. TRUE if the term begins anew. */
static gboolean
end_stops (Walk *walk, GuichetDay day)
{
  gboolean anew = FALSE;

  for (guint i = 0; i < walk->stops->len; i++)
    {
      const Stop *stop = &g_array_index (walk->stops, Stop, i);
      gboolean restarts = walk->term->restart && stop->waiting != GUICHET_WAITING_NONE;

      /* A stop of hours takes nothing, and is worth a word only if it restarts the term. */
      if (stop->until != day || (stop->from == day && !restarts))
        continue;
      explain (walk,
               (GuichetReason){ GUICHET_REASON_STOPPED,
                                .day = stop->from,
                                .until = stop->until,
                                .count = stop->taken,
                                .unit = walk->term->unit,
                                .waiting = stop->waiting });
      anew = anew || restarts;
    }
  return anew;
}

/*
 * Goes from day to day until none is left to count and the last one may stand, which is after
 * all the rules of the header. Ends: whoever asks has given a calendar with working days in it,
 * and stops that last are where it turns back.
 */
static GuichetDay
walk_days (Walk *walk, GuichetDay start, GuichetDay *ret_last)
{
  guint left = length_of (walk, start);

  *ret_last = GUICHET_DAY_NONE;
  for (GuichetDay day = start + 1;; day++)
    {
      Stop *stop = stop_over (walk, day);

      if (stop != NULL && stop->until == GUICHET_DAY_NONE)
        {
          stand_still (walk, stop);
          return GUICHET_DAY_NONE;
        }
      if (stop != NULL)
        stop->taken += is_counted (walk, day) ? 1 : 0;
      else if (left > 0 && is_counted (walk, day))
        left--;
      else if (left > 0)
        explain_holiday (walk, day);

      if (end_stops (walk, day))
        {
          explain_day (walk, GUICHET_REASON_RESTARTED, day + 1);
          left = length_of (walk, day);
        }
      else if (left == 0 && is_stopped_during (walk, day))
        left = 1;

      if (left > 0)
        *ret_last = GUICHET_DAY_NONE;
      else if (*ret_last == GUICHET_DAY_NONE)
        *ret_last = day;
      if (left == 0 && (!walk->term->roll || guichet_calendar_is_working (walk->calendar, day)))
        return day;
    }
}

/* After a walk to its end: every stop that lasts began later. */
static gboolean
stands_still_since (const Walk *walk)
{
  return walk->stops->len > 0 &&
         g_array_index (walk->stops, Stop, walk->stops->len - 1).until == GUICHET_DAY_NONE;
}

static void
walk_term (Walk *walk)
{
  GuichetDay deposit = guichet_day_of_instant (walk->request->received, walk->zone);
  int first = first_stay (walk->request, walk->term);
  GuichetDay start, last, day;

  explain_day (walk, GUICHET_REASON_DEPOSITED, deposit);
  if (first < 0)
    {
      explain_day (walk, GUICHET_REASON_NOT_STARTED, GUICHET_DAY_NONE);
      return;
    }

  start = guichet_day_of_instant (stay_at (walk->request, (guint) first)->from, walk->zone);
  explain_day (walk, GUICHET_REASON_STARTS_AFTER, start + 1);
  explain (walk,
           (GuichetReason){ GUICHET_REASON_TERM,
                            .day = last_day_unstopped (walk, start),
                            .until = GUICHET_DAY_NONE,
                            .count = walk->term->count,
                            .unit = walk->term->unit });
  day = walk_days (walk, start, &last);
  if (day == GUICHET_DAY_NONE)
    return;

  if (day != last)
    explain (walk,
             (GuichetReason){ GUICHET_REASON_ROLLED,
                              .day = last,
                              .until = day,
                              .word = guichet_calendar_holiday (walk->calendar, last) });
  if (stands_still_since (walk))
    explain_day (walk, GUICHET_REASON_ALREADY_PAST, day);
  explain_day (walk, GUICHET_REASON_DUE, day);
  walk->due->day = day;
}

static void
compute (GuichetDue *due,
         const GuichetRequest *request,
         const GuichetTerm *term,
         const GuichetCalendar *calendar,
         GTimeZone *zone,
         GuichetDay today)
{
  Walk walk = { request, term, calendar, zone, today, NULL, due };

  due->term = term;
  due->day = GUICHET_DAY_NONE;
  due->reasons = g_array_new (FALSE, FALSE, sizeof (GuichetReason));
  if (term == NULL)
    return;

  walk.stops = g_array_new (FALSE, FALSE, sizeof (Stop));
  collect_stops (&walk);
  walk_term (&walk);
  g_array_unref (walk.stops);
}

GuichetDeadline *
guichet_deadline_new (const GuichetRequest *request,
                      const GuichetProcedure *procedure,
                      const GuichetCalendar *calendar,
                      GTimeZone *zone,
                      GuichetDay today)
{
  GuichetDeadline *self;
  GuichetDay deposit;

  g_return_val_if_fail (request != NULL && procedure != NULL && calendar != NULL && zone != NULL,
                        NULL);

  self = g_new0 (GuichetDeadline, 1);
  deposit = guichet_day_of_instant (request->received, zone);
  compute (&self->promise,
           request,
           choose_term (request, procedure, GUICHET_TERM_PROMISE, deposit),
           calendar,
           zone,
           today);
  compute (&self->legal,
           request,
           choose_term (request, procedure, GUICHET_TERM_LEGAL, deposit),
           calendar,
           zone,
           today);
  self->met =
      is_settled (request->phase, request->waiting) || request->result != GUICHET_RESULT_NONE;
  return self;
}

void
guichet_deadline_free (GuichetDeadline *self)
{
  g_array_unref (self->promise.reasons);
  g_array_unref (self->legal.reasons);
  g_free (self);
}

GuichetDay
guichet_deadline_nearest (const GuichetDeadline *self)
{
  if (self->promise.day == GUICHET_DAY_NONE)
    return self->legal.day;
  if (self->legal.day == GUICHET_DAY_NONE)
    return self->promise.day;
  return MIN (self->promise.day, self->legal.day);
}

GuichetDay
guichet_deadline_told (const GuichetDeadline *self, GuichetDay today)
{
  GuichetDay nearest;

  g_return_val_if_fail (self != NULL, GUICHET_DAY_NONE);

  nearest = self->met ? GUICHET_DAY_NONE : guichet_deadline_nearest (self);
  return nearest < today ? GUICHET_DAY_NONE : nearest;
}
