/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The database of keys. Whoever has the journal and not this file can read codes, logins and
 * instants, and nothing else; whoever destroys a row here has purged a request everywhere,
 * in every copy of the journal.
 */
#define G_LOG_DOMAIN "guichetd-keys"

#include "config.h"

#include "guichetd-keys.h"
#include "guichet-error.h"
#include "guichetd-flusher.h"
#include "guichetd-keys-statements.h"
#include "guichet-scrub.h"

#include <string.h>

#define KEYS_RESOURCE "/be/mons/Guichetier/keys/"

static const char *const secret_names[GUICHETD_N_SECRETS] = {
  [GUICHETD_SECRET_NISS] = "niss",
  [GUICHETD_SECRET_COMMAND] = "command",
  [GUICHETD_SECRET_PURGE] = "purge",
  [GUICHETD_SECRET_CARD] = "card",
};

/* A key that is not on the disk yet. */
typedef struct
{
  char *reference;
  GuichetdKey key;
  gboolean accepted;
} FreshKey;

struct _GuichetdKeys
{
  GuichetDb *db;
  GuichetdKey secrets[GUICHETD_N_SECRETS];
  GPtrArray *fresh; /* of FreshKey: of the current group */

  /* While a group runs: a command asks for one key several times */
  gboolean begun;
  char *last_reference; /* (owned) (nullable) */
  GuichetdKey last_key;
};

static void
fresh_key_free (gpointer data)
{
  FreshKey *fresh = data;

  guichetd_key_clear (&fresh->key);
  g_free (fresh->reference);
  g_free (fresh);
}

static gboolean
take_key (GuichetStatement *statement, GuichetdKey *key, GError **error)
{
  g_autoptr (GBytes) bytes = guichet_statement_blob (statement, "key");
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (length != sizeof key->bytes)
    {
      g_set_error_literal (error,
                           GUICHET_DB_ERROR,
                           GUICHET_DB_ERROR_DAMAGED,
                           "a key has the wrong length");
      return FALSE;
    }

  memcpy (key->bytes, data, sizeof key->bytes);
  return TRUE;
}

static gboolean
load_secrets (GuichetdKeys *self, guint *ret_found, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "list-secrets");
  g_autoptr (GError) local_error = NULL;

  *ret_found = 0;
  while (guichet_statement_step (statement, &local_error))
    {
      const char *name = guichet_statement_text (statement, "name");

      for (guint i = 0; i < GUICHETD_N_SECRETS; i++)
        if (g_strcmp0 (name, secret_names[i]) == 0)
          {
            if (!take_key (statement, &self->secrets[i], error))
              {
                guichet_statement_reset (statement);
                return FALSE;
              }
            *ret_found |= 1u << i;
          }
    }

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

static gboolean
make_secrets (GuichetdKeys *self, guint found, GError **error)
{
  if (!guichet_db_begin (self->db, error))
    return FALSE;

  for (guint i = 0; i < GUICHETD_N_SECRETS; i++)
    {
      GuichetStatement *statement;

      if ((found & (1u << i)) != 0)
        continue;

      guichetd_key_make (&self->secrets[i]);
      statement = guichet_db_statement (self->db, "add-secret");
      guichet_statement_bind_text (statement, "name", secret_names[i]);
      guichet_statement_bind_blob (statement,
                                   "key",
                                   self->secrets[i].bytes,
                                   sizeof self->secrets[i].bytes);
      if (!guichet_statement_run (statement, error))
        {
          guichet_db_rollback (self->db);
          return FALSE;
        }
    }

  return guichet_db_commit (self->db, error);
}

static gboolean
prepare (GuichetdKeys *self, GuichetDbMode mode, GError **error)
{
  guint found;

  if (mode != GUICHET_DB_READ_ONLY &&
      !guichet_statement_run (guichet_db_statement (self->db, "pragma-secure-delete"), error))
    return FALSE;
  if (!load_secrets (self, &found, error))
    return FALSE;
  if (found == (1u << GUICHETD_N_SECRETS) - 1)
    return TRUE;

  if (mode == GUICHET_DB_READ_ONLY)
    {
      g_set_error_literal (error,
                           GUICHET_DB_ERROR,
                           GUICHET_DB_ERROR_DAMAGED,
                           "keys.db lacks secrets");
      return FALSE;
    }
  return make_secrets (self, found, error);
}

static void
forget_last (GuichetdKeys *self)
{
  g_clear_pointer (&self->last_reference, g_free);
  guichetd_key_clear (&self->last_key);
}

static void
remember_last (GuichetdKeys *self, const char *reference, const GuichetdKey *key)
{
  forget_last (self);
  self->last_reference = g_strdup (reference);
  self->last_key = *key;
}

/* Lets go of the file: what reads an old state of it cannot write to it. */
static void
end_reading (GuichetdKeys *self)
{
  if (self->begun)
    guichet_db_rollback (self->db);
  self->begun = FALSE;
  forget_last (self);
}

