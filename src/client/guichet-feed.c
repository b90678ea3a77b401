/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's feed, listened to without end.
 */
#define G_LOG_DOMAIN "guichet-feed"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-feed-parser.h"
#include "guichet-feed.h"
#include "guichet-json-reader.h"
#include "guichet-retry.h"

#include <libsoup/soup.h>

#define CHUNK 4096
#define PROBLEM_MAX (64 * 1024)

struct _GuichetFeed
{
  GObject parent_instance;

  /* Given */
  GuichetApi *api;     /* (owned) */
  GuichetClock *clock; /* (owned) */
  guint patience;      /* milliseconds */

  /* Owned */
  SoupSession *session;

  /* In progress */
  GCancellable *cancellable; /* (owned) (nullable): of the connection there is */
  gint64 last;
  guint watchdog; /* source, 0 for none */
  guint timer;    /* source of the next try, 0 for none */
  guint attempts; /* that failed since it last worked */
  gboolean wanted;
  gboolean connected;
};

enum
{
  PROP_CONNECTED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  NEWS,
  HEARTBEAT,
  EPOCH,
  BROKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetFeed, guichet_feed, G_TYPE_OBJECT)

/* One connection, from the question to its end. */
typedef struct
{
  GuichetFeed *feed;         /* (owned) */
  GCancellable *cancellable; /* (owned): the feed's has another once this one is superseded */
  SoupMessage *message;      /* (owned) */
  GuichetFeedParser *parser; /* (owned) */
} Connection;

static void connect_now (GuichetFeed *self);
static void pat_watchdog (GuichetFeed *self);
static void sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void end_connection (GuichetFeed *self, GError *error);

static void
connection_free (Connection *connection)
{
  g_object_unref (connection->feed);
  g_object_unref (connection->cancellable);
  g_object_unref (connection->message);
  guichet_feed_parser_free (connection->parser);
  g_free (connection);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Connection, connection_free)

static void
set_connected (GuichetFeed *self, gboolean connected)
{
  if (self->connected == connected)
    return;
  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTED]);
}

/* Whether the answers of a connection are still of interest. */
static gboolean
is_current (Connection *connection)
{
  return connection->feed->cancellable == connection->cancellable;
}

/* What the stream says */

static void
take_heartbeat (GuichetFeed *self, GuichetJsonReader *reader)
{
  const gint64 now = guichet_json_reader_instant (reader, "now", GUICHET_JSON_REQUIRED);

  if (guichet_json_reader_finish (reader, NULL))
    g_signal_emit (self, signals[HEARTBEAT], 0, now);
}

static void
take_news (GuichetFeed *self, GuichetJsonReader *reader, GuichetJsonNeed need)
{
  const gint64 last = guichet_json_reader_integer (reader, "last", need, 0, G_MAXINT64);

  if (guichet_json_reader_finish (reader, NULL) && last != self->last)
    g_signal_emit (self, signals[NEWS], 0, last);
}

static void
event_cb (const char *event, const char *data, const char *id, gpointer user_data)
{
  Connection *connection = user_data;
  GuichetFeed *self = connection->feed;
  g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  /* Who heard the event before this one may have stopped the feed. */
  if (!is_current (connection))
    return;

  /* Bytes alone are no sign of life: whoever drips never comes to an event. */
  pat_watchdog (self);
  self->attempts = 0;
  set_connected (self, TRUE);
  if (!is_current (connection))
    return;

  if (g_str_equal (event, "epoch"))
    {
      g_signal_emit (self, signals[EPOCH], 0);
      return;
    }

  root = guichet_json_parse (bytes, &guichet_json_limits_default, &error);
  if (root == NULL)
    {
      g_info ("an event of the feed cannot be read: %s", error->message);
      return;
    }

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  if (g_str_equal (event, "changed"))
    take_news (self, reader, GUICHET_JSON_REQUIRED);
  else if (g_str_equal (event, "heartbeat"))
    take_heartbeat (self, reader);
}

/* The connection */

