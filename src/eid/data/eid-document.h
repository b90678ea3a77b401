/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** Who a document is made for. Nicks: citizen, kid, foreigner, foreignKid, internal. */
typedef enum
{
  EID_HOLDER_CITIZEN,
  EID_HOLDER_KID,
  EID_HOLDER_FOREIGNER,
  EID_HOLDER_FOREIGN_KID,
  EID_HOLDER_INTERNAL,
} EidHolder;

#define EID_TYPE_HOLDER (eid_holder_get_type ())
GType eid_holder_get_type (void);

/**
 * EidDocument:
 * @number: as in field 0F of the identity file
 * @word: for JSON: `citizen`, `kid`, `euPlus`, `a`, …
 * @letter: (nullable): of a residence card, as printed on it: `EU+`, `A`, …
 */
typedef struct
{
  guint number;
  const char *word;
  const char *letter;
  EidHolder holder;
} EidDocument;

/** eid_document_find: (transfer none) (nullable): %NULL for a number that is not known. */
const EidDocument *eid_document_find (guint number);

G_END_DECLS
