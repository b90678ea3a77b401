/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-decide.h"

#define NOW (G_GINT64_CONSTANT (1795521600) * G_USEC_PER_SEC)
#define TODAY (guichet_day_new (2026, 11, 24))

typedef struct
{
  GuichetCatalogue *catalogue;
  GuichetClerk *me;        /* a clerk */
  GuichetClerk *chief;     /* a supervisor */
  GuichetRequest *request; /* (nullable) */
  GuichetDecision decision;
  GError *error;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->catalogue = fixture_catalogue ();
  self->me = fixture_clerk ("me", GUICHET_ROLE_CLERK, "POP-SEC");
  self->chief = fixture_clerk ("chief", GUICHET_ROLE_SUPERVISOR, "POP-SEC");
}

static void
forget (Fixture *self)
{
  guichet_decision_clear (&self->decision);
  g_clear_error (&self->error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  forget (self);
  guichet_catalogue_unref (self->catalogue);
  guichet_clerk_unref (self->me);
  guichet_clerk_unref (self->chief);
  g_clear_pointer (&self->request, guichet_request_unref);
}

static void
stand (Fixture *self, const char *stage, const char *owner, gboolean document)
{
  const GuichetProcedure *procedure = guichet_catalogue_find (self->catalogue, "POP-TST");

  g_clear_pointer (&self->request, guichet_request_unref);
  self->request =
      fixture_request (procedure, guichet_procedure_find_stage (procedure, stage), owner, document);
}

/* How many events came of it; what they do to the request is taken over. */
static guint
decide_for (Fixture *self,
            GuichetCommand *command,
            const GuichetClerk *actor,
            const GuichetClerk *target)
{
  forget (self);
  if (!guichet_decide (self->catalogue,
                       self->request,
                       command,
                       actor,
                       target,
                       NOW,
                       TODAY,
                       &self->decision,
                       &self->error))
    {
      g_assert_cmpuint (self->decision.events->len, ==, 0);
      return 0;
    }

  for (guint i = 0; i < self->decision.events->len; i++)
    {
      GuichetRequest *next = guichet_request_apply (self->request, self->decision.events->pdata[i]);

      g_clear_pointer (&self->request, guichet_request_unref);
      self->request = next;
    }
  return self->decision.events->len;
}

static guint
decide (Fixture *self, GuichetCommand *command, const GuichetClerk *actor)
{
  return decide_for (self, command, actor, NULL);
}

static const GuichetEvent *
event (Fixture *self, guint index)
{
  return self->decision.events->pdata[index];
}

static void
assert_refused (Fixture *self, GuichetRefusal refusal)
{
  g_assert_error (self->error, GUICHET_REFUSAL, (int) refusal);
}

/* `type name` of every issue, one a line. */
static void
assert_issues (Fixture *self, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  assert_refused (self, GUICHET_REFUSAL_INVALID);
  for (guint i = 0; i < self->decision.issues->len; i++)
    {
      const GuichetIssue *issue = self->decision.issues->pdata[i];

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", issue->type, issue->name);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* The one table of who may what, written out: a letter an outcome (see outcome_of()),
   for a request that nobody, oneself or a colleague has in charge, open and then closed. */
static const struct
{
  GuichetCommandKind kind;
  const char *clerk;
  const char *officer;
  const char *supervisor;
} rights[] = {
  { GUICHET_COMMAND_CLAIM, "E-A CCC", "E-A CCC", "E-A CCC" },
  { GUICHET_COMMAND_RELEASE, "TEY CCC", "TEY CCC", "TEE CCC" },
  { GUICHET_COMMAND_ASSIGN, "NNN NNN", "NNN NNN", "EEE CCC" },
  { GUICHET_COMMAND_BLOCK, "EEY CCC", "EEY CCC", "EEE CCC" },
  { GUICHET_COMMAND_UNBLOCK, "BBY CCC", "BBY CCC", "BBB CCC" },
  { GUICHET_COMMAND_NOTE, "EEE EEE", "EEE EEE", "EEE EEE" },
  { GUICHET_COMMAND_ATTACH_DOCUMENT, "EEY CCC", "EEY CCC", "EEE CCC" },
  { GUICHET_COMMAND_RESEND_NOTIFICATION, "MMM MMM", "MMM MMM", "MMM MMM" },
  { GUICHET_COMMAND_REPORT_NOTIFICATION, "NNN NNN", "NNN NNN", "NNN NNN" },
  { GUICHET_COMMAND_PURGE, "NNN NNN", "NNN NNN", "NNN NNN" },
};

static char
outcome_of (const Fixture *self, guint events)
{
  if (self->error == NULL)
    return events > 0 ? 'E' : '-';

  switch ((GuichetRefusal) self->error->code)
    {
    case GUICHET_REFUSAL_NOT_ALLOWED:
      return 'N';
    case GUICHET_REFUSAL_CLOSED:
      return 'C';
    case GUICHET_REFUSAL_ALREADY_TAKEN:
      return 'A';
    case GUICHET_REFUSAL_NOT_YOURS:
      return 'Y';
    case GUICHET_REFUSAL_NOT_TAKEN:
      return 'T';
    case GUICHET_REFUSAL_NOT_BLOCKED:
      return 'B';
    case GUICHET_REFUSAL_NO_SUCH_NOTIFICATION:
      return 'M';
    case GUICHET_REFUSAL_NO_SUCH_PROCEDURE:
    case GUICHET_REFUSAL_INVALID:
    case GUICHET_REFUSAL_NO_SUCH_MOVE:
    case GUICHET_REFUSAL_REASON_MISSING:
    case GUICHET_REFUSAL_DOCUMENT_MISSING:
    case GUICHET_REFUSAL_NOT_A_PDF:
    case GUICHET_REFUSAL_NO_SUCH_CLERK:
    case GUICHET_REFUSAL_ALREADY_BLOCKED:
    case GUICHET_REFUSAL_NO_ADDRESS:
    case GUICHET_REFUSAL_CONFLICT:
    default:
      return '?';
    }
}

static GuichetCommand *
complete_command (GuichetCommandKind kind)
{
  GuichetCommand *command = guichet_command_new (kind);

  command->to = g_strdup ("target");
  command->text = g_strdup ("Texte");
  command->blocker = GUICHET_BLOCKER_POLICE;
  command->document_name = g_strdup ("a.pdf");
  command->document = g_bytes_new_static ("%PDF-1.7\n", 9);
  command->notification = g_strdup ("none");
  command->fate = GUICHET_EVENT_NOTIFICATION_SENT;
  return command;
}

static char *
outcomes (Fixture *self, GuichetCommandKind kind, GuichetRole role, const char *procedure)
{
  static const char *const owners[] = { NULL, "me", "colleague" };
  static const char *const stages[] = { "working", "closed" };
  g_autoptr (GuichetClerk) actor = fixture_clerk ("me", role, procedure);
  g_autoptr (GuichetClerk) target = fixture_clerk ("target", GUICHET_ROLE_CLERK, procedure);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      for (guint j = 0; j < G_N_ELEMENTS (owners); j++)
        {
          g_autoptr (GuichetCommand) command = complete_command (kind);

          stand (self, stages[i], owners[j], FALSE);
          g_string_append_c (text, outcome_of (self, decide_for (self, command, actor, target)));
        }
    }
  return g_string_free (text, FALSE);
}

static void
test_rights (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    for (int role = GUICHET_ROLE_NONE; role <= GUICHET_ROLE_ADMINISTRATOR; role++)
      {
        g_autofree char *got = outcomes (self, rights[i].kind, role, "POP-TST");
        const char *expected = role == GUICHET_ROLE_CLERK        ? rights[i].clerk
                               : role == GUICHET_ROLE_OFFICER    ? rights[i].officer
                               : role == GUICHET_ROLE_SUPERVISOR ? rights[i].supervisor
                                                                 : "NNN NNN";

        if (!g_str_equal (got, expected))
          g_error ("%s by %s: wanted %s, got %s",
                   guichet_enum_word (GUICHET_TYPE_COMMAND_KIND, (int) rights[i].kind),
                   guichet_enum_word (GUICHET_TYPE_ROLE, role),
                   expected,
                   got);
      }
}

/* Of another department, no longer active, or not named for a restricted procedure. */
static void
test_outsiders (Fixture *self, gconstpointer data)
{
  const GuichetProcedure *secret = guichet_catalogue_find (self->catalogue, "POP-SEC");
  g_autoptr (GuichetClerk) elsewhere = guichet_clerk_new ();
  g_autoptr (GuichetClerk) gone = fixture_clerk ("gone", GUICHET_ROLE_SUPERVISOR, "POP-SEC");
  g_autoptr (GuichetClerk) unnamed = fixture_clerk ("un", GUICHET_ROLE_SUPERVISOR, "X");
  GuichetPost post = { GUICHET_DEPARTMENT_PLANNING, GUICHET_ROLE_SUPERVISOR };

  elsewhere->login = g_strdup ("elsewhere");
  g_array_append_val (elsewhere->posts, post);
  gone->active = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autoptr (GuichetCommand) command = complete_command (rights[i].kind);

      stand (self, "working", NULL, FALSE);
      decide (self, command, elsewhere);
      assert_refused (self, GUICHET_REFUSAL_NOT_ALLOWED);
      decide (self, command, gone);
      assert_refused (self, GUICHET_REFUSAL_NOT_ALLOWED);

      guichet_request_unref (self->request);
      self->request = fixture_request (secret, guichet_procedure_first_stage (secret), NULL, FALSE);
      decide (self, command, unnamed);
      assert_refused (self, GUICHET_REFUSAL_NOT_ALLOWED);
    }
}

static void
test_owner (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) claim = guichet_command_new (GUICHET_COMMAND_CLAIM);
  g_autoptr (GuichetCommand) release = guichet_command_new (GUICHET_COMMAND_RELEASE);
  g_autoptr (GuichetCommand) assign = guichet_command_new (GUICHET_COMMAND_ASSIGN);

  release->text = g_strdup ("Absence");
  assign->to = g_strdup ("me");
  assign->text = g_strdup ("Renfort");
  stand (self, "working", NULL, FALSE);

  g_assert_cmpuint (decide (self, claim, self->me), ==, 1);
  g_assert_cmpint (event (self, 0)->kind, ==, GUICHET_EVENT_CLAIMED);
  g_assert_cmpstr (self->request->assignee, ==, "me");
  g_assert_cmpuint (decide (self, claim, self->me), ==, 0);
  g_assert_no_error (self->error);

  g_assert_cmpuint (decide (self, release, self->me), ==, 1);
  g_assert_cmpint (event (self, 0)->kind, ==, GUICHET_EVENT_RELEASED);
  g_assert_cmpstr (event (self, 0)->text, ==, "Absence");
  g_assert_null (self->request->assignee);

  g_assert_cmpuint (decide_for (self, assign, self->chief, self->me), ==, 1);
  g_assert_cmpint (event (self, 0)->kind, ==, GUICHET_EVENT_ASSIGNED);
  g_assert_cmpstr (event (self, 0)->actor, ==, "chief");
  g_assert_cmpstr (event (self, 0)->text, ==, "Renfort");
  g_assert_cmpstr (self->request->assignee, ==, "me");
  g_assert_cmpuint (decide_for (self, assign, self->chief, self->me), ==, 0);
  g_assert_no_error (self->error);
}

