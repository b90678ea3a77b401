/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-enums.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

static void
test_text (void)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "string", "a\"\\\n\t\x01é");
  guichet_json_writer_integer (writer, "integer", G_MININT64);
  guichet_json_writer_boolean (writer, "no", FALSE);
  guichet_json_writer_enum (writer, "phase", GUICHET_TYPE_PHASE, GUICHET_PHASE_CLOSED);
  guichet_json_writer_day (writer, "day", guichet_day_new (2026, 1, 2));
  guichet_json_writer_instant (writer, "instant", 1);
  guichet_json_writer_begin_array (writer, "list");
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_end_object (writer);
  guichet_json_writer_integer (writer, NULL, 1);
  guichet_json_writer_raw (writer, NULL, "[2]");
  guichet_json_writer_begin_array (writer, NULL);
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_array (writer);
  guichet_json_writer_raw (writer, "raw", "{\"x\":null}");
  guichet_json_writer_end_object (writer);
  text = guichet_json_writer_end_text (writer);
  g_assert_cmpstr (text,
                   ==,
                   "{\"string\":\"a\\\"\\\\\\n\\u0009\\u0001é\",\"integer\":-9223372036854775808,"
                   "\"no\":false,\"phase\":\"closed\",\"day\":\"2026-01-02\","
                   "\"instant\":\"1970-01-01T00:00:00.000001Z\",\"list\":[{},1,[2],[]],"
                   "\"raw\":{\"x\":null}}");

  /* The writer is as new. */
  guichet_json_writer_begin_array (writer, NULL);
  guichet_json_writer_string (writer, NULL, "");
  guichet_json_writer_end_array (writer);
  second = guichet_json_writer_end_text (writer);
  g_assert_cmpstr (second, ==, "[\"\"]");
}

static void
test_leaves_out_what_does_not_apply (void)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *text = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "a", NULL);
  guichet_json_writer_enum (writer, "b", GUICHET_TYPE_PHASE, GUICHET_PHASE_NONE);
  guichet_json_writer_day (writer, "c", GUICHET_DAY_NONE);
  guichet_json_writer_instant (writer, "d", 0);
  guichet_json_writer_object (writer, "e", NULL);
  guichet_json_writer_integer (writer, "f", 0);
  guichet_json_writer_end_object (writer);
  text = guichet_json_writer_end_text (writer);
  g_assert_cmpstr (text, ==, "{\"f\":0}");
}

/* Whatever is written is read back the same. */
static void
test_round_trip_of_random_texts (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      gint64 number =
          (gint64) (((guint64) (guint32) g_test_rand_int () << 32) ^ (guint32) g_test_rand_int ());
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonNode) root = NULL;

      for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
        {
          gunichar c = (gunichar) g_test_rand_int_range (1, i % 3 == 0 ? 0x10ffff : 0x7f);

          if (g_unichar_validate (c))
            g_string_append_unichar (text, c);
        }
      guichet_json_writer_begin_object (writer, NULL);
      guichet_json_writer_string (writer, "text", text->str);
      guichet_json_writer_integer (writer, "number", number);
      guichet_json_writer_string (writer, "absent", NULL);
      guichet_json_writer_begin_array (writer, "list");
      guichet_json_writer_boolean (writer, NULL, TRUE);
      guichet_json_writer_end_array (writer);
      guichet_json_writer_end_object (writer);
      bytes = guichet_json_writer_end (writer);

      root = guichet_json_parse (bytes, &guichet_json_limits_default, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "text"),
                       ==,
                       text->str);
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "number"),
                       ==,
                       number);
      g_assert_false (json_object_has_member (json_node_get_object (root), "absent"));
    }
}

static JsonNode *random_node (guint depth);

static JsonNode *
random_object (guint depth)
{
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonObject) object = json_object_new ();

  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    {
      g_autofree char *member = g_strdup_printf ("m\"%d", g_test_rand_int_range (0, 100));

      json_object_set_member (object, member, random_node (depth + 1));
    }
  return json_node_init_object (node, object);
}

static JsonNode *
random_array (guint depth)
{
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonArray) array = json_array_new ();

  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    json_array_add_element (array, random_node (depth + 1));
  return json_node_init_array (node, array);
}

static JsonNode *
random_node (guint depth)
{
  JsonNode *node;

  switch (g_test_rand_int_range (0, depth < 6 ? 7 : 5))
    {
    case 0:
      return json_node_init_null (json_node_alloc ());
    case 1:
      return json_node_init_boolean (json_node_alloc (), g_test_rand_bit ());
    case 2:
      return json_node_init_int (json_node_alloc (), (gint64) g_test_rand_int () - G_MAXINT32);
    case 3:
      node = json_node_alloc ();
      return json_node_init_double (node, (double) g_test_rand_int_range (-1000, 1000) / 8.0);
    case 4:
      return json_node_init_string (json_node_alloc (), g_test_rand_bit () ? "é\n\"\\" : "");
    case 5:
      return random_array (depth);
    default:
      return random_object (depth);
    }
}

/* A tree that is written is the tree that is read, numbers of their kind included. */
static void
test_round_trip_of_random_trees (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
      g_autoptr (JsonNode) tree = random_object (0);
      g_autoptr (JsonNode) read = NULL;
      g_autoptr (GBytes) text = NULL;
      g_autoptr (GError) error = NULL;

      guichet_json_writer_object (writer, NULL, json_node_get_object (tree));
      text = guichet_json_writer_end (writer);
      read = guichet_json_parse (text, &guichet_json_limits_default, &error);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (read, tree));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/json/writer/text", test_text);
  g_test_add_func ("/core/json/writer/absent", test_leaves_out_what_does_not_apply);
  g_test_add_func ("/core/json/writer/random-texts", test_round_trip_of_random_texts);
  g_test_add_func ("/core/json/writer/random-trees", test_round_trip_of_random_trees);

  return g_test_run ();
}
