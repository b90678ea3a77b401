/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Databases as a failing disk leaves them.
 */
#include "config.h"

#include "spoil.h"

#include <sqlite3.h>
#include <string.h>

#define PAGE 4096

void
spoil_database (const char *path, const char *but)
{
  g_autofree char *content = NULL;
  g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM dbstat WHERE name IN (%s) AND pageno = ?", but);
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  for (gsize page = 2; page <= size / PAGE; page++)
    {
      sqlite3_bind_int64 (stmt, 1, (gint64) page);
      g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
      if (sqlite3_column_int (stmt, 0) == 0)
        memset (content + (page - 1) * PAGE, 0xff, PAGE);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
}
