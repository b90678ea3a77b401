/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guichet_json_scan:
 * @text: bytes from anywhere
 * @length: how many
 * @max_depth: nested objects and arrays, at most 64
 * @ret_members: (out) (optional): members of all objects together; a tree made of the text
 *   that holds fewer had a duplicate
 *
 * Checks in one pass and without recursion that @text is exactly one JSON value after
 * RFC 8259, is UTF-8, nests no deeper than @max_depth, has no `\u0000`, no lone surrogate
 * and no integer beyond 64 bits
 * and no other number beyond a double.
 *
 * Returns: %FALSE with an error of the domain GUICHET_JSON_ERROR that names the offset
 */
gboolean guichet_json_scan (const char *text,
                            gsize length,
                            guint max_depth,
                            gsize *ret_members,
                            GError **error);

G_END_DECLS
