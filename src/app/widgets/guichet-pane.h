/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_PANE (guichet_pane_get_type ())

/**
 * GuichetPane:
 *
 * One of two parts of a page that stand beside each other as long as both have the width that
 * they wish for, #GuichetPane:wished-width, whatever is in them: for the fold threshold
 * `natural` of an #AdwFlap. Alone, it gets along with what its child needs.
 */
G_DECLARE_FINAL_TYPE (GuichetPane, guichet_pane, GUICHET, PANE, GtkWidget)

G_END_DECLS
