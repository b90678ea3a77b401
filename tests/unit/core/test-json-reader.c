/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-enums.h"
#include "guichet-json-reader.h"

static JsonNode *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return guichet_json_parse (bytes, &guichet_json_limits_default, error);
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

static GuichetJsonReader *
strict (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = parse (text, &error);

  g_assert_no_error (error);
  return guichet_json_reader_new (root, GUICHET_JSON_STRICT);
}

static void
test_reads_each_kind (void)
{
  g_autoptr (GuichetJsonReader) reader =
      strict ("{\"string\":\"déjà\",\"integer\":-7,\"boolean\":true,\"phase\":\"waiting\","
              "\"day\":\"2028-02-29\",\"instant\":\"2026-11-24T12:00:00.5+01:00\","
              "\"tree\":{\"x\":[1]},\"in\":{\"deep\":{\"a\":1}},"
              "\"words\":[\"un\",\"deux\"],\"list\":[{\"a\":1},{\"a\":2}],\"data\":\"AAAA\"}");
  g_autoptr (GError) error = NULL;
  guint n_items = 0;

  g_assert_cmpstr (guichet_json_reader_string (reader, "string", GUICHET_JSON_REQUIRED, 4),
                   ==,
                   "déjà");
  g_assert_cmpint (guichet_json_reader_integer (reader, "integer", GUICHET_JSON_REQUIRED, -7, -7),
                   ==,
                   -7);
  g_assert_true (guichet_json_reader_boolean (reader, "boolean", GUICHET_JSON_REQUIRED));
  g_assert_cmpint (guichet_json_reader_enum (reader,
                                             "phase",
                                             GUICHET_JSON_REQUIRED,
                                             GUICHET_TYPE_PHASE),
                   ==,
                   GUICHET_PHASE_WAITING);
  g_assert_cmpint (guichet_json_reader_day (reader, "day", GUICHET_JSON_REQUIRED),
                   ==,
                   guichet_day_new (2028, 2, 29));
  g_assert_cmpint (guichet_json_reader_instant (reader, "instant", GUICHET_JSON_REQUIRED),
                   ==,
                   G_GINT64_CONSTANT (1795518000500000));
  g_assert_cmpuint (json_object_get_size (
                        guichet_json_reader_object (reader, "tree", GUICHET_JSON_REQUIRED)),
                    ==,
                    1);
  g_assert_cmpstr (guichet_json_reader_opaque (reader, "data", GUICHET_JSON_REQUIRED, 4),
                   ==,
                   "AAAA");

  g_assert_true (guichet_json_reader_enter (reader, "in", GUICHET_JSON_REQUIRED));
  g_assert_true (guichet_json_reader_enter (reader, "deep", GUICHET_JSON_REQUIRED));
  g_assert_cmpint (guichet_json_reader_integer (reader, "a", GUICHET_JSON_REQUIRED, 0, 1), ==, 1);
  guichet_json_reader_leave (reader);
  guichet_json_reader_leave (reader);

  g_assert_true (
      guichet_json_reader_enter_array (reader, "words", GUICHET_JSON_REQUIRED, 2, &n_items));
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_cmpstr (guichet_json_reader_item_string (reader, 1, 4), ==, "deux");
  guichet_json_reader_leave (reader);

  g_assert_true (
      guichet_json_reader_enter_array (reader, "list", GUICHET_JSON_REQUIRED, 2, &n_items));
  for (guint i = 0; i < n_items; i++)
    {
      g_assert_true (guichet_json_reader_enter_item (reader, i));
      g_assert_cmpint (guichet_json_reader_integer (reader, "a", GUICHET_JSON_REQUIRED, 0, 9),
                       ==,
                       i + 1);
      guichet_json_reader_leave (reader);
    }
  guichet_json_reader_leave (reader);

  g_assert_true (guichet_json_reader_finish (reader, &error));
  g_assert_no_error (error);
}

/* One wrong member each, and what is said of it. */
static void
test_says_what_is_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *type; /* NULL: fine */
  } strings[] = {
    { "{\"a\":\"abc\"}", NULL },
    { "{\"a\":\"éèê\"}", NULL },
    { "{\"a\":\"\"}", NULL },
    { "{\"a\":\"a\\n\\t\"}", NULL },
    { "{\"a\":\"abcd\"}", "invalidInput" },
    { "{\"a\":\"\\u0007\"}", "invalidInput" },
    { "{\"a\":\"\\u007f\"}", "invalidInput" },
    { "{\"a\":\"\\u0085\"}", "invalidInput" },
    { "{\"a\":\"\\r\"}", "invalidInput" },
    { "{\"a\":null}", "schemaViolation" },
    { "{\"a\":1}", "schemaViolation" },
    { "{\"a\":[\"a\"]}", "schemaViolation" },
    { "{\"a\":{}}", "schemaViolation" },
    { "{}", "requiredInput" },
    { "{\"a\":\"a\",\"b\":1}", "unknownInput" },
    { "[]", "schemaViolation" },
    { "\"a\"", "schemaViolation" },
    { "null", "schemaViolation" },
  };
  static const struct
  {
    const char *text;
    const char *type;
  } integers[] = {
    { "{\"a\":0}", NULL },
    { "{\"a\":9}", NULL },
    { "{\"a\":10}", "outOfRange" },
    { "{\"a\":-1}", "outOfRange" },
    { "{\"a\":1.0}", "schemaViolation" },
    { "{\"a\":1e0}", "schemaViolation" },
    { "{\"a\":\"1\"}", "schemaViolation" },
    { "{\"a\":true}", "schemaViolation" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autoptr (GuichetJsonReader) reader = strict (strings[i].text);
      const GPtrArray *issues = guichet_json_reader_get_issues (reader);

      guichet_json_reader_string (reader, "a", GUICHET_JSON_REQUIRED, 3);
      g_assert_cmpint (guichet_json_reader_finish (reader, NULL), ==, strings[i].type == NULL);
      g_assert_cmpuint (issues->len, ==, strings[i].type == NULL ? 0 : 1);
      if (issues->len > 0)
        g_assert_cmpstr (((GuichetIssue *) issues->pdata[0])->type, ==, strings[i].type);
    }
  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      g_autoptr (GuichetJsonReader) reader = strict (integers[i].text);
      const GPtrArray *issues = guichet_json_reader_get_issues (reader);

      guichet_json_reader_integer (reader, "a", GUICHET_JSON_REQUIRED, 0, 9);
      g_assert_cmpint (guichet_json_reader_finish (reader, NULL), ==, integers[i].type == NULL);
      if (issues->len > 0)
        g_assert_cmpstr (((GuichetIssue *) issues->pdata[0])->type, ==, integers[i].type);
    }
}

