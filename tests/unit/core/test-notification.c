/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decide-fixture.h"

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
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_STAGE_MOVED);
}

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
  g_assert_cmpstr (event_at (self, 0)->actor, ==, GUICHET_ACTOR_DAEMON);
  g_assert_cmpstr (event_at (self, 0)->detail, ==, "550 no such user");
  g_assert_cmpint (event_at (self, 0)->next_attempt, ==, NOW + 1);
  g_assert_cmpuint (decide (self, sent, NULL), ==, 1);
  g_assert_cmpint (event_at (self, 0)->next_attempt, ==, 0);
  g_assert_cmpstr (event_at (self, 0)->address, ==, "marie@example.be");
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

static const GuichetNotification *
notification_at (Fixture *self, guint at)
{
  g_assert_cmpuint (at, <, self->request->notifications->len);
  return g_ptr_array_index (self->request->notifications, at);
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

/* One press too many, on whichever line of the history, sends no second letter. */
static void
test_resend_twice (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) again = guichet_command_new (GUICHET_COMMAND_RESEND_NOTIFICATION);
  g_autoptr (GuichetCommand) elsewhere = guichet_command_new (GUICHET_COMMAND_RESEND_NOTIFICATION);
  g_autoptr (GuichetCommand) sent = NULL;
  g_autoptr (GuichetCommand) delayed = NULL;
  g_autoptr (GuichetCommand) repeat_sent = NULL;
  const char *first;
  const char *second;

  move_and_tell (self);
  first = notification_at (self, 0)->id;
  sent = report (first, GUICHET_EVENT_NOTIFICATION_SENT);
  again->notification = g_strdup (first);
  elsewhere->notification = g_strdup (first);
  elsewhere->address = g_strdup ("new@example.be");
  g_assert_cmpuint (decide (self, sent, NULL), ==, 1);

  g_assert_cmpuint (decide (self, again, self->me), ==, 1);
  second = notification_at (self, 1)->id;
  g_assert_cmpstr (event_at (self, 0)->repeats, ==, notification_at (self, 0)->id);
  delayed = report (second, GUICHET_EVENT_NOTIFICATION_DELAYED);
  repeat_sent = report (second, GUICHET_EVENT_NOTIFICATION_SENT);
  g_assert_cmpuint (decide (self, again, self->me), ==, 0);
  g_assert_no_error (self->error);
  g_assert_cmpuint (decide (self, delayed, NULL), ==, 1);
  g_assert_cmpuint (decide (self, again, self->me), ==, 0);
  g_assert_no_error (self->error);

  /* Where nothing is on its way to. */
  g_assert_cmpuint (decide (self, elsewhere, self->me), ==, 1);

  /* A repeat that was sent may be repeated, and is the same letter still. */
  g_assert_cmpuint (decide (self, repeat_sent, NULL), ==, 1);
  g_free (again->notification);
  again->notification = g_strdup (notification_at (self, 1)->id);
  g_assert_cmpuint (decide (self, again, self->me), ==, 1);
  g_assert_cmpstr (event_at (self, 0)->repeats, ==, notification_at (self, 0)->id);
  g_free (again->notification);
  again->notification = g_strdup (notification_at (self, 0)->id);
  g_assert_cmpuint (decide (self, again, self->me), ==, 0);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->request->notifications->len, ==, 4);
}

/* Whatever a mail server says, the journal can be read again. */
static void
test_strange_answer (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) answer = g_string_new ("451 \x1b[31mlater\a\r\n\xff");
  g_autoptr (GuichetCommand) delayed = NULL;
  g_autoptr (GuichetCommand) sent = NULL;
  const GuichetNotification *notification;

  for (guint i = 0; i < GUICHET_DETAIL_MAX; i++)
    g_string_append (answer, "é");
  move_and_tell (self);
  notification = self->request->notifications->pdata[0];
  delayed = report (notification->id, GUICHET_EVENT_NOTIFICATION_DELAYED);
  g_free (delayed->detail);
  delayed->detail = g_strdup (answer->str);
  sent = report (notification->id, GUICHET_EVENT_NOTIFICATION_SENT);

  g_assert_cmpuint (decide (self, delayed, NULL), ==, 1);
  g_assert_true (g_str_has_prefix (event_at (self, 0)->detail, "451  [31mlater   "));
  g_assert_cmpint (g_utf8_strlen (event_at (self, 0)->detail, -1), ==, GUICHET_DETAIL_MAX);
  g_assert_cmpuint (decide (self, sent, NULL), ==, 1);
  g_assert_null (event_at (self, 0)->detail);
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

int
main (int argc, char **argv)
{
  static const FixtureTest tests[] = {
    { "/notification/no-address", test_no_address },
    { "/notification/fate", test_fate },
    { "/notification/resend", test_resend },
    { "/notification/resend-twice", test_resend_twice },
    { "/notification/strange-answer", test_strange_answer },
    { "/notification/procedure-gone", test_procedure_gone },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("A citizen is told, the mail fails, and they are told elsewhere.");

  fixture_add_tests (tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
