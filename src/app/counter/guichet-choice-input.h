/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-field-input.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_CHOICE_INPUT (guichet_choice_input_get_type ())

/** GuichetChoiceInput: an answer that is chosen. */
G_DECLARE_FINAL_TYPE (GuichetChoiceInput, guichet_choice_input, GUICHET, CHOICE_INPUT, AdwBin)

G_END_DECLS
