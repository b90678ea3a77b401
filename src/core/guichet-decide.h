/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-catalogue.h"
#include "guichet-clerk.h"
#include "guichet-command.h"
#include "guichet-request.h"

G_BEGIN_DECLS

#define GUICHET_REFUSAL (guichet_refusal_quark ())
GQuark guichet_refusal_quark (void);

/** Why a command is refused; the codes are what the caller would do differently. */
typedef enum
{
  GUICHET_REFUSAL_NOT_ALLOWED, /* role or department does not allow it */
  GUICHET_REFUSAL_NO_SUCH_PROCEDURE,
  GUICHET_REFUSAL_INVALID,      /* the content; see issues */
  GUICHET_REFUSAL_NO_SUCH_MOVE, /* this stage has no way to that one */
  GUICHET_REFUSAL_REASON_MISSING,
  GUICHET_REFUSAL_DOCUMENT_MISSING,
  GUICHET_REFUSAL_NOT_A_PDF,
  GUICHET_REFUSAL_CLOSED,        /* nothing more happens to a closed request */
  GUICHET_REFUSAL_ALREADY_TAKEN, /* somebody else has it in charge */
  GUICHET_REFUSAL_NOT_YOURS,     /* only its owner or a supervisor */
  GUICHET_REFUSAL_NOT_TAKEN,
  GUICHET_REFUSAL_NO_SUCH_CLERK, /* assign to somebody who cannot work there */
  GUICHET_REFUSAL_NOT_BLOCKED,
  GUICHET_REFUSAL_ALREADY_BLOCKED,
  GUICHET_REFUSAL_NO_SUCH_NOTIFICATION,
  GUICHET_REFUSAL_NO_ADDRESS,       /* the citizen has no e-mail address */
  GUICHET_REFUSAL_IDENTITY_MISSING, /* the move needs a check of who the person is; see issues */
  GUICHET_REFUSAL_CHALLENGE_OVER,   /* it was not given here, was answered before, or is too old */
  GUICHET_REFUSAL_CONFLICT,         /* see guichet-conflict.h */
  GUICHET_REFUSAL_CARD_REFUSED,     /* it is not genuine, not valid or revoked; see issues */
  GUICHET_REFUSAL_OTHER_PERSON,     /* the card is not that of the account's person */
  GUICHET_REFUSAL_ACCOUNT_EXISTS,   /* a person has one */
} GuichetRefusal;
#define GUICHET_TYPE_REFUSAL (guichet_refusal_get_type ())
GType guichet_refusal_get_type (void); /* nicks in lowerCamelCase: the API's words */

/**
 * GuichetDecision:
 * @events: (element-type GuichetEvent): what happens, in order; header filled in but for
 *   the number
 * @issues: (element-type GuichetIssue): with GUICHET_REFUSAL_INVALID, every place that is wrong; with
 *   GUICHET_REFUSAL_IDENTITY_MISSING, what of a check the move misses
 */
typedef struct
{
  GPtrArray *events;
  GPtrArray *issues;
} GuichetDecision;

void guichet_decision_clear (GuichetDecision *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetDecision, guichet_decision_clear)

/**
 * guichet_decide:
 * @catalogue: procedures
 * @request: (nullable): the request as it is; %NULL for submit
 * @command: what is asked; for submit its `reference` is the one to give
 * @actor: (nullable): who asks; %NULL for the daemon itself
 * @target: (nullable): for assign, the clerk named by `to`
 * @now: microseconds
 * @today: the same instant as a civil day of the town
 * @decision: (out caller-allocates): filled in
 *
 * The rules: state and command in, events or a refusal out. Pure. A claim by who already
 * owns the request, or another command whose effect is there already, gives no event and
 * no refusal.
 *
 * Returns: %FALSE with an error of the domain GUICHET_REFUSAL
 */
gboolean guichet_decide (const GuichetCatalogue *catalogue,
                         const GuichetRequest *request,
                         const GuichetCommand *command,
                         const GuichetClerk *actor,
                         const GuichetClerk *target,
                         gint64 now,
                         GuichetDay today,
                         GuichetDecision *decision,
                         GError **error);

/**
 * guichet_decide_moves:
 *
 * The moves that @actor may make now, for buttons; a move that misses only a document or a
 * check of identity is among them.
 *
 * Returns: (transfer container) (element-type GuichetMove): in the catalogue's order
 */
GPtrArray *guichet_decide_moves (const GuichetCatalogue *catalogue,
                                 const GuichetRequest *request,
                                 const GuichetClerk *actor);

/**
 * guichet_decide_foresee_move:
 * @command: a move
 * @now: microseconds
 *
 * The request as guichet_decide() would have it moved, whatever the move still misses: for
 * telling beforehand what the citizen will read.
 *
 * Returns: (transfer full) (nullable): %NULL where no move leads there
 */
GuichetRequest *guichet_decide_foresee_move (const GuichetCatalogue *catalogue,
                                             const GuichetRequest *request,
                                             const GuichetCommand *command,
                                             const GuichetClerk *actor,
                                             gint64 now);

/** What of a check of identity a move misses. Nicks: check, presence, renewal. */
typedef enum
{
  GUICHET_LACK_NONE,
  GUICHET_LACK_CHECK,    /* nobody has verified yet that this is the person */
  GUICHET_LACK_PRESENCE, /* somebody has, but not that the card was there */
  GUICHET_LACK_RENEWAL,  /* somebody has, but too long ago */
} GuichetLack;
#define GUICHET_TYPE_LACK (guichet_lack_get_type ())
GType guichet_lack_get_type (void);

/**
 * guichet_decide_lack:
 * @to: stage that a move from where @request stands leads to
 * @now: microseconds
 *
 * What guichet_decide() would miss, told beforehand.
 */
GuichetLack guichet_decide_lack (const GuichetProcedure *procedure,
                                 const GuichetRequest *request,
                                 const char *to,
                                 gint64 now);

G_END_DECLS
