/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose card is whose: binding, and finding who it is that signs in.
 */
#define G_LOG_DOMAIN "guichetd-auth"

#include "config.h"

#include "guichetd-auth-private.h"
#include "guichetd-store-private.h"

#include "guichet-niss.h"

#include <sodium.h>
#include <string.h>

/* One change on its way to the store. */
typedef struct
{
  char *login;          /* (owned) */
  char *number;         /* (owned) (nullable): wiped; NULL takes the card away */
  gboolean parted;      /* from a card that may be signed in somewhere */
  GuichetdStaff *staff; /* (owned) (nullable): the row as it is now */
} Binding;

static void
binding_free (gpointer data)
{
  Binding *self = data;

  g_free (self->login);
  if (self->number != NULL)
    sodium_memzero (self->number, strlen (self->number));
  g_free (self->number);
  g_clear_pointer (&self->staff, guichetd_staff_free);
  g_free (self);
}

/* Keyed: there are few enough national numbers to try them all on a plain digest. */
static void
digest_of (const GuichetdKey *key, const char *number, guint8 digest[GUICHETD_CARD_DIGEST])
{
  guichetd_digest (key, number, strlen (number), digest, GUICHETD_CARD_DIGEST);
}

static Binding *
binding_new (const char *login, const char *number, GError **error)
{
  Binding *self;

  if (number != NULL && !guichet_niss_is_valid (number))
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_INVALID_DATA,
                           "this is no national number: eleven digits, of which the last two "
                           "check");
      return NULL;
    }

  self = g_new0 (Binding, 1);
  self->login = g_strdup (login);
  self->number = g_strdup (number);
  return self;
}

static gboolean
is_another_card (const GuichetdStaff *before, const GuichetdStaff *now)
{
  return before != NULL && before->has_card &&
         (!now->has_card || memcmp (before->card, now->card, sizeof now->card) != 0);
}

/* In the writer */
static gboolean
store_binding (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Binding *self = data;
  const GuichetdKey *key =
      guichetd_keys_get_secret (guichetd_store_get_keys (store), GUICHETD_SECRET_CARD);
  g_autoptr (GuichetdStaff) before = guichetd_staff_store_find (db, self->login, NULL);
  guint8 digest[GUICHETD_CARD_DIGEST];

  if (self->number != NULL)
    digest_of (key, self->number, digest);
  if (!guichetd_staff_store_set_card (db, self->login, self->number != NULL ? digest : NULL, error))
    return FALSE;
  self->staff = guichetd_staff_store_find (db, self->login, error);
  if (self->staff == NULL)
    return FALSE;
  self->parted = is_another_card (before, self->staff);
  return TRUE;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdAuth *self = g_task_get_source_object (task);
  Binding *binding = g_task_get_task_data (task);
  GError *error = NULL;

  guichetd_store_write_finish (GUICHETD_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  _guichetd_auth_set_staff (self, g_steal_pointer (&binding->staff));
  if (binding->parted)
    _guichetd_auth_end_sessions_of (self, binding->login);
  g_task_return_boolean (task, TRUE);
}

void
guichetd_auth_bind_card_async (GuichetdAuth *self,
                               const char *login,
                               const char *number,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  Binding *binding;

  g_return_if_fail (GUICHETD_IS_AUTH (self));

  g_task_set_source_tag (task, guichetd_auth_bind_card_async);
  binding = binding_new (login, number, &error);
  if (binding == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, binding, binding_free);
  guichetd_store_write_async (self->store,
                              store_binding,
                              binding,
                              NULL,
                              NULL,
                              stored_cb,
                              g_object_ref (task));
}

gboolean
guichetd_auth_bind_card_finish (GuichetdAuth *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
guichetd_auth_bind_card (GuichetdStore *store,
                         const char *login,
                         const char *number,
                         GError **error)
{
  Binding *binding = binding_new (login, number, error);
  gboolean success;

  if (binding == NULL)
    return FALSE;
  success = guichetd_store_write (store, store_binding, binding, error);
  binding_free (binding);
  return success;
}

char *
_guichetd_auth_card_name (GuichetdAuth *self, const char *number)
{
  guint8 digest[GUICHETD_CARD_DIGEST];
  g_autofree char *text = NULL;

  digest_of (&self->card_key, number, digest);
  text = g_base64_encode (digest, sizeof digest);
  return g_strconcat ("card ", text, NULL);
}

const GuichetdStaff *
_guichetd_auth_find_card (GuichetdAuth *self, const char *number)
{
  guint8 digest[GUICHETD_CARD_DIGEST];
  GHashTableIter iter;
  gpointer value;

  digest_of (&self->card_key, number, digest);
  g_hash_table_iter_init (&iter, self->staff);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GuichetdStaff *staff = value;

      if (staff->has_card && memcmp (staff->card, digest, sizeof digest) == 0)
        return staff;
    }
  return NULL;
}
