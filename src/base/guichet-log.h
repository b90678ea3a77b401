/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guichet_log_setup:
 * @verbose: also show informational messages
 *
 * Sends the program's log to standard error (which systemd gives to its journal), one line a
 * message with time, level and domain. Eleven digits in a row, with or
 * without the usual separators, are masked whatever wrote them: no national number
 * ever reaches a log.
 */
void guichet_log_setup (gboolean verbose);

/**
 * guichet_log_mask:
 * @text: any text
 *
 * Returns: (transfer full): @text with everything that looks like a national number
 *   replaced by bullets
 */
char *guichet_log_mask (const char *text);

G_END_DECLS
