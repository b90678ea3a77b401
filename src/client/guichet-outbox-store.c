/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outbox's file.
 */
#define G_LOG_DOMAIN "guichet-outbox-store"

#include "config.h"

#include "guichet-client-resources.h"
#include "guichet-error.h"
#include "guichet-outbox-store.h"

#define RESOURCE "/be/mons/Guichetier/outbox/"

static const GuichetJsonLimits limits = { GUICHET_COMMAND_MAX, 16 };

struct _GuichetOutboxStore
{
  GuichetDb *db; /* (owned) */
};

void
guichet_outbox_row_free (GuichetOutboxRow *self)
{
  g_clear_pointer (&self->command, guichet_command_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->problem);
  g_free (self->changed_by);
  g_free (self);
}

void
guichet_outbox_access_free (GuichetOutboxAccess *self)
{
  g_free (self->key);
  g_free (self->reference);
  g_free (self);
}

static GuichetCommand *
read_command (GBytes *body, const char *key, const char *reference, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (body, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GuichetCommand) command = NULL;

  if (root == NULL)
    return NULL;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  command = guichet_command_read (reader);
  if (!guichet_json_reader_finish (reader, error))
    return NULL;
  g_free (command->key);
  command->key = g_strdup (key);
  g_free (command->reference);
  command->reference = g_strdup (reference);
  return g_steal_pointer (&command);
}

static GBytes *
write_command (const GuichetCommand *command)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_command_write (command, writer, NULL);
  return guichet_json_writer_end (writer);
}

static GuichetOutboxRow *
read_row (GuichetStatement *statement)
{
  g_autoptr (GuichetOutboxRow) row = g_new0 (GuichetOutboxRow, 1);
  const char *key = guichet_statement_text (statement, "key");
  g_autoptr (GError) error = NULL;
  int kind = 0;

  row->body = guichet_statement_blob (statement, "body");
  row->command =
      read_command (row->body, key, guichet_statement_text (statement, "reference"), &error);
  if (row->command == NULL)
    {
      /* It stays in the file, for a program that understands it. */
      g_warning ("command %s in the outbox cannot be read: %s", key, error->message);
      return NULL;
    }

  row->typed_at = guichet_statement_integer (statement, "typed_at");
  row->problem = g_strdup (guichet_statement_text (statement, "problem"));
  row->changed_by = g_strdup (guichet_statement_text (statement, "changed_by"));
  if (guichet_enum_value (GUICHET_TYPE_EVENT_KIND,
                          guichet_statement_text (statement, "changed_kind"),
                          &kind))
    row->changed_kind = (GuichetEventKind) kind;
  row->changed_at = guichet_statement_integer (statement, "changed_at");
  return g_steal_pointer (&row);
}

static gboolean
load (GuichetOutboxStore *self, GPtrArray *rows, GPtrArray *accesses, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "list-commands");
  GError *local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      GuichetOutboxRow *row = read_row (statement);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  if (local_error == NULL)
    {
      statement = guichet_db_statement (self->db, "list-accesses");
      while (guichet_statement_step (statement, &local_error))
        {
          GuichetOutboxAccess *access = g_new0 (GuichetOutboxAccess, 1);

          access->key = g_strdup (guichet_statement_text (statement, "key"));
          access->reference = g_strdup (guichet_statement_text (statement, "reference"));
          access->instant = guichet_statement_integer (statement, "instant");
          g_ptr_array_add (accesses, access);
        }
    }
  return guichet_error_pass (error, local_error);
}

GuichetOutboxStore *
guichet_outbox_store_open (const char *path, GPtrArray *rows, GPtrArray *accesses, GError **error)
{
  GuichetOutboxStore *self;
  GuichetDb *db;

  /* Referring to the resources is what links them into the program. */
  guichet_client_get_resource ();
  db = guichet_db_open (path, GUICHET_DB_DURABLE, RESOURCE, error);
  if (db == NULL)
    return NULL;

  self = g_new0 (GuichetOutboxStore, 1);
  self->db = db;
  if (!load (self, rows, accesses, error))
    {
      guichet_outbox_store_close (self);
      return NULL;
    }
  return self;
}

void
guichet_outbox_store_close (GuichetOutboxStore *self)
{
  guichet_db_close (self->db);
  g_free (self);
}

/* Ends a transaction, one way or the other. */
static gboolean
end (GuichetOutboxStore *self, gboolean fine, GError **error)
{
  if (fine && guichet_db_commit (self->db, error))
    return TRUE;
  guichet_db_rollback (self->db);
  return FALSE;
}

static gboolean
insert (GuichetOutboxStore *self,
        const GuichetCommand *command,
        GBytes *body,
        gint64 typed_at,
        GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "insert-command");

  guichet_statement_bind_text (statement, "key", command->key);
  guichet_statement_bind_text (statement, "reference", command->reference);
  guichet_statement_bind_bytes (statement, "body", body);
  guichet_statement_bind_integer (statement, "typed_at", typed_at);
  return guichet_statement_run (statement, error);
}

