/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The national register number (NISS): eleven digits YYMMDD SSS CC, where CC is 97 minus
 * the first nine modulo 97, with a 2 put before them for who was born from 2000 on. BIS
 * numbers, for people outside the register, add 20 or 40 to the month. Sex and date of
 * birth are not derived from it.
 */

/**
 * guichet_niss_parse:
 * @text: (nullable): what somebody typed; spaces, dots, hyphens and slashes are ignored
 *
 * Returns: (transfer full) (nullable): the eleven digits, or %NULL if they are not a number
 *   whose check digits are right for one century or the other
 */
char *guichet_niss_parse (const char *text);

/** guichet_niss_is_valid: exactly eleven digits with right check digits. */
gboolean guichet_niss_is_valid (const char *digits);

/** guichet_niss_looks_like: eleven digits once separators are taken out, valid or not. */
gboolean guichet_niss_looks_like (const char *text);

/** guichet_niss_format: `YY.MM.DD-SSS.CC`. (transfer full) */
char *guichet_niss_format (const char *digits);

/** guichet_niss_mask: `YY.MM.DD-•••.••`. (transfer full) */
char *guichet_niss_mask (const char *digits);

/**
 * guichet_niss_make:
 * @serial: 1 to 998
 *
 * Composes the number of a person for sample data and tests.
 * Returns: (transfer full): eleven digits
 */
char *guichet_niss_make (int year, int month, int day, guint serial);

G_END_DECLS
