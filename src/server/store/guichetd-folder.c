/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder of the databases: one program at a time, and all of it its owner's.
 */
#define G_LOG_DOMAIN "guichetd-folder"

#include "config.h"

#include "guichetd-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is made in it: the companions too, where a program was cut short. */
static const char *const names[] = {
  "lock",    "journal.db",  "journal.db-wal", "journal.db-shm",
  "keys.db", "keys.db-wal", "keys.db-shm",    "restoring",
};

gboolean
guichetd_folder_fail (GError **error, int saved_errno, const char *doing, const char *path)
{
  g_set_error (error,
               G_FILE_ERROR,
               g_file_error_from_errno (saved_errno),
               "%s %s: %s",
               doing,
               path,
               g_strerror (saved_errno));
  return FALSE;
}

/* Whoever owns the folder may have put a name into it that leads elsewhere; SQLite would go there, and the
 * rights would be root's. */
static gboolean
leads_elsewhere (const struct stat *found)
{
  return !S_ISDIR (found->st_mode) && !(S_ISREG (found->st_mode) && found->st_nlink == 1);
}

static gboolean
refuse_traps (const char *data_dir, GError **error)
{
  GStatBuf folder;

  if (geteuid () != 0 || g_stat (data_dir, &folder) != 0 || folder.st_uid == 0)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (data_dir, names[i], NULL);
      struct stat found;

      if (lstat (path, &found) != 0 || !leads_elsewhere (&found))
        continue;
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_PERMISSION_DENIED,
                   "%s has another name elsewhere, or only points there: root works on nothing "
                   "that "
                   "the folder's owner may have put there",
                   path);
      return FALSE;
    }
  return TRUE;
}

int
guichetd_folder_lock (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "lock", NULL);
  int fd;

  if (g_mkdir_with_parents (data_dir, 0700) != 0)
    {
      guichetd_folder_fail (error, errno, "making the folder", data_dir);
      return -1;
    }
  if (!refuse_traps (data_dir, error))
    return -1;

  fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      guichetd_folder_fail (error, errno, "opening", path);
      return -1;
    }

  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_BUSY,
                   "another program works with the folder %s",
                   data_dir);
      return -1;
    }
  if (!guichetd_folder_hand_over (data_dir, error))
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Another file of root's may be there to be given away. */
static gboolean
is_made_here (const struct stat *found)
{
  return found->st_uid == 0 && !leads_elsewhere (found);
}

/* What was looked at is what is given. Such a descriptor reads nothing, and closing it lets go of no
 * lock of a database. */
static gboolean
hand_over_file (const char *path, const GStatBuf *folder, GError **error)
{
  const int fd = open (path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  struct stat found;
  gboolean given;

  if (fd < 0)
    return TRUE;
  given = fstat (fd, &found) != 0 || !is_made_here (&found) ||
          fchownat (fd, "", folder->st_uid, folder->st_gid, AT_EMPTY_PATH) == 0;
  if (!given)
    guichetd_folder_fail (error, errno, "handing over", path);
  close (fd);
  return given;
}

gboolean
guichetd_folder_hand_over (const char *data_dir, GError **error)
{
  GStatBuf folder;

  if (geteuid () != 0)
    return TRUE;
  if (g_stat (data_dir, &folder) != 0)
    return guichetd_folder_fail (error, errno, "looking at", data_dir);
  if (folder.st_uid == 0)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (data_dir, names[i], NULL);

      if (!hand_over_file (path, &folder, error))
        return FALSE;
    }
  return TRUE;
}
