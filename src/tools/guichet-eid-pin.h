/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-pin.h"

G_BEGIN_DECLS

/**
 * eid_pin_read:
 * @fd: where the PIN comes from, up to its end or the end of a line; a terminal does not show it
 *
 * Returns: (transfer full) (nullable): %NULL with %EID_ERROR_INVALID if it is not one
 */
EidPin *eid_pin_read (int fd, GError **error);

G_END_DECLS
