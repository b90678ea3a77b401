/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Getting rid of what deleting leaves behind.
 *
 * `secure_delete` overwrites deleted content, but when a page of the database splits, the
 * copies of what moved to its new neighbour stay in the gap between the page's rows, where no
 * later deletion finds them. Whether that happened is found out by looking through the file;
 * only then is it worth writing all of it anew.
 */
#define G_LOG_DOMAIN "guichet-scrub"

#include "config.h"

#include "guichet-scrub.h"
#include "guichet-statement-private.h"

#include <string.h>

/* Bytes looked at in one go. */
#define WINDOW (1 << 20)

/* How often to ask again while a reader holds the log; SQLite waits 5 s each time. */
#define LOG_ATTEMPTS 6

gboolean
guichet_scrub_log (GuichetDb *db, GError **error)
{
  int result = SQLITE_BUSY;

  for (guint i = 0; i < LOG_ATTEMPTS && result == SQLITE_BUSY; i++)
    result = sqlite3_wal_checkpoint_v2 (guichet_db_handle (db),
                                        NULL,
                                        SQLITE_CHECKPOINT_TRUNCATE,
                                        NULL,
                                        NULL);

  if (result == SQLITE_OK)
    return TRUE;

  g_set_error (error,
               GUICHET_DB_ERROR,
               result == SQLITE_BUSY ? GUICHET_DB_ERROR_BUSY : GUICHET_DB_ERROR_FAILED,
               "emptying the write-ahead log: %s",
               sqlite3_errstr (result));
  return FALSE;
}

gboolean
guichet_scrub_rebuild (GuichetDb *db, GError **error)
{
  sqlite3 *handle = guichet_db_handle (db);

  if (sqlite3_exec (handle, "VACUUM", NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  _guichet_db_set_error (handle, "writing the database anew", error);
  return FALSE;
}

static gboolean
window_holds (const char *window, gsize length, const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (memmem (window, length, words[i], strlen (words[i])) != NULL)
      return TRUE;

  return FALSE;
}

/*
 * The file is read through SQLite's own handle: opening it a second time in this process and
 * closing it again would drop the locks that SQLite holds on it (POSIX locks belong to the
 * process; see sqlite.org/howtocorrupt.html, section 2.2).
 */
static sqlite3_file *
database_file (GuichetDb *db, sqlite3_int64 *ret_size)
{
  sqlite3_file *file = NULL;

  if (sqlite3_file_control (guichet_db_handle (db), "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
          SQLITE_OK ||
      file == NULL || file->pMethods == NULL ||
      file->pMethods->xFileSize (file, ret_size) != SQLITE_OK)
    return NULL;

  return file;
}

gboolean
guichet_scrub_search (GuichetDb *db, const char *const *words, gboolean *ret_found, GError **error)
{
  g_autofree char *window = g_malloc (WINDOW);
  g_auto (GStrv) folded = g_new0 (char *, g_strv_length ((char **) words) + 1);
  sqlite3_int64 size = 0;
  sqlite3_int64 offset = 0;
  sqlite3_file *file = database_file (db, &size);
  gsize overlap = 0;
  gsize kept = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      folded[i] = g_ascii_strdown (words[i], -1);
      overlap = MAX (overlap, strlen (folded[i]));
    }
  g_return_val_if_fail (overlap < WINDOW / 2, FALSE);

  *ret_found = FALSE;
  while (file != NULL && offset < size && !*ret_found)
    {
      gsize wanted = MIN (WINDOW - kept, (gsize) (size - offset));
      gsize length = kept + wanted;

      if (file->pMethods->xRead (file, window + kept, (int) wanted, offset) != SQLITE_OK)
        break;
      offset += (sqlite3_int64) wanted;

      for (gsize i = kept; i < length; i++)
        window[i] = g_ascii_tolower (window[i]);
      *ret_found = window_holds (window, length, (const char *const *) folded);

      kept = MIN (overlap, length);
      memmove (window, window + length - kept, kept);
    }

  if (file == NULL || (offset < size && !*ret_found))
    {
      g_set_error_literal (error,
                           GUICHET_DB_ERROR,
                           GUICHET_DB_ERROR_FAILED,
                           "the database's file cannot be looked through");
      return FALSE;
    }
  return TRUE;
}
