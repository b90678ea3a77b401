/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What guichetd is held against: libsoup with a handler that does nothing, on a socket of its own.
 */
#include "config.h"

#include <libsoup/soup.h>

#define BACKLOG 1024

static void
answer (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  static const char body[] = "{\"status\":\"UP\"}";

  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_STATIC,
                                    body,
                                    sizeof body - 1);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

int
main (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, wanted, TRUE, &error) || !g_socket_listen (socket, &error))
    g_error ("%s", error->message);
  soup_server_add_handler (server, NULL, answer, NULL, NULL);
  soup_server_listen_socket (server, socket, 0, &error);
  g_assert_no_error (error);
  found = g_socket_get_local_address (socket, NULL);
  g_print ("listening on http://127.0.0.1:%u\n",
           g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found)));
  g_main_loop_run (loop);
  return 0;
}
