/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-change-log.h"
#include "guichet-db.h"
#include "guichet-glossary.h"
#include "guichet-hits.h"
#include "guichet-view.h"

G_BEGIN_DECLS

/** What a list shows and in which order; the search goes on top of it. */
typedef struct
{
  GuichetView view;
  GuichetDepartment department; /* NONE: all */
  GuichetSort sort;
  gboolean descending;
} GuichetQuestion;

gboolean guichet_question_equal (const GuichetQuestion *a, const GuichetQuestion *b);

/**
 * GuichetOrder:
 *
 * The ids of a list's lines in order, four bytes each, as they were at one revision of the mirror.
 * Immutable; any thread.
 */
typedef struct
{
  /*< public >*/
  GuichetQuestion question;
  gint64 revision;
  gboolean whole; /* FALSE: only the beginning was read */
  guint n_ids;
  const guint32 *ids;

  /*< private >*/
  gatomicrefcount references;
} GuichetOrder;

GuichetOrder *guichet_order_ref (GuichetOrder *self);
void guichet_order_unref (GuichetOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetOrder, guichet_order_unref)

/** guichet_order_new: @ids: (transfer full) (element-type guint32) */
GuichetOrder *
guichet_order_new (const GuichetQuestion *question, gint64 revision, gboolean whole, GArray *ids);

/**
 * guichet_order_read:
 * @db: within a transaction
 * @glossary: for lists by procedure
 * @revision: of the mirror in that transaction
 * @max: how many ids; 0: all
 *
 * Reads a list in its order, out of the one index that has it. Nothing is sorted and nothing
 * is read that is not in the list.
 */
GuichetOrder *guichet_order_read (GuichetDb *db,
                                  const GuichetQuestion *question,
                                  GuichetGlossary *glossary,
                                  gint64 revision,
                                  guint max,
                                  GCancellable *cancellable,
                                  GError **error);

/** guichet_order_search: the ids that are marked, in this order. (transfer full) */
GuichetOrder *guichet_order_search (GuichetOrder *self, const GuichetHits *hits);

/**
 * guichet_order_repair:
 * @changes: ids that may stand elsewhere, be new or be gone
 *
 * Brings a whole order to another revision without reading it again: each line that changed
 * is looked for where it belongs now, by halves.
 */
GuichetOrder *guichet_order_repair (GuichetOrder *self,
                                    GuichetDb *db,
                                    GuichetGlossary *glossary,
                                    gint64 revision,
                                    GArray *changes,
                                    GError **error);

/** GUICHET_REPAIR_MAX: changes up to which repairing is quicker than reading a long list again. */
#define GUICHET_REPAIR_MAX 64

/**
 * guichet_search:
 * @db: within a transaction
 * @words: folded; each is the beginning of a word of citizen, reference or procedure's name
 *
 * Marks the lines that have all the words.
 */
GuichetHits *guichet_search (GuichetDb *db,
                             const char *const *words,
                             GuichetGlossary *glossary,
                             GCancellable *cancellable,
                             GError **error);

/** A stretch of a list that is another than before. */
typedef struct
{
  guint old_at;
  guint n_old;
  guint new_at;
  guint n_new;
} GuichetHunk;

/**
 * guichet_order_compare:
 * @before: (nullable): what was shown
 * @changes: (nullable): ids whose lines are others than before; %NULL: not known, or the two
 *   answer different questions
 *
 * Returns: (transfer full) (element-type GuichetHunk): from the first to the last, as few as the
 *   changes need, or one for everything if they are many
 */
GArray *guichet_order_compare (GuichetOrder *before, GuichetOrder *after, GArray *changes);

/*< private >*/
int _guichet_order_departments (GuichetDb *db,
                                GuichetDepartment only,
                                GuichetDepartment *departments,
                                GError **error);
const char *_guichet_order_key_statement (GuichetSort sort);

G_END_DECLS
