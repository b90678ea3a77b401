/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One exchange by HTTP with somebody who is not trusted: what they say is signed or worth
 * nothing, so all that they could do is to be slow, to send too much, or to send us elsewhere.
 */
#define G_LOG_DOMAIN "eid-fetch"

#include "config.h"

#include "eid-fetch.h"

#include "eid-error.h"

#define CHUNK_SIZE (64 * 1024)
#define CONNECTIONS_PER_HOST 4

typedef struct
{
  /* Input */
  SoupMessage *message; /* (owned) */
  gsize limit;
  guint timeout;
  /* In progress */
  GCancellable *inner; /* (owned): also cancelled when the time is over */
  gulong cancelled_id;
  GSource *watch; /* (owned) (nullable) */
  gboolean timed_out;
  GInputStream *stream; /* (owned) (nullable) */
  /* Output */
  GByteArray *content; /* (owned) */
} Fetch;

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

SoupSession *
eid_fetch_session (const char *proxy)
{
  /* A proxy of the environment would learn whose card lies on the counter: only one that was named
   * for this does. */
  g_autofree char *address = proxy != NULL ? g_strconcat ("http://", proxy, NULL) : NULL;
  g_autoptr (GProxyResolver) resolver =
      address != NULL ? g_simple_proxy_resolver_new (address, NULL) : NULL;
  SoupSession *session = soup_session_new_with_options ("proxy-resolver",
                                                        resolver,
                                                        "max-conns-per-host",
                                                        CONNECTIONS_PER_HOST,
                                                        NULL);

  /* Nothing is asked for packed, and what came packed would be larger than it looks. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static void
fetch_free (gpointer data)
{
  Fetch *self = data;

  g_assert (self->watch == NULL);
  g_object_unref (self->message);
  g_object_unref (self->inner);
  g_clear_object (&self->stream);
  g_byte_array_unref (self->content);
  g_free (self);
}

static const char *
host_of (Fetch *self)
{
  return g_uri_get_host (soup_message_get_uri (self->message));
}

/* Every path ends here. */
static void
finish (GTask *task, GError *error)
{
  Fetch *self = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);

  if (error == NULL)
    g_task_return_pointer (task,
                           g_byte_array_free_to_bytes (g_byte_array_ref (self->content)),
                           (GDestroyNotify) g_bytes_unref);
  else if (self->timed_out)
    g_task_return_new_error (task,
                             EID_ERROR,
                             EID_ERROR_UNANSWERED,
                             "%s has not answered within %g s",
                             host_of (self),
                             self->timeout / 1000.0);
  else if (g_task_return_error_if_cancelled (task))
    g_debug ("%s is not listened to any more", host_of (self));
  else
    g_task_return_new_error (task,
                             EID_ERROR,
                             EID_ERROR_UNANSWERED,
                             "%s: %s",
                             host_of (self),
                             error->message);
  g_clear_error (&error);
}

static void
read_more (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream,
                                   CHUNK_SIZE,
                                   G_PRIORITY_DEFAULT,
                                   self->inner,
                                   read_cb,
                                   g_object_ref (task));
}

static GError *
too_much (Fetch *self)
{
  return g_error_new (EID_ERROR,
                      EID_ERROR_UNANSWERED,
                      "the answer has more than %" G_GSIZE_FORMAT " bytes",
                      self->limit);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (size > self->limit - self->content->len)
    error = too_much (self);
  else if (size > 0)
    {
      g_byte_array_append (self->content, g_bytes_get_data (bytes, NULL), (guint) size);
      read_more (task);
      return;
    }
  finish (task, error);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *self = g_task_get_task_data (task);
  GError *error = NULL;
  guint status;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  status = soup_message_get_status (self->message);
  if (error == NULL && status != SOUP_STATUS_OK)
    error =
        g_error_new (EID_ERROR, EID_ERROR_UNANSWERED, "it answered with HTTP status %u", status);
  else if (error == NULL &&
           soup_message_headers_get_content_length (
               soup_message_get_response_headers (self->message)) > (goffset) self->limit)
    error = too_much (self);

  if (error != NULL)
    finish (task, error);
  else
    read_more (task);
}

static gboolean
watch_cb (gpointer user_data)
{
  Fetch *self = user_data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
eid_fetch_async (SoupSession *session,
                 const char *uri,
                 GBytes *request,
                 gsize limit,
                 guint timeout,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (SoupMessage) message =
      soup_message_new (request != NULL ? SOUP_METHOD_POST : SOUP_METHOD_GET, uri);
  Fetch *self;

  g_task_set_source_tag (task, eid_fetch_async);
  if (message == NULL)
    {
      g_task_return_new_error (task,
                               EID_ERROR,
                               EID_ERROR_UNANSWERED,
                               "the address cannot be asked");
      return;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (request != NULL)
    soup_message_set_request_body_from_bytes (message, "application/ocsp-request", request);

  self = g_new0 (Fetch, 1);
  self->message = g_steal_pointer (&message);
  self->limit = limit;
  self->timeout = timeout;
  self->content = g_byte_array_new ();
  self->inner = g_cancellable_new ();
  g_task_set_task_data (task, self, fetch_free);
  self->watch = g_timeout_source_new (timeout);
  g_source_set_callback (self->watch, watch_cb, self, NULL);
  g_source_attach (self->watch, g_task_get_context (task));
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable,
                                                G_CALLBACK (cancelled_cb),
                                                g_object_ref (self->inner),
                                                g_object_unref);
  soup_session_send_async (session,
                           self->message,
                           G_PRIORITY_DEFAULT,
                           self->inner,
                           send_cb,
                           g_object_ref (task));
}

GBytes *
eid_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
