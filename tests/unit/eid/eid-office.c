/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The maker of cards is tests/support/eid_cards.py.
 */
#include "config.h"

#include "eid-office.h"
#include "folder.h"

#include <glib/gstdio.h>

void
eid_office_open (EidOffice *self)
{
  g_autofree char *python = g_strdup ("/usr/bin/python3");
  g_autofree char *maker = g_strdup (g_getenv ("EID_CARD_MAKER"));
  g_autoptr (GError) error = NULL;
  char *argv[] = { python, (char *) "-W", (char *) "ignore", maker, NULL, NULL };
  int status = -1;

  self->folder = g_dir_make_tmp ("guichet-eid-XXXXXX", &error);
  g_assert_no_error (error);
  argv[4] = self->folder;
  g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  self->roots = eid_roots_new ();
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name =
          i < 3 ? g_strdup_printf ("root%u.der", i) : g_strdup ("test-root.der");
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_true (eid_roots_load (self->roots, path, i == 3, &error));
      g_assert_no_error (error);
    }
}

void
eid_office_close (EidOffice *self)
{
  folder_remove (self->folder);
  g_free (self->folder);
  eid_roots_unref (self->roots);
}

GBytes *
eid_office_load (EidOffice *self, const char *profile, const char *word)
{
  g_autofree char *path = g_build_filename (self->folder, profile, word, NULL);
  char *content;
  gsize size;

  return g_file_get_contents (path, &content, &size, NULL) ? g_bytes_new_take (content, size)
                                                           : NULL;
}

EidFiles *
eid_office_load_card (EidOffice *self, const char *profile)
{
  EidFiles *files = eid_files_new ();

  for (guint file = 0; file < EID_N_FILES; file++)
    {
      g_autoptr (GBytes) bytes = eid_office_load (self, profile, eid_file_word ((EidFile) file));

      eid_files_set (files, (EidFile) file, bytes);
    }
  g_assert_nonnull (eid_files_get (files, EID_FILE_IDENTITY));
  return files;
}
