/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compact JSON straight into a text.
 */
#define G_LOG_DOMAIN "guichet-json-writer"

#include "config.h"

#include "guichet-enums.h"
#include "guichet-json-writer.h"

#include <string.h>

#define DEPTH_MAX 64
/* Most texts fit, and malloc() keeps blocks of that size at hand. */
#define TEXT_SIZE 1000

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

  self->text = g_string_sized_new (TEXT_SIZE);
  return self;
}

void
guichet_json_writer_free (GuichetJsonWriter *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* A text is made of hundreds of pieces of a few bytes: they go straight into what is there. */
static inline void
append (GString *text, const char *piece, gsize length)
{
  if (text->len + length >= text->allocated_len)
    {
      g_string_append_len (text, piece, (gssize) length);
      return;
    }
  memcpy (text->str + text->len, piece, length);
  text->len += length;
  text->str[text->len] = '\0';
}

static void
append_escape (GString *text, guchar c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (text, "\\%c", c);
  else if (c == '\n')
    append (text, "\\n", 2);
  else
    g_string_append_printf (text, "\\u%04x", c);
}

static void
append_escaped (GString *text, const char *value)
{
  const char *plain = value;

  append (text, "\"", 1);
  for (const char *p = value;; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      append (text, plain, (gsize) (p - plain));
      if (c == '\0')
        break;
      plain = p + 1;
      append_escape (text, c);
    }
  append (text, "\"", 1);
}

static void
begin_value (GuichetJsonWriter *self, const char *member)
{
  if (self->begun[self->depth])
    append (self->text, ",", 1);
  self->begun[self->depth] = TRUE;
  if (member == NULL)
    return;
  append_escaped (self->text, member);
  append (self->text, ":", 1);
}

static void
begin (GuichetJsonWriter *self, const char *member, char mark)
{
  g_return_if_fail (self->depth + 1 < DEPTH_MAX);

  begin_value (self, member);
  append (self->text, &mark, 1);
  self->begun[++self->depth] = FALSE;
}

static void
end (GuichetJsonWriter *self, char mark)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  append (self->text, &mark, 1);
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
  char *first = digits + sizeof digits;
  guint64 left = value < 0 ? -(guint64) value : (guint64) value;

  begin_value (self, member);
  do
    *--first = (char) ('0' + left % 10);
  while ((left /= 10) != 0);
  if (value < 0)
    *--first = '-';
  append (self->text, first, (gsize) (digits + sizeof digits - first));
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
  self->text = g_string_sized_new (TEXT_SIZE);
  self->begun[0] = FALSE;
  return text;
}

GBytes *
guichet_json_writer_end (GuichetJsonWriter *self)
{
  char *text = guichet_json_writer_end_text (self);

  return g_bytes_new_take (text, strlen (text));
}
