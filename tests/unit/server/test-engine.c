/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Commands: authorised, recognised, decided, appended.
 */
#include "config.h"

#include "office.h"

#include "guichetd-mail-queue.h"

#include <string.h>

static void
set_up (Office *office, gconstpointer data)
{
  office_open (office);
}

static void
tear_down (Office *office, gconstpointer data)
{
  office_close (office);
}

static gint64
act (Office *office,
     GuichetClerk *actor,
     GuichetCommandKind kind,
     const char *reference,
     gint64 version)
{
  g_autoptr (GuichetCommand) command = office_command (kind, reference, version);

  return office_act (office, actor, command);
}

static void
test_a_request_is_filed (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = office_request (office, office->anne, reference, &error);
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *request, *line;

  g_assert_no_error (error);
  answer = office_json (bytes);
  g_assert_cmpstr (json_object_get_string_member (answer, "today"), ==, "2026-11-24");
  request = json_object_get_object_member (answer, "request");
  g_assert_cmpstr (json_object_get_string_member (request, "reference"), ==, reference);
  g_assert_cmpstr (json_object_get_string_member (request, "stage"), ==, "received");
  line = json_object_get_object_member (answer, "line");
  g_assert_cmpstr (json_object_get_string_member (line, "citizen"), ==, "Dupont Marie");
  g_assert_cmpstr (json_object_get_string_member (line, "due"), ==, "2026-12-01");
  g_assert_false (json_object_has_member (line, "niss"));

  g_assert_cmpint (office_number (office, "SELECT count(*) FROM request"), ==, 1);
  g_assert_cmpint (office_number (office, "SELECT n FROM tally"), ==, 1);
  /* The acknowledgment of receipt waits in the queue. */
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM mail"), ==, 1);
}

/* Not everybody has a national number, an address or an e-mail. */
static void
test_who_has_little (Office *office, gconstpointer data)
{
  g_autoptr (GuichetCitizen) citizen = guichet_citizen_new ();
  g_autofree char *reference = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  citizen->family_name = g_strdup ("Dupont");
  citizen->level = GUICHET_LEVEL_COUNTER;
  reference = office_submit (office, office->chloe, "POP-TST", citizen);
  bytes = office_request (office, office->anne, reference, &error);
  g_assert_no_error (error);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM request WHERE niss IS NULL"),
                   ==,
                   1);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM mail"), ==, 0);
}

static void
test_a_life (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GuichetCommand) move = NULL;
  g_autoptr (GuichetCommand) attach = NULL;
  g_autoptr (GuichetCommand) deliver = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) events = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) history = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonObject *first;
  gint64 version = office_number (office, "SELECT version FROM request");
  const char *pdf = "%PDF-1.4\n%%EOF\n";

  version = act (office, office->anne, GUICHET_COMMAND_CLAIM, reference, version);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM request WHERE assignee = 'anne'"),
                   ==,
                   1);

  move = office_command (GUICHET_COMMAND_MOVE, reference, version);
  move->to = g_strdup ("checking");
  version = office_act (office, office->anne, move);

  attach = office_command (GUICHET_COMMAND_ATTACH_DOCUMENT, reference, version);
  attach->document_name = g_strdup ("composition.pdf");
  attach->document = g_bytes_new (pdf, strlen (pdf));
  version = office_act (office, office->anne, attach);

  deliver = office_command (GUICHET_COMMAND_MOVE, reference, version);
  deliver->to = g_strdup ("delivered");
  deliver->notify = TRUE;
  version = office_act (office, office->anne, deliver);
  g_assert_cmpint (office_number (office,
                                  "SELECT count(*) FROM request WHERE phase = 'closed' AND closed "
                                  "IS NOT NULL AND due IS NULL"),
                   ==,
                   1);
  g_assert_cmpint (office_number (office, "SELECT sum(n) FROM tally"), ==, 1);
  g_assert_cmpint (office_number (office,
                                  "SELECT n FROM tally WHERE phase = 'closed' AND stage = "
                                  "'delivered' AND assignee = 'anne'"),
                   ==,
                   1);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM mail"), ==, 2);

  events = office_events (office, office->anne, reference, &error);
  g_assert_no_error (error);
  history = office_json (events);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (history, "items")),
                    ==,
                    (guint) version);

  bytes = office_request (office, office->anne, reference, &error);
  g_assert_no_error (error);
  answer = office_json (bytes);
  first = json_array_get_object_element (
      json_object_get_array_member (json_object_get_object_member (answer, "request"), "documents"),
      0);
  document = office_document (office,
                              office->anne,
                              reference,
                              json_object_get_string_member (first, "id"),
                              &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (document, NULL),
                   g_bytes_get_size (document),
                   pdf,
                   strlen (pdf));

  g_assert_null (office_document (office, office->anne, reference, "no-such-document", &error));
  g_assert_error (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_NOT_FOUND);
}

