/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What handlers read, and the problems that come of it.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes-private.h"

#include "guichet-reference.h"

/* The one table from errors to problems; a domain's code on a line. */
typedef struct
{
  GQuark (*domain) (void);
  int code;
  GuichetdProblem problem;
  guint retry_after;
} ErrorLine;

static const ErrorLine error_lines[] = {
  { guichetd_engine_error_quark,
    GUICHETD_ENGINE_ERROR_NOT_FOUND,
    GUICHETD_PROBLEM_RESOURCE_NOT_FOUND,
    0 },
  { guichetd_engine_error_quark,
    GUICHETD_ENGINE_ERROR_KEY_REUSED,
    GUICHETD_PROBLEM_IDEMPOTENCY_KEY_REUSED,
    0 },
  { guichetd_engine_error_quark,
    GUICHETD_ENGINE_ERROR_AFTER_UNKNOWN,
    GUICHETD_PROBLEM_AFTER_UNKNOWN,
    0 },
  { guichetd_auth_error_quark,
    GUICHETD_AUTH_ERROR_INVALID,
    GUICHETD_PROBLEM_INVALID_CREDENTIALS,
    0 },
  { guichet_db_error_quark, GUICHET_DB_ERROR_FULL, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, 60 },
  { guichet_db_error_quark, GUICHET_DB_ERROR_BUSY, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, 5 },
  { g_io_error_quark, G_IO_ERROR_CANCELLED, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, 5 },
  { g_io_error_quark, G_IO_ERROR_CLOSED, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, 5 },
};

GuichetJsonReader *
guichetd_routes_read_body (GuichetdExchange *exchange, JsonNode **ret_root)
{
  GuichetJsonLimits limits = { guichetd_exchange_get_route (exchange)->body,
                               GUICHETD_ROUTES_DEPTH };
  g_autoptr (GError) error = NULL;
  JsonNode *root = guichet_json_parse (guichetd_exchange_get_body (exchange), &limits, &error);

  if (root == NULL)
    {
      guichetd_routes_refuse_json (exchange, error);
      return NULL;
    }
  *ret_root = root;
  return guichet_json_reader_new (root, GUICHET_JSON_STRICT);
}

gboolean
guichetd_routes_finish (GuichetdExchange *exchange, GuichetJsonReader *reader)
{
  if (guichet_json_reader_finish (reader, NULL))
    return TRUE;

  guichetd_routes_refuse_issues (exchange, guichet_json_reader_get_issues (reader));
  return FALSE;
}

GPtrArray *
guichetd_routes_copy_issues (GPtrArray *issues)
{
  GPtrArray *copy = guichet_issues_new ();

  for (guint i = 0; i < issues->len; i++)
    {
      const GuichetIssue *issue = g_ptr_array_index (issues, i);

      g_ptr_array_add (copy, guichet_issue_new (issue->type, issue->name, issue->detail));
    }
  return copy;
}

void
guichetd_routes_answer_receipt (GuichetdExchange *exchange,
                                guint status,
                                const GuichetdReceipt *receipt)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "reference", receipt->reference);
  guichet_json_writer_integer (writer, "version", receipt->version);
  if (receipt->number > 0)
    guichet_json_writer_integer (writer, "event", receipt->number);
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (exchange, status, guichet_json_writer_end (writer));
}

void
guichetd_routes_refuse_json (GuichetdExchange *exchange, const GError *error)
{
  guichetd_exchange_refuse_one (exchange,
                                GUICHETD_PROBLEM_BAD_REQUEST,
                                "body",
                                "schemaViolation",
                                NULL,
                                error->message);
}

void
guichetd_routes_refuse_issues (GuichetdExchange *exchange, GPtrArray *issues)
{
  GuichetdProblemDetails details = { .in = "body", .issues = issues };

  guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_BAD_REQUEST, &details);
}

void
guichetd_routes_refuse_error (GuichetdExchange *exchange,
                              const GError *error,
                              const GuichetdRefused *refused)
{
  GuichetdProblemDetails details = {
    .in = "body",
    .issues = refused != NULL ? refused->issues : NULL,
    .changes = refused != NULL ? refused->changes : NULL,
    .account = refused != NULL ? refused->account : NULL,
    .account_changes = refused != NULL ? refused->account_changes : NULL,
  };

  if (error->domain == GUICHET_REFUSAL)
    {
      guichetd_exchange_refuse (exchange,
                                guichetd_problem_of_refusal ((GuichetRefusal) error->code),
                                &details);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (error_lines); i++)
    {
      const ErrorLine *line = &error_lines[i];

      if (!g_error_matches (error, line->domain (), line->code))
        continue;
      details.retry_after = line->retry_after;
      guichetd_exchange_refuse (exchange, line->problem, &details);
      return;
    }

  g_warning ("%s failed: %s (incident %s)",
             guichetd_exchange_get_route (exchange)->operation,
             error->message,
             guichetd_exchange_get_trace (exchange));
  guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_INTERNAL_SERVER_ERROR, NULL);
}

char *
guichetd_routes_reference (GuichetdExchange *exchange)
{
  char *reference = guichet_reference_parse (guichetd_exchange_get_param (exchange, "reference"));

  if (reference == NULL)
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_RESOURCE_NOT_FOUND, NULL);
  else
    guichetd_exchange_note_reference (exchange, reference);
  return reference;
}

gboolean
guichetd_routes_number (GuichetdExchange *exchange,
                        const char *name,
                        gint64 min,
                        gint64 max,
                        gint64 *ret_number)
{
  const char *text = guichetd_exchange_get_query (exchange, name);
  guint64 value;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, (guint64) min, (guint64) max, &value, NULL))
    {
      guichetd_exchange_refuse_one (exchange,
                                    GUICHETD_PROBLEM_BAD_REQUEST,
                                    "query",
                                    "outOfRange",
                                    name,
                                    "must be a number within its range");
      return FALSE;
    }
  *ret_number = (gint64) value;
  return TRUE;
}
