/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line of the journal: a closed header that stays in clear, and a payload.
 */
#define G_LOG_DOMAIN "guichet-event"

#include "config.h"

#include "guichet-event.h"

#define TEXT_MAX 4000
#define SENTENCE_MAX 1000

#define AT(member) G_STRUCT_OFFSET (GuichetEvent, member)
#define IN(kind) (1u << GUICHET_EVENT_##kind)
#define NOTIFICATIONS                                                              \
  (IN (NOTIFICATION_QUEUED) | IN (NOTIFICATION_SENT) | IN (NOTIFICATION_DELAYED) | \
   IN (NOTIFICATION_FAILED))

typedef enum
{
  MEMBER_TEXT,
  MEMBER_INTEGER, /* gint64 */
  MEMBER_INSTANT, /* gint64 */
  MEMBER_DAY,
  MEMBER_ENUM,
} MemberType;

/* One member of the payload: which kinds may have it, and which must. */
typedef struct
{
  const char *name;
  gsize offset;
  MemberType type;
  gsize max_chars;
  GType (*enum_type) (void);
  guint allowed;
  guint required;
} Member;

/* Header members are all read by hand; the payload is this table, but for what has a codec of its
 * own: citizen, answers and check. */
static const Member members[] = {
  { "text",
    AT (text),
    MEMBER_TEXT,
    TEXT_MAX,
    NULL,
    IN (NOTE_WRITTEN) | IN (STAGE_MOVED) | IN (BLOCKED) | IN (RELEASED) | IN (ASSIGNED) |
        IN (PURGED) | IN (NOTIFICATION_QUEUED),
    IN (NOTE_WRITTEN) },
  { "fromStage",
    AT (from_stage),
    MEMBER_TEXT,
    60,
    NULL,
    IN (STAGE_MOVED) | IN (NOTIFICATION_QUEUED),
    IN (STAGE_MOVED) },
  { "until", AT (until), MEMBER_DAY, 0, NULL, IN (BLOCKED), 0 },
  { "channel",
    AT (channel),
    MEMBER_ENUM,
    0,
    guichet_channel_get_type,
    IN (SUBMITTED),
    IN (SUBMITTED) },
  { "document",
    AT (document),
    MEMBER_TEXT,
    60,
    NULL,
    IN (DOCUMENT_ATTACHED),
    IN (DOCUMENT_ATTACHED) },
  { "documentName",
    AT (document_name),
    MEMBER_TEXT,
    200,
    NULL,
    IN (DOCUMENT_ATTACHED),
    IN (DOCUMENT_ATTACHED) },
  { "documentType",
    AT (document_type),
    MEMBER_TEXT,
    100,
    NULL,
    IN (DOCUMENT_ATTACHED),
    IN (DOCUMENT_ATTACHED) },
  { "documentSha256",
    AT (document_sha256),
    MEMBER_TEXT,
    64,
    NULL,
    IN (DOCUMENT_ATTACHED),
    IN (DOCUMENT_ATTACHED) },
  { "documentSize",
    AT (document_size),
    MEMBER_INTEGER,
    0,
    NULL,
    IN (DOCUMENT_ATTACHED),
    IN (DOCUMENT_ATTACHED) },
  { "notification", AT (notification), MEMBER_TEXT, 60, NULL, NOTIFICATIONS, NOTIFICATIONS },
  { "notificationText",
    AT (notification_text),
    MEMBER_TEXT,
    60,
    NULL,
    IN (NOTIFICATION_QUEUED),
    IN (NOTIFICATION_QUEUED) },
  { "notificationLanguage",
    AT (notification_language),
    MEMBER_ENUM,
    0,
    guichet_language_get_type,
    IN (NOTIFICATION_QUEUED),
    0 },
  { "repeats", AT (repeats), MEMBER_TEXT, 60, NULL, IN (NOTIFICATION_QUEUED), 0 },
  { "address", AT (address), MEMBER_TEXT, 254, NULL, NOTIFICATIONS, 0 },
  { "sentence", AT (sentence), MEMBER_TEXT, SENTENCE_MAX, NULL, IN (NOTIFICATION_QUEUED), 0 },
  { "detail",
    AT (detail),
    MEMBER_TEXT,
    GUICHET_DETAIL_MAX,
    NULL,
    IN (NOTIFICATION_DELAYED) | IN (NOTIFICATION_FAILED),
    0 },
  { "nextAttempt", AT (next_attempt), MEMBER_INSTANT, 0, NULL, IN (NOTIFICATION_DELAYED), 0 },
};

