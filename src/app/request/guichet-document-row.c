/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document in the list of them.
 */
#define G_LOG_DOMAIN "guichet-document-row"

#include "config.h"

#include "guichet-document-row.h"

#include <glib/gi18n.h>

struct _GuichetDocumentRow
{
  GtkListBoxRow parent_instance;

  char *id; /* (owned) (nullable) */

  /* Template widgets */
  GtkLabel *name;
  GtkLabel *about;
  GtkWidget *open_button;
};

G_DEFINE_FINAL_TYPE (GuichetDocumentRow, guichet_document_row, GTK_TYPE_LIST_BOX_ROW)

static void
open_cb (GuichetDocumentRow *self)
{
  gtk_widget_activate (GTK_WIDGET (self));
}

static void
guichet_document_row_dispose (GObject *object)
{
  g_clear_pointer (&GUICHET_DOCUMENT_ROW (object)->id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_DOCUMENT_ROW);

  G_OBJECT_CLASS (guichet_document_row_parent_class)->dispose (object);
}

static void
guichet_document_row_class_init (GuichetDocumentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_document_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-document-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetDocumentRow, name);
  gtk_widget_class_bind_template_child (widget_class, GuichetDocumentRow, about);
  gtk_widget_class_bind_template_child (widget_class, GuichetDocumentRow, open_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
guichet_document_row_init (GuichetDocumentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_document_row_new (const char *id, const char *name, const char *about)
{
  GuichetDocumentRow *self = g_object_new (GUICHET_TYPE_DOCUMENT_ROW, NULL);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", name, about);
  /* Translators: %s is the name of a document. */
  g_autofree char *open = g_strdup_printf (_ ("Open %s"), name);

  self->id = g_strdup (id);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->about, about);
  gtk_widget_set_visible (self->open_button, id != NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), id != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  open,
                                  -1);
  return GTK_WIDGET (self);
}

const char *
guichet_document_row_get_id (GuichetDocumentRow *self)
{
  g_return_val_if_fail (GUICHET_IS_DOCUMENT_ROW (self), NULL);

  return self->id;
}

const char *
guichet_document_row_get_name (GuichetDocumentRow *self)
{
  g_return_val_if_fail (GUICHET_IS_DOCUMENT_ROW (self), NULL);

  return gtk_label_get_label (self->name);
}