static void
test_nothing_personal_in_clear (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 1);

  note->text = g_strdup ("a téléphoné à propos de sa belle-mère");
  office_act (office, office->anne, note);

  /* The name stands in the queue and in the index; nothing else does. */
  g_assert_true (office_finds (office->folder, "Dupont Marie"));
  g_assert_false (office_finds (office->folder, "citoyen7@example.be"));
  g_assert_false (office_finds (office->folder, "Rue de la Clef"));
  g_assert_false (office_finds (office->folder, "belle-m"));
  g_assert_false (office_finds (office->folder, "pinettes"));
  g_assert_false (office_finds (office->folder, "850730"));
}

static void
test_sent_twice_acts_once (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 2);
  g_autoptr (GuichetCommand) other = office_command (GUICHET_COMMAND_NOTE, reference, 2);
  gint64 before, version;

  note->text = g_strdup ("une fois");
  version = office_act (office, office->anne, note);
  before = office_number (office, "SELECT max(number) FROM event");
  g_assert_cmpint (office_act (office, office->anne, note), ==, version);
  office_reopen (office);
  g_assert_cmpint (office_act (office, office->anne, note), ==, version);
  g_assert_cmpint (office_number (office, "SELECT max(number) FROM event"), ==, before);

  /* The same key with another content is a mistake of the client's. */
  g_free (other->key);
  other->key = g_strdup (note->key);
  other->text = g_strdup ("autre chose");
  office_refused (office,
                  office->anne,
                  other,
                  GUICHETD_ENGINE_ERROR,
                  GUICHETD_ENGINE_ERROR_KEY_REUSED);

  /* Keys are per account. */
  g_assert_cmpint (office_act (office, office->bruno, other), ==, version + 1);
}

static void
test_submission_sent_twice (Office *office, gconstpointer data)
{
  g_autoptr (GuichetCitizen) citizen = office_citizen ("Dupont", "Marie", 7);
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_SUBMIT);
  g_autoptr (GuichetdReceipt) first = NULL;
  g_autoptr (GuichetdReceipt) second = NULL;
  g_autoptr (GError) error = NULL;

  command->procedure = g_strdup ("POP-TST");
  command->channel = GUICHET_CHANNEL_COUNTER;
  command->citizen = guichet_citizen_ref (citizen);
  command->answers = json_object_new ();
  first = guichetd_engine_command (office->engine, office->anne, command, NULL, &error);
  g_assert_no_error (error);
  second = guichetd_engine_command (office->engine, office->anne, command, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->reference, ==, second->reference);
  g_assert_cmpint (first->number, ==, second->number);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM request"), ==, 1);
}

static void
test_conflict_says_what_changed (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  gint64 seen = office_number (office, "SELECT version FROM request");
  g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, seen);
  g_autoptr (GuichetCommand) move = office_command (GUICHET_COMMAND_MOVE, reference, seen);
  g_autoptr (GuichetCommand) claim = office_command (GUICHET_COMMAND_CLAIM, reference, seen);
  g_autoptr (GuichetCommand) late = office_command (GUICHET_COMMAND_MOVE, reference, seen);
  g_autoptr (GError) error = NULL;
  GuichetdRefused refused = { 0 };
  const GuichetEvent *event;

  note->text = g_strdup ("secret de bruno");
  office_act (office, office->bruno, note);
  move->to = g_strdup ("checking");
  office_act (office, office->bruno, move);

  /* A move by another is nothing to a claim. */
  office_act (office, office->anne, claim);

  late->to = g_strdup ("withdrawn");
  late->text = g_strdup ("à sa demande");
  g_assert_null (guichetd_engine_command (office->engine, office->anne, late, &refused, &error));
  g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_CONFLICT);
  g_assert_nonnull (refused.changes);
  /* Bruno's move, and their own claim; not the note. */
  g_assert_cmpuint (refused.changes->len, ==, 2);
  event = g_ptr_array_index (refused.changes, 0);
  g_assert_cmpint (event->kind, ==, GUICHET_EVENT_STAGE_MOVED);
  g_assert_cmpstr (event->actor, ==, "bruno");
  g_assert_cmpstr (event->stage, ==, "checking");
  g_assert_cmpstr (event->from_stage, ==, "received");
  guichetd_refused_clear (&refused);
}

