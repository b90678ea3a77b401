/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What brings a request to a stage: its arrival and its moves, and the citizen being told.
 */
#define G_LOG_DOMAIN "guichet-decide-move"

#include "config.h"

#include "guichet-decide-private.h"
#include "guichet-form.h"
#include "guichet-procedure-private.h"

static void
stand_at (GuichetRuling *self, const GuichetStage *stage)
{
  GuichetStanding *standing = &self->standing;

  standing->stage = stage->code;
  standing->phase = stage->phase;
  standing->waiting = stage->waiting;
  standing->blocker = stage->blocker;
  if (stage->result != GUICHET_RESULT_NONE)
    standing->result = stage->result;
  else if (!guichet_stage_keeps_result (stage))
    standing->result = GUICHET_RESULT_NONE;
}

/* Without an address nothing is queued: the window says so before, and the journal after. */
static void
notify (GuichetRuling *self, const char *text, const GuichetCitizen *citizen)
{
  GuichetEvent *event;

  if (!guichet_ruling_has_text (citizen->email))
    return;

  event = guichet_ruling_add_event (self, GUICHET_EVENT_NOTIFICATION_QUEUED);
  event->notification = guichet_ruling_new_id (self);
  event->notification_text = g_strdup (text);
  event->notification_language = citizen->language;
  event->address = g_strdup (citizen->email);
  if (self->command->kind == GUICHET_COMMAND_MOVE)
    {
      event->text = g_strdup (self->command->text);
      event->sentence = g_strdup (self->command->sentence);
    }
}

static void
check_citizen (GuichetRuling *self)
{
  const GuichetCitizen *citizen = self->command->citizen;

  if (citizen == NULL)
    {
      guichet_ruling_add_issue (self, "requiredInput", "citizen", "is missing");
      return;
    }
  if (!guichet_ruling_has_text (citizen->family_name))
    guichet_ruling_add_issue (self, "requiredInput", "citizen.familyName", "is missing");
  if (citizen->email != NULL && !guichet_email_is_valid (citizen->email))
    guichet_ruling_add_issue (self, "invalidInput", "citizen.email", "must be an e-mail address");
}

static void
check_channel (GuichetRuling *self)
{
  GuichetChannel channel = self->command->channel;

  if (channel == GUICHET_CHANNEL_NONE)
    guichet_ruling_add_issue (self, "requiredInput", "channel", "is missing");
  else if (channel == GUICHET_CHANNEL_WEB && self->actor != NULL)
    guichet_ruling_add_issue (self,
                              "rejectedInput",
                              "channel",
                              "what a clerk encodes did not come by the web");
}

/* Who signed in online is known to the online counter alone; a clerk knows whom they saw. */
static void
check_level (GuichetRuling *self)
{
  const GuichetCommand *command = self->command;
  const GuichetCitizen *citizen = command->citizen;

  if (self->actor == NULL || citizen == NULL || !guichet_citizen_is_verified (citizen))
    return;
  if (citizen->level != GUICHET_LEVEL_COUNTER)
    guichet_ruling_add_issue (self,
                              "rejectedInput",
                              "citizen.level",
                              "a clerk cannot say how somebody signed in online");
  else if (command->channel != GUICHET_CHANNEL_COUNTER)
    guichet_ruling_add_issue (self,
                              "rejectedInput",
                              "citizen.level",
                              "a card is only seen at the counter");
}

gboolean
guichet_decide_submit (GuichetRuling *self, GError **error)
{
  const GuichetCommand *command = self->command;
  const GuichetProcedure *procedure = self->procedure;
  GuichetEvent *event;

  g_return_val_if_fail (command->reference != NULL, FALSE);

  check_citizen (self);
  check_channel (self);
  check_level (self);
  if (command->answers == NULL)
    guichet_ruling_add_issue (self, "requiredInput", "answers", "is missing");
  else if (command->citizen != NULL)
    guichet_form_check (procedure,
                        command->citizen,
                        command->answers,
                        self->today,
                        self->decision->issues);
  if (!guichet_ruling_check_issues (self, error))
    return FALSE;

  stand_at (self, guichet_procedure_first_stage (procedure));
  event = guichet_ruling_add_event (self, GUICHET_EVENT_SUBMITTED);
  event->citizen = guichet_citizen_ref (command->citizen);
  event->answers = json_object_ref (command->answers);
  event->channel = command->channel;
  if (procedure->submitted_text != NULL)
    notify (self, procedure->submitted_text, command->citizen);
  return TRUE;
}

