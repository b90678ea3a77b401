/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_WRAP_LAYOUT (guichet_wrap_layout_get_type ())

/**
 * GuichetWrapLayout:
 *
 * Lays children out one behind the other at their natural width, and goes on in a new row
 * where the width ends, as words do. Property `spacing`: between children and rows.
 */
G_DECLARE_FINAL_TYPE (GuichetWrapLayout,
                      guichet_wrap_layout,
                      GUICHET,
                      WRAP_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
