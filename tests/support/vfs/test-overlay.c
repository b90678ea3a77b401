/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay.h"

#include <string.h>

#define SIZE_MAX_TRIED 40000

/* A disk in memory. */
typedef struct
{
  sqlite3_file base;
  GByteArray *bytes;
} Disk;

static int
disk_read (sqlite3_file *base, void *data, int length, sqlite3_int64 offset)
{
  Disk *disk = (Disk *) base;
  int there = (int) CLAMP ((gint64) disk->bytes->len - offset, 0, length);

  memset (data, 0, (gsize) length);
  if (there > 0)
    memcpy (data, disk->bytes->data + offset, (gsize) there);
  return there < length ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static void
resize (GByteArray *bytes, gsize size)
{
  gsize before = bytes->len;

  g_byte_array_set_size (bytes, (guint) size);
  if (size > before)
    memset (bytes->data + before, 0, size - before);
}

static void
put (GByteArray *bytes, const void *data, int length, gint64 offset)
{
  if (bytes->len < offset + length)
    resize (bytes, (gsize) (offset + length));
  memcpy (bytes->data + offset, data, (gsize) length);
}

static int
disk_write (sqlite3_file *base, const void *data, int length, sqlite3_int64 offset)
{
  put (((Disk *) base)->bytes, data, length, offset);
  return SQLITE_OK;
}

static int
disk_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  resize (((Disk *) base)->bytes, (gsize) size);
  return SQLITE_OK;
}

static int
disk_size (sqlite3_file *base, sqlite3_int64 *ret_size)
{
  *ret_size = ((Disk *) base)->bytes->len;
  return SQLITE_OK;
}

static const sqlite3_io_methods disk_methods = {
  .iVersion = 1,
  .xRead = disk_read,
  .xWrite = disk_write,
  .xTruncate = disk_truncate,
  .xFileSize = disk_size,
};

static void
check_read (Overlay *overlay, Disk *disk, GByteArray *model)
{
  int length = g_test_rand_int_range (1, 10000);
  gint64 offset = g_test_rand_int_range (0, SIZE_MAX_TRIED + 100);
  int there = (int) CLAMP ((gint64) model->len - offset, 0, length);
  g_autofree guint8 *data = g_malloc ((gsize) length);
  gint64 size;
  int code = overlay_read (overlay, &disk->base, data, length, offset);

  g_assert_cmpint (code, ==, there < length ? SQLITE_IOERR_SHORT_READ : SQLITE_OK);
  if (there > 0)
    g_assert_cmpmem (data, there, model->data + offset, there);
  for (int i = there; i < length; i++)
    g_assert_cmpuint (data[i], ==, 0);
  g_assert_cmpint (overlay_size (overlay, &disk->base, &size), ==, SQLITE_OK);
  g_assert_cmpint (size, ==, model->len);
}

static void
change (Overlay *overlay, Disk *disk, GByteArray *model, gboolean leak)
{
  if (g_test_rand_int_range (0, 6) == 0)
    {
      gint64 size = g_test_rand_int_range (0, SIZE_MAX_TRIED);

      g_assert_cmpint (overlay_truncate (overlay, &disk->base, size), ==, SQLITE_OK);
      resize (model, (gsize) size);
    }
  else
    {
      int length = g_test_rand_int_range (1, 9000);
      gint64 offset = g_test_rand_int_range (0, SIZE_MAX_TRIED - length);
      g_autofree guint8 *data = g_malloc ((gsize) length);

      memset (data, g_test_rand_int_range (1, 256), (gsize) length);
      g_assert_cmpint (overlay_write (overlay, &disk->base, data, length, offset, leak),
                       ==,
                       SQLITE_OK);
      put (model, data, length, offset);
    }
}

/*
 * Whatever is done, the program reads what it wrote; the disk has what was flushed, and, unless
 * it leaks, nothing else.
 */
static void
test_random (gconstpointer user_data)
{
  gboolean leak = GPOINTER_TO_INT (user_data);

  for (guint round = 0; round < 30; round++)
    {
      Overlay *overlay = overlay_new ();
      Disk disk = { .base.pMethods = &disk_methods, .bytes = g_byte_array_new () };
      g_autoptr (GByteArray) model = g_byte_array_new ();
      g_autoptr (GByteArray) flushed = g_byte_array_new ();

      for (guint step = 0; step < 200; step++)
        {
          if (g_test_rand_int_range (0, 10) == 0)
            {
              g_assert_cmpint (overlay_flush (overlay, &disk.base), ==, SQLITE_OK);
              g_assert_true (overlay_is_clean (overlay));
              g_assert_cmpmem (disk.bytes->data, disk.bytes->len, model->data, model->len);
              g_byte_array_set_size (flushed, 0);
              g_byte_array_append (flushed, model->data, model->len);
            }
          else if (g_test_rand_bit ())
            change (overlay, &disk, model, leak);
          check_read (overlay, &disk, model);
          if (!leak)
            g_assert_cmpmem (disk.bytes->data, disk.bytes->len, flushed->data, flushed->len);
        }
      overlay_free (overlay);
      g_byte_array_unref (disk.bytes);
    }
}

/* What was cut off is gone for good, though the disk still has it until the flush. */
static void
test_cut_and_grown (void)
{
  Overlay *overlay = overlay_new ();
  Disk disk = { .base.pMethods = &disk_methods, .bytes = g_byte_array_new () };
  guint8 data[100];

  memset (data, 'x', sizeof data);
  put (disk.bytes, data, sizeof data, 0);
  g_assert_cmpint (overlay_truncate (overlay, &disk.base, 10), ==, SQLITE_OK);
  g_assert_cmpint (overlay_write (overlay, &disk.base, data, 1, 99, FALSE), ==, SQLITE_OK);
  g_assert_cmpint (overlay_read (overlay, &disk.base, data, 100, 0), ==, SQLITE_OK);
  g_assert_cmpuint (data[9], ==, 'x');
  g_assert_cmpuint (data[10], ==, 0);
  g_assert_cmpuint (data[98], ==, 0);
  g_assert_cmpuint (data[99], ==, 'x');
  g_assert_cmpuint (disk.bytes->data[50], ==, 'x');

  g_assert_cmpint (overlay_flush (overlay, &disk.base), ==, SQLITE_OK);
  g_assert_cmpmem (disk.bytes->data, disk.bytes->len, data, 100);
  overlay_free (overlay);
  g_byte_array_unref (disk.bytes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/vfs/overlay/forgets-all", GINT_TO_POINTER (FALSE), test_random);
  g_test_add_data_func ("/vfs/overlay/forgets-some", GINT_TO_POINTER (TRUE), test_random);
  g_test_add_func ("/vfs/overlay/cut-and-grown", test_cut_and_grown);

  return g_test_run ();
}
