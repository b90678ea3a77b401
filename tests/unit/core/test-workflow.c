/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-decide.h"

/*
 * Every way through the stages: every move, and every one that is not there, by every
 * role, on requests that nobody, oneself or a colleague has in charge. What is expected is
 * said here once more, in other words than the rules use.
 */

#define NOW (G_GINT64_CONSTANT (1795521600) * G_USEC_PER_SEC)
#define TODAY (guichet_day_new (2026, 11, 24))
#define ALLOWED (-1)
#define NOTHING (-2)

typedef struct
{
  const GuichetCatalogue *catalogue;
  const GuichetProcedure *procedure;
  const GuichetStage *stage;
  const char *to;
  GuichetRole role;
  gboolean named; /* for a restricted procedure */
  const char *owner;
  gboolean reason;
  gboolean document;
  gboolean notify;
} Case;

static gboolean
holds (const Case *self, GuichetCapability capability)
{
  return (guichet_role_capabilities (self->role) & capability) != 0 &&
         (self->named || !self->procedure->restricted);
}

/* ALLOWED, NOTHING or a refusal. */
static int
expect (const Case *self)
{
  const GuichetMove *move = guichet_stage_find_move (self->stage, self->to);
  gboolean works = holds (self, GUICHET_CAN_WORK);
  gboolean mine = g_strcmp0 (self->owner, "me") == 0;

  if (move == NULL)
    {
      if (!works && !holds (self, GUICHET_CAN_DECIDE) && !holds (self, GUICHET_CAN_REOPEN))
        return GUICHET_REFUSAL_NOT_ALLOWED;
      if (g_str_equal (self->to, self->stage->code))
        return NOTHING;
      return self->stage->phase == GUICHET_PHASE_CLOSED ? GUICHET_REFUSAL_CLOSED
                                                        : GUICHET_REFUSAL_NO_SUCH_MOVE;
    }

  if (!holds (self, move->needs))
    return GUICHET_REFUSAL_NOT_ALLOWED;
  if (self->owner == NULL && move->needs != GUICHET_CAN_REOPEN && !works)
    return GUICHET_REFUSAL_NOT_ALLOWED;
  if (self->owner != NULL && !mine && !holds (self, GUICHET_CAN_ASSIGN_OTHERS))
    return GUICHET_REFUSAL_NOT_YOURS;
  if (move->reason && !self->reason)
    return GUICHET_REFUSAL_REASON_MISSING;
  if (move->document && !self->document)
    return GUICHET_REFUSAL_DOCUMENT_MISSING;
  /* Nobody has verified anything here; test-identity.c says what a check changes. */
  if (guichet_procedure_find_identity_need (self->procedure, self->stage->code, self->to) != NULL)
    return GUICHET_REFUSAL_IDENTITY_MISSING;
  return ALLOWED;
}

static GuichetResult
expect_result (const GuichetRequest *before, const GuichetStage *target)
{
  if (target->result != GUICHET_RESULT_NONE)
    return target->result;
  if (target->phase == GUICHET_PHASE_DECIDED || target->phase == GUICHET_PHASE_CLOSED ||
      target->waiting == GUICHET_WAITING_PICKUP)
    return before->result;
  return GUICHET_RESULT_NONE;
}

static void
check_events (const Case *self,
              const GuichetRequest *request,
              const GuichetCommand *command,
              GPtrArray *events)
{
  const GuichetMove *move = guichet_stage_find_move (self->stage, self->to);
  const GuichetStage *target = guichet_procedure_find_stage (self->procedure, self->to);
  gboolean told = move->notify == GUICHET_NOTIFY_ALWAYS ||
                  (move->notify == GUICHET_NOTIFY_PROPOSE && self->notify);
  const GuichetEvent *moved = events->pdata[0];

  g_assert_cmpuint (events->len, ==, told ? 2 : 1);
  g_assert_cmpint (moved->kind, ==, GUICHET_EVENT_STAGE_MOVED);
  g_assert_cmpstr (moved->from_stage, ==, self->stage->code);
  g_assert_cmpstr (moved->text, ==, command->text);
  for (guint i = 0; i < events->len; i++)
    {
      const GuichetEvent *event = events->pdata[i];

      g_assert_cmpstr (event->reference, ==, request->reference);
      g_assert_cmpstr (event->procedure, ==, self->procedure->code);
      g_assert_cmpint (event->department, ==, self->procedure->department);
      g_assert_cmpstr (event->stage, ==, target->code);
      g_assert_cmpint (event->phase, ==, target->phase);
      g_assert_cmpint (event->waiting, ==, target->waiting);
      g_assert_cmpint (event->blocker, ==, target->blocker);
      g_assert_cmpint (event->result, ==, expect_result (request, target));
      g_assert_cmpstr (event->assignee, ==, self->owner);
      g_assert_cmpstr (event->actor, ==, "me");
      g_assert_cmpint (event->instant, ==, NOW);
      g_assert_cmpint (event->version, ==, request->version + 1 + i);
      g_assert_cmpstr (event->key, ==, command->key);
      g_assert_cmpint (event->number, ==, 0);
    }
  if (told)
    {
      const GuichetEvent *queued = events->pdata[1];

      g_assert_cmpint (queued->kind, ==, GUICHET_EVENT_NOTIFICATION_QUEUED);
      g_assert_cmpstr (queued->notification_text, ==, move->text);
      g_assert_cmpstr (queued->address, ==, "marie@example.be");
      g_assert_cmpstr (queued->sentence, ==, command->sentence);
      g_assert_cmpstr (queued->text, ==, command->text);
      g_assert_true (guichet_command_key_is_valid (queued->notification));
    }
}

