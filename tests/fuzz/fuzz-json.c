/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any body: what is taken for JSON is JSON for json-glib too, and says the same when it is
 * written and read again; a reader that asks for anything at all comes out at the end.
 */
#include "config.h"

#include "fuzz.h"
#include "guichet-enums.h"
#include "guichet-json-reader.h"
#include "guichet-json-scan.h"
#include "guichet-json-writer.h"

#define DEPTH 16

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

static guint
depth_of (JsonNode *node)
{
  guint deepest = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &value))
        deepest = MAX (deepest, depth_of (value));
      return deepest + 1;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        deepest = MAX (deepest, depth_of (json_array_get_element (array, i)));
      return deepest + 1;
    }
  return 0;
}

/* Asks for every member as every kind: most answers are issues, none may be more than that. */
static void
ask_for_everything (GuichetJsonReader *reader, guint depth)
{
  g_autoptr (GList) members = guichet_json_reader_members (reader);

  for (GList *link = members; link != NULL; link = link->next)
    {
      const char *member = link->data;
      GuichetJsonNeed need = depth % 2 == 0 ? GUICHET_JSON_REQUIRED : GUICHET_JSON_OPTIONAL;
      const char *text = guichet_json_reader_string (reader, member, need, 20);
      guint n_items = 0;

      g_assert_true (guichet_json_reader_has (reader, member));
      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      guichet_json_reader_opaque (reader, member, need, 10);
      guichet_json_reader_integer (reader, member, need, -5, 5);
      guichet_json_reader_boolean (reader, member, need);
      guichet_json_reader_enum (reader, member, need, GUICHET_TYPE_PHASE);
      guichet_json_reader_day (reader, member, need);
      guichet_json_reader_instant (reader, member, need);
      if (guichet_json_reader_enter (reader, member, need))
        {
          ask_for_everything (reader, depth + 1);
          guichet_json_reader_leave (reader);
        }
      if (!guichet_json_reader_enter_array (reader, member, need, 8, &n_items))
        continue;
      for (guint i = 0; i < n_items; i++)
        {
          guichet_json_reader_item_string (reader, i, 20);
          if (guichet_json_reader_enter_item (reader, i))
            {
              ask_for_everything (reader, depth + 1);
              guichet_json_reader_leave (reader);
            }
        }
      guichet_json_reader_leave (reader);
    }
}

static void
read_everything (JsonNode *root, GuichetJsonMode mode)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, mode);
  g_autoptr (GError) error = NULL;
  gboolean fine;

  ask_for_everything (reader, 0);
  fine = guichet_json_reader_finish (reader, &error);
  g_assert_true (fine == (error == NULL));
  g_assert_true (fine == (guichet_json_reader_get_issues (reader)->len == 0));
}

static void
write_and_read_again (JsonNode *root, const GuichetJsonLimits *limits)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) text = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    return;

  guichet_json_writer_object (writer, NULL, json_node_get_object (root));
  text = guichet_json_writer_end (writer);
  again = guichet_json_parse (text, limits, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (root, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const GuichetJsonLimits limits = { .max_bytes = 64 * 1024, .max_depth = DEPTH };
  /* An escape may be longer than what it was written as. */
  static const GuichetJsonLimits wide = { .max_bytes = 1024 * 1024, .max_depth = DEPTH };
  g_autoptr (GBytes) text = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = guichet_json_parse (text, &limits, &error);
  gboolean scanned = guichet_json_scan ((const char *) data, size, DEPTH, NULL, NULL);

  g_assert_true ((root == NULL) == (error != NULL));
  if (root == NULL)
    {
      g_assert_true (error->domain == GUICHET_JSON_ERROR);
      /* What the scanner lets pass may still hold a member twice or be too long; no more. */
      if (scanned && size <= limits.max_bytes)
        g_assert_nonnull (strstr (error->message, "the same member twice"));
      return 0;
    }

  g_assert_true (scanned);
  g_assert_cmpuint (depth_of (root), <=, DEPTH);
  write_and_read_again (root, &wide);
  read_everything (root, GUICHET_JSON_STRICT);
  read_everything (root, GUICHET_JSON_LENIENT);
  return 0;
}
