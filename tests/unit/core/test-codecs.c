/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is written is read back the same: events, requests, commands, lines, clerks; and a request
 * is the fold of its events, however it is cut.
 */
#include "config.h"

#include "guichet-clerk.h"
#include "guichet-command.h"
#include "guichet-line.h"

#define INSTANT (G_GINT64_CONSTANT (1795514400) * G_USEC_PER_SEC)

static const GuichetJsonLimits wide = { .max_bytes = 1 << 20, .max_depth = 16 };

static gboolean
coin (void)
{
  return g_test_rand_bit ();
}

static char *
words (void)
{
  static const char *const some[] = { "Éléonore", "acte",     "“oui”", "ligne\nsuivante",
                                      "\\",       "d'accord", "7" };
  GString *text = g_string_new ("x");

  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    g_string_append_printf (text, " %s", some[g_test_rand_int_range (0, G_N_ELEMENTS (some))]);
  return g_string_free (text, FALSE);
}

static int
any_of (GType type)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return klass->values[g_test_rand_int_range (0, (int) klass->n_values)].value;
}

static int
some_of (GType type)
{
  int value = any_of (type);

  while (guichet_enum_word (type, value) == NULL)
    value = any_of (type);
  return value;
}

static GuichetCitizen *
random_citizen (void)
{
  GuichetCitizen *citizen = guichet_citizen_new ();

  citizen->family_name = words ();
  citizen->given_names = coin () ? words () : NULL;
  citizen->niss = coin () ? g_strdup ("85073003328") : NULL;
  citizen->email = coin () ? g_strdup ("a@example.org") : NULL;
  citizen->birth_date = coin () ? g_test_rand_int_range (-20000, 20000) : GUICHET_DAY_NONE;
  citizen->language = (GuichetLanguage) some_of (GUICHET_TYPE_LANGUAGE);
  citizen->level = (GuichetLevel) any_of (GUICHET_TYPE_LEVEL);
  return citizen;
}

static JsonObject *
random_answers (void)
{
  JsonObject *answers = json_object_new ();
  g_autofree char *text = words ();

  json_object_set_string_member (answers, "text", text);
  json_object_set_int_member (answers, "count", g_test_rand_int ());
  json_object_set_boolean_member (answers, "yes", coin ());
  return answers;
}

/* The payload that a kind needs, and now and then what it may have. */
static void
fill_payload (GuichetEvent *event)
{
  switch (event->kind)
    {
    case GUICHET_EVENT_SUBMITTED:
      event->citizen = random_citizen ();
      event->answers = random_answers ();
      event->channel = (GuichetChannel) some_of (GUICHET_TYPE_CHANNEL);
      break;
    case GUICHET_EVENT_STAGE_MOVED:
      event->from_stage = g_strdup ("before");
      event->text = coin () ? words () : NULL;
      break;
    case GUICHET_EVENT_NOTE_WRITTEN:
      event->text = words ();
      break;
    case GUICHET_EVENT_BLOCKED:
      event->blocker = (GuichetBlocker) some_of (GUICHET_TYPE_BLOCKER);
      event->until = coin () ? 20000 : GUICHET_DAY_NONE;
      break;
    case GUICHET_EVENT_DOCUMENT_ATTACHED:
      event->document = g_uuid_string_random ();
      event->document_name = g_strdup ("acte.pdf");
      event->document_type = g_strdup ("application/pdf");
      event->document_sha256 = g_strnfill (64, 'a');
      event->document_size = g_test_rand_int_range (0, 100000);
      break;
    case GUICHET_EVENT_NOTIFICATION_QUEUED:
      event->notification_text = g_strdup ("received");
      event->notification_language = (GuichetLanguage) some_of (GUICHET_TYPE_LANGUAGE);
      event->sentence = coin () ? words () : NULL;
      event->address = g_strdup ("a@example.org");
      event->notification = g_strdup ("one");
      break;
    case GUICHET_EVENT_NOTIFICATION_DELAYED:
      event->next_attempt = INSTANT + g_test_rand_int ();
      event->notification = g_strdup ("one");
      break;
    case GUICHET_EVENT_NOTIFICATION_SENT:
    case GUICHET_EVENT_NOTIFICATION_FAILED:
      event->notification = g_strdup ("one");
      break;
    case GUICHET_EVENT_NONE:
    case GUICHET_EVENT_CLAIMED:
    case GUICHET_EVENT_RELEASED:
    case GUICHET_EVENT_ASSIGNED:
    case GUICHET_EVENT_UNBLOCKED:
    case GUICHET_EVENT_PURGED:
    default:
      break;
    }
}

