/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is written is read back the same; and each kind has its members and no others.
 */
#include "config.h"

#include "guichet-clerk.h"
#include "guichet-line.h"
#include "random-fixture.h"

/* Base64 of the largest document and what stands around it. */
static const GuichetJsonLimits wide = { .max_bytes = 12 << 20, .max_depth = 16 };

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *root = guichet_json_parse (bytes, &wide, &error);

  g_assert_no_error (error);
  return root;
}

/* A type's codec, all types alike. */
typedef struct
{
  gpointer (*read) (GuichetJsonReader *reader);
  void (*write) (gconstpointer object, GuichetJsonWriter *writer, const char *member);
  void (*unref) (gpointer object);
} Codec;

#define CODEC(prefix)                                                                 \
  {                                                                                   \
    (gpointer (*) (GuichetJsonReader *)) prefix##_read,                               \
        (void (*) (gconstpointer, GuichetJsonWriter *, const char *)) prefix##_write, \
        (void (*) (gpointer)) prefix##_unref                                          \
  }

static const Codec citizens = CODEC (guichet_citizen);
static const Codec clerks = CODEC (guichet_clerk);
static const Codec commands = CODEC (guichet_command);
static const Codec events = CODEC (guichet_event);
static const Codec lines = CODEC (guichet_line);
static const Codec requests = CODEC (guichet_request);

static char *
write_text (const Codec *codec, gconstpointer object)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  codec->write (object, writer, NULL);
  return guichet_json_writer_end_text (writer);
}

/* Written, read strictly, written again: the same text. Takes the object. */
static void
assert_round_trip (const Codec *codec, gpointer object)
{
  g_autofree char *text = write_text (codec, object);
  g_autoptr (JsonNode) root = parse (text);
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  gpointer again = codec->read (reader);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  guichet_json_reader_finish (reader, &error);
  g_assert_no_error (error);
  found = write_text (codec, again);
  g_assert_cmpstr (found, ==, text);
  codec->unref (again);
  codec->unref (object);
}

static void
test_citizens (void)
{
  for (guint round = 0; round < 300; round++)
    assert_round_trip (&citizens, random_citizen ());
}

static void
test_clerks (void)
{
  for (guint round = 0; round < 100; round++)
    {
      GuichetClerk *clerk = guichet_clerk_new ();

      clerk->login = g_strdup ("marie.dubois");
      clerk->name = random_words ();
      clerk->language = (GuichetLanguage) random_word (GUICHET_TYPE_LANGUAGE);
      clerk->active = random_coin ();
      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        {
          GuichetPost post = { (GuichetDepartment) random_word (GUICHET_TYPE_DEPARTMENT),
                               (GuichetRole) random_word (GUICHET_TYPE_ROLE) };

          g_array_append_val (clerk->posts, post);
        }
      g_strfreev (clerk->restricted);
      clerk->restricted = g_strsplit (random_coin () ? "EC-ADO EC-ESV" : "", " ", -1);
      assert_round_trip (&clerks, clerk);
    }
}

static void
test_events (void)
{
  for (guint round = 0; round < 500; round++)
    {
      GuichetEvent *event =
          random_event ((GuichetEventKind) random_word (GUICHET_TYPE_EVENT_KIND), round + 1);

      assert_round_trip (&events, guichet_event_copy (event));
      assert_round_trip (&events, event);
    }
}

/* A copy shares nothing that its owner may still fill in. */
static void
test_event_copy (void)
{
  g_autoptr (GuichetEvent) event = random_event (GUICHET_EVENT_NOTE_WRITTEN, 1);
  g_autoptr (GuichetEvent) copy = guichet_event_copy (event);

  copy->number = 77;
  g_free (copy->text);
  copy->text = g_strdup ("other");
  g_assert_cmpint (event->number, ==, 3);
  g_assert_cmpstr (event->text, !=, "other");
}

static GuichetEvent *
with_payload_of (const GuichetEvent *event)
{
  GuichetEvent *again = guichet_event_new (event->kind);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  guichet_event_write_payload (event, writer, NULL);
  text = guichet_json_writer_end_text (writer);
  root = parse (text);
  reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  guichet_event_read_payload (again, reader);
  guichet_json_reader_finish (reader, &error);
  g_assert_no_error (error);
  return again;
}

