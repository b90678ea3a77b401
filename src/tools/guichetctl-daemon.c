/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The daemon that runs, asked through the socket in its data folder.
 */
#define G_LOG_DOMAIN "guichetctl-daemon"

#include "config.h"

#include "guichetctl-daemon.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>

#include "guichet-json-reader.h"
#include "guichetctl.h"

/* Verifying and scrubbing a large journal takes its time. */
#define TIMEOUT_S (4 * 3600)

static GSocketAddress *
address_of (const GuichetdConfig *config)
{
  g_autofree char *path = guichetd_config_admin_socket (config);

  return g_unix_socket_address_new (path);
}

gboolean
guichetctl_daemon_is_there (const GuichetdConfig *config)
{
  g_autoptr (GSocketAddress) address = address_of (config);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  return connection != NULL;
}

static void
set_error_from (guint status, GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &guichet_json_limits_default, NULL);
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  const char *detail = guichet_json_reader_string (reader, "detail", GUICHET_JSON_OPTIONAL, 4000);

  if (detail != NULL)
    g_set_error_literal (error, GUICHETCTL_ERROR, GUICHETCTL_ERROR_FAILED, detail);
  else
    g_set_error (error,
                 GUICHETCTL_ERROR,
                 GUICHETCTL_ERROR_FAILED,
                 "the daemon answered %u",
                 status);
}

GBytes *
guichetctl_daemon_ask (const GuichetdConfig *config,
                       const char *method,
                       const char *path,
                       GBytes *body,
                       GError **error)
{
  g_autoptr (GSocketAddress) address = address_of (config);
  g_autoptr (SoupSession) session =
      soup_session_new_with_options ("remote-connectable", address, "timeout", TIMEOUT_S, NULL);
  g_autofree char *uri = g_strconcat ("http://localhost", path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) answer = NULL;

  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, error);
  if (answer == NULL || SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    return g_steal_pointer (&answer);

  set_error_from (soup_message_get_status (message), answer, error);
  return NULL;
}

GPtrArray *
guichetctl_daemon_list (const GuichetdConfig *config,
                        const char *path,
                        GuichetctlReadItem read,
                        GDestroyNotify free,
                        GError **error)
{
  static const GuichetJsonLimits limits = { .max_bytes = 256 << 20, .max_depth = 16 };
  g_autoptr (GBytes) answer = guichetctl_daemon_ask (config, "GET", path, NULL, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  guint n_items = 0;

  if (answer == NULL || (root = guichet_json_parse (answer, &limits, error)) == NULL)
    return NULL;
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  if (guichet_json_reader_enter_array (reader, "items", GUICHET_JSON_REQUIRED, G_MAXUINT, &n_items))
    {
      for (guint i = 0; i < n_items; i++)
        if (guichet_json_reader_enter_item (reader, i))
          {
            g_ptr_array_add (items, read (reader));
            guichet_json_reader_leave (reader);
          }
      guichet_json_reader_leave (reader);
    }
  return guichet_json_reader_finish (reader, error) ? g_steal_pointer (&items) : NULL;
}