static gboolean
watchdog_cb (gpointer user_data)
{
  GuichetFeed *self = user_data;

  self->watchdog = 0;
  end_connection (self,
                  g_error_new_literal (GUICHET_DESK_ERROR,
                                       GUICHET_DESK_ERROR_UNREACHABLE,
                                       "the server has fallen silent"));
  return G_SOURCE_REMOVE;
}

static void
pat_watchdog (GuichetFeed *self)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
  self->watchdog = g_timeout_add (self->patience, watchdog_cb, self);
}

static gboolean
timer_cb (gpointer user_data)
{
  GuichetFeed *self = user_data;

  self->timer = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (GuichetFeed *self)
{
  const guint pause = guichet_retry_pause (&guichet_retry_connection, ++self->attempts);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (pause, timer_cb, self);
}

static void
drop_connection (GuichetFeed *self)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* @error: (transfer full) */
static void
end_connection (GuichetFeed *self, GError *error)
{
  g_autoptr (GError) reason = guichet_api_transport_error (error);

  drop_connection (self);
  set_connected (self, FALSE);
  if (!self->wanted)
    return;

  g_debug ("the feed broke: %s", reason->message);
  schedule (self);
  g_signal_emit (self, signals[BROKEN], 0, reason);
}

static void
read_next (GInputStream *stream, Connection *connection)
{
  g_input_stream_read_bytes_async (stream,
                                   CHUNK,
                                   G_PRIORITY_DEFAULT,
                                   connection->cancellable,
                                   read_cb,
                                   connection);
}

static GError *
refusal (Connection *connection)
{
  const guint status = soup_message_get_status (connection->message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (connection->message);
  g_autoptr (GuichetProblem) problem = NULL;

  if (status == SOUP_STATUS_OK)
    {
      const char *type = soup_message_headers_get_content_type (headers, NULL);

      if (g_strcmp0 (type, "text/event-stream") == 0)
        return NULL;
      return g_error_new_literal (GUICHET_DESK_ERROR,
                                  GUICHET_DESK_ERROR_PROTOCOL,
                                  "the feed is no event stream");
    }

  /* The body is not read: a call finds out whether it was the server that said so. */
  if (status == SOUP_STATUS_UNAUTHORIZED)
    return g_error_new_literal (GUICHET_DESK_ERROR,
                                GUICHET_DESK_ERROR_SIGNED_OUT,
                                "the feed is not for this session");

  problem =
      guichet_problem_new (status, soup_message_headers_get_one (headers, "Retry-After"), NULL);
  return guichet_problem_to_error (problem);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Connection) connection = user_data;
  GuichetFeed *self = connection->feed;
  g_autoptr (GInputStream) stream = NULL;
  GError *error = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (!is_current (connection))
    {
      g_clear_error (&error);
      return;
    }
  if (stream != NULL)
    error = refusal (connection);
  if (error != NULL)
    {
      end_connection (self, error);
      return;
    }

  read_next (stream, g_steal_pointer (&connection));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Connection) connection = user_data;
  GuichetFeed *self = connection->feed;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (!is_current (connection))
    return;
  if (bytes == NULL)
    {
      end_connection (self, g_steal_pointer (&error));
      return;
    }

  data = g_bytes_get_data (bytes, &length);
  if (length == 0)
    {
      end_connection (self,
                      g_error_new_literal (GUICHET_DESK_ERROR,
                                           GUICHET_DESK_ERROR_UNREACHABLE,
                                           "the server closed the feed"));
      return;
    }

  if (!guichet_feed_parser_push (connection->parser, data, length, &error))
    {
      if (is_current (connection))
        end_connection (self, g_steal_pointer (&error));
      return;
    }
  if (is_current (connection))
    read_next (G_INPUT_STREAM (source), g_steal_pointer (&connection));
}

static SoupMessage *
build_question (GuichetFeed *self)
{
  g_autofree char *uri = g_strdup_printf ("%s/v1/feed?after=%" G_GINT64_FORMAT,
                                          guichet_api_get_address (self->api),
                                          self->last);
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, self->last);
  SoupMessage *message = soup_message_new ("GET", uri);
  SoupMessageHeaders *headers;
  char *bearer;

  if (message == NULL)
    return NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept", "text/event-stream");
  soup_message_headers_replace (headers, "Last-Event-ID", last);
  bearer = g_strconcat ("Bearer ", guichet_api_get_token (self->api), NULL);
  soup_message_headers_replace (headers, "Authorization", bearer);
  explicit_bzero (bearer, strlen (bearer));
  g_free (bearer);
  return message;
}

