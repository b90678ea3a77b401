/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * guichet_drop_down_mend:
 * @drop_down: of strings; to be mended once
 * @question: what is chosen with it
 *
 * Mends what GTK 4.8 does wrong with a drop-down. Its button, which has the keyboard, is named after
 * its type: it gets the name `question: choice`. While the list is open, Return takes the row under the
 * pointer, though it only rests there, in place of the one that has the keyboard; and the page that the
 * drop-down is in scrolls away, as if the list's rows lay in it.
 */
void guichet_drop_down_mend (GtkDropDown *drop_down, const char *question);

G_END_DECLS
