/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_STATUS_STRIP (guichet_status_strip_get_type ())

/**
 * GuichetStatusStrip:
 *
 * Calm lines at the foot of the window for what concerns all of it: the server is out of
 * reach, commands were given back, there is no keyring. Nothing is there when all is well.
 */
G_DECLARE_FINAL_TYPE (GuichetStatusStrip, guichet_status_strip, GUICHET, STATUS_STRIP, AdwBin)

/** guichet_status_strip_set_desk: whom it speaks of; once. */
void guichet_status_strip_set_desk (GuichetStatusStrip *self, GuichetDesk *desk);

G_END_DECLS
