/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What buttons and keys do to a request.
 */
#define G_LOG_DOMAIN "guichet-acts"

#include "config.h"

#include "guichet-acts.h"
#include "guichet-error-words.h"

#include <glib/gi18n.h>
#include <string.h>

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) origin = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (guichet_desk_submit_finish (GUICHET_DESK (source), result, &error))
    return;
  g_warning ("a command could not be kept: %s", error->message);
  sentence = guichet_error_words (error);
  gtk_widget_activate_action (origin, "win.toast", "s", sentence);
}

void
guichet_acts_submit (GtkWidget *origin, GuichetDesk *desk, GuichetCommand *command)
{
  g_return_if_fail (GTK_IS_WIDGET (origin));
  g_return_if_fail (command != NULL && command->reference != NULL);

  /* Not to be cancelled: once asked for, it is done, whatever becomes of the page. */
  guichet_desk_submit (desk, command, NULL, submitted_cb, g_object_ref (origin));
}

static GuichetCommand *
command_new (GuichetCommandKind kind, const char *reference)
{
  GuichetCommand *command = guichet_command_new (kind);

  command->reference = g_strdup (reference);
  return command;
}

static void
act (GtkWidget *origin, GuichetDesk *desk, GuichetCommandKind kind, const char *reference)
{
  g_autoptr (GuichetCommand) command = command_new (kind, reference);

  guichet_acts_submit (origin, desk, command);
}

void
guichet_acts_claim (GtkWidget *origin, GuichetDesk *desk, const char *reference)
{
  act (origin, desk, GUICHET_COMMAND_CLAIM, reference);
}

void
guichet_acts_release (GtkWidget *origin, GuichetDesk *desk, const char *reference)
{
  act (origin, desk, GUICHET_COMMAND_RELEASE, reference);
}

void
guichet_acts_unblock (GtkWidget *origin, GuichetDesk *desk, const char *reference)
{
  act (origin, desk, GUICHET_COMMAND_UNBLOCK, reference);
}

void
guichet_acts_assign (GtkWidget *origin,
                     GuichetDesk *desk,
                     const char *reference,
                     gint64 seen,
                     const char *login,
                     const char *reason)
{
  g_autoptr (GuichetCommand) command = command_new (GUICHET_COMMAND_ASSIGN, reference);

  command->expected_version = seen;
  command->to = g_strdup (login);
  if (reason != NULL && reason[0] != '\0')
    command->text = g_strdup (reason);
  guichet_acts_submit (origin, desk, command);
}

void
guichet_acts_note (GtkWidget *origin, GuichetDesk *desk, const char *reference, const char *text)
{
  g_autoptr (GuichetCommand) command = command_new (GUICHET_COMMAND_NOTE, reference);

  command->text = g_strdup (text);
  guichet_acts_submit (origin, desk, command);
}

void
guichet_acts_resend (GtkWidget *origin,
                     GuichetDesk *desk,
                     const char *reference,
                     const char *notification)
{
  g_autoptr (GuichetCommand) command = command_new (GUICHET_COMMAND_RESEND_NOTIFICATION, reference);

  command->notification = g_strdup (notification);
  guichet_acts_submit (origin, desk, command);
}

/* Attaching a document */

typedef struct
{
  char *reference;
  gint64 seen; /* version that was looked at */
  GFile *file;
  char *name; /* (nullable): as people see it */
} Attach;

static void look_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void load_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void kept_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
attach_free (Attach *self)
{
  g_free (self->reference);
  g_object_unref (self->file);
  g_free (self->name);
  g_free (self);
}

static void
refuse (GTask *task, const char *sentence)
{
  g_task_return_new_error (task, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_REFUSED, "%s", sentence);
}

void
guichet_acts_attach_async (GuichetDesk *desk,
                           const char *reference,
                           gint64 seen,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  Attach *attach = g_new0 (Attach, 1);

  attach->reference = g_strdup (reference);
  attach->seen = seen;
  attach->file = g_object_ref (file);
  g_task_set_source_tag (task, guichet_acts_attach_async);
  g_task_set_task_data (task, attach, (GDestroyNotify) attach_free);
  g_file_query_info_async (file,
                           G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME
                           "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT,
                           cancellable,
                           look_cb,
                           g_steal_pointer (&task));
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  Attach *attach = g_task_get_task_data (task);

  if (info == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      refuse (task, _ ("This is not a file."));
      return;
    }
  if (g_file_info_get_size (info) > GUICHET_DOCUMENT_MAX)
    {
      g_autofree char *limit = g_format_size_full (GUICHET_DOCUMENT_MAX, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *sentence =
          /* Translators: %s is a size: "8.0 MiB". */
          g_strdup_printf (_ ("This document is too large; the limit is %s."), limit);

      refuse (task, sentence);
      return;
    }
  attach->name = g_strdup (g_file_info_get_display_name (info));
  g_file_load_bytes_async (attach->file,
                           g_task_get_cancellable (task),
                           load_cb,
                           g_object_ref (task));
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autoptr (GuichetCommand) command = NULL;
  Attach *attach = g_task_get_task_data (task);
  gsize size;
  const char *data;

  if (content == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  data = g_bytes_get_data (content, &size);
  if (size < 5 || memcmp (data, "%PDF-", 5) != 0)
    {
      refuse (task, _ ("This file is not a PDF document."));
      return;
    }
  command = command_new (GUICHET_COMMAND_ATTACH_DOCUMENT, attach->reference);
  command->expected_version = attach->seen;
  command->document_name = g_steal_pointer (&attach->name);
  command->document = g_steal_pointer (&content);
  guichet_desk_submit (g_task_get_source_object (task),
                       command,
                       NULL,
                       kept_cb,
                       g_object_ref (task));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (guichet_desk_submit_finish (GUICHET_DESK (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

gboolean
guichet_acts_attach_finish (GuichetDesk *desk, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
