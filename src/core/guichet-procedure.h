/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "guichet-clerk.h"
#include "guichet-day.h"
#include "guichet-enums.h"
#include "guichet-money.h"

G_BEGIN_DECLS

/** A text in the languages of the house; fr always there, others NULL when not translated. */
typedef struct
{
  char *in[GUICHET_N_LANGUAGES];
} GuichetLocalized;

/** guichet_localized_get: in @language, else in French; never NULL for a loaded catalogue. (transfer none) */
const char *guichet_localized_get (const GuichetLocalized *self, GuichetLanguage language);

typedef enum
{
  GUICHET_FIELD_TEXT,
  GUICHET_FIELD_LONG_TEXT, /* longText */
  GUICHET_FIELD_CHOICE,
  GUICHET_FIELD_DATE,
  GUICHET_FIELD_INTEGER,
  GUICHET_FIELD_BOOLEAN,
  GUICHET_FIELD_EMAIL,
  GUICHET_FIELD_PHONE,
  GUICHET_FIELD_NISS,
  GUICHET_FIELD_POSTCODE,
} GuichetFieldType;
#define GUICHET_TYPE_FIELD_TYPE (guichet_field_type_get_type ())
GType guichet_field_type_get_type (void);

typedef struct
{
  char *code;
  GuichetLocalized names;
} GuichetChoice;

/** One question of a form. */
typedef struct
{
  char *code; /* unique in the form, lowerCamelCase */
  GuichetFieldType type;
  GuichetLocalized labels;
  GuichetLocalized help; /* all NULL if there is none */
  gboolean required;
  char *pattern;       /* (nullable): PCRE, matched against the whole answer */
  gint64 min;          /* integer: value; text: characters; G_MININT64 if none */
  gint64 max;          /* G_MAXINT64 if none */
  GPtrArray *choices;  /* of GuichetChoice; empty unless a choice */
  char *profile;       /* (nullable): profile field that fills it */
  gboolean locked;     /* not to be changed when the profile comes from a verified source */
  char *visible_field; /* (nullable): asked only if that field… */
  char *visible_value; /* …was answered so (booleans as true/false) */
} GuichetField;

typedef struct
{
  char *code;
  GuichetLocalized titles;
  GPtrArray *fields; /* of GuichetField */
} GuichetPage;

typedef enum
{
  GUICHET_UNIT_WORKING_DAYS,  /* workingDays */
  GUICHET_UNIT_CALENDAR_DAYS, /* calendarDays */
  GUICHET_UNIT_MONTHS,
} GuichetUnit;
#define GUICHET_TYPE_UNIT (guichet_unit_get_type ())
GType guichet_unit_get_type (void);

typedef enum
{
  GUICHET_TERM_PROMISE, /* what the town says of itself */
  GUICHET_TERM_LEGAL,   /* what the law says */
} GuichetTermKind;
#define GUICHET_TYPE_TERM_KIND (guichet_term_kind_get_type ())
GType guichet_term_kind_get_type (void);

/** From what day on a term counts (the first day counted is the one after). */
typedef enum
{
  GUICHET_START_SUBMITTED,
  GUICHET_START_STAGE, /* the first time the request reaches `start_stage` */
} GuichetStart;
#define GUICHET_TYPE_START (guichet_start_get_type ())
GType guichet_start_get_type (void);

/** One rule of a deadline, in force for what was deposited from `from` to `until`. */
typedef struct
{
  GuichetTermKind kind;
  guint count;
  GuichetUnit unit;
  GuichetStart start;
  char *start_stage; /* (nullable) */
  gboolean roll;     /* a last day that is no working day moves to the next one */
  guint stops;       /* bit (1 << GuichetWaiting) for each reason that stops the clock */
  gboolean restart;  /* after a stop the term begins anew instead of going on */
  GuichetDay from;   /* of deposit; GUICHET_DAY_NONE: always */
  GuichetDay until;  /* last day of deposit; GUICHET_DAY_NONE: until further notice */
  char *source;      /* article, page or "assumption" */
} GuichetTerm;

/** A fee, in force for what was deposited from `from` on. */
typedef struct
{
  GuichetCents cents;
  GuichetDay from;
  char *source;
} GuichetFee;

typedef enum
{
  GUICHET_NOTIFY_NEVER,
  GUICHET_NOTIFY_PROPOSE, /* sent unless the clerk says no */
  GUICHET_NOTIFY_ALWAYS,
} GuichetNotify;
#define GUICHET_TYPE_NOTIFY (guichet_notify_get_type ())
GType guichet_notify_get_type (void);