static void
test_assign_to_whom (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) assign = guichet_command_new (GUICHET_COMMAND_ASSIGN);
  g_autoptr (GuichetClerk) gone = fixture_clerk ("me", GUICHET_ROLE_CLERK, "POP-TST");
  g_autoptr (GuichetClerk) desk = fixture_clerk ("me", GUICHET_ROLE_RECEPTION, "POP-TST");
  g_autoptr (GuichetClerk) other = fixture_clerk ("other", GUICHET_ROLE_CLERK, "POP-TST");
  const GuichetClerk *const targets[] = { NULL, gone, desk, other };

  gone->active = FALSE;
  assign->to = g_strdup ("me");
  stand (self, "working", NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      decide_for (self, assign, self->chief, targets[i]);
      assert_refused (self, GUICHET_REFUSAL_NO_SUCH_CLERK);
    }
}

static void
test_block (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) police = complete_command (GUICHET_COMMAND_BLOCK);
  g_autoptr (GuichetCommand) region = complete_command (GUICHET_COMMAND_BLOCK);
  g_autoptr (GuichetCommand) wrong = guichet_command_new (GUICHET_COMMAND_BLOCK);
  g_autoptr (GuichetCommand) unblock = guichet_command_new (GUICHET_COMMAND_UNBLOCK);

  wrong->until = TODAY - 1;
  region->blocker = GUICHET_BLOCKER_REGION;
  stand (self, "working", NULL, FALSE);

  decide (self, wrong, self->me);
  assert_issues (self, "requiredInput blocker\noutOfRange until");

  g_assert_cmpuint (decide (self, police, self->me), ==, 1);
  g_assert_cmpstr (event (self, 0)->text, ==, "Texte");
  g_assert_cmpint (self->request->blocker, ==, GUICHET_BLOCKER_POLICE);
  g_assert_cmpuint (decide (self, police, self->me), ==, 0);
  g_assert_no_error (self->error);

  police->until = TODAY;
  g_assert_cmpuint (decide (self, police, self->me), ==, 1);
  g_assert_cmpint (self->request->blocked_until, ==, TODAY);

  decide (self, region, self->me);
  assert_refused (self, GUICHET_REFUSAL_ALREADY_BLOCKED);

  g_assert_cmpuint (decide (self, unblock, self->me), ==, 1);
  g_assert_cmpint (self->request->blocker, ==, GUICHET_BLOCKER_NONE);
  g_assert_cmpint (self->request->phase, ==, GUICHET_PHASE_PROCESSING);
}

