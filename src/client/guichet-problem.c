/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's refusals.
 */
#define G_LOG_DOMAIN "guichet-problem"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-problem.h"

/* Two hundred events of a conflict, each with a note of some length. */
static const GuichetJsonLimits limits = { 2 * 1024 * 1024, 16 };

#define CHANGES_MAX 1000
#define ISSUES_MAX 1000
#define TEXT_MAX 4000

typedef struct
{
  guint status;
  const char *word;
  GuichetDeskError code;
} Meaning;

/* Words as in the Belgif guide (https://www.belgif.be/specification/rest/api-guide/). */
static const Meaning meanings[] = {
  { 400, "badRequest", GUICHET_DESK_ERROR_REFUSED },
  { 401, "invalidAccessToken", GUICHET_DESK_ERROR_SIGNED_OUT },
  { 403, "missingPermission", GUICHET_DESK_ERROR_NOT_ALLOWED },
  { 404, "resourceNotFound", GUICHET_DESK_ERROR_GONE },
  { 409, "conflict", GUICHET_DESK_ERROR_REFUSED },
  { 413, "payloadTooLarge", GUICHET_DESK_ERROR_REFUSED },
  { 422, "idempotencyKeyReused", GUICHET_DESK_ERROR_REFUSED },
  { 429, "tooManyRequests", GUICHET_DESK_ERROR_SLOW_DOWN },
  { 500, "internalServerError", GUICHET_DESK_ERROR_FAILED },
  { 502, "badGateway", GUICHET_DESK_ERROR_UNREACHABLE },
  { 503, "serviceUnavailable", GUICHET_DESK_ERROR_UNREACHABLE },
  { 504, "gatewayTimeout", GUICHET_DESK_ERROR_UNREACHABLE },
};

static const Meaning *
meaning_of (guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (meanings[i].status == status)
        return &meanings[i];
    }
  return NULL;
}

/* By themselves: what happened to something else than a request is no event here, and the refusal
 * stands all the same. */
static void
read_changes (GuichetProblem *self, JsonNode *root)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  guint n = 0;

  if (!guichet_json_reader_enter_array (reader, "changes", GUICHET_JSON_OPTIONAL, CHANGES_MAX, &n))
    return;

  for (guint i = 0; i < n; i++)
    {
      GuichetEvent *event;

      if (!guichet_json_reader_enter_item (reader, i))
        continue;
      event = guichet_event_read (reader);
      if (event != NULL)
        g_ptr_array_add (self->changes, event);
      guichet_json_reader_leave (reader);
    }
  guichet_json_reader_leave (reader);
  if (!guichet_json_reader_finish (reader, NULL))
    g_ptr_array_set_size (self->changes, 0);
}

/* (nullable): the last part of `urn:problem-type:belgif:conflict` */
static const char *
word_of (const char *type)
{
  const char *colon = type != NULL ? strrchr (type, ':') : NULL;

  return colon != NULL && colon[1] != '\0' ? colon + 1 : NULL;
}

static void
read_issues (GuichetProblem *self, GuichetJsonReader *reader)
{
  guint n = 0;

  if (!guichet_json_reader_enter_array (reader, "issues", GUICHET_JSON_OPTIONAL, ISSUES_MAX, &n))
    return;

  for (guint i = 0; i < n; i++)
    {
      const char *type;
      const char *name;
      const char *detail;

      if (!guichet_json_reader_enter_item (reader, i))
        continue;
      type = guichet_json_reader_string (reader, "type", GUICHET_JSON_OPTIONAL, TEXT_MAX);
      name = guichet_json_reader_string (reader, "name", GUICHET_JSON_OPTIONAL, TEXT_MAX);
      detail = guichet_json_reader_string (reader, "detail", GUICHET_JSON_OPTIONAL, TEXT_MAX);
      if (word_of (type) != NULL)
        g_ptr_array_add (self->issues, guichet_issue_new (word_of (type), name, detail));
      guichet_json_reader_leave (reader);
    }
  guichet_json_reader_leave (reader);
}

static void
read_body (GuichetProblem *self, JsonNode *root)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  const char *type;
  const char *detail;

  type = guichet_json_reader_string (reader, "type", GUICHET_JSON_OPTIONAL, TEXT_MAX);
  detail = guichet_json_reader_string (reader, "detail", GUICHET_JSON_OPTIONAL, TEXT_MAX);
  read_issues (self, reader);
  if (!guichet_json_reader_finish (reader, NULL))
    {
      g_ptr_array_set_size (self->issues, 0);
      return;
    }
  read_changes (self, root);

  if (word_of (type) != NULL)
    {
      g_free (self->word);
      self->word = g_strdup (word_of (type));
      self->told = TRUE;
    }
  self->detail = g_strdup (detail);
}

GuichetProblem *
guichet_problem_new (guint status, const char *retry_after, GBytes *body)
{
  GuichetProblem *self = g_new0 (GuichetProblem, 1);
  const Meaning *meaning = meaning_of (status);
  g_autoptr (JsonNode) root = NULL;

  self->status = status;
  self->word = meaning != NULL ? g_strdup (meaning->word) : g_strdup_printf ("status%u", status);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  self->issues = guichet_issues_new ();
  if (retry_after != NULL)
    self->retry_after = CLAMP (g_ascii_strtoll (retry_after, NULL, 10), 0, 24 * 60 * 60);

  root = body != NULL ? guichet_json_parse (body, &limits, NULL) : NULL;
  if (root != NULL)
    read_body (self, root);
  return self;
}

void
guichet_problem_free (GuichetProblem *self)
{
  g_free (self->word);
  g_free (self->detail);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->issues);
  g_free (self);
}

static GuichetDeskError
code_of (const GuichetProblem *self)
{
  const Meaning *meaning = meaning_of (self->status);

  if (self->status < 400 || self->status >= 600)
    return GUICHET_DESK_ERROR_PROTOCOL;
  /* Whoever is on the way knows nothing of sessions, rights and requests: only what is too large. */
  if (!self->told && self->status != 413)
    return GUICHET_DESK_ERROR_UNREACHABLE;
  if (g_str_equal (self->word, "invalidCredentials"))
    return GUICHET_DESK_ERROR_CREDENTIALS;
  if (meaning != NULL)
    return meaning->code;
  return self->status < 500 ? GUICHET_DESK_ERROR_REFUSED : GUICHET_DESK_ERROR_UNREACHABLE;
}

GError *
guichet_problem_to_error (const GuichetProblem *self)
{
  return g_error_new (GUICHET_DESK_ERROR,
                      (int) code_of (self),
                      "%s",
                      self->detail != NULL ? self->detail : self->word);
}

gboolean
guichet_problem_is_passing (const GuichetProblem *self)
{
  return self->status == 429 || self->status == 408 || self->status == 502 || self->status == 503 ||
         self->status == 504;
}
