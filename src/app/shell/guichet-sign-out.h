/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

/**
 * guichet_sign_out:
 * @window: where it is asked, and said what went wrong (`win.toast`)
 * @cancellable: ends with the window
 *
 * Signs out. Where something has not reached the server yet, the clerk is asked first.
 */
void guichet_sign_out (GtkWindow *window, GuichetDesk *desk, GCancellable *cancellable);

G_END_DECLS
