/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * guichet_front_follow:
 * @stack: a stack with all its pages
 *
 * Keeps the pages of @stack that are not in front out of the accessible tree: GTK 4.8
 * leaves them there as if they could be seen.
 */
void guichet_front_follow (GtkStack *stack);

/** guichet_front_set: the same for one widget that is covered or folded away. */
void guichet_front_set (GtkWidget *widget, gboolean in_front);

G_END_DECLS
