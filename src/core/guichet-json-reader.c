/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads JSON member by member, of exactly the kind asked for, and collects what is wrong.
 */
#define G_LOG_DOMAIN "guichet-json-reader"

#include "config.h"

#include "guichet-enums.h"
#include "guichet-json-reader.h"
#include "guichet-json-scan.h"

#define ISSUES_MAX 100

const GuichetJsonLimits guichet_json_limits_default = { .max_bytes = 64 * 1024, .max_depth = 16 };

/* Where the reader stands: an object or an array, and who asked for what. */
typedef struct
{
  JsonObject *object; /* (nullable) */
  JsonArray *array;   /* (nullable) */
  GHashTable *asked;  /* (owned) (nullable): names of members; strict mode only */
  gsize path_length;  /* of the path before this place was entered */
} Place;

struct _GuichetJsonReader
{
  JsonNode *root; /* (owned) */
  GuichetJsonMode mode;
  GArray *places; /* of Place */
  GString *path;
  GPtrArray *issues;
};

static gsize
count_members (JsonNode *node)
{
  gsize count = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &value))
        count += 1 + count_members (value);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        count += count_members (json_array_get_element (array, i));
    }
  return count;
}

JsonNode *
guichet_json_parse (GBytes *text, const GuichetJsonLimits *limits, GError **error)
{
  gsize length = 0;
  gsize members = 0;
  const char *data = g_bytes_get_data (text, &length);
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (limits != NULL, NULL);

  if (length > limits->max_bytes)
    {
      g_set_error (error,
                   GUICHET_JSON_ERROR,
                   GUICHET_JSON_ERROR_LIMIT,
                   "longer than %" G_GSIZE_FORMAT " bytes",
                   limits->max_bytes);
      return NULL;
    }
  if (!guichet_json_scan (data != NULL ? data : "", length, limits->max_depth, &members, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, data, (gssize) length, error))
    {
      if (error != NULL && *error != NULL)
        {
          (*error)->domain = GUICHET_JSON_ERROR;
          (*error)->code = GUICHET_JSON_ERROR_SYNTAX;
        }
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL || count_members (root) != members)
    {
      g_set_error_literal (error,
                           GUICHET_JSON_ERROR,
                           GUICHET_JSON_ERROR_SYNTAX,
                           "an object has the same member twice");
      return NULL;
    }
  return g_steal_pointer (&root);
}

GuichetIssue *
guichet_issue_new (const char *type, const char *name, const char *detail)
{
  GuichetIssue *self = g_new0 (GuichetIssue, 1);

  self->type = g_strdup (type);
  self->name = g_strdup (name);
  self->detail = g_strdup (detail);
  return self;
}

void
guichet_issue_free (GuichetIssue *self)
{
  g_free (self->type);
  g_free (self->name);
  g_free (self->detail);
  g_free (self);
}

GPtrArray *
guichet_issues_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_issue_free);
}

static void
place_clear (gpointer data)
{
  Place *place = data;

  g_clear_pointer (&place->asked, g_hash_table_unref);
}

static Place *
here (GuichetJsonReader *self)
{
  return &g_array_index (self->places, Place, self->places->len - 1);
}

static void
push (GuichetJsonReader *self, JsonObject *object, JsonArray *array, gsize path_length)
{
  Place place = { .object = object, .array = array, .path_length = path_length };

  if (object != NULL && self->mode == GUICHET_JSON_STRICT)
    place.asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_append_val (self->places, place);
}

GuichetJsonReader *
guichet_json_reader_new (JsonNode *root, GuichetJsonMode mode)
{
  GuichetJsonReader *self = g_new0 (GuichetJsonReader, 1);
  gboolean is_object = root != NULL && JSON_NODE_HOLDS_OBJECT (root);

  self->root = root != NULL ? json_node_ref (root) : NULL;
  self->mode = mode;
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, place_clear);
  self->path = g_string_new (NULL);
  self->issues = guichet_issues_new ();
  push (self, is_object ? json_node_get_object (root) : NULL, NULL, 0);
  if (!is_object)
    guichet_json_reader_refuse (self, NULL, "schemaViolation", "must be an object");
  return self;
}

void
guichet_json_reader_free (GuichetJsonReader *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_array_unref (self->places);
  g_string_free (self->path, TRUE);
  g_ptr_array_unref (self->issues);
  g_free (self);
}

static char *
path_to (GuichetJsonReader *self, const char *member)
{
  if (member == NULL)
    return g_strdup (self->path->str);
  if (self->path->len == 0)
    return g_strdup (member);
  return g_strconcat (self->path->str, ".", member, NULL);
}

void
guichet_json_reader_refuse (GuichetJsonReader *self,
                            const char *member,
                            const char *type,
                            const char *detail)
{
  g_autofree char *path = path_to (self, member);

  /* A body made to be wrong everywhere must not cost more to answer than to send. */
  if (self->issues->len < ISSUES_MAX)
    g_ptr_array_add (self->issues, guichet_issue_new (type, path, detail));
}

