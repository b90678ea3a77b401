/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who saw whose data: a chain beside the journal's.
 */
#define G_LOG_DOMAIN "guichetd-access"

#include "config.h"

#include "guichetd-access.h"
#include "guichet-error.h"
#include "guichetd-chain.h"
#include "guichetd-store-private.h"

#include "guichet-json-writer.h"

char *
guichetd_access_text (gint64 number, gint64 recorded, const GuichetdAccess *access)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  /* Names, order and form are part of every hash ever made: they stay as they are. */
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_integer (writer, "number", number);
  guichet_json_writer_string (writer, "actor", access->actor);
  guichet_json_writer_integer (writer, "instant", access->instant);
  guichet_json_writer_integer (writer, "recorded", recorded);
  guichet_json_writer_string (writer, "route", access->route);
  guichet_json_writer_string (writer, "reference", access->reference);
  guichet_json_writer_string (writer, "listed", access->listed);
  guichet_json_writer_string (writer, "detail", access->detail);
  guichet_json_writer_string (writer, "purpose", access->purpose);
  guichet_json_writer_string (writer, "key", access->key);
  guichet_json_writer_end_object (writer);

  return guichet_json_writer_end_text (writer);
}

static gboolean
is_there (GuichetDb *db, const GuichetdAccess *access, gboolean *ret_there, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-access");
  g_autoptr (GError) local_error = NULL;

  guichet_statement_bind_text (statement, "actor", access->actor);
  guichet_statement_bind_text (statement, "key", access->key);
  *ret_there = guichet_statement_step (statement, &local_error);
  if (*ret_there)
    guichet_statement_reset (statement);

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

gboolean
guichetd_access_append (GuichetdStore *store,
                        GuichetDb *db,
                        const GuichetdAccess *access,
                        GError **error)
{
  gint64 recorded = guichet_clock_now (guichetd_store_get_clock (store));
  GuichetStatement *statement;
  g_autofree char *text = NULL;
  GuichetdHash before, hash;
  gboolean there = FALSE;
  gint64 number;

  if (access->key != NULL && !is_there (db, access, &there, error))
    return FALSE;
  if (there)
    return TRUE;

  if (!guichetd_chain_head (db, "find-last-access", &number, &before, error))
    return FALSE;
  number++;
  text = guichetd_access_text (number, recorded, access);
  guichetd_chain (&before, text, NULL, &hash);

  statement = guichet_db_statement (db, "add-access");
  guichet_statement_bind_integer (statement, "number", number);
  guichet_statement_bind_text (statement, "actor", access->actor);
  guichet_statement_bind_integer (statement, "instant", access->instant);
  guichet_statement_bind_integer (statement, "recorded", recorded);
  guichet_statement_bind_text (statement, "route", access->route);
  guichet_statement_bind_text (statement, "reference", access->reference);
  guichet_statement_bind_text (statement, "listed", access->listed);
  guichet_statement_bind_text (statement, "detail", access->detail);
  guichet_statement_bind_text (statement, "purpose", access->purpose);
  guichet_statement_bind_text (statement, "key", access->key);
  guichet_statement_bind_blob (statement, "hash", hash.bytes, sizeof hash.bytes);
  return guichet_statement_run (statement, error);
}
