/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * guichet_address_read:
 * @text: the server's address as somebody types it; `https://` may be left out
 *
 * Reads the address of a server: https anywhere, plain http only on this machine. However it
 * is typed, one server has one address: what the desk keeps of it is found by that.
 *
 * Returns: (transfer full) (nullable): the address without a slash at its end, or %NULL with
 *   %GUICHET_DESK_ERROR_ADDRESS
 */
char *guichet_address_read (const char *text, GError **error);

G_END_DECLS
