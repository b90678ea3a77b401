/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a citizen is reached.
 */
#define G_LOG_DOMAIN "guichet-contact"

#include "config.h"

#include "guichet-contact.h"

#include "guichet-form.h"

#define EMAIL_MAX 254
#define PHONE_MAX 20

static void
contact_clear (gpointer data)
{
  GuichetContact *self = data;

  g_free (self->email);
  g_free (self->phone);
}

GuichetContact *
guichet_contact_new (const char *email, const char *phone, GuichetLanguage language)
{
  GuichetContact *self = g_atomic_rc_box_new0 (GuichetContact);

  self->email = g_strdup (email);
  self->phone = g_strdup (phone);
  self->language = language;
  return self;
}

GuichetContact *
guichet_contact_ref (GuichetContact *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_contact_unref (GuichetContact *self)
{
  g_atomic_rc_box_release_full (self, contact_clear);
}

GuichetContact *
guichet_contact_read (GuichetJsonReader *reader)
{
  const char *email =
      guichet_json_reader_string (reader, "email", GUICHET_JSON_OPTIONAL, EMAIL_MAX);
  const char *phone =
      guichet_json_reader_string (reader, "phone", GUICHET_JSON_OPTIONAL, PHONE_MAX);
  GuichetLanguage language =
      guichet_json_reader_enum (reader, "language", GUICHET_JSON_REQUIRED, GUICHET_TYPE_LANGUAGE);

  if (email != NULL && !guichet_email_is_valid (email))
    guichet_json_reader_refuse (reader, "email", "invalidInput", "must be an e-mail address");
  if (phone != NULL && !guichet_phone_is_valid (phone))
    guichet_json_reader_refuse (reader, "phone", "invalidInput", GUICHET_PHONE_RULE);
  return guichet_contact_new (email, phone, language);
}

void
guichet_contact_write (const GuichetContact *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_string (writer, "email", self->email);
  guichet_json_writer_string (writer, "phone", self->phone);
  guichet_json_writer_enum (writer, "language", GUICHET_TYPE_LANGUAGE, self->language);
  guichet_json_writer_end_object (writer);
}
