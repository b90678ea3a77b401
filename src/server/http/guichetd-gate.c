/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked of a question before its body is read.
 */
#define G_LOG_DOMAIN "guichetd-gate"

#include "config.h"

#include "guichetd-gate.h"

#include "guichet-command.h"
#include "guichetd-exchange-private.h"

#include <string.h>

static gboolean
head_is_too_large (const GuichetdGate *self, SoupServerMessage *message)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  gsize bytes = 0;

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    bytes += strlen (name) + strlen (value) + 4;
  return bytes > self->limits->header_bytes;
}

static gboolean
target_is_too_long (const GuichetdGate *self, GUri *uri)
{
  const char *query = g_uri_get_query (uri);

  return strlen (g_uri_get_path (uri)) + (query != NULL ? strlen (query) : 0) >
         self->limits->target_bytes;
}

void
guichetd_gate_refuse_size (GuichetdExchange *exchange, gsize limit)
{
  GuichetdProblemDetails details = { .limit = (gint64) limit };

  guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_PAYLOAD_TOO_LARGE, &details);
}

static void
find_route (const GuichetdGate *self, GuichetdExchange *exchange)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (exchange->message));

  if (guichetd_router_match (self->router,
                             soup_server_message_get_method (exchange->message),
                             path,
                             &exchange->match))
    return;

  if (exchange->match.allow == NULL)
    {
      guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_RESOURCE_NOT_FOUND, NULL);
      return;
    }
  guichetd_exchange_set_header (exchange, "Allow", exchange->match.allow);
  guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_METHOD_NOT_ALLOWED, NULL);
}

static void
check_body (GuichetdExchange *exchange, SoupEncoding encoding, goffset length)
{
  const GuichetdRoute *route = exchange->match.route;
  const char *type;

  if (encoding == SOUP_ENCODING_CONTENT_LENGTH && (guint64) length > route->body)
    {
      guichetd_gate_refuse_size (exchange, route->body);
      return;
    }
  if (route->body == 0)
    return;

  type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (
                                                    exchange->message),
                                                NULL);
  if (g_strcmp0 (type, "application/json") != 0)
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_UNSUPPORTED_MEDIA_TYPE, NULL);
}

static void
check_key (GuichetdExchange *exchange)
{
  const char *key = guichetd_exchange_get_header (exchange, "Idempotency-Key");

  if (key == NULL)
    guichetd_exchange_refuse_one (exchange,
                                  GUICHETD_PROBLEM_BAD_REQUEST,
                                  "header",
                                  "requiredInput",
                                  "Idempotency-Key",
                                  "a UUID must be given");
  else if (!guichet_command_key_is_valid (key))
    guichetd_exchange_refuse_one (exchange,
                                  GUICHETD_PROBLEM_BAD_REQUEST,
                                  "header",
                                  "invalidInput",
                                  "Idempotency-Key",
                                  "must be a UUID in lower case");
}

void
guichetd_gate_check (const GuichetdGate *self,
                     GuichetdExchange *exchange,
                     SoupEncoding encoding,
                     goffset length)
{
  GUri *uri = soup_server_message_get_uri (exchange->message);

  if (target_is_too_long (self, uri))
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_URI_TOO_LONG, NULL);
  else if (head_is_too_large (self, exchange->message))
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_HEADERS_TOO_LARGE, NULL);
  else
    find_route (self, exchange);

  if (!exchange->answered && self->door != NULL &&
      (exchange->match.route->flags & GUICHETD_ROUTE_OPEN) == 0)
    self->door (exchange, self->api);
  if (!exchange->answered)
    check_body (exchange, encoding, length);
  if (!exchange->answered && (exchange->match.route->flags & GUICHETD_ROUTE_KEY) != 0)
    check_key (exchange);
  if (!exchange->answered)
    guichetd_exchange_read_query (exchange, g_uri_get_query (uri));
}
