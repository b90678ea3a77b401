/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request to decide about, and who decides.
 */
#include "config.h"

#include "decide-fixture.h"

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

void
stand (Fixture *self, const char *stage, const char *owner, gboolean document)
{
  const GuichetProcedure *procedure = guichet_catalogue_find (self->catalogue, "POP-TST");

  g_clear_pointer (&self->request, guichet_request_unref);
  self->request =
      fixture_request (procedure, guichet_procedure_find_stage (procedure, stage), owner, document);
}

/* As the journal gives it back: written, and read strictly. */
static GuichetEvent *
reread (const GuichetEvent *event)
{
  const GuichetJsonLimits wide = { .max_bytes = 1 << 20, .max_depth = 16 };
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  GuichetEvent *again;

  guichet_event_write (event, writer, NULL);
  text = guichet_json_writer_end (writer);
  root = guichet_json_parse (text, &wide, &error);
  g_assert_no_error (error);
  reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  again = guichet_event_read (reader);
  guichet_json_reader_finish (reader, &error);
  g_assert_no_error (error);
  return again;
}

static char *
state_text (const GuichetRequest *request)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_request_write (request, writer, NULL);
  return guichet_json_writer_end_text (writer);
}

/* What is decided comes to the same as what the journal will say of it. */
static GuichetRequest *
apply (const GuichetRequest *request, const GuichetEvent *event)
{
  g_autoptr (GuichetEvent) again = reread (event);
  g_autoptr (GuichetRequest) later = guichet_request_apply (request, again);
  GuichetRequest *now = guichet_request_apply (request, event);
  g_autofree char *wanted = state_text (later);
  g_autofree char *found = state_text (now);

  g_assert_cmpstr (found, ==, wanted);
  return now;
}

guint
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
      GuichetRequest *next = apply (self->request, self->decision.events->pdata[i]);

      g_clear_pointer (&self->request, guichet_request_unref);
      self->request = next;
    }
  return self->decision.events->len;
}

guint
decide (Fixture *self, GuichetCommand *command, const GuichetClerk *actor)
{
  return decide_for (self, command, actor, NULL);
}

const GuichetEvent *
event_at (Fixture *self, guint index)
{
  return self->decision.events->pdata[index];
}

void
assert_refused (Fixture *self, GuichetRefusal refusal)
{
  g_assert_error (self->error, GUICHET_REFUSAL, (int) refusal);
}

void
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

GuichetCommand *
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
  command->challenge = g_strdup ("00");
  command->check = guichet_identity_check_new ();
  command->check->finding = GUICHET_FINDING_VERIFIED;
  command->check->method = GUICHET_METHOD_CARD;
  return command;
}

void
fixture_add_tests (const FixtureTest *tests, guint n_tests)
{
  for (guint i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
}
