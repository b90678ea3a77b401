/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-unknown-field.h"

G_BEGIN_DECLS

/**
 * EidAddress:
 * @unknown: (element-type EidUnknownField): in the order of the file
 *
 * What the address file says; %NULL where the card says nothing. Immutable; wiped when freed.
 */
typedef struct
{
  GBytes *structure_version;
  char *street; /* and number */
  char *postcode;
  char *municipality;
  GPtrArray *unknown;
} EidAddress;

/** eid_address_parse: strict on form as eid_identity_parse() is. (transfer full) (nullable) */
EidAddress *eid_address_parse (GBytes *bytes, GError **error);

void eid_address_free (EidAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidAddress, eid_address_free)

G_END_DECLS
