/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The documents that the town issued, each sealed under its request's key.
 */
#define G_LOG_DOMAIN "guichetd-documents"

#include "config.h"

#include "guichetd-documents.h"
#include "guichetd-store-private.h"

static char *
about_document (const char *reference, const char *id)
{
  return g_strdup_printf ("document %s %s", reference, id);
}

gboolean
guichetd_documents_add (GuichetdStore *store,
                        GuichetDb *db,
                        const char *reference,
                        const char *id,
                        GBytes *content,
                        GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-document");
  g_autofree char *about = about_document (reference, id);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_auto (GuichetdKey) key = { 0 };

  if (!guichetd_keys_find (guichetd_store_get_keys (store), reference, &key, &local_error))
    {
      if (local_error == NULL)
        g_set_error (&local_error,
                     GUICHET_DB_ERROR,
                     GUICHET_DB_ERROR_DAMAGED,
                     "the key of request %s is not there",
                     reference);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  sealed =
      guichetd_seal (&key, g_bytes_get_data (content, NULL), g_bytes_get_size (content), about);
  guichet_statement_bind_text (statement, "id", id);
  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_bytes (statement, "content", sealed);
  return guichet_statement_run (statement, error);
}

GBytes *
guichetd_documents_find (GuichetdStore *store,
                         GuichetDb *db,
                         const char *reference,
                         const char *id,
                         GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-document");
  g_autofree char *about = about_document (reference, id);
  g_autoptr (GBytes) sealed = NULL;
  g_auto (GuichetdKey) key = { 0 };

  guichet_statement_bind_text (statement, "id", id);
  guichet_statement_bind_text (statement, "reference", reference);
  if (!guichet_statement_step (statement, error))
    return NULL;
  sealed = guichet_statement_blob (statement, "content");
  guichet_statement_reset (statement);

  /* No key: purged between the snapshot and now. */
  if (!guichetd_keys_find (guichetd_store_get_keys (store), reference, &key, error))
    return NULL;

  return guichetd_unseal (&key,
                          g_bytes_get_data (sealed, NULL),
                          g_bytes_get_size (sealed),
                          about,
                          error);
}