GuichetdKeys *
guichetd_keys_open (const char *path, GuichetDbMode mode, GError **error)
{
  g_autoptr (GuichetdKeys) self = g_new0 (GuichetdKeys, 1);

  /* Named once, so that the linker keeps it: it lives in a static library. */
  guichetd_keys_statements_get_resource ();

  self->fresh = g_ptr_array_new_with_free_func (fresh_key_free);
  self->db = guichet_db_open (path, mode, KEYS_RESOURCE, error);
  if (self->db == NULL || !prepare (self, mode, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
guichetd_keys_close (GuichetdKeys *self)
{
  end_reading (self);
  for (guint i = 0; i < GUICHETD_N_SECRETS; i++)
    guichetd_key_clear (&self->secrets[i]);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  g_clear_pointer (&self->db, guichet_db_close);
  g_free (self);
}

const GuichetdKey *
guichetd_keys_get_secret (GuichetdKeys *self, GuichetdSecret secret)
{
  g_return_val_if_fail (secret < GUICHETD_N_SECRETS, NULL);

  return &self->secrets[secret];
}

gboolean
guichetd_keys_find (GuichetdKeys *self, const char *reference, GuichetdKey *key, GError **error)
{
  GuichetStatement *statement;
  gboolean found;

  if (g_strcmp0 (self->last_reference, reference) == 0)
    {
      *key = self->last_key;
      return TRUE;
    }

  for (guint i = 0; i < self->fresh->len; i++)
    {
      const FreshKey *fresh = g_ptr_array_index (self->fresh, i);

      if (strcmp (fresh->reference, reference) == 0)
        {
          *key = fresh->key;
          return TRUE;
        }
    }

  statement = guichet_db_statement (self->db, "find-key");
  guichet_statement_bind_text (statement, "reference", reference);
  if (!guichet_statement_step (statement, error))
    return FALSE;

  found = take_key (statement, key, error);
  guichet_statement_reset (statement);
  if (found && self->begun)
    remember_last (self, reference, key);
  return found;
}

gboolean
guichetd_keys_begin (GuichetdKeys *self, GError **error)
{
  self->begun = guichet_db_begin_read (self->db, error);
  return self->begun;
}

void
guichetd_keys_make (GuichetdKeys *self, const char *reference, GuichetdKey *key)
{
  FreshKey *fresh = g_new0 (FreshKey, 1);

  forget_last (self);
  guichetd_key_make (&fresh->key);
  fresh->reference = g_strdup (reference);
  g_ptr_array_add (self->fresh, fresh);
  *key = fresh->key;
}

void
guichetd_keys_accept (GuichetdKeys *self)
{
  for (guint i = self->fresh->len; i > 0; i--)
    {
      FreshKey *fresh = g_ptr_array_index (self->fresh, i - 1);

      if (fresh->accepted)
        break;
      fresh->accepted = TRUE;
    }
}

void
guichetd_keys_undo (GuichetdKeys *self)
{
  while (self->fresh->len > 0)
    {
      const FreshKey *fresh = g_ptr_array_index (self->fresh, self->fresh->len - 1);

      if (fresh->accepted)
        break;
      g_ptr_array_set_size (self->fresh, (int) self->fresh->len - 1);
    }
}

gboolean
guichetd_keys_flush (GuichetdKeys *self, GError **error)
{
  end_reading (self);
  if (self->fresh->len == 0)
    return TRUE;

  if (!guichet_db_begin (self->db, error))
    return FALSE;

  for (guint i = 0; i < self->fresh->len; i++)
    {
      const FreshKey *fresh = g_ptr_array_index (self->fresh, i);
      GuichetStatement *statement = guichet_db_statement (self->db, "put-key");

      guichet_statement_bind_text (statement, "reference", fresh->reference);
      guichet_statement_bind_blob (statement, "key", fresh->key.bytes, sizeof fresh->key.bytes);
      if (!guichet_statement_run (statement, error))
        {
          guichet_db_rollback (self->db);
          return FALSE;
        }
    }

  if (!guichet_db_commit (self->db, error))
    {
      guichet_db_rollback (self->db);
      return FALSE;
    }

  guichetd_keys_drop (self);
  return TRUE;
}

void
guichetd_keys_drop (GuichetdKeys *self)
{
  end_reading (self);
  g_ptr_array_set_size (self->fresh, 0);
}

static gboolean
destroy_one (GuichetdKeys *self, const char *reference, gint64 now, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "delete-key");

  guichet_statement_bind_text (statement, "reference", reference);
  if (!guichet_statement_run (statement, error))
    return FALSE;

  statement = guichet_db_statement (self->db, "add-forgotten");
  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_integer (statement, "instant", now);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_keys_destroy (GuichetdKeys *self,
                       const char *const *references,
                       gint64 now,
                       GError **error)
{
  if (!guichet_db_begin (self->db, error))
    return FALSE;

  for (gsize i = 0; references[i] != NULL; i++)
    if (!destroy_one (self, references[i], now, error))
      {
        guichet_db_rollback (self->db);
        return FALSE;
      }

  if (!guichet_db_commit (self->db, error))
    {
      guichet_db_rollback (self->db);
      return FALSE;
    }

  /* Keys lie in the order of references, which are random: pages split all the time and
   * keep copies of what moved out of them. Only writing all anew leaves none; the file is small. */
  return guichet_scrub_rebuild (self->db, error) && guichetd_empty_log (self->db, error);
}

char **
guichetd_keys_forgotten (GuichetdKeys *self, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "list-forgotten");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    g_strv_builder_add (builder, guichet_statement_text (statement, "reference"));

  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return NULL;
  return g_strv_builder_end (builder);
}
