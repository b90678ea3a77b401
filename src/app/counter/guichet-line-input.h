/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-field-input.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_LINE_INPUT (guichet_line_input_get_type ())

/** GuichetLineInput: an answer on one line: text, day, number, address. */
G_DECLARE_FINAL_TYPE (GuichetLineInput, guichet_line_input, GUICHET, LINE_INPUT, AdwBin)

G_END_DECLS
