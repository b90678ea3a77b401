/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The token of a session in the desktop's keyring.
 */
#define G_LOG_DOMAIN "guichet-keyring"

#include "config.h"

#include "guichet-keyring.h"
#include "guichet-error.h"

#include <libsecret/secret.h>

static const SecretSchema schema = {
  "be.mons.Guichetier.Session",
  SECRET_SCHEMA_NONE,
  {
      { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "login", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

void
guichet_keyring_store_async (const char *server,
                             const char *login,
                             const char *token,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  secret_password_store (&schema,
                         SECRET_COLLECTION_DEFAULT,
                         "Guichetier",
                         token,
                         cancellable,
                         callback,
                         user_data,
                         "server",
                         server,
                         "login",
                         login,
                         NULL);
}

gboolean
guichet_keyring_store_finish (GAsyncResult *result, GError **error)
{
  return secret_password_store_finish (result, error);
}

void
guichet_keyring_find_async (const char *server,
                            const char *login,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  secret_password_lookup (&schema,
                          cancellable,
                          callback,
                          user_data,
                          "server",
                          server,
                          "login",
                          login,
                          NULL);
}

char *
guichet_keyring_find_finish (GAsyncResult *result, GError **error)
{
  return secret_password_lookup_nonpageable_finish (result, error);
}

void
guichet_keyring_free (char *token)
{
  if (token != NULL)
    secret_password_free (token);
}

void
guichet_keyring_forget_async (const char *server,
                              const char *login,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  secret_password_clear (&schema,
                         cancellable,
                         callback,
                         user_data,
                         "server",
                         server,
                         "login",
                         login,
                         NULL);
}

gboolean
guichet_keyring_forget_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  /* FALSE without error: there was nothing to forget. */
  secret_password_clear_finish (result, &local_error);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}
