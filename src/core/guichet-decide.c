/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of a command: who may, when, and what comes of it. This file holds the order of
 * the questions and the table of who may what; the rules themselves are beside it.
 */
#define G_LOG_DOMAIN "guichet-decide"

#include "config.h"

#include "guichet-decide-private.h"

G_DEFINE_QUARK (guichet-refusal, guichet_refusal);

// clang-format off
G_DEFINE_ENUM_TYPE (GuichetRefusal, guichet_refusal,
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NOT_ALLOWED, "notAllowed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NO_SUCH_PROCEDURE, "noSuchProcedure"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_INVALID, "invalid"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NO_SUCH_MOVE, "noSuchMove"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_REASON_MISSING, "reasonMissing"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_DOCUMENT_MISSING, "documentMissing"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NOT_A_PDF, "notAPdf"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_ALREADY_TAKEN, "alreadyTaken"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NOT_YOURS, "notYours"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NOT_TAKEN, "notTaken"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NO_SUCH_CLERK, "noSuchClerk"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NOT_BLOCKED, "notBlocked"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_ALREADY_BLOCKED, "alreadyBlocked"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NO_SUCH_NOTIFICATION, "noSuchNotification"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_NO_ADDRESS, "noAddress"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_IDENTITY_MISSING, "identityMissing"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_CHALLENGE_OVER, "challengeOver"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_CONFLICT, "conflict"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_CARD_REFUSED, "cardRefused"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_OTHER_PERSON, "otherPerson"),
                    G_DEFINE_ENUM_VALUE (GUICHET_REFUSAL_ACCOUNT_EXISTS, "accountExists"))
// clang-format on

/* Who may give a command, besides what its own rule asks. */
typedef enum
{
  BY_CLERK = 1 << 0,
  BY_DAEMON = 1 << 1,
} Givers;

typedef struct
{
  Givers givers;
  GuichetCapability needs; /* of a clerk; 0: the rule itself asks */
  gboolean even_closed;    /* also on a closed request; a move asks by itself */
  gboolean owner_only;     /* not on what a colleague has in charge */
  gboolean (*decide) (GuichetRuling *self, GError **error);
} Rule;

// clang-format off
static const Rule rules[] = {
  [GUICHET_COMMAND_SUBMIT] =
    { BY_CLERK | BY_DAEMON, GUICHET_CAN_ENCODE, TRUE, FALSE, guichet_decide_submit },
  [GUICHET_COMMAND_CLAIM] =
    { BY_CLERK, GUICHET_CAN_WORK, FALSE, FALSE, guichet_decide_claim },
  [GUICHET_COMMAND_RELEASE] =
    { BY_CLERK, GUICHET_CAN_WORK, FALSE, TRUE, guichet_decide_release },
  [GUICHET_COMMAND_ASSIGN] =
    { BY_CLERK, GUICHET_CAN_ASSIGN_OTHERS, FALSE, FALSE, guichet_decide_assign },
  [GUICHET_COMMAND_MOVE] =
    { BY_CLERK, 0, TRUE, FALSE, guichet_decide_move },
  [GUICHET_COMMAND_BLOCK] =
    { BY_CLERK, GUICHET_CAN_WORK, FALSE, TRUE, guichet_decide_block },
  [GUICHET_COMMAND_UNBLOCK] =
    { BY_CLERK, GUICHET_CAN_WORK, FALSE, TRUE, guichet_decide_unblock },
  [GUICHET_COMMAND_NOTE] =
    { BY_CLERK, GUICHET_CAN_WORK, TRUE, FALSE, guichet_decide_note },
  [GUICHET_COMMAND_ATTACH_DOCUMENT] =
    { BY_CLERK, GUICHET_CAN_WORK, FALSE, TRUE, guichet_decide_attach },
  [GUICHET_COMMAND_RESEND_NOTIFICATION] =
    { BY_CLERK, GUICHET_CAN_WORK, TRUE, FALSE, guichet_decide_resend },
  [GUICHET_COMMAND_CHECK_IDENTITY] =
    { BY_CLERK, GUICHET_CAN_WORK, FALSE, FALSE, guichet_decide_check_identity },
  [GUICHET_COMMAND_REPORT_NOTIFICATION] =
    { BY_DAEMON, 0, TRUE, FALSE, guichet_decide_report },
  [GUICHET_COMMAND_PURGE] =
    { BY_DAEMON, 0, TRUE, FALSE, guichet_decide_purge },
};
// clang-format on

