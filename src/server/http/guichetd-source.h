/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * guichetd_source_of:
 *
 * Whom limits count a question to: an IPv4 address; of an IPv6 address its first 64 bits, since every
 * subscriber has all addresses that begin with them. An IPv4 address written as an IPv6 one is the
 * IPv4 address.
 *
 * Returns: (transfer full): in one spelling
 */
char *guichetd_source_of (GInetAddress *address);

/**
 * guichetd_source_read:
 * @header: (nullable): what the proxy in front says
 *
 * Reads the address that the proxy appended last: those before it are only what the client says.
 *
 * Returns: (transfer full): as of guichetd_source_of(); `unknown` if it is none
 */
char *guichetd_source_read (const char *header);

G_END_DECLS
