/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every role in every department, named for restricted procedures or not, at every door: what is
 * not theirs to list does not exist, in no list, count, search, change, refusal or record.
 */
#include "config.h"

#include "office.h"

#include "guichet-niss.h"

static const char *const procedures[] = { "POP-TST", "POP-SEC", "EC-TST",
                                          "EC-SEC",  "URB-TST", "ARC-TST" };

static const char *const roles[] = {
  "clerk", "officer", "supervisor", "reception", "protection", "administrator",
};

static const char *const departments[] = { "population", "civilStatus", "planning", "archives" };

typedef struct
{
  Office office;
  GuichetClerk *scribe; /* files everything */
  char *references[G_N_ELEMENTS (procedures)];
  char *documents[G_N_ELEMENTS (procedures)];
} Town;

static void
prepare (Town *town, guint i)
{
  Office *office = &town->office;
  g_autoptr (GuichetCitizen) citizen = office_citizen ("Lambert", "Odile", 42);
  g_autoptr (GuichetCommand) claim = NULL;
  g_autoptr (GuichetCommand) attach = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *documents;

  town->references[i] = office_submit (office, town->scribe, procedures[i], citizen);
  claim = office_command (GUICHET_COMMAND_CLAIM, town->references[i], 1);
  office_act (office, town->scribe, claim);
  attach = office_command (GUICHET_COMMAND_ATTACH_DOCUMENT, town->references[i], 0);
  attach->after = g_strdup (claim->key);
  attach->document_name = g_strdup ("acte.pdf");
  attach->document = g_bytes_new_static ("%PDF-1.4\n", 9);
  office_act (office, town->scribe, attach);

  bytes = office_request (office, town->scribe, town->references[i], NULL);
  answer = office_json (bytes);
  documents =
      json_object_get_array_member (json_object_get_object_member (answer, "request"), "documents");
  town->documents[i] =
      g_strdup (json_object_get_string_member (json_array_get_object_element (documents, 0), "id"));
}

static void
set_up (Town *town, gconstpointer data)
{
  office_open (&town->office);
  town->scribe = office_clerk (&town->office,
                               "scribe",
                               "POP-SEC,EC-SEC",
                               "population:supervisor",
                               "civilStatus:supervisor",
                               "planning:supervisor",
                               "archives:supervisor",
                               NULL);
  for (guint i = 0; i < G_N_ELEMENTS (procedures); i++)
    prepare (town, i);
}

static void
tear_down (Town *town, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (procedures); i++)
    {
      g_free (town->references[i]);
      g_free (town->documents[i]);
    }
  guichet_clerk_unref (town->scribe);
  office_close (&town->office);
}

static gboolean
may (Town *town, GuichetClerk *clerk, GuichetCapability wanted, guint i)
{
  const GuichetProcedure *procedure =
      guichet_catalogue_find (town->office.catalogue, procedures[i]);

  return guichet_clerk_can (clerk,
                            wanted,
                            procedure->department,
                            procedure->code,
                            procedure->restricted);
}

/* Lists */

static void
assert_listed (Town *town, GuichetClerk *clerk, JsonArray *items, gboolean lines_inside, guint only)
{
  guint listed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (procedures); i++)
    {
      gboolean expected = (only & (1u << i)) != 0 && may (town, clerk, GUICHET_CAN_LIST, i);
      gboolean found = FALSE;

      for (guint j = 0; j < json_array_get_length (items); j++)
        {
          JsonObject *item = json_array_get_object_element (items, j);

          if (lines_inside)
            item = json_object_get_object_member (item, "line");
          if (g_str_equal (json_object_get_string_member (item, "reference"), town->references[i]))
            found = TRUE;
        }
      g_assert_cmpint (found, ==, expected);
      listed += expected;
    }
  g_assert_cmpuint (json_array_get_length (items), ==, listed);
}

static void
check_search (Town *town, GuichetClerk *clerk, const GuichetdSearch *search, guint only)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = office_search (&town->office, clerk, search, &error);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *items;

  g_assert_no_error (error);
  answer = office_json (bytes);
  items = json_object_get_array_member (answer, "items");
  assert_listed (town, clerk, items, FALSE, only);
  g_assert_cmpint (json_object_get_int_member (answer, "total"), ==, json_array_get_length (items));
  g_assert_false (json_object_has_member (answer, "next"));
}

