/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file's unflushed writes, in blocks over what is on the disk.
 */
#define G_LOG_DOMAIN "guichet-overlay"

#include "config.h"

#include "overlay.h"

#include <string.h>

#define BLOCK 4096
#define SECTOR 512

struct _Overlay
{
  gboolean clean;
  gint64 size;        /* as the program sees it */
  gint64 disk_valid;  /* what the disk holds from here on has been cut off since */
  GHashTable *blocks; /* (owned): number → BLOCK bytes, each whole */
};

Overlay *
overlay_new (void)
{
  Overlay *self = g_new0 (Overlay, 1);

  self->clean = TRUE;
  self->blocks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
overlay_free (Overlay *self)
{
  g_hash_table_unref (self->blocks);
  g_free (self);
}

gboolean
overlay_is_clean (const Overlay *self)
{
  return self->clean;
}

gboolean
overlay_is_empty (const Overlay *self)
{
  return self->size == 0;
}

static int
make_dirty (Overlay *self, sqlite3_file *disk)
{
  sqlite3_int64 size = 0;
  int code;

  if (!self->clean)
    return SQLITE_OK;

  code = disk->pMethods->xFileSize (disk, &size);
  if (code != SQLITE_OK)
    return code;
  self->size = size;
  self->disk_valid = size;
  self->clean = FALSE;
  return SQLITE_OK;
}

/* Reads what still counts on the disk; the rest is zeros. */
static int
read_disk (Overlay *self, sqlite3_file *disk, guint8 *data, int length, gint64 offset)
{
  int there = (int) CLAMP (self->disk_valid - offset, 0, length);
  int code = SQLITE_OK;

  memset (data, 0, (gsize) length);
  if (there > 0)
    code = disk->pMethods->xRead (disk, data, there, offset);
  return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

static int
find_block (Overlay *self, sqlite3_file *disk, gint64 number, guint8 **ret_block)
{
  guint8 *block = g_hash_table_lookup (self->blocks, &number);
  int code;

  *ret_block = block;
  if (block != NULL)
    return SQLITE_OK;

  block = g_malloc (BLOCK);
  code = read_disk (self, disk, block, BLOCK, number * BLOCK);
  if (code != SQLITE_OK)
    {
      g_free (block);
      return code;
    }
  g_hash_table_insert (self->blocks, g_memdup2 (&number, sizeof number), block);
  *ret_block = block;
  return SQLITE_OK;
}

/* Disks write sectors in an order of their own: any of them may be there after a cut. */
static void
leak_some (sqlite3_file *disk, const guint8 *data, int length, gint64 offset)
{
  int done = 0;

  while (done < length)
    {
      int piece = MIN (length - done, SECTOR - (int) ((offset + done) % SECTOR));

      if (g_random_boolean ())
        disk->pMethods->xWrite (disk, data + done, piece, offset + done);
      done += piece;
    }
}

int
overlay_write (Overlay *self,
               sqlite3_file *disk,
               const guint8 *data,
               int length,
               gint64 offset,
               gboolean leak)
{
  int done = 0;
  int code = make_dirty (self, disk);

  while (code == SQLITE_OK && done < length)
    {
      gint64 at = offset + done;
      int inside = (int) (at % BLOCK);
      int piece = MIN (length - done, BLOCK - inside);
      guint8 *block;

      code = find_block (self, disk, at / BLOCK, &block);
      if (code != SQLITE_OK)
        break;
      memcpy (block + inside, data + done, (gsize) piece);
      done += piece;
    }
  if (code != SQLITE_OK)
    return code;

  self->size = MAX (self->size, offset + length);
  if (leak)
    leak_some (disk, data, length, offset);
  return SQLITE_OK;
}

static gboolean
is_beyond (gpointer key, gpointer value, gpointer user_data)
{
  return *(gint64 *) key * BLOCK >= *(gint64 *) user_data;
}

int
overlay_truncate (Overlay *self, sqlite3_file *disk, gint64 size)
{
  gint64 last = size / BLOCK;
  guint8 *block;
  int code = make_dirty (self, disk);

  if (code != SQLITE_OK)
    return code;

  g_hash_table_foreach_remove (self->blocks, is_beyond, &size);
  block = g_hash_table_lookup (self->blocks, &last);
  if (block != NULL)
    memset (block + size % BLOCK, 0, (gsize) (BLOCK - size % BLOCK));
  self->size = size;
  self->disk_valid = MIN (self->disk_valid, size);
  return SQLITE_OK;
}

int
overlay_read (Overlay *self, sqlite3_file *disk, guint8 *data, int length, gint64 offset)
{
  int there;
  int done = 0;
  int code;

  if (self->clean)
    return disk->pMethods->xRead (disk, data, length, offset);

  code = read_disk (self, disk, data, length, offset);
  while (code == SQLITE_OK && done < length)
    {
      gint64 number = (offset + done) / BLOCK;
      int inside = (int) ((offset + done) % BLOCK);
      int piece = MIN (length - done, BLOCK - inside);
      const guint8 *block = g_hash_table_lookup (self->blocks, &number);

      if (block != NULL)
        memcpy (data + done, block + inside, (gsize) piece);
      done += piece;
    }
  if (code != SQLITE_OK)
    return code;

  there = (int) CLAMP (self->size - offset, 0, length);
  memset (data + there, 0, (gsize) (length - there));
  return there < length ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int
overlay_size (Overlay *self, sqlite3_file *disk, gint64 *ret_size)
{
  sqlite3_int64 size = self->size;
  int code = SQLITE_OK;

  if (self->clean)
    code = disk->pMethods->xFileSize (disk, &size);
  *ret_size = size;
  return code;
}

/* What was cut off since the last flush goes, before what was written there comes. */
static int
cut_disk (Overlay *self, sqlite3_file *disk)
{
  sqlite3_int64 size = 0;
  int code = disk->pMethods->xFileSize (disk, &size);

  if (code == SQLITE_OK && size > self->disk_valid)
    code = disk->pMethods->xTruncate (disk, self->disk_valid);
  return code;
}

static int
write_block (Overlay *self, sqlite3_file *disk, const guint8 *block, gint64 offset)
{
  int length = (int) CLAMP (self->size - offset, 0, BLOCK);

  return length > 0 ? disk->pMethods->xWrite (disk, block, length, offset) : SQLITE_OK;
}

/* A file may also have been made longer without being written to. */
static int
grow_disk (Overlay *self, sqlite3_file *disk)
{
  sqlite3_int64 size = 0;
  int code = disk->pMethods->xFileSize (disk, &size);

  if (code == SQLITE_OK && size < self->size)
    code = disk->pMethods->xTruncate (disk, self->size);
  return code;
}

int
overlay_flush (Overlay *self, sqlite3_file *disk)
{
  GHashTableIter iter;
  gpointer key, block;
  int code;

  if (self->clean)
    return SQLITE_OK;

  code = cut_disk (self, disk);
  g_hash_table_iter_init (&iter, self->blocks);
  while (code == SQLITE_OK && g_hash_table_iter_next (&iter, &key, &block))
    code = write_block (self, disk, block, *(gint64 *) key * BLOCK);
  if (code == SQLITE_OK)
    code = grow_disk (self, disk);
  if (code != SQLITE_OK)
    return code;

  g_hash_table_remove_all (self->blocks);
  self->clean = TRUE;
  return SQLITE_OK;
}
