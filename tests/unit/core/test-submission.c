/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decide-fixture.h"

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
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_SUBMITTED);
  g_assert_cmpstr (event_at (self, 0)->stage, ==, "received");
  g_assert_cmpint (event_at (self, 0)->version, ==, 1);
  g_assert_cmpint (event_at (self, 0)->channel, ==, GUICHET_CHANNEL_COUNTER);
  g_assert_cmpstr (event_at (self, 0)->citizen->family_name, ==, "Dupont");
  g_assert_null (event_at (self, 0)->assignee);
  g_assert_cmpint (event_at (self, 1)->kind, ==, GUICHET_EVENT_NOTIFICATION_QUEUED);
  g_assert_cmpstr (event_at (self, 1)->notification_text, ==, "received");
  g_assert_cmpint (event_at (self, 1)->version, ==, 2);
  g_assert_null (event_at (self, 1)->text);
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
  assert_issues (self, "rejectedInput channel\nrejectedInput citizen.level");
  g_assert_cmpuint (decide (self, command, NULL), ==, 2);
  g_assert_cmpstr (event_at (self, 0)->actor, ==, GUICHET_ACTOR_DAEMON);
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

/* How somebody signed in is not a clerk's to say, nor that a card was seen by whom they did not see. */
static void
test_submit_level (Fixture *self, gconstpointer data)
{
  static const struct
  {
    GuichetLevel level;
    GuichetChannel channel;
    gboolean by_clerk;
    gboolean by_daemon;
  } cases[] = {
    { GUICHET_LEVEL_NONE, GUICHET_CHANNEL_POST, TRUE, TRUE },
    { GUICHET_LEVEL_PASSWORD, GUICHET_CHANNEL_EMAIL, TRUE, TRUE },
    { GUICHET_LEVEL_TOKEN, GUICHET_CHANNEL_COUNTER, FALSE, TRUE },
    { GUICHET_LEVEL_ITSME, GUICHET_CHANNEL_COUNTER, FALSE, TRUE },
    { GUICHET_LEVEL_EID, GUICHET_CHANNEL_COUNTER, FALSE, TRUE },
    { GUICHET_LEVEL_EID, GUICHET_CHANNEL_TELEPHONE, FALSE, TRUE },
    { GUICHET_LEVEL_COUNTER, GUICHET_CHANNEL_COUNTER, TRUE, TRUE },
    { GUICHET_LEVEL_COUNTER, GUICHET_CHANNEL_TELEPHONE, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint by_clerk = 0; by_clerk < 2; by_clerk++)
      {
        g_autoptr (GuichetCommand) command = submission ();

        g_free (command->procedure);
        command->procedure = g_strdup ("POP-SEC");
        json_object_unref (command->answers);
        command->answers = fixture_object ("{'familyName':'Dupont'}");
        command->citizen->level = cases[i].level;
        command->channel = cases[i].channel;
        decide (self, command, by_clerk ? self->me : NULL);
        if (by_clerk ? cases[i].by_clerk : cases[i].by_daemon)
          g_assert_no_error (self->error);
        else
          assert_issues (self, "rejectedInput citizen.level");
        g_clear_pointer (&self->request, guichet_request_unref);
      }
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
  first = g_strdup (event_at (self, 1)->notification);
  g_assert_cmpuint (first[14], ==, '8');
  g_clear_pointer (&self->request, guichet_request_unref);

  decide (self, one, self->me);
  g_assert_cmpstr (event_at (self, 1)->notification, ==, first);
  g_clear_pointer (&self->request, guichet_request_unref);

  /* Another clerk may have chosen the same key. */
  decide (self, one, self->chief);
  g_assert_cmpstr (event_at (self, 1)->notification, !=, first);
  g_clear_pointer (&self->request, guichet_request_unref);

  decide (self, two, self->me);
  g_assert_cmpstr (event_at (self, 1)->notification, !=, first);
}

int
main (int argc, char **argv)
{
  static const FixtureTest tests[] = {
    { "/submission/accepted", test_submit },
    { "/submission/without-address", test_submit_without_address },
    { "/submission/by-whom", test_submit_by_whom },
    { "/submission/level", test_submit_level },
    { "/submission/invalid", test_submit_invalid },
    { "/submission/ids", test_ids },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("A request is submitted, or every fault of it is named.");

  fixture_add_tests (tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