static void
test_typed_behind (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autofree char *other = office_submit_one (office);
  gint64 seen = office_number (office, "SELECT min(version) FROM request");
  g_autoptr (GuichetCommand) claim = office_command (GUICHET_COMMAND_CLAIM, reference, seen);
  g_autoptr (GuichetCommand) move = office_command (GUICHET_COMMAND_MOVE, reference, 0);
  g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 0);
  g_autoptr (GuichetCommand) orphan = office_command (GUICHET_COMMAND_MOVE, reference, 0);
  g_autoptr (GuichetCommand) stray = office_command (GUICHET_COMMAND_NOTE, other, 0);
  g_autoptr (GuichetCommand) bruno = office_command (GUICHET_COMMAND_MOVE, reference, 0);
  g_autoptr (GuichetCommand) behind = office_command (GUICHET_COMMAND_MOVE, reference, 0);
  gint64 version;

  move->after = g_strdup (claim->key);
  move->to = g_strdup ("checking");
  move->notify = TRUE;
  note->after = g_strdup (move->key);
  note->text = g_strdup ("vu");

  office_refused (office,
                  office->anne,
                  move,
                  GUICHETD_ENGINE_ERROR,
                  GUICHETD_ENGINE_ERROR_AFTER_UNKNOWN);
  office_act (office, office->anne, claim);
  office_act (office, office->anne, move);
  version = office_act (office, office->anne, note);

  /* Behind a command of another request, or of nobody: unknown. */
  stray->after = g_strdup (claim->key);
  stray->text = g_strdup ("ailleurs");
  office_refused (office,
                  office->anne,
                  stray,
                  GUICHETD_ENGINE_ERROR,
                  GUICHETD_ENGINE_ERROR_AFTER_UNKNOWN);
  orphan->after = g_strdup ("00000000-0000-4000-8000-000000000000");
  orphan->to = g_strdup ("received");
  office_refused (office,
                  office->anne,
                  orphan,
                  GUICHETD_ENGINE_ERROR,
                  GUICHETD_ENGINE_ERROR_AFTER_UNKNOWN);

  /* Somebody else after the one that it was typed behind. */
  bruno->expected_version = version;
  bruno->to = g_strdup ("documentsAwaited");
  bruno->text = g_strdup ("il manque la signature");
  office_act (office, office->chloe, bruno);
  behind->after = g_strdup (note->key);
  behind->to = g_strdup ("documentsAwaited");
  behind->text = g_strdup ("il manque tout");
  office_refused (office, office->anne, behind, GUICHET_REFUSAL, GUICHET_REFUSAL_CONFLICT);
}

/* Two moves by another, which anne, who claims and moves on without a network, has not seen. */
static void
test_typed_behind_hides_nothing (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  const gint64 seen = office_number (office, "SELECT version FROM request");
  g_autoptr (GuichetCommand) checking = office_command (GUICHET_COMMAND_MOVE, reference, seen);
  g_autoptr (GuichetCommand) asking = office_command (GUICHET_COMMAND_MOVE, reference, 0);
  g_autoptr (GuichetCommand) claim = office_command (GUICHET_COMMAND_CLAIM, reference, seen);
  g_autoptr (GuichetCommand) move = office_command (GUICHET_COMMAND_MOVE, reference, seen);
  g_autoptr (GuichetCommand) blind = office_command (GUICHET_COMMAND_MOVE, reference, 0);
  g_autoptr (GuichetCommand) informed = office_command (GUICHET_COMMAND_MOVE, reference, 0);
  g_autoptr (GError) error = NULL;
  GuichetdRefused refused = { 0 };
  const GuichetEvent *event;

  checking->to = g_strdup ("checking");
  asking->expected_version = office_act (office, office->bruno, checking);
  asking->to = g_strdup ("documentsAwaited");
  asking->text = g_strdup ("il manque la signature");
  informed->expected_version = office_act (office, office->bruno, asking);
  office_act (office, office->anne, claim);

  move->after = g_strdup (claim->key);
  move->to = g_strdup ("withdrawn");
  move->text = g_strdup ("à sa demande");
  g_assert_null (guichetd_engine_command (office->engine, office->anne, move, &refused, &error));
  g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_CONFLICT);
  event = g_ptr_array_index (refused.changes, 0);
  g_assert_cmpstr (event->actor, ==, "bruno");
  g_assert_cmpstr (event->stage, ==, "checking");
  guichetd_refused_clear (&refused);

  /* Who does not say what they saw saw nothing. */
  blind->after = g_strdup (claim->key);
  blind->to = g_strdup ("withdrawn");
  blind->text = g_strdup ("à sa demande");
  office_refused (office, office->anne, blind, GUICHET_REFUSAL, GUICHET_REFUSAL_CONFLICT);

  informed->after = g_strdup (claim->key);
  informed->to = g_strdup ("withdrawn");
  informed->text = g_strdup ("à sa demande");
  office_act (office, office->anne, informed);
}

