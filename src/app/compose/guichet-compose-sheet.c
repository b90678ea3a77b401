/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before a move: its reason, and what the citizen will read.
 */
#define G_LOG_DOMAIN "guichet-compose-sheet"

#include "config.h"

#include "guichet-compose-sheet.h"
#include "guichet-acts.h"
#include "guichet-error-words.h"
#include "guichet-locale.h"
#include "guichet-message-preview.h"

#include <glib/gi18n.h>

/* Pause in typing after which the letter is rendered anew. */
#define PREVIEW_PAUSE_MS 350

struct _GuichetComposeSheet
{
  AdwWindow parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) */
  char *reference;   /* (owned) */
  gint64 seen;       /* version that the clerk looked at when it was opened */
  char *to;          /* (owned): stage */
  char *label;       /* (owned): of the move */
  char *act;         /* (owned): what opens this sheet */
  gboolean needs_reason;
  gboolean has_address; /* the citizen */
  GuichetNotify notify;

  /* In progress */
  GCancellable *cancellable; /* (owned) (nullable): of the preview under way */
  guint preview_id;

  /* Template widgets */
  AdwWindowTitle *window_title;
  GtkButton *send_button;
  GtkWidget *reason_box;
  GtkLabel *reason_label;
  GtkTextView *reason_view;
  GtkWidget *reason_hint;
  GtkWidget *notify_box;
  GtkLabel *notify_label;
  GtkSwitch *notify_switch;
  GtkWidget *letter_box;
  GtkTextView *sentence_view;
  GuichetMessagePreview *preview;
};

G_DEFINE_FINAL_TYPE (GuichetComposeSheet, guichet_compose_sheet, ADW_TYPE_WINDOW)

/* (transfer full) (nullable): %NULL for an empty text */
static char *
text_of (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
set_text (GtkTextView *view, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
}

static gboolean
tells_citizen (GuichetComposeSheet *self)
{
  return self->notify == GUICHET_NOTIFY_ALWAYS ||
         (self->notify == GUICHET_NOTIFY_PROPOSE && gtk_switch_get_active (self->notify_switch));
}

static void
update_actions (GuichetComposeSheet *self)
{
  g_autofree char *reason = text_of (self->reason_view);
  const gboolean complete = !self->needs_reason || reason != NULL;
  g_autofree char *label = tells_citizen (self) && self->has_address
      /* Translators: %s is a step: "Issue and send". */
      ? g_strdup_printf (_ ("%s and send"), self->label)
      : g_strdup (self->label);

  gtk_button_set_label (self->send_button, label);
  gtk_widget_set_visible (self->reason_hint, !complete);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compose.send", complete);
}

/* The letter */

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetComposeSheet) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GuichetRendering) rendering =
      guichet_desk_preview_finish (GUICHET_DESK (source), result, &address, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rendering != NULL)
    {
      guichet_message_preview_show (self->preview, rendering, address);
    }
  else if (g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE))
    {
      guichet_message_preview_explain (self->preview,
                                       _ ("The server cannot be reached, so there is nothing to show. The e-mail is sent with "
             "the step, as soon as the server answers."));
    }
  else
    {
      g_autofree char *sentence = guichet_error_words (error);

      guichet_message_preview_explain (self->preview, sentence);
    }
}

static void
ask_preview (gpointer user_data)
{
  GuichetComposeSheet *self = user_data;
  g_autofree char *reason = text_of (self->reason_view);
  g_autofree char *sentence = text_of (self->sentence_view);

  self->preview_id = 0;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  guichet_desk_preview_async (self->desk,
                              self->reference,
                              self->to,
                              reason,
                              sentence,
                              self->cancellable,
                              previewed_cb,
                              g_object_ref (self));
}

static void
schedule_preview (GuichetComposeSheet *self, guint pause)
{
  g_clear_handle_id (&self->preview_id, g_source_remove);
  if (tells_citizen (self))
    self->preview_id = g_timeout_add_once (pause, ask_preview, self);
}

static void
changed_cb (GuichetComposeSheet *self)
{
  update_actions (self);
  schedule_preview (self, PREVIEW_PAUSE_MS);
}

static void
notify_cb (GuichetComposeSheet *self)
{
  gtk_widget_set_visible (self->letter_box, tells_citizen (self));
  update_actions (self);
  schedule_preview (self, 0);
}

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetComposeSheet *self = GUICHET_COMPOSE_SHEET (widget);
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_MOVE);

  command->reference = g_strdup (self->reference);
  command->expected_version = self->seen;
  command->to = g_strdup (self->to);
  command->text = text_of (self->reason_view);
  command->notify = tells_citizen (self);
  if (command->notify)
    command->sentence = text_of (self->sentence_view);
  guichet_acts_submit (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                       self->desk,
                       command);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What is half typed when the session expires */

#define SILENT "silent"

enum
{
  DRAFT_REASON,
  DRAFT_SENTENCE,
  DRAFT_SILENT,
  N_DRAFT
};

