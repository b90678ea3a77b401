/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "counting-vfs.h"

#include <sqlite3.h>

static sqlite3_vfs *real_vfs;
static sqlite3_vfs counting_vfs;
guint n_flushes;

/* SQLite has methods for files with locks and others for those without. */
static struct
{
  const sqlite3_io_methods *real;
  sqlite3_io_methods counting;
} method_sets[8];

static gsize
find_methods (const sqlite3_io_methods *methods)
{
  for (gsize i = 0; i < G_N_ELEMENTS (method_sets); i++)
    if (method_sets[i].real == methods || method_sets[i].real == NULL ||
        &method_sets[i].counting == methods)
      return i;
  g_assert_not_reached ();
}

static int
count_flush (sqlite3_file *file, int flags)
{
  n_flushes++;
  return method_sets[find_methods (file->pMethods)].real->xSync (file, flags);
}

static int
open_counting (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  const int code = real_vfs->xOpen (real_vfs, name, file, flags, out_flags);
  gsize i;

  if (file->pMethods == NULL)
    return code;
  i = find_methods (file->pMethods);
  method_sets[i].real = file->pMethods;
  method_sets[i].counting = *file->pMethods;
  method_sets[i].counting.xSync = count_flush;
  file->pMethods = &method_sets[i].counting;
  return code;
}

void
count_flushes (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  counting_vfs = *real_vfs;
  counting_vfs.zName = "counting";
  counting_vfs.xOpen = open_counting;
  g_assert_cmpint (sqlite3_vfs_register (&counting_vfs, 1), ==, SQLITE_OK);
}
