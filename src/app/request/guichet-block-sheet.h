/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_BLOCK_SHEET (guichet_block_sheet_get_type ())

/** GUICHET_BLOCK_SHEET_ACT: what opens the sheet, under which guichet_desk_keep_draft() keeps what is typed. */
#define GUICHET_BLOCK_SHEET_ACT "request.block"

/** GuichetBlockSheet: asks whom a request waits for, and marks it as blocked. */
G_DECLARE_FINAL_TYPE (GuichetBlockSheet, guichet_block_sheet, GUICHET, BLOCK_SHEET, AdwWindow)

GuichetBlockSheet *
guichet_block_sheet_new (GtkWindow *parent, GuichetDesk *desk, const char *reference);

G_END_DECLS
