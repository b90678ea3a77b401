/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody asks the server to do.
 */
#define G_LOG_DOMAIN "guichet-command"

#include "config.h"

#include "guichet-command.h"

#define KEY_LENGTH 36

#define AT(member) G_STRUCT_OFFSET (GuichetCommand, member)
#define IN(kind) (1u << GUICHET_COMMAND_##kind)

/* The text members: which kinds may have them, and which must. */
static const struct
{
  const char *name;
  gsize offset;
  gsize max_chars;
  guint allowed;
  guint required;
} texts[] = {
  { "to", AT (to), 60, IN (MOVE) | IN (ASSIGN), IN (MOVE) | IN (ASSIGN) },
  { "text",
    AT (text),
    4000,
    IN (NOTE) | IN (MOVE) | IN (RELEASE) | IN (ASSIGN) | IN (BLOCK) | IN (PURGE),
    IN (NOTE) | IN (PURGE) },
  { "by", AT (by), GUICHET_BY_MAX, IN (PURGE), IN (PURGE) },
  { "sentence", AT (sentence), 1000, IN (MOVE) | IN (RESEND_NOTIFICATION), 0 },
  { "documentName", AT (document_name), 200, IN (ATTACH_DOCUMENT), IN (ATTACH_DOCUMENT) },
  { "notification",
    AT (notification),
    60,
    IN (RESEND_NOTIFICATION) | IN (REPORT_NOTIFICATION),
    IN (RESEND_NOTIFICATION) | IN (REPORT_NOTIFICATION) },
  { "address", AT (address), 254, IN (RESEND_NOTIFICATION), 0 },
  { "procedure", AT (procedure), 20, IN (SUBMIT), IN (SUBMIT) },
  { "challenge", AT (challenge), 64, IN (CHECK_IDENTITY), IN (CHECK_IDENTITY) },
  { "detail", AT (detail), GUICHET_DETAIL_MAX, IN (REPORT_NOTIFICATION), 0 },
};

static void
command_clear (gpointer data)
{
  GuichetCommand *self = data;

  g_free (self->key);
  g_free (self->reference);
  g_free (self->after);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i].offset));
  g_clear_pointer (&self->document, g_bytes_unref);
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_clear_pointer (&self->answers, json_object_unref);
  g_clear_pointer (&self->check, guichet_identity_check_unref);
}

GuichetCommand *
guichet_command_new (GuichetCommandKind kind)
{
  GuichetCommand *self = g_atomic_rc_box_new0 (GuichetCommand);

  self->kind = kind;
  self->key = g_uuid_string_random ();
  self->until = GUICHET_DAY_NONE;
  return self;
}

