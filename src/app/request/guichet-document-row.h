/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_DOCUMENT_ROW (guichet_document_row_get_type ())

/** GuichetDocumentRow: a document that the town issued, or one on its way. */
G_DECLARE_FINAL_TYPE (GuichetDocumentRow,
                      guichet_document_row,
                      GUICHET,
                      DOCUMENT_ROW,
                      GtkListBoxRow)

/**
 * guichet_document_row_new:
 * @id: (nullable): %NULL while it is on its way and cannot be opened
 * @about: size, date, author
 */
GtkWidget *guichet_document_row_new (const char *id, const char *name, const char *about);

const char *guichet_document_row_get_id (GuichetDocumentRow *self);
const char *guichet_document_row_get_name (GuichetDocumentRow *self);

G_END_DECLS