/* A stage may begin blocked; another stage ends it. */
static void
test_blocked_stage (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) to_register = guichet_command_new (GUICHET_COMMAND_MOVE);
  g_autoptr (GuichetCommand) back = guichet_command_new (GUICHET_COMMAND_MOVE);
  g_autoptr (GuichetCommand) unblock = guichet_command_new (GUICHET_COMMAND_UNBLOCK);

  to_register->to = g_strdup ("atRegister");
  back->to = g_strdup ("working");
  stand (self, "working", NULL, FALSE);

  g_assert_cmpuint (decide (self, to_register, self->me), ==, 1);
  g_assert_cmpint (self->request->blocker, ==, GUICHET_BLOCKER_FEDERAL_REGISTER);
  g_assert_cmpuint (decide (self, back, self->me), ==, 1);
  g_assert_cmpint (self->request->blocker, ==, GUICHET_BLOCKER_NONE);
  g_assert_cmpuint (decide (self, to_register, self->me), ==, 1);
  g_assert_cmpuint (decide (self, unblock, self->me), ==, 1);
  g_assert_cmpint (self->request->blocker, ==, GUICHET_BLOCKER_NONE);
}

static void
test_note (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) note = guichet_command_new (GUICHET_COMMAND_NOTE);

  stand (self, "closed", "colleague", FALSE);
  decide (self, note, self->me);
  assert_issues (self, "requiredInput text");
  note->text = g_strdup (" \n ");
  decide (self, note, self->me);
  assert_issues (self, "requiredInput text");
  g_free (note->text);
  note->text = g_strdup ("À rappeler");
  g_assert_cmpuint (decide (self, note, self->me), ==, 1);
  g_assert_cmpstr (event (self, 0)->text, ==, "À rappeler");
  g_assert_cmpstr (event (self, 0)->assignee, ==, "colleague");
  /* A second one is a second one. */
  g_assert_cmpuint (decide (self, note, self->me), ==, 1);
}

