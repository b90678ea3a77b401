/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decide-fixture.h"
#include "guichet-json-writer.h"

/* A birth record is handed over to a person whose card was read; a certificate of life to one
 * whose card was there. */
static void
stand_ready (Fixture *self, const char *code)
{
  const GuichetProcedure *procedure;

  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  self->catalogue = fixture_real_catalogue ();
  procedure = guichet_catalogue_find (self->catalogue, code);
  g_clear_pointer (&self->request, guichet_request_unref);
  self->request = fixture_request (procedure,
                                   guichet_procedure_find_stage (procedure, "readyToDeliver"),
                                   "chief",
                                   TRUE);
}

static GuichetCommand *
new_check (GuichetFinding finding, GuichetMethod method)
{
  GuichetCommand *command = guichet_command_new (GUICHET_COMMAND_CHECK_IDENTITY);

  command->challenge = g_strdup ("00");
  command->check = guichet_identity_check_new ();
  command->check->finding = finding;
  command->check->method = method;
  return command;
}

static GuichetLack
lack (Fixture *self, gint64 hours_later)
{
  return guichet_decide_lack (guichet_catalogue_find (self->catalogue, self->request->procedure),
                              self->request,
                              "delivered",
                              NOW + hours_later * G_TIME_SPAN_HOUR);
}

static void
check (Fixture *self, GuichetFinding finding, GuichetMethod method)
{
  g_autoptr (GuichetCommand) command = new_check (finding, method);

  g_assert_cmpuint (decide (self, command, self->chief), ==, 1);
  g_assert_no_error (self->error);
  g_assert_cmpint (event_at (self, 0)->kind, ==, GUICHET_EVENT_IDENTITY_CHECKED);
  g_assert_true (event_at (self, 0)->check == command->check);
  g_assert_cmpstr (event_at (self, 0)->stage, ==, "readyToDeliver");
}

static void
hand_over (Fixture *self, gboolean expected)
{
  g_autoptr (GuichetCommand) move = guichet_command_new (GUICHET_COMMAND_MOVE);

  move->to = g_strdup ("delivered");
  g_assert_cmpuint (decide (self, move, self->chief), ==, expected ? 1 : 0);
  if (expected)
    {
      g_assert_no_error (self->error);
      return;
    }
  assert_refused (self, GUICHET_REFUSAL_IDENTITY_MISSING);
  g_assert_cmpuint (self->decision.issues->len, ==, 1);
  g_assert_cmpstr (((GuichetIssue *) self->decision.issues->pdata[0])->name, ==, "to");
}

static void
test_any_method (Fixture *self, gconstpointer data)
{
  stand_ready (self, "EC-NAI");
  g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_CHECK);
  hand_over (self, FALSE);

  /* What found somebody else, or nothing, opens no door. */
  check (self, GUICHET_FINDING_OTHER_PERSON, GUICHET_METHOD_CARD_AND_PIN);
  check (self, GUICHET_FINDING_NOT_TRUSTED, GUICHET_METHOD_CARD_AND_PIN);
  check (self, GUICHET_FINDING_UNREADABLE, GUICHET_METHOD_CARD_AND_PIN);
  check (self, GUICHET_FINDING_UNPROVED, GUICHET_METHOD_CARD_AND_PIN);
  g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_CHECK);
  hand_over (self, FALSE);

  check (self, GUICHET_FINDING_VERIFIED_WITH_REMARK, GUICHET_METHOD_CARD);
  g_assert_cmpuint (self->request->verifications->len, ==, 5);
  g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_NONE);
  g_assert_cmpint (lack (self, 12), ==, GUICHET_LACK_NONE);
  g_assert_cmpint (lack (self, 13), ==, GUICHET_LACK_RENEWAL);
  hand_over (self, TRUE);
}

/* Somebody else's card, or a forged one, undoes what was found before; a failed reading does not. */
static void
test_undone (Fixture *self, gconstpointer data)
{
  static const GuichetFinding against[] = {
    GUICHET_FINDING_OTHER_PERSON,
    GUICHET_FINDING_NOT_TRUSTED,
  };

  stand_ready (self, "EC-NAI");
  for (guint i = 0; i < G_N_ELEMENTS (against); i++)
    {
      check (self, GUICHET_FINDING_VERIFIED, GUICHET_METHOD_CARD_AND_PIN);
      check (self, GUICHET_FINDING_UNREADABLE, GUICHET_METHOD_CARD);
      g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_NONE);
      check (self, against[i], GUICHET_METHOD_CARD);
      g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_CHECK);
    }
  hand_over (self, FALSE);
}

