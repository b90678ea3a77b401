/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder of a restore.
 */
#define G_LOG_DOMAIN "guichetd-restoring"

#include "config.h"

#include "guichetd-restoring.h"
#include "guichetd-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "restoring"
#define MARK "ready"
#define COPY_BYTES (1 << 20)

static const char *const files[] = { "journal.db", "keys.db" };
static const char *const companions[] = { "-wal", "-shm" };

struct _GuichetdRestoring
{
  char *path;
  int data_fd;
  int fd; /* or -1 */
};

static GuichetdRestoring *
open_data (const char *data_dir, GError **error)
{
  GuichetdRestoring *self = g_new0 (GuichetdRestoring, 1);

  self->path = g_build_filename (data_dir, NAME, NULL);
  self->fd = -1;
  self->data_fd = open (data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->data_fd >= 0)
    return self;

  guichetd_folder_fail (error, errno, "opening", data_dir);
  guichetd_restoring_free (self);
  return NULL;
}

static gboolean
open_folder (GuichetdRestoring *self)
{
  self->fd = openat (self->data_fd, NAME, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  return self->fd >= 0;
}

static gboolean
is_there (int fd, const char *name)
{
  struct stat found;

  return fstatat (fd, name, &found, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Whoever owns the folder may have put another one there, under the mark of a restore. */
static gboolean
is_plain (int fd, const char *name)
{
  struct stat found;

  return fstatat (fd, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (found.st_mode) &&
         found.st_nlink == 1;
}

static gboolean
fail_at (GuichetdRestoring *self, const char *doing, const char *name, GError **error)
{
  int saved_errno = errno;
  g_autofree char *path = g_build_filename (self->path, name, NULL);

  return guichetd_folder_fail (error, saved_errno, doing, path);
}

static void
remove_companions (int fd, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *companion = g_strconcat (name, companions[i], NULL);

      unlinkat (fd, companion, 0);
    }
}

/* Nobody else can have put anything into it. */
static gboolean
is_mine (GuichetdRestoring *self)
{
  struct stat found;

  return fstat (self->fd, &found) == 0 && found.st_uid == geteuid () &&
         (found.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

GuichetdRestoring *
guichetd_restoring_new (const char *data_dir, GError **error)
{
  GuichetdRestoring *self = open_data (data_dir, error);

  if (self == NULL)
    return NULL;
  if (open_folder (self))
    guichetd_restoring_remove (self);

  if (mkdirat (self->data_fd, NAME, 0700) != 0)
    guichetd_folder_fail (error, errno, "making the folder", self->path);
  else if (!open_folder (self))
    guichetd_folder_fail (error, errno, "opening", self->path);
  else if (!is_mine (self))
    guichetd_folder_fail (error, EPERM, "working in", self->path);
  else
    return self;

  guichetd_restoring_free (self);
  return NULL;
}

void
guichetd_restoring_free (GuichetdRestoring *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->data_fd >= 0)
    close (self->data_fd);
  g_free (self->path);
  g_free (self);
}

const char *
guichetd_restoring_get_path (GuichetdRestoring *self)
{
  return self->path;
}

static gboolean
copy_content (int from, int to)
{
  gssize done;

  do
    done = sendfile (to, from, NULL, COPY_BYTES);
  while (done > 0 || (done < 0 && errno == EINTR));
  return done == 0;
}

static gboolean
copy_file (GuichetdRestoring *self, const char *backup, const char *name, GError **error)
{
  g_autofree char *source = g_build_filename (backup, name, NULL);
  int from = open (source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  gboolean good = FALSE;
  int to;

  if (from < 0)
    return guichetd_folder_fail (error, errno, "opening", source);

  to = openat (self->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (to < 0)
    fail_at (self, "making", name, error);
  else if (!copy_content (from, to))
    fail_at (self, "copying into", name, error);
  else
    good = TRUE;

  if (to >= 0)
    close (to);
  close (from);
  return good;
}

gboolean
guichetd_restoring_copy (GuichetdRestoring *self, const char *backup, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (!copy_file (self, backup, files[i], error))
      return FALSE;
  return TRUE;
}

gboolean
guichetd_restoring_check (GuichetdRestoring *self, GError **error)
{
  struct stat mine, found;

  if (fstat (self->fd, &mine) == 0 && lstat (self->path, &found) == 0 &&
      mine.st_dev == found.st_dev && mine.st_ino == found.st_ino)
    return TRUE;

  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_FAILED,
               "somebody put another folder in the place of %s",
               self->path);
  return FALSE;
}

/* The owner of the data, whose daemon goes on with it. */
static gboolean
give (GuichetdRestoring *self, int fd)
{
  struct stat data;

  return geteuid () != 0 ||
         (fstat (self->data_fd, &data) == 0 && fchown (fd, data.st_uid, data.st_gid) == 0);
}

static gboolean
put_away (GuichetdRestoring *self, const char *name, int flags, GError **error)
{
  int fd = openat (self->fd, name, flags | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean good = fd >= 0 && fsync (fd) == 0 && give (self, fd);

  if (!good)
    fail_at (self, "putting away", name, error);
  if (fd >= 0)
    close (fd);
  return good;
}

gboolean
guichetd_restoring_mark (GuichetdRestoring *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (!put_away (self, files[i], O_RDONLY, error))
      return FALSE;

  /* It is given away before the mark, or the daemon could not see that there is something to finish. */
  if (fsync (self->fd) != 0 || !give (self, self->fd))
    return guichetd_folder_fail (error, errno, "putting away", self->path);
  if (!put_away (self, MARK, O_WRONLY | O_CREAT | O_EXCL, error))
    return FALSE;
  return fsync (self->fd) == 0 || guichetd_folder_fail (error, errno, "flushing", self->path);
}

void
guichetd_restoring_remove (GuichetdRestoring *self)
{
  unlinkat (self->fd, MARK, 0);
  unlinkat (self->fd, "lock", 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      unlinkat (self->fd, files[i], 0);
      remove_companions (self->fd, files[i]);
    }
  unlinkat (self->data_fd, NAME, AT_REMOVEDIR);

  close (self->fd);
  self->fd = -1;
}

static gboolean
move_into_place (GuichetdRestoring *self, const char *data_dir, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      /* Moved already, before it was cut short. */
      if (!is_there (self->fd, files[i]))
        continue;
      if (!is_plain (self->fd, files[i]))
        {
          g_set_error (error,
                       G_IO_ERROR,
                       G_IO_ERROR_PERMISSION_DENIED,
                       "%s/%s was not made by a restore: it is no file of its own",
                       self->path,
                       files[i]);
          return FALSE;
        }
      remove_companions (self->data_fd, files[i]);
      if (renameat (self->fd, files[i], self->data_fd, files[i]) != 0)
        return fail_at (self, "putting in place", files[i], error);
    }

  if (fsync (self->data_fd) != 0)
    return guichetd_folder_fail (error, errno, "flushing", data_dir);
  guichetd_restoring_remove (self);
  return TRUE;
}

gboolean
guichetd_restore_finish (const char *data_dir, GError **error)
{
  GuichetdRestoring *self = open_data (data_dir, error);
  gboolean good;

  if (self == NULL)
    return FALSE;

  good =
      !open_folder (self) || !is_there (self->fd, MARK) || move_into_place (self, data_dir, error);
  guichetd_restoring_free (self);
  return good;
}