static void
test_document (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "../a.pdf", "a/b.pdf", "a\\b.pdf", ".pdf", "a\nb.pdf" };
  g_autoptr (GuichetCommand) attach = complete_command (GUICHET_COMMAND_ATTACH_DOCUMENT);
  g_autoptr (GuichetCommand) empty = guichet_command_new (GUICHET_COMMAND_ATTACH_DOCUMENT);
  g_autofree char *zeros = g_strnfill (GUICHET_DOCUMENT_MAX + 1, '0');

  stand (self, "working", NULL, FALSE);
  g_assert_cmpuint (decide (self, attach, self->me), ==, 1);
  g_assert_cmpint (event (self, 0)->kind, ==, GUICHET_EVENT_DOCUMENT_ATTACHED);
  g_assert_true (guichet_command_key_is_valid (event (self, 0)->document));
  g_assert_cmpstr (event (self, 0)->document_type, ==, "application/pdf");
  g_assert_cmpint (event (self, 0)->document_size, ==, 9);
  g_assert_cmpstr (event (self, 0)->document_sha256,
                   ==,
                   "0716f9264c9fe19f5d7455276107f3ddcc1d3497f63d60689a73558ae8a1bf5e");
  /* The same once more is there already; under another name it is another. */
  g_assert_cmpuint (decide (self, attach, self->me), ==, 0);
  g_assert_no_error (self->error);
  g_free (attach->document_name);
  attach->document_name = g_strdup ("b.pdf");
  g_assert_cmpuint (decide (self, attach, self->me), ==, 1);

  decide (self, empty, self->me);
  assert_issues (self, "requiredInput documentName\nrequiredInput document");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_free (attach->document_name);
      attach->document_name = g_strdup (names[i]);
      decide (self, attach, self->me);
      assert_issues (self, "invalidInput documentName");
    }
  g_free (attach->document_name);
  attach->document_name = g_strdup ("a.pdf");
  g_bytes_unref (attach->document);
  attach->document = g_bytes_new_static ("<html></html>", 13);
  decide (self, attach, self->me);
  assert_refused (self, GUICHET_REFUSAL_NOT_A_PDF);
  g_bytes_unref (attach->document);
  attach->document = g_bytes_new (zeros, GUICHET_DOCUMENT_MAX + 1);
  decide (self, attach, self->me);
  assert_issues (self, "outOfRange document");
}

