/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls of the server.
 */
#define G_LOG_DOMAIN "guichet-api"

#include "config.h"

#include "guichet-api.h"
#include "guichet-desk.h"

#include <libsoup/soup.h>

/* Seconds without a byte, after which the server is out of reach. */
#define CALL_TIMEOUT 20
/* Bytes that so much time must bring, twice in a row: whoever drips is out of reach as well. */
#define LEAST (16 * 1024)
/* One for each call that a screen may make at a time, beside those of the outbox; libsoup's
 * default of 2 would make them wait for each other. */
#define CONNECTIONS 8
#define CHUNK (64 * 1024)

struct _GuichetApi
{
  GObject parent_instance;

  char *address;        /* (owned) */
  char *token;          /* (owned) (nullable) */
  SoupSession *session; /* (owned) */
  guint patience;       /* milliseconds */
};

enum
{
  SIGNED_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetApi, guichet_api, G_TYPE_OBJECT)

typedef struct
{
  /* Input */
  SoupMessage *message; /* (owned) */
  gsize answer_max;
  gboolean anonymous;
  char *token; /* (owned) (nullable): with which it was sent */

  /* In progress */
  GCancellable *cancellable; /* (owned): ends with the caller's, and with patience */
  gulong caller_handler;
  guint timer;
  gsize moved;          /* bytes, both ways, since the timer looked last */
  guint slow;           /* how often it saw too few in a row */
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *read;     /* (owned) */

  /* Output */
  GuichetProblem *problem; /* (owned) (nullable) */
} Send;

static void send_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void finish_send (GTask *task, GError *error);

static void
wipe (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
send_free (Send *op)
{
  g_assert (op->timer == 0 && op->caller_handler == 0);
  if (op->message != NULL)
    g_signal_handlers_disconnect_by_data (op->message, op);
  g_clear_object (&op->message);
  g_clear_object (&op->cancellable);
  g_clear_object (&op->stream);
  g_clear_pointer (&op->read, g_byte_array_unref);
  g_clear_pointer (&op->problem, guichet_problem_free);
  wipe (op->token);
  g_free (op);
}

void
guichet_answer_free (GuichetAnswer *self)
{
  g_bytes_unref (self->body);
  g_free (self->etag);
  g_free (self);
}

static GError *
protocol_error (const char *what)
{
  return g_error_new_literal (GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL, what);
}

GError *
guichet_api_transport_error (GError *error)
{
  GuichetDeskError code = GUICHET_DESK_ERROR_UNREACHABLE;
  GError *mine;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      error->domain == GUICHET_DESK_ERROR)
    return error;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    code = GUICHET_DESK_ERROR_CERTIFICATE;

  mine = g_error_new_literal (GUICHET_DESK_ERROR, (int) code, error->message);
  g_error_free (error);
  return mine;
}

static void
end_session_if_told (GuichetApi *self, Send *op)
{
  if (op->anonymous || op->problem->status != SOUP_STATUS_UNAUTHORIZED || !op->problem->told)
    return;
  /* An answer to a call made with the token before this one says nothing about this one. */
  if (g_strcmp0 (op->token, self->token) != 0)
    return;

  g_signal_emit (self, signals[SIGNED_OUT], 0, op->problem->word);
}

/* Patience */

static gboolean
timer_cb (gpointer user_data)
{
  Send *op = user_data;

  op->slow = op->moved < LEAST ? op->slow + 1 : 0;
  op->moved = 0;
  if (op->slow < 2)
    return G_SOURCE_CONTINUE;

  op->timer = 0;
  g_cancellable_cancel (op->cancellable);
  return G_SOURCE_REMOVE;
}

static void
wrote_cb (SoupMessage *message, guint length, Send *op)
{
  op->moved += length;
}

