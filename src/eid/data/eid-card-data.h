/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EID_CHIP_NUMBER_SIZE 16
#define EID_LIFE_CYCLE_ISSUED 0x0F

/**
 * EidCardData:
 * @applet_version: 0x17 for 1.7, 0x18 for 1.8
 * @life_cycle: %EID_LIFE_CYCLE_ISSUED for a card in use
 * @pin_tries: tries left; -1 where the card does not say (only 1.8 does)
 *
 * What the chip says about itself (GET CARD DATA).
 */
typedef struct
{
  guint8 chip_number[EID_CHIP_NUMBER_SIZE];
  guint8 component;
  guint8 os_number;
  guint8 os_version;
  guint8 softmask_number;
  guint8 softmask_version;
  guint8 applet_version;
  guint16 global_os_version;
  guint8 applet_interface_version;
  guint8 pkcs1_support;
  guint8 key_exchange_version;
  guint8 life_cycle;
  int pin_tries;
} EidCardData;

/** eid_card_data_parse: 28 bytes, or 31 with what 1.8 adds. */
gboolean eid_card_data_parse (GBytes *bytes, EidCardData *ret_data, GError **error);

G_END_DECLS