/* From arrival to the end, reopened, and ended again. */
static void
test_results (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *to;
    GuichetResult result;
  } steps[] = {
    { "ready", GUICHET_RESULT_ISSUED },    { "pickup", GUICHET_RESULT_ISSUED },
    { "closed", GUICHET_RESULT_ISSUED },   { "working", GUICHET_RESULT_NONE },
    { "refused", GUICHET_RESULT_REFUSED }, { "closed", GUICHET_RESULT_REFUSED },
    { "working", GUICHET_RESULT_NONE },    { "documents", GUICHET_RESULT_NONE },
  };

  stand (self, "working", NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GuichetCommand) move = guichet_command_new (GUICHET_COMMAND_MOVE);

      move->to = g_strdup (steps[i].to);
      move->text = g_strdup ("Motif");
      g_assert_cmpuint (decide (self, move, self->chief), >, 0);
      g_assert_cmpint (self->request->result, ==, steps[i].result);
    }
}

static void
test_no_address (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) move = guichet_command_new (GUICHET_COMMAND_MOVE);

  move->to = g_strdup ("documents");
  move->text = g_strdup ("Il manque la carte");
  move->notify = TRUE;
  stand (self, "working", NULL, FALSE);
  g_clear_pointer (&self->request->citizen->email, g_free);
  g_assert_cmpuint (decide (self, move, self->me), ==, 1);
  g_assert_cmpint (event (self, 0)->kind, ==, GUICHET_EVENT_STAGE_MOVED);
}

/* Notifications: told, failed, told again elsewhere. */

static GuichetCommand *
report (const char *notification, GuichetEventKind fate)
{
  GuichetCommand *command = guichet_command_new (GUICHET_COMMAND_REPORT_NOTIFICATION);

  command->notification = g_strdup (notification);
  command->fate = fate;
  command->detail = g_strdup ("550 no such user");
  command->next_attempt = NOW + 1;
  return command;
}

static void
move_and_tell (Fixture *self)
{
  g_autoptr (GuichetCommand) move = guichet_command_new (GUICHET_COMMAND_MOVE);

  move->to = g_strdup ("documents");
  move->text = g_strdup ("Il manque la carte");
  move->sentence = g_strdup ("Merci");
  stand (self, "working", NULL, FALSE);
  g_assert_cmpuint (decide (self, move, self->me), ==, 2);
}

