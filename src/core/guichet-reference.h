/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The public name of a request: `26-K7M4-2QXF`: the year of deposit, then seven
 * characters and a check character, of an alphabet of 23 digits and consonants without
 * look-alikes or sound-alikes, so that it can be read out on the telephone. The check
 * character (weighted sum modulo the prime 23) catches every single wrong character and
 * every swap of two neighbours, the year included.
 */

/** GUICHET_REFERENCE_LENGTH: in bytes, hyphens included. */
#define GUICHET_REFERENCE_LENGTH 12

/**
 * guichet_reference_make:
 * @year: of deposit, four digits
 * @random: any number; equal numbers give equal references
 *
 * Returns: (transfer full): the reference
 */
char *guichet_reference_make (int year, guint64 random);

/**
 * guichet_reference_parse:
 * @text: what somebody typed or scanned: case, spaces and hyphens do not matter
 *
 * Returns: (transfer full) (nullable): the reference as it is written, or %NULL if @text is
 *   none or its check character is wrong
 */
char *guichet_reference_parse (const char *text);

G_END_DECLS
