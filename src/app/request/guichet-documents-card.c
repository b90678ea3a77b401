/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The documents that the town issued.
 */
#define G_LOG_DOMAIN "guichet-documents-card"

#include "config.h"

#include "guichet-documents-card.h"
#include "guichet-acts.h"
#include "guichet-date-words.h"
#include "guichet-document-opener.h"
#include "guichet-document-row.h"
#include "guichet-error-words.h"
#include "guichet-wrap-box.h"
#include "guichet-wrap-layout.h"

#include <glib/gi18n.h>

struct _GuichetDocumentsCard
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  /* Owned */
  GuichetDocumentOpener *opener; /* (nullable) */
  GCancellable *cancellable;
  char *reference;               /* (nullable): of the request on display */
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  char *chosen_for;              /* (nullable): the request that it was opened for */
  gint64 seen;                   /* version of it that the clerk looked at then */
  GStrv shown; /* (nullable): what the rows say, to leave them alone while it is the same */

  /* Template widgets */
  GtkListBox *list;
  GtkWidget *attach_button;
  GtkLabel *problem;
  GtkDropTarget *drop_target;
};

enum
{
  ATTACHED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetDocumentsCard, guichet_documents_card, ADW_TYPE_BIN)

static void
show_problem (GuichetDocumentsCard *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (error != NULL)
    {
      sentence = guichet_error_words (error);
      gtk_label_set_label (self->problem, sentence);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

/* Opening */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetDocumentsCard) self = user_data;
  g_autoptr (GError) error = NULL;

  if (guichet_document_opener_open_finish (GUICHET_DOCUMENT_OPENER (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error->domain == GUICHET_DESK_ERROR)
    {
      show_problem (self, error);
    }
  else
    {
      g_autoptr (GError) sentence =
          g_error_new_literal (GUICHET_DESK_ERROR,
                               GUICHET_DESK_ERROR_REFUSED,
                               _ ("No program on this computer shows PDF documents."));

      g_message ("could not open a document: %s", error->message);
      show_problem (self, sentence);
    }
}

static void
row_activated_cb (GuichetDocumentsCard *self, GtkListBoxRow *row)
{
  const char *id = guichet_document_row_get_id (GUICHET_DOCUMENT_ROW (row));

  if (id == NULL || self->reference == NULL)
    return;
  show_problem (self, NULL);
  guichet_document_opener_open_async (self->opener,
                                      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                      self->reference,
                                      id,
                                      guichet_document_row_get_name (GUICHET_DOCUMENT_ROW (row)),
                                      self->cancellable,
                                      opened_cb,
                                      g_object_ref (self));
}

/* Attaching */

/* A document on its way into the outbox. */
typedef struct
{
  GuichetDocumentsCard *card; /* (owned) */
  char *reference;            /* (owned): what it is attached to */
} Attachment;

static void
attachment_free (Attachment *attachment)
{
  g_object_unref (attachment->card);
  g_free (attachment->reference);
  g_free (attachment);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attachment, attachment_free)

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attachment) attachment = user_data;
  GuichetDocumentsCard *self = attachment->card;
  const gboolean shown = g_strcmp0 (self->reference, attachment->reference) == 0;
  g_autoptr (GError) error = NULL;

  if (guichet_acts_attach_finish (GUICHET_DESK (source), result, &error))
    {
      if (shown)
        g_signal_emit (self, signals[ATTACHED], 0);
    }
  else if (shown && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      show_problem (self, error);
    }
  else
    {
      g_autofree char *sentence = guichet_error_words (error);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
    }
}

static gboolean
may_attach (GuichetDocumentsCard *self)
{
  return self->reference != NULL && gtk_widget_get_visible (self->attach_button);
}

/* Not to be cancelled: going on to the next request must not lose the document. */
static void
attach_file (GuichetDocumentsCard *self, const char *reference, gint64 seen, GFile *file)
{
  Attachment *attachment = g_new0 (Attachment, 1);

  attachment->card = g_object_ref (self);
  attachment->reference = g_strdup (reference);
  show_problem (self, NULL);
  guichet_acts_attach_async (self->desk, reference, seen, file, NULL, attached_cb, attachment);
}

static void
close_chooser (GuichetDocumentsCard *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->chosen_for, g_free);
}

static void
refuse_chosen (GuichetDocumentsCard *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_REFUSED,
                           _ ("Nothing can be attached to this request any more."));

  show_problem (self, error);
}

static void
chosen_cb (GuichetDocumentsCard *self, int response, GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  const gboolean chosen = response == GTK_RESPONSE_ACCEPT && file != NULL;

  if (chosen && may_attach (self))
    {
      attach_file (self, self->chosen_for, self->seen, file);
    }
  else
    {
      if (chosen)
        refuse_chosen (self);
      g_signal_emit (self, signals[CANCELLED], 0);
    }
  close_chooser (self);
}

static gboolean
drop_cb (GuichetDocumentsCard *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  if (!may_attach (self))
    return FALSE;
  for (GSList *at = files; at != NULL; at = at->next)
    attach_file (self,
                 self->reference,
                 guichet_desk_get_looked_at (self->desk, self->reference),
                 at->data);
  return files != NULL;
}

