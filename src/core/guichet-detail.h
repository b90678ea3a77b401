/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guichet_detail_clean:
 *
 * What a mail server answered or a card said, as one line of at most %GUICHET_DETAIL_MAX characters that
 * every codec takes: an event that none does would hide its whole request for ever. Nothing in it turns
 * around what stands beside it.
 *
 * Returns: (transfer full)
 */
char *guichet_detail_clean (const char *detail);

G_END_DECLS