static void
test_no_effect_no_event (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GuichetCommand) again = NULL;
  g_autoptr (GuichetdReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  gint64 version = office_number (office, "SELECT version FROM request");

  version = act (office, office->anne, GUICHET_COMMAND_CLAIM, reference, version);
  again = office_command (GUICHET_COMMAND_CLAIM, reference, version);
  receipt = guichetd_engine_command (office->engine, office->anne, again, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt->number, ==, 0);
  g_assert_cmpint (receipt->version, ==, version);
}

static void
test_invalid_submission (Office *office, gconstpointer data)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_SUBMIT);
  g_autoptr (GuichetCitizen) citizen = office_citizen ("Dupont", "Marie", 7);
  g_autoptr (GError) error = NULL;
  GuichetdRefused refused = { 0 };

  command->procedure = g_strdup ("POP-TST");
  command->channel = GUICHET_CHANNEL_COUNTER;
  command->citizen = guichet_citizen_ref (citizen);
  command->answers = json_object_new ();
  json_object_set_string_member (command->answers, "email", "pas une adresse");
  json_object_set_string_member (command->answers, "inconnu", "x");
  g_assert_null (guichetd_engine_command (office->engine, office->anne, command, &refused, &error));
  g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_INVALID);
  g_assert_cmpuint (refused.issues->len, ==, 2);
  guichetd_refused_clear (&refused);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM event"), ==, 0);
}

/* Asks for the queue in the writer. */
typedef struct
{
  gint64 now;
  gint64 until;
  GPtrArray *items;
  gint64 next;
} Claim;

static gboolean
claim_mails (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Claim *claim = data;

  claim->items = guichetd_mail_queue_claim (db, claim->now, claim->until, 10, error);
  return claim->items != NULL && guichetd_mail_queue_next (db, &claim->next, error);
}

static void
test_mail_queue (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  g_autoptr (GuichetCommand) delayed =
      office_command (GUICHET_COMMAND_REPORT_NOTIFICATION, reference, 0);
  g_autoptr (GuichetCommand) sent =
      office_command (GUICHET_COMMAND_REPORT_NOTIFICATION, reference, 0);
  Claim claim = { .now = OFFICE_NOW, .until = OFFICE_NOW + 600 * G_USEC_PER_SEC };
  const GuichetdMailItem *item;
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_store_write (office->store, claim_mails, &claim, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (claim.items->len, ==, 1);
  g_assert_cmpint (claim.next, ==, claim.until);
  item = g_ptr_array_index (claim.items, 0);
  g_assert_cmpstr (item->reference, ==, reference);
  g_assert_cmpuint (item->attempts, ==, 0);
  g_assert_cmpint (item->first, ==, OFFICE_NOW);

  delayed->notification = g_strdup (item->notification);
  delayed->fate = GUICHET_EVENT_NOTIFICATION_DELAYED;
  delayed->next_attempt = OFFICE_NOW + 60 * G_USEC_PER_SEC;
  sent->notification = g_strdup (item->notification);
  sent->fate = GUICHET_EVENT_NOTIFICATION_SENT;
  g_clear_pointer (&claim.items, g_ptr_array_unref);

  office_act (office, NULL, delayed);
  claim.now = OFFICE_NOW + 60 * G_USEC_PER_SEC;
  g_assert_true (guichetd_store_write (office->store, claim_mails, &claim, &error));
  item = g_ptr_array_index (claim.items, 0);
  g_assert_cmpuint (item->attempts, ==, 1);
  g_assert_cmpint (item->first, ==, OFFICE_NOW);
  g_clear_pointer (&claim.items, g_ptr_array_unref);

  office_act (office, NULL, sent);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM mail"), ==, 0);
  g_assert_cmpint (office_number (office,
                                  "SELECT count(*) FROM event WHERE kind = 'notificationSent' AND "
                                  "actor = 'guichetd'"),
                   ==,
                   1);
}

typedef struct
{
  GuichetdStore *store;
  GArray *numbers;
  guint queued;
} Heard;

static void
appended_cb (GuichetdEngine *engine,
             gint64 number,
             GuichetDepartment department,
             const char *procedure,
             Heard *heard)
{
  g_array_append_val (heard->numbers, number);
  g_assert_cmpint (department, ==, GUICHET_DEPARTMENT_POPULATION);
  g_assert_cmpstr (procedure, ==, "POP-TST");
  /* Told when it is on the disk, and not before. */
  g_assert_cmpint (guichetd_store_get_last (heard->store), >=, number);
}

static void
queued_cb (GuichetdEngine *engine, Heard *heard)
{
  heard->queued++;
}

static void
command_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdReceipt) receipt =
      guichetd_engine_command_finish (GUICHETD_ENGINE (source), result, NULL, &error);

  g_assert_no_error (error);
  (*(guint *) user_data)--;
}

