/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-enums.h"
#include "guichet-json-reader.h"
#include "guichet-json-scan.h"
#include "guichet-json-writer.h"

static JsonNode *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return guichet_json_parse (bytes, &guichet_json_limits_default, error);
}

static void
test_accepts (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    " {\"a\" : [1, -2, 3.5, 1e9, true, false, null, \"\"] } \n",
    "\"x\"",
    "0",
    "-0",
    "12",
    "{\"a\":{\"a\":{\"a\":[]}}}",
    "[[],[[]],{}]",
    "\"\\ud83d\\ude00 \\u00e9 \\n \\\" \\\\ \\/\"",
    "9223372036854775807",
    "-9223372036854775808",
    "{\"é\":1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (texts[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "{",
    "}",
    "[1,]",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "[1 2]",
    "{\"a\" 1}",
    "01",
    "+1",
    "1.",
    ".5",
    "1e",
    "0x10",
    "NaN",
    "tru",
    "truex",
    "// x\n1",
    "/* x */ 1",
    "var x = 1;",
    "{} {}",
    "[] x",
    "\"\t\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"",
    "9223372036854775808",
    "-9223372036854775809",
    "123456789012345678901",
    "{\"a\":1,\"a\":2}",
    "{\"b\":{\"a\":1,\"\\u0061\":2}}",
    "\"abc",
    "\"\xff\"",
    "[\"a\":1]",
    "{\"a\"}",
    "{,}",
    "[,]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (texts[i], &error);

      if (node != NULL)
        g_error ("taken for JSON: %s", texts[i]);
      g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_SYNTAX);
    }
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *objects = g_strdup ("{\"a\":{\"a\":{\"a\":1}}}");
  const GuichetJsonLimits narrow = { .max_bytes = 30, .max_depth = 2 };
  g_autoptr (GBytes) deep_bytes = g_bytes_new_static (deep, 100000);
  g_autoptr (GBytes) long_bytes = g_bytes_new_static ("\"0123456789012345678901234567890\"", 33);
  g_autoptr (GBytes) object_bytes = g_bytes_new_static (objects, strlen (objects));
  const GuichetJsonLimits wide = { .max_bytes = 1000000, .max_depth = 16 };
  g_autoptr (GError) error = NULL;

  g_assert_null (guichet_json_parse (deep_bytes, &wide, &error));
  g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (guichet_json_parse (long_bytes, &narrow, &error));
  g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (guichet_json_parse (object_bytes, &narrow, &error));
  g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_LIMIT);
}

static const GuichetIssue *
issue_about (GuichetJsonReader *reader, const char *name)
{
  GPtrArray *issues = guichet_json_reader_get_issues (reader);

  for (guint i = 0; i < issues->len; i++)
    {
      const GuichetIssue *issue = g_ptr_array_index (issues, i);

      if (g_str_equal (issue->name, name))
        return issue;
    }
  g_error ("no issue about “%s”", name);
}

