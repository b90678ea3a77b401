/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EidUnknownField:
 * @at: where it begins in its file
 *
 * A field of the identity or address file whose tag this library does not know, as the card has
 * it. The signature covers it all the same.
 */
typedef struct
{
  guint8 tag;
  gsize at;
  GBytes *value; /* (owned) */
} EidUnknownField;

G_END_DECLS
