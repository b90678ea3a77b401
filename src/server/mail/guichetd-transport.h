/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUICHETD_MAIL_ERROR (guichetd_mail_error_quark ())
GQuark guichetd_mail_error_quark (void);

/** What became of an attempt; the message is what the mail server said, for the clerk to read. */
typedef enum
{
  GUICHETD_MAIL_ERROR_TEMPORARY, /* try again later: 4yz, no connection, our own settings */
  GUICHETD_MAIL_ERROR_PERMANENT, /* do not try again: 5yz about this address or message */
} GuichetdMailError;

#define GUICHETD_TYPE_TRANSPORT (guichetd_transport_get_type ())

/**
 * GuichetdTransport:
 *
 * A way for a message out of the house. Used from the mail thread, one message at a time.
 */
G_DECLARE_INTERFACE (GuichetdTransport, guichetd_transport, GUICHETD, TRANSPORT, GObject)

struct _GuichetdTransportInterface
{
  GTypeInterface parent_iface;

  gboolean (*deliver) (GuichetdTransport *self,
                       const char *from,
                       const char *to,
                       GBytes *message,
                       GCancellable *cancellable,
                       GError **error);
};

/**
 * guichetd_transport_deliver:
 * @from: envelope sender
 * @to: envelope recipient
 * @message: as guichetd_message_compose() made it
 *
 * Hands the message over; blocks.
 *
 * Returns: %TRUE once the other side has taken responsibility for it; else @error is of
 *   GUICHETD_MAIL_ERROR, or G_IO_ERROR_CANCELLED
 */
gboolean guichetd_transport_deliver (GuichetdTransport *self,
                                     const char *from,
                                     const char *to,
                                     GBytes *message,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
