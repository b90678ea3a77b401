/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-desk.h"
#include "guichet-problem.h"
#include "random-fixture.h"

#include <string.h>

static GuichetProblem *
problem_of (guint status, const char *retry_after, const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  return guichet_problem_new (status, retry_after, bytes);
}

static const struct
{
  guint status;
  const char *word;
  GuichetDeskError told; /* what it means from the server itself */
  GuichetDeskError bare; /* and from anybody on the way */
  gboolean passing;
} statuses[] = {
  { 400, "badRequest", GUICHET_DESK_ERROR_REFUSED, GUICHET_DESK_ERROR_UNREACHABLE, FALSE },
  { 401,
    "invalidAccessToken",
    GUICHET_DESK_ERROR_SIGNED_OUT,
    GUICHET_DESK_ERROR_UNREACHABLE,
    FALSE },
  { 403,
    "missingPermission",
    GUICHET_DESK_ERROR_NOT_ALLOWED,
    GUICHET_DESK_ERROR_UNREACHABLE,
    FALSE },
  { 404, "resourceNotFound", GUICHET_DESK_ERROR_GONE, GUICHET_DESK_ERROR_UNREACHABLE, FALSE },
  { 408, "status408", GUICHET_DESK_ERROR_REFUSED, GUICHET_DESK_ERROR_UNREACHABLE, TRUE },
  { 409, "conflict", GUICHET_DESK_ERROR_REFUSED, GUICHET_DESK_ERROR_UNREACHABLE, FALSE },
  { 413, "payloadTooLarge", GUICHET_DESK_ERROR_REFUSED, GUICHET_DESK_ERROR_REFUSED, FALSE },
  { 418, "status418", GUICHET_DESK_ERROR_REFUSED, GUICHET_DESK_ERROR_UNREACHABLE, FALSE },
  { 422,
    "idempotencyKeyReused",
    GUICHET_DESK_ERROR_REFUSED,
    GUICHET_DESK_ERROR_UNREACHABLE,
    FALSE },
  { 429, "tooManyRequests", GUICHET_DESK_ERROR_SLOW_DOWN, GUICHET_DESK_ERROR_UNREACHABLE, TRUE },
  { 500, "internalServerError", GUICHET_DESK_ERROR_FAILED, GUICHET_DESK_ERROR_UNREACHABLE, FALSE },
  { 501, "status501", GUICHET_DESK_ERROR_UNREACHABLE, GUICHET_DESK_ERROR_UNREACHABLE, FALSE },
  { 502, "badGateway", GUICHET_DESK_ERROR_UNREACHABLE, GUICHET_DESK_ERROR_UNREACHABLE, TRUE },
  { 503,
    "serviceUnavailable",
    GUICHET_DESK_ERROR_UNREACHABLE,
    GUICHET_DESK_ERROR_UNREACHABLE,
    TRUE },
  { 504, "gatewayTimeout", GUICHET_DESK_ERROR_UNREACHABLE, GUICHET_DESK_ERROR_UNREACHABLE, TRUE },
  { 301, "status301", GUICHET_DESK_ERROR_PROTOCOL, GUICHET_DESK_ERROR_PROTOCOL, FALSE },
  { 204, "status204", GUICHET_DESK_ERROR_PROTOCOL, GUICHET_DESK_ERROR_PROTOCOL, FALSE },
  { 999, "status999", GUICHET_DESK_ERROR_PROTOCOL, GUICHET_DESK_ERROR_PROTOCOL, FALSE },
};

static void
test_statuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GuichetProblem) problem = problem_of (statuses[i].status, NULL, NULL);
      g_autoptr (GError) error = guichet_problem_to_error (problem);

      g_assert_cmpstr (problem->word, ==, statuses[i].word);
      g_assert_false (problem->told);
      g_assert_null (problem->detail);
      g_assert_cmpuint (problem->changes->len, ==, 0);
      g_assert_error (error, GUICHET_DESK_ERROR, (int) statuses[i].bare);
      g_assert_cmpstr (error->message, ==, statuses[i].word);
      g_assert_cmpint (guichet_problem_is_passing (problem), ==, statuses[i].passing);
    }
}

static void
test_told (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"type\":\"urn:problem-type:belgif:%s\"}", statuses[i].word);
      g_autoptr (GuichetProblem) problem = problem_of (statuses[i].status, NULL, body);
      g_autoptr (GError) error = guichet_problem_to_error (problem);

      g_assert_true (problem->told);
      g_assert_error (error, GUICHET_DESK_ERROR, (int) statuses[i].told);
      g_assert_cmpint (guichet_problem_is_passing (problem), ==, statuses[i].passing);
    }
}

static void
test_body (void)
{
  g_autoptr (GuichetProblem) problem =
      problem_of (401,
                  NULL,
                  "{\"type\":\"urn:problem-type:belgif:invalidCredentials\",\"status\":401,"
                  "\"detail\":\"Nom ou mot de passe incorrect.\",\"issues\":[{\"in\":\"body\"}]}");
  g_autoptr (GError) error = guichet_problem_to_error (problem);

  g_assert_cmpstr (problem->word, ==, "invalidCredentials");
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_CREDENTIALS);
  g_assert_cmpstr (error->message, ==, "Nom ou mot de passe incorrect.");
}

