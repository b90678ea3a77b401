/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The letters of public names: 23 digits and consonants without look-alikes or sound-alikes, so
 * that they can be read out on the telephone, and weighed modulo the prime 23.
 */

/** GUICHET_SPELLING_BASE: how many letters there are; a prime. */
#define GUICHET_SPELLING_BASE 23

/** guichet_spelling_letter: @value: below %GUICHET_SPELLING_BASE */
char guichet_spelling_letter (guint value);

/** guichet_spelling_value: of a letter in capitals; -1 if it is none of them. */
int guichet_spelling_value (char c);

/**
 * guichet_spelling_squeeze:
 * @text: what somebody typed or scanned
 * @characters: (out caller-allocates): room for @count and a NUL
 *
 * Takes spaces and hyphens out, and puts the rest into capitals.
 *
 * Returns: %FALSE if that leaves not exactly @count characters
 */
gboolean guichet_spelling_squeeze (const char *text, char *characters, guint count);

G_END_DECLS
