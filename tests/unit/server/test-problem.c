/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichetd-problem-table.h"
#include "guichetd-problem.h"

#include "guichet-json-reader.h"

#define TRACE "5d1f5d63-2c0b-4b0e-9f0c-6d7f1c6f5a11"

static JsonObject *
problem_body (GuichetdProblem problem,
              GuichetLanguage language,
              const GuichetdProblemDetails *details,
              JsonNode **root)
{
  g_autoptr (GBytes) body = guichetd_problem_write (problem, language, TRACE, details);
  g_autoptr (GError) error = NULL;

  *root = guichet_json_parse (body, &guichet_json_limits_default, &error);
  g_assert_no_error (error);
  return json_node_get_object (*root);
}

static void
test_every_line (void)
{
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("each problem has a type of its own, a title, a status and four sentences");

  for (guint i = 0; i < guichetd_n_problem_lines; i++)
    {
      char *type = guichetd_problem_type ((GuichetdProblem) i);
      guint status = guichetd_problem_status ((GuichetdProblem) i);

      g_assert_true (g_str_has_prefix (type, "urn:problem-type:belgif:") ||
                     g_str_has_prefix (type, "urn:problem-type:mons:eguichet:"));
      g_assert_true (g_hash_table_add (types, type));
      g_assert_cmpuint (status, >=, 400);
      g_assert_cmpuint (status, <, 600);
      g_assert_nonnull (guichetd_problem_title ((GuichetdProblem) i));
      for (guint language = 0; language < GUICHET_N_LANGUAGES; language++)
        {
          const char *detail = guichetd_problem_lines[i].detail[language];

          g_assert_nonnull (detail);
          g_assert_true (g_str_has_suffix (detail, "."));
          for (guint other = 0; other < language; other++)
            g_assert_cmpstr (detail, !=, guichetd_problem_lines[i].detail[other]);
        }
    }
}

static void
test_every_refusal (void)
{
  g_autoptr (GEnumClass) refusals = g_type_class_ref (GUICHET_TYPE_REFUSAL);

  for (guint i = 0; i < refusals->n_values; i++)
    {
      GuichetdProblem problem =
          guichetd_problem_of_refusal ((GuichetRefusal) refusals->values[i].value);
      g_autofree char *type = guichetd_problem_type (problem);

      g_assert_true (g_str_has_suffix (type, refusals->values[i].value_nick));
    }
  g_assert_cmpuint (guichetd_n_problem_lines, ==, GUICHETD_PROBLEM_REFUSAL + refusals->n_values);
}

static void
test_issues (void)
{
  g_autoptr (GPtrArray) issues = guichet_issues_new ();
  const GuichetdProblemDetails details = { .in = "body", .issues = issues, .limit = 9 };
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonArray *array;

  g_ptr_array_add (issues, guichet_issue_new ("requiredInput", "citizen.niss", "missing"));
  g_ptr_array_add (issues, guichet_issue_new ("unknownInput", NULL, "unknown"));
  object = problem_body (GUICHETD_PROBLEM_BAD_REQUEST, GUICHET_LANGUAGE_NL, &details, &root);

  g_assert_cmpstr (json_object_get_string_member (object, "type"),
                   ==,
                   "urn:problem-type:belgif:badRequest");
  g_assert_cmpstr (json_object_get_string_member (object, "instance"), ==, "urn:uuid:" TRACE);
  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, 400);
  g_assert_cmpint (json_object_get_int_member (object, "limit"), ==, 9);
  array = json_object_get_array_member (object, "issues");
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  object = json_array_get_object_element (array, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "type"),
                   ==,
                   "urn:problem-type:belgif-ext:input-validation:requiredInput");
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "citizen.niss");
  g_assert_cmpstr (json_object_get_string_member (object, "in"), ==, "body");
  g_assert_cmpstr (json_object_get_string_member (object, "title"), ==, "missing");
  g_assert_cmpstr (json_object_get_string_member (object, "detail"), ==, "Dit veld is verplicht.");
  object = json_array_get_object_element (array, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "type"),
                   ==,
                   "urn:problem-type:belgif:input-validation:unknownInput");
  g_assert_false (json_object_has_member (object, "name"));
}

static void
test_languages (void)
{
  static const struct
  {
    const char *accept;
    GuichetLanguage language;
  } cases[] = {
    { NULL, GUICHET_LANGUAGE_FR },
    { "", GUICHET_LANGUAGE_FR },
    { "*", GUICHET_LANGUAGE_FR },
    { "nl", GUICHET_LANGUAGE_NL },
    { "nl-BE", GUICHET_LANGUAGE_NL },
    { "NL-be", GUICHET_LANGUAGE_NL },
    { "it, de;q=0.3", GUICHET_LANGUAGE_DE },
    { "fr;q=0.2, en;q=0.9, nl;q=0.5", GUICHET_LANGUAGE_EN },
    { "nl;q=0", GUICHET_LANGUAGE_FR },
    { "nlx", GUICHET_LANGUAGE_FR },
    { ",,;q=;,de", GUICHET_LANGUAGE_DE },
    { "en;q=1.000, fr;q=0.999", GUICHET_LANGUAGE_EN },
    { "n", GUICHET_LANGUAGE_FR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (guichetd_problem_language (cases[i].accept), ==, cases[i].language);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/problem/every-line", test_every_line);
  g_test_add_func ("/server/problem/every-refusal", test_every_refusal);
  g_test_add_func ("/server/problem/issues", test_issues);
  g_test_add_func ("/server/problem/languages", test_languages);

  return g_test_run ();
}
