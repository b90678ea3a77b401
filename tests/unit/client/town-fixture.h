/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-line.h"
#include "guichet-mirror.h"

G_BEGIN_DECLS

#define TOWN_ME "chloe"
#define TOWN_TODAY 20700
#define TOWN_DAY (G_GINT64_CONSTANT (24 * 60 * 60) * G_USEC_PER_SEC)
#define TOWN_NOW ((gint64) TOWN_TODAY * TOWN_DAY + TOWN_DAY / 2)

/*
 * The town hall as the server would list it: lines made at random from the seed that the test
 * prints, and the pages of changes that lead there. What the client makes of the pages is held
 * against the lines themselves, with no index and no cleverness.
 */
typedef struct
{
  GPtrArray *lines; /* of GuichetLine, as they are now */
  gint64 last;      /* number of the last event */
  guint made;       /* lines ever */
  GHashTable *news; /* reference → number of the last event that TOWN_ME may not know of */

  /* Since the last page */
  GHashTable *changed; /* set of references: lines that are other or new */
  GHashTable *gone;    /* set of references */
  gboolean purged;     /* those that are gone are so because they were purged */

  GHashTable *folds; /* text → folded */
} Town;

Town *town_new (guint n_lines);
void town_free (Town *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

/* A line with everything at random; its reference and event are new. */
GuichetLine *town_make_line (Town *self);
void town_add (Town *self, GuichetLine *line);
GuichetLine *town_find (Town *self, const char *reference);
/* Replaces the line of the same reference. */
void town_put (Town *self, GuichetLine *line);
/* A copy with the next event. */
GuichetLine *town_next (Town *self, const GuichetLine *line);
void town_remove (Town *self, const char *reference);
/* One of: a line changes at random, one comes, one goes. */
void town_live (Town *self);

/* What changed since the last page, as the server says it. */
GBytes *town_page (Town *self, gint64 epoch);
/* Any page, with news of nothing: @lines and @gone may be NULL. */
GBytes *town_page_of (gint64 epoch,
                      GPtrArray *lines,
                      const char *const *gone,
                      gint64 last,
                      gboolean more,
                      gint64 total);

/* Naively, for @me on @today. */
gboolean town_is_in (const GuichetLine *line, GuichetView view, GuichetDay today);
void town_count (Town *self, GuichetDay today, GuichetCounts *counts);
/* Whether a word of citizen, reference or procedure begins with @word, which is folded. */
gboolean
town_has_word (Town *self, const GuichetLine *line, const char *word, GuichetCatalogue *catalogue);
/* References in the order of @question, those of equal keys in the order of @ids (reference → id). */
GPtrArray *town_list (Town *self,
                      const GuichetQuestion *question,
                      const char *const *words,
                      GuichetCatalogue *catalogue,
                      GHashTable *ids,
                      GuichetDay today);

/* Names in POP-TST, POP-SEC, EC-OWN (which the fixture's catalogue has) and two that it does not. */
const char *town_name_of (GuichetCatalogue *catalogue, const char *procedure);

G_END_DECLS
