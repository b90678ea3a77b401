/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-calendar.h"
#include "guichet-procedure.h"

G_BEGIN_DECLS

#define GUICHET_CATALOGUE_ERROR (guichet_catalogue_error_quark ())
GQuark guichet_catalogue_error_quark (void);

/** The message names file, place (a JSON pointer) and cause, every problem on a line of its own. */
typedef enum
{
  GUICHET_CATALOGUE_ERROR_INVALID,
} GuichetCatalogueError;

/**
 * GuichetCatalogue:
 *
 * All procedures and the town's calendar. Immutable; any thread. Made on the server from
 * files that its caller read, and on the desk from what the server sends: the bundle, one
 * JSON object holding every file under its name, which the server can hand out as it is.
 */
typedef struct _GuichetCatalogue GuichetCatalogue;

/**
 * guichet_catalogue_new:
 * @files: (element-type utf8 GBytes): content by path relative to the catalogue's folder:
 *   `procedures/POP-CM.json`, `flows/certificate.json`, `blocks/requester.json`, `calendar.json`
 *
 * Reads and checks everything: structure, references between files, every stage reachable
 * and with a way out to a closed one, a result before closing, patterns that compile,
 * French everywhere.
 *
 * Returns: (transfer full) (nullable): the catalogue
 */
GuichetCatalogue *guichet_catalogue_new (GHashTable *files, GError **error);

/** guichet_catalogue_from_bundle: what guichet_catalogue_bundle() gave. */
GuichetCatalogue *guichet_catalogue_from_bundle (GBytes *bundle, GError **error);
/** guichet_catalogue_bundle: (transfer none): `{"files": {path: content…}}`. */
GBytes *guichet_catalogue_bundle (const GuichetCatalogue *self);
/** guichet_catalogue_version: (transfer none): hex digest of the bundle, its ETag. */
const char *guichet_catalogue_version (const GuichetCatalogue *self);

GuichetCatalogue *guichet_catalogue_ref (GuichetCatalogue *self);
void guichet_catalogue_unref (GuichetCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCatalogue, guichet_catalogue_unref)

/** guichet_catalogue_find: (nullable) (transfer none) */
const GuichetProcedure *guichet_catalogue_find (const GuichetCatalogue *self, const char *code);
/** guichet_catalogue_procedures: (transfer none) (element-type GuichetProcedure): by code. */
GPtrArray *guichet_catalogue_procedures (const GuichetCatalogue *self);
const GuichetCalendar *guichet_catalogue_calendar (const GuichetCatalogue *self);

G_END_DECLS