GBytes *
guichet_outbox_store_add (GuichetOutboxStore *self,
                          const GuichetCommand *command,
                          gint64 typed_at,
                          GError **error)
{
  g_autoptr (GBytes) body = write_command (command);

  if (g_bytes_get_size (body) > GUICHET_COMMAND_MAX)
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_MESSAGE_TOO_LARGE,
                           "the document is too large");
      return NULL;
    }
  if (!insert (self, command, body, typed_at, error))
    return NULL;
  return g_steal_pointer (&body);
}

static gboolean
run_for_keys (GuichetOutboxStore *self, const char *name, const char *const *keys, GError **error)
{
  gboolean fine = TRUE;

  if (!guichet_db_begin (self->db, error))
    return FALSE;
  for (gsize i = 0; fine && keys[i] != NULL; i++)
    {
      GuichetStatement *statement = guichet_db_statement (self->db, name);

      guichet_statement_bind_text (statement, "key", keys[i]);
      fine = guichet_statement_run (statement, error);
    }
  return end (self, fine, error);
}

gboolean
guichet_outbox_store_remove (GuichetOutboxStore *self, const char *const *keys, GError **error)
{
  return run_for_keys (self, "delete-command", keys, error);
}

gboolean
guichet_outbox_store_hold (GuichetOutboxStore *self, GPtrArray *rows, GError **error)
{
  gboolean fine = TRUE;

  if (!guichet_db_begin (self->db, error))
    return FALSE;
  for (guint i = 0; fine && i < rows->len; i++)
    {
      const GuichetOutboxRow *row = g_ptr_array_index (rows, i);
      GuichetStatement *statement = guichet_db_statement (self->db, "hold-command");

      guichet_statement_bind_text (statement, "key", row->command->key);
      guichet_statement_bind_text (statement, "problem", row->problem);
      guichet_statement_bind_text (statement, "changed_by", row->changed_by);
      guichet_statement_bind_text (statement,
                                   "changed_kind",
                                   guichet_enum_word (GUICHET_TYPE_EVENT_KIND, row->changed_kind));
      guichet_statement_bind_integer (statement, "changed_at", row->changed_at);
      fine = guichet_statement_run (statement, error);
    }
  return end (self, fine, error);
}

static GuichetOutboxRow *
renew (GuichetOutboxStore *self,
       const GuichetOutboxRow *old,
       const char *after,
       gint64 version,
       GError **error)
{
  g_autoptr (GuichetOutboxRow) row = g_new0 (GuichetOutboxRow, 1);
  g_autofree char *key = g_uuid_string_random ();
  GuichetStatement *statement = guichet_db_statement (self->db, "delete-command");

  row->command = read_command (old->body, key, old->command->reference, error);
  if (row->command == NULL)
    return NULL;
  g_free (row->command->after);
  row->command->after = g_strdup (after);
  row->command->expected_version = version;
  row->body = write_command (row->command);
  row->typed_at = old->typed_at;

  guichet_statement_bind_text (statement, "key", old->command->key);
  if (!guichet_statement_run (statement, error) ||
      !insert (self, row->command, row->body, row->typed_at, error))
    return NULL;
  return g_steal_pointer (&row);
}

GPtrArray *
guichet_outbox_store_renew (GuichetOutboxStore *self,
                            GPtrArray *rows,
                            const char *after,
                            gint64 version,
                            GError **error)
{
  g_autoptr (GPtrArray) renewed =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_outbox_row_free);
  gboolean fine = TRUE;

  if (!guichet_db_begin (self->db, error))
    return NULL;
  for (guint i = 0; fine && i < rows->len; i++)
    {
      GuichetOutboxRow *row = renew (self, g_ptr_array_index (rows, i), after, version, error);

      fine = row != NULL;
      if (fine)
        {
          g_ptr_array_add (renewed, row);
          after = row->command->key;
        }
    }
  return end (self, fine, error) ? g_steal_pointer (&renewed) : NULL;
}

gboolean
guichet_outbox_store_add_access (GuichetOutboxStore *self,
                                 const GuichetOutboxAccess *access,
                                 GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "insert-access");

  guichet_statement_bind_text (statement, "key", access->key);
  guichet_statement_bind_text (statement, "reference", access->reference);
  guichet_statement_bind_integer (statement, "instant", access->instant);
  return guichet_statement_run (statement, error);
}

gboolean
guichet_outbox_store_remove_accesses (GuichetOutboxStore *self,
                                      const char *const *keys,
                                      GError **error)
{
  return run_for_keys (self, "delete-access", keys, error);
}