/* The member, or NULL: noted as asked for, and as an issue if it is needed. */
static JsonNode *
find (GuichetJsonReader *self, const char *member, GuichetJsonNeed need)
{
  Place *place = here (self);
  JsonNode *node;

  if (place->object == NULL)
    return NULL;
  if (place->asked != NULL)
    g_hash_table_add (place->asked, g_strdup (member));

  node = json_object_get_member (place->object, member);
  if (node == NULL && need == GUICHET_JSON_REQUIRED)
    guichet_json_reader_refuse (self, member, "requiredInput", "is missing");
  return node;
}

gboolean
guichet_json_reader_has (GuichetJsonReader *self, const char *member)
{
  Place *place = here (self);

  return place->object != NULL && json_object_has_member (place->object, member);
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != '\n' && c != '\t' && g_unichar_iscntrl (c))
        return TRUE;
    }
  return FALSE;
}

/* Why a text may not be used; NULL if it may. */
static const char *
text_fault (const char *text, gsize max_chars)
{
  if ((gsize) g_utf8_strlen (text, -1) > max_chars)
    return "is too long";
  if (has_control (text))
    return "holds a control character";
  return NULL;
}

static const char *
text_of (GuichetJsonReader *self, const char *member, GuichetJsonNeed need)
{
  JsonNode *node = find (self, member, need);

  if (node == NULL)
    return NULL;
  if (holds (node, G_TYPE_STRING))
    return json_node_get_string (node);

  guichet_json_reader_refuse (self, member, "schemaViolation", "must be a string");
  return NULL;
}

const char *
guichet_json_reader_string (GuichetJsonReader *self,
                            const char *member,
                            GuichetJsonNeed need,
                            gsize max_chars)
{
  const char *text = text_of (self, member, need);
  const char *fault = text != NULL ? text_fault (text, max_chars) : NULL;

  if (fault == NULL)
    return text;

  guichet_json_reader_refuse (self, member, "invalidInput", fault);
  return NULL;
}

const char *
guichet_json_reader_opaque (GuichetJsonReader *self,
                            const char *member,
                            GuichetJsonNeed need,
                            gsize max_bytes)
{
  const char *text = text_of (self, member, need);

  if (text == NULL || strlen (text) <= max_bytes)
    return text;

  guichet_json_reader_refuse (self, member, "invalidInput", "is too long");
  return NULL;
}

gint64
guichet_json_reader_integer (GuichetJsonReader *self,
                             const char *member,
                             GuichetJsonNeed need,
                             gint64 min,
                             gint64 max)
{
  JsonNode *node = find (self, member, need);
  gint64 value;

  if (node == NULL)
    return 0;
  if (!holds (node, G_TYPE_INT64))
    {
      guichet_json_reader_refuse (self, member, "schemaViolation", "must be an integer");
      return 0;
    }

  value = json_node_get_int (node);
  if (value >= min && value <= max)
    return value;

  g_autofree char *detail =
      g_strdup_printf ("must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
  guichet_json_reader_refuse (self, member, "outOfRange", detail);
  return 0;
}

gboolean
guichet_json_reader_boolean (GuichetJsonReader *self, const char *member, GuichetJsonNeed need)
{
  JsonNode *node = find (self, member, need);

  if (node == NULL)
    return FALSE;
  if (holds (node, G_TYPE_BOOLEAN))
    return json_node_get_boolean (node);

  guichet_json_reader_refuse (self, member, "schemaViolation", "must be true or false");
  return FALSE;
}

int
guichet_json_reader_enum (GuichetJsonReader *self,
                          const char *member,
                          GuichetJsonNeed need,
                          GType type)
{
  const char *word = text_of (self, member, need);
  int value = 0;

  if (word != NULL && !guichet_enum_value (type, word, &value))
    guichet_json_reader_refuse (self, member, "invalidInput", "is not one of the words known here");
  return value;
}

GuichetDay
guichet_json_reader_day (GuichetJsonReader *self, const char *member, GuichetJsonNeed need)
{
  const char *text = text_of (self, member, need);
  GuichetDay day = GUICHET_DAY_NONE;

  if (text != NULL && !guichet_day_parse (text, &day))
    guichet_json_reader_refuse (self, member, "invalidInput", "must be a day, written YYYY-MM-DD");
  return day;
}

gint64
guichet_json_reader_instant (GuichetJsonReader *self, const char *member, GuichetJsonNeed need)
{
  const char *text = text_of (self, member, need);
  gint64 instant = 0;

  /* What was at the epoch would be taken for what never was, and not be written again. */
  if (text != NULL && (!guichet_instant_parse (text, &instant) || instant == 0))
    guichet_json_reader_refuse (self, member, "invalidInput", "must be a moment after RFC 3339");
  return instant;
}

JsonObject *
guichet_json_reader_object (GuichetJsonReader *self, const char *member, GuichetJsonNeed need)
{
  JsonNode *node = find (self, member, need);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  guichet_json_reader_refuse (self, member, "schemaViolation", "must be an object");
  return NULL;
}

static void
enter_path (GuichetJsonReader *self, const char *member)
{
  if (self->path->len > 0)
    g_string_append_c (self->path, '.');
  g_string_append (self->path, member);
}

gboolean
guichet_json_reader_enter (GuichetJsonReader *self, const char *member, GuichetJsonNeed need)
{
  JsonObject *object = guichet_json_reader_object (self, member, need);
  gsize path_length = self->path->len;

  if (object == NULL)
    return FALSE;

  enter_path (self, member);
  push (self, object, NULL, path_length);
  return TRUE;
}

gboolean
guichet_json_reader_enter_array (GuichetJsonReader *self,
                                 const char *member,
                                 GuichetJsonNeed need,
                                 guint max,
                                 guint *ret_n_items)
{
  JsonNode *node = find (self, member, need);
  gsize path_length = self->path->len;
  JsonArray *array;

  *ret_n_items = 0;
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      guichet_json_reader_refuse (self, member, "schemaViolation", "must be an array");
      return FALSE;
    }

  array = json_node_get_array (node);
  if (json_array_get_length (array) > max)
    {
      g_autofree char *detail = g_strdup_printf ("has more than %u items", max);

      guichet_json_reader_refuse (self, member, "outOfRange", detail);
      return FALSE;
    }

  enter_path (self, member);
  push (self, NULL, array, path_length);
  *ret_n_items = json_array_get_length (array);
  return TRUE;
}