static void
check_searches (Town *town, GuichetClerk *clerk)
{
  static const char *const sorts[] = { "received", "changed", "due" };
  g_autofree char *niss = guichet_niss_make (1985, 7, 30, 42);
  const guint all = (1u << G_N_ELEMENTS (procedures)) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      GuichetdSearch search = { .sort = (char *) sorts[i] };

      check_search (town, clerk, &search, all);
      search.text = (char *) "lambert od";
      check_search (town, clerk, &search, all);
      search.text = (char *) "lambert personne";
      check_search (town, clerk, &search, 0);
      search.text = NULL;
      search.niss = niss;
      check_search (town, clerk, &search, all);
      search.niss = NULL;
      search.assignee = (char *) "scribe";
      check_search (town, clerk, &search, all);
      search.assignee = (char *) "none";
      check_search (town, clerk, &search, 0);
      search.assignee = NULL;
      search.late = TRUE;
      check_search (town, clerk, &search, 0);
      search.late = FALSE;
      search.stage = (char *) "received";
      search.phases = 1u << GUICHET_PHASE_RECEIVED;
      check_search (town, clerk, &search, all);
    }

  for (guint i = 0; i < G_N_ELEMENTS (procedures); i++)
    {
      GuichetdSearch search = { .procedure = (char *) procedures[i] };
      GuichetdSearch words = { .text = town->references[i] };

      check_search (town, clerk, &search, 1u << i);
      check_search (town, clerk, &words, 1u << i);
    }
}

static void
check_changes (Town *town, GuichetClerk *clerk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = office_changes (&town->office, clerk, 0, 1000, &error);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *items;

  g_assert_no_error (error);
  answer = office_json (bytes);
  items = json_object_get_array_member (answer, "items");
  assert_listed (town, clerk, items, TRUE, (1u << G_N_ELEMENTS (procedures)) - 1);
  g_assert_cmpint (json_object_get_int_member (answer, "total"), ==, json_array_get_length (items));
  g_assert_false (json_object_get_boolean_member (answer, "more"));
}

/* One by one */

typedef enum
{
  ABSENT,
  FORBIDDEN,
  GIVEN,
} Outcome;

static void
assert_outcome (Outcome expected, gpointer answer, GError *error)
{
  if (expected == ABSENT)
    {
      g_assert_error (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_NOT_FOUND);
      /* In the very words of a request that never was. */
      g_assert_cmpstr (error->message, ==, "there is no such request");
    }
  else if (expected == FORBIDDEN)
    g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_NOT_ALLOWED);
  else
    g_assert_no_error (error);
  g_assert_cmpint (answer != NULL, ==, expected == GIVEN);
}

static Outcome
outcome (Town *town, GuichetClerk *clerk, GuichetCapability wanted, guint i)
{
  if (!may (town, clerk, GUICHET_CAN_LIST, i))
    return ABSENT;
  return may (town, clerk, wanted, i) ? GIVEN : FORBIDDEN;
}

static void
check_reading (Town *town, GuichetClerk *clerk, guint i)
{
  Office *office = &town->office;
  Outcome expected = outcome (town, clerk, GUICHET_CAN_READ, i);
  const char *reference = town->references[i];

  for (guint door = 0; door < 4; door++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) answer = NULL;

      switch (door)
        {
        case 0:
          answer = office_request (office, clerk, reference, &error);
          break;
        case 1:
          answer = office_events (office, clerk, reference, &error);
          break;
        case 2:
          answer = office_document (office, clerk, reference, town->documents[i], &error);
          break;
        default:
          answer = office_preview (office, clerk, reference, "checking", NULL, NULL, &error);
          break;
        }
      assert_outcome (expected, answer, error);
    }
}

