/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-json-reader.h"
#include "guichet-json-scan.h"

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
    "{\"\":1}",
    "1.7976931348623157e308",
    "1e-999",
    "\r\n\t 1",
    "{\"a\":{},\"b\":[],\"A\":{\"a\":0}}",
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
    "1e999",
    "-1.5e400",
    "{\"a\":[1e309]}",
    "\xef\xbb\xbf{}",
    "[\"a\\\n\"]",
    "\"\\u{65}\"",
    "\"\xc0\x80\"",
    "\"\xed\xa0\x80\"",
    "\"\xf5\x80\x80\x80\"",
    "-",
    "--1",
    "1.e1",
    "1e+",
    "1_000",
    "Infinity",
    "nul",
    "nullnull",
    "True",
    "{\"a\":}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,\"b\":2,\"a\":3}",
    "[{\"a\":{\"b\":1,\"b\":1}}]",
    "{\"\":1,\"\":2}",
    "[[]",
    "[]]",
    "{[]}",
    "[}",
    "{]",
    "\"a\":1",
    ",1",
    "1,",
    "\f1",
    "\v1",
    "1\xc2\xa0",
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

/* The offset tells whoever wrote the text where to look. */
static void
test_names_the_place (void)
{
  static const struct
  {
    const char *text;
    gsize at;
  } cases[] = {
    { "", 0 },          { "{\"a\":tru}", 5 }, { "[1,2,]", 5 },
    { "[1 2]", 3 },     { "[1] x", 4 },       { "{\"a\" 1}", 5 },
    { "\"a\xff\"", 2 }, { "\"ab\\u00", 7 },   { "{\"a\":1,}", 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wanted = g_strdup_printf ("at byte %" G_GSIZE_FORMAT, cases[i].at);
      g_autoptr (GError) error = NULL;

      g_assert_false (guichet_json_scan (cases[i].text, strlen (cases[i].text), 16, NULL, &error));
      if (!g_str_has_suffix (error->message, wanted))
        g_error ("case %u: %s, not %s", i, error->message, wanted);
    }
}

/* What a text says is what the tree holds: json-glib reads these as the scanner means them. */
static void
test_values (void)
{
  static const struct
  {
    const char *text;
    const char *wanted;
  } strings[] = {
    { "\"\\ud83d\\ude00\\u00e9\"", "😀é" },
    { "\"\\uD83D\\uDE00x\"", "😀x" },
    { "\"\\n\\t\\r\\b\\f\\/\\\\\\\"\"", "\n\t\r\b\f/\\\"" },
    { "\"\\u0001\\u001f\"", "\x01\x1f" },
    { "\"\\uffff\"", "\xef\xbf\xbf" },
    { "\"'/*x*/\"", "'/*x*/" },
  };
  static const gint64 integers[] = { 0, -1, 10, G_MAXINT64, G_MININT64, G_MAXINT32, G_MININT32 };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autoptr (JsonNode) node = parse (strings[i].text, NULL);

      g_assert_cmpstr (json_node_get_string (node), ==, strings[i].wanted);
    }
  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, integers[i]);
      g_autoptr (JsonNode) node = parse (text, NULL);

      g_assert_true (json_node_get_value_type (node) == G_TYPE_INT64);
      g_assert_cmpint (json_node_get_int (node), ==, integers[i]);
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

/* Exactly as deep as allowed is fine, one more is not; 64 is the end whatever is asked. */
static void
test_depth_is_exact (void)
{
  static const struct
  {
    guint depth;
    guint max_depth;
    gboolean fine;
  } cases[] = { { 1, 1, TRUE },   { 2, 1, FALSE },   { 16, 16, TRUE },    { 17, 16, FALSE },
                { 64, 64, TRUE }, { 65, 64, FALSE }, { 65, 1000, FALSE }, { 1, 0, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      for (guint level = 0; level < cases[i].depth; level++)
        g_string_append (text, level % 2 == 0 ? "[" : "{\"a\":");
      g_string_append (text, "0");
      for (guint level = cases[i].depth; level > 0; level--)
        g_string_append_c (text, level % 2 == 1 ? ']' : '}');

      g_assert_cmpint (guichet_json_scan (text->str, text->len, cases[i].max_depth, NULL, &error),
                       ==,
                       cases[i].fine);
      if (!cases[i].fine)
        g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_LIMIT);
    }
}

/* A connection that breaks leaves the beginning of a text: none of them is one by itself. */
static void
test_no_beginning_passes (void)
{
  static const char text[] = "{\"a\":[1.5e3,{\"b\":\"\\ud83d\\ude00é\"},true,null,-12],\"c\":{}}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      /* Exactly so much memory, for the sanitizer to see a look beyond. */
      g_autofree char *beginning = g_memdup2 (text, MAX (length, 1));

      g_assert_false (guichet_json_scan (beginning, length, 16, NULL, NULL));
    }
  g_assert_true (guichet_json_scan (text, strlen (text), 16, NULL, NULL));
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

  g_test_add_func ("/core/json/scan/accepts", test_accepts);
  g_test_add_func ("/core/json/scan/refuses", test_refuses);
  g_test_add_func ("/core/json/scan/place", test_names_the_place);
  g_test_add_func ("/core/json/scan/values", test_values);
  g_test_add_func ("/core/json/scan/limits", test_limits);
  g_test_add_func ("/core/json/scan/depth", test_depth_is_exact);
  g_test_add_func ("/core/json/scan/beginnings", test_no_beginning_passes);
  g_test_add_func ("/core/json/scan/random", test_scan_never_trusts);

  return g_test_run ();
}
