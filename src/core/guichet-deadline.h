/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-calendar.h"
#include "guichet-procedure.h"
#include "guichet-request.h"

G_BEGIN_DECLS

/** One line of "why this date?". */
typedef enum
{
  GUICHET_REASON_DEPOSITED,       /* day: deposit */
  GUICHET_REASON_NOT_STARTED,     /* the stage from which the term counts is not reached */
  GUICHET_REASON_STARTS_AFTER,    /* day: first day counted */
  GUICHET_REASON_TERM,            /* count and unit; day: last day if nothing stopped it */
  GUICHET_REASON_STOPPED,         /* day, until: a past stop; waiting says why (NONE: decided, then
                                     reopened); count: days of the unit that it took out */
  GUICHET_REASON_STANDS_STILL,    /* day: since; waiting says why; count: days so far */
  GUICHET_REASON_RESTARTED,       /* day: the term begins anew */
  GUICHET_REASON_HOLIDAY,         /* day, word: a holiday that was not counted */
  GUICHET_REASON_ROLLED,          /* day: from, until: to the next working day */
  GUICHET_REASON_ALREADY_PAST,    /* day: the term had passed before the clock stopped */
  GUICHET_REASON_DUE,             /* day: the date */
} GuichetReasonKind;
#define GUICHET_TYPE_REASON_KIND (guichet_reason_kind_get_type ())
GType guichet_reason_kind_get_type (void);

typedef struct
{
  GuichetReasonKind kind;
  GuichetDay day;
  GuichetDay until;
  guint count;
  GuichetUnit unit;
  GuichetWaiting waiting;
  const char *word; /* (nullable) static: see guichet_calendar_holiday() */
} GuichetReason;

/** One computed date. */
typedef struct
{
  const GuichetTerm *term; /* (nullable): the procedure, which must outlive this, has no such term */
  GuichetDay day;          /* GUICHET_DAY_NONE while it stands still or has not begun */
  gboolean stopped;
  GArray *reasons; /* of GuichetReason, in the order in which they lead to the date */
} GuichetDue;

/*
 * How days are counted. The first day that counts is the one after the start. A stay in waiting
 * for a reason that the term's stops name takes out every day from the one on which it began to
 * the one on which it ended, both included: the clock goes on the day after. A stay in decided or
 * closed that was left again by reopening takes its days out in the same way, so that reopening
 * never makes a request late at once. While a stop lasts there is no date, unless the last day had
 * already passed before it began.
 */

/** Promise and legal date of a request. */
typedef struct
{
  GuichetDue promise;
  GuichetDue legal;
  gboolean met; /* decided or closed: nothing runs any more; the days say when it was due */
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
GuichetDeadline *guichet_deadline_new (const GuichetRequest   *request,
                                       const GuichetProcedure *procedure,
                                       const GuichetCalendar  *calendar,
                                       GTimeZone              *zone,
                                       GuichetDay              today);
void guichet_deadline_free (GuichetDeadline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetDeadline, guichet_deadline_free)

/** guichet_deadline_nearest: the earlier of the two running dates; GUICHET_DAY_NONE if none runs. */
GuichetDay guichet_deadline_nearest (const GuichetDeadline *self);

/** guichet_deadline_told: the day that a text may still promise: the nearest that runs and that @today has not passed; else GUICHET_DAY_NONE. */
GuichetDay guichet_deadline_told (const GuichetDeadline *self, GuichetDay today);

G_END_DECLS
