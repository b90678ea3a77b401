/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An e-mail before it goes.
 */
#define G_LOG_DOMAIN "guichet-message-preview"

#include "config.h"

#include "guichet-message-preview.h"
#include "guichet-enum-words.h"

#include <glib/gi18n.h>

struct _GuichetMessagePreview
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *letter;
  GtkLabel *address;
  GtkLabel *subject;
  GtkLabel *language;
  GtkLabel *text;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (GuichetMessagePreview, guichet_message_preview, ADW_TYPE_BIN)

static void
guichet_message_preview_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_MESSAGE_PREVIEW);

  G_OBJECT_CLASS (guichet_message_preview_parent_class)->dispose (object);
}

static void
guichet_message_preview_class_init (GuichetMessagePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_message_preview_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-message-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetMessagePreview, letter);
  gtk_widget_class_bind_template_child (widget_class, GuichetMessagePreview, address);
  gtk_widget_class_bind_template_child (widget_class, GuichetMessagePreview, subject);
  gtk_widget_class_bind_template_child (widget_class, GuichetMessagePreview, language);
  gtk_widget_class_bind_template_child (widget_class, GuichetMessagePreview, text);
  gtk_widget_class_bind_template_child (widget_class, GuichetMessagePreview, problem);
}

static void
guichet_message_preview_init (GuichetMessagePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
guichet_message_preview_show (GuichetMessagePreview *self,
                              const GuichetRendering *rendering,
                              const char *address)
{
  g_return_if_fail (GUICHET_IS_MESSAGE_PREVIEW (self));
  g_return_if_fail (rendering != NULL);

  gtk_label_set_label (self->address,
                       address != NULL ? address : _ ("no address: nothing can be sent"));
  gtk_label_set_label (self->subject, rendering->subject);
  gtk_label_set_label (self->language, guichet_enum_words_language (rendering->language));
  gtk_label_set_label (self->text, rendering->text);
  gtk_widget_set_visible (self->letter, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

void
guichet_message_preview_explain (GuichetMessagePreview *self, const char *sentence)
{
  g_return_if_fail (GUICHET_IS_MESSAGE_PREVIEW (self));

  gtk_label_set_label (self->problem, sentence);
  gtk_widget_set_visible (self->letter, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}
