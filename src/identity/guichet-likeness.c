/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a card says held against what a request says.
 */
#define G_LOG_DOMAIN "guichet-likeness"

#include "config.h"

#include "guichet-likeness.h"

#include "eid-word.h"
#include "guichet-fold.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (GuichetMatch,
                    guichet_match,
                    G_DEFINE_ENUM_VALUE (GUICHET_MATCH_EQUAL, "equal"),
                    G_DEFINE_ENUM_VALUE (GUICHET_MATCH_ALIKE, "alike"),
                    G_DEFINE_ENUM_VALUE (GUICHET_MATCH_DIFFERENT, "different"),
                    G_DEFINE_ENUM_VALUE (GUICHET_MATCH_UNKNOWN, "unknown"))

static const GuichetLikeness different = { GUICHET_MATCH_DIFFERENT, 0 };
static const GuichetLikeness unknown = { GUICHET_MATCH_UNKNOWN, 0 };

/* What can be folded away, and what it is called then. */
static const struct
{
  GuichetFold fold;
  GuichetLoose loose;
} folds[] = {
  { GUICHET_FOLD_ACCENTS, GUICHET_LOOSE_ACCENTS },
  { GUICHET_FOLD_CASE, GUICHET_LOOSE_CASE },
  { GUICHET_FOLD_PUNCTUATION, GUICHET_LOOSE_PUNCTUATION },
};

/*
 * In lower case without accents; only what is short for one thing and nothing else: `ch.` may be
 * a chaussée or a chemin. The kind of a street stands first, saints stand anywhere.
 */
static const struct
{
  const char *abbreviation;
  const char *word;
  gboolean anywhere;
} shortened[] = {
  { "av", "avenue", FALSE },     { "ave", "avenue", FALSE },    { "bd", "boulevard", FALSE },
  { "bld", "boulevard", FALSE }, { "bvd", "boulevard", FALSE }, { "boul", "boulevard", FALSE },
  { "chee", "chaussee", FALSE }, { "imp", "impasse", FALSE },   { "pl", "place", FALSE },
  { "r", "rue", FALSE },         { "rte", "route", FALSE },     { "sq", "square", FALSE },
  { "st", "saint", TRUE },       { "ste", "sainte", TRUE },
};

static const char *const box_signs[] = { "bte", "boite", "bus", "box", NULL };

static char **
words_of (const char *text, GuichetFold what)
{
  char *folded = guichet_fold_some (text, what);
  char **words = *folded != '\0' ? g_strsplit (folded, " ", -1) : g_new0 (char *, 1);

  eid_wiped_free (folded);
  return words;
}

static void
words_free (char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    eid_wiped_free (words[i]);
  g_free (words);
}

/* Dashes and points alone say nothing. */
static gboolean
says_something (const char *text)
{
  char *folded = text != NULL ? guichet_fold (text) : NULL;
  gboolean something = folded != NULL && *folded != '\0';

  eid_wiped_free (folded);
  return something;
}

static gboolean
same_text (const char *card, const char *request, GuichetFold what)
{
  char *a = guichet_fold_some (card, what);
  char *b = guichet_fold_some (request, what);
  gboolean same = g_str_equal (a, b);

  eid_wiped_free (a);
  eid_wiped_free (b);
  return same;
}

static GuichetLikeness
alike (GuichetLoose loose)
{
  return (GuichetLikeness){ loose == 0 ? GUICHET_MATCH_EQUAL : GUICHET_MATCH_ALIKE, loose };
}

GuichetLikeness
guichet_likeness_of_texts (const char *card, const char *request)
{
  GuichetLoose loose = 0;

  if (!says_something (card) || !says_something (request))
    return unknown;
  if (!same_text (card, request, GUICHET_FOLD_ALL))
    return different;
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    if (!same_text (card, request, GUICHET_FOLD_ALL & ~folds[i].fold))
      loose |= folds[i].loose;
  return alike (loose);
}

/* Given names. */

#define NAMES_MAX 32

typedef struct
{
  char **card;
  char **request;
  char *initial;
  gboolean used[NAMES_MAX]; /* of the request's */
  guint n_missing;          /* of the card's */
  gboolean in_order;
} Names;

static void
pair_names (Names *names)
{
  guint next = 0;

  names->in_order = TRUE;
  for (guint i = 0; names->card[i] != NULL; i++)
    {
      guint at = 0;

      while (names->request[at] != NULL &&
             (names->used[at] || !g_str_equal (names->card[i], names->request[at])))
        at++;
      if (names->request[at] == NULL)
        {
          names->n_missing++;
          continue;
        }
      names->used[at] = TRUE;
      names->in_order = names->in_order && at >= next;
      next = at + 1;
    }
}