static GuichetEvent *
random_event (GuichetEventKind kind, gint64 version)
{
  GuichetEvent *event = guichet_event_new (kind);

  event->number = version * 3;
  event->reference = g_strdup ("26-2222-2222");
  event->procedure = g_strdup ("POP-CM");
  event->department = (GuichetDepartment) some_of (GUICHET_TYPE_DEPARTMENT);
  event->stage = g_strdup (coin () ? "check" : "asked");
  event->phase = (GuichetPhase) some_of (GUICHET_TYPE_PHASE);
  event->waiting = (GuichetWaiting) any_of (GUICHET_TYPE_WAITING);
  event->result = (GuichetResult) any_of (GUICHET_TYPE_RESULT);
  event->assignee = coin () ? g_strdup ("marie.dubois") : NULL;
  event->actor = g_strdup ("luc.lefebvre");
  event->instant = INSTANT + version * 1000003;
  event->version = version;
  event->key = g_uuid_string_random ();
  fill_payload (event);
  return event;
}

static JsonNode *
parse (GuichetJsonWriter *writer)
{
  g_autoptr (GBytes) text = guichet_json_writer_end (writer);
  g_autoptr (GError) error = NULL;
  JsonNode *root = guichet_json_parse (text, &wide, &error);

  g_assert_no_error (error);
  return root;
}

/* Writes twice over a reading and compares the texts. */
#define ASSERT_ROUND_TRIP(Type, prefix, object)                         \
  G_STMT_START                                                          \
  {                                                                     \
    g_autoptr (GuichetJsonWriter) writer_ = guichet_json_writer_new (); \
    g_autofree char *first_ = NULL;                                     \
    g_autofree char *second_ = NULL;                                    \
    g_autoptr (JsonNode) root_ = NULL;                                  \
    g_autoptr (GuichetJsonReader) reader_ = NULL;                       \
    g_autoptr (Type) again_ = NULL;                                     \
    g_autoptr (GError) error_ = NULL;                                   \
    prefix##_write (object, writer_, NULL);                             \
    first_ = guichet_json_writer_end_text (writer_);                    \
    prefix##_write (object, writer_, NULL);                             \
    root_ = parse (writer_);                                            \
    reader_ = guichet_json_reader_new (root_, GUICHET_JSON_STRICT);     \
    again_ = prefix##_read (reader_);                                   \
    guichet_json_reader_finish (reader_, &error_);                      \
    g_assert_no_error (error_);                                         \
    prefix##_write (again_, writer_, NULL);                             \
    second_ = guichet_json_writer_end_text (writer_);                   \
    g_assert_cmpstr (second_, ==, first_);                              \
  }                                                                     \
  G_STMT_END

static void
test_events (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GuichetEvent) event =
          random_event ((GuichetEventKind) some_of (GUICHET_TYPE_EVENT_KIND), round + 1);
      g_autoptr (GuichetEvent) copy = guichet_event_copy (event);

      ASSERT_ROUND_TRIP (GuichetEvent, guichet_event, event);
      ASSERT_ROUND_TRIP (GuichetEvent, guichet_event, copy);
    }
}

/* The payload alone holds what the header does not, and the other way round. */
static void
test_event_payload_apart (void)
{
  g_autoptr (GuichetEvent) event = random_event (GUICHET_EVENT_SUBMITTED, 1);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *payload = NULL;
  g_autofree char *whole = NULL;

  guichet_event_write_payload (event, writer, NULL);
  payload = guichet_json_writer_end_text (writer);
  guichet_event_write (event, writer, NULL);
  whole = guichet_json_writer_end_text (writer);

  g_assert_null (strstr (payload, "\"reference\""));
  g_assert_null (strstr (payload, "\"actor\""));
  g_assert_nonnull (strstr (payload, "\"citizen\""));
  g_assert_nonnull (strstr (whole, "\"citizen\""));
}

static GuichetRequest *
random_request (GPtrArray *events)
{
  GuichetRequest *request = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      GuichetRequest *after = guichet_request_apply (request, g_ptr_array_index (events, i));

      g_clear_pointer (&request, guichet_request_unref);
      request = after;
    }
  return request;
}

static GPtrArray *
random_life (void)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  int length = g_test_rand_int_range (1, 20);

  for (int i = 0; i < length; i++)
    {
      GuichetEventKind kind = GUICHET_EVENT_SUBMITTED;

      while (i > 0 && kind == GUICHET_EVENT_SUBMITTED)
        kind = (GuichetEventKind) some_of (GUICHET_TYPE_EVENT_KIND);
      g_ptr_array_add (events, random_event (kind, i + 1));
    }
  return events;
}

static void
test_requests (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) events = random_life ();
      g_autoptr (GuichetRequest) request = random_request (events);
      const GuichetEvent *last = g_ptr_array_index (events, events->len - 1);

      ASSERT_ROUND_TRIP (GuichetRequest, guichet_request, request);
      g_assert_cmpint (request->version, ==, events->len);
      g_assert_cmpint (request->last_event, ==, last->number);
      g_assert_cmpstr (request->stage, ==, last->stage);
      g_assert_cmpstr (request->assignee, ==, last->assignee);
    }
}