gboolean
guichet_ruling_may_move (const GuichetRuling *self, const GuichetMove *move, GError **error)
{
  gboolean can = guichet_ruling_can (self, move->needs);

  /* What nobody has in charge may be moved by who could take it in charge. */
  if (can && self->standing.assignee == NULL && move->needs != GUICHET_CAN_REOPEN)
    can = guichet_ruling_can (self, GUICHET_CAN_WORK);
  if (!can)
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_ALLOWED,
                                  "role or department does not allow this move",
                                  error);

  if (!guichet_ruling_may_touch (self))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_YOURS,
                                  "a colleague has the request in charge",
                                  error);
  return TRUE;
}

/* No move leads there: because nothing does, because it is closed, or because it is there. */
static gboolean
decide_no_move (const GuichetRuling *self, GError **error)
{
  if (!guichet_ruling_can (self, GUICHET_CAN_WORK) &&
      !guichet_ruling_can (self, GUICHET_CAN_DECIDE) &&
      !guichet_ruling_can (self, GUICHET_CAN_REOPEN))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_ALLOWED,
                                  "role or department does not allow moves",
                                  error);
  if (g_strcmp0 (self->request->stage, self->command->to) == 0)
    return TRUE;
  if (self->request->phase == GUICHET_PHASE_CLOSED)
    return guichet_ruling_refuse (GUICHET_REFUSAL_CLOSED, "the request is closed", error);
  return guichet_ruling_refuse (GUICHET_REFUSAL_NO_SUCH_MOVE,
                                "this stage has no way to that one",
                                error);
}

static gboolean
check_move (GuichetRuling *self, const GuichetMove *move, GError **error)
{
  if (!guichet_ruling_may_move (self, move, error))
    return FALSE;
  if (move->reason && !guichet_ruling_has_text (self->command->text))
    return guichet_ruling_refuse (GUICHET_REFUSAL_REASON_MISSING,
                                  "this move needs a reason",
                                  error);
  if (move->document && self->request->documents->len == 0)
    return guichet_ruling_refuse (GUICHET_REFUSAL_DOCUMENT_MISSING,
                                  "this move needs a document",
                                  error);
  return guichet_ruling_check_identity (self, move->to, error);
}

static gboolean
tells_citizen (const GuichetMove *move, gboolean wanted)
{
  switch (move->notify)
    {
    case GUICHET_NOTIFY_ALWAYS:
      return TRUE;
    case GUICHET_NOTIFY_PROPOSE:
      return wanted;
    case GUICHET_NOTIFY_NEVER:
    default:
      return FALSE;
    }
}

GuichetEvent *
guichet_ruling_add_move (GuichetRuling *self, const GuichetMove *move)
{
  GuichetEvent *event;

  stand_at (self, guichet_procedure_find_stage (self->procedure, move->to));
  event = guichet_ruling_add_event (self, GUICHET_EVENT_STAGE_MOVED);
  event->from_stage = g_strdup (self->request->stage);
  event->text = g_strdup (self->command->text);
  return event;
}

gboolean
guichet_decide_move (GuichetRuling *self, GError **error)
{
  const GuichetStage *stage = guichet_procedure_find_stage (self->procedure, self->request->stage);
  const GuichetMove *move =
      stage != NULL ? guichet_stage_find_move (stage, self->command->to) : NULL;

  if (move == NULL)
    return decide_no_move (self, error);
  if (!check_move (self, move, error))
    return FALSE;

  guichet_ruling_add_move (self, move);
  if (tells_citizen (move, self->command->notify))
    notify (self, move->text, self->request->citizen);
  return TRUE;
}
