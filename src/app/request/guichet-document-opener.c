/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opens a document in the program that shows PDFs.
 */
#define G_LOG_DOMAIN "guichet-document-opener"

#include "config.h"

#include "guichet-document-opener.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

struct _GuichetDocumentOpener
{
  GObject parent_instance;

  /* Owned */
  GuichetDesk *desk;
  char *folder;     /* (nullable): made with the first document */
  GPtrArray *files; /* of GFile: copies to be removed */
};

/* One document on its way. */
typedef struct
{
  /* Input */
  GtkWindow *parent; /* (owned) */
  char *name;        /* (owned): as people see it */

  /* In progress */
  GFile *file; /* (owned) (nullable): the copy */
} Open;

G_DEFINE_FINAL_TYPE (GuichetDocumentOpener, guichet_document_opener, G_TYPE_OBJECT)

static void fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void written_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void shown_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
open_free (Open *self)
{
  g_object_unref (self->parent);
  g_free (self->name);
  g_clear_object (&self->file);
  g_free (self);
}

static gboolean
make_folder (GuichetDocumentOpener *self, GError **error)
{
  g_autofree char *pattern = NULL;

  if (self->folder != NULL)
    return TRUE;
  /* Mode 0700, and on most systems in memory only. */
  pattern = g_build_filename (g_get_user_runtime_dir (), "guichetier-XXXXXX", NULL);
  if (g_mkdtemp (pattern) == NULL)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (errno),
                   "making a folder for documents: %s",
                   g_strerror (errno));
      return FALSE;
    }
  self->folder = g_steal_pointer (&pattern);
  return TRUE;
}

/* The name comes from a file on somebody's disk: only its last part, and nothing hidden. */
static char *
safe_name (const char *name, guint number)
{
  g_autofree char *base = g_path_get_basename (name);

  g_strdelimit (base, "/\\:*?\"<>|\n\r\t", '_');
  return g_strdup_printf ("%u-%s%s", number, base, g_str_has_suffix (base, ".pdf") ? "" : ".pdf");
}

void
guichet_document_opener_open_async (GuichetDocumentOpener *self,
                                    GtkWindow *parent,
                                    const char *reference,
                                    const char *document,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Open *operation = g_new0 (Open, 1);

  operation->parent = g_object_ref (parent);
  operation->name = g_strdup (name);
  g_task_set_source_tag (task, guichet_document_opener_open_async);
  g_task_set_task_data (task, operation, (GDestroyNotify) open_free);
  guichet_desk_fetch_document_async (self->desk,
                                     reference,
                                     document,
                                     cancellable,
                                     fetched_cb,
                                     g_object_ref (task));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetDocumentOpener *self = g_task_get_source_object (task);
  Open *operation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content =
      guichet_desk_fetch_document_finish (GUICHET_DESK (source), result, &error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (content == NULL || !make_folder (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  name = safe_name (operation->name, self->files->len + 1);
  path = g_build_filename (self->folder, name, NULL);
  operation->file = g_file_new_for_path (path);
  g_ptr_array_add (self->files, g_object_ref (operation->file));
  g_file_replace_contents_bytes_async (operation->file,
                                       content,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_PRIVATE,
                                       g_task_get_cancellable (task),
                                       written_cb,
                                       g_object_ref (task));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Open *operation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  uri = g_file_get_uri (operation->file);
  gtk_show_uri_full (operation->parent,
                     uri,
                     GDK_CURRENT_TIME,
                     g_task_get_cancellable (task),
                     shown_cb,
                     g_object_ref (task));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

gboolean
guichet_document_opener_open_finish (GuichetDocumentOpener *self,
                                     GAsyncResult *result,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
guichet_document_opener_finalize (GObject *object)
{
  GuichetDocumentOpener *self = GUICHET_DOCUMENT_OPENER (object);

  guichet_document_opener_forget (self);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (guichet_document_opener_parent_class)->finalize (object);
}

static void
guichet_document_opener_class_init (GuichetDocumentOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_document_opener_finalize;
}

static void
guichet_document_opener_init (GuichetDocumentOpener *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
}

GuichetDocumentOpener *
guichet_document_opener_new (GuichetDesk *desk)
{
  GuichetDocumentOpener *self = g_object_new (GUICHET_TYPE_DOCUMENT_OPENER, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

void
guichet_document_opener_forget (GuichetDocumentOpener *self)
{
  g_return_if_fail (GUICHET_IS_DOCUMENT_OPENER (self));

  for (guint i = 0; i < self->files->len; i++)
    g_unlink (g_file_peek_path (g_ptr_array_index (self->files, i)));
  g_ptr_array_set_size (self->files, 0);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
}
