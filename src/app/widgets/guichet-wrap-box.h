/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_WRAP_BOX (guichet_wrap_box_get_type ())

/**
 * GuichetWrapBox:
 *
 * A box whose children are laid out by a #GuichetWrapLayout.
 */
G_DECLARE_FINAL_TYPE (GuichetWrapBox, guichet_wrap_box, GUICHET, WRAP_BOX, GtkWidget)

G_END_DECLS