gboolean
guichet_json_reader_enter_item (GuichetJsonReader *self, guint index)
{
  Place *place = here (self);
  gsize path_length = self->path->len;
  JsonNode *node;

  g_return_val_if_fail (place->array != NULL, FALSE);

  node = json_array_get_element (place->array, index);
  g_string_append_printf (self->path, "[%u]", index);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      push (self, json_node_get_object (node), NULL, path_length);
      return TRUE;
    }

  guichet_json_reader_refuse (self, NULL, "schemaViolation", "must be an object");
  g_string_truncate (self->path, path_length);
  return FALSE;
}

const char *
guichet_json_reader_item_string (GuichetJsonReader *self, guint index, gsize max_chars)
{
  Place *place = here (self);
  gsize path_length = self->path->len;
  const char *fault = "must be a string";
  const char *text = NULL;
  JsonNode *node;

  g_return_val_if_fail (place->array != NULL, NULL);

  node = json_array_get_element (place->array, index);
  if (holds (node, G_TYPE_STRING))
    {
      text = json_node_get_string (node);
      fault = text_fault (text, max_chars);
    }
  if (fault == NULL)
    return text;

  g_string_append_printf (self->path, "[%u]", index);
  guichet_json_reader_refuse (self, NULL, "invalidInput", fault);
  g_string_truncate (self->path, path_length);
  return NULL;
}

static void
note_unknown (GuichetJsonReader *self)
{
  Place *place = here (self);
  JsonObjectIter iter;
  const char *member;

  if (place->asked == NULL)
    return;

  json_object_iter_init_ordered (&iter, place->object);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    if (!g_hash_table_contains (place->asked, member))
      guichet_json_reader_refuse (self, member, "unknownInput", "is not known here");
}

void
guichet_json_reader_leave (GuichetJsonReader *self)
{
  g_return_if_fail (self->places->len > 1);

  note_unknown (self);
  g_string_truncate (self->path, here (self)->path_length);
  g_array_set_size (self->places, self->places->len - 1);
}

GList *
guichet_json_reader_members (GuichetJsonReader *self)
{
  Place *place = here (self);

  return place->object != NULL ? json_object_get_members (place->object) : NULL;
}

gboolean
guichet_json_reader_finish (GuichetJsonReader *self, GError **error)
{
  g_autoptr (GString) message = NULL;

  g_return_val_if_fail (self->places->len == 1, FALSE);

  note_unknown (self);
  g_clear_pointer (&here (self)->asked, g_hash_table_unref);
  if (self->issues->len == 0)
    return TRUE;

  message = g_string_new (NULL);
  for (guint i = 0; i < self->issues->len; i++)
    {
      const GuichetIssue *issue = g_ptr_array_index (self->issues, i);

      g_string_append_printf (message,
                              "%s%s %s",
                              i > 0 ? "; " : "",
                              *issue->name != '\0' ? issue->name : "the text",
                              issue->detail);
    }
  g_set_error_literal (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_CONTENT, message->str);
  return FALSE;
}

GPtrArray *
guichet_json_reader_get_issues (GuichetJsonReader *self)
{
  return self->issues;
}