/* Whether what the request has beyond the card's names fits the initial of the third one. */
static gboolean
explain_rest (Names *names, GuichetLoose *loose)
{
  guint n_used = 0, n_rest = 0, third = NAMES_MAX;

  for (guint i = 0; names->request[i] != NULL; i++)
    if (names->used[i])
      n_used++;
    else
      {
        n_rest++;
        if (third == NAMES_MAX && names->initial != NULL &&
            g_str_has_prefix (names->request[i], names->initial))
          third = i;
      }
  if (n_used == 0 || (n_rest > 0 && (third == NAMES_MAX || names->n_missing > 0)))
    return FALSE;
  /* The names that the card spells out come first in both, and then the third one. */
  if (!names->in_order || (n_rest > 0 && third != n_used))
    *loose |= GUICHET_LOOSE_ORDER;
  if (names->n_missing > 0 || (n_rest == 0 && names->initial != NULL))
    *loose |= GUICHET_LOOSE_FEWER;
  if (n_rest > 1 || (n_rest == 1 && !g_str_equal (names->request[third], names->initial)))
    *loose |= GUICHET_LOOSE_INITIAL;
  return TRUE;
}

static gboolean
match_names (const char *card,
             const char *initial,
             const char *request,
             GuichetFold what,
             GuichetLoose *ret_loose)
{
  Names names = { .card = words_of (card, what),
                  .request = words_of (request, what),
                  .initial = says_something (initial) ? guichet_fold_some (initial, what) : NULL };
  gboolean matched = FALSE;

  *ret_loose = 0;
  if (g_strv_length (names.request) < NAMES_MAX)
    {
      pair_names (&names);
      matched = explain_rest (&names, ret_loose);
    }
  words_free (names.card);
  words_free (names.request);
  eid_wiped_free (names.initial);
  return matched;
}

GuichetLikeness
guichet_likeness_of_given_names (const char *card, const char *initial, const char *request)
{
  GuichetLoose loose, strict;

  if (!says_something (card) || !says_something (request))
    return unknown;
  if (!match_names (card, initial, request, GUICHET_FOLD_ALL, &loose))
    return different;
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    if (!match_names (card, initial, request, GUICHET_FOLD_ALL & ~folds[i].fold, &strict) ||
        (strict & ~loose) != 0)
      loose |= folds[i].loose;
  return alike (loose);
}

/* Streets. */

/* The whole word where @word is one of the table, in either form. */
static const char *
whole_word (const char *word, gboolean first, gboolean *ret_short)
{
  char *plain = guichet_fold (word);
  const char *whole = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shortened) && whole == NULL; i++)
    {
      gboolean is_short = g_str_equal (plain, shortened[i].abbreviation);

      if ((first || shortened[i].anywhere) && (is_short || g_str_equal (plain, shortened[i].word)))
        {
          *ret_short = *ret_short || is_short;
          whole = shortened[i].word;
        }
    }
  eid_wiped_free (plain);
  return whole;
}

static gboolean
is_box_sign (char **words, guint at)
{
  char *plain = guichet_fold (words[at]);
  gboolean is_sign = at > 0 && g_ascii_isdigit (words[at - 1][0]) && words[at + 1] != NULL &&
                     g_strv_contains (box_signs, plain);

  eid_wiped_free (plain);
  return is_sign;
}

/* One way to write a street, number and box. */
static char *
canonical_street (const char *text, GuichetFold what, gboolean whole, gboolean *ret_short)
{
  char *apart = g_strdelimit (g_strdup (text), "/,", ' ');
  char **words = words_of (apart, what);
  GString *street = g_string_sized_new (2 * strlen (text) + 64);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *replacement = whole_word (words[i], i == 0, ret_short);

      if (is_box_sign (words, i))
        continue;
      g_string_append (street, whole && replacement != NULL ? replacement : words[i]);
      g_string_append_c (street, ' ');
    }
  eid_wiped_free (apart);
  words_free (words);
  return g_string_free (street, FALSE);
}

static gboolean
same_street (const char *card,
             const char *request,
             GuichetFold what,
             gboolean whole,
             gboolean *ret_short)
{
  char *a = canonical_street (card, what, whole, ret_short);
  char *b = canonical_street (request, what, whole, ret_short);
  gboolean same = g_str_equal (a, b);

  eid_wiped_free (a);
  eid_wiped_free (b);
  return same;
}

GuichetLikeness
guichet_likeness_of_streets (const char *card, const char *request)
{
  gboolean any_short = FALSE, whole;
  GuichetLoose loose = 0;

  if (!says_something (card) || !says_something (request))
    return unknown;
  whole = !same_street (card, request, GUICHET_FOLD_ALL, FALSE, &any_short);
  if (whole && !(any_short && same_street (card, request, GUICHET_FOLD_ALL, TRUE, &any_short)))
    return different;
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    /* A word that is shortened has its point or hyphen: not worth a word of its own. */
    if (!(whole && folds[i].fold == GUICHET_FOLD_PUNCTUATION) &&
        !same_street (card, request, GUICHET_FOLD_ALL & ~folds[i].fold, whole, &any_short))
      loose |= folds[i].loose;
  return alike (loose | (whole ? GUICHET_LOOSE_ABBREVIATED : 0));
}
