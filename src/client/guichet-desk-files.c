/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the desk keeps what.
 *
 *   desk.ini                  last server and login
 *   mirrors/IDENTITY.db       one clerk at one server
 *   outboxes/IDENTITY.db      likewise; outlives the mirror
 */
#define G_LOG_DOMAIN "guichet-desk-files"

#include "config.h"

#include "guichet-desk-private.h"

#include <glib/gstdio.h>

#define GROUP "session"
#define IDENTITY_LENGTH 32

/* Names of files say neither who nor where. */
static char *
identity (const char *server, const char *login)
{
  g_autofree char *both = g_strconcat (server, "\n", login, NULL);
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  digest[IDENTITY_LENGTH] = '\0';
  return digest;
}

static char *
path_of (GuichetDesk *self, const char *folder, const char *server, const char *login)
{
  g_autofree char *id = identity (server, login);
  g_autofree char *name = g_strconcat (id, ".db", NULL);

  return g_build_filename (self->data_dir, folder, name, NULL);
}

char *
_guichet_desk_mirror_path (GuichetDesk *self, const char *server, const char *login)
{
  return path_of (self, "mirrors", server, login);
}

char *
_guichet_desk_outbox_path (GuichetDesk *self, const char *server, const char *login)
{
  return path_of (self, "outboxes", server, login);
}

void
_guichet_desk_make_folders (GuichetDesk *self)
{
  static const char *const names[] = { "mirrors", "outboxes" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->data_dir, names[i], NULL);

      /* What cannot be made shows when a file in it cannot. */
      if (g_mkdir_with_parents (path, 0700) != 0)
        g_warning ("%s cannot be made: %s", path, g_strerror (errno));
    }
}

void
_guichet_desk_recall (GuichetDesk *self)
{
  g_autofree char *path = g_build_filename (self->data_dir, "desk.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return;
  self->server = g_key_file_get_string (file, GROUP, "server", NULL);
  self->login = g_key_file_get_string (file, GROUP, "login", NULL);
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_warning ("the address of the server cannot be remembered: %s", error->message);
}

void
_guichet_desk_remember (GuichetDesk *self)
{
  g_autofree char *path = g_build_filename (self->data_dir, "desk.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;
  char *data;

  g_key_file_set_string (keys, GROUP, "server", self->server);
  g_key_file_set_string (keys, GROUP, "login", self->login);
  data = g_key_file_to_data (keys, &length, NULL);
  bytes = g_bytes_new_take (data, length);
  /* A desk that ended before would leave a thread behind that writes into its folder. */
  g_file_replace_contents_bytes_async (file,
                                       bytes,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL,
                                       remembered_cb,
                                       g_object_ref (self));
}

/* Other people's mirrors */

typedef struct
{
  GuichetDesk *desk; /* (owned) */
  char *mine;        /* (owned): how the names of the files begin that stay */
  guint references;
} Wipe;

static Wipe *
wipe_ref (Wipe *wipe)
{
  wipe->references++;
  return wipe;
}

static void
wipe_unref (Wipe *wipe)
{
  if (--wipe->references > 0)
    return;
  wipe->desk->n_wiping--;
  _guichet_desk_update_unfinished (wipe->desk);
  g_object_unref (wipe->desk);
  g_free (wipe->mine);
  g_free (wipe);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wipe, wipe_unref)

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wipe) wipe = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_warning ("somebody else's local copy cannot be deleted: %s", error->message);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wipe) wipe = user_data;
  GFileEnumerator *names = G_FILE_ENUMERATOR (source);
  GList *infos = g_file_enumerator_next_files_finish (names, result, NULL);

  for (GList *l = infos; l != NULL; l = l->next)
    {
      const char *name = g_file_info_get_name (l->data);
      g_autoptr (GFile) file = NULL;

      if (g_str_has_prefix (name, wipe->mine))
        continue;
      file = g_file_get_child (g_file_enumerator_get_container (names), name);
      g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, deleted_cb, wipe_ref (wipe));
    }
  g_list_free_full (infos, g_object_unref);
}

static void
enumerated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wipe) wipe = user_data;
  g_autoptr (GFileEnumerator) names =
      g_file_enumerate_children_finish (G_FILE (source), result, NULL);

  if (names != NULL)
    g_file_enumerator_next_files_async (names,
                                        G_MAXINT,
                                        G_PRIORITY_DEFAULT,
                                        NULL,
                                        listed_cb,
                                        wipe_ref (wipe));
}

void
_guichet_desk_wipe_others (GuichetDesk *self, const char *server, const char *login)
{
  g_autofree char *path = g_build_filename (self->data_dir, "mirrors", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  Wipe *wipe = g_new0 (Wipe, 1);

  wipe->desk = g_object_ref (self);
  wipe->mine = identity (server, login);
  self->n_wiping++;
  _guichet_desk_update_unfinished (self);
  g_file_enumerate_children_async (folder,
                                   G_FILE_ATTRIBUTE_STANDARD_NAME,
                                   G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                   G_PRIORITY_DEFAULT,
                                   NULL,
                                   enumerated_cb,
                                   wipe_ref (wipe));
}
