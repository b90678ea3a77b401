/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request as queues show it.
 */
#define G_LOG_DOMAIN "guichet-line"

#include "config.h"

#include "guichet-line.h"

static void
line_clear (gpointer data)
{
  GuichetLine *self = data;

  g_free (self->reference);
  g_free (self->procedure);
  g_free (self->citizen);
  g_free (self->stage);
  g_free (self->assignee);
  g_free (self->assignee_name);
  g_free (self->last_actor);
}

GuichetLine *
guichet_line_new (void)
{
  GuichetLine *self = g_atomic_rc_box_new0 (GuichetLine);

  self->due = GUICHET_DAY_NONE;
  self->legal_due = GUICHET_DAY_NONE;
  return self;
}

GuichetLine *
guichet_line_ref (GuichetLine *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_line_unref (GuichetLine *self)
{
  g_atomic_rc_box_release_full (self, line_clear);
}

static gboolean
delivery_failed (const GuichetRequest *request)
{
  const GuichetNotification *last;

  if (request->notifications->len == 0)
    return FALSE;

  last = g_ptr_array_index (request->notifications, request->notifications->len - 1);
  return last->delivery == GUICHET_DELIVERY_FAILED;
}

GuichetLine *
guichet_line_from_request (const GuichetRequest *request,
                           const GuichetDeadline *deadline,
                           const char *assignee_name)
{
  GuichetLine *self = guichet_line_new ();

  self->reference = g_strdup (request->reference);
  self->procedure = g_strdup (request->procedure);
  self->department = request->department;
  self->citizen = request->citizen != NULL ? guichet_citizen_display_name (request->citizen) : NULL;
  self->stage = g_strdup (request->stage);
  self->phase = request->phase;
  self->waiting = request->waiting;
  self->blocker = request->blocker;
  self->result = request->result;
  self->assignee = g_strdup (request->assignee);
  self->assignee_name = request->assignee != NULL ? g_strdup (assignee_name) : NULL;
  self->language = request->citizen != NULL ? request->citizen->language : GUICHET_LANGUAGE_FR;
  self->channel = request->channel;
  self->received = request->received;
  if (deadline != NULL && !deadline->met)
    {
      self->due = guichet_deadline_nearest (deadline);
      self->legal_due = deadline->legal.day;
      self->stopped =
          self->due == GUICHET_DAY_NONE && (deadline->promise.stopped || deadline->legal.stopped);
    }
  self->delivery_failed = delivery_failed (request);
  self->version = request->version;
  self->last_event = request->last_event;
  self->last_kind = request->last_kind;
  self->last_actor = g_strdup (request->last_actor);
  self->last_instant = request->last_instant;
  return self;
}

guint
guichet_line_count_late_days (const GuichetLine *self, GuichetDay today)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->phase == GUICHET_PHASE_CLOSED || self->due == GUICHET_DAY_NONE || self->due >= today)
    return 0;
  return (guint) (today - self->due);
}

GuichetLine *
guichet_line_read (GuichetJsonReader *reader)
{
  GuichetLine *self = guichet_line_new ();

  self->reference =
      g_strdup (guichet_json_reader_string (reader, "reference", GUICHET_JSON_REQUIRED, 20));
  self->procedure =
      g_strdup (guichet_json_reader_string (reader, "procedure", GUICHET_JSON_REQUIRED, 20));
  self->department = guichet_json_reader_enum (reader,
                                               "department",
                                               GUICHET_JSON_REQUIRED,
                                               GUICHET_TYPE_DEPARTMENT);
  self->citizen =
      g_strdup (guichet_json_reader_string (reader, "citizen", GUICHET_JSON_OPTIONAL, 300));
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
  self->assignee_name =
      g_strdup (guichet_json_reader_string (reader, "assigneeName", GUICHET_JSON_OPTIONAL, 100));
  self->language =
      guichet_json_reader_enum (reader, "language", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_LANGUAGE);
  self->channel =
      guichet_json_reader_enum (reader, "channel", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_CHANNEL);
  self->received = guichet_json_reader_instant (reader, "received", GUICHET_JSON_REQUIRED);
  self->due = guichet_json_reader_day (reader, "due", GUICHET_JSON_OPTIONAL);
  self->legal_due = guichet_json_reader_day (reader, "legalDue", GUICHET_JSON_OPTIONAL);
  self->stopped = guichet_json_reader_boolean (reader, "stopped", GUICHET_JSON_REQUIRED);
  self->delivery_failed =
      guichet_json_reader_boolean (reader, "deliveryFailed", GUICHET_JSON_REQUIRED);
  self->version =
      guichet_json_reader_integer (reader, "version", GUICHET_JSON_REQUIRED, 1, G_MAXINT64);
  self->last_event =
      guichet_json_reader_integer (reader, "lastEvent", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  self->last_kind =
      guichet_json_reader_enum (reader, "lastKind", GUICHET_JSON_REQUIRED, GUICHET_TYPE_EVENT_KIND);
  self->last_actor =
      g_strdup (guichet_json_reader_string (reader, "lastActor", GUICHET_JSON_REQUIRED, 40));
  self->last_instant = guichet_json_reader_instant (reader, "lastInstant", GUICHET_JSON_REQUIRED);
  return self;
}

void
guichet_line_write (const GuichetLine *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_string (writer, "reference", self->reference);
  guichet_json_writer_string (writer, "procedure", self->procedure);
  guichet_json_writer_enum (writer, "department", GUICHET_TYPE_DEPARTMENT, self->department);
  guichet_json_writer_string (writer, "citizen", self->citizen);
  guichet_json_writer_string (writer, "stage", self->stage);
  guichet_json_writer_enum (writer, "phase", GUICHET_TYPE_PHASE, self->phase);
  guichet_json_writer_enum (writer, "waiting", GUICHET_TYPE_WAITING, self->waiting);
  guichet_json_writer_enum (writer, "blocker", GUICHET_TYPE_BLOCKER, self->blocker);
  guichet_json_writer_enum (writer, "result", GUICHET_TYPE_RESULT, self->result);
  guichet_json_writer_string (writer, "assignee", self->assignee);
  guichet_json_writer_string (writer, "assigneeName", self->assignee_name);
  guichet_json_writer_enum (writer, "language", GUICHET_TYPE_LANGUAGE, self->language);
  guichet_json_writer_enum (writer, "channel", GUICHET_TYPE_CHANNEL, self->channel);
  guichet_json_writer_instant (writer, "received", self->received);
  guichet_json_writer_day (writer, "due", self->due);
  guichet_json_writer_day (writer, "legalDue", self->legal_due);
  guichet_json_writer_boolean (writer, "stopped", self->stopped);
  guichet_json_writer_boolean (writer, "deliveryFailed", self->delivery_failed);
  guichet_json_writer_integer (writer, "version", self->version);
  guichet_json_writer_integer (writer, "lastEvent", self->last_event);
  guichet_json_writer_enum (writer, "lastKind", GUICHET_TYPE_EVENT_KIND, self->last_kind);
  guichet_json_writer_string (writer, "lastActor", self->last_actor);
  guichet_json_writer_instant (writer, "lastInstant", self->last_instant);
  guichet_json_writer_end_object (writer);
}