static void
guichet_documents_card_dispose (GObject *object)
{
  GuichetDocumentsCard *self = GUICHET_DOCUMENTS_CARD (object);

  g_cancellable_cancel (self->cancellable);
  close_chooser (self);
  g_clear_object (&self->opener);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->shown, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_DOCUMENTS_CARD);

  G_OBJECT_CLASS (guichet_documents_card_parent_class)->dispose (object);
}

static void
guichet_documents_card_finalize (GObject *object)
{
  g_clear_object (&GUICHET_DOCUMENTS_CARD (object)->cancellable);

  G_OBJECT_CLASS (guichet_documents_card_parent_class)->finalize (object);
}

static void
guichet_documents_card_class_init (GuichetDocumentsCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_documents_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_documents_card_finalize;

  signals[ATTACHED] = g_signal_new ("attached",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
  signals[CANCELLED] = g_signal_new ("cancelled",
                                     G_TYPE_FROM_CLASS (klass),
                                     G_SIGNAL_RUN_LAST,
                                     0,
                                     NULL,
                                     NULL,
                                     NULL,
                                     G_TYPE_NONE,
                                     0);

  g_type_ensure (GUICHET_TYPE_WRAP_BOX);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-documents-card.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetDocumentsCard, list);
  gtk_widget_class_bind_template_child (widget_class, GuichetDocumentsCard, attach_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetDocumentsCard, problem);
  gtk_widget_class_bind_template_child (widget_class, GuichetDocumentsCard, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
}

static void
guichet_documents_card_init (GuichetDocumentsCard *self)
{
  GType files = GDK_TYPE_FILE_LIST;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  gtk_drop_target_set_gtypes (self->drop_target, &files, 1);
}

void
guichet_documents_card_set_desk (GuichetDocumentsCard *self, GuichetDesk *desk)
{
  g_return_if_fail (GUICHET_IS_DOCUMENTS_CARD (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  self->opener = guichet_document_opener_new (desk);
}

static char *
about (GuichetDocumentsCard *self, GuichetOpenRequest *open, const GuichetDocument *document)
{
  g_autofree char *size = g_format_size ((guint64) document->size);
  g_autofree char *moment = guichet_date_words_moment (document->instant,
                                                       guichet_desk_get_zone (self->desk),
                                                       guichet_desk_today (self->desk));

  return g_strdup_printf ("%s · %s · %s",
                          size,
                          moment,
                          guichet_open_request_name_of (open, document->actor));
}

/* The rows as they should be: id (or none), name and what is said about it, three by three. */
static GStrv
list_rows (GuichetDocumentsCard *self, GuichetOpenRequest *open)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const GuichetRequest *request = guichet_open_request_get_request (open);
  GPtrArray *pending = guichet_open_request_get_pending (open);

  for (guint i = 0; i < request->documents->len; i++)
    {
      const GuichetDocument *document = g_ptr_array_index (request->documents, i);
      g_autofree char *text = about (self, open, document);

      g_strv_builder_add_many (builder, document->id, document->name, text, NULL);
    }
  for (guint i = 0; i < pending->len; i++)
    {
      const GuichetCommand *command = g_ptr_array_index (pending, i);

      if (command->kind == GUICHET_COMMAND_ATTACH_DOCUMENT)
        g_strv_builder_add_many (builder, "", command->document_name, _ ("on its way"), NULL);
    }
  return g_strv_builder_end (builder);
}

void
guichet_documents_card_show (GuichetDocumentsCard *self,
                             GuichetOpenRequest *open,
                             gboolean may_attach)
{
  g_auto (GStrv) wanted = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (GUICHET_IS_DOCUMENTS_CARD (self));

  gtk_widget_set_visible (self->attach_button, may_attach);
  gtk_drop_target_set_actions (self->drop_target, may_attach ? GDK_ACTION_COPY : 0);
  g_free (self->reference);
  self->reference = g_strdup (guichet_open_request_get_reference (open));
  wanted = list_rows (self, open);
  if (self->shown != NULL &&
      g_strv_equal ((const char *const *) self->shown, (const char *const *) wanted))
    return;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (char **at = wanted; at[0] != NULL; at += 3)
    gtk_list_box_append (self->list,
                         guichet_document_row_new (at[0][0] != '\0' ? at[0] : NULL, at[1], at[2]));
  g_strfreev (self->shown);
  self->shown = g_steal_pointer (&wanted);
}

void
guichet_documents_card_attach (GuichetDocumentsCard *self)
{
  g_autoptr (GtkFileFilter) filter = NULL;

  g_return_if_fail (GUICHET_IS_DOCUMENTS_CARD (self));

  if (self->chooser != NULL)
    return;
  self->chosen_for = g_strdup (self->reference);
  self->seen = guichet_desk_get_looked_at (self->desk, self->reference);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Attach a PDF"),
                                      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                      GTK_FILE_CHOOSER_ACTION_OPEN,
                                      _ ("_Attach"), _ ("_Cancel"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("PDF documents"));
  gtk_file_filter_add_suffix (filter, "pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser,
                           "response",
                           G_CALLBACK (chosen_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
guichet_documents_card_close (GuichetDocumentsCard *self)
{
  g_return_if_fail (GUICHET_IS_DOCUMENTS_CARD (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  close_chooser (self);
  g_clear_pointer (&self->reference, g_free);
  if (self->opener != NULL)
    guichet_document_opener_forget (self->opener);
  show_problem (self, NULL);
}
