/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * guichetd_address_listen:
 * @address: `127.0.0.1:8642`, `[::1]:0`, `localhost:8642`, `unix:/path`
 * @mode: of the file, for a path
 * @ret_uri: (out): where it can be reached
 * @ret_path: (out) (nullable): of the file, to be removed at the end
 *
 * Returns: (transfer full): a socket that listens, with a backlog for a reconnect of every desk at once
 */
GSocket *guichetd_address_listen (const char *address,
                                  guint mode,
                                  char **ret_uri,
                                  char **ret_path,
                                  GError **error);

/**
 * guichetd_address_silent:
 * @ret_other_end: (out): to be closed by the caller; set also where it fails afterwards
 *
 * Returns: (transfer full): a socket by which nothing ever comes, for libsoup, which closes each connection
 * after its first answer unless it believes that it listens
 */
GSocket *guichetd_address_silent (int *ret_other_end, GError **error);

/** guichetd_address_check: whether @address is one that could be listened on. */
gboolean guichetd_address_check (const char *address, GError **error);

G_END_DECLS