void
guichet_decision_clear (GuichetDecision *self)
{
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
}

gboolean
guichet_ruling_can (const GuichetRuling *self, GuichetCapability wanted)
{
  return self->actor != NULL && self->actor->active && self->procedure != NULL &&
         guichet_clerk_can (self->actor,
                            wanted,
                            self->procedure->department,
                            self->procedure->code,
                            self->procedure->restricted);
}

gboolean
guichet_ruling_may_touch (const GuichetRuling *self)
{
  const char *owner = self->standing.assignee;

  return owner == NULL || g_strcmp0 (owner, self->actor->login) == 0 ||
         guichet_ruling_can (self, GUICHET_CAN_ASSIGN_OTHERS);
}

gboolean
guichet_ruling_refuse (GuichetRefusal refusal, const char *message, GError **error)
{
  g_set_error_literal (error, GUICHET_REFUSAL, (int) refusal, message);
  return FALSE;
}

void
guichet_ruling_add_issue (GuichetRuling *self,
                          const char *type,
                          const char *name,
                          const char *detail)
{
  g_ptr_array_add (self->decision->issues, guichet_issue_new (type, name, detail));
}

gboolean
guichet_ruling_check_issues (const GuichetRuling *self, GError **error)
{
  if (self->decision->issues->len == 0)
    return TRUE;
  return guichet_ruling_refuse (GUICHET_REFUSAL_INVALID,
                                "the content of the command is not right",
                                error);
}

static const char *
actor_name (const GuichetRuling *self)
{
  return self->actor != NULL ? self->actor->login : GUICHET_ACTOR_DAEMON;
}

static const char *
reference_of (const GuichetRuling *self)
{
  return self->request != NULL ? self->request->reference : self->command->reference;
}

GuichetEvent *
guichet_ruling_add_event (GuichetRuling *self, GuichetEventKind kind)
{
  const GuichetStanding *standing = &self->standing;
  GuichetEvent *event = guichet_event_new (kind);

  self->standing.version++;
  event->reference = g_strdup (reference_of (self));
  if (self->request != NULL)
    {
      event->procedure = g_strdup (self->request->procedure);
      event->department = self->request->department;
    }
  else
    {
      event->procedure = g_strdup (self->procedure->code);
      event->department = self->procedure->department;
    }
  event->stage = g_strdup (standing->stage);
  event->phase = standing->phase;
  event->waiting = standing->waiting;
  event->blocker = standing->blocker;
  event->result = standing->result;
  event->assignee = g_strdup (standing->assignee);
  event->actor = g_strdup (actor_name (self));
  event->instant = self->now;
  event->version = standing->version;
  event->key = g_strdup (self->command->key);

  g_ptr_array_add (self->decision->events, event);
  return event;
}

char *
guichet_ruling_new_id (GuichetRuling *self)
{
  g_autofree char *seed = g_strdup_printf ("%s\n%s\n%s\n%u",
                                           reference_of (self),
                                           actor_name (self),
                                           self->command->key,
                                           self->n_ids++);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);

  /* Version and variant stand in the first digits of the third and fourth group. */
  hex[12] = '8';
  hex[16] = "89ab"[g_ascii_xdigit_value (hex[16]) & 3];
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

gboolean
guichet_ruling_has_text (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* What is asked of every command, before its own rule. */
static gboolean
check_rule (const GuichetRuling *self, const Rule *rule, GError **error)
{
  if ((rule->givers & (self->actor != NULL ? BY_CLERK : BY_DAEMON)) == 0 ||
      (self->actor != NULL && !guichet_ruling_can (self, rule->needs)))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_ALLOWED,
                                  "role or department does not allow this command",
                                  error);

  if (self->request == NULL || self->actor == NULL)
    return TRUE;

  /* Of what was purged nothing is left to work on. */
  if (self->request->last_kind == GUICHET_EVENT_PURGED ||
      (self->request->phase == GUICHET_PHASE_CLOSED && !rule->even_closed))
    return guichet_ruling_refuse (GUICHET_REFUSAL_CLOSED, "the request is closed", error);

  if (rule->owner_only && !guichet_ruling_may_touch (self))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_YOURS,
                                  "a colleague has the request in charge",
                                  error);
  return TRUE;
}

