/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A disk that keeps its promises and no more, for programs that are killed by tests.
 *
 * kill -9 alone loses nothing that a program has written, flushed or not: the kernel has it.
 * Loaded with LD_PRELOAD, this library puts a VFS of its own under every SQLite connection
 * of the process, as the environment says:
 *
 *   GUICHET_VFS_FORGET=all       what was not flushed stays in the memory of the process, and
 *                                so is gone when it is killed, as in a power cut
 *   GUICHET_VFS_FORGET=some      the same, but half of the sectors reach the disk at once:
 *                                a disk promises no order between two flushes
 *   GUICHET_VFS_SYNC=ignore      nothing is ever flushed: what a program would come to that says
 *                                PRAGMA synchronous=OFF, which SQLite does by not asking
 *   GUICHET_VFS_DELAY_SYNC_US=N  each flush takes N microseconds longer
 *
 * Without any of them it does nothing. Databases, write-ahead logs and journals are held back;
 * the index of a log (-shm) is memory anyway, and temporary files are nobody's. Names of files
 * in folders are not modelled: making and deleting is at once. A file that its last writing
 * connection closes in peace is written out, as the kernel would do sooner or later. Another
 * process sees only what was flushed.
 *
 * A program built with the address sanitizer needs ASAN_OPTIONS=verify_asan_link_order=0.
 */
#define G_LOG_DOMAIN "guichet-forgetful-vfs"

#include "config.h"

#include "overlay.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#define NAME "guichet-forgetful"

typedef enum
{
  FORGET_NOTHING,
  FORGET_ALL,
  FORGET_SOME,
} Forget;

/* A file that connections of this process have open, with what they have not flushed. */
typedef struct
{
  dev_t device;
  ino_t inode;
  guint handles;
  guint writers;
  GMutex lock; /* of the overlay */
  Overlay *overlay;
} Shared;

typedef struct
{
  sqlite3_file base;
  Shared *shared; /* (nullable): NULL goes straight to the disk */
  gboolean writes;
  sqlite3_file disk; /* SQLite's own file, as long as it says */
} File;

static Forget forget;
static gboolean ignores_sync;
static gulong delay;
static sqlite3_vfs *unix_vfs;

static GMutex files_lock; /* of what follows, and of the counts in each Shared */
static GList *files;      /* of Shared */

static Shared *
find_shared (const struct stat *status)
{
  for (GList *link = files; link != NULL; link = link->next)
    {
      Shared *shared = link->data;

      if (shared->device == status->st_dev && shared->inode == status->st_ino)
        return shared;
    }
  return NULL;
}

static Shared *
take_shared (const char *path, gboolean writes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&files_lock);
  struct stat status;
  Shared *shared;

  if (stat (path, &status) != 0)
    return NULL;

  shared = find_shared (&status);
  if (shared == NULL)
    {
      shared = g_new0 (Shared, 1);
      shared->device = status.st_dev;
      shared->inode = status.st_ino;
      shared->overlay = overlay_new ();
      g_mutex_init (&shared->lock);
      files = g_list_prepend (files, shared);
    }
  shared->handles++;
  shared->writers += writes ? 1 : 0;
  return shared;
}

static int
release_shared (File *file)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&files_lock);
  Shared *shared = g_steal_pointer (&file->shared);
  int code = SQLITE_OK;

  if (file->writes && --shared->writers == 0)
    {
      g_mutex_lock (&shared->lock);
      code = overlay_flush (shared->overlay, &file->disk);
      g_mutex_unlock (&shared->lock);
    }
  if (--shared->handles > 0)
    return code;

  files = g_list_remove (files, shared);
  overlay_free (shared->overlay);
  g_mutex_clear (&shared->lock);
  g_free (shared);
  return code;
}

static int
file_close (sqlite3_file *base)
{
  File *file = (File *) base;
  int flushed = file->shared != NULL ? release_shared (file) : SQLITE_OK;
  int code = file->disk.pMethods->xClose (&file->disk);

  return flushed != SQLITE_OK ? flushed : code;
}

static int
file_read (sqlite3_file *base, void *data, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (file->shared == NULL)
    return file->disk.pMethods->xRead (&file->disk, data, length, offset);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&file->shared->lock);
  return overlay_read (file->shared->overlay, &file->disk, data, length, offset);
}

static int
file_write (sqlite3_file *base, const void *data, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (file->shared == NULL)
    return file->disk.pMethods->xWrite (&file->disk, data, length, offset);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&file->shared->lock);
  return overlay_write (file->shared->overlay,
                        &file->disk,
                        data,
                        length,
                        offset,
                        forget == FORGET_SOME);
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;

  if (file->shared == NULL)
    return file->disk.pMethods->xTruncate (&file->disk, size);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&file->shared->lock);
  return overlay_truncate (file->shared->overlay, &file->disk, size);
}

static int
file_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;
  int code = SQLITE_OK;

  if (ignores_sync)
    return SQLITE_OK;

  /* The delay comes first: who is killed meanwhile has flushed nothing. */
  if (delay > 0)
    g_usleep (delay);
  if (file->shared != NULL)
    {
      g_mutex_lock (&file->shared->lock);
      code = overlay_flush (file->shared->overlay, &file->disk);
      g_mutex_unlock (&file->shared->lock);
    }
  return code == SQLITE_OK ? file->disk.pMethods->xSync (&file->disk, flags) : code;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *ret_size)
{
  File *file = (File *) base;
  gint64 size = 0;
  int code;

  if (file->shared == NULL)
    return file->disk.pMethods->xFileSize (&file->disk, ret_size);

  g_mutex_lock (&file->shared->lock);
  code = overlay_size (file->shared->overlay, &file->disk, &size);
  g_mutex_unlock (&file->shared->lock);
  *ret_size = size;
  return code;
}

