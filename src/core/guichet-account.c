/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account of a citizen.
 */
#define G_LOG_DOMAIN "guichet-account"

#include "config.h"

#include "guichet-account.h"

#include "guichet-account-name.h"

#define ACTOR_MAX 40

static void
account_clear (gpointer data)
{
  GuichetAccount *self = data;

  g_free (self->account);
  g_free (self->opened_by);
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
}

GuichetAccount *
guichet_account_ref (GuichetAccount *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_account_unref (GuichetAccount *self)
{
  g_atomic_rc_box_release_full (self, account_clear);
}

GuichetContact *
guichet_account_contact (const GuichetAccount *self)
{
  return guichet_contact_new (self->citizen->email, self->citizen->phone, self->citizen->language);
}

/* The person of @event, or else of @self, reached as the other says where @event does not. */
static GuichetCitizen *
fold_citizen (const GuichetAccount *self, const GuichetAccountEvent *event)
{
  g_autoptr (GuichetContact) kept = NULL;

  if (event->kind == GUICHET_ACCOUNT_EVENT_PURGED)
    return guichet_citizen_new ();

  kept = event->contact != NULL ? guichet_contact_ref (event->contact)
                                : guichet_account_contact (self);
  return guichet_citizen_with_contact (event->citizen != NULL ? event->citizen : self->citizen,
                                       kept);
}

GuichetAccount *
guichet_account_outline (const char *account, gint64 version)
{
  GuichetAccount *self;

  g_return_val_if_fail (account != NULL && version > 0, NULL);

  self = g_atomic_rc_box_new0 (GuichetAccount);
  self->account = g_strdup (account);
  self->version = version;
  self->citizen = guichet_citizen_new ();
  return self;
}

GuichetAccount *
guichet_account_apply (const GuichetAccount *self, const GuichetAccountEvent *event)
{
  GuichetAccount *after;

  g_return_val_if_fail (event != NULL && event->account != NULL, NULL);
  g_return_val_if_fail ((self == NULL) == (event->kind == GUICHET_ACCOUNT_EVENT_OPENED), NULL);
  g_return_val_if_fail (event->version == (self != NULL ? self->version : 0) + 1, NULL);
  g_return_val_if_fail (self == NULL || g_str_equal (self->account, event->account), NULL);

  after = g_atomic_rc_box_new0 (GuichetAccount);
  after->account = g_strdup (event->account);
  after->version = event->version;
  after->opened = self != NULL ? self->opened : event->instant;
  after->opened_by = g_strdup (self != NULL ? self->opened_by : event->actor);
  after->last_event = event->number;
  after->last_instant = event->instant;
  after->citizen = fold_citizen (self, event);
  if (event->check != NULL)
    {
      after->card_read = event->instant;
      after->method = event->check->method;
    }
  else if (self != NULL)
    {
      after->card_read = self->card_read;
      after->method = self->method;
    }
  return after;
}

GuichetAccount *
guichet_account_read (GuichetJsonReader *reader)
{
  GuichetAccount *self = g_atomic_rc_box_new0 (GuichetAccount);

  self->account = g_strdup (guichet_json_reader_string (reader,
                                                        "account",
                                                        GUICHET_JSON_REQUIRED,
                                                        GUICHET_ACCOUNT_NAME_LENGTH));
  self->version =
      guichet_json_reader_integer (reader, "version", GUICHET_JSON_REQUIRED, 1, G_MAXINT64);
  self->opened = guichet_json_reader_instant (reader, "opened", GUICHET_JSON_REQUIRED);
  self->opened_by =
      g_strdup (guichet_json_reader_string (reader, "openedBy", GUICHET_JSON_OPTIONAL, ACTOR_MAX));
  self->last_event =
      guichet_json_reader_integer (reader, "lastEvent", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  self->last_instant = guichet_json_reader_instant (reader, "lastInstant", GUICHET_JSON_REQUIRED);
  self->card_read = guichet_json_reader_instant (reader, "cardRead", GUICHET_JSON_REQUIRED);
  self->method =
      guichet_json_reader_enum (reader, "method", GUICHET_JSON_REQUIRED, GUICHET_TYPE_METHOD);
  if (guichet_json_reader_enter (reader, "citizen", GUICHET_JSON_REQUIRED))
    {
      self->citizen = guichet_citizen_read (reader);
      guichet_json_reader_leave (reader);
    }
  else
    self->citizen = guichet_citizen_new ();
  return self;
}

void
guichet_account_write (const GuichetAccount *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_string (writer, "account", self->account);
  guichet_json_writer_integer (writer, "version", self->version);
  guichet_json_writer_instant (writer, "opened", self->opened);
  guichet_json_writer_string (writer, "openedBy", self->opened_by);
  guichet_json_writer_integer (writer, "lastEvent", self->last_event);
  guichet_json_writer_instant (writer, "lastInstant", self->last_instant);
  guichet_json_writer_instant (writer, "cardRead", self->card_read);
  guichet_json_writer_enum (writer, "method", GUICHET_TYPE_METHOD, self->method);
  guichet_citizen_write (self->citizen, writer, "citizen");
  guichet_json_writer_end_object (writer);
}