static void
stand_as_is (GuichetRuling *self)
{
  const GuichetRequest *request = self->request;

  self->standing = (GuichetStanding){
    .stage = request->stage,
    .phase = request->phase,
    .waiting = request->waiting,
    .blocker = request->blocker,
    .result = request->result,
    .assignee = request->assignee,
    .version = request->version,
  };
}

gboolean
guichet_decide (const GuichetCatalogue *catalogue,
                const GuichetRequest *request,
                const GuichetCommand *command,
                const GuichetClerk *actor,
                const GuichetClerk *target,
                gint64 now,
                GuichetDay today,
                GuichetDecision *decision,
                GError **error)
{
  GuichetRuling self = { catalogue, request, command, actor, target, now, today };
  const Rule *rule;

  g_return_val_if_fail (catalogue != NULL && command != NULL && decision != NULL, FALSE);
  g_return_val_if_fail (command->kind > GUICHET_COMMAND_NONE &&
                            command->kind < (int) G_N_ELEMENTS (rules),
                        FALSE);
  g_return_val_if_fail ((request == NULL) == (command->kind == GUICHET_COMMAND_SUBMIT), FALSE);

  decision->events = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  decision->issues = guichet_issues_new ();
  self.decision = decision;
  self.procedure =
      guichet_catalogue_find (catalogue, request != NULL ? request->procedure : command->procedure);
  if (request != NULL)
    stand_as_is (&self);

  /* The daemon's own commands also end the affairs of procedures that are no more. */
  if (self.procedure == NULL && (actor != NULL || request == NULL))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NO_SUCH_PROCEDURE,
                                  "the catalogue has no such procedure",
                                  error);

  rule = &rules[command->kind];
  return check_rule (&self, rule, error) && rule->decide (&self, error);
}

GuichetRequest *
guichet_decide_foresee_move (const GuichetCatalogue *catalogue,
                             const GuichetRequest *request,
                             const GuichetCommand *command,
                             const GuichetClerk *actor,
                             gint64 now)
{
  g_auto (GuichetDecision) decision = { 0 };
  GuichetRuling self = { catalogue, request, command, actor, NULL, now };
  const GuichetStage *stage = NULL;
  const GuichetMove *move = NULL;
  GuichetEvent *event;

  g_return_val_if_fail (catalogue != NULL && request != NULL && actor != NULL, NULL);
  g_return_val_if_fail (command != NULL && command->kind == GUICHET_COMMAND_MOVE, NULL);

  decision.events = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  self.decision = &decision;
  self.procedure = guichet_catalogue_find (catalogue, request->procedure);
  if (self.procedure != NULL)
    stage = guichet_procedure_find_stage (self.procedure, request->stage);
  if (stage != NULL)
    move = guichet_stage_find_move (stage, command->to);
  if (move == NULL)
    return NULL;

  stand_as_is (&self);
  event = guichet_ruling_add_move (&self, move);
  event->number = request->last_event + 1;
  return guichet_request_apply (request, event);
}

GPtrArray *
guichet_decide_moves (const GuichetCatalogue *catalogue,
                      const GuichetRequest *request,
                      const GuichetClerk *actor)
{
  g_autoptr (GPtrArray) moves = g_ptr_array_new ();
  GuichetRuling self = { .catalogue = catalogue, .request = request, .actor = actor };
  const GuichetStage *stage = NULL;

  g_return_val_if_fail (catalogue != NULL && request != NULL && actor != NULL, NULL);

  self.procedure = guichet_catalogue_find (catalogue, request->procedure);
  stand_as_is (&self);
  if (self.procedure != NULL && request->last_kind != GUICHET_EVENT_PURGED)
    stage = guichet_procedure_find_stage (self.procedure, request->stage);

  for (guint i = 0; stage != NULL && i < stage->moves->len; i++)
    if (guichet_ruling_may_move (&self, g_ptr_array_index (stage->moves, i), NULL))
      g_ptr_array_add (moves, g_ptr_array_index (stage->moves, i));
  return g_steal_pointer (&moves);
}
