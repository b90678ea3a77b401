/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desk that mirrors a town.
 */
#include "config.h"

#include "mirror-fixture.h"

#include "folder.h"

#include <glib/gstdio.h>
#include <string.h>

void
desk_set_up (Desk *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("guichet-mirror-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "mirror.db", NULL);
  self->log = guichet_change_log_new ();
}

void
desk_open (Desk *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->state, guichet_mirror_state_free);
  self->writer =
      guichet_mirror_writer_open (self->path, TOWN_ME, TOWN_TODAY, self->log, &self->state, &error);
  g_assert_no_error (error);
}

void
desk_open_reader (Desk *self)
{
  g_autoptr (GError) error = NULL;

  self->reader = guichet_mirror_reader_open (self->path, self->log, &error);
  g_assert_no_error (error);
}

void
desk_close (Desk *self)
{
  g_clear_pointer (&self->reader, guichet_mirror_reader_close);
  g_clear_pointer (&self->writer, guichet_mirror_writer_close);
}

void
desk_tear_down (Desk *self)
{
  desk_close (self);
  g_clear_pointer (&self->state, guichet_mirror_state_free);
  g_clear_pointer (&self->log, guichet_change_log_free);
  folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

GuichetApplied *
desk_apply (Desk *self, GBytes *page)
{
  g_autoptr (GError) error = NULL;
  GuichetApplied *applied = guichet_mirror_writer_apply (self->writer, page, &error);

  g_assert_no_error (error);
  return applied;
}

void
desk_follow (Desk *self, Town *town)
{
  g_autoptr (GBytes) page = town_page (town, 1);
  g_autoptr (GuichetApplied) applied = desk_apply (self, page);

  g_assert_false (applied->foreign);
}

static sqlite3 *
open_file (Desk *self)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  return db;
}

GHashTable *
desk_ids (Desk *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3 *db = open_file (self);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT id, reference FROM lines", -1, &stmt, NULL),
                   ==,
                   SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_hash_table_insert (ids,
                         g_strdup ((const char *) sqlite3_column_text (stmt, 1)),
                         GINT_TO_POINTER (sqlite3_column_int (stmt, 0)));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return ids;
}

gint64
desk_number (Desk *self, const char *sql)
{
  sqlite3 *db = open_file (self);
  sqlite3_stmt *stmt = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return number;
}

gboolean
desk_mentions (Desk *self, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autofree char *wanted = g_ascii_strdown (text, -1);
  gboolean found = FALSE;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *file = g_build_filename (self->folder, name, NULL);
      g_autofree char *content = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (file, &content, &size, NULL));
      for (gsize i = 0; i < size; i++)
        content[i] = g_ascii_tolower (content[i]);
      found = found || memmem (content, size, wanted, strlen (wanted)) != NULL;
    }
  return found;
}
