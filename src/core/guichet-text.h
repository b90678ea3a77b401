/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-catalogue.h"
#include "guichet-request.h"

G_BEGIN_DECLS

/**
 * GuichetTexts:
 *
 * The texts of the notifications, one a code and language, with named placeholders
 * `{{name}}`. Immutable; any thread. The placeholders are a closed list: citizenName,
 * procedure, reference, stage, department, town, link, contact, dueDay, reason, sentence. A paragraph
 * that names a placeholder without a value (reason, sentence, dueDay) vanishes.
 */
typedef struct _GuichetTexts GuichetTexts;

/**
 * guichet_texts_new:
 * @files: (element-type utf8 GBytes): by name: `documentsNeeded.fr.txt`, a first line
 *   `Subject: …`, an empty line, then paragraphs; and `frame.html`, which holds
 *   `{{subject}}`, `{{paragraphs}}`, `{{language}}` and `{{town}}`
 * @catalogue: every text code that it names must exist in French
 *
 * Returns: (transfer full) (nullable): the texts; the error (GUICHET_CATALOGUE_ERROR) names
 *   file, line and unknown placeholder
 */
GuichetTexts *
guichet_texts_new (GHashTable *files, const GuichetCatalogue *catalogue, GError **error);
GuichetTexts *guichet_texts_ref (GuichetTexts *self);
void guichet_texts_unref (GuichetTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetTexts, guichet_texts_unref)

/** A notification ready to be read. */
typedef struct
{
  char *subject;
  char *text;
  char *html;
  GuichetLanguage language; /* of the text, which is French where no translation exists */
} GuichetRendering;

void guichet_rendering_free (GuichetRendering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetRendering, guichet_rendering_free)

/** What the town says of itself in its texts. */
typedef struct
{
  const char *town;    /* "Ville de Mons" */
  const char *link;    /* address of the E-guichet; the reference is appended */
  const char *contact; /* how to reach the department */
} GuichetTown;

/**
 * guichet_texts_render:
 * @code: of the text
 * @request: whom it is about, already in the stage that it tells of
 * @due: the day that is promised, or GUICHET_DAY_NONE
 * @reason: (nullable)
 * @sentence: (nullable): what the clerk adds
 *
 * Renders in the citizen's language; values are escaped in HTML.
 *
 * Returns: (transfer full) (nullable): %NULL if there is no such text
 */
GuichetRendering *guichet_texts_render (const GuichetTexts *self,
                                        const char *code,
                                        const GuichetCatalogue *catalogue,
                                        const GuichetRequest *request,
                                        GuichetLanguage language,
                                        const GuichetTown *town,
                                        GuichetDay due,
                                        const char *reason,
                                        const char *sentence);

/** guichet_department_name: as citizens and staff read it. (transfer none) */
const char *guichet_department_name (GuichetDepartment department, GuichetLanguage language);

G_END_DECLS
