/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers to reset of Belgian cards ("Belgian Electronic Identity Card content" 5.4; the same
 * ones stand in OpenSC).
 */
#define G_LOG_DOMAIN "eid-card-kind"

#include "config.h"

#include "eid-card-kind.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (EidCardKind,
                    eid_card_kind,
                    G_DEFINE_ENUM_VALUE (EID_CARD_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (EID_CARD_BELPIC_1, "belpic1"),
                    G_DEFINE_ENUM_VALUE (EID_CARD_BELPIC_1_7, "belpic17"),
                    G_DEFINE_ENUM_VALUE (EID_CARD_BELPIC_1_8, "belpic18"))

// clang-format off
static const struct
{
  EidCardKind kind;
  gsize size;
  guint8 atr[EID_ATR_MAX];
} atrs[] = {
  { EID_CARD_BELPIC_1, 13,
    { 0x3B, 0x98, 0x94, 0x40, 0xFF, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x10 } },
  { EID_CARD_BELPIC_1, 13,
    { 0x3B, 0x98, 0x94, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x10 } },
  { EID_CARD_BELPIC_1_7, 13,
    { 0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11 } },
  { EID_CARD_BELPIC_1_8, 20,
    { 0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0x80, 0x65, 0xB0, 0x85, 0x04, 0x01, 0x20, 0x12, 0x0F,
      0xFF, 0x82, 0x90, 0x00 } },
};
// clang-format on

EidCardKind
eid_card_kind_of (const guint8 *atr, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (atrs); i++)
    if (atrs[i].size == size && memcmp (atrs[i].atr, atr, size) == 0)
      return atrs[i].kind;
  return EID_CARD_OTHER;
}
