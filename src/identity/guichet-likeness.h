/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * GuichetMatch:
 * @GUICHET_MATCH_EQUAL: the same text
 * @GUICHET_MATCH_ALIKE: the same but for what a #GuichetLoose names
 * @GUICHET_MATCH_DIFFERENT: anything else; what is in doubt is different
 * @GUICHET_MATCH_UNKNOWN: one side says nothing
 *
 * Nicks: equal, alike, different, unknown.
 */
typedef enum
{
  GUICHET_MATCH_EQUAL,
  GUICHET_MATCH_ALIKE,
  GUICHET_MATCH_DIFFERENT,
  GUICHET_MATCH_UNKNOWN,
} GuichetMatch;

#define GUICHET_TYPE_MATCH (guichet_match_get_type ())
GType guichet_match_get_type (void);

/**
 * GuichetLoose:
 * @GUICHET_LOOSE_PUNCTUATION: hyphens, apostrophes, points; spaces in their place
 * @GUICHET_LOOSE_ORDER: the same given names in another order
 * @GUICHET_LOOSE_FEWER: the request has fewer given names than the card
 * @GUICHET_LOOSE_INITIAL: the card has only the initial of a given name
 * @GUICHET_LOOSE_ABBREVIATED: a word is shortened in a known way: `av.` for `avenue`
 * @GUICHET_LOOSE_INCOMPLETE: the card knows only a part: a year without its day
 * @GUICHET_LOOSE_BIS: goes with two different numbers, one of which is a BIS number: one
 *   person may have had both, which only the register can tell
 *
 * What two texts that are alike differ in.
 */
typedef enum
{
  GUICHET_LOOSE_ACCENTS = 1 << 0,
  GUICHET_LOOSE_CASE = 1 << 1,
  GUICHET_LOOSE_PUNCTUATION = 1 << 2,
  GUICHET_LOOSE_ORDER = 1 << 3,
  GUICHET_LOOSE_FEWER = 1 << 4,
  GUICHET_LOOSE_INITIAL = 1 << 5,
  GUICHET_LOOSE_ABBREVIATED = 1 << 6,
  GUICHET_LOOSE_INCOMPLETE = 1 << 7,
  GUICHET_LOOSE_BIS = 1 << 8,
} GuichetLoose;

/** GuichetLikeness: of two texts, or of two days. */
typedef struct
{
  GuichetMatch match;
  GuichetLoose loose;
} GuichetLikeness;

/*
 * Each holds what a card says against what a request says; both may be %NULL.
 */

/** guichet_likeness_of_texts: alike but for accents, case and punctuation. */
GuichetLikeness guichet_likeness_of_texts (const char *card, const char *request);

/**
 * guichet_likeness_of_given_names:
 * @card: the first two, as far as a card has them
 * @initial: (nullable): of the third
 * @request: any number of them
 *
 * A card says no more than this about third names, and nothing about further ones: what fits
 * it is alike. Order, and names that the request leaves out, are alike too.
 */
GuichetLikeness
guichet_likeness_of_given_names (const char *card, const char *initial, const char *request);

/**
 * guichet_likeness_of_streets:
 * @card: street, number and box in one text
 * @request: the same, with the box behind a slash
 *
 * Sees through the signs for a box and a few ways to shorten the kind of a street; nothing
 * else is guessed.
 */
GuichetLikeness guichet_likeness_of_streets (const char *card, const char *request);

G_END_DECLS