static void
test_paths (void)
{
  g_autoptr (GuichetJsonReader) reader =
      strict ("{\"applicant\":{\"addresses\":[{\"postCode\":7000,\"x\":1}],\"tags\":[\"a\",1]},"
              "\"many\":[1,2,3]}");
  g_autoptr (GError) error = NULL;
  guint n_items = 0;

  g_assert_true (guichet_json_reader_enter (reader, "applicant", GUICHET_JSON_REQUIRED));
  guichet_json_reader_refuse (reader, NULL, "rejectedInput", "is not welcome");
  g_assert_true (
      guichet_json_reader_enter_array (reader, "addresses", GUICHET_JSON_REQUIRED, 9, &n_items));
  g_assert_true (guichet_json_reader_enter_item (reader, 0));
  guichet_json_reader_string (reader, "postCode", GUICHET_JSON_REQUIRED, 4);
  guichet_json_reader_leave (reader);
  guichet_json_reader_leave (reader);
  g_assert_true (
      guichet_json_reader_enter_array (reader, "tags", GUICHET_JSON_REQUIRED, 9, &n_items));
  g_assert_cmpstr (guichet_json_reader_item_string (reader, 0, 9), ==, "a");
  g_assert_null (guichet_json_reader_item_string (reader, 1, 9));
  guichet_json_reader_leave (reader);
  guichet_json_reader_refuse (reader, "name", "rejectedInput", "is not welcome");
  guichet_json_reader_leave (reader);
  g_assert_false (
      guichet_json_reader_enter_array (reader, "many", GUICHET_JSON_REQUIRED, 2, &n_items));

  g_assert_false (guichet_json_reader_finish (reader, &error));
  g_assert_error (error, GUICHET_JSON_ERROR, GUICHET_JSON_ERROR_CONTENT);
  g_assert_cmpstr (error->message,
                   ==,
                   "applicant is not welcome; "
                   "applicant.addresses[0].postCode must be a string; "
                   "applicant.addresses[0].x is not known here; "
                   "applicant.tags[1] must be a string; "
                   "applicant.name is not welcome; "
                   "many has more than 2 items");
}

/* A body that is wrong everywhere gets a bounded answer. */
static void
test_issues_are_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GuichetJsonReader) reader = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%s\"m%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append_c (text, '}');
  reader = strict (text->str);
  g_assert_false (guichet_json_reader_finish (reader, NULL));
  g_assert_cmpuint (guichet_json_reader_get_issues (reader)->len, ==, 100);
}

/* 0 stands for what is absent: it would not be written again. */
static void
test_epoch (void)
{
  g_autoptr (GuichetJsonReader) reader =
      strict ("{\"at\":\"1970-01-01T00:00:00Z\",\"after\":\"1970-01-01T00:00:00.000001Z\","
              "\"before\":\"1969-12-31T23:59:59Z\"}");

  guichet_json_reader_instant (reader, "at", GUICHET_JSON_OPTIONAL);
  guichet_json_reader_instant (reader, "after", GUICHET_JSON_OPTIONAL);
  guichet_json_reader_instant (reader, "before", GUICHET_JSON_OPTIONAL);
  g_assert_false (guichet_json_reader_finish (reader, NULL));
  g_assert_cmpuint (guichet_json_reader_get_issues (reader)->len, ==, 1);
  g_assert_cmpstr (issue_about (reader, "at")->type, ==, "invalidInput");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/json/reader/kinds", test_reads_each_kind);
  g_test_add_func ("/core/json/reader/issues", test_reader_collects_every_issue);
  g_test_add_func ("/core/json/reader/lenient", test_reader_lenient_skips);
  g_test_add_func ("/core/json/reader/wrong", test_says_what_is_wrong);
  g_test_add_func ("/core/json/reader/paths", test_paths);
  g_test_add_func ("/core/json/reader/bounded", test_issues_are_bounded);
  g_test_add_func ("/core/json/reader/epoch", test_epoch);

  return g_test_run ();
}
