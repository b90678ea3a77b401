/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the server listens: loopback, or a socket in the file system, nothing else.
 */
#define G_LOG_DOMAIN "guichetd-address"

#include "config.h"

#include "guichetd-address.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* libsoup's own is 10: with 64 clients one waited 1.3 s for TCP to try again. */
#define BACKLOG 1024

#define UNIX_PREFIX "unix:"

static GSocketAddress *
parse_path (const char *path, GError **error)
{
  if (!g_path_is_absolute (path) || strlen (path) >= sizeof ((struct sockaddr_un *) 0)->sun_path)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is not an absolute path of at most %zu bytes",
                   path,
                   sizeof ((struct sockaddr_un *) 0)->sun_path - 1);
      return NULL;
    }
  return g_unix_socket_address_new (path);
}

static GSocketAddress *
parse_inet (const char *text, GError **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (text, 0, NULL);
  g_autoptr (GInetAddress) inet = NULL;
  const char *colon = strrchr (text, ':');
  const char *host;

  if (connectable == NULL || colon == NULL || !g_ascii_isdigit (colon[1]))
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no address: write 127.0.0.1:8642, [::1]:8642 or unix:/path",
                   text);
      return NULL;
    }

  host = g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable));
  inet = g_inet_address_new_from_string (strcmp (host, "localhost") == 0 ? "127.0.0.1" : host);
  if (inet == NULL || !g_inet_address_get_is_loopback (inet))
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is not this machine alone: guichetd listens on loopback or a Unix socket, "
                   "behind a proxy with TLS",
                   host);
      return NULL;
    }
  return g_inet_socket_address_new (inet,
                                    g_network_address_get_port (G_NETWORK_ADDRESS (connectable)));
}

static GSocketAddress *
parse (const char *address, GError **error)
{
  if (g_str_has_prefix (address, UNIX_PREFIX))
    return parse_path (address + strlen (UNIX_PREFIX), error);
  return parse_inet (address, error);
}

/* A file that a killed daemon left is removed; one behind which somebody answers is not. */
static gboolean
clear_path (const char *path, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) probe = NULL;
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    return TRUE;
  if (!S_ISSOCK (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” is there and is no socket", path);
      return FALSE;
    }

  probe = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, error);
  if (probe == NULL)
    return FALSE;
  if (g_socket_connect (probe, address, NULL, NULL))
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_ADDRESS_IN_USE,
                   "another program listens on “%s”",
                   path);
      return FALSE;
    }
  g_unlink (path);
  return TRUE;
}

static gboolean
bind_path (GSocket *socket, GSocketAddress *address, const char *path, guint mode, GError **error)
{
  mode_t before;
  gboolean bound;

  if (!clear_path (path, address, error))
    return FALSE;

  /* Nobody may connect between its making and the change of its mode. */
  before = umask (0177);
  bound = g_socket_bind (socket, address, FALSE, error);
  umask (before);
  if (!bound)
    return FALSE;
  if (g_chmod (path, (int) mode) != 0)
    {
      int code = errno;

      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (code),
                   "changing the mode of “%s”: %s",
                   path,
                   g_strerror (code));
      g_unlink (path);
      return FALSE;
    }
  return TRUE;
}

static char *
uri_of (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  g_autofree char *host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  gboolean six = g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

  return g_strdup_printf ("http://%s%s%s:%u",
                          six ? "[" : "",
                          host,
                          six ? "]" : "",
                          g_inet_socket_address_get_port (inet));
}

GSocket *
guichetd_address_listen (const char *address,
                         guint mode,
                         char **ret_uri,
                         char **ret_path,
                         GError **error)
{
  g_autoptr (GSocketAddress) where = parse (address, error);
  g_autoptr (GSocket) socket = NULL;
  const char *path = NULL;

  if (where == NULL)
    return NULL;
  if (G_IS_UNIX_SOCKET_ADDRESS (where))
    path = g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (where));

  socket = g_socket_new (g_socket_address_get_family (where), G_SOCKET_TYPE_STREAM, 0, error);
  if (socket == NULL)
    return NULL;
  if (path != NULL ? !bind_path (socket, where, path, mode, error)
                   : !g_socket_bind (socket, where, TRUE, error))
    {
      g_prefix_error (error, "listening on %s: ", address);
      return NULL;
    }
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_listen (socket, error))
    return NULL;

  *ret_path = g_strdup (path);
  *ret_uri = path != NULL ? g_strconcat (UNIX_PREFIX, path, NULL) : uri_of (socket);
  return g_steal_pointer (&socket);
}

gboolean
guichetd_address_check (const char *address, GError **error)
{
  g_autoptr (GSocketAddress) where = parse (address, error);

  return where != NULL;
}

GSocket *
guichetd_address_silent (int *ret_other_end, GError **error)
{
  int pair[2];
  GSocket *socket;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int code = errno;

      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (code),
                   "making a pair of sockets: %s",
                   g_strerror (code));
      return NULL;
    }
  *ret_other_end = pair[1];
  socket = g_socket_new_from_fd (pair[0], error);
  if (socket == NULL)
    close (pair[0]);
  return socket;
}
