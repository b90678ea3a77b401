/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_PREFERENCES_WINDOW (guichet_preferences_window_get_type ())

/** GuichetPreferencesWindow: what a clerk may choose for this computer. */
G_DECLARE_FINAL_TYPE (GuichetPreferencesWindow,
                      guichet_preferences_window,
                      GUICHET,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/** guichet_preferences_window_new: @parent: (nullable) */
GuichetPreferencesWindow *guichet_preferences_window_new (GtkWindow *parent);

G_END_DECLS
