/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How one list becomes another, in as few steps as a view needs to keep its place.
 */
#define G_LOG_DOMAIN "guichet-order-compare"

#include "config.h"

#include "guichet-order.h"

/* A view that is told of more than so many stretches is better told of one long one. */
#define HUNKS_MAX 64

static GArray *
hunks_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (GuichetHunk));
}

static void
add_hunk (GArray *hunks, guint old_at, guint n_old, guint new_at, guint n_new)
{
  const GuichetHunk hunk = { old_at, n_old, new_at, n_new };

  if (n_old > 0 || n_new > 0)
    g_array_append_val (hunks, hunk);
}

/* Everything between the common beginning and the common end. */
static GArray *
compare_ends (GuichetOrder *before, GuichetOrder *after)
{
  GArray *hunks = hunks_new ();
  const guint shorter = MIN (before->n_ids, after->n_ids);
  guint head = 0;
  guint tail = 0;

  while (head < shorter && before->ids[head] == after->ids[head])
    head++;
  while (tail < shorter - head &&
         before->ids[before->n_ids - 1 - tail] == after->ids[after->n_ids - 1 - tail])
    tail++;

  add_hunk (hunks, head, before->n_ids - head - tail, head, after->n_ids - head - tail);
  return hunks;
}

/* Lines that did not change stand in the same order in both, so one walk finds the others. */
static GArray *
compare_changed (GuichetOrder *before, GuichetOrder *after, GArray *changes)
{
  g_autoptr (GuichetHits) changed = guichet_hits_new_of (changes);
  g_autoptr (GArray) hunks = hunks_new ();
  guint i = 0;
  guint j = 0;

  while (i < before->n_ids || j < after->n_ids)
    {
      const guint old_at = i;
      const guint new_at = j;

      while (i < before->n_ids && guichet_hits_has (changed, before->ids[i]))
        i++;
      while (j < after->n_ids && guichet_hits_has (changed, after->ids[j]))
        j++;
      add_hunk (hunks, old_at, i - old_at, new_at, j - new_at);

      if (i < before->n_ids && j < after->n_ids && before->ids[i] == after->ids[j])
        {
          i++;
          j++;
        }
      else if (i < before->n_ids || j < after->n_ids)
        return NULL; /* something else moved: what changed is not known after all */
    }
  return g_steal_pointer (&hunks);
}

static GArray *
in_one (GArray *hunks)
{
  const GuichetHunk first = g_array_index (hunks, GuichetHunk, 0);
  const GuichetHunk last = g_array_index (hunks, GuichetHunk, hunks->len - 1);
  GArray *one = hunks_new ();

  add_hunk (one,
            first.old_at,
            last.old_at + last.n_old - first.old_at,
            first.new_at,
            last.new_at + last.n_new - first.new_at);
  return one;
}

GArray *
guichet_order_compare (GuichetOrder *before, GuichetOrder *after, GArray *changes)
{
  g_autoptr (GArray) hunks = NULL;

  if (before != NULL && changes != NULL && changes->len == 0)
    return compare_ends (before, after);
  if (before != NULL && changes != NULL && before->whole && after->whole)
    hunks = compare_changed (before, after, changes);
  if (hunks == NULL)
    {
      hunks = hunks_new ();
      add_hunk (hunks, 0, before != NULL ? before->n_ids : 0, 0, after->n_ids);
    }
  return hunks->len > HUNKS_MAX ? in_one (hunks) : g_steal_pointer (&hunks);
}
