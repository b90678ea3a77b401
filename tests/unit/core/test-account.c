/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-account-decide.h"
#include "guichet-account-name.h"
#include "guichet-event.h"
#include "guichet-reference.h"

#define NISS "85073003328"
#define OPENED_AT (G_GINT64_CONSTANT (1795856400) * G_USEC_PER_SEC)

/* Names */

static guint64
random_number (void)
{
  return ((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ();
}

static void
test_names (void)
{
  for (guint round = 0; round < 1000; round++)
    {
      guint64 number = random_number ();
      g_autofree char *name = guichet_account_name_make (number);
      g_autofree char *again = guichet_account_name_make (number);
      g_autofree char *typed = g_strdelimit (g_ascii_strdown (name, -1), "-", ' ');
      g_autofree char *parsed = guichet_account_name_parse (typed);
      g_autofree char *reference = guichet_reference_make (2026, number);

      g_assert_cmpuint (strlen (name), ==, GUICHET_ACCOUNT_NAME_LENGTH);
      g_assert_true (
          g_regex_match_simple ("^A-[2-9CDFHJ-MPQRTVWX]{4}-[2-9CDFHJ-MPQRTVWX]{4}$", name, 0, 0));
      g_assert_cmpstr (name, ==, again);
      g_assert_cmpstr (parsed, ==, name);
      g_assert_null (guichet_reference_parse (name));
      g_assert_null (guichet_account_name_parse (reference));
    }
  g_assert_null (guichet_account_name_parse (NULL));
  g_assert_null (guichet_account_name_parse (""));
  g_assert_null (guichet_account_name_parse ("A-2222-222"));
  g_assert_null (guichet_account_name_parse ("A-2222-22222"));
}

/* A wrong character, and two that changed places, are seen at every place. */
static void
test_wrong_names (void)
{
  for (guint round = 0; round < 50; round++)
    {
      g_autofree char *name = guichet_account_name_make (random_number ());

      for (guint at = 0; at < GUICHET_ACCOUNT_NAME_LENGTH; at++)
        {
          g_autofree char *swapped = g_strdup (name);

          for (char c = '0'; c <= 'Z'; c++)
            {
              g_autofree char *wrong = g_strdup (name);
              g_autofree char *parsed = NULL;

              if (wrong[at] == '-' || wrong[at] == c)
                continue;
              wrong[at] = c;
              parsed = guichet_account_name_parse (wrong);
              g_assert_null (parsed);
            }
          if (at + 1 == GUICHET_ACCOUNT_NAME_LENGTH || name[at] == '-' || name[at + 1] == '-' ||
              name[at] == name[at + 1])
            continue;
          swapped[at] = name[at + 1];
          swapped[at + 1] = name[at];
          g_assert_null (guichet_account_name_parse (swapped));
        }
    }
}

/* Contact data */

static GuichetJsonReader *
reader_of (const char *text, JsonNode **ret_root)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  *ret_root = guichet_json_parse (bytes, &guichet_json_limits_default, &error);
  g_assert_no_error (error);
  return guichet_json_reader_new (*ret_root, GUICHET_JSON_STRICT);
}

static void
test_contact (void)
{
  static const struct
  {
    const char *text;
    const char *wrong; /* members, as they come */
  } cases[] = {
    { "{\"language\":\"nl\"}", "" },
    { "{\"email\":\"e.v@example.org\",\"phone\":\"+32470123456\",\"language\":\"fr\"}", "" },
    { "{\"phone\":\"0470 12 34 56\",\"language\":\"de\"}", "" },
    { "{}", "language " },
    { "{\"email\":\"e.v\",\"phone\":\"12\",\"language\":\"xx\"}", "language email phone " },
    { "{\"email\":\"a@b.be\\nBcc: c@d.be\",\"language\":\"fr\"}", "email " },
    { "{\"phone\":\"\",\"language\":\"fr\"}", "phone " },
    { "{\"email\":\"\",\"language\":\"fr\"}", "email " },
    { "{\"niss\":\"" NISS "\",\"language\":\"fr\"}", "niss " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (GuichetJsonReader) reader = reader_of (cases[i].text, &root);
      g_autoptr (GuichetContact) contact = guichet_contact_read (reader);
      g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
      g_autoptr (GString) wrong = g_string_new (NULL);
      gboolean good = guichet_json_reader_finish (reader, NULL);
      GPtrArray *issues = guichet_json_reader_get_issues (reader);

      for (guint j = 0; j < issues->len; j++)
        g_string_append_printf (wrong,
                                "%s ",
                                ((const GuichetIssue *) g_ptr_array_index (issues, j))->name);
      g_assert_cmpstr (wrong->str, ==, cases[i].wrong);
      if (!good)
        continue;

      guichet_contact_write (contact, writer, NULL);
      g_autofree char *text = guichet_json_writer_end_text (writer);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Rules */

static GuichetCitizen *
person (const char *family_name, const char *niss)
{
  GuichetCitizen *citizen = guichet_citizen_new ();

  g_assert_true (guichet_citizen_set_profile (citizen, "familyName", family_name));
  g_assert_true (guichet_citizen_set_profile (citizen, "street", "Rue de Nimy"));
  if (niss != NULL)
    g_assert_true (guichet_citizen_set_profile (citizen, "niss", niss));
  citizen->level = GUICHET_LEVEL_COUNTER;
  return citizen;
}

static GuichetAccountCommand *
card_command (GuichetAccountCommandKind kind,
              const char *family_name,
              const char *niss,
              GuichetFinding finding)
{
  GuichetAccountCommand *command = guichet_account_command_new (kind);

  command->account = g_strdup ("A-2222-2222");
  command->citizen = person (family_name, niss);
  command->check = guichet_identity_check_new ();
  command->check->finding = finding;
  command->check->method = GUICHET_METHOD_CARD;
  if (kind == GUICHET_ACCOUNT_COMMAND_OPEN)
    command->contact = guichet_contact_new ("e.v@example.org", NULL, GUICHET_LANGUAGE_NL);
  return command;
}

static GuichetAccountEvent *
decide (const GuichetAccount *account, GuichetAccountCommand *command)
{
  g_autoptr (GPtrArray) issues = guichet_issues_new ();
  g_autoptr (GError) error = NULL;
  GuichetAccountEvent *event = guichet_account_decide (account,
                                                       NULL,
                                                       command,
                                                       "marie.dubois",
                                                       OPENED_AT + (account != NULL ? 60 : 0),
                                                       issues,
                                                       &error);

  g_assert_no_error (error);
  guichet_account_command_unref (command);
  return event;
}

static void
assert_refused (const GuichetAccount *account,
                const char *existing,
                GuichetAccountCommand *command,
                GuichetRefusal refusal,
                const char *issue)
{
  g_autoptr (GPtrArray) issues = guichet_issues_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      guichet_account_decide (account, existing, command, "marie.dubois", 1, issues, &error));
  g_assert_error (error, GUICHET_REFUSAL, (int) refusal);
  g_assert_cmpuint (issues->len, ==, issue != NULL ? 1 : 0);
  if (issue != NULL)
    g_assert_cmpstr (((const GuichetIssue *) g_ptr_array_index (issues, 0))->name, ==, issue);
  guichet_account_command_unref (command);
}

static GuichetAccount *
opened (void)
{
  g_autoptr (GuichetAccountEvent) event = decide (NULL,
                                                  card_command (GUICHET_ACCOUNT_COMMAND_OPEN,
                                                                "Vandenbroucke",
                                                                NISS,
                                                                GUICHET_FINDING_UNPROVED));

  g_assert_cmpint (event->kind, ==, GUICHET_ACCOUNT_EVENT_OPENED);
  g_assert_cmpint (event->version, ==, 1);
  event->number = 7;
  return guichet_account_apply (NULL, event);
}

static GuichetAccount *
then (const GuichetAccount *account, GuichetAccountCommand *command)
{
  g_autoptr (GuichetAccountEvent) event = decide (account, command);

  g_assert_nonnull (event);
  event->number = account->last_event + 1;
  return guichet_account_apply (account, event);
}

static void
test_open (void)
{
  g_autoptr (GuichetAccount) account = opened ();
  GuichetAccountCommand *bad;

  g_assert_cmpstr (account->account, ==, "A-2222-2222");
  g_assert_cmpint (account->version, ==, 1);
  g_assert_cmpint (account->last_event, ==, 7);
  g_assert_cmpint (account->opened, ==, OPENED_AT);
  g_assert_cmpint (account->card_read, ==, OPENED_AT);
  g_assert_cmpint (account->method, ==, GUICHET_METHOD_CARD);
  g_assert_cmpstr (account->citizen->niss, ==, NISS);
  g_assert_cmpstr (account->citizen->street, ==, "Rue de Nimy");
  g_assert_cmpstr (account->citizen->email, ==, "e.v@example.org");
  g_assert_null (account->citizen->phone);
  g_assert_cmpint (account->citizen->language, ==, GUICHET_LANGUAGE_NL);
  g_assert_cmpint (account->citizen->level, ==, GUICHET_LEVEL_COUNTER);

  /* A card that proves nothing is told nothing, not even that its person has an account. */
  bad = card_command (GUICHET_ACCOUNT_COMMAND_OPEN, "Petit", NISS, GUICHET_FINDING_NOT_TRUSTED);
  guichet_identity_check_add_verdict (bad->check, "genuine", "good", "identity", "signed");
  guichet_identity_check_add_verdict (bad->check, "revocationUnknown", "caution", NULL, "nobody");
  guichet_identity_check_add_verdict (bad->check, "cardExpired", "bad", "identity", "had its time");
  assert_refused (NULL, "A-3333-3333", bad, GUICHET_REFUSAL_CARD_REFUSED, "files.identity");
  bad = card_command (GUICHET_ACCOUNT_COMMAND_OPEN, "Petit", NISS, GUICHET_FINDING_UNREADABLE);
  guichet_identity_check_add_verdict (bad->check, "unreadable", "unreadable", NULL, "missing");
  assert_refused (NULL, NULL, bad, GUICHET_REFUSAL_CARD_REFUSED, "files");
  assert_refused (NULL,
                  NULL,
                  card_command (GUICHET_ACCOUNT_COMMAND_OPEN,
                                "Petit",
                                NULL,
                                GUICHET_FINDING_UNPROVED),
                  GUICHET_REFUSAL_CARD_REFUSED,
                  "files.identity");
  assert_refused (NULL,
                  "A-3333-3333",
                  card_command (GUICHET_ACCOUNT_COMMAND_OPEN,
                                "Petit",
                                NISS,
                                GUICHET_FINDING_UNPROVED),
                  GUICHET_REFUSAL_ACCOUNT_EXISTS,
                  NULL);
}

static GuichetAccountCommand *
contact_command (const char *email, const char *phone, GuichetLanguage language)
{
  GuichetAccountCommand *command =
      guichet_account_command_new (GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT);

  command->contact = guichet_contact_new (email, phone, language);
  return command;
}

static void
test_change_contact (void)
{
  g_autoptr (GuichetAccount) account = opened ();
  g_autoptr (GuichetAccount) changed =
      then (account, contact_command (NULL, "+32470123456", GUICHET_LANGUAGE_DE));

  g_assert_cmpint (changed->version, ==, 2);
  g_assert_null (changed->citizen->email);
  g_assert_cmpstr (changed->citizen->phone, ==, "+32470123456");
  g_assert_cmpint (changed->citizen->language, ==, GUICHET_LANGUAGE_DE);
  /* The register's data are as they were. */
  g_assert_cmpstr (changed->citizen->family_name, ==, "Vandenbroucke");
  g_assert_cmpstr (changed->citizen->niss, ==, NISS);
  g_assert_cmpint (changed->card_read, ==, account->card_read);
  g_assert_cmpint (changed->opened, ==, account->opened);
  /* And the one before is the one before. */
  g_assert_cmpstr (account->citizen->email, ==, "e.v@example.org");

  g_assert_null (decide (changed, contact_command (NULL, "+32470123456", GUICHET_LANGUAGE_DE)));
}

static void
test_renew (void)
{
  g_autoptr (GuichetAccount) account = opened ();
  g_autoptr (GuichetAccount) renewed = then (account,
                                             card_command (GUICHET_ACCOUNT_COMMAND_RENEW_PERSON,
                                                           "Vandenbroucke-Petit",
                                                           NISS,
                                                           GUICHET_FINDING_VERIFIED_WITH_REMARK));

  g_assert_cmpstr (renewed->citizen->family_name, ==, "Vandenbroucke-Petit");
  g_assert_cmpstr (renewed->citizen->email, ==, "e.v@example.org");
  g_assert_cmpint (renewed->citizen->language, ==, GUICHET_LANGUAGE_NL);
  g_assert_cmpint (renewed->card_read, ==, OPENED_AT + 60);

  assert_refused (account,
                  NULL,
                  card_command (GUICHET_ACCOUNT_COMMAND_RENEW_PERSON,
                                "Delvaux",
                                "90020100130",
                                GUICHET_FINDING_OTHER_PERSON),
                  GUICHET_REFUSAL_OTHER_PERSON,
                  NULL);
  assert_refused (account,
                  NULL,
                  card_command (GUICHET_ACCOUNT_COMMAND_RENEW_PERSON,
                                "Delvaux",
                                NULL,
                                GUICHET_FINDING_UNPROVED),
                  GUICHET_REFUSAL_CARD_REFUSED,
                  "files.identity");
}

static void
test_purge (void)
{
  g_autoptr (GuichetAccount) account = opened ();
  g_autoptr (GuichetAccount) purged = NULL;
  GuichetAccountCommand *command = guichet_account_command_new (GUICHET_ACCOUNT_COMMAND_PURGE);

  command->by = g_strdup ("root");
  command->text = g_strdup ("");
  assert_refused (account, NULL, command, GUICHET_REFUSAL_REASON_MISSING, NULL);
  command = guichet_account_command_new (GUICHET_ACCOUNT_COMMAND_PURGE);
  command->by = g_strdup ("root");
  command->text = g_strdup ("asked for");
  purged = then (account, command);
  g_assert_cmpint (purged->version, ==, 2);
  g_assert_null (purged->citizen->family_name);
}

static void
test_disturbed (void)
{
  g_autoptr (GPtrArray) since =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_account_event_unref);
  GuichetAccountEvent *event;

  for (int kind = GUICHET_ACCOUNT_EVENT_OPENED; kind <= GUICHET_ACCOUNT_EVENT_PURGED; kind++)
    {
      event = guichet_account_event_new ((GuichetAccountEventKind) kind);
      event->actor = g_strdup ("luc.lefebvre");
      g_ptr_array_set_size (since, 0);
      g_ptr_array_add (since, event);
      g_assert_true (guichet_account_is_disturbed (GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT,
                                                   since,
                                                   "marie.dubois") ==
                     (kind == GUICHET_ACCOUNT_EVENT_CONTACT_CHANGED));
      g_assert_false (guichet_account_is_disturbed (GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT,
                                                    since,
                                                    "luc.lefebvre"));
      g_assert_false (guichet_account_is_disturbed (GUICHET_ACCOUNT_COMMAND_RENEW_PERSON,
                                                    since,
                                                    "marie.dubois"));
    }
}

/* Codecs */

static void
test_account_codec (void)
{
  g_autoptr (GuichetAccount) account = opened ();
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GuichetAccount) read = NULL;
  g_autoptr (GError) error = NULL;

  guichet_account_write (account, writer, NULL);
  text = guichet_json_writer_end_text (writer);
  g_assert_cmpstr (text,
                   ==,
                   "{\"account\":\"A-2222-2222\",\"version\":1,"
                   "\"opened\":\"2026-11-28T09:00:00.000000Z\",\"openedBy\":\"marie.dubois\","
                   "\"lastEvent\":7,"
                   "\"lastInstant\":\"2026-11-28T09:00:00.000000Z\","
                   "\"cardRead\":\"2026-11-28T09:00:00.000000Z\",\"method\":\"card\","
                   "\"citizen\":{\"familyName\":\"Vandenbroucke\",\"niss\":\"85073003328\","
                   "\"email\":\"e.v@example.org\",\"street\":\"Rue de Nimy\","
                   "\"language\":\"nl\",\"level\":\"counter\"}}");
  reader = reader_of (text, &root);
  read = guichet_account_read (reader);
  guichet_json_reader_finish (reader, &error);
  g_assert_no_error (error);
  guichet_account_write (read, writer, NULL);
  again = guichet_json_writer_end_text (writer);
  g_assert_cmpstr (again, ==, text);
}

static void
assert_event_round_trip (GuichetAccountEvent *event)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *header = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *again = NULL;
  g_autoptr (JsonNode) header_root = NULL;
  g_autoptr (JsonNode) payload_root = NULL;
  g_autoptr (GuichetJsonReader) header_reader = NULL;
  g_autoptr (GuichetJsonReader) payload_reader = NULL;
  g_autoptr (GuichetAccountEvent) read = NULL;
  g_autoptr (GError) error = NULL;

  guichet_account_event_write_header (event, writer, NULL);
  header = guichet_json_writer_end_text (writer);
  g_assert_null (strstr (header, "Vandenbroucke"));
  guichet_account_event_write_payload (event, writer, NULL);
  payload = guichet_json_writer_end_text (writer);

  header_reader = reader_of (header, &header_root);
  read = guichet_account_event_read_header (header_reader);
  guichet_json_reader_finish (header_reader, &error);
  g_assert_no_error (error);
  payload_reader = reader_of (payload, &payload_root);
  guichet_account_event_read_payload (read, payload_reader);
  guichet_json_reader_finish (payload_reader, &error);
  g_assert_no_error (error);

  guichet_account_event_write_header (read, writer, NULL);
  again = guichet_json_writer_end_text (writer);
  g_assert_cmpstr (again, ==, header);
  g_clear_pointer (&again, g_free);
  guichet_account_event_write_payload (read, writer, NULL);
  again = guichet_json_writer_end_text (writer);
  g_assert_cmpstr (again, ==, payload);
  guichet_account_event_unref (event);
}

