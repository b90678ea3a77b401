/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-identity-check.h"

G_BEGIN_DECLS

/**
 * guichet_check_words_detail: how it was verified and what was not the same, and then, a line each, every
 * verdict that is not good, in the words that the clerk had before them when they recorded it.
 * (transfer full)
 */
char *guichet_check_words_detail (const GuichetIdentityCheck *check);

G_END_DECLS
