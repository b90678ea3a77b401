/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

/**
 * guichet_error_words:
 * @error: what a call to the desk came to
 *
 * Returns: (transfer full): what happened and what to do, as a sentence in the language of
 *   the window; never the raw message of a library
 */
char *guichet_error_words (const GError *error);

/**
 * guichet_error_words_problem:
 * @problem: the API's word for why a command was refused; `behind` for one typed behind
 *   such a command, `noReceipt` for one whose answer nobody understands
 *
 * Returns: (transfer none): the sentence for it
 */
const char *guichet_error_words_problem (const char *problem);

G_END_DECLS