static void
test_news_is_told_once (Office *office, gconstpointer data)
{
  Heard heard = { office->store, g_array_new (FALSE, FALSE, sizeof (gint64)), 0 };
  g_autofree char *reference = NULL;
  guint left = 20;

  g_signal_connect (office->engine, "appended", G_CALLBACK (appended_cb), &heard);
  g_signal_connect (office->engine, "mail-queued", G_CALLBACK (queued_cb), &heard);
  reference = office_submit_one (office);
  g_assert_cmpuint (heard.queued, ==, 1);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 2);

      note->text = g_strdup ("note");
      guichetd_engine_command_async (office->engine, office->anne, note, NULL, command_cb, &left);
    }
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (guichetd_store_get_last (office->store), ==, heard.numbers->len);
  for (guint i = 0; i < heard.numbers->len; i++)
    g_assert_cmpint (g_array_index (heard.numbers, gint64, i), ==, i + 1);
  g_array_unref (heard.numbers);
}

/* Two claims in one group: one of them must lose, alone. */
static void
race_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdReceipt) receipt =
      guichetd_engine_command_finish (GUICHETD_ENGINE (source), result, NULL, &error);
  guint *counts = user_data;

  if (receipt == NULL)
    g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_CONFLICT);
  counts[receipt != NULL ? 0 : 1]++;
}

static void
test_claims_race (Office *office, gconstpointer data)
{
  g_autofree char *reference = office_submit_one (office);
  GuichetClerk *clerks[] = { office->anne, office->bruno, office->chloe };
  gint64 version = office_number (office, "SELECT version FROM request");
  guint counts[2] = { 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (clerks); i++)
    {
      g_autoptr (GuichetCommand) claim = office_command (GUICHET_COMMAND_CLAIM, reference, version);

      guichetd_engine_command_async (office->engine, clerks[i], claim, NULL, race_cb, counts);
    }
  while (counts[0] + counts[1] < G_N_ELEMENTS (clerks))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/server/engine/" name, Office, NULL, set_up, func, tear_down)
  ADD ("a-request-is-filed", test_a_request_is_filed);
  ADD ("who-has-little", test_who_has_little);
  ADD ("a-life", test_a_life);
  ADD ("nothing-personal-in-clear", test_nothing_personal_in_clear);
  ADD ("sent-twice-acts-once", test_sent_twice_acts_once);
  ADD ("submission-sent-twice", test_submission_sent_twice);
  ADD ("conflict-says-what-changed", test_conflict_says_what_changed);
  ADD ("typed-behind", test_typed_behind);
  ADD ("typed-behind-hides-nothing", test_typed_behind_hides_nothing);
  ADD ("no-effect-no-event", test_no_effect_no_event);
  ADD ("invalid-submission", test_invalid_submission);
  ADD ("mail-queue", test_mail_queue);
  ADD ("news-is-told-once", test_news_is_told_once);
  ADD ("claims-race", test_claims_race);
#undef ADD

  return g_test_run ();
}
