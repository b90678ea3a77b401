/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The codec of a request's state.
 */
#define G_LOG_DOMAIN "guichet-request-codec"

#include "config.h"

#include "guichet-request-private.h"

/* A request that needs more than this of anything is not one that a person handled. */
#define ITEMS_MAX 10000

static void
write_stay (gpointer data, gpointer user_data)
{
  const GuichetStay *self = data;
  GuichetJsonWriter *writer = user_data;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "stage", self->stage);
  guichet_json_writer_enum (writer, "phase", GUICHET_TYPE_PHASE, self->phase);
  guichet_json_writer_enum (writer, "waiting", GUICHET_TYPE_WAITING, self->waiting);
  guichet_json_writer_instant (writer, "from", self->from);
  guichet_json_writer_end_object (writer);
}

static gpointer
read_stay (GuichetJsonReader *reader)
{
  GuichetStay *self = g_new0 (GuichetStay, 1);

  self->stage = g_strdup (guichet_json_reader_string (reader, "stage", GUICHET_JSON_REQUIRED, 60));
  self->phase =
      guichet_json_reader_enum (reader, "phase", GUICHET_JSON_REQUIRED, GUICHET_TYPE_PHASE);
  self->waiting =
      guichet_json_reader_enum (reader, "waiting", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_WAITING);
  self->from = guichet_json_reader_instant (reader, "from", GUICHET_JSON_REQUIRED);
  return self;
}

static void
write_document (gpointer data, gpointer user_data)
{
  const GuichetDocument *self = data;
  GuichetJsonWriter *writer = user_data;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "id", self->id);
  guichet_json_writer_string (writer, "name", self->name);
  guichet_json_writer_string (writer, "mediaType", self->media_type);
  guichet_json_writer_string (writer, "sha256", self->sha256);
  guichet_json_writer_integer (writer, "size", self->size);
  guichet_json_writer_instant (writer, "instant", self->instant);
  guichet_json_writer_string (writer, "actor", self->actor);
  guichet_json_writer_end_object (writer);
}

static gpointer
read_document (GuichetJsonReader *reader)
{
  GuichetDocument *self = g_new0 (GuichetDocument, 1);

  self->id = g_strdup (guichet_json_reader_string (reader, "id", GUICHET_JSON_REQUIRED, 60));
  self->name = g_strdup (guichet_json_reader_string (reader, "name", GUICHET_JSON_REQUIRED, 200));
  self->media_type =
      g_strdup (guichet_json_reader_string (reader, "mediaType", GUICHET_JSON_REQUIRED, 100));
  self->sha256 =
      g_strdup (guichet_json_reader_string (reader, "sha256", GUICHET_JSON_REQUIRED, 64));
  self->size = guichet_json_reader_integer (reader, "size", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  self->instant = guichet_json_reader_instant (reader, "instant", GUICHET_JSON_REQUIRED);
  self->actor = g_strdup (guichet_json_reader_string (reader, "actor", GUICHET_JSON_REQUIRED, 40));
  return self;
}

static void
write_notification (gpointer data, gpointer user_data)
{
  const GuichetNotification *self = data;
  GuichetJsonWriter *writer = user_data;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "id", self->id);
  guichet_json_writer_string (writer, "text", self->text);
  guichet_json_writer_enum (writer, "language", GUICHET_TYPE_LANGUAGE, self->language);
  guichet_json_writer_string (writer, "address", self->address);
  guichet_json_writer_string (writer, "sentence", self->sentence);
  guichet_json_writer_string (writer, "reason", self->reason);
  guichet_json_writer_string (writer, "stage", self->stage);
  guichet_json_writer_string (writer, "repeats", self->repeats);
  guichet_json_writer_enum (writer, "delivery", GUICHET_TYPE_DELIVERY, self->delivery);
  guichet_json_writer_string (writer, "detail", self->detail);
  guichet_json_writer_instant (writer, "instant", self->instant);
  guichet_json_writer_end_object (writer);
}

