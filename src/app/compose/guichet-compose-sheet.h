/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-open-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_COMPOSE_SHEET (guichet_compose_sheet_get_type ())

/**
 * GuichetComposeSheet:
 *
 * What comes before a move that needs a reason or tells the citizen: the reason, the choice
 * to send, a sentence to add, and the e-mail as it will be, rendered by the server.
 *
 * Action: `compose.send`: makes the move.
 */
G_DECLARE_FINAL_TYPE (GuichetComposeSheet, guichet_compose_sheet, GUICHET, COMPOSE_SHEET, AdwWindow)

/**
 * guichet_compose_sheet_new:
 * @move: one of the request's; it is read here and not kept
 * @act: what opens the sheet, under which guichet_desk_keep_draft() keeps what is typed
 */
GuichetComposeSheet *guichet_compose_sheet_new (GtkWindow *parent,
                                                GuichetDesk *desk,
                                                GuichetOpenRequest *open,
                                                const GuichetMove *move,
                                                const char *act);

/** guichet_compose_sheet_is_needed: whether @move asks for anything before it can be made. */
gboolean guichet_compose_sheet_is_needed (const GuichetMove *move);

G_END_DECLS
