/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * eid_word:
 * @type: one of the enumerations of this library
 *
 * Returns: (transfer none): the word by which JSON, logs and scripts know @value
 */
const char *eid_word (GType type, int value);

/**
 * eid_wiped_bytes:
 *
 * Copies what a card said into memory that is wiped when the last reference goes.
 *
 * Returns: (transfer full): the copy
 */
GBytes *eid_wiped_bytes (gconstpointer data, gsize size);

/** eid_wiped_join: the one and then the other, in such memory. (transfer full) */
GBytes *eid_wiped_join (GBytes *first, GBytes *second);

/** eid_wiped_free: wipes and frees a text. */
void eid_wiped_free (char *text);

/** eid_hex: capital hexadecimal digits. (transfer full) */
char *eid_hex (gconstpointer data, gsize size);

G_END_DECLS
