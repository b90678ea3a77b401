/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"
#include "guichet-open-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_IDENTITY_PANEL (guichet_identity_panel_get_type ())

/**
 * GuichetIdentityPanel:
 *
 * The card in the reader: who it is about, whether it is genuine, and whether this is the
 * person of the request. Its buttons do the actions `request.…-card` of the page around it.
 * What it shows is forgotten when it is closed, and when the card is out.
 */
G_DECLARE_FINAL_TYPE (GuichetIdentityPanel, guichet_identity_panel, GUICHET, IDENTITY_PANEL, AdwBin)

/** guichet_identity_panel_set_up: once. */
void guichet_identity_panel_set_up (GuichetIdentityPanel *self,
                                    GuichetCardSlot *slot,
                                    GuichetDesk *desk);

/** guichet_identity_panel_hold_against: @request: (nullable): has its content. */
void guichet_identity_panel_hold_against (GuichetIdentityPanel *self, GuichetOpenRequest *request);

/** guichet_identity_panel_open: shows the panel and reads the card, if there is one. */
void guichet_identity_panel_open (GuichetIdentityPanel *self);
/**
 * guichet_identity_panel_record:
 * @with_pin: have the holder prove first that they are there
 *
 * Has the server record who the person at the counter is.
 */
void guichet_identity_panel_record (GuichetIdentityPanel *self, gboolean with_pin);
/** guichet_identity_panel_stop: ends a reading. */
void guichet_identity_panel_stop (GuichetIdentityPanel *self);
/** guichet_identity_panel_close: hides the panel; nothing of the card is kept. */
void guichet_identity_panel_close (GuichetIdentityPanel *self);
gboolean guichet_identity_panel_is_open (GuichetIdentityPanel *self);

G_END_DECLS