/* Header and payload together are the event, and no member is in both. */
static void
test_event_in_two_halves (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GuichetEvent) event =
          random_event ((GuichetEventKind) random_word (GUICHET_TYPE_EVENT_KIND), round + 1);
      g_autoptr (GuichetEvent) again = with_payload_of (event);
      g_autofree char *wanted = write_text (&events, event);
      g_autofree char *found = NULL;

      g_assert_null (again->reference);
      g_assert_null (again->actor);
      g_assert_cmpint (again->instant, ==, 0);
      again->number = event->number;
      again->reference = g_strdup (event->reference);
      again->procedure = g_strdup (event->procedure);
      again->department = event->department;
      again->stage = g_strdup (event->stage);
      again->phase = event->phase;
      again->waiting = event->waiting;
      again->blocker = event->blocker;
      again->result = event->result;
      again->assignee = g_strdup (event->assignee);
      again->actor = g_strdup (event->actor);
      again->instant = event->instant;
      again->version = event->version;
      again->key = g_strdup (event->key);
      found = write_text (&events, again);
      g_assert_cmpstr (found, ==, wanted);
    }
}

static void
test_commands (void)
{
  for (guint round = 0; round < 500; round++)
    {
      GuichetCommand *command =
          random_command ((GuichetCommandKind) random_word (GUICHET_TYPE_COMMAND_KIND));

      g_assert_true (guichet_command_key_is_valid (command->key));
      assert_round_trip (&commands, command);
    }
}

static void
test_requests_and_lines (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) life = random_life ((guint) g_test_rand_int_range (1, 25));
      GuichetRequest *request = random_fold (NULL, life, 0);
      GuichetLine *line = guichet_line_from_request (request, NULL, "Marie Dubois");

      line->due = random_coin () ? g_test_rand_int_range (0, 40000) : GUICHET_DAY_NONE;
      line->legal_due = random_coin () ? g_test_rand_int_range (0, 40000) : GUICHET_DAY_NONE;
      line->stopped = random_coin ();
      g_assert_cmpint (line->assignee_name != NULL, ==, request->assignee != NULL);
      assert_round_trip (&requests, request);
      assert_round_trip (&lines, line);
    }
}

/* Lists show whom and not which number. */
static void
test_line_without_number (void)
{
  g_autoptr (GuichetLine) line = NULL;
  g_autoptr (GuichetRequest) request = NULL;
  g_autoptr (GuichetEvent) event = random_event (GUICHET_EVENT_SUBMITTED, 1);
  g_autofree char *text = NULL;

  g_clear_pointer (&event->citizen, guichet_citizen_unref);
  event->citizen = guichet_citizen_new ();
  event->citizen->family_name = g_strdup ("Dupont");
  event->citizen->given_names = g_strdup ("Marie");
  event->citizen->niss = g_strdup ("85073003328");
  event->citizen->email = g_strdup ("marie@example.org");
  request = guichet_request_apply (NULL, event);
  line = guichet_line_from_request (request, NULL, NULL);
  text = write_text (&lines, line);

  g_assert_cmpstr (line->citizen, ==, "Dupont Marie");
  g_assert_null (strstr (text, "85073003328"));
  g_assert_null (strstr (text, "marie@example.org"));
}

/* Which member belongs to which kind: `!` where it must be there. */
typedef struct
{
  const char *member;
  const char *value;
  const char *kinds;
} Row;

#define CHECK "{\"finding\":\"verified\",\"method\":\"card\",\"verdicts\":[],\"files\":[]}"