static void
check_commands (Town *town, GuichetClerk *clerk, guint i)
{
  static const struct
  {
    GuichetCommandKind kind;
    GuichetCapability needs;
  } commands[] = {
    { GUICHET_COMMAND_CLAIM, GUICHET_CAN_WORK },
    { GUICHET_COMMAND_RELEASE, GUICHET_CAN_WORK },
    { GUICHET_COMMAND_ASSIGN, GUICHET_CAN_ASSIGN_OTHERS },
    { GUICHET_COMMAND_MOVE, GUICHET_CAN_WORK },
    { GUICHET_COMMAND_BLOCK, GUICHET_CAN_WORK },
    { GUICHET_COMMAND_NOTE, GUICHET_CAN_WORK },
    { GUICHET_COMMAND_ATTACH_DOCUMENT, GUICHET_CAN_WORK },
  };
  gint64 before = guichetd_store_get_last (town->office.store);

  for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
    {
      g_autoptr (GuichetCommand) command =
          office_command (commands[j].kind, town->references[i], 1);
      g_autoptr (GError) error = NULL;
      Outcome expected = outcome (town, clerk, commands[j].needs, i);
      GuichetdReceipt *receipt;

      /* What would succeed is another test's; here is who is let in. */
      if (expected == GIVEN)
        continue;
      command->to = g_strdup (commands[j].kind == GUICHET_COMMAND_MOVE ? "checking" : "anne");
      command->text = g_strdup ("x");
      command->blocker = GUICHET_BLOCKER_POLICE;
      command->document_name = g_strdup ("x.pdf");
      command->document = commands[j].kind == GUICHET_COMMAND_ATTACH_DOCUMENT
                              ? g_bytes_new_static ("%PDF-1.4\n", 9)
                              : NULL;
      receipt = guichetd_engine_command (town->office.engine, clerk, command, NULL, &error);
      if (expected == FORBIDDEN && error != NULL && error->domain == GUICHET_REFUSAL &&
          error->code == GUICHET_REFUSAL_CONFLICT)
        {
          /* Who may read hears of the conflict first: that tells them nothing that they cannot read. */
          g_assert_true (may (town, clerk, GUICHET_CAN_READ, i));
          continue;
        }
      assert_outcome (expected, receipt, error);
    }
  g_assert_cmpint (guichetd_store_get_last (town->office.store), ==, before);
}

static void
check_submission (Town *town, GuichetClerk *clerk, guint i)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_SUBMIT);
  g_autoptr (GError) error = NULL;

  if (may (town, clerk, GUICHET_CAN_ENCODE, i))
    return;
  command->procedure = g_strdup (procedures[i]);
  command->channel = GUICHET_CHANNEL_COUNTER;
  command->citizen = office_citizen ("Lambert", "Odile", 42);
  command->answers = json_object_new ();
  g_assert_null (guichetd_engine_command (town->office.engine, clerk, command, NULL, &error));
  g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_NOT_ALLOWED);
}

static void
check_clerk (Town *town, GuichetClerk *clerk)
{
  check_searches (town, clerk);
  check_changes (town, clerk);
  for (guint i = 0; i < G_N_ELEMENTS (procedures); i++)
    {
      check_reading (town, clerk, i);
      check_commands (town, clerk, i);
      check_submission (town, clerk, i);
    }
}

