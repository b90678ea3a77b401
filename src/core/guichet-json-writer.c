/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compact JSON straight into a text.
 */
#define G_LOG_DOMAIN "guichet-json-writer"

#include "config.h"

#include "guichet-enums.h"
#include "guichet-json-writer.h"

#define DEPTH_MAX 64

struct _GuichetJsonWriter
{
  GString *text;
  guint depth;
  gboolean begun[DEPTH_MAX]; /* whether the object or array at that depth has something in it */
};

GuichetJsonWriter *
guichet_json_writer_new (void)
{
  GuichetJsonWriter *self = g_new0 (GuichetJsonWriter, 1);

  self->text = g_string_sized_new (512);
  return self;
}

void
guichet_json_writer_free (GuichetJsonWriter *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
append_escaped (GString *text, const char *value)
{
  const char *plain = value;

  g_string_append_c (text, '"');
  for (const char *p = value;; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (text, plain, p - plain);
      if (c == '\0')
        break;
      plain = p + 1;
      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else
        g_string_append_printf (text, "\\u%04x", c);
    }
  g_string_append_c (text, '"');
}

static void
begin_value (GuichetJsonWriter *self, const char *member)
{
  if (self->begun[self->depth])
    g_string_append_c (self->text, ',');
  self->begun[self->depth] = TRUE;
  if (member == NULL)
    return;
  append_escaped (self->text, member);
  g_string_append_c (self->text, ':');
}

static void
begin (GuichetJsonWriter *self, const char *member, char mark)
{
  g_return_if_fail (self->depth + 1 < DEPTH_MAX);

  begin_value (self, member);
  g_string_append_c (self->text, mark);
  self->begun[++self->depth] = FALSE;
}

static void
end (GuichetJsonWriter *self, char mark)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  g_string_append_c (self->text, mark);
}

void
guichet_json_writer_begin_object (GuichetJsonWriter *self, const char *member)
{
  begin (self, member, '{');
}

void
guichet_json_writer_end_object (GuichetJsonWriter *self)
{
  end (self, '}');
}

void
guichet_json_writer_begin_array (GuichetJsonWriter *self, const char *member)
{
  begin (self, member, '[');
}

void
guichet_json_writer_end_array (GuichetJsonWriter *self)
{
  end (self, ']');
}

void
guichet_json_writer_string (GuichetJsonWriter *self, const char *member, const char *value)
{
  if (value == NULL)
    return;

  begin_value (self, member);
  append_escaped (self->text, value);
}

void
guichet_json_writer_integer (GuichetJsonWriter *self, const char *member, gint64 value)
{
  char digits[24];

  begin_value (self, member);
  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  g_string_append (self->text, digits);
}

void
guichet_json_writer_boolean (GuichetJsonWriter *self, const char *member, gboolean value)
{
  begin_value (self, member);
  g_string_append (self->text, value ? "true" : "false");
}

void
guichet_json_writer_enum (GuichetJsonWriter *self, const char *member, GType type, int value)
{
  guichet_json_writer_string (self, member, guichet_enum_word (type, value));
}

void
guichet_json_writer_day (GuichetJsonWriter *self, const char *member, GuichetDay value)
{
  if (value == GUICHET_DAY_NONE)
    return;

  g_autofree char *text = guichet_day_text (value);
  guichet_json_writer_string (self, member, text);
}

void
guichet_json_writer_instant (GuichetJsonWriter *self, const char *member, gint64 value)
{
  if (value == 0)
    return;

  g_autofree char *text = guichet_instant_text (value);
  guichet_json_writer_string (self, member, text);
}

static void append_node (GuichetJsonWriter *self, const char *member, JsonNode *node);

static void
append_member (JsonObject *object, const char *member, JsonNode *node, gpointer user_data)
{
  append_node (user_data, member, node);
}

static void
append_item (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  append_node (user_data, NULL, node);
}

static void
append_scalar (GuichetJsonWriter *self, const char *member, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    guichet_json_writer_string (self, member, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    guichet_json_writer_boolean (self, member, json_node_get_boolean (node));
  else if (type == G_TYPE_INT64)
    guichet_json_writer_integer (self, member, json_node_get_int (node));
  else
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      begin_value (self, member);
      g_ascii_dtostr (digits, sizeof digits, json_node_get_double (node));
      g_string_append (self->text, digits);
      /* 5.0 must not come back as an integer. */
      if (strpbrk (digits, ".e") == NULL)
        g_string_append (self->text, ".0");
    }
}

static void
append_node (GuichetJsonWriter *self, const char *member, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      guichet_json_writer_begin_object (self, member);
      json_object_foreach_member (json_node_get_object (node), append_member, self);
      guichet_json_writer_end_object (self);
      break;
    case JSON_NODE_ARRAY:
      guichet_json_writer_begin_array (self, member);
      json_array_foreach_element (json_node_get_array (node), append_item, self);
      guichet_json_writer_end_array (self);
      break;
    case JSON_NODE_VALUE:
      append_scalar (self, member, node);
      break;
    case JSON_NODE_NULL:
    default:
      begin_value (self, member);
      g_string_append (self->text, "null");
    }
}

void
guichet_json_writer_object (GuichetJsonWriter *self, const char *member, JsonObject *value)
{
  if (value == NULL)
    return;

  guichet_json_writer_begin_object (self, member);
  json_object_foreach_member (value, append_member, self);
  guichet_json_writer_end_object (self);
}

void
guichet_json_writer_raw (GuichetJsonWriter *self, const char *member, const char *json)
{
  g_return_if_fail (json != NULL);

  begin_value (self, member);
  g_string_append (self->text, json);
}

char *
guichet_json_writer_end_text (GuichetJsonWriter *self)
{
  char *text;

  g_return_val_if_fail (self->depth == 0, NULL);

  text = g_string_free (self->text, FALSE);
  self->text = g_string_sized_new (512);
  self->begun[0] = FALSE;
  return text;
}

GBytes *
guichet_json_writer_end (GuichetJsonWriter *self)
{
  char *text = guichet_json_writer_end_text (self);

  return g_bytes_new_take (text, strlen (text));
}
