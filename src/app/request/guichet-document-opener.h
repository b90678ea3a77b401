/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_DOCUMENT_OPENER (guichet_document_opener_get_type ())

/**
 * GuichetDocumentOpener:
 *
 * Fetches documents and hands them to the program that shows PDFs. The copy that this
 * takes lies in a folder of the user's runtime directory, readable by nobody else, and goes
 * when the opener is told or goes itself.
 */
G_DECLARE_FINAL_TYPE (GuichetDocumentOpener,
                      guichet_document_opener,
                      GUICHET,
                      DOCUMENT_OPENER,
                      GObject)

GuichetDocumentOpener *guichet_document_opener_new (GuichetDesk *desk);

void guichet_document_opener_open_async (GuichetDocumentOpener *self,
                                         GtkWindow *parent,
                                         const char *reference,
                                         const char *document,
                                         const char *name,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean guichet_document_opener_open_finish (GuichetDocumentOpener *self,
                                              GAsyncResult *result,
                                              GError **error);

/** guichet_document_opener_forget: removes the copies. */
void guichet_document_opener_forget (GuichetDocumentOpener *self);

G_END_DECLS
