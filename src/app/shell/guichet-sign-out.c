/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "guichet-sign-out"

#include "config.h"

#include "guichet-sign-out.h"

#include "guichet-error-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define OPERATION "guichet-sign-out"

typedef struct
{
  GtkWindow *window;         /* (owned) */
  GuichetDesk *desk;         /* (owned) */
  GCancellable *cancellable; /* (owned) */
} SigningOut;

static void sign_out (SigningOut *op, gboolean force);

static void
signing_out_free (SigningOut *op)
{
  g_object_unref (op->window);
  g_object_unref (op->desk);
  g_object_unref (op->cancellable);
  g_free (op);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigningOut, signing_out_free)

static void
response_cb (GObject *dialog, const char *response)
{
  g_autoptr (SigningOut) op = g_object_steal_data (dialog, OPERATION);

  if (op != NULL && g_str_equal (response, "sign-out") &&
      !g_cancellable_is_cancelled (op->cancellable))
    sign_out (g_steal_pointer (&op), TRUE);
}

/* @sentence: (transfer full) */
static void
add_paragraph (GString *text, char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", sentence);
  g_free (sentence);
}

/* Empty: there is nothing to ask any more. */
static char *
write_question (GuichetDesk *desk)
{
  const guint n_unsent = guichet_desk_get_n_unsent (desk);
  const guint n_held = guichet_desk_get_held (desk)->len;
  const guint n_read = guichet_desk_get_n_unrecorded (desk);
  GString *text = g_string_new (NULL);

  if (n_unsent > 0)
    add_paragraph (text,
                   g_strdup_printf (ngettext ("%u action has not reached the server yet. It stays "
                                              "on this computer and is sent "
                                              "the next time that you sign in here.",
                                              "%u actions have not reached the server yet. They "
                                              "stay on this computer and are "
                                              "sent the next time that you sign in here.",
                                              n_unsent),
                                    n_unsent));
  if (n_held > 0)
    add_paragraph (text,
                   g_strdup_printf (ngettext ("%u action was given back to you and has not been "
                                              "done. It stays on this computer and waits for you "
                                              "the next time that you sign in here.",
                                              "%u actions were given back to you and have not been "
                                              "done. They stay on this computer and wait for you "
                                              "the next time that you sign in here.",
                                              n_held),
                                    n_held));
  if (n_read > 0)
    add_paragraph (text,
                   g_strdup_printf (ngettext ("%u consultation is not recorded by the server yet. "
                                              "It stays on this computer and is "
                                              "sent the next time that you sign in here.",
                                              "%u consultations are not recorded by the server "
                                              "yet. They stay on this computer and "
                                              "are sent the next time that you sign in here.",
                                              n_read),
                                    n_read));
  return g_string_free (text, FALSE);
}

/* @op: (transfer full) */
static void
ask (SigningOut *op)
{
  g_autofree char *body = write_question (op->desk);
  AdwMessageDialog *dialog;

  if (body[0] == '\0')
    {
      sign_out (op, FALSE);
      return;
    }
  dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (op->window, _ ("Sign out before everything is sent?"), body));
  adw_message_dialog_add_responses (dialog,
                                    "cancel",
                                    _ ("Stay signed in"), "sign-out", _ ("Sign out"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "sign-out", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  g_object_set_data_full (G_OBJECT (dialog), OPERATION, op, (GDestroyNotify) signing_out_free);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SigningOut) op = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (guichet_desk_sign_out_finish (GUICHET_DESK (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    return;
  if (g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNSENT))
    {
      ask (g_steal_pointer (&op));
      return;
    }
  sentence = guichet_error_words (error);
  gtk_widget_activate_action (GTK_WIDGET (op->window), "win.toast", "s", sentence);
}

/* @op: (transfer full) */
static void
sign_out (SigningOut *op, gboolean force)
{
  guichet_desk_sign_out_async (op->desk, force, op->cancellable, signed_out_cb, op);
}

void
guichet_sign_out (GtkWindow *window, GuichetDesk *desk, GCancellable *cancellable)
{
  SigningOut *op = g_new0 (SigningOut, 1);

  op->window = g_object_ref (window);
  op->desk = g_object_ref (desk);
  op->cancellable = g_object_ref (cancellable);
  sign_out (op, FALSE);
}