static const struct
{
  const char *body;
  const char *word;
  const char *detail;
} bodies[] = {
  { "", "conflict", NULL },
  { "<html>proxy</html>", "conflict", NULL },
  { "[]", "conflict", NULL },
  { "{}", "conflict", NULL },
  { "{\"type\":\"about:blank\"}", "blank", NULL },
  { "{\"type\":\"nothing\"}", "conflict", NULL },
  { "{\"type\":\"urn:x:\"}", "conflict", NULL },
  { "{\"type\":7}", "conflict", NULL },
  { "{\"detail\":\"why\"}", "conflict", "why" },
  { "{\"type\":\"urn:x:other\",\"detail\":\"why\",\"changes\":[7]}", "other", "why" },
  { "{\"type\":\"urn:x:conflict\",\"detail\":\"why\",\"changes\":[{\"number\":7,\"account\":\"A-"
    "K7M4-2QXF\","
    "\"kind\":\"contactChanged\",\"actor\":\"luc.lefebvre\",\"instant\":\"2026-11-28T09:00:00."
    "000000Z\","
    "\"version\":3}]}",
    "conflict",
    "why" },
};

static void
test_other_bodies (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GuichetProblem) problem = problem_of (409, NULL, bodies[i].body);

      g_assert_cmpstr (problem->word, ==, bodies[i].word);
      g_assert_cmpstr (problem->detail, ==, bodies[i].detail);
      g_assert_cmpuint (problem->changes->len, ==, 0);
    }
}

static void
test_issues (void)
{
  g_autoptr (GuichetProblem) problem = problem_of (
      400,
      NULL,
      "{\"type\":\"urn:problem-type:belgif:badRequest\",\"issues\":["
      "{\"type\":\"urn:problem-type:belgif-ext:input-validation:requiredInput\",\"in\":\"body\","
      "\"name\":\"answers.motive\",\"title\":\"is missing\",\"detail\":\"Ce champ est "
      "obligatoire.\"},"
      "{\"type\":\"urn:problem-type:belgif:input-validation:invalidInput\"},{\"in\":\"body\"}]}");
  const GuichetIssue *first, *second;

  g_assert_cmpuint (problem->issues->len, ==, 2);
  first = g_ptr_array_index (problem->issues, 0);
  second = g_ptr_array_index (problem->issues, 1);
  g_assert_cmpstr (first->type, ==, "requiredInput");
  g_assert_cmpstr (first->name, ==, "answers.motive");
  g_assert_cmpstr (first->detail, ==, "Ce champ est obligatoire.");
  g_assert_cmpstr (second->type, ==, "invalidInput");
  g_assert_null (second->name);
}

/* What happened since, of every kind that there is. */
static void
test_changes (void)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GuichetProblem) problem = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "type", "urn:problem-type:mons:conflict");
  guichet_json_writer_begin_array (writer, "changes");
  for (int kind = GUICHET_EVENT_SUBMITTED; kind <= GUICHET_EVENT_PURGED; kind++)
    {
      GuichetEvent *event = random_event ((GuichetEventKind) kind, kind);

      g_ptr_array_add (events, event);
      guichet_event_write (event, writer, NULL);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  body = guichet_json_writer_end (writer);

  problem = guichet_problem_new (409, NULL, body);
  g_assert_cmpstr (problem->word, ==, "conflict");
  g_assert_cmpuint (problem->changes->len, ==, events->len);
  for (guint i = 0; i < events->len; i++)
    {
      const GuichetEvent *wrote = g_ptr_array_index (events, i);
      const GuichetEvent *read = g_ptr_array_index (problem->changes, i);

      g_assert_cmpint (read->kind, ==, wrote->kind);
      g_assert_cmpint (read->version, ==, wrote->version);
    }
}

static const struct
{
  const char *header;
  gint64 seconds;
} retries[] = {
  { NULL, 0 },
  { "", 0 },
  { "7", 7 },
  { " 30 ", 30 },
  { "-5", 0 },
  { "99999999999999999999999", 24 * 60 * 60 },
  { "Wed, 21 Oct 2026 07:28:00 GMT", 0 },
};

static void
test_retry_after (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (retries); i++)
    {
      g_autoptr (GuichetProblem) problem = problem_of (503, retries[i].header, NULL);

      g_assert_cmpint (problem->retry_after, ==, retries[i].seconds);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/problem/statuses", test_statuses);
  g_test_add_func ("/client/problem/told", test_told);
  g_test_add_func ("/client/problem/body", test_body);
  g_test_add_func ("/client/problem/bodies", test_other_bodies);
  g_test_add_func ("/client/problem/issues", test_issues);
  g_test_add_func ("/client/problem/changes", test_changes);
  g_test_add_func ("/client/problem/retry", test_retry_after);

  return g_test_run ();
}
