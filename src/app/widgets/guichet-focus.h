/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** guichet_focus_is_in: whether the keyboard is in a part of @whole. */
gboolean guichet_focus_is_in (GtkWidget *whole);

G_END_DECLS
