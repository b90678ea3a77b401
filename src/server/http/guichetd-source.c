/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where questions come from, for those who count them.
 */
#define G_LOG_DOMAIN "guichetd-source"

#include "config.h"

#include "guichetd-source.h"

#include <string.h>

#define IPV6_SIZE 16
#define NETWORK_SIZE 8

/* ::ffff:0:0/96 */
static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

char *
guichetd_source_of (GInetAddress *address)
{
  g_autoptr (GInetAddress) counted = NULL;
  g_autofree char *text = NULL;
  const guint8 *bytes;
  guint8 network[IPV6_SIZE] = { 0 };

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_inet_address_to_string (address);

  bytes = g_inet_address_to_bytes (address);
  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    {
      counted = g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
      return g_inet_address_to_string (counted);
    }
  memcpy (network, bytes, NETWORK_SIZE);
  counted = g_inet_address_new_from_bytes (network, G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (counted);
  return g_strconcat (text, "/64", NULL);
}

char *
guichetd_source_read (const char *header)
{
  const char *comma = header != NULL ? strrchr (header, ',') : NULL;
  g_autofree char *last = g_strdup (comma != NULL ? comma + 1 : header);
  g_autoptr (GInetAddress) address = NULL;

  if (last != NULL)
    address = g_inet_address_new_from_string (g_strstrip (last));
  return address != NULL ? guichetd_source_of (address) : g_strdup ("unknown");
}