static const Row event_rows[] = {
  { "text",
    "\"why\"",
    " noteWritten! stageMoved blocked released assigned purged notificationQueued " },
  { "fromStage", "\"before\"", " stageMoved! notificationQueued " },
  { "until", "\"2026-12-01\"", " blocked " },
  { "check", CHECK, " identityChecked! " },
  { "channel", "\"web\"", " submitted! " },
  { "citizen", "{\"familyName\":\"Dupont\"}", " submitted! " },
  { "answers", "{}", " submitted! " },
  { "document", "\"1\"", " documentAttached! " },
  { "documentName", "\"a.pdf\"", " documentAttached! " },
  { "documentType", "\"application/pdf\"", " documentAttached! " },
  { "documentSha256", "\"00\"", " documentAttached! " },
  { "documentSize", "12", " documentAttached! " },
  { "notification",
    "\"one\"",
    " notificationQueued! notificationSent! notificationDelayed! notificationFailed! " },
  { "notificationText", "\"received\"", " notificationQueued! " },
  { "notificationLanguage", "\"nl\"", " notificationQueued " },
  { "repeats", "\"one\"", " notificationQueued " },
  { "address",
    "\"a@example.org\"",
    " notificationQueued notificationSent notificationDelayed notificationFailed " },
  { "sentence", "\"please\"", " notificationQueued " },
  { "detail", "\"451\"", " notificationDelayed notificationFailed " },
  { "nextAttempt", "\"2026-11-24T10:00:00.000000Z\"", " notificationDelayed " },
};

static const Row command_rows[] = {
  { "to", "\"x\"", " move! assign! " },
  { "text", "\"why\"", " note! purge! move release assign block " },
  { "by", "\"root\"", " purge! " },
  { "notify", "true", " move " },
  { "sentence", "\"please\"", " move resendNotification " },
  { "blocker", "\"police\"", " block! " },
  { "until", "\"2026-12-01\"", " block " },
  { "challenge", "\"00\"", " checkIdentity! " },
  { "check", CHECK, " checkIdentity " },
  { "documentName", "\"a.pdf\"", " attachDocument! " },
  { "document", "\"JVBERi0=\"", " attachDocument! " },
  { "notification", "\"one\"", " resendNotification! reportNotification! " },
  { "address", "\"a@example.org\"", " resendNotification " },
  { "procedure", "\"POP-CM\"", " submit! " },
  { "channel", "\"web\"", " submit! " },
  { "citizen", "{\"familyName\":\"Dupont\"}", " submit! " },
  { "answers", "{}", " submit! " },
  { "fate", "\"notificationSent\"", " reportNotification! " },
  { "detail", "\"451\"", " reportNotification " },
  { "nextAttempt", "\"2026-11-24T10:00:00.000000Z\"", " reportNotification " },
  { "expectedVersion",
    "3",
    " claim! release! assign! move! block! unblock! note! attachDocument! resendNotification! "
    "checkIdentity! " },
};

static gboolean
row_has (const Row *row, const char *kind, const char *mark)
{
  g_autofree char *word = g_strdup_printf (" %s%s ", kind, mark);

  return strstr (row->kinds, word) != NULL;
}

/* The issues that reading gives, `type name` each, `;` after each. */
static char *
issues_of (const Codec *codec, JsonNode *root, GuichetJsonMode mode)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, mode);
  GString *text = g_string_new (NULL);
  gpointer object = codec->read (reader);
  GPtrArray *issues = guichet_json_reader_get_issues (reader);

  guichet_json_reader_finish (reader, NULL);
  for (guint i = 0; i < issues->len; i++)
    {
      const GuichetIssue *issue = g_ptr_array_index (issues, i);

      g_string_append_printf (text, "%s %s;", issue->type, issue->name);
    }
  codec->unref (object);
  return g_string_free (text, FALSE);
}

static void
assert_issues (const Codec *codec, JsonNode *root, GuichetJsonMode mode, const char *wanted)
{
  g_autofree char *found = issues_of (codec, root, mode);

  g_assert_cmpstr (found, ==, wanted);
}

/* The head, and of each member that the kind must have. */
static JsonNode *
smallest (const char *head, const Row *rows, guint n_rows, const char *kind)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "{%s\"kind\":\"%s\"", head, kind);
  for (guint i = 0; i < n_rows; i++)
    if (row_has (&rows[i], kind, "!"))
      g_string_append_printf (text, ",\"%s\":%s", rows[i].member, rows[i].value);
  g_string_append_c (text, '}');
  return parse (text->str);
}

