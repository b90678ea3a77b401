/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages into a maildir: written to tmp, flushed, then renamed into new, so that whoever
 * looks there only ever sees whole messages.
 */
#define G_LOG_DOMAIN "guichetd-maildir"

#include "config.h"

#include "guichetd-maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _GuichetdMaildir
{
  GObject parent_instance;

  char *path;
  guint serial; /* of the message, so that two of one microsecond differ */
};

static void guichetd_maildir_transport_init (GuichetdTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetdMaildir,
                               guichetd_maildir,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUICHETD_TYPE_TRANSPORT,
                                                      guichetd_maildir_transport_init))

static gboolean
fail (const char *doing, const char *path, GError **error)
{
  int code = errno;

  g_set_error (error,
               GUICHETD_MAIL_ERROR,
               GUICHETD_MAIL_ERROR_TEMPORARY,
               "%s %s: %s",
               doing,
               path,
               g_strerror (code));
  return FALSE;
}

static gboolean
write_flushed (const char *path, GBytes *message, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (message, &length);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written = fd >= 0;

  while (written && length > 0)
    {
      gssize done = write (fd, data, length);

      if (done < 0 && errno == EINTR)
        continue;
      written = done > 0;
      data += MAX (done, 0);
      length -= (gsize) MAX (done, 0);
    }

  written = written && fsync (fd) == 0;
  if (!written)
    fail ("writing", path, error);
  if (fd >= 0)
    close (fd);
  return written;
}

static gboolean
flush_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean flushed = fd >= 0 && fsync (fd) == 0;

  if (!flushed)
    fail ("flushing", path, error);
  if (fd >= 0)
    close (fd);
  return flushed;
}

static gboolean
guichetd_maildir_deliver (GuichetdTransport *transport,
                          const char *from,
                          const char *to,
                          GBytes *message,
                          GCancellable *cancellable,
                          GError **error)
{
  GuichetdMaildir *self = GUICHETD_MAILDIR (transport);
  static const char *const folders[] = { "tmp", "new", "cur" };
  g_autofree char *name = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *folder = g_build_filename (self->path, "new", NULL);
  g_autofree char *final = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *made = g_build_filename (self->path, folders[i], NULL);

      if (g_mkdir_with_parents (made, 0700) != 0)
        return fail ("making", made, error);
    }

  name = g_strdup_printf ("%" G_GINT64_FORMAT ".P%dQ%u.%s",
                          g_get_real_time (),
                          (int) getpid (),
                          self->serial++,
                          g_get_host_name ());
  draft = g_build_filename (self->path, "tmp", name, NULL);
  final = g_build_filename (folder, name, NULL);

  if (!write_flushed (draft, message, error))
    {
      g_unlink (draft);
      return FALSE;
    }
  if (g_rename (draft, final) != 0)
    {
      fail ("moving", draft, error);
      g_unlink (draft);
      return FALSE;
    }

  return flush_folder (folder, error);
}

static void
guichetd_maildir_transport_init (GuichetdTransportInterface *iface)
{
  iface->deliver = guichetd_maildir_deliver;
}

static void
guichetd_maildir_finalize (GObject *object)
{
  GuichetdMaildir *self = GUICHETD_MAILDIR (object);

  g_free (self->path);

  G_OBJECT_CLASS (guichetd_maildir_parent_class)->finalize (object);
}

static void
guichetd_maildir_class_init (GuichetdMaildirClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichetd_maildir_finalize;
}

static void
guichetd_maildir_init (GuichetdMaildir *self)
{
}

/* What a daemon was writing when it was killed: it is written anew, and no purge would find it. */
static void
remove_drafts (const char *path)
{
  g_autofree char *folder = g_build_filename (path, "tmp", NULL);
  g_autofree char *ours = g_strconcat (".", g_get_host_name (), NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *draft = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ours))
        g_unlink (draft);
    }
}

GuichetdTransport *
guichetd_maildir_new (const char *path)
{
  GuichetdMaildir *self = g_object_new (GUICHETD_TYPE_MAILDIR, NULL);

  self->path = g_strdup (path);
  remove_drafts (path);
  return GUICHETD_TRANSPORT (self);
}
