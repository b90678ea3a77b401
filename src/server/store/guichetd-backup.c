/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copies of the databases.
 *
 * A backup is made journal first and keys second: a request's key is on the disk before its first
 * event, so the copy of the keys has all that the copy of the journal needs.
 */
#define G_LOG_DOMAIN "guichetd-backup"

#include "config.h"

#include "guichetd-backup.h"
#include "guichetd-folder.h"
#include "guichetd-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define KEYS_RESOURCE "/be/mons/Guichetier/keys/"

static const char *const files[] = { "journal.db", "keys.db" };
static const char *const resources[] = { GUICHETD_STORE_RESOURCE, KEYS_RESOURCE };

/* Flushes a file, or the names in a folder. */
static gboolean
flush (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean good;
  int saved_errno;

  if (fd < 0)
    return guichetd_folder_fail (error, errno, "opening", path);
  good = fsync (fd) == 0;
  saved_errno = errno;
  close (fd);
  return good || guichetd_folder_fail (error, saved_errno, "flushing", path);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  return g_mkdir_with_parents (folder, 0700) == 0 ||
         guichetd_folder_fail (error, errno, "making the folder", folder);
}

static gboolean
copy_database (GuichetdStore *store, guint i, const char *folder, GError **error)
{
  g_autofree char *source = guichetd_store_get_path (store, files[i]);
  g_autofree char *target = g_build_filename (folder, files[i], NULL);
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autoptr (GuichetDb) db = guichet_db_open (source, GUICHET_DB_READ_ONLY, resources[i], error);

  if (db == NULL)
    return FALSE;

  /* What an earlier attempt left would be mixed into it. */
  g_unlink (part);
  if (!guichet_db_backup (db, part, error))
    {
      g_unlink (part);
      return FALSE;
    }
  if (g_rename (part, target) != 0)
    return guichetd_folder_fail (error, errno, "naming", target);
  return TRUE;
}

static gboolean
is_free (const char *folder, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is there already", path);
      return FALSE;
    }
  return TRUE;
}

gboolean
guichetd_backup_make (GuichetdStore *store, const char *folder, GError **error)
{
  gboolean good = TRUE;

  g_return_val_if_fail (GUICHETD_IS_STORE (store), FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  if (!make_folder (folder, error) || !is_free (folder, error))
    return FALSE;
  if (!guichetd_store_hold_files (store))
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_BUSY,
                           "a purge, a verification or another backup is under way: try again "
                           "when it is done");
      return FALSE;
    }

  for (guint i = 0; good && i < G_N_ELEMENTS (files); i++)
    good = copy_database (store, i, folder, error);
  guichetd_store_release_files (store);

  return good && flush (folder, error);
}