static gpointer
read_notification (GuichetJsonReader *reader)
{
  GuichetNotification *self = g_new0 (GuichetNotification, 1);

  self->id = g_strdup (guichet_json_reader_string (reader, "id", GUICHET_JSON_REQUIRED, 60));
  self->text = g_strdup (guichet_json_reader_string (reader, "text", GUICHET_JSON_REQUIRED, 60));
  self->language =
      guichet_json_reader_enum (reader, "language", GUICHET_JSON_REQUIRED, GUICHET_TYPE_LANGUAGE);
  self->address =
      g_strdup (guichet_json_reader_string (reader, "address", GUICHET_JSON_REQUIRED, 254));
  self->sentence =
      g_strdup (guichet_json_reader_string (reader, "sentence", GUICHET_JSON_OPTIONAL, 1000));
  self->reason =
      g_strdup (guichet_json_reader_string (reader, "reason", GUICHET_JSON_OPTIONAL, 4000));
  self->stage = g_strdup (guichet_json_reader_string (reader, "stage", GUICHET_JSON_REQUIRED, 60));
  self->repeats =
      g_strdup (guichet_json_reader_string (reader, "repeats", GUICHET_JSON_OPTIONAL, 60));
  self->delivery =
      guichet_json_reader_enum (reader, "delivery", GUICHET_JSON_REQUIRED, GUICHET_TYPE_DELIVERY);
  self->detail = g_strdup (
      guichet_json_reader_string (reader, "detail", GUICHET_JSON_OPTIONAL, GUICHET_DETAIL_MAX));
  self->instant = guichet_json_reader_instant (reader, "instant", GUICHET_JSON_REQUIRED);
  return self;
}

static void
write_verification (gpointer data, gpointer user_data)
{
  const GuichetVerification *self = data;
  GuichetJsonWriter *writer = user_data;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_enum (writer, "finding", GUICHET_TYPE_FINDING, self->finding);
  guichet_json_writer_enum (writer, "method", GUICHET_TYPE_METHOD, self->method);
  guichet_json_writer_instant (writer, "instant", self->instant);
  guichet_json_writer_string (writer, "actor", self->actor);
  guichet_json_writer_end_object (writer);
}

static gpointer
read_verification (GuichetJsonReader *reader)
{
  GuichetVerification *self = g_new0 (GuichetVerification, 1);

  self->finding = (GuichetFinding)
      guichet_json_reader_enum (reader, "finding", GUICHET_JSON_REQUIRED, GUICHET_TYPE_FINDING);
  self->method = (GuichetMethod)
      guichet_json_reader_enum (reader, "method", GUICHET_JSON_REQUIRED, GUICHET_TYPE_METHOD);
  self->instant = guichet_json_reader_instant (reader, "instant", GUICHET_JSON_REQUIRED);
  self->actor = g_strdup (guichet_json_reader_string (reader, "actor", GUICHET_JSON_REQUIRED, 40));
  return self;
}

static void
write_items (GuichetJsonWriter *writer, const char *member, GPtrArray *items, GFunc write_item)
{
  guichet_json_writer_begin_array (writer, member);
  g_ptr_array_foreach (items, write_item, writer);
  guichet_json_writer_end_array (writer);
}

static void
read_items (GuichetJsonReader *reader,
            const char *member,
            GuichetJsonNeed need,
            GPtrArray *items,
            gpointer (*read_item) (GuichetJsonReader *reader))
{
  guint n_items = 0;

  if (!guichet_json_reader_enter_array (reader, member, need, ITEMS_MAX, &n_items))
    return;

  for (guint i = 0; i < n_items; i++)
    if (guichet_json_reader_enter_item (reader, i))
      {
        g_ptr_array_add (items, read_item (reader));
        guichet_json_reader_leave (reader);
      }
  guichet_json_reader_leave (reader);
}

