/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** EID_ATR_MAX: bytes of the longest answer to reset (ISO 7816-3). */
#define EID_ATR_MAX 33

/**
 * EidCardKind:
 * @EID_CARD_OTHER: not known by its answer to reset; may still be Belgian, see eid_read_async()
 * @EID_CARD_BELPIC_1: applet 1.0, of 2003 and 2004
 * @EID_CARD_BELPIC_1_7: applets 1.1 to 1.7; RSA
 * @EID_CARD_BELPIC_1_8: applet 1.8, since 2020; elliptic curves, proves its chip
 *
 * What lies in a reader, told by its answer to reset. Nicks: other, belpic1, belpic17, belpic18.
 */
typedef enum
{
  EID_CARD_OTHER,
  EID_CARD_BELPIC_1,
  EID_CARD_BELPIC_1_7,
  EID_CARD_BELPIC_1_8,
} EidCardKind;

#define EID_TYPE_CARD_KIND (eid_card_kind_get_type ())
GType eid_card_kind_get_type (void);

/** eid_card_kind_of: @size may be 0. */
EidCardKind eid_card_kind_of (const guint8 *atr, gsize size);

G_END_DECLS