/* Reading the state in the middle and going on from there comes to the same. */
static void
test_fold_in_pieces (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GPtrArray) events = random_life ();
      g_autoptr (GuichetRequest) whole = random_request (events);
      g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
      g_autofree char *wanted = NULL;
      g_autofree char *found = NULL;
      GuichetRequest *request = NULL;

      for (guint i = 0; i < events->len; i++)
        {
          GuichetRequest *after = guichet_request_apply (request, g_ptr_array_index (events, i));
          g_autoptr (JsonNode) root = NULL;
          g_autoptr (GuichetJsonReader) reader = NULL;

          guichet_request_write (after, writer, NULL);
          root = parse (writer);
          reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
          g_clear_pointer (&request, guichet_request_unref);
          request = guichet_request_read (reader);
          g_assert_true (guichet_json_reader_finish (reader, NULL));
          guichet_request_unref (after);
        }
      guichet_request_write (whole, writer, NULL);
      wanted = guichet_json_writer_end_text (writer);
      guichet_request_write (request, writer, NULL);
      found = guichet_json_writer_end_text (writer);
      g_assert_cmpstr (found, ==, wanted);
      guichet_request_unref (request);
    }
}

static void
test_notification_is_followed (void)
{
  static const GuichetEventKind kinds[] = { GUICHET_EVENT_SUBMITTED,
                                            GUICHET_EVENT_NOTIFICATION_QUEUED,
                                            GUICHET_EVENT_NOTIFICATION_DELAYED,
                                            GUICHET_EVENT_NOTIFICATION_FAILED };
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  g_autoptr (GuichetRequest) request = NULL;
  g_autoptr (GuichetLine) line = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (events, random_event (kinds[i], i + 1));
  request = random_request (events);
  line = guichet_line_from_request (request, NULL, NULL);

  g_assert_cmpint (guichet_request_find_notification (request, "one")->delivery,
                   ==,
                   GUICHET_DELIVERY_FAILED);
  g_assert_null (guichet_request_find_notification (request, "two"));
  g_assert_true (line->delivery_failed);
  ASSERT_ROUND_TRIP (GuichetLine, guichet_line, line);
}

static void
test_purge_forgets (void)
{
  static const GuichetEventKind kinds[] = { GUICHET_EVENT_SUBMITTED,
                                            GUICHET_EVENT_DOCUMENT_ATTACHED,
                                            GUICHET_EVENT_NOTIFICATION_QUEUED,
                                            GUICHET_EVENT_PURGED };
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  g_autoptr (GuichetRequest) request = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (events, random_event (kinds[i], i + 1));
  request = random_request (events);

  g_assert_null (request->citizen);
  g_assert_null (request->answers);
  g_assert_cmpuint (request->documents->len, ==, 0);
  g_assert_cmpuint (request->notifications->len, ==, 0);
}

static GuichetCommand *
random_command (GuichetCommandKind kind)
{
  GuichetCommand *command = guichet_command_new (kind);
  guint bit = 1u << kind;

  if ((bit & (1u << GUICHET_COMMAND_SUBMIT | 1u << GUICHET_COMMAND_REPORT_NOTIFICATION |
              1u << GUICHET_COMMAND_PURGE)) == 0)
    {
      if (coin ())
        command->after = g_uuid_string_random ();
      else
        command->expected_version = g_test_rand_int_range (1, 1000);
    }
  if (kind == GUICHET_COMMAND_MOVE || kind == GUICHET_COMMAND_ASSIGN)
    command->to = g_strdup ("check");
  if (kind == GUICHET_COMMAND_MOVE)
    command->notify = coin ();
  if (kind == GUICHET_COMMAND_NOTE || kind == GUICHET_COMMAND_PURGE)
    command->text = words ();
  if (kind == GUICHET_COMMAND_BLOCK)
    command->blocker = (GuichetBlocker) some_of (GUICHET_TYPE_BLOCKER);
  if (kind == GUICHET_COMMAND_ATTACH_DOCUMENT)
    {
      command->document_name = g_strdup ("acte.pdf");
      command->document = g_bytes_new ("%PDF-1.4 \0 x", 12);
    }
  if (kind == GUICHET_COMMAND_RESEND_NOTIFICATION || kind == GUICHET_COMMAND_REPORT_NOTIFICATION)
    command->notification = g_strdup ("one");
  if (kind == GUICHET_COMMAND_REPORT_NOTIFICATION)
    command->fate = GUICHET_EVENT_NOTIFICATION_SENT;
  if (kind == GUICHET_COMMAND_SUBMIT)
    {
      command->procedure = g_strdup ("POP-CM");
      command->channel = GUICHET_CHANNEL_COUNTER;
      command->citizen = random_citizen ();
      command->answers = random_answers ();
    }
  return command;
}

