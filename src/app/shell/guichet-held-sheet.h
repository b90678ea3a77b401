/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_HELD_SHEET (guichet_held_sheet_get_type ())

/** GuichetHeldSheet: the actions that the server gave back, to be tried again or discarded. */
G_DECLARE_FINAL_TYPE (GuichetHeldSheet, guichet_held_sheet, GUICHET, HELD_SHEET, AdwWindow)

GuichetHeldSheet *guichet_held_sheet_new (GtkWindow *parent, GuichetDesk *desk);

G_END_DECLS