static gboolean
guichet_compose_sheet_close_request (GtkWindow *window)
{
  GuichetComposeSheet *self = GUICHET_COMPOSE_SHEET (window);
  g_autofree char *reason = text_of (self->reason_view);
  g_autofree char *sentence = text_of (self->sentence_view);
  const char *const texts[N_DRAFT + 1] = {
    [DRAFT_REASON] = reason != NULL ? reason : "",
    [DRAFT_SENTENCE] = sentence != NULL ? sentence : "",
    [DRAFT_SILENT] = gtk_switch_get_active (self->notify_switch) ? "" : SILENT,
  };

  guichet_desk_keep_draft (self->desk, self->reference, self->act, texts);
  return GTK_WINDOW_CLASS (guichet_compose_sheet_parent_class)->close_request (window);
}

static void
take_draft (GuichetComposeSheet *self)
{
  g_auto (GStrv) texts = guichet_desk_take_draft (self->desk, self->reference, self->act);

  if (texts == NULL)
    return;
  set_text (self->reason_view, texts[DRAFT_REASON]);
  set_text (self->sentence_view, texts[DRAFT_SENTENCE]);
  gtk_switch_set_active (self->notify_switch, !g_str_equal (texts[DRAFT_SILENT], SILENT));
}

static void
guichet_compose_sheet_dispose (GObject *object)
{
  GuichetComposeSheet *self = GUICHET_COMPOSE_SHEET (object);

  g_clear_handle_id (&self->preview_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->act, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_COMPOSE_SHEET);

  G_OBJECT_CLASS (guichet_compose_sheet_parent_class)->dispose (object);
}

static void
guichet_compose_sheet_class_init (GuichetComposeSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_compose_sheet_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guichet_compose_sheet_close_request;

  g_type_ensure (GUICHET_TYPE_MESSAGE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-compose-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, window_title);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, send_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, reason_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, reason_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, reason_view);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, reason_hint);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, notify_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, notify_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, notify_switch);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, letter_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, sentence_view);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposeSheet, preview);
  gtk_widget_class_bind_template_callback (widget_class, notify_cb);
  gtk_widget_class_install_action (widget_class, "compose.send", NULL, send_action);
}

static void
guichet_compose_sheet_init (GuichetComposeSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->reason_view),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->sentence_view),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
fill (GuichetComposeSheet *self, GuichetOpenRequest *open, const GuichetMove *move)
{
  const GuichetProcedure *procedure = guichet_open_request_get_procedure (open);
  const GuichetStage *stage =
      procedure != NULL ? guichet_procedure_find_stage (procedure, move->to) : NULL;
  const GuichetLanguage language = guichet_locale_language ();
  g_autofree char *subtitle = NULL;

  if (stage != NULL)
    /* Translators: %1$s is a reference, %2$s the stage that the request goes to. */
    subtitle = g_strdup_printf (_ ("%1$s goes to “%2$s”"),
                                   self->reference,
                                   guichet_localized_get (&stage->names, language));
  adw_window_title_set_title (self->window_title, self->label);
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self), self->label);
  gtk_label_set_label (self->reason_label,
                       self->notify != GUICHET_NOTIFY_NEVER
                       ? _ ("Reason, which the citizen reads")
                       : _ ("Reason, for the history"));
  gtk_widget_set_visible (self->reason_box, self->needs_reason);
  gtk_widget_set_visible (self->notify_box, self->notify != GUICHET_NOTIFY_NEVER);
  gtk_widget_set_visible (GTK_WIDGET (self->notify_switch), self->notify == GUICHET_NOTIFY_PROPOSE);
  if (self->notify == GUICHET_NOTIFY_ALWAYS)
    gtk_label_set_text (self->notify_label, _ ("This step always tells the citizen by e-mail"));
  if (self->notify == GUICHET_NOTIFY_NEVER)
    gtk_window_set_default_size (GTK_WINDOW (self), 560, 300);
}

GuichetComposeSheet *
guichet_compose_sheet_new (GtkWindow *parent,
                           GuichetDesk *desk,
                           GuichetOpenRequest *open,
                           const GuichetMove *move,
                           const char *act)
{
  const GuichetRequest *request = guichet_open_request_get_request (open);
  GuichetComposeSheet *self =
      g_object_new (GUICHET_TYPE_COMPOSE_SHEET, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->reference = g_strdup (guichet_open_request_get_reference (open));
  self->seen = guichet_desk_get_looked_at (desk, self->reference);
  self->to = g_strdup (move->to);
  self->label = g_strdup (guichet_localized_get (&move->labels, guichet_locale_language ()));
  self->act = g_strdup (act);
  self->needs_reason = move->reason;
  self->notify = move->notify;
  self->has_address = request->citizen != NULL && request->citizen->email != NULL;
  fill (self, open, move);
  take_draft (self);
  notify_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->needs_reason                     ? self->reason_view
                                     : self->notify != GUICHET_NOTIFY_NEVER ? self->sentence_view
                                                                            : self->reason_view));
  return self;
}

gboolean
guichet_compose_sheet_is_needed (const GuichetMove *move)
{
  return move->reason || move->notify != GUICHET_NOTIFY_NEVER;
}
