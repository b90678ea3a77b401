/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line of the journal of accounts.
 */
#define G_LOG_DOMAIN "guichet-account-event"

#include "config.h"

#include "guichet-account-event.h"

#include "guichet-account-name.h"

#define ACTOR_MAX 120
#define KEY_MAX 60
#define TEXT_MAX 4000

// clang-format off
G_DEFINE_ENUM_TYPE (GuichetAccountEventKind, guichet_account_event_kind,
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_EVENT_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_EVENT_OPENED, "opened"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_EVENT_CONTACT_CHANGED, "contactChanged"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_EVENT_PERSON_RENEWED, "personRenewed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_EVENT_PURGED, "purged"))
// clang-format on

static void
event_clear (gpointer data)
{
  GuichetAccountEvent *self = data;

  g_free (self->account);
  g_free (self->actor);
  g_free (self->key);
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_clear_pointer (&self->check, guichet_identity_check_unref);
  g_clear_pointer (&self->contact, guichet_contact_unref);
  g_free (self->text);
}

GuichetAccountEvent *
guichet_account_event_new (GuichetAccountEventKind kind)
{
  GuichetAccountEvent *self = g_atomic_rc_box_new0 (GuichetAccountEvent);

  self->kind = kind;
  return self;
}

GuichetAccountEvent *
guichet_account_event_ref (GuichetAccountEvent *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_account_event_unref (GuichetAccountEvent *self)
{
  g_atomic_rc_box_release_full (self, event_clear);
}

void
guichet_account_event_write_header (const GuichetAccountEvent *self,
                                    GuichetJsonWriter *writer,
                                    const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_integer (writer, "number", self->number);
  guichet_json_writer_string (writer, "account", self->account);
  guichet_json_writer_enum (writer, "kind", GUICHET_TYPE_ACCOUNT_EVENT_KIND, self->kind);
  guichet_json_writer_string (writer, "actor", self->actor);
  guichet_json_writer_instant (writer, "instant", self->instant);
  guichet_json_writer_integer (writer, "version", self->version);
  guichet_json_writer_end_object (writer);
}

GuichetAccountEvent *
guichet_account_event_read_header (GuichetJsonReader *reader)
{
  GuichetAccountEvent *self =
      guichet_account_event_new (guichet_json_reader_enum (reader,
                                                           "kind",
                                                           GUICHET_JSON_REQUIRED,
                                                           GUICHET_TYPE_ACCOUNT_EVENT_KIND));
  const char *account = guichet_json_reader_string (reader,
                                                    "account",
                                                    GUICHET_JSON_REQUIRED,
                                                    GUICHET_ACCOUNT_NAME_LENGTH);

  self->number =
      guichet_json_reader_integer (reader, "number", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  self->account = g_strdup (account);
  self->actor =
      g_strdup (guichet_json_reader_string (reader, "actor", GUICHET_JSON_REQUIRED, ACTOR_MAX));
  self->instant = guichet_json_reader_instant (reader, "instant", GUICHET_JSON_REQUIRED);
  self->version =
      guichet_json_reader_integer (reader, "version", GUICHET_JSON_REQUIRED, 1, G_MAXINT64);
  return self;
}

static gboolean
has_person (GuichetAccountEventKind kind)
{
  return kind == GUICHET_ACCOUNT_EVENT_OPENED || kind == GUICHET_ACCOUNT_EVENT_PERSON_RENEWED;
}

static gboolean
has_contact (GuichetAccountEventKind kind)
{
  return kind == GUICHET_ACCOUNT_EVENT_OPENED || kind == GUICHET_ACCOUNT_EVENT_CONTACT_CHANGED;
}

void
guichet_account_event_write_payload (const GuichetAccountEvent *self,
                                     GuichetJsonWriter *writer,
                                     const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  if (self->citizen != NULL)
    guichet_citizen_write (self->citizen, writer, "citizen");
  if (self->check != NULL)
    guichet_identity_check_write (self->check, writer, "check");
  if (self->contact != NULL)
    guichet_contact_write (self->contact, writer, "contact");
  guichet_json_writer_string (writer, "text", self->text);
  guichet_json_writer_end_object (writer);
}

static void
read_person (GuichetAccountEvent *self, GuichetJsonReader *reader)
{
  if (guichet_json_reader_enter (reader, "citizen", GUICHET_JSON_REQUIRED))
    {
      self->citizen = guichet_citizen_read (reader);
      guichet_json_reader_leave (reader);
    }
  if (guichet_json_reader_enter (reader, "check", GUICHET_JSON_REQUIRED))
    {
      self->check = guichet_identity_check_read (reader);
      guichet_json_reader_leave (reader);
    }
}

void
guichet_account_event_read_payload (GuichetAccountEvent *self, GuichetJsonReader *reader)
{
  if (has_person (self->kind))
    read_person (self, reader);
  if (has_contact (self->kind) &&
      guichet_json_reader_enter (reader, "contact", GUICHET_JSON_REQUIRED))
    {
      self->contact = guichet_contact_read (reader);
      guichet_json_reader_leave (reader);
    }
  if (self->kind == GUICHET_ACCOUNT_EVENT_PURGED)
    self->text =
        g_strdup (guichet_json_reader_string (reader, "text", GUICHET_JSON_OPTIONAL, TEXT_MAX));
}
