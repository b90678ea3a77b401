/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "guichet-catalogue.h"

G_BEGIN_DECLS

/**
 * GuichetGlossary:
 *
 * The names of the procedures as lists need them: to be found by their words, in any language,
 * and to be put into the order of their names, in one. Immutable; any thread.
 */
typedef struct _GuichetGlossary GuichetGlossary;

/** guichet_glossary_new: @catalogue: (nullable): without one, procedures are ordered by code. */
GuichetGlossary *guichet_glossary_new (const GuichetCatalogue *catalogue, GuichetLanguage language);
GuichetGlossary *guichet_glossary_ref (GuichetGlossary *self);
void guichet_glossary_unref (GuichetGlossary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetGlossary, guichet_glossary_unref)

/**
 * guichet_glossary_find:
 * @word: folded; the beginning of one
 *
 * Returns: (transfer container) (element-type utf8): codes of the procedures that have it in
 *   their name; valid as long as the glossary
 */
GPtrArray *guichet_glossary_find (GuichetGlossary *self, const char *word);

/** guichet_glossary_place: a text whose order (by bytes) is that of the procedures' names. (transfer full) */
char *guichet_glossary_place (GuichetGlossary *self, const char *procedure);

G_END_DECLS
