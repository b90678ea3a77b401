/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-field-input.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_TICK_INPUT (guichet_tick_input_get_type ())

/** GuichetTickInput: an answer that is a box to tick; it carries its question itself. */
G_DECLARE_FINAL_TYPE (GuichetTickInput, guichet_tick_input, GUICHET, TICK_INPUT, AdwBin)

G_END_DECLS
