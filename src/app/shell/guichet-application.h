/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_APPLICATION (guichet_application_get_type ())

/**
 * GuichetApplication:
 *
 * The program: composes desk and window from the command line and the settings, and tells
 * of arriving requests while the window is away.
 */
G_DECLARE_FINAL_TYPE (GuichetApplication, guichet_application, GUICHET, APPLICATION, AdwApplication)

GuichetApplication *guichet_application_new (void);

G_END_DECLS