static int
file_lock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->disk.pMethods->xLock (&file->disk, level);
}

static int
file_unlock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->disk.pMethods->xUnlock (&file->disk, level);
}

static int
file_check_reserved_lock (sqlite3_file *base, int *ret_locked)
{
  File *file = (File *) base;

  return file->disk.pMethods->xCheckReservedLock (&file->disk, ret_locked);
}

static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  File *file = (File *) base;

  /* Would make the file on disk longer, or show it as it is. */
  if (file->shared != NULL &&
      (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE ||
       operation == SQLITE_FCNTL_MMAP_SIZE))
    return SQLITE_NOTFOUND;
  return file->disk.pMethods->xFileControl (&file->disk, operation, argument);
}

static int
file_sector_size (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->disk.pMethods->xSectorSize (&file->disk);
}

static int
file_device_characteristics (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->disk.pMethods->xDeviceCharacteristics (&file->disk) & ~SQLITE_IOCAP_BATCH_ATOMIC;
}

static int
file_shm_map (sqlite3_file *base, int region, int size, int extend, void volatile **ret_memory)
{
  File *file = (File *) base;

  return file->disk.pMethods->xShmMap (&file->disk, region, size, extend, ret_memory);
}

static int
file_shm_lock (sqlite3_file *base, int offset, int count, int flags)
{
  File *file = (File *) base;

  return file->disk.pMethods->xShmLock (&file->disk, offset, count, flags);
}

static void
file_shm_barrier (sqlite3_file *base)
{
  File *file = (File *) base;

  file->disk.pMethods->xShmBarrier (&file->disk);
}

static int
file_shm_unmap (sqlite3_file *base, int delete)
{
  File *file = (File *) base;

  return file->disk.pMethods->xShmUnmap (&file->disk, delete);
}

static int
file_fetch (sqlite3_file *base, sqlite3_int64 offset, int length, void **ret_memory)
{
  File *file = (File *) base;

  *ret_memory = NULL;
  if (file->shared != NULL)
    return SQLITE_OK;
  return file->disk.pMethods->xFetch (&file->disk, offset, length, ret_memory);
}

static int
file_unfetch (sqlite3_file *base, sqlite3_int64 offset, void *memory)
{
  File *file = (File *) base;

  if (file->shared != NULL)
    return SQLITE_OK;
  return file->disk.pMethods->xUnfetch (&file->disk, offset, memory);
}

static const sqlite3_io_methods methods = {
  .iVersion = 3,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
  .xFetch = file_fetch,
  .xUnfetch = file_unfetch,
};

static int
vfs_open (sqlite3_vfs *self, const char *path, sqlite3_file *base, int flags, int *ret_flags)
{
  const int kept =
      SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
  File *file = (File *) base;
  int given = flags;
  int code;

  memset (file, 0, sizeof *file);
  code = unix_vfs->xOpen (unix_vfs, path, &file->disk, flags, &given);
  if (ret_flags != NULL)
    *ret_flags = given;
  if (code != SQLITE_OK)
    return code;

  file->base.pMethods = &methods;
  file->writes = (given & SQLITE_OPEN_READWRITE) != 0;
  if (forget != FORGET_NOTHING && path != NULL && (flags & kept) != 0 &&
      (flags & SQLITE_OPEN_DELETEONCLOSE) == 0)
    file->shared = take_shared (path, file->writes);
  return SQLITE_OK;
}

/* Whether an open file holds something that the disk does not know of. */
static gboolean
holds_something (const struct stat *status)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&files_lock);
  Shared *shared = find_shared (status);
  gboolean holds;

  if (shared == NULL)
    return FALSE;

  g_mutex_lock (&shared->lock);
  holds = !overlay_is_clean (shared->overlay) && !overlay_is_empty (shared->overlay);
  g_mutex_unlock (&shared->lock);
  return holds;
}

/* SQLite asks whether a file "exists" and means that it is not empty. */
static int
vfs_access (sqlite3_vfs *self, const char *path, int flags, int *ret_answer)
{
  struct stat status;

  if (flags == SQLITE_ACCESS_EXISTS && stat (path, &status) == 0 && holds_something (&status))
    {
      *ret_answer = 1;
      return SQLITE_OK;
    }
  return unix_vfs->xAccess (unix_vfs, path, flags, ret_answer);
}

static void __attribute__ ((constructor)) install (void)
{
  static sqlite3_vfs vfs;
  const char *what = g_getenv ("GUICHET_VFS_FORGET");
  const char *microseconds = g_getenv ("GUICHET_VFS_DELAY_SYNC_US");

  if (g_strcmp0 (what, "all") == 0)
    forget = FORGET_ALL;
  else if (g_strcmp0 (what, "some") == 0)
    forget = FORGET_SOME;
  else if (what != NULL && *what != '\0')
    g_error ("GUICHET_VFS_FORGET is “all” or “some”");
  ignores_sync = g_strcmp0 (g_getenv ("GUICHET_VFS_SYNC"), "ignore") == 0;
  if (microseconds != NULL)
    delay = strtoul (microseconds, NULL, 10);
  if (forget == FORGET_NOTHING && !ignores_sync && delay == 0)
    return;

  unix_vfs = sqlite3_vfs_find ("unix");
  g_assert (unix_vfs != NULL);

  /* Whatever is not about a file's content works with any VFS as its first argument. */
  vfs = *unix_vfs;
  vfs.pNext = NULL;
  vfs.zName = NAME;
  vfs.szOsFile += (int) sizeof (File);
  vfs.xOpen = vfs_open;
  vfs.xAccess = vfs_access;
  if (sqlite3_vfs_register (&vfs, 1) != SQLITE_OK)
    g_error ("registering the VFS");
}
