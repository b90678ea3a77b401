/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The token of a session, kept by the desktop's keyring. Any call may take as long as somebody
 * thinks about a prompt, and fail where no keyring runs.
 */

void guichet_keyring_store_async (const char *server,
                                  const char *login,
                                  const char *token,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean guichet_keyring_store_finish (GAsyncResult *result, GError **error);

void guichet_keyring_find_async (const char *server,
                                 const char *login,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/** guichet_keyring_find_finish: (nullable): %NULL without error if there is none; free with guichet_keyring_free(). */
char *guichet_keyring_find_finish (GAsyncResult *result, GError **error);
/** guichet_keyring_free: wipes it first. */
void guichet_keyring_free (char *token);

void guichet_keyring_forget_async (const char *server,
                                   const char *login,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean guichet_keyring_forget_finish (GAsyncResult *result, GError **error);

G_END_DECLS
