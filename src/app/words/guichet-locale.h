/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-enums.h"

G_BEGIN_DECLS

/**
 * guichet_locale_setup:
 * @language: word of a language the user chose, or empty to follow the system
 *
 * Sets locale and translations. Called once, before anything is shown.
 */
void guichet_locale_setup (const char *language);

/** guichet_locale_language: the language of the window, for names that the catalogue gives. */
GuichetLanguage guichet_locale_language (void);

G_END_DECLS
