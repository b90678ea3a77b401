/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The address of a server, and which ones are acceptable.
 */
#define G_LOG_DOMAIN "guichet-address"

#include "config.h"

#include "guichet-address.h"
#include "guichet-desk.h"

/* RFC 6761, section 6.3: the name localhost always means this machine. */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static char *
without_final_slash (const char *path)
{
  g_autofree char *copy = g_strdup (path);
  gsize length = strlen (copy);

  while (length > 0 && copy[length - 1] == '/')
    copy[--length] = '\0';
  return g_steal_pointer (&copy);
}

/* The port, or -1 where it is what the scheme means anyway. */
static int
port_of (GUri *uri)
{
  const int usual = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  return g_uri_get_port (uri) != usual ? g_uri_get_port (uri) : -1;
}

/* GUri takes a blank in a name and would write it as %20. */
static gboolean
is_name (const char *host)
{
  for (const char *p = host; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p) || *p == '%')
        return FALSE;
    }
  return *host != '\0';
}

static gboolean
is_acceptable (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || !is_name (host))
    return FALSE;
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return FALSE;
  return g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_loopback (host));
}

char *
guichet_address_read (const char *text, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *full = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  full = strstr (trimmed, "://") != NULL ? g_strdup (trimmed)
                                         : g_strconcat ("https://", trimmed, NULL);
  uri = g_uri_parse (full, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || !is_acceptable (uri))
    {
      g_set_error_literal (error,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_ADDRESS,
                           "the address of a server begins with https, or with http on this "
                           "machine");
      return NULL;
    }

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  path = without_final_slash (g_uri_get_path (uri));
  return g_uri_join (G_URI_FLAGS_NONE,
                     g_uri_get_scheme (uri),
                     NULL,
                     host,
                     port_of (uri),
                     path,
                     NULL,
                     NULL);
}
