/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decide-fixture.h"

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
  { GUICHET_COMMAND_CHECK_IDENTITY, "EEE CCC", "EEE CCC", "EEE CCC" },
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
    case GUICHET_REFUSAL_IDENTITY_MISSING:
    case GUICHET_REFUSAL_CHALLENGE_OVER:
    case GUICHET_REFUSAL_CONFLICT:
    default:
      return '?';
    }
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
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_CLAIMED);
  g_assert_cmpstr (self->request->assignee, ==, "me");
  g_assert_cmpuint (decide (self, claim, self->me), ==, 0);
  g_assert_no_error (self->error);

  g_assert_cmpuint (decide (self, release, self->me), ==, 1);
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_RELEASED);
  g_assert_cmpstr (event_at (self, 0)->text, ==, "Absence");
  g_assert_null (self->request->assignee);

  g_assert_cmpuint (decide_for (self, assign, self->chief, self->me), ==, 1);
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_ASSIGNED);
  g_assert_cmpstr (event_at (self, 0)->actor, ==, "chief");
  g_assert_cmpstr (event_at (self, 0)->text, ==, "Renfort");
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
  g_assert_cmpstr (event_at (self, 0)->text, ==, "Texte");
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
  g_assert_cmpstr (event_at (self, 0)->text, ==, "À rappeler");
  g_assert_cmpstr (event_at (self, 0)->assignee, ==, "colleague");
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
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_DOCUMENT_ATTACHED);
  g_assert_true (guichet_command_key_is_valid (event_at (self, 0)->document));
  g_assert_cmpstr (event_at (self, 0)->document_type, ==, "application/pdf");
  g_assert_cmpint (event_at (self, 0)->document_size, ==, 9);
  g_assert_cmpstr (event_at (self, 0)->document_sha256,
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
test_purge (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) purge = guichet_command_new (GUICHET_COMMAND_PURGE);
  g_autoptr (GuichetCommand) note = complete_command (GUICHET_COMMAND_NOTE);

  stand (self, "closed", NULL, FALSE);
  decide (self, purge, NULL);
  assert_refused (self, GUICHET_REFUSAL_REASON_MISSING);
  purge->text = g_strdup ("Article 17");
  g_assert_cmpuint (decide (self, purge, NULL), ==, 1);
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_PURGED);
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
  static const FixtureTest tests[] = {
    { "/decide/rights", test_rights },   { "/decide/outsiders", test_outsiders },
    { "/decide/owner", test_owner },     { "/decide/assign-to-whom", test_assign_to_whom },
    { "/decide/block", test_block },     { "/decide/blocked-stage", test_blocked_stage },
    { "/decide/note", test_note },       { "/decide/document", test_document },
    { "/decide/results", test_results }, { "/decide/purge", test_purge },
    { "/decide/daemon", test_daemon },   { "/decide/words", test_words },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("What comes of a command, by whom and in what state.");

  fixture_add_tests (tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
