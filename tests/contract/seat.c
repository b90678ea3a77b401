/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desk for tests.
 */
#include "config.h"

#include "seat.h"

#include "guichet-desk-private.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <string.h>

void
reply_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reply *reply = user_data;

  reply->calls++;
  g_assert_cmpuint (reply->calls, ==, 1);
  reply->result = g_object_ref (result);
}

GAsyncResult *
reply_wait (Reply *self)
{
  wait_until (self->calls > 0);
  return g_steal_pointer (&self->result);
}

void
seat_return (Seat *self)
{
  g_assert_null (self->desk);
  self->desk = guichet_desk_new (self->clock, self->folder);
  g_object_add_weak_pointer (G_OBJECT (self->desk), (gpointer *) &self->desk);
}

void
seat_open (Seat *self)
{
  g_autoptr (GError) error = NULL;

  *self = (Seat){ 0 };
  self->folder = g_dir_make_tmp ("guichet-seat-XXXXXX", &error);
  g_assert_no_error (error);
  self->clock = guichet_clock_new ();
  seat_return (self);
}

void
seat_leave (Seat *self)
{
  g_object_unref (self->desk);
  wait_until (self->desk == NULL);
}

void
seat_close (Seat *self)
{
  if (self->desk != NULL)
    seat_leave (self);
  folder_remove (self->folder);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->folder, g_free);
}

/* Coming and going */

gboolean
seat_try_sign_in (Seat *self,
                  const char *server,
                  const char *login,
                  const char *password,
                  GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_sign_in_async (self->desk, server, login, password, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  return guichet_desk_sign_in_finish (self->desk, result, error);
}

void
seat_sign_in (Seat *self, const char *server, const char *login)
{
  g_autoptr (GError) error = NULL;

  seat_try_sign_in (self, server, login, TOWN_PASSWORD, &error);
  g_assert_no_error (error);
}

gboolean
seat_resume (Seat *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_resume_async (self->desk, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  return guichet_desk_resume_finish (self->desk, result, error);
}

gboolean
seat_sign_out (Seat *self, gboolean force, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_sign_out_async (self->desk, force, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  return guichet_desk_sign_out_finish (self->desk, result, error);
}

void
seat_sit_down (Seat *self, const char *server, const char *login)
{
  seat_sign_in (self, server, login);
  wait_until (seat_is (self, GUICHET_DESK_ONLINE) && guichet_feed_get_connected (self->desk->feed));
}

/* What it says */

gboolean
seat_is (Seat *self, GuichetDeskState state)
{
  return guichet_desk_get_state (self->desk) == state;
}

static guint
get_number (Seat *self, const char *property)
{
  guint number;

  g_object_get (self->desk, property, &number, NULL);
  return number;
}

gboolean
seat_is_kept (Seat *self)
{
  gboolean keyring;

  g_object_get (self->desk, "keyring", &keyring, NULL);
  return keyring;
}

guint
seat_pending (Seat *self)
{
  return get_number (self, "pending");
}

guint
seat_held (Seat *self)
{
  return get_number (self, "held");
}

gint64
seat_count (Seat *self, GuichetView view)
{
  return guichet_desk_get_count (self->desk, view, GUICHET_DEPARTMENT_NONE);
}

gint64
seat_version (Seat *self, const char *reference)
{
  GuichetMirror *mirror = self->desk->mirror;
  const guint32 id = mirror != NULL ? guichet_mirror_find_line (mirror, reference) : 0;
  g_autoptr (GuichetLine) line = NULL;
  gboolean changed;

  if (id != 0)
    line = guichet_mirror_read_line (mirror, id, &changed);
  return line != NULL ? line->version : 0;
}

/* Typing */

GuichetCommand *
seat_command (GuichetCommandKind kind, const char *reference)
{
  GuichetCommand *command = guichet_command_new (kind);

  command->reference = g_strdup (reference);
  return command;
}

GuichetCommand *
seat_note (const char *reference, const char *text)
{
  GuichetCommand *command = seat_command (GUICHET_COMMAND_NOTE, reference);

  command->text = g_strdup (text);
  return command;
}

GuichetCommand *
seat_attach (const char *reference)
{
  GuichetCommand *command = seat_command (GUICHET_COMMAND_ATTACH_DOCUMENT, reference);

  command->document_name = g_strdup ("attestation.pdf");
  command->document = g_bytes_new_static (SEAT_PDF, strlen (SEAT_PDF));
  return command;
}

GuichetCommand *
seat_move (const char *reference, const char *to)
{
  GuichetCommand *command = seat_command (GUICHET_COMMAND_MOVE, reference);

  command->to = g_strdup (to);
  return command;
}

char *
seat_type (Seat *self, GuichetCommand *command)
{
  g_autoptr (GuichetCommand) typed = command;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Reply reply = { 0 };

  guichet_desk_submit (self->desk, typed, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  guichet_desk_submit_finish (self->desk, result, &error);
  g_assert_no_error (error);
  return g_strdup (typed->key);
}

GuichetOpenRequest *
seat_open_request (Seat *self, const char *reference)
{
  GuichetOpenRequest *open = guichet_open_request_new (self->desk, reference);

  wait_until (!guichet_open_request_get_loading (open));
  return open;
}

guint
seat_files (Seat *self, const char *folder)
{
  g_autofree char *path = g_build_filename (self->folder, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".db") ? 1 : 0;
  return n;
}

char *
seat_file (Seat *self, const char *folder)
{
  g_autofree char *path = g_build_filename (self->folder, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  char *found = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".db"))
      {
        g_assert_null (found);
        found = g_build_filename (path, name, NULL);
      }
  g_assert_nonnull (found);
  return found;
}

guint
seat_open_files (Seat *self)
{
  g_autofree char *mirrors = g_build_filename (self->folder, "mirrors/", NULL);
  g_autofree char *outboxes = g_build_filename (self->folder, "outboxes/", NULL);
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *path = g_file_read_link (link, NULL);

      if (path != NULL && (g_str_has_prefix (path, mirrors) || g_str_has_prefix (path, outboxes)))
        n++;
    }
  return n;
}

gboolean
seat_mentions (Seat *self, const char *folder, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;

      if (g_file_get_contents (file, &content, &length, NULL))
        found = found || memmem (content, length, text, strlen (text)) != NULL;
    }
  return found;
}