static void
test_event_codec (void)
{
  g_autoptr (GuichetAccount) account = opened ();
  GuichetAccountCommand *purge = guichet_account_command_new (GUICHET_ACCOUNT_COMMAND_PURGE);

  purge->by = g_strdup ("root");
  purge->text = g_strdup ("asked for");
  assert_event_round_trip (decide (NULL,
                                   card_command (GUICHET_ACCOUNT_COMMAND_OPEN,
                                                 "Vandenbroucke",
                                                 NISS,
                                                 GUICHET_FINDING_UNPROVED)));
  assert_event_round_trip (decide (account, contact_command (NULL, NULL, GUICHET_LANGUAGE_EN)));
  assert_event_round_trip (decide (account,
                                   card_command (GUICHET_ACCOUNT_COMMAND_RENEW_PERSON,
                                                 "Vandenbroucke",
                                                 NISS,
                                                 GUICHET_FINDING_VERIFIED)));
  assert_event_round_trip (decide (account, purge));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("An account is opened by a card; a clerk changes how its person is reached.");

  g_test_add_func ("/account/names", test_names);
  g_test_add_func ("/account/wrong-names", test_wrong_names);
  g_test_add_func ("/account/contact", test_contact);
  g_test_add_func ("/account/open", test_open);
  g_test_add_func ("/account/change-contact", test_change_contact);
  g_test_add_func ("/account/renew", test_renew);
  g_test_add_func ("/account/purge", test_purge);
  g_test_add_func ("/account/disturbed", test_disturbed);
  g_test_add_func ("/account/codec", test_account_codec);
  g_test_add_func ("/account/event-codec", test_event_codec);

  return g_test_run ();
}