static void
test_fate (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) delayed = NULL;
  g_autoptr (GuichetCommand) sent = NULL;
  g_autoptr (GuichetCommand) failed = NULL;
  g_autoptr (GuichetCommand) unknown = report ("none", GUICHET_EVENT_NOTIFICATION_SENT);
  const GuichetNotification *notification;

  move_and_tell (self);
  notification = self->request->notifications->pdata[0];
  delayed = report (notification->id, GUICHET_EVENT_NOTIFICATION_DELAYED);
  sent = report (notification->id, GUICHET_EVENT_NOTIFICATION_SENT);
  failed = report (notification->id, GUICHET_EVENT_NOTIFICATION_FAILED);

  g_assert_cmpuint (decide (self, delayed, NULL), ==, 1);
  g_assert_cmpstr (event (self, 0)->actor, ==, GUICHET_ACTOR_DAEMON);
  g_assert_cmpstr (event (self, 0)->detail, ==, "550 no such user");
  g_assert_cmpint (event (self, 0)->next_attempt, ==, NOW + 1);
  g_assert_cmpuint (decide (self, sent, NULL), ==, 1);
  g_assert_cmpint (event (self, 0)->next_attempt, ==, 0);
  g_assert_cmpstr (event (self, 0)->address, ==, "marie@example.be");
  /* The last word stands. */
  g_assert_cmpuint (decide (self, sent, NULL), ==, 0);
  g_assert_no_error (self->error);
  g_assert_cmpuint (decide (self, failed, NULL), ==, 0);
  g_assert_no_error (self->error);
  notification = self->request->notifications->pdata[0];
  g_assert_cmpint (notification->delivery, ==, GUICHET_DELIVERY_SENT);

  decide (self, unknown, NULL);
  assert_refused (self, GUICHET_REFUSAL_NO_SUCH_NOTIFICATION);
}

static void
test_resend (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) again = guichet_command_new (GUICHET_COMMAND_RESEND_NOTIFICATION);
  g_autoptr (GuichetCommand) back = guichet_command_new (GUICHET_COMMAND_MOVE);
  g_autoptr (GuichetCommand) failed = NULL;
  const GuichetNotification *first;
  const GuichetNotification *second;

  move_and_tell (self);
  first = self->request->notifications->pdata[0];
  again->notification = g_strdup (first->id);

  /* While it is under way, sending it again changes nothing, and elsewhere is too early. */
  g_assert_cmpuint (decide (self, again, self->me), ==, 0);
  g_assert_no_error (self->error);
  again->address = g_strdup ("new@example.be");
  decide (self, again, self->me);
  assert_issues (self, "rejectedInput notification");

  failed = report (first->id, GUICHET_EVENT_NOTIFICATION_FAILED);
  g_assert_cmpuint (decide (self, failed, NULL), ==, 1);
  back->to = g_strdup ("working");
  g_assert_cmpuint (decide (self, back, self->me), ==, 1);

  g_assert_cmpuint (decide (self, again, self->me), ==, 1);
  g_assert_cmpuint (self->request->notifications->len, ==, 2);
  first = self->request->notifications->pdata[0];
  second = self->request->notifications->pdata[1];
  g_assert_cmpstr (second->id, !=, first->id);
  g_assert_cmpstr (second->address, ==, "new@example.be");
  g_assert_cmpstr (second->text, ==, first->text);
  g_assert_cmpstr (second->stage, ==, "documents");
  g_assert_cmpstr (second->reason, ==, "Il manque la carte");
  g_assert_cmpstr (second->sentence, ==, "Merci");
  g_assert_cmpint (second->delivery, ==, GUICHET_DELIVERY_QUEUED);
  g_assert_cmpstr (self->request->stage, ==, "working");

  g_free (again->address);
  again->address = g_strdup ("nobody");
  decide (self, again, self->me);
  assert_issues (self, "invalidInput address");
}

static void
test_purge (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) purge = guichet_command_new (GUICHET_COMMAND_PURGE);
  g_autoptr (GuichetCommand) note = complete_command (GUICHET_COMMAND_NOTE);

  stand (self, "closed", NULL, FALSE);
  decide (self, purge, NULL);
  assert_refused (self, GUICHET_REFUSAL_REASON_MISSING);
  purge->text = g_strdup ("Article 17");
  g_assert_cmpuint (decide (self, purge, NULL), ==, 1);
  g_assert_cmpint (event (self, 0)->kind, ==, GUICHET_EVENT_PURGED);
  g_assert_cmpuint (decide (self, purge, NULL), ==, 0);
  g_assert_no_error (self->error);

  decide (self, note, self->me);
  assert_refused (self, GUICHET_REFUSAL_CLOSED);
  g_autoptr (GPtrArray) moves = guichet_decide_moves (self->catalogue, self->request, self->chief);
  g_assert_cmpuint (moves->len, ==, 0);
}