GuichetCommand *
guichet_command_ref (GuichetCommand *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_command_unref (GuichetCommand *self)
{
  g_atomic_rc_box_release_full (self, command_clear);
}

static gboolean
is (const GuichetCommand *self, guint kinds)
{
  return (kinds & (1u << self->kind)) != 0;
}

static GBytes *
read_document (GuichetJsonReader *reader)
{
  const char *text = guichet_json_reader_opaque (reader,
                                                 "document",
                                                 GUICHET_JSON_REQUIRED,
                                                 (GUICHET_DOCUMENT_MAX + 2) / 3 * 4);
  gsize length = 0;
  g_autofree guchar *content = NULL;
  g_autofree char *again = NULL;

  if (text == NULL)
    return NULL;

  /* GLib skips what is not base64: only what it writes again is what was sent. */
  content = g_base64_decode (text, &length);
  again = g_base64_encode (content, length);
  if (!g_str_equal (again, text))
    guichet_json_reader_refuse (reader, "document", "invalidStructure", "is not base64");
  else if (length > GUICHET_DOCUMENT_MAX)
    guichet_json_reader_refuse (reader, "document", "outOfRange", "is larger than 8 MiB");
  else
    return g_bytes_new_take (g_steal_pointer (&content), length);
  return NULL;
}

static void
read_submission (GuichetCommand *self, GuichetJsonReader *reader)
{
  JsonObject *answers;

  self->channel =
      guichet_json_reader_enum (reader, "channel", GUICHET_JSON_REQUIRED, GUICHET_TYPE_CHANNEL);
  if (guichet_json_reader_enter (reader, "citizen", GUICHET_JSON_REQUIRED))
    {
      self->citizen = guichet_citizen_read (reader);
      guichet_json_reader_leave (reader);
    }
  answers = guichet_json_reader_object (reader, "answers", GUICHET_JSON_REQUIRED);
  self->answers = answers != NULL ? json_object_ref (answers) : NULL;
}

/* What the clerk was looking at, and which of their own commands was still under way. */
static void
read_basis (GuichetCommand *self, GuichetJsonReader *reader)
{
  if (is (self, IN (SUBMIT) | IN (REPORT_NOTIFICATION) | IN (PURGE)))
    return;

  self->after =
      g_strdup (guichet_json_reader_string (reader, "after", GUICHET_JSON_OPTIONAL, KEY_LENGTH));
  if (self->after != NULL && !guichet_command_key_is_valid (self->after))
    guichet_json_reader_refuse (reader, "after", "invalidStructure", "is not the key of a command");
  self->expected_version = guichet_json_reader_integer (reader,
                                                        "expectedVersion",
                                                        self->after != NULL ? GUICHET_JSON_OPTIONAL
                                                                            : GUICHET_JSON_REQUIRED,
                                                        1,
                                                        G_MAXINT64);
}

GuichetCommand *
guichet_command_read (GuichetJsonReader *reader)
{
  GuichetCommand *self = guichet_command_new (
      guichet_json_reader_enum (reader, "kind", GUICHET_JSON_REQUIRED, GUICHET_TYPE_COMMAND_KIND));

  g_clear_pointer (&self->key, g_free);
  if (self->kind == GUICHET_COMMAND_NONE)
    return self;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (is (self, texts[i].allowed))
      G_STRUCT_MEMBER (char *, self, texts[i].offset) = g_strdup (
          guichet_json_reader_string (reader,
                                      texts[i].name,
                                      is (self, texts[i].required) ? GUICHET_JSON_REQUIRED
                                                                   : GUICHET_JSON_OPTIONAL,
                                      texts[i].max_chars));
  read_basis (self, reader);
  if (is (self, IN (MOVE)))
    self->notify = guichet_json_reader_boolean (reader, "notify", GUICHET_JSON_OPTIONAL);
  if (is (self, IN (BLOCK)))
    {
      self->blocker =
          guichet_json_reader_enum (reader, "blocker", GUICHET_JSON_REQUIRED, GUICHET_TYPE_BLOCKER);
      self->until = guichet_json_reader_day (reader, "until", GUICHET_JSON_OPTIONAL);
    }
  if (is (self, IN (ATTACH_DOCUMENT)))
    self->document = read_document (reader);
  if (is (self, IN (CHECK_IDENTITY)) &&
      guichet_json_reader_enter (reader, "check", GUICHET_JSON_OPTIONAL))
    {
      self->check = guichet_identity_check_read (reader);
      guichet_json_reader_leave (reader);
    }
  if (is (self, IN (SUBMIT)))
    read_submission (self, reader);
  if (is (self, IN (REPORT_NOTIFICATION)))
    {
      self->fate =
          guichet_json_reader_enum (reader, "fate", GUICHET_JSON_REQUIRED, GUICHET_TYPE_EVENT_KIND);
      self->next_attempt =
          guichet_json_reader_instant (reader, "nextAttempt", GUICHET_JSON_OPTIONAL);
    }
  return self;
}

void
guichet_command_write (const GuichetCommand *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_enum (writer, "kind", GUICHET_TYPE_COMMAND_KIND, self->kind);
  guichet_json_writer_string (writer, "after", self->after);
  if (self->expected_version != 0)
    guichet_json_writer_integer (writer, "expectedVersion", self->expected_version);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    guichet_json_writer_string (writer,
                                texts[i].name,
                                G_STRUCT_MEMBER (char *, self, texts[i].offset));
  if (is (self, IN (MOVE)))
    guichet_json_writer_boolean (writer, "notify", self->notify);
  guichet_json_writer_enum (writer, "blocker", GUICHET_TYPE_BLOCKER, self->blocker);
  guichet_json_writer_day (writer, "until", self->until);
  if (self->document != NULL)
    {
      gsize length = 0;
      const guchar *content = g_bytes_get_data (self->document, &length);
      g_autofree char *text = g_base64_encode (content, length);

      guichet_json_writer_string (writer, "document", text);
    }
  if (self->check != NULL)
    guichet_identity_check_write (self->check, writer, "check");
  guichet_json_writer_enum (writer, "channel", GUICHET_TYPE_CHANNEL, self->channel);
  if (self->citizen != NULL)
    guichet_citizen_write (self->citizen, writer, "citizen");
  guichet_json_writer_object (writer, "answers", self->answers);
  guichet_json_writer_enum (writer, "fate", GUICHET_TYPE_EVENT_KIND, self->fate);
  guichet_json_writer_instant (writer, "nextAttempt", self->next_attempt);
  guichet_json_writer_end_object (writer);
}

const char *
guichet_command_owner_after (GPtrArray *commands, const char *owner, const char *login)
{
  g_return_val_if_fail (commands != NULL, owner);

  for (guint i = 0; i < commands->len; i++)
    {
      const GuichetCommand *command = g_ptr_array_index (commands, i);

      if (command->kind == GUICHET_COMMAND_CLAIM)
        owner = login;
      else if (command->kind == GUICHET_COMMAND_RELEASE)
        owner = NULL;
      else if (command->kind == GUICHET_COMMAND_ASSIGN)
        owner = command->to;
    }
  return owner;
}

gboolean
guichet_command_key_is_valid (const char *key)
{
  if (key == NULL || strlen (key) != KEY_LENGTH || !g_uuid_string_is_valid (key))
    return FALSE;

  for (const char *p = key; *p != '\0'; p++)
    if (g_ascii_isupper (*p))
      return FALSE;
  return TRUE;
}
