/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-transport.h"

G_BEGIN_DECLS

/**
 * GuichetdSmtpOptions:
 * @server: `host:port` of the town's relay
 * @implicit_tls: TLS from the first byte (port 465)
 * @starttls: refuse to go on without STARTTLS (RFC 3207); plain connections are for loopback only
 * @ca_file: (nullable): certificates to trust instead of the system's
 * @user: (nullable): for authentication (RFC 4954), only ever over TLS
 * @password: (nullable)
 * @timeout: seconds for one message; 0: 60
 */
typedef struct
{
  const char *server;
  gboolean implicit_tls;
  gboolean starttls;
  const char *ca_file;
  const char *user;
  const char *password;
  guint timeout;
} GuichetdSmtpOptions;

#define GUICHETD_TYPE_SMTP (guichetd_smtp_get_type ())

/** GuichetdSmtp: hands messages over to a mail server, by libcurl. The connection is kept between messages. */
G_DECLARE_FINAL_TYPE (GuichetdSmtp, guichetd_smtp, GUICHETD, SMTP, GObject)

/** guichetd_smtp_new: NULL with G_IO_ERROR_INVALID_ARGUMENT if the options would send in clear beyond this machine. */
GuichetdTransport *guichetd_smtp_new (const GuichetdSmtpOptions *options, GError **error);

G_END_DECLS
