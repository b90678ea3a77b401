/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors on their way to the caller.
 */
#define G_LOG_DOMAIN "guichet-error"

#include "config.h"

#include "guichet-error.h"

gboolean
guichet_error_pass (GError **error, GError *cause)
{
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}
