/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-content.h"
#include "guichet-order.h"

G_BEGIN_DECLS

/**
 * GuichetListing:
 *
 * A list asked for and what came of it. Belongs to whoever holds it: the queue, then the
 * reader's thread, then the queue again.
 */
typedef struct
{
  /* Input */
  GuichetQuestion question;
  char **words;              /* (owned) (nullable): folded; NULL: no search */
  GuichetGlossary *glossary; /* (owned) */
  GuichetOrder *base;        /* (owned) (nullable): the list without search, as known before */
  GuichetOrder *shown;       /* (owned) (nullable): what is on the screen */
  gboolean same;             /* what is on the screen answers the same question */
  guint max;                 /* only the beginning, without search; 0: everything */

  /* Output */
  GuichetOrder *new_base;  /* (owned) */
  GuichetOrder *new_shown; /* (owned) */
  GArray *hunks;           /* (owned) of GuichetHunk: from shown to new_shown */
  GArray *changes;         /* (owned) (nullable) of guint32: lines to be read again; NULL: all */
} GuichetListing;

GuichetListing *guichet_listing_new (const GuichetQuestion *question, GuichetGlossary *glossary);
void guichet_listing_free (GuichetListing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetListing, guichet_listing_free)

/**
 * GuichetMirrorReader:
 *
 * Everything that is read out of a mirror and may take longer than a frame. Lives in a
 * thread of its own: it waits neither for the writer nor for the screen.
 */
typedef struct _GuichetMirrorReader GuichetMirrorReader;

GuichetMirrorReader *
guichet_mirror_reader_open (const char *path, GuichetChangeLog *log, GError **error);
void guichet_mirror_reader_close (GuichetMirrorReader *self);

/** guichet_mirror_reader_list: fills in the output of @listing. */
gboolean guichet_mirror_reader_list (GuichetMirrorReader *self,
                                     GuichetListing *listing,
                                     GCancellable *cancellable,
                                     GError **error);

/** guichet_mirror_reader_find_content: (nullable) (transfer full): %NULL without error if it was never opened. */
GuichetContent *guichet_mirror_reader_find_content (GuichetMirrorReader *self,
                                                    const char *reference,
                                                    GError **error);

G_END_DECLS
