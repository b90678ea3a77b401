/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The temporary folders of tests.
 */
#include "config.h"

#include "folder.h"

#include <glib/gstdio.h>

void
folder_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        folder_remove (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}
