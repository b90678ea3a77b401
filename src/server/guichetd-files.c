/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folders of data that the daemon and its tool read at start.
 */
#define G_LOG_DOMAIN "guichetd-files"

#include "config.h"

#include "guichetd-files.h"

/* Bytes of one file: a mistaken path must not fill the memory. */
#define FILE_MAX (1024 * 1024)

static gboolean
read_file (GHashTable *files, const char *path, const char *name, GError **error)
{
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (length > FILE_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is larger than a MiB", path);
      g_free (text);
      return FALSE;
    }
  g_hash_table_insert (files, g_strdup (name), g_bytes_new_take (text, length));
  return TRUE;
}

/* Reads what lies in @folder and ends in one of @endings, under its name with @prefix before it. */
static gboolean
read_folder (GHashTable *files,
             const char *folder,
             const char *prefix,
             const char *const *endings,
             GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *full = g_strconcat (prefix, name, NULL);
      gboolean wanted = FALSE;

      for (guint i = 0; endings[i] != NULL; i++)
        wanted = wanted || g_str_has_suffix (name, endings[i]);
      if (wanted && name[0] != '.' && !read_file (files, path, full, error))
        return FALSE;
    }
  return TRUE;
}

static GHashTable *
files_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

GuichetCatalogue *
guichetd_files_read_catalogue (const char *folder, GError **error)
{
  static const char *const parts[] = { "", "procedures", "flows", "blocks" };
  static const char *const endings[] = { ".json", NULL };
  g_autoptr (GHashTable) files = files_new ();
  GuichetCatalogue *catalogue;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (folder, parts[i], NULL);
      g_autofree char *prefix =
          *parts[i] != '\0' ? g_strconcat (parts[i], "/", NULL) : g_strdup ("");

      if (!read_folder (files, path, prefix, endings, error))
        return NULL;
    }

  catalogue = guichet_catalogue_new (files, error);
  if (catalogue == NULL)
    g_prefix_error (error, "the catalogue in %s:\n", folder);
  return catalogue;
}

GuichetTexts *
guichetd_files_read_texts (const char *folder, const GuichetCatalogue *catalogue, GError **error)
{
  static const char *const endings[] = { ".txt", ".html", NULL };
  g_autoptr (GHashTable) files = files_new ();
  GuichetTexts *texts;

  if (!read_folder (files, folder, "", endings, error))
    return NULL;

  texts = guichet_texts_new (files, catalogue, error);
  if (texts == NULL)
    g_prefix_error (error, "the texts in %s:\n", folder);
  return texts;
}
