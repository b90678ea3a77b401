/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-calendar.h"
#include "guichet-procedure.h"
#include "guichet-request.h"

G_BEGIN_DECLS

/** One line of "why this date?". */
typedef enum
{
  GUICHET_REASON_DEPOSITED,    /* day: deposit */
  GUICHET_REASON_NOT_STARTED,  /* the stage from which the term counts is not reached */
  GUICHET_REASON_STARTS_AFTER, /* day: first day counted */
  GUICHET_REASON_TERM,         /* count and unit; day: last day if nothing stopped it */
  GUICHET_REASON_STOPPED,      /* day, until: a past stop; waiting says why (NONE: decided, then
                                     reopened); count: days of the unit that it took out */
  GUICHET_REASON_STANDS_STILL, /* day: since; waiting says why; count: days so far */
  GUICHET_REASON_RESTARTED,    /* day: first day counted anew */
  GUICHET_REASON_HOLIDAY,      /* day, word: a holiday that was not counted */
  GUICHET_REASON_ROLLED,       /* day: from, until: to the next working day; word: if day is a
                                     holiday */
  GUICHET_REASON_ALREADY_PAST, /* day: the term had passed before the clock stopped */
  GUICHET_REASON_DUE,          /* day: the date */
} GuichetReasonKind;
#define GUICHET_TYPE_REASON_KIND (guichet_reason_kind_get_type ())
GType guichet_reason_kind_get_type (void);

typedef struct
{
  GuichetReasonKind kind;
  GuichetDay day; /* GUICHET_DAY_NONE where the kind has none; likewise: */
  GuichetDay until;
  guint count;
  GuichetUnit unit;
  GuichetWaiting waiting;
  const char *word; /* (nullable) static: see guichet_calendar_holiday() */
} GuichetReason;

/** One computed date. */
typedef struct
{
  const GuichetTerm
      *term;      /* (nullable): the procedure, which must outlive this, has no such term */
  GuichetDay day; /* GUICHET_DAY_NONE while it stands still or has not begun */
  gboolean stopped;
  GArray *reasons; /* of GuichetReason, in the order in which they lead to the date */
} GuichetDue;

/*
 * How days are counted.
 *
 * A day counts if the clock was running as it began and, where the term is in working days, if
 * it is one. So the day of the start does not count and the next is the first; the day on which
 * a stay in waiting began, for a reason that the term's stops name, still counts, and the one on
 * which it ended does not: the clock goes on the day after. What was put on hold on the 4th and
 * answered on the 11th lost the 5th to the 11th. A stop that began and ended on one day took
 * nothing. A month is as many days as it has from the start on; a stop adds the days it took.
 *
 * A day is the last one only if the clock was still running as it ended: if a stop begins on it,
 * or on a day of rest over which it rolls, the term ends on the first day that counts after that
 * stop. So nobody is late for having asked on the last day.
 *
 * After a stop a term with restart begins anew, as if it had started on the day on which the stop
 * ended.
 *
 * Decided, closed, and waiting for pickup are over: the clock does not run, whatever the stops
 * name. If the request is reopened, that stretch is a stop like any other but never a restart:
 * reopening never makes late at once.
 *
 * While a stop lasts there is no date, unless the last day had passed before the day on which it
 * began: late never hides behind suspended. Being blocked by somebody else stops nothing.
 */

/** Promise and legal date of a request. */
typedef struct
{
  GuichetDue promise;
  GuichetDue legal;
  gboolean
      met; /* decided, waiting for pickup or closed: nothing runs; the days say when it was due */
} GuichetDeadline;

/**
 * guichet_deadline_new:
 * @request: gives deposit and stays
 * @procedure: gives the terms; the ones in force at deposit are used
 * @calendar: working days
 * @zone: the town's time zone
 * @today: only to say for how long a clock has stood still
 *
 * Computes both dates and why. Of several terms of a kind that are in force at deposit, the
 * one that began last counts: a term that counts from a stage takes over when the request
 * first reaches it (completeness from deposit, then decision from the acknowledgment of a
 * complete file). Pure.
 *
 * Returns: (transfer full): the deadline
 */
GuichetDeadline *guichet_deadline_new (const GuichetRequest *request,
                                       const GuichetProcedure *procedure,
                                       const GuichetCalendar *calendar,
                                       GTimeZone *zone,
                                       GuichetDay today);
void guichet_deadline_free (GuichetDeadline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetDeadline, guichet_deadline_free)

/** guichet_deadline_nearest: the earlier of the two running dates; GUICHET_DAY_NONE if none runs. */
GuichetDay guichet_deadline_nearest (const GuichetDeadline *self);

/** guichet_deadline_told: the day that a text may still promise: the nearest that runs and that @today has not passed; else GUICHET_DAY_NONE. */
GuichetDay guichet_deadline_told (const GuichetDeadline *self, GuichetDay today);

G_END_DECLS