static void
cancelled_cb (GCancellable *caller, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
begin_patience (GuichetApi *self, Send *op, GCancellable *caller)
{
  op->cancellable = g_cancellable_new ();
  op->timer = g_timeout_add (self->patience, timer_cb, op);
  g_signal_connect (op->message, "wrote-body-data", G_CALLBACK (wrote_cb), op);
  if (caller != NULL)
    op->caller_handler = g_cancellable_connect (caller,
                                                G_CALLBACK (cancelled_cb),
                                                g_object_ref (op->cancellable),
                                                g_object_unref);
}

static void
end_patience (GTask *task, Send *op)
{
  g_clear_handle_id (&op->timer, g_source_remove);
  g_cancellable_disconnect (g_task_get_cancellable (task), op->caller_handler);
  op->caller_handler = 0;
}

static GError *
why (GTask *task, GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return guichet_api_transport_error (error);

  g_error_free (error);
  return g_error_new_literal (GUICHET_DESK_ERROR,
                              GUICHET_DESK_ERROR_UNREACHABLE,
                              "the answer comes too slowly");
}

static gint64
read_date (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

static void
finish_send (GTask *task, GError *error)
{
  GuichetApi *self = g_task_get_source_object (task);
  Send *op = g_task_get_task_data (task);
  const guint status = soup_message_get_status (op->message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (op->message);
  g_autoptr (GBytes) body = NULL;
  GuichetAnswer *answer;

  end_patience (task, op);
  if (error != NULL)
    {
      g_task_return_error (task, why (task, error));
      return;
    }

  body = g_byte_array_free_to_bytes (g_steal_pointer (&op->read));
  if (!SOUP_STATUS_IS_SUCCESSFUL (status) && status != SOUP_STATUS_NOT_MODIFIED)
    {
      op->problem =
          guichet_problem_new (status, soup_message_headers_get_one (headers, "Retry-After"), body);
      end_session_if_told (self, op);
      g_task_return_error (task, guichet_problem_to_error (op->problem));
      return;
    }

  answer = g_new0 (GuichetAnswer, 1);
  answer->status = status;
  answer->body = g_steal_pointer (&body);
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->date = read_date (headers);
  g_task_return_pointer (task, answer, (GDestroyNotify) guichet_answer_free);
}

static void
read_next (GTask *task)
{
  Send *op = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (op->stream,
                                   CHUNK,
                                   G_PRIORITY_DEFAULT,
                                   op->cancellable,
                                   read_cb,
                                   g_object_ref (task));
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Send *op = g_task_get_task_data (task);
  GError *error = NULL;

  op->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (op->stream == NULL)
    finish_send (task, error);
  else
    read_next (task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Send *op = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;
  gsize length;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (bytes == NULL)
    {
      finish_send (task, error);
      return;
    }

  length = g_bytes_get_size (bytes);
  op->moved += length;
  if (length == 0)
    {
      finish_send (task, NULL);
      return;
    }
  if (op->read->len + length > op->answer_max)
    {
      finish_send (task, protocol_error ("the answer is too large"));
      return;
    }

  g_byte_array_append (op->read, g_bytes_get_data (bytes, NULL), (guint) length);
  read_next (task);
}

static void
guichet_api_dispose (GObject *object)
{
  GuichetApi *self = GUICHET_API (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (guichet_api_parent_class)->dispose (object);
}

static void
guichet_api_finalize (GObject *object)
{
  GuichetApi *self = GUICHET_API (object);

  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->token, wipe);

  G_OBJECT_CLASS (guichet_api_parent_class)->finalize (object);
}

static void
guichet_api_class_init (GuichetApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_api_dispose;
  object_class->finalize = guichet_api_finalize;

  signals[SIGNED_OUT] = g_signal_new ("signed-out",
                                      G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST,
                                      0,
                                      NULL,
                                      NULL,
                                      NULL,
                                      G_TYPE_NONE,
                                      1,
                                      G_TYPE_STRING);
}

static void
guichet_api_init (GuichetApi *self)
{
  self->session = soup_session_new_with_options ("timeout",
                                                 CALL_TIMEOUT,
                                                 "max-conns",
                                                 2 * CONNECTIONS,
                                                 "max-conns-per-host",
                                                 CONNECTIONS,
                                                 "user-agent",
                                                 "Guichetier/" GUICHET_VERSION,
                                                 "accept-language-auto",
                                                 TRUE,
                                                 NULL);
  self->patience = CALL_TIMEOUT * 1000;
}

GuichetApi *
guichet_api_new (const char *address)
{
  GuichetApi *self = g_object_new (GUICHET_TYPE_API, NULL);

  self->address = g_strdup (address);
  return self;
}

const char *
guichet_api_get_address (GuichetApi *self)
{
  g_return_val_if_fail (GUICHET_IS_API (self), NULL);
  return self->address;
}

void
guichet_api_set_token (GuichetApi *self, const char *token)
{
  char *copy = g_strdup (token);

  g_return_if_fail (GUICHET_IS_API (self));

  wipe (self->token);
  self->token = copy;
}

const char *
guichet_api_get_token (GuichetApi *self)
{
  g_return_val_if_fail (GUICHET_IS_API (self), NULL);
  return self->token;
}

void
guichet_api_set_patience (GuichetApi *self, guint milliseconds)
{
  g_return_if_fail (GUICHET_IS_API (self));
  self->patience = milliseconds;
}

static SoupMessage *
build_message (GuichetApi *self, const GuichetCall *call)
{
  g_autofree char *uri = g_strconcat (self->address, call->path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (call->method, uri);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers,
                                "Accept",
                                call->accept != NULL ? call->accept : "application/json");
  if (call->key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", call->key);
  if (call->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", call->etag);
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", call->body);
  if (!call->anonymous && self->token != NULL)
    {
      char *bearer = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
      wipe (bearer);
    }
  return g_steal_pointer (&message);
}

void
guichet_api_send_async (GuichetApi *self,
                        const GuichetCall *call,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Send *op;

  g_return_if_fail (GUICHET_IS_API (self));

  g_task_set_source_tag (task, guichet_api_send_async);
  op = g_new0 (Send, 1);
  op->message = build_message (self, call);
  op->answer_max = call->answer_max > 0 ? call->answer_max : GUICHET_API_ANSWER_MAX;
  op->anonymous = call->anonymous;
  op->token = g_strdup (self->token);
  op->read = g_byte_array_new ();
  g_task_set_task_data (task, op, (GDestroyNotify) send_free);

  if (op->message == NULL)
    {
      g_task_return_new_error (task,
                               GUICHET_DESK_ERROR,
                               GUICHET_DESK_ERROR_ADDRESS,
                               "the server's address is no address");
      return;
    }

  begin_patience (self, op, cancellable);
  soup_session_send_async (self->session,
                           op->message,
                           G_PRIORITY_DEFAULT,
                           op->cancellable,
                           send_cb,
                           g_object_ref (task));
}

GuichetAnswer *
guichet_api_send_finish (GuichetApi *self,
                         GAsyncResult *result,
                         GuichetProblem **ret_problem,
                         GError **error)
{
  Send *op;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  op = g_task_get_task_data (G_TASK (result));
  if (ret_problem != NULL)
    *ret_problem = g_steal_pointer (&op->problem);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_api_wipe_body (GBytes *body)
{
  explicit_bzero ((gpointer) g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_bytes_unref (body);
}

char *
guichet_api_path (const char *reference, const char *tail)
{
  g_autofree char *escaped = g_uri_escape_string (reference, NULL, FALSE);

  return g_strconcat ("/v1/requests/", escaped, tail, NULL);
}