static void
event_clear (gpointer data)
{
  GuichetEvent *self = data;

  g_free (self->reference);
  g_free (self->procedure);
  g_free (self->stage);
  g_free (self->assignee);
  g_free (self->actor);
  g_free (self->key);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].type == MEMBER_TEXT)
      g_free (G_STRUCT_MEMBER (char *, self, members[i].offset));
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_clear_pointer (&self->answers, json_object_unref);
  g_clear_pointer (&self->check, guichet_identity_check_unref);
}

GuichetEvent *
guichet_event_new (GuichetEventKind kind)
{
  GuichetEvent *self = g_atomic_rc_box_new0 (GuichetEvent);

  self->kind = kind;
  self->until = GUICHET_DAY_NONE;
  return self;
}

GuichetEvent *
guichet_event_copy (const GuichetEvent *self)
{
  GuichetEvent *copy = guichet_event_new (self->kind);

  *copy = *self;
  copy->reference = g_strdup (self->reference);
  copy->procedure = g_strdup (self->procedure);
  copy->stage = g_strdup (self->stage);
  copy->assignee = g_strdup (self->assignee);
  copy->actor = g_strdup (self->actor);
  copy->key = g_strdup (self->key);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].type == MEMBER_TEXT)
      G_STRUCT_MEMBER (char *, copy, members[i].offset) =
          g_strdup (G_STRUCT_MEMBER (char *, self, members[i].offset));
  copy->citizen = self->citizen != NULL ? guichet_citizen_ref (self->citizen) : NULL;
  copy->answers = self->answers != NULL ? json_object_ref (self->answers) : NULL;
  copy->check = self->check != NULL ? guichet_identity_check_ref (self->check) : NULL;
  return copy;
}

GuichetEvent *
guichet_event_ref (GuichetEvent *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_event_unref (GuichetEvent *self)
{
  g_atomic_rc_box_release_full (self, event_clear);
}

static void
write_member (const GuichetEvent *self, const Member *member, GuichetJsonWriter *writer)
{
  switch (member->type)
    {
    case MEMBER_TEXT:
      guichet_json_writer_string (writer,
                                  member->name,
                                  G_STRUCT_MEMBER (char *, self, member->offset));
      break;
    case MEMBER_INTEGER:
      guichet_json_writer_integer (writer,
                                   member->name,
                                   G_STRUCT_MEMBER (gint64, self, member->offset));
      break;
    case MEMBER_INSTANT:
      guichet_json_writer_instant (writer,
                                   member->name,
                                   G_STRUCT_MEMBER (gint64, self, member->offset));
      break;
    case MEMBER_DAY:
      guichet_json_writer_day (writer,
                               member->name,
                               G_STRUCT_MEMBER (GuichetDay, self, member->offset));
      break;
    case MEMBER_ENUM:
      guichet_json_writer_enum (writer,
                                member->name,
                                member->enum_type (),
                                G_STRUCT_MEMBER (int, self, member->offset));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
write_payload_members (const GuichetEvent *self, GuichetJsonWriter *writer)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].allowed & (1u << self->kind))
      write_member (self, &members[i], writer);
  if (self->check != NULL)
    guichet_identity_check_write (self->check, writer, "check");
  if (self->kind != GUICHET_EVENT_SUBMITTED)
    return;
  if (self->citizen != NULL)
    guichet_citizen_write (self->citizen, writer, "citizen");
  guichet_json_writer_object (writer, "answers", self->answers);
}

void
guichet_event_write_payload (const GuichetEvent *self,
                             GuichetJsonWriter *writer,
                             const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  write_payload_members (self, writer);
  guichet_json_writer_end_object (writer);
}

void
guichet_event_write (const GuichetEvent *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_integer (writer, "number", self->number);
  guichet_json_writer_string (writer, "reference", self->reference);
  guichet_json_writer_enum (writer, "kind", GUICHET_TYPE_EVENT_KIND, self->kind);
  guichet_json_writer_string (writer, "procedure", self->procedure);
  guichet_json_writer_enum (writer, "department", GUICHET_TYPE_DEPARTMENT, self->department);
  guichet_json_writer_string (writer, "stage", self->stage);
  guichet_json_writer_enum (writer, "phase", GUICHET_TYPE_PHASE, self->phase);
  guichet_json_writer_enum (writer, "waiting", GUICHET_TYPE_WAITING, self->waiting);
  guichet_json_writer_enum (writer, "blocker", GUICHET_TYPE_BLOCKER, self->blocker);
  guichet_json_writer_enum (writer, "result", GUICHET_TYPE_RESULT, self->result);
  guichet_json_writer_string (writer, "assignee", self->assignee);
  guichet_json_writer_string (writer, "actor", self->actor);
  guichet_json_writer_instant (writer, "instant", self->instant);
  guichet_json_writer_integer (writer, "version", self->version);
  guichet_json_writer_string (writer, "key", self->key);
  write_payload_members (self, writer);
  guichet_json_writer_end_object (writer);
}