/** One way out of a stage. */
typedef struct
{
  char *to;                /* stage code */
  GuichetLocalized labels; /* what the button says */
  GuichetCapability needs; /* CAN_WORK, CAN_DECIDE or CAN_REOPEN */
  gboolean reason;         /* a reason must be typed */
  gboolean document;       /* an issued document must be attached before */
  GuichetNotify notify;
  char *text; /* (nullable): code of the notification's text */
} GuichetMove;

typedef struct
{
  char
      *code; /* lowerCamelCase, unique in the procedure; the first stage is where requests arrive */
  GuichetPhase phase;
  GuichetWaiting waiting; /* for phase waiting: why */
  GuichetBlocker blocker; /* processing that begins blocked by somebody */
  GuichetResult
      result; /* what reaching it decides; stays in stages decided, closed or waiting for pickup until one sets another */
  GuichetLocalized names;
  GuichetLocalized citizen_names;
  GPtrArray *moves; /* of GuichetMove; none in a closed stage but reopening */
} GuichetStage;

/** A move that is made only when it is known who the person is. */
typedef struct
{
  char *stage;       /* where it begins */
  char *to;          /* and leads */
  gboolean presence; /* the card must have been there, not only its files */
  guint hours;       /* no longer ago than this */
} GuichetIdentityNeed;

/**
 * GuichetProcedure:
 *
 * A kind of request, as the catalogue describes it. Immutable; any thread.
 */
typedef struct
{
  char *code; /* `POP-CM` */
  GuichetDepartment department;
  GuichetLocalized names;
  gboolean restricted;
  GuichetLevel level; /* needed to ask for oneself */
  GuichetLevel
      level_other; /* needed when the field `forWhom` is answered `somebodyElse`; NONE: not possible */
  char *submitted_text; /* (nullable): text code of the acknowledgment of receipt */
  GPtrArray *pages;     /* of GuichetPage */
  GPtrArray *fees;      /* of GuichetFee, by `from` */
  GPtrArray *terms;     /* of GuichetTerm */
  GPtrArray *stages;    /* of GuichetStage */
  GPtrArray *identity;  /* of GuichetIdentityNeed */
  char **assumptions;   /* JSON pointers of what no source backs */
} GuichetProcedure;

/** guichet_field_new: an empty one, for who builds a form: without limits and choices. */
GuichetField *guichet_field_new (void);
/** guichet_page_new: one without fields. */
GuichetPage *guichet_page_new (void);
/** guichet_procedure_new: one without anything. */
GuichetProcedure *guichet_procedure_new (void);
GuichetProcedure *guichet_procedure_ref (GuichetProcedure *self);
void guichet_procedure_unref (GuichetProcedure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetProcedure, guichet_procedure_unref)

/** guichet_procedure_find_stage: (nullable) (transfer none) */
const GuichetStage *guichet_procedure_find_stage (const GuichetProcedure *self, const char *code);
const GuichetStage *guichet_procedure_first_stage (const GuichetProcedure *self);
/** guichet_stage_find_move: (nullable) (transfer none): the way to stage @to. */
const GuichetMove *guichet_stage_find_move (const GuichetStage *self, const char *to);
/** guichet_procedure_find_identity_need: (nullable) (transfer none): of the move from @stage to @to. */
const GuichetIdentityNeed *guichet_procedure_find_identity_need (const GuichetProcedure *self,
                                                                 const char *stage,
                                                                 const char *to);
/** guichet_procedure_find_field: (nullable) (transfer none) */
const GuichetField *guichet_procedure_find_field (const GuichetProcedure *self, const char *code);
/** guichet_procedure_fee: (nullable) (transfer none): the one in force for a deposit on @day. */
const GuichetFee *guichet_procedure_fee (const GuichetProcedure *self, GuichetDay day);
/** guichet_term_holds: whether it is of @kind and in force for a deposit on @day. */
gboolean guichet_term_holds (const GuichetTerm *self, GuichetTermKind kind, GuichetDay day);

/**
 * guichet_procedure_term: (nullable) (transfer none): the first one in force for a deposit on
 * @day. Several of a kind may be in force, each with a start of its own; see
 * guichet_deadline_new() for which of them counts.
 */
const GuichetTerm *
guichet_procedure_term (const GuichetProcedure *self, GuichetTermKind kind, GuichetDay day);

G_END_DECLS
