/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guichet_error_pass:
 * @error: (out) (nullable): where the caller wants it
 * @cause: (transfer full) (nullable): what went wrong, if anything did
 *
 * Ends a function that had to look at its own errors: hands @cause on if there is one, which
 * g_propagate_error() alone takes for granted.
 *
 * Returns: %TRUE if nothing went wrong
 */
gboolean guichet_error_pass (GError **error, GError *cause);

G_END_DECLS
