/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-open-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_DOCUMENTS_CARD (guichet_documents_card_get_type ())

/**
 * GuichetDocumentsCard:
 *
 * The documents that the town issued for a request: opens them, and attaches new ones from
 * a chooser or from a file dropped on it. What goes wrong is said under the list.
 *
 * Signal `attached`: a document is in the outbox. Signal `cancelled`: none was chosen.
 */
G_DECLARE_FINAL_TYPE (GuichetDocumentsCard, guichet_documents_card, GUICHET, DOCUMENTS_CARD, AdwBin)

/** guichet_documents_card_set_desk: once. */
void guichet_documents_card_set_desk (GuichetDocumentsCard *self, GuichetDesk *desk);

/** guichet_documents_card_show: @open has its content. */
void guichet_documents_card_show (GuichetDocumentsCard *self,
                                  GuichetOpenRequest *open,
                                  gboolean may_attach);

/** guichet_documents_card_attach: asks for a PDF and attaches it. */
void guichet_documents_card_attach (GuichetDocumentsCard *self);

/** guichet_documents_card_close: forgets the request, and the copies made to open documents. */
void guichet_documents_card_close (GuichetDocumentsCard *self);

G_END_DECLS
