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

/* Longer than any term of the law; a stop may add to it. */
#define WALK_MAX (30 * 366)

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

/* Days that a term does not count. */
typedef struct
{
  GuichetDay from;
  GuichetDay until; /* GUICHET_DAY_NONE: it lasts */
  GuichetWaiting waiting;
  guint taken; /* days of the unit that it took out so far */
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
  GArray *stops; /* (owned) of Stop, by day */
  /* Output */
  GuichetDue *due;
} Walk;

static void
explain (Walk *walk, GuichetReason reason)
{
  g_array_append_val (walk->due->reasons, reason);
}

static gboolean
is_settled (GuichetPhase phase)
{
  return phase == GUICHET_PHASE_DECIDED || phase == GUICHET_PHASE_CLOSED;
}

static const GuichetStay *
stay_at (const GuichetRequest *request, guint index)
{
  return g_ptr_array_index (request->stays, index);
}

/* Whether the request was taken up again after the stay. */
static gboolean
was_reopened (const GuichetRequest *request, guint index)
{
  for (guint i = index + 1; i < request->stays->len; i++)
    if (!is_settled (stay_at (request, i)->phase))
      return TRUE;
  return FALSE;
}

static gboolean
is_stop (const Walk *walk, guint index)
{
  const GuichetStay *stay = stay_at (walk->request, index);

  if (stay->phase == GUICHET_PHASE_WAITING)
    return (walk->term->stops & (1u << stay->waiting)) != 0;
  return is_settled (stay->phase) && was_reopened (walk->request, index);
}

static GArray *
collect_stops (const Walk *walk)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (Stop));

  for (guint i = 0; i < walk->request->stays->len; i++)
    {
      const GuichetStay *stay = stay_at (walk->request, i);
      gboolean lasts = i + 1 == walk->request->stays->len;
      Stop stop = {
        .from = guichet_day_of_instant (stay->from, walk->zone),
        .until = lasts ? GUICHET_DAY_NONE
                       : guichet_day_of_instant (stay_at (walk->request, i + 1)->from, walk->zone),
        .waiting = stay->waiting,
      };

      if (is_stop (walk, i))
        g_array_append_val (stops, stop);
    }
  return stops;
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

/* GUICHET_DAY_NONE if the term has not begun. */
static GuichetDay
start_day (const Walk *walk)
{
  int first = first_stay (walk->request, walk->term);

  if (first < 0)
    return GUICHET_DAY_NONE;
  if (walk->term->start == GUICHET_START_SUBMITTED)
    return guichet_day_of_instant (walk->request->received, walk->zone);
  return guichet_day_of_instant (stay_at (walk->request, (guint) first)->from, walk->zone);
}

static Stop *
stop_on (const Walk *walk, GuichetDay day)
{
  for (guint i = 0; i < walk->stops->len; i++)
    {
      Stop *stop = &g_array_index (walk->stops, Stop, i);

      if (day >= stop->from && (stop->until == GUICHET_DAY_NONE || day <= stop->until))
        return stop;
    }
  return NULL;
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

  while (left > 0 && day < start + WALK_MAX)
    if (is_counted (walk, ++day))
      left--;
  return day;
}

static void
explain_holiday (Walk *walk, GuichetDay day)
{
  const char *word = guichet_calendar_holiday (walk->calendar, day);

  if (word != NULL && guichet_day_weekday (day) < GUICHET_SATURDAY)
    explain (walk, (GuichetReason){ GUICHET_REASON_HOLIDAY, .day = day, .word = word });
}

static void
explain_stop (Walk *walk, const Stop *stop)
{
  explain (walk,
           (GuichetReason){ GUICHET_REASON_STOPPED,
                            .day = stop->from,
                            .until = stop->until,
                            .count = stop->taken,
                            .unit = walk->term->unit,
                            .waiting = stop->waiting });
}

static void
stand_still (Walk *walk, const Stop *stop)
{
  walk->due->stopped = TRUE;
  explain (walk,
           (GuichetReason){ GUICHET_REASON_STANDS_STILL,
                            .day = stop->from,
                            .waiting = stop->waiting,
                            .count = (guint) MAX (walk->today - stop->from, 0) });
}

/* The last day, past stops counted in; GUICHET_DAY_NONE if the clock stands still before it. */
static GuichetDay
walk_days (Walk *walk, GuichetDay start)
{
  guint left = length_of (walk, start);
  GuichetDay day = start;
  GuichetDay end = start + WALK_MAX;

  while (left > 0 && day < end)
    {
      Stop *stop = stop_on (walk, ++day);

      if (stop != NULL && stop->until == GUICHET_DAY_NONE)
        {
          stand_still (walk, stop);
          return GUICHET_DAY_NONE;
        }
      if (stop == NULL)
        {
          if (is_counted (walk, day))
            left--;
          else
            explain_holiday (walk, day);
          continue;
        }

      stop->taken += is_counted (walk, day) ? 1 : 0;
      if (day != stop->until)
        continue;
      explain_stop (walk, stop);
      if (walk->term->restart && stop->waiting != GUICHET_WAITING_NONE)
        {
          explain (walk, (GuichetReason){ GUICHET_REASON_RESTARTED, .day = day });
          left = length_of (walk, day);
          end = day + WALK_MAX;
        }
    }
  return day;
}

/* The clock stands still now, but the day had passed before it stopped. */
static gboolean
is_past_a_stop (const Walk *walk, GuichetDay day)
{
  const Stop *last =
      walk->stops->len > 0 ? &g_array_index (walk->stops, Stop, walk->stops->len - 1) : NULL;

  return last != NULL && last->until == GUICHET_DAY_NONE && day < last->from;
}

static void
walk_term (Walk *walk)
{
  GuichetDay start = start_day (walk);
  GuichetDay day;

  explain (walk,
           (GuichetReason){ GUICHET_REASON_DEPOSITED,
                            .day = guichet_day_of_instant (walk->request->received, walk->zone) });
  if (start == GUICHET_DAY_NONE)
    {
      explain (walk, (GuichetReason){ GUICHET_REASON_NOT_STARTED });
      return;
    }

  explain (walk, (GuichetReason){ GUICHET_REASON_STARTS_AFTER, .day = start + 1 });
  explain (walk,
           (GuichetReason){ GUICHET_REASON_TERM,
                            .day = last_day_unstopped (walk, start),
                            .count = walk->term->count,
                            .unit = walk->term->unit });
  day = walk_days (walk, start);
  if (day == GUICHET_DAY_NONE)
    return;

  if (walk->term->roll && !guichet_calendar_is_working (walk->calendar, day))
    {
      GuichetDay next = guichet_calendar_next_working (walk->calendar, day);

      explain (walk, (GuichetReason){ GUICHET_REASON_ROLLED, .day = day, .until = next });
      day = next;
    }
  if (is_past_a_stop (walk, day))
    explain (walk, (GuichetReason){ GUICHET_REASON_ALREADY_PAST, .day = day });
  explain (walk, (GuichetReason){ GUICHET_REASON_DUE, .day = day });
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

  walk.stops = collect_stops (&walk);
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
  self->met = is_settled (request->phase) || request->result != GUICHET_RESULT_NONE;
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