static void
test_commands (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GuichetCommand) command =
          random_command ((GuichetCommandKind) some_of (GUICHET_TYPE_COMMAND_KIND));

      g_assert_true (guichet_command_key_is_valid (command->key));
      ASSERT_ROUND_TRIP (GuichetCommand, guichet_command, command);
    }
}

static void
test_command_refusals (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"kind\":\"fly\",\"expectedVersion\":1}",
    "{\"kind\":\"claim\"}",
    "{\"kind\":\"claim\",\"expectedVersion\":0}",
    "{\"kind\":\"claim\",\"expectedVersion\":\"1\"}",
    "{\"kind\":\"claim\",\"expectedVersion\":1,\"to\":\"x\"}",
    "{\"kind\":\"claim\",\"expectedVersion\":1,\"after\":\"6f1f7f6a-0000-4000-8000-000000000000\"}",
    "{\"kind\":\"claim\",\"after\":\"me\"}",
    "{\"kind\":\"note\",\"expectedVersion\":1}",
    "{\"kind\":\"block\",\"expectedVersion\":1,\"blocker\":\"cat\"}",
    "{\"kind\":\"attachDocument\",\"expectedVersion\":1,\"documentName\":\"x\",\"document\":\"not "
    "base64!\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (JsonNode) root = guichet_json_parse (text, &wide, NULL);
      g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
      g_autoptr (GuichetCommand) command = guichet_command_read (reader);

      g_assert_nonnull (command);
      if (guichet_json_reader_finish (reader, NULL))
        g_error ("taken for a command: %s", bad[i]);
    }
}

static void
test_clerks (void)
{
  g_autoptr (GuichetClerk) clerk = guichet_clerk_new ();
  const GuichetPost posts[] = { { GUICHET_DEPARTMENT_POPULATION, GUICHET_ROLE_CLERK },
                                { GUICHET_DEPARTMENT_ARCHIVES, GUICHET_ROLE_RECEPTION } };

  clerk->login = g_strdup ("marie.dubois");
  clerk->name = g_strdup ("Marie Dubois");
  g_array_append_vals (clerk->posts, posts, G_N_ELEMENTS (posts));
  g_strfreev (clerk->restricted);
  clerk->restricted = g_strsplit ("EC-ADO EC-ESV", " ", -1);
  ASSERT_ROUND_TRIP (GuichetClerk, guichet_clerk, clerk);

  g_assert_true (
      guichet_clerk_can (clerk, GUICHET_CAN_WORK, GUICHET_DEPARTMENT_POPULATION, "POP-CM", FALSE));
  g_assert_false (guichet_clerk_can (clerk,
                                     GUICHET_CAN_DECIDE,
                                     GUICHET_DEPARTMENT_POPULATION,
                                     "POP-CM",
                                     FALSE));
  g_assert_false (guichet_clerk_can (clerk,
                                     GUICHET_CAN_LIST,
                                     GUICHET_DEPARTMENT_CIVIL_STATUS,
                                     "EC-NAI",
                                     FALSE));
  g_assert_false (
      guichet_clerk_can (clerk, GUICHET_CAN_LIST, GUICHET_DEPARTMENT_POPULATION, "POP-CAS", TRUE));
  g_assert_true (
      guichet_clerk_can (clerk, GUICHET_CAN_LIST, GUICHET_DEPARTMENT_ARCHIVES, "EC-ADO", TRUE));
  g_assert_false (
      guichet_clerk_can (clerk, GUICHET_CAN_READ, GUICHET_DEPARTMENT_ARCHIVES, "ARC-GEN", FALSE));
}

static void
test_logins (void)
{
  static const char *const good[] = { "ab", "marie.dubois", "a-1" };
  static const char *const bad[] = { "", "a", "1a", "Marie", "marie dubois", "é.a", "a/b", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (guichet_clerk_login_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (guichet_clerk_login_is_valid (bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/codecs/events", test_events);
  g_test_add_func ("/core/codecs/event-payload", test_event_payload_apart);
  g_test_add_func ("/core/codecs/requests", test_requests);
  g_test_add_func ("/core/codecs/commands", test_commands);
  g_test_add_func ("/core/codecs/command-refusals", test_command_refusals);
  g_test_add_func ("/core/codecs/clerks", test_clerks);
  g_test_add_func ("/core/fold/in-pieces", test_fold_in_pieces);
  g_test_add_func ("/core/fold/notification", test_notification_is_followed);
  g_test_add_func ("/core/fold/purge", test_purge_forgets);
  g_test_add_func ("/core/clerk/logins", test_logins);

  return g_test_run ();
}