/* The daemon gives no other commands. */
static void
test_daemon (Fixture *self, gconstpointer data)
{
  for (int kind = GUICHET_COMMAND_CLAIM; kind <= GUICHET_COMMAND_RESEND_NOTIFICATION; kind++)
    {
      g_autoptr (GuichetCommand) command = complete_command (kind);

      stand (self, "working", NULL, FALSE);
      decide (self, command, NULL);
      assert_refused (self, GUICHET_REFUSAL_NOT_ALLOWED);
    }
}

/* Submission */

static GuichetCommand *
submission (void)
{
  GuichetCommand *command = guichet_command_new (GUICHET_COMMAND_SUBMIT);

  command->reference = g_strdup ("26-K7M4-2QXF");
  command->procedure = g_strdup ("POP-TST");
  command->channel = GUICHET_CHANNEL_COUNTER;
  command->citizen = fixture_citizen ();
  command->answers =
      fixture_object ("{'forWhom':'myself','copies':1,'honour':true,'familyName':'Dupont'}");
  return command;
}

static void
test_submit (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) command = submission ();

  g_assert_cmpuint (decide (self, command, self->me), ==, 2);
  g_assert_cmpint (event (self, 0)->kind, ==, GUICHET_EVENT_SUBMITTED);
  g_assert_cmpstr (event (self, 0)->stage, ==, "received");
  g_assert_cmpint (event (self, 0)->version, ==, 1);
  g_assert_cmpint (event (self, 0)->channel, ==, GUICHET_CHANNEL_COUNTER);
  g_assert_cmpstr (event (self, 0)->citizen->family_name, ==, "Dupont");
  g_assert_null (event (self, 0)->assignee);
  g_assert_cmpint (event (self, 1)->kind, ==, GUICHET_EVENT_NOTIFICATION_QUEUED);
  g_assert_cmpstr (event (self, 1)->notification_text, ==, "received");
  g_assert_cmpint (event (self, 1)->version, ==, 2);
  g_assert_null (event (self, 1)->text);
  g_assert_cmpint (self->request->received, ==, NOW);
}

static void
test_submit_without_address (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) command = submission ();

  g_clear_pointer (&command->citizen->email, g_free);
  g_assert_cmpuint (decide (self, command, self->me), ==, 1);
}

/* By the web only a citizen submits, and that is the daemon's doing. */
static void
test_submit_by_whom (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) command = submission ();
  g_autoptr (GuichetClerk) desk = fixture_clerk ("desk", GUICHET_ROLE_RECEPTION, "X");
  g_autoptr (GuichetClerk) admin = fixture_clerk ("admin", GUICHET_ROLE_ADMINISTRATOR, "X");

  decide (self, command, admin);
  assert_refused (self, GUICHET_REFUSAL_NOT_ALLOWED);
  g_assert_cmpuint (decide (self, command, desk), ==, 2);
  g_clear_pointer (&self->request, guichet_request_unref);

  command->channel = GUICHET_CHANNEL_WEB;
  decide (self, command, desk);
  assert_issues (self, "rejectedInput channel");
  g_assert_cmpuint (decide (self, command, NULL), ==, 2);
  g_assert_cmpstr (event (self, 0)->actor, ==, GUICHET_ACTOR_DAEMON);
  g_clear_pointer (&self->request, guichet_request_unref);

  g_free (command->procedure);
  command->procedure = g_strdup ("POP-SEC");
  decide (self, command, desk);
  assert_refused (self, GUICHET_REFUSAL_NOT_ALLOWED);
  g_free (command->procedure);
  command->procedure = g_strdup ("POP-NONE");
  decide (self, command, desk);
  assert_refused (self, GUICHET_REFUSAL_NO_SUCH_PROCEDURE);
}