/* With one member more, or without it if @value is NULL. */
static JsonNode *
changed (JsonNode *root, const char *member, const char *value)
{
  g_autofree char *text = json_to_string (root, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);
  g_autofree char *result = NULL;
  JsonObject *object = json_node_get_object (copy);

  if (value != NULL)
    json_object_set_member (object, member, json_from_string (value, NULL));
  else
    json_object_remove_member (object, member);
  result = json_to_string (copy, FALSE);
  return parse (result);
}

static void
check_members (const Codec *codec,
               const char *head,
               const Row *rows,
               guint n_rows,
               const char *kind)
{
  g_autoptr (JsonNode) base = smallest (head, rows, n_rows, kind);

  assert_issues (codec, base, GUICHET_JSON_STRICT, "");
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (JsonNode) with = changed (base, rows[i].member, rows[i].value);
      g_autoptr (JsonNode) without = changed (base, rows[i].member, NULL);
      g_autofree char *unknown = g_strdup_printf ("unknownInput %s;", rows[i].member);
      g_autofree char *required = g_strdup_printf ("requiredInput %s;", rows[i].member);
      gboolean must = row_has (&rows[i], kind, "!");
      gboolean may = must || row_has (&rows[i], kind, "");

      assert_issues (codec, with, GUICHET_JSON_STRICT, may ? "" : unknown);
      assert_issues (codec, with, GUICHET_JSON_LENIENT, "");
      assert_issues (codec, without, GUICHET_JSON_STRICT, must ? required : "");
      assert_issues (codec, without, GUICHET_JSON_LENIENT, must ? required : "");
    }
}

static void
check_kinds (const Codec *codec, GType type, const char *head, const Row *rows, guint n_rows)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  for (guint i = 0; i < klass->n_values; i++)
    if (*klass->values[i].value_nick != '\0')
      check_members (codec, head, rows, n_rows, klass->values[i].value_nick);
}

static void
test_event_members (void)
{
  check_kinds (&events,
               GUICHET_TYPE_EVENT_KIND,
               "\"number\":1,\"reference\":\"26-2222-2222\",\"procedure\":\"POP-CM\","
               "\"department\":\"population\",\"stage\":\"received\",\"phase\":\"received\","
               "\"actor\":\"marie\",\"instant\":\"2026-11-24T10:00:00.000000Z\",\"version\":1,"
               "\"key\":\"k\",",
               event_rows,
               G_N_ELEMENTS (event_rows));
}

static void
test_command_members (void)
{
  check_kinds (&commands, GUICHET_TYPE_COMMAND_KIND, "", command_rows, G_N_ELEMENTS (command_rows));
}