static void
test_matrix (Town *town, gconstpointer data)
{
  static const char *const named[] = { NULL, "POP-SEC,EC-SEC" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    for (guint j = 0; j < G_N_ELEMENTS (departments); j++)
      for (guint k = 0; k < G_N_ELEMENTS (named); k++)
        {
          g_autofree char *login = g_strdup_printf ("x%u%u%u", i, j, k);
          g_autofree char *post = g_strdup_printf ("%s:%s", departments[j], roles[i]);
          g_autoptr (GuichetClerk) clerk =
              office_clerk (&town->office, login, named[k], post, NULL);

          g_test_message ("%s, named for %s", post, named[k] != NULL ? named[k] : "nothing");
          check_clerk (town, clerk);
        }
}

static void
test_posts_together (Town *town, gconstpointer data)
{
  g_autoptr (GuichetClerk) both = office_clerk (&town->office,
                                                "both",
                                                "EC-SEC",
                                                "population:reception",
                                                "civilStatus:clerk",
                                                "archives:protection",
                                                "planning:administrator",
                                                NULL);
  g_autoptr (GuichetClerk) nobody = office_clerk (&town->office, "nobody", "POP-SEC", NULL);

  check_clerk (town, both);
  check_clerk (town, nobody);
}

static void
test_inactive (Town *town, gconstpointer data)
{
  g_autoptr (GuichetClerk) gone = office_clerk (&town->office,
                                                "gone",
                                                "POP-SEC,EC-SEC",
                                                "population:supervisor",
                                                "civilStatus:supervisor",
                                                NULL);

  gone->active = FALSE;
  check_clerk (town, gone);
}

static GuichetdReceipt *
ask (Town *town, GuichetClerk *clerk, GuichetCommand *command, GError **error)
{
  return guichetd_engine_command (town->office.engine, clerk, command, NULL, error);
}

static void
assert_hidden (Town *town, GuichetClerk *clerk, GuichetCommand *command)
{
  g_autoptr (GError) error = NULL;
  GuichetdReceipt *receipt = ask (town, clerk, command, &error);

  assert_outcome (ABSENT, receipt, error);
}

/* What was done is done, and its clerk hears so again, whatever they may see by now; of what became of the request
 * meanwhile they hear nothing, and others nothing at all. */
static void
test_rights_taken_away (Town *town, gconstpointer data)
{
  Office *office = &town->office;
  const char *reference = town->references[0];
  g_autoptr (GuichetClerk) before =
      office_clerk (office, "mobile", NULL, "population:clerk", "civilStatus:clerk", NULL);
  g_autoptr (GuichetClerk) after =
      office_clerk (office, "mobile2", NULL, "civilStatus:clerk", NULL);
  g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 4);
  g_autoptr (GuichetCommand) other = office_command (GUICHET_COMMAND_NOTE, town->references[2], 4);
  g_autoptr (GuichetCommand) later = office_command (GUICHET_COMMAND_NOTE, reference, 4);
  g_autoptr (GuichetdReceipt) first = NULL;
  g_autoptr (GError) error = NULL;

  note->text = g_strdup ("fait");
  other->text = g_strdup ("autre chose");
  g_free (other->key);
  other->key = g_strdup (note->key);
  later->text = g_strdup ("plus tard");
  first = ask (town, before, note, &error);
  g_assert_no_error (error);
  g_assert_null (ask (town, before, other, &error));
  g_assert_error (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_KEY_REUSED);
  g_clear_error (&error);

  /* The same login with less. */
  g_free (after->login);
  after->login = g_strdup (before->login);
  for (guint purged = 0; purged < 2; purged++)
    {
      GuichetCommand *const again[] = { note, other };

      for (guint i = 0; i < G_N_ELEMENTS (again); i++)
        {
          g_autoptr (GuichetdReceipt) receipt = ask (town, after, again[i], &error);

          g_assert_no_error (error);
          g_assert_cmpstr (receipt->reference, ==, first->reference);
          g_assert_cmpint (receipt->version, ==, first->version);
          g_assert_cmpint (receipt->number, ==, first->number);
        }
      assert_hidden (town, after, later);
      assert_hidden (town, office->denis, note);
      if (purged == 0)
        g_assert_true (guichetd_engine_purge (office->engine, reference, "root", "délai", NULL));
    }
}

/* What was theirs to see is recorded; what was not leaves no trace, not even of the asking. */
static void
test_records (Town *town, gconstpointer data)
{
  g_autoptr (GuichetClerk) clerk =
      office_clerk (&town->office, "archiviste", NULL, "archives:clerk", NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM access WHERE actor = 'archiviste' "
                                          "AND reference <> '%s'"
                                          " OR actor = 'archiviste' AND listed NOT LIKE '[\"%s\"]'",
                                          town->references[5],
                                          town->references[5]);

  check_clerk (town, clerk);
  g_assert_cmpint (office_number (&town->office, sql), ==, 0);
  g_assert_cmpint (office_number (&town->office,
                                  "SELECT count(*) > 0 FROM access WHERE actor = 'archiviste'"),
                   ==,
                   1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/server/rights/" name, Town, NULL, set_up, func, tear_down)
  ADD ("matrix", test_matrix);
  ADD ("posts-together", test_posts_together);
  ADD ("inactive", test_inactive);
  ADD ("rights-taken-away", test_rights_taken_away);
  ADD ("records", test_records);
#undef ADD

  return g_test_run ();
}