static void
test_presence (Fixture *self, gconstpointer data)
{
  stand_ready (self, "POP-VIE");
  check (self, GUICHET_FINDING_VERIFIED, GUICHET_METHOD_CARD);
  g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_PRESENCE);
  g_assert_cmpint (lack (self, 13), ==, GUICHET_LACK_RENEWAL);
  hand_over (self, FALSE);

  check (self, GUICHET_FINDING_VERIFIED, GUICHET_METHOD_CARD_AND_CHIP);
  /* A later one that proves less takes nothing away. */
  check (self, GUICHET_FINDING_VERIFIED, GUICHET_METHOD_CARD);
  g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_NONE);
  hand_over (self, TRUE);
}

/* The desk offers the button all the same, and says what is missing. */
static void
test_offered (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) moves = NULL;
  gboolean found = FALSE;

  stand_ready (self, "POP-VIE");
  moves = guichet_decide_moves (self->catalogue, self->request, self->chief);
  for (guint i = 0; i < moves->len; i++)
    found |= g_str_equal (((GuichetMove *) moves->pdata[i])->to, "delivered");
  g_assert_true (found);
}

static void
test_no_need (Fixture *self, gconstpointer data)
{
  stand_ready (self, "POP-CM");
  g_assert_cmpint (lack (self, 0), ==, GUICHET_LACK_NONE);
  hand_over (self, TRUE);
}

static void
test_challenge (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) command =
      new_check (GUICHET_FINDING_VERIFIED, GUICHET_METHOD_CARD_AND_PIN);

  g_clear_pointer (&command->check, guichet_identity_check_unref);
  stand (self, "working", NULL, FALSE);
  g_assert_cmpuint (decide (self, command, self->me), ==, 0);
  assert_refused (self, GUICHET_REFUSAL_CHALLENGE_OVER);
}

/* A purge takes what was found as well. */
static void
test_purged (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetCommand) purge = guichet_command_new (GUICHET_COMMAND_PURGE);

  stand_ready (self, "POP-VIE");
  check (self, GUICHET_FINDING_VERIFIED, GUICHET_METHOD_CARD_AND_PIN);
  purge->text = g_strdup ("Demande de la personne");
  g_assert_cmpuint (decide (self, purge, NULL), ==, 1);
  g_assert_cmpuint (self->request->verifications->len, ==, 0);
}

/* Whatever a card says comes back out of the history: a line that no reader takes would hide its
 * whole request for ever. */
static void
test_hostile (void)
{
  g_autoptr (GuichetIdentityCheck) check = guichet_identity_check_new ();
  g_autoptr (GuichetIdentityCheck) again = NULL;
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *longest = g_strnfill (3000, 'x');

  check->finding = GUICHET_FINDING_NOT_TRUSTED;
  check->method = GUICHET_METHOD_CARD;
  guichet_identity_check_add_verdict (check,
                                      "rootUnknown",
                                      "bad",
                                      "rootCertificate",
                                      "CN=\x1b[2J\r\xc2\x9bRoot\n\xe2\x80\xae"
                                      "dab\xff");
  guichet_identity_check_add_verdict (check, "chainBroken", "bad", NULL, longest);
  guichet_identity_check_write (check, writer, NULL);
  text = guichet_json_writer_end (writer);
  root = guichet_json_parse (text, &guichet_json_limits_default, &error);
  g_assert_no_error (error);
  reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  again = guichet_identity_check_read (reader);
  guichet_json_reader_finish (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->verdicts->len, ==, 2);
  g_assert_cmpstr (((GuichetVerdict *) again->verdicts->pdata[0])->detail,
                   ==,
                   "CN= [2J  Root  dab\xef\xbf\xbd");
}

int
main (int argc, char **argv)
{
  static const FixtureTest tests[] = {
    { "/identity/any-method", test_any_method }, { "/identity/undone", test_undone },
    { "/identity/presence", test_presence },     { "/identity/offered", test_offered },
    { "/identity/no-need", test_no_need },       { "/identity/challenge", test_challenge },
    { "/identity/purged", test_purged },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("A card that was read, and the moves that wait for it.");
  g_test_add_func ("/identity/hostile", test_hostile);
  fixture_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