void
guichet_request_write (const GuichetRequest *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_string (writer, "reference", self->reference);
  guichet_json_writer_string (writer, "procedure", self->procedure);
  guichet_json_writer_enum (writer, "department", GUICHET_TYPE_DEPARTMENT, self->department);
  guichet_json_writer_string (writer, "stage", self->stage);
  guichet_json_writer_enum (writer, "phase", GUICHET_TYPE_PHASE, self->phase);
  guichet_json_writer_enum (writer, "waiting", GUICHET_TYPE_WAITING, self->waiting);
  guichet_json_writer_enum (writer, "blocker", GUICHET_TYPE_BLOCKER, self->blocker);
  guichet_json_writer_day (writer, "blockedUntil", self->blocked_until);
  guichet_json_writer_enum (writer, "result", GUICHET_TYPE_RESULT, self->result);
  guichet_json_writer_string (writer, "assignee", self->assignee);
  guichet_json_writer_integer (writer, "version", self->version);
  guichet_json_writer_instant (writer, "received", self->received);
  guichet_json_writer_integer (writer, "lastEvent", self->last_event);
  guichet_json_writer_enum (writer, "lastKind", GUICHET_TYPE_EVENT_KIND, self->last_kind);
  guichet_json_writer_string (writer, "lastActor", self->last_actor);
  guichet_json_writer_instant (writer, "lastInstant", self->last_instant);
  guichet_json_writer_enum (writer, "channel", GUICHET_TYPE_CHANNEL, self->channel);
  if (self->citizen != NULL)
    guichet_citizen_write (self->citizen, writer, "citizen");
  guichet_json_writer_object (writer, "answers", self->answers);
  write_items (writer, "stays", self->stays, write_stay);
  write_items (writer, "documents", self->documents, write_document);
  write_items (writer, "notifications", self->notifications, write_notification);
  /* Most requests never have one: their state stays as it was. */
  if (self->verifications->len > 0)
    write_items (writer, "verifications", self->verifications, write_verification);
  guichet_json_writer_end_object (writer);
}

GuichetRequest *
guichet_request_read (GuichetJsonReader *reader)
{
  GuichetRequest *self = _guichet_request_new ();
  JsonObject *answers;

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
  self->blocked_until = guichet_json_reader_day (reader, "blockedUntil", GUICHET_JSON_OPTIONAL);
  self->result =
      guichet_json_reader_enum (reader, "result", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_RESULT);
  self->assignee =
      g_strdup (guichet_json_reader_string (reader, "assignee", GUICHET_JSON_OPTIONAL, 40));
  self->version =
      guichet_json_reader_integer (reader, "version", GUICHET_JSON_REQUIRED, 1, G_MAXINT64);
  self->received = guichet_json_reader_instant (reader, "received", GUICHET_JSON_REQUIRED);
  self->last_event =
      guichet_json_reader_integer (reader, "lastEvent", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  self->last_kind =
      guichet_json_reader_enum (reader, "lastKind", GUICHET_JSON_REQUIRED, GUICHET_TYPE_EVENT_KIND);
  self->last_actor =
      g_strdup (guichet_json_reader_string (reader, "lastActor", GUICHET_JSON_REQUIRED, 40));
  self->last_instant = guichet_json_reader_instant (reader, "lastInstant", GUICHET_JSON_REQUIRED);
  self->channel =
      guichet_json_reader_enum (reader, "channel", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_CHANNEL);
  if (guichet_json_reader_enter (reader, "citizen", GUICHET_JSON_OPTIONAL))
    {
      self->citizen = guichet_citizen_read (reader);
      guichet_json_reader_leave (reader);
    }
  answers = guichet_json_reader_object (reader, "answers", GUICHET_JSON_OPTIONAL);
  self->answers = answers != NULL ? json_object_ref (answers) : NULL;
  read_items (reader, "stays", GUICHET_JSON_REQUIRED, self->stays, read_stay);
  read_items (reader, "documents", GUICHET_JSON_REQUIRED, self->documents, read_document);
  read_items (reader,
              "notifications",
              GUICHET_JSON_REQUIRED,
              self->notifications,
              read_notification);
  read_items (reader,
              "verifications",
              GUICHET_JSON_OPTIONAL,
              self->verifications,
              read_verification);
  return self;
}
