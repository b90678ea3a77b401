/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tells systemd how the daemon is, without its library.
 */
#define G_LOG_DOMAIN "guichetd-notify"

#include "config.h"

#include "guichetd-notify.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void
guichetd_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length = path != NULL ? strlen (path) : 0;
  int fd;

  if ((path == NULL || (path[0] != '/' && path[0] != '@')) || length >= sizeof address.sun_path)
    return;

  memcpy (address.sun_path, path, length);
  /* An abstract name begins with a zero byte, and its length counts. */
  if (path[0] == '@')
    address.sun_path[0] = '\0';

  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  if (sendto (fd,
              state,
              strlen (state),
              MSG_NOSIGNAL,
              (const struct sockaddr *) &address,
              (socklen_t) (offsetof (struct sockaddr_un, sun_path) + length)) < 0)
    g_debug ("systemd was not told that %s", state);
  close (fd);
}