static void
test_reader_collects_every_issue (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root =
      parse ("{\"name\":7,\"phase\":\"lost\",\"day\":\"2026-02-30\",\"count\":1.5,"
             "\"list\":[{\"code\":\"x\"},3,{\"other\":1}],\"extra\":1,"
             "\"at\":\"2026-01-01T10:00:00\",\"null\":null}",
             &error);
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  guint n_items = 0;

  g_assert_null (guichet_json_reader_string (reader, "name", GUICHET_JSON_REQUIRED, 10));
  g_assert_null (guichet_json_reader_string (reader, "absent", GUICHET_JSON_REQUIRED, 10));
  g_assert_null (guichet_json_reader_string (reader, "optional", GUICHET_JSON_OPTIONAL, 10));
  g_assert_null (guichet_json_reader_string (reader, "null", GUICHET_JSON_OPTIONAL, 10));
  g_assert_cmpint (guichet_json_reader_enum (reader,
                                             "phase",
                                             GUICHET_JSON_REQUIRED,
                                             GUICHET_TYPE_PHASE),
                   ==,
                   0);
  g_assert_cmpint (guichet_json_reader_day (reader, "day", GUICHET_JSON_REQUIRED),
                   ==,
                   GUICHET_DAY_NONE);
  g_assert_cmpint (guichet_json_reader_instant (reader, "at", GUICHET_JSON_REQUIRED), ==, 0);
  g_assert_cmpint (guichet_json_reader_integer (reader, "count", GUICHET_JSON_REQUIRED, 0, 9),
                   ==,
                   0);
  g_assert_true (
      guichet_json_reader_enter_array (reader, "list", GUICHET_JSON_REQUIRED, 5, &n_items));
  g_assert_cmpuint (n_items, ==, 3);
  for (guint i = 0; i < n_items; i++)
    if (guichet_json_reader_enter_item (reader, i))
      {
        guichet_json_reader_string (reader, "code", GUICHET_JSON_REQUIRED, 10);
        guichet_json_reader_leave (reader);
      }
  guichet_json_reader_leave (reader);

  g_assert_false (guichet_json_reader_finish (reader, &error));
  g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_CONTENT);
  g_assert_cmpstr (issue_about (reader, "name")->type, ==, "schemaViolation");
  g_assert_cmpstr (issue_about (reader, "absent")->type, ==, "requiredInput");
  g_assert_cmpstr (issue_about (reader, "null")->type, ==, "schemaViolation");
  g_assert_cmpstr (issue_about (reader, "phase")->type, ==, "invalidInput");
  g_assert_cmpstr (issue_about (reader, "day")->type, ==, "invalidInput");
  g_assert_cmpstr (issue_about (reader, "at")->type, ==, "invalidInput");
  g_assert_cmpstr (issue_about (reader, "count")->type, ==, "schemaViolation");
  g_assert_cmpstr (issue_about (reader, "list[1]")->type, ==, "schemaViolation");
  g_assert_cmpstr (issue_about (reader, "list[2].code")->type, ==, "requiredInput");
  g_assert_cmpstr (issue_about (reader, "list[2].other")->type, ==, "unknownInput");
  g_assert_cmpstr (issue_about (reader, "extra")->type, ==, "unknownInput");
  g_assert_cmpuint (guichet_json_reader_get_issues (reader)->len, ==, 11);
}

static void
test_reader_lenient_skips (void)
{
  g_autoptr (JsonNode) root = parse ("{\"a\":\"x\",\"newer\":{\"b\":1}}", NULL);
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (guichet_json_reader_string (reader, "a", GUICHET_JSON_REQUIRED, 1), ==, "x");
  g_assert_true (guichet_json_reader_finish (reader, &error));
  g_assert_no_error (error);
}

/* Whatever is written is read back the same. */
static void
test_round_trip_of_random_texts (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      gint64 number = ((gint64) g_test_rand_int () << 32) ^ g_test_rand_int ();
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

/* Random bytes and broken texts end in an answer, and a yes means that json-glib reads it too. */
static void
test_scan_never_trusts (void)
{
  static const char alphabet[] = "{}[]\",:0123456789.eE+-\\u truefalsn\t\n\x80\xc3\xa9";

  for (guint round = 0; round < 20000; round++)
    {
      char text[24];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      if (guichet_json_scan (text, length, 8, NULL, NULL))
        {
          g_autoptr (JsonParser) parser = json_parser_new ();

          g_assert_true (json_parser_load_from_data (parser, text, (gssize) length, NULL));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/json/accepts", test_accepts);
  g_test_add_func ("/core/json/refuses", test_refuses);
  g_test_add_func ("/core/json/limits", test_limits);
  g_test_add_func ("/core/json/reader/issues", test_reader_collects_every_issue);
  g_test_add_func ("/core/json/reader/lenient", test_reader_lenient_skips);
  g_test_add_func ("/core/json/round-trip", test_round_trip_of_random_texts);
  g_test_add_func ("/core/json/scan-random", test_scan_never_trusts);

  return g_test_run ();
}