static void
check_case (const Case *self, const GuichetRequest *request, const GuichetClerk *actor)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_MOVE);
  g_auto (GuichetDecision) decision = { 0 };
  g_autoptr (GError) error = NULL;
  int expected = expect (self);

  command->to = g_strdup (self->to);
  command->text = self->reason ? g_strdup ("Parce que") : NULL;
  command->sentence = g_strdup ("Bien à vous");
  command->notify = self->notify;

  guichet_decide (self->catalogue, request, command, actor, NULL, NOW, TODAY, &decision, &error);
  if (expected != (error != NULL ? error->code : decision.events->len > 0 ? ALLOWED : NOTHING))
    g_error ("%s %s → %s by %s, owner %s: %s",
             self->procedure->code,
             self->stage->code,
             self->to,
             guichet_enum_word (GUICHET_TYPE_ROLE, (int) self->role),
             self->owner,
             error != NULL ? error->message : "no refusal");

  if (expected == ALLOWED)
    check_events (self, request, command, decision.events);
  else
    g_assert_cmpuint (decision.events->len, ==, 0);
  if (error != NULL)
    g_assert_true (error->domain == GUICHET_REFUSAL);
}

static gboolean
is_offered (GPtrArray *moves, const char *to)
{
  for (guint i = 0; i < moves->len; i++)
    if (g_str_equal (((GuichetMove *) moves->pdata[i])->to, to))
      return TRUE;
  return FALSE;
}

/* The buttons that a clerk gets are just the moves that would be taken. */
static void
check_offered (Case self, const GuichetRequest *request, const GuichetClerk *actor)
{
  g_autoptr (GPtrArray) moves = guichet_decide_moves (self.catalogue, request, actor);
  guint count = 0;

  self.reason = TRUE;
  self.document = TRUE;
  for (guint i = 0; i < self.stage->moves->len; i++)
    {
      self.to = ((GuichetMove *) self.stage->moves->pdata[i])->to;
      g_assert_true (
          is_offered (moves, self.to) ==
          (expect (&self) == ALLOWED || expect (&self) == GUICHET_REFUSAL_IDENTITY_MISSING));
      count += is_offered (moves, self.to) ? 1 : 0;
    }
  g_assert_cmpuint (moves->len, ==, count);
}

static void
check_stage (Case self)
{
  g_autoptr (GuichetClerk) actor =
      fixture_clerk ("me", self.role, self.named ? self.procedure->code : "OTHER");

  for (int document = 0; document < 2; document++)
    {
      g_autoptr (GuichetRequest) request =
          fixture_request (self.procedure, self.stage, self.owner, document);

      self.document = document;
      check_offered (self, request, actor);
      for (int choice = 0; choice < 4; choice++)
        {
          self.reason = (choice & 1) != 0;
          self.notify = (choice & 2) != 0;
          self.to = "nowhere";
          check_case (&self, request, actor);
          for (guint i = 0; i < self.procedure->stages->len; i++)
            {
              self.to = ((GuichetStage *) self.procedure->stages->pdata[i])->code;
              check_case (&self, request, actor);
            }
        }
    }
}

static void
check_catalogue (const GuichetCatalogue *catalogue)
{
  static const char *const owners[] = { NULL, "me", "colleague" };
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < procedures->len; i++)
    {
      Case self = { .catalogue = catalogue, .procedure = procedures->pdata[i] };

      /* A flow that many share is walked once; a restricted one asks another question, and so
       * does one with needs of its own. */
      if (!g_hash_table_add (seen, self.procedure->stages) && !self.procedure->restricted &&
          self.procedure->identity->len == 0)
        continue;

      for (guint j = 0; j < self.procedure->stages->len; j++)
        for (int role = GUICHET_ROLE_NONE; role <= GUICHET_ROLE_ADMINISTRATOR; role++)
          for (guint k = 0; k < G_N_ELEMENTS (owners); k++)
            for (int named = self.procedure->restricted ? 0 : 1; named < 2; named++)
              {
                self.stage = self.procedure->stages->pdata[j];
                self.role = role;
                self.owner = owners[k];
                self.named = named;
                check_stage (self);
              }
    }
}

