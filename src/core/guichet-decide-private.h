/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-decide.h"

/* One command being decided: what the rules of guichet-decide*.c share. */

G_BEGIN_DECLS

/* Where the request stands after the events so far: the header of the next one. */
typedef struct
{
  const char *stage;
  GuichetPhase phase;
  GuichetWaiting waiting;
  GuichetBlocker blocker;
  GuichetResult result;
  const char *assignee; /* (nullable) */
  gint64 version;
} GuichetStanding;

typedef struct
{
  /* Given */
  const GuichetCatalogue *catalogue;
  const GuichetRequest *request; /* (nullable) */
  const GuichetCommand *command;
  const GuichetClerk *actor;  /* (nullable): the daemon */
  const GuichetClerk *target; /* (nullable) */
  gint64 now;
  GuichetDay today;
  const GuichetProcedure *procedure; /* (nullable): gone from the catalogue */

  /* In progress */
  GuichetStanding standing;
  guint n_ids;

  /* Output */
  GuichetDecision *decision;
} GuichetRuling;

/* Whether the actor has every capability of @wanted for this request. */
gboolean guichet_ruling_can (const GuichetRuling *self, GuichetCapability wanted);
/* Whether the actor may act on it: its owner, anybody if it has none, or a supervisor. */
gboolean guichet_ruling_may_touch (const GuichetRuling *self);

/* Sets @error and gives FALSE. */
gboolean guichet_ruling_refuse (GuichetRefusal refusal, const char *message, GError **error);
void guichet_ruling_add_issue (GuichetRuling *self,
                               const char *type,
                               const char *name,
                               const char *detail);
/* FALSE with GUICHET_REFUSAL_INVALID if there are issues. */
gboolean guichet_ruling_check_issues (const GuichetRuling *self, GError **error);

/* A new event, its header filled in from where the request stands now. (transfer none) */
GuichetEvent *guichet_ruling_add_event (GuichetRuling *self, GuichetEventKind kind);
/*
 * An identifier that the same command always gives again, so that deciding stays pure; in
 * the form of a UUID of version 8 (RFC 9562, section 5.8). (transfer full)
 */
char *guichet_ruling_new_id (GuichetRuling *self);

/* Whether @text says anything. */
gboolean guichet_ruling_has_text (const char *text);

/* The rules, one a kind of command. */
gboolean guichet_decide_submit (GuichetRuling *self, GError **error);
gboolean guichet_decide_claim (GuichetRuling *self, GError **error);
gboolean guichet_decide_release (GuichetRuling *self, GError **error);
gboolean guichet_decide_assign (GuichetRuling *self, GError **error);
gboolean guichet_decide_move (GuichetRuling *self, GError **error);
gboolean guichet_decide_block (GuichetRuling *self, GError **error);
gboolean guichet_decide_unblock (GuichetRuling *self, GError **error);
gboolean guichet_decide_note (GuichetRuling *self, GError **error);
gboolean guichet_decide_attach (GuichetRuling *self, GError **error);
gboolean guichet_decide_resend (GuichetRuling *self, GError **error);
gboolean guichet_decide_check_identity (GuichetRuling *self, GError **error);
gboolean guichet_decide_report (GuichetRuling *self, GError **error);
gboolean guichet_decide_purge (GuichetRuling *self, GError **error);

/* The event of @move, and the request where it leads. (transfer none) */
GuichetEvent *guichet_ruling_add_move (GuichetRuling *self, const GuichetMove *move);

/* FALSE with GUICHET_REFUSAL_IDENTITY_MISSING if the move to @to needs a check that is not there. */
gboolean guichet_ruling_check_identity (GuichetRuling *self, const char *to, GError **error);

/* Whether the actor may make @move, whatever it asks for besides. */
gboolean
guichet_ruling_may_move (const GuichetRuling *self, const GuichetMove *move, GError **error);

G_END_DECLS
