/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"

G_BEGIN_DECLS

/*
 * What lines are found by, kept beside them: the words of citizen and reference in the full-text
 * index, and what words begin with in the table `initials`. Writer's thread only.
 */

/**
 * GuichetMirrorIndex:
 *
 * Gathers what changes in the blocks of `initials`, so that each is written once a page.
 */
typedef struct _GuichetMirrorIndex GuichetMirrorIndex;

/** guichet_mirror_index_new: @db: must outlive it. */
GuichetMirrorIndex *guichet_mirror_index_new (GuichetDb *db);
void guichet_mirror_index_free (GuichetMirrorIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetMirrorIndex, guichet_mirror_index_free)

gboolean guichet_mirror_index_add (GuichetMirrorIndex *self,
                                   guint32 id,
                                   const char *reference,
                                   const char *citizen,
                                   const char *procedure,
                                   GError **error);
/** guichet_mirror_index_remove: the texts must be those that were added. */
gboolean guichet_mirror_index_remove (GuichetMirrorIndex *self,
                                      guint32 id,
                                      const char *reference,
                                      const char *citizen,
                                      const char *procedure,
                                      GError **error);
/** guichet_mirror_index_flush: writes what was gathered; before the commit. */
gboolean guichet_mirror_index_flush (GuichetMirrorIndex *self, GError **error);
/** guichet_mirror_index_forget: gives up what was gathered; after a rollback. */
void guichet_mirror_index_forget (GuichetMirrorIndex *self);

/** GUICHET_INITIALS_MAX: letters of a beginning that has a list of its own in `initials`. */
#define GUICHET_INITIALS_MAX 2
/* What the letters of a row of `initials` begin with: what they are the beginning of. */
#define GUICHET_INITIALS_NAME 'w'
#define GUICHET_INITIALS_REFERENCE 'r'
#define GUICHET_INITIALS_PROCEDURE 'p' /* followed by its whole code */

G_END_DECLS
