/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The public name of an account: `A-K7M4-2QXF`: seven characters and a check character behind an
 * `A`, spelt like the reference of a request. No reference begins with a letter, and none has that
 * letter in it: neither is ever taken for the other. It says nothing of the person.
 */

/** GUICHET_ACCOUNT_NAME_LENGTH: in bytes, hyphens included. */
#define GUICHET_ACCOUNT_NAME_LENGTH 11

/** guichet_account_name_make: @random: any number; equal numbers give equal names. (transfer full) */
char *guichet_account_name_make (guint64 random);

/**
 * guichet_account_name_parse:
 * @text: (nullable): what somebody typed or scanned: case, spaces and hyphens do not matter
 *
 * Returns: (transfer full) (nullable): the name as it is written, or %NULL if @text is none or
 *   its check character is wrong
 */
char *guichet_account_name_parse (const char *text);

G_END_DECLS