static void
read_member (GuichetEvent *self, const Member *member, GuichetJsonReader *reader)
{
  GuichetJsonNeed need =
      member->required & (1u << self->kind) ? GUICHET_JSON_REQUIRED : GUICHET_JSON_OPTIONAL;

  switch (member->type)
    {
    case MEMBER_TEXT:
      G_STRUCT_MEMBER (char *, self, member->offset) =
          g_strdup (guichet_json_reader_string (reader, member->name, need, member->max_chars));
      break;
    case MEMBER_INTEGER:
      G_STRUCT_MEMBER (gint64, self, member->offset) =
          guichet_json_reader_integer (reader, member->name, need, 0, G_MAXINT64);
      break;
    case MEMBER_INSTANT:
      G_STRUCT_MEMBER (gint64, self, member->offset) =
          guichet_json_reader_instant (reader, member->name, need);
      break;
    case MEMBER_DAY:
      G_STRUCT_MEMBER (GuichetDay, self, member->offset) =
          guichet_json_reader_day (reader, member->name, need);
      break;
    case MEMBER_ENUM:
      G_STRUCT_MEMBER (int, self, member->offset) =
          guichet_json_reader_enum (reader, member->name, need, member->enum_type ());
      break;
    default:
      g_assert_not_reached ();
    }
}

void
guichet_event_read_payload (GuichetEvent *self, GuichetJsonReader *reader)
{
  JsonObject *answers;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].allowed & (1u << self->kind))
      read_member (self, &members[i], reader);
  if (self->kind == GUICHET_EVENT_IDENTITY_CHECKED &&
      guichet_json_reader_enter (reader, "check", GUICHET_JSON_REQUIRED))
    {
      self->check = guichet_identity_check_read (reader);
      guichet_json_reader_leave (reader);
    }
  if (self->kind != GUICHET_EVENT_SUBMITTED)
    return;

  if (guichet_json_reader_enter (reader, "citizen", GUICHET_JSON_REQUIRED))
    {
      self->citizen = guichet_citizen_read (reader);
      guichet_json_reader_leave (reader);
    }
  answers = guichet_json_reader_object (reader, "answers", GUICHET_JSON_REQUIRED);
  self->answers = answers != NULL ? json_object_ref (answers) : NULL;
}

GuichetEvent *
guichet_event_read (GuichetJsonReader *reader)
{
  GuichetEvent *self = guichet_event_new (
      guichet_json_reader_enum (reader, "kind", GUICHET_JSON_REQUIRED, GUICHET_TYPE_EVENT_KIND));

  self->number =
      guichet_json_reader_integer (reader, "number", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  self->reference =
      g_strdup (guichet_json_reader_string (reader, "reference", GUICHET_JSON_REQUIRED, 20));
  self->procedure =
      g_strdup (guichet_json_reader_string (reader, "procedure", GUICHET_JSON_REQUIRED, 20));
  self->department = guichet_json_reader_enum (reader,
                                               "department",
                                               GUICHET_JSON_REQUIRED,
                                               GUICHET_TYPE_DEPARTMENT);
  self->stage = g_strdup (guichet_json_reader_string (reader, "stage", GUICHET_JSON_REQUIRED, 60));
  self->phase =
      guichet_json_reader_enum (reader, "phase", GUICHET_JSON_REQUIRED, GUICHET_TYPE_PHASE);
  self->waiting =
      guichet_json_reader_enum (reader, "waiting", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_WAITING);
  self->blocker =
      guichet_json_reader_enum (reader, "blocker", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_BLOCKER);
  self->result =
      guichet_json_reader_enum (reader, "result", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_RESULT);
  self->assignee =
      g_strdup (guichet_json_reader_string (reader, "assignee", GUICHET_JSON_OPTIONAL, 40));
  self->actor = g_strdup (guichet_json_reader_string (reader, "actor", GUICHET_JSON_REQUIRED, 40));
  self->instant = guichet_json_reader_instant (reader, "instant", GUICHET_JSON_REQUIRED);
  self->version =
      guichet_json_reader_integer (reader, "version", GUICHET_JSON_REQUIRED, 1, G_MAXINT64);
  self->key = g_strdup (guichet_json_reader_string (reader, "key", GUICHET_JSON_OPTIONAL, 60));
  guichet_event_read_payload (self, reader);
  return self;
}
