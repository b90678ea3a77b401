/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guichet_fold:
 * @text: any text in UTF-8
 *
 * Takes away what somebody who searches or sorts does not think of: accents, case, and
 * everything that is neither letter nor digit, of which each stretch becomes one space. The
 * one function for what is stored, what is searched and what is sorted by, so that they agree.
 *
 * Returns: (transfer full): the words, with one space between them
 */
char *guichet_fold (const char *text);

/**
 * GuichetFold:
 *
 * What can be taken away apart: to tell what two texts differ in. A stretch of blanks is always
 * one space, and a letter with its accent the same however it is written.
 */
typedef enum
{
  GUICHET_FOLD_ACCENTS = 1 << 0,
  GUICHET_FOLD_CASE = 1 << 1,
  GUICHET_FOLD_PUNCTUATION = 1 << 2,
} GuichetFold;

#define GUICHET_FOLD_ALL (GUICHET_FOLD_ACCENTS | GUICHET_FOLD_CASE | GUICHET_FOLD_PUNCTUATION)

/** guichet_fold_some: takes away only what @what names. (transfer full) */
char *guichet_fold_some (const char *text, GuichetFold what);

/** guichet_fold_words: the same, as words. (transfer full) */
char **guichet_fold_words (const char *text);

G_END_DECLS