static void
connect_now (GuichetFeed *self)
{
  g_autoptr (Connection) connection = NULL;
  g_autoptr (SoupMessage) message = NULL;

  drop_connection (self);
  if (!self->wanted || guichet_api_get_token (self->api) == NULL)
    return;
  message = build_question (self);
  if (message == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  connection = g_new0 (Connection, 1);
  connection->feed = g_object_ref (self);
  connection->cancellable = g_object_ref (self->cancellable);
  connection->message = g_steal_pointer (&message);
  connection->parser = guichet_feed_parser_new (event_cb, connection);
  pat_watchdog (self);
  soup_session_send_async (self->session,
                           connection->message,
                           G_PRIORITY_DEFAULT,
                           self->cancellable,
                           sent_cb,
                           connection);
  g_steal_pointer (&connection);
}

static void
guichet_feed_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetFeed *self = GUICHET_FEED (object);

  switch (prop_id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, self->connected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_feed_dispose (GObject *object)
{
  GuichetFeed *self = GUICHET_FEED (object);

  self->wanted = FALSE;
  drop_connection (self);
  g_clear_object (&self->session);
  g_clear_object (&self->api);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (guichet_feed_parent_class)->dispose (object);
}

static guint
new_signal (GuichetFeedClass *klass, const char *name, GType type)
{
  return g_signal_new (name,
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       type != G_TYPE_NONE ? 1 : 0,
                       type);
}

static void
guichet_feed_class_init (GuichetFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_feed_dispose;
  object_class->get_property = guichet_feed_get_property;

  properties[PROP_CONNECTED] =
      g_param_spec_boolean ("connected",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[NEWS] = new_signal (klass, "news", G_TYPE_INT64);
  signals[HEARTBEAT] = new_signal (klass, "heartbeat", G_TYPE_INT64);
  signals[EPOCH] = new_signal (klass, "epoch", G_TYPE_NONE);
  signals[BROKEN] = new_signal (klass, "broken", G_TYPE_ERROR);
}

static void
guichet_feed_init (GuichetFeed *self)
{
  /* No timeout of libsoup's: the watchdog knows when silence is too long. */
  self->session = soup_session_new_with_options ("timeout",
                                                 0,
                                                 "idle-timeout",
                                                 0,
                                                 "user-agent",
                                                 "Guichetier/" GUICHET_VERSION,
                                                 "accept-language-auto",
                                                 TRUE,
                                                 NULL);
}

GuichetFeed *
guichet_feed_new (GuichetApi *api, GuichetClock *clock, guint patience)
{
  GuichetFeed *self = g_object_new (GUICHET_TYPE_FEED, NULL);

  self->api = g_object_ref (api);
  self->clock = g_object_ref (clock);
  self->patience = patience > 0 ? patience : GUICHET_FEED_PATIENCE;
  return self;
}

void
guichet_feed_start (GuichetFeed *self, gint64 last)
{
  g_return_if_fail (GUICHET_IS_FEED (self));

  self->wanted = TRUE;
  self->last = last;
  self->attempts = 0;
  connect_now (self);
}

void
guichet_feed_stop (GuichetFeed *self)
{
  g_return_if_fail (GUICHET_IS_FEED (self));

  self->wanted = FALSE;
  drop_connection (self);
  set_connected (self, FALSE);
}

void
guichet_feed_set_last (GuichetFeed *self, gint64 last)
{
  g_return_if_fail (GUICHET_IS_FEED (self));

  self->last = last;
}

void
guichet_feed_hurry (GuichetFeed *self)
{
  g_return_if_fail (GUICHET_IS_FEED (self));

  if (self->wanted && self->timer != 0)
    connect_now (self);
}

gboolean
guichet_feed_get_connected (GuichetFeed *self)
{
  g_return_val_if_fail (GUICHET_IS_FEED (self), FALSE);
  return self->connected;
}
