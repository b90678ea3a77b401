/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eid_photo_size:
 * @bytes: the photo file
 *
 * Reads width and height out of the JPEG's own headers, without decoding it.
 */
gboolean eid_photo_size (GBytes *bytes, guint *ret_width, guint *ret_height, GError **error);

G_END_DECLS