static void
test_fixture (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();

  check_catalogue (catalogue);
}

static void
test_real (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_real_catalogue ();

  check_catalogue (catalogue);
}

/* Lives: commands at random, and what must hold whatever they were. */

typedef struct
{
  const GuichetCatalogue *catalogue;
  const GuichetProcedure *procedure;
  GPtrArray *clerks;       /* of GuichetClerk */
  GuichetRequest *request; /* (owned) (nullable) */
  GHashTable *ids;         /* that were given out */
  gint64 now;
} Life;

static const GuichetClerk *
any_clerk (const Life *self)
{
  return self->clerks->pdata[g_test_rand_int_range (0, (gint32) self->clerks->len)];
}

static char *
any_stage (const Life *self)
{
  const GuichetStage *stage = guichet_procedure_find_stage (self->procedure, self->request->stage);

  if (stage->moves->len > 0 && g_test_rand_int_range (0, 5) > 0)
    return g_strdup (
        ((GuichetMove *) stage->moves->pdata[g_test_rand_int_range (0, (gint32) stage->moves->len)])
            ->to);
  stage = self->procedure->stages
              ->pdata[g_test_rand_int_range (0, (gint32) self->procedure->stages->len)];
  return g_strdup (stage->code);
}

static char *
any_notification (const Life *self)
{
  GPtrArray *notifications = self->request->notifications;

  if (notifications->len == 0)
    return g_strdup ("none");
  return g_strdup (((GuichetNotification *) notifications
                        ->pdata[g_test_rand_int_range (0, (gint32) notifications->len)])
                       ->id);
}

static GuichetCommand *
any_command (const Life *self, const GuichetClerk *target)
{
  GuichetCommandKind kind =
      g_test_rand_int_range (GUICHET_COMMAND_CLAIM, GUICHET_COMMAND_REPORT_NOTIFICATION + 1);
  GuichetCommand *command = guichet_command_new (g_test_rand_bit () ? GUICHET_COMMAND_MOVE : kind);

  command->text = g_test_rand_bit () ? g_strdup ("Texte") : NULL;
  command->notify = g_test_rand_bit ();
  switch (command->kind)
    {
    case GUICHET_COMMAND_MOVE:
      command->to = any_stage (self);
      break;
    case GUICHET_COMMAND_ASSIGN:
      command->to = g_strdup (target->login);
      break;
    case GUICHET_COMMAND_BLOCK:
      command->blocker = g_test_rand_int_range (GUICHET_BLOCKER_NONE, GUICHET_BLOCKER_OTHER + 1);
      break;
    case GUICHET_COMMAND_ATTACH_DOCUMENT:
      command->document_name = g_strdup ("a.pdf");
      command->document = g_bytes_new ("%PDF-1.7", g_test_rand_bit () ? 8 : 2);
      break;
    case GUICHET_COMMAND_RESEND_NOTIFICATION:
    case GUICHET_COMMAND_REPORT_NOTIFICATION:
      command->notification = any_notification (self);
      command->fate = g_test_rand_int_range (GUICHET_EVENT_NOTIFICATION_SENT,
                                             GUICHET_EVENT_NOTIFICATION_FAILED + 1);
      break;
    case GUICHET_COMMAND_NONE:
    case GUICHET_COMMAND_SUBMIT:
    case GUICHET_COMMAND_CLAIM:
    case GUICHET_COMMAND_RELEASE:
    case GUICHET_COMMAND_UNBLOCK:
    case GUICHET_COMMAND_NOTE:
    case GUICHET_COMMAND_PURGE:
    default:
      break;
    }
  return command;
}

static char *
text_of (GPtrArray *events)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < events->len; i++)
    guichet_event_write (events->pdata[i], writer, NULL);
  guichet_json_writer_end_array (writer);
  return guichet_json_writer_end_text (writer);
}

static void
check_state (const Life *self)
{
  const GuichetRequest *request = self->request;
  const GuichetStage *stage = guichet_procedure_find_stage (self->procedure, request->stage);

  g_assert_nonnull (stage);
  g_assert_cmpint (request->phase, ==, stage->phase);
  g_assert_true ((request->phase == GUICHET_PHASE_WAITING) ==
                 (request->waiting != GUICHET_WAITING_NONE));
  if (request->phase == GUICHET_PHASE_DECIDED || request->phase == GUICHET_PHASE_CLOSED)
    g_assert_cmpint (request->result, !=, GUICHET_RESULT_NONE);
  if (request->phase == GUICHET_PHASE_RECEIVED || request->phase == GUICHET_PHASE_PROCESSING)
    g_assert_cmpint (request->result, ==, GUICHET_RESULT_NONE);
}

