/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-desk.h"
#include "guichet-row.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FOUND (guichet_found_get_type ())

/**
 * GuichetFound:
 *
 * A #GListModel of #GuichetRow: the requests that the server found, in its order. What
 * happens to them afterwards shows as in a queue; what the mirror does not hold stays as it was found.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetFound, guichet_found, GUICHET, FOUND, GObject)

/** guichet_found_new: @lines: (element-type GuichetLine) */
GuichetFound *guichet_found_new (GuichetDesk *desk, GPtrArray *lines);

G_END_DECLS
