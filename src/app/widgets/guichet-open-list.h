/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * guichet_open_list_follow:
 *
 * Mends what GTK 4.8 does wrong while the list of @drop_down is open: Return takes the row under the
 * pointer, though it only rests there, in place of the one that has the keyboard; and the page that
 * the drop-down is in scrolls away, as if the list's rows lay in it.
 */
void guichet_open_list_follow (GtkDropDown *drop_down);

G_END_DECLS