static void
fold (Life *self, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      GuichetEvent *event = events->pdata[i];
      GuichetRequest *next = guichet_request_apply (self->request, event);

      g_clear_pointer (&self->request, guichet_request_unref);
      self->request = next;
      if (event->kind == GUICHET_EVENT_NOTIFICATION_QUEUED)
        g_assert_true (g_hash_table_add (self->ids, g_strdup (event->notification)));
      if (event->kind == GUICHET_EVENT_DOCUMENT_ATTACHED)
        g_assert_true (g_hash_table_add (self->ids, g_strdup (event->document)));
    }
}

/* Decides twice, since deciding is pure, and takes what comes of it. */
static gboolean
act (Life *self,
     const GuichetCommand *command,
     const GuichetClerk *actor,
     const GuichetClerk *target)
{
  g_auto (GuichetDecision) decision = { 0 };
  g_auto (GuichetDecision) again = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done = guichet_decide (self->catalogue,
                                  self->request,
                                  command,
                                  actor,
                                  target,
                                  self->now,
                                  TODAY,
                                  &decision,
                                  &error);
  g_autofree char *text = text_of (decision.events);
  g_autofree char *text_again = NULL;

  g_assert_true (done == (error == NULL));
  g_assert_true (done == guichet_decide (self->catalogue,
                                         self->request,
                                         command,
                                         actor,
                                         target,
                                         self->now,
                                         TODAY,
                                         &again,
                                         NULL));
  text_again = text_of (again.events);
  g_assert_cmpstr (text, ==, text_again);
  if (!done)
    {
      g_assert_cmpuint (decision.events->len, ==, 0);
      g_assert_true ((g_error_matches (error, GUICHET_REFUSAL, GUICHET_REFUSAL_INVALID) ||
                      g_error_matches (error, GUICHET_REFUSAL, GUICHET_REFUSAL_IDENTITY_MISSING)) ==
                     (decision.issues->len > 0));
      return FALSE;
    }
  fold (self, decision.events);
  return TRUE;
}

static void
live (Life *self)
{
  g_autoptr (GuichetCommand) submit = guichet_command_new (GUICHET_COMMAND_SUBMIT);
  guint closings = 0;

  submit->reference = g_strdup ("26-K7M4-2QXF");
  submit->procedure = g_strdup (self->procedure->code);
  submit->channel = GUICHET_CHANNEL_WEB;
  submit->citizen = fixture_citizen ();
  submit->answers = fixture_answers (self->procedure, submit->citizen);
  g_assert_true (act (self, submit, NULL, NULL));
  check_state (self);

  for (guint step = 0; step < 60; step++)
    {
      const GuichetClerk *target = any_clerk (self);
      g_autoptr (GuichetCommand) command = any_command (self, target);
      gboolean daemon = command->kind == GUICHET_COMMAND_REPORT_NOTIFICATION;

      self->now += G_USEC_PER_SEC;
      act (self, command, daemon ? NULL : any_clerk (self), target);
      check_state (self);
      closings += self->request->phase == GUICHET_PHASE_CLOSED ? 1 : 0;
    }
  g_test_message ("%s: version %" G_GINT64_FORMAT ", %u steps closed",
                  self->procedure->code,
                  self->request->version,
                  closings);
  g_clear_pointer (&self->request, guichet_request_unref);
}

static void
check_lives (const GuichetCatalogue *catalogue, guint times)
{
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);

  for (guint round = 0; round < procedures->len * times; round++)
    {
      g_autoptr (GPtrArray) clerks =
          g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_clerk_unref);
      g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      Life life = { .catalogue = catalogue, .clerks = clerks, .ids = ids, .now = NOW };

      life.procedure = procedures->pdata[round % procedures->len];
      g_ptr_array_add (clerks, fixture_clerk ("ann", GUICHET_ROLE_CLERK, life.procedure->code));
      g_ptr_array_add (clerks, fixture_clerk ("ben", GUICHET_ROLE_OFFICER, life.procedure->code));
      g_ptr_array_add (clerks,
                       fixture_clerk ("cleo", GUICHET_ROLE_SUPERVISOR, life.procedure->code));
      g_ptr_array_add (clerks, fixture_clerk ("dan", GUICHET_ROLE_RECEPTION, life.procedure->code));
      live (&life);
    }
}

static void
test_lives (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();

  check_lives (catalogue, 100);
}

static void
test_lives_real (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_real_catalogue ();

  check_lives (catalogue, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Every stage, move and role; and lives of requests at random.");

  g_test_add_func ("/workflow/fixture", test_fixture);
  g_test_add_func ("/workflow/real", test_real);
  g_test_add_func ("/workflow/lives", test_lives);
  g_test_add_func ("/workflow/lives-real", test_lives_real);

  return g_test_run ();
}
