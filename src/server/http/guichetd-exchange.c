/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question and its answer.
 */
#define G_LOG_DOMAIN "guichetd-exchange"

#include "config.h"

#include "guichetd-exchange-private.h"
#include "guichetd-source.h"

#include <string.h>

#define PROBLEM_TYPE "application/problem+json"
#define JSON_TYPE "application/json"
#define STREAM_TYPE "text/event-stream"

static SoupMessageHeaders *
response_headers (GuichetdExchange *self)
{
  return soup_server_message_get_response_headers (self->message);
}

static char *
source_of_socket (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return guichetd_source_of (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static int
query_place (const GuichetdRoute *route, const char *name)
{
  for (int i = 0; i < GUICHETD_ROUTE_MAX_QUERY && route->query[i] != NULL; i++)
    if (strcmp (route->query[i], name) == 0)
      return i;
  return -1;
}

/* Whether this is the one answer; the status is libsoup's only while there is somebody to answer. */
static gboolean
begin_answer (GuichetdExchange *self, guint status, const char *phrase)
{
  if (self->answered)
    return FALSE;

  self->answered = TRUE;
  self->answered_at = g_get_monotonic_time ();
  self->status = status;
  if (self->message == NULL)
    return FALSE;

  soup_server_message_set_status (self->message, status, phrase);
  return TRUE;
}

static void
resume (GuichetdExchange *self)
{
  if (!self->paused)
    return;
  self->paused = FALSE;
  soup_server_message_unpause (self->message);
}

static void
set_body (GuichetdExchange *self, const char *media_type, GBytes *body)
{
  self->answer_size = g_bytes_get_size (body);
  soup_message_headers_replace (response_headers (self), "Content-Type", media_type);
  if (self->answer_size > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
}

static void
wrote_chunk_cb (SoupServerMessage *message, GuichetdExchange *self)
{
  self->written++;
  self->stalled = self->written < self->pushed ? g_get_monotonic_time () : 0;
}

/* libsoup removes the length of a 204 and forgets by that how it ends: as if it went on until the
 * connection closes, which it then does, without a word to the client. */
static void
wrote_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_NONE);
}

GuichetdExchange *
guichetd_exchange_new (SoupServerMessage *message, const char *proxy_header, gint64 now)
{
  GuichetdExchange *self = g_new0 (GuichetdExchange, 1);
  g_autofree char *trace = g_uuid_string_random ();
  const char *related;

  self->refs = 1;
  self->message = g_object_ref (message);
  self->proxy_header = proxy_header;
  self->began = now;
  g_strlcpy (self->trace, trace, sizeof self->trace);

  soup_message_headers_replace (response_headers (self), "BelGov-Trace-Id", self->trace);
  soup_message_headers_replace (response_headers (self), "Cache-Control", "no-store");

  related = guichetd_exchange_get_header (self, "BelGov-Trace-Id");
  if (related != NULL && strlen (related) <= 36 &&
      strspn (related, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") == strlen (related))
    soup_message_headers_replace (response_headers (self), "BelGov-Related-Trace-Id", related);
  return self;
}

GuichetdExchange *
guichetd_exchange_ref (GuichetdExchange *self)
{
  self->refs++;
  return self;
}

void
guichetd_exchange_unref (GuichetdExchange *self)
{
  g_assert (self->refs > 0);
  if (--self->refs > 0)
    return;

  g_clear_object (&self->message);
  guichetd_match_clear (&self->match);
  for (guint i = 0; i < GUICHETD_ROUTE_MAX_QUERY; i++)
    g_free (self->query[i]);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->session, guichetd_session_unref);
  g_clear_pointer (&self->actor, guichet_clerk_unref);
  g_clear_object (&self->cancellable);
  g_free (self->source);
  g_free (self->reference);
  g_free (self);
}

void
guichetd_exchange_read_query (GuichetdExchange *self, const char *query)
{
  const GuichetdRoute *route = self->match.route;
  g_autoptr (GPtrArray) issues = NULL;
  g_auto (GStrv) pairs = NULL;

  if (query == NULL || *query == '\0')
    return;

  issues = guichet_issues_new ();
  pairs = g_strsplit (query, "&", 16);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      g_autofree char *value = NULL;
      int place;

      if (equals != NULL)
        *equals = '\0';
      place = query_place (route, pairs[i]);
      if (place < 0)
        {
          /* The name is the client's text: it goes back only where it is a plain word. */
          gboolean plain = strspn (pairs[i], G_CSET_A_2_Z G_CSET_a_2_z) == strlen (pairs[i]);

          g_ptr_array_add (issues,
                           guichet_issue_new ("unknownInput",
                                              plain ? pairs[i] : NULL,
                                              "there is no such parameter here"));
          continue;
        }
      value = g_uri_unescape_string (equals != NULL ? equals + 1 : "", NULL);
      if (value == NULL || self->query[place] != NULL || !g_utf8_validate (value, -1, NULL))
        g_ptr_array_add (issues,
                         guichet_issue_new ("invalidInput", pairs[i], "given twice or malformed"));
      else
        self->query[place] = g_steal_pointer (&value);
    }

  if (issues->len > 0)
    {
      GuichetdProblemDetails details = { .in = "query", .issues = issues };

      guichetd_exchange_refuse (self, GUICHETD_PROBLEM_BAD_REQUEST, &details);
    }
}

void
guichetd_exchange_give_up (GuichetdExchange *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
guichetd_exchange_end (GuichetdExchange *self)
{
  GDestroyNotify left = g_steal_pointer (&self->left);

  if (self->message == NULL)
    return;
  if (self->streaming)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  self->paused = FALSE;
  if (!self->answered)
    guichetd_exchange_give_up (self);
  if (left != NULL)
    left (self->left_data);
}

const GuichetdRoute *
guichetd_exchange_get_route (GuichetdExchange *self)
{
  return self->match.route;
}

const char *
guichetd_exchange_get_param (GuichetdExchange *self, const char *name)
{
  int place = guichetd_route_param (self->match.route, name);

  g_assert (place >= 0);
  return self->match.params[place];
}

const char *
guichetd_exchange_get_query (GuichetdExchange *self, const char *name)
{
  int place = query_place (self->match.route, name);

  g_assert (place >= 0);
  return self->query[place];
}

const char *
guichetd_exchange_get_header (GuichetdExchange *self, const char *name)
{
  if (self->message == NULL)
    return NULL;
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

GBytes *
guichetd_exchange_get_body (GuichetdExchange *self)
{
  if (self->body == NULL && self->message != NULL)
    self->body = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  if (self->body == NULL)
    self->body = g_bytes_new_static ("", 0);
  return self->body;
}

GuichetdSession *
guichetd_exchange_get_session (GuichetdExchange *self)
{
  return self->session;
}

GuichetClerk *
guichetd_exchange_get_actor (GuichetdExchange *self)
{
  return self->actor;
}

/* An administrator who forgets it sees nothing but that anybody can keep anybody from signing in. */
static void
warn_about_proxy (GuichetdExchange *self)
{
  if (guichetd_exchange_get_header (self, "X-Forwarded-For") != NULL ||
      guichetd_exchange_get_header (self, "Forwarded") != NULL)
    g_warning_once ("A proxy says whom it speaks for, and “proxy-header” is not set: every desk "
                    "counts as one place, and who guesses passwords there slows all of them down");
}

const char *
guichetd_exchange_get_source (GuichetdExchange *self)
{
  if (self->source != NULL)
    return self->source;
  if (self->message == NULL)
    return "unknown";

  if (self->proxy_header != NULL)
    {
      self->source = guichetd_source_read (guichetd_exchange_get_header (self, self->proxy_header));
      return self->source;
    }
  warn_about_proxy (self);
  self->source = source_of_socket (self->message);
  return self->source;
}

const char *
guichetd_exchange_get_trace (GuichetdExchange *self)
{
  return self->trace;
}

GuichetLanguage
guichetd_exchange_get_language (GuichetdExchange *self)
{
  const char *accept = guichetd_exchange_get_header (self, "Accept-Language");

  if (accept == NULL && self->actor != NULL)
    return self->actor->language;
  return guichetd_problem_language (accept);
}

GCancellable *
guichetd_exchange_get_cancellable (GuichetdExchange *self)
{
  if (self->cancellable == NULL)
    {
      self->cancellable = g_cancellable_new ();
      if (self->message == NULL)
        g_cancellable_cancel (self->cancellable);
    }
  return self->cancellable;
}

void
guichetd_exchange_set_session (GuichetdExchange *self, GuichetdSession *session)
{
  g_assert (self->session == NULL);
  self->session = guichetd_session_ref (session);
  self->actor = guichet_clerk_ref (session->clerk);
}

void
guichetd_exchange_note_reference (GuichetdExchange *self, const char *reference)
{
  g_free (self->reference);
  self->reference = g_strdup (reference);
}

void
guichetd_exchange_set_header (GuichetdExchange *self, const char *name, const char *value)
{
  if (self->message != NULL && !self->answered)
    soup_message_headers_replace (response_headers (self), name, value);
}

void
guichetd_exchange_answer (GuichetdExchange *self,
                          guint status,
                          const char *media_type,
                          GBytes *body)
{
  if (!begin_answer (self, status, NULL))
    return;
  set_body (self, media_type, body);
  resume (self);
}

void
guichetd_exchange_answer_json (GuichetdExchange *self, guint status, GBytes *body)
{
  guichetd_exchange_answer (self, status, JSON_TYPE, body);
  g_bytes_unref (body);
}

void
guichetd_exchange_answer_empty (GuichetdExchange *self, guint status)
{
  if (!begin_answer (self, status, NULL))
    return;
  g_signal_connect (self->message, "wrote-headers", G_CALLBACK (wrote_headers_cb), NULL);
  resume (self);
}

void
guichetd_exchange_refuse (GuichetdExchange *self,
                          GuichetdProblem problem,
                          const GuichetdProblemDetails *details)
{
  GuichetLanguage language = guichetd_exchange_get_language (self);
  g_autoptr (GBytes) body = NULL;

  if (!begin_answer (self, guichetd_problem_status (problem), guichetd_problem_title (problem)))
    return;

  if (self->status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (response_headers (self), "WWW-Authenticate", "Bearer");
  if (details != NULL && details->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", details->retry_after);

      soup_message_headers_replace (response_headers (self), "Retry-After", seconds);
    }
  soup_message_headers_replace (response_headers (self),
                                "Content-Language",
                                guichet_enum_word (GUICHET_TYPE_LANGUAGE, (int) language));
  soup_message_headers_replace (response_headers (self), "Vary", "Accept-Language");

  body = guichetd_problem_write (problem, language, self->trace, details);
  set_body (self, PROBLEM_TYPE, body);
  resume (self);
}

void
guichetd_exchange_refuse_one (GuichetdExchange *self,
                              GuichetdProblem problem,
                              const char *in,
                              const char *type,
                              const char *name,
                              const char *detail)
{
  g_autoptr (GPtrArray) issues = guichet_issues_new ();
  GuichetdProblemDetails details = { .in = in, .issues = issues };

  g_ptr_array_add (issues, guichet_issue_new (type, name, detail));
  guichetd_exchange_refuse (self, problem, &details);
}

gboolean
guichetd_exchange_is_answered (GuichetdExchange *self)
{
  return self->answered;
}

void
guichetd_exchange_begin_stream (GuichetdExchange *self, GDestroyNotify left, gpointer user_data)
{
  g_assert (self->left == NULL);

  if (!begin_answer (self, SOUP_STATUS_OK, NULL))
    {
      left (user_data);
      return;
    }

  self->streaming = TRUE;
  self->left = left;
  self->left_data = user_data;
  soup_message_headers_replace (response_headers (self), "Content-Type", STREAM_TYPE);
  /* nginx holds answers back unless it is told not to. */
  soup_message_headers_replace (response_headers (self), "X-Accel-Buffering", "no");
  soup_message_headers_set_encoding (response_headers (self), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  g_signal_connect (self->message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  resume (self);
}

void
guichetd_exchange_push (GuichetdExchange *self, GBytes *bytes)
{
  if (self->message == NULL || !self->streaming)
    return;

  if (self->written == self->pushed)
    self->stalled = g_get_monotonic_time ();
  self->pushed++;
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
  soup_server_message_unpause (self->message);
}

void
guichetd_exchange_end_stream (GuichetdExchange *self)
{
  if (self->message == NULL || !self->streaming)
    return;

  self->streaming = FALSE;
  g_signal_handlers_disconnect_by_data (self->message, self);
  self->answered_at = g_get_monotonic_time ();
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
  soup_server_message_unpause (self->message);
}