static void
test_submit_invalid (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) nothing = guichet_command_new (GUICHET_COMMAND_SUBMIT);
  g_autoptr (GuichetCommand) wrong = submission ();

  nothing->reference = g_strdup ("26-K7M4-2QXF");
  nothing->procedure = g_strdup ("POP-TST");
  decide (self, nothing, self->me);
  assert_issues (self, "requiredInput citizen\nrequiredInput channel\nrequiredInput answers");

  g_free (wrong->citizen->email);
  wrong->citizen->email = g_strdup ("marie");
  g_free (wrong->citizen->family_name);
  wrong->citizen->family_name = g_strdup (" ");
  wrong->citizen->level = GUICHET_LEVEL_PASSWORD;
  json_object_unref (wrong->answers);
  wrong->answers = fixture_object ("{'forWhom':'myself','copies':0,'extra':1}");
  decide (self, wrong, self->me);
  assert_issues (self,
                 "requiredInput citizen.familyName\ninvalidInput citizen.email\n"
                 "rejectedInput citizen.level\nrequiredInput answers.familyName\n"
                 "outOfRange answers.copies\nrequiredInput answers.honour\n"
                 "unknownInput answers.extra");
}

/* A command that is sent twice must come to the same identifiers; two must not. */
static void
test_ids (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) one = submission ();
  g_autoptr (GuichetCommand) two = submission ();
  g_autofree char *first = NULL;

  decide (self, one, self->me);
  first = g_strdup (event (self, 1)->notification);
  g_assert_cmpuint (first[14], ==, '8');
  g_clear_pointer (&self->request, guichet_request_unref);

  decide (self, one, self->me);
  g_assert_cmpstr (event (self, 1)->notification, ==, first);
  g_clear_pointer (&self->request, guichet_request_unref);

  /* Another clerk may have chosen the same key. */
  decide (self, one, self->chief);
  g_assert_cmpstr (event (self, 1)->notification, !=, first);
  g_clear_pointer (&self->request, guichet_request_unref);

  decide (self, two, self->me);
  g_assert_cmpstr (event (self, 1)->notification, !=, first);
}

/* A procedure that is no more: nobody works on it, its mail still comes to an end. */
static void
test_procedure_gone (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GuichetCommand) claim = guichet_command_new (GUICHET_COMMAND_CLAIM);
  g_autoptr (GuichetCommand) sent = NULL;
  const GuichetNotification *notification;

  move_and_tell (self);
  g_hash_table_remove (files, "procedures/POP-TST.json");
  guichet_catalogue_unref (self->catalogue);
  self->catalogue = guichet_catalogue_new (files, NULL);

  decide (self, claim, self->me);
  assert_refused (self, GUICHET_REFUSAL_NO_SUCH_PROCEDURE);
  notification = self->request->notifications->pdata[0];
  sent = report (notification->id, GUICHET_EVENT_NOTIFICATION_SENT);
  g_assert_cmpuint (decide (self, sent, NULL), ==, 1);
  g_autoptr (GPtrArray) moves = guichet_decide_moves (self->catalogue, self->request, self->chief);
  g_assert_cmpuint (moves->len, ==, 0);
}

static void
test_words (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (guichet_enum_word (GUICHET_TYPE_REFUSAL, GUICHET_REFUSAL_NOT_ALLOWED),
                   ==,
                   "notAllowed");
  g_assert_cmpstr (guichet_enum_word (GUICHET_TYPE_REFUSAL, GUICHET_REFUSAL_NOT_A_PDF),
                   ==,
                   "notAPdf");
  g_assert_cmpstr (guichet_enum_word (GUICHET_TYPE_REFUSAL, GUICHET_REFUSAL_CONFLICT),
                   ==,
                   "conflict");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/decide/rights", test_rights },
    { "/decide/outsiders", test_outsiders },
    { "/decide/owner", test_owner },
    { "/decide/assign-to-whom", test_assign_to_whom },
    { "/decide/block", test_block },
    { "/decide/blocked-stage", test_blocked_stage },
    { "/decide/note", test_note },
    { "/decide/document", test_document },
    { "/decide/results", test_results },
    { "/decide/no-address", test_no_address },
    { "/decide/fate", test_fate },
    { "/decide/resend", test_resend },
    { "/decide/purge", test_purge },
    { "/decide/daemon", test_daemon },
    { "/decide/submit", test_submit },
    { "/decide/submit-without-address", test_submit_without_address },
    { "/decide/submit-by-whom", test_submit_by_whom },
    { "/decide/submit-invalid", test_submit_invalid },
    { "/decide/ids", test_ids },
    { "/decide/procedure-gone", test_procedure_gone },
    { "/decide/words", test_words },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("What comes of a command, by whom and in what state.");

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
