/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A way for a message out of the house.
 */
#define G_LOG_DOMAIN "guichetd-transport"

#include "config.h"

#include "guichetd-transport.h"

G_DEFINE_INTERFACE (GuichetdTransport, guichetd_transport, G_TYPE_OBJECT)
G_DEFINE_QUARK (guichetd-mail-error-quark, guichetd_mail_error);

static void
guichetd_transport_default_init (GuichetdTransportInterface *iface)
{
}

gboolean
guichetd_transport_deliver (GuichetdTransport *self,
                            const char *from,
                            const char *to,
                            GBytes *message,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (GUICHETD_IS_TRANSPORT (self), FALSE);
  g_return_val_if_fail (from != NULL && to != NULL && message != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return GUICHETD_TRANSPORT_GET_IFACE (self)->deliver (self, from, to, message, cancellable, error);
}
