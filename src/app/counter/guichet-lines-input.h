/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-field-input.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_LINES_INPUT (guichet_lines_input_get_type ())

/** GuichetLinesInput: an answer of several lines. */
G_DECLARE_FINAL_TYPE (GuichetLinesInput, guichet_lines_input, GUICHET, LINES_INPUT, AdwBin)

G_END_DECLS