static void
test_command_refusals (void)
{
  static const struct
  {
    const char *text;
    const char *issues;
  } cases[] = {
    { "{}", "requiredInput kind;" },
    { "{\"kind\":\"fly\"}", "invalidInput kind;" },
    { "{\"kind\":\"\"}", "invalidInput kind;" },
    { "{\"kind\":1}", "schemaViolation kind;" },
    { "{\"kind\":\"claim\",\"expectedVersion\":0}", "outOfRange expectedVersion;" },
    { "{\"kind\":\"claim\",\"expectedVersion\":\"1\"}", "schemaViolation expectedVersion;" },
    { "{\"kind\":\"claim\",\"expectedVersion\":null}", "schemaViolation expectedVersion;" },
    { "{\"kind\":\"claim\",\"after\":\"6F1F7F6A-0000-4000-8000-000000000000\"}",
      "invalidStructure after;" },
    { "{\"kind\":\"claim\",\"expectedVersion\":1,\"key\":\"x\"}", "unknownInput key;" },
    { "{\"kind\":\"claim\",\"expectedVersion\":1,\"reference\":\"x\"}", "unknownInput reference;" },
    { "{\"kind\":\"block\",\"expectedVersion\":1,\"blocker\":\"cat\"}", "invalidInput blocker;" },
    { "{\"kind\":\"submit\",\"procedure\":\"POP-CM\",\"channel\":\"post\",\"answers\":{},"
      "\"citizen\":{\"familyName\":\"Dupont\",\"niss\":\"85073003329\"}}",
      "invalidStructure citizen.niss;" },
    { "{\"kind\":\"submit\",\"procedure\":\"POP-CM\",\"channel\":\"post\",\"answers\":[],"
      "\"citizen\":{\"familyName\":\"Dupont\",\"shoeSize\":44}}",
      "unknownInput citizen.shoeSize;schemaViolation answers;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = parse (cases[i].text);

      g_test_message ("%s", cases[i].text);
      assert_issues (&commands, root, GUICHET_JSON_STRICT, cases[i].issues);
    }
}

static JsonNode *
attaching (const char *document)
{
  g_autofree char *text = g_strdup_printf ("{\"kind\":\"attachDocument\",\"expectedVersion\":1,"
                                           "\"documentName\":\"a.pdf\",\"document\":\"%s\"}",
                                           document);

  return parse (text);
}

static void
test_documents (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
  } cases[] = {
    { "", TRUE },           { "JVBERi0=", TRUE },
    { "JVBERi0", FALSE },   { "JVBERi1=", FALSE },
    { "JVBE Ri0=", FALSE }, { "JVBERi0=JVBERi0=", FALSE },
    { "JVBE-_0=", FALSE },  { "====", FALSE },
    { "é", FALSE },         { "JVBERi0=\\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = attaching (cases[i].text);

      g_test_message ("%s", cases[i].text);
      assert_issues (&commands,
                     root,
                     GUICHET_JSON_STRICT,
                     cases[i].good ? "" : "invalidStructure document;");
    }
}

/* One byte more still fits into the longest text; from two on the text itself is too long. */
static void
test_largest_document (void)
{
  static const char *const wanted[] = { "", "outOfRange document;", "invalidInput document;" };

  for (gsize over = 0; over < G_N_ELEMENTS (wanted); over++)
    {
      g_autofree guchar *content = g_malloc0 (GUICHET_DOCUMENT_MAX + over);
      g_autofree char *document = g_base64_encode (content, GUICHET_DOCUMENT_MAX + over);
      g_autoptr (JsonNode) root = attaching (document);

      assert_issues (&commands, root, GUICHET_JSON_STRICT, wanted[over]);
    }
}

static void
test_keys (void)
{
  static const char *const bad[] = { "",
                                     "x",
                                     "6F1F7F6A-0000-4000-8000-000000000000",
                                     "6f1f7f6a00004000800000000000000000",
                                     "6f1f7f6a-0000-4000-8000-00000000000",
                                     "6f1f7f6a-0000-4000-8000-0000000000000",
                                     "{6f1f7f6a-0000-4000-8000-00000000000}",
                                     NULL };

  g_assert_true (guichet_command_key_is_valid ("6f1f7f6a-0000-4000-8000-000000000000"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (guichet_command_key_is_valid (bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Everything that travels is read back the same, and nothing else is taken.");

  g_test_add_func ("/core/codecs/citizens", test_citizens);
  g_test_add_func ("/core/codecs/clerks", test_clerks);
  g_test_add_func ("/core/codecs/events", test_events);
  g_test_add_func ("/core/codecs/event-copy", test_event_copy);
  g_test_add_func ("/core/codecs/event-in-two-halves", test_event_in_two_halves);
  g_test_add_func ("/core/codecs/event-members", test_event_members);
  g_test_add_func ("/core/codecs/commands", test_commands);
  g_test_add_func ("/core/codecs/command-members", test_command_members);
  g_test_add_func ("/core/codecs/command-refusals", test_command_refusals);
  g_test_add_func ("/core/codecs/documents", test_documents);
  g_test_add_func ("/core/codecs/largest-document", test_largest_document);
  g_test_add_func ("/core/codecs/keys", test_keys);
  g_test_add_func ("/core/codecs/requests-and-lines", test_requests_and_lines);
  g_test_add_func ("/core/codecs/line-without-number", test_line_without_number);

  return g_test_run ();
}
