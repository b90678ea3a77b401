/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-open-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_STATUS_CARD (guichet_status_card_get_type ())

/**
 * GuichetStatusCard:
 *
 * Where a request stands: stage, dates, who has it in charge, what blocks it, and what can
 * be done now. Its buttons do the actions `request.…` of the page around it.
 */
G_DECLARE_FINAL_TYPE (GuichetStatusCard, guichet_status_card, GUICHET, STATUS_CARD, AdwBin)

/** What a clerk may do with an open request, all pending commands of theirs counted in. */
typedef struct
{
  gboolean claim;
  gboolean release;
  gboolean assign;
  gboolean block;
  gboolean unblock;
  gboolean move;
  gboolean note;
  gboolean attach;
} GuichetMay;

/** guichet_status_card_may: the one place that says which buttons there are; the server decides. */
GuichetMay guichet_status_card_may (GuichetOpenRequest *open, const GuichetClerk *clerk);

/** guichet_status_card_show: @open has its content. */
void
guichet_status_card_show (GuichetStatusCard *self, GuichetOpenRequest *open, GuichetDesk *desk);

/** guichet_status_card_toggle_reasons: shows or hides why the dates are those. */
void guichet_status_card_toggle_reasons (GuichetStatusCard *self);

G_END_DECLS
