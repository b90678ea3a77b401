/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-hits.h"

#include <string.h>

#define BITS_LENGTH (GUICHET_HITS_BLOCK / 8)

/* The naive set: a byte an id. */
typedef struct
{
  guint32 n;
  guint8 *has;
} Naive;

static Naive
naive_new (guint32 n)
{
  return (Naive){ n, g_malloc0 (n) };
}

static void
assert_same (const GuichetHits *hits, const Naive *naive)
{
  for (guint32 id = 0; id < naive->n; id++)
    g_assert_cmpint (guichet_hits_has (hits, id), ==, naive->has[id]);
}

static void
test_random_sets (void)
{
  for (guint round = 0; round < 200; round++)
    {
      const guint32 last = (guint32) g_test_rand_int_range (0, 10000);
      const guint32 other_last = (guint32) g_test_rand_int_range (0, 10000);
      g_autoptr (GuichetHits) hits = guichet_hits_new (last);
      g_autoptr (GuichetHits) other = guichet_hits_new (other_last);
      Naive naive = naive_new (12000);

      /* Ids beyond the last are ignored; which ones, only the next word boundary says. */
      for (int i = g_test_rand_int_range (0, 3000); i > 0; i--)
        {
          const guint32 id = (guint32) g_test_rand_int_range (0, (gint32) last + 1);

          guichet_hits_add (hits, id);
          naive.has[id] = 1;
        }
      guichet_hits_add (hits, last + 64);
      guichet_hits_add (hits, G_MAXUINT32);
      assert_same (hits, &naive);

      for (guint32 id = 0; id <= other_last; id++)
        if (g_test_rand_bit ())
          guichet_hits_add (other, id);
      guichet_hits_keep (hits, other);
      for (guint32 id = 0; id < naive.n; id++)
        naive.has[id] = naive.has[id] && guichet_hits_has (other, id);
      assert_same (hits, &naive);
      g_assert_false (guichet_hits_has (hits, G_MAXUINT32));
      g_free (naive.has);
    }
}

static void
shuffle (GArray *ids)
{
  for (guint i = ids->len; i > 1; i--)
    {
      guint32 *last = &g_array_index (ids, guint32, i - 1);
      guint32 *other = &g_array_index (ids, guint32, g_test_rand_int_range (0, (gint32) i));
      const guint32 kept = *last;

      *last = *other;
      *other = kept;
    }
}

/* Out of ids in any order, with more and fewer marked than there are ids. */
static void
test_pick (void)
{
  for (int round = 0; round < 50; round++)
    {
      const guint32 last = (guint32) g_test_rand_int_range (0, 3000);
      const guint n_ids = (guint) g_test_rand_int_range (0, 4000);
      g_autoptr (GuichetHits) hits = guichet_hits_new (last);
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autofree guint32 *picked = NULL;
      guint n_picked = 0;
      guint at = 0;

      for (guint32 id = 0; id <= last; id++)
        if (g_test_rand_int_range (0, 1 + round) == 0)
          guichet_hits_add (hits, id);
      for (guint32 id = 0; id < n_ids; id++)
        g_array_append_val (ids, id);
      shuffle (ids);

      picked = guichet_hits_pick (hits, (const guint32 *) (gpointer) ids->data, n_ids, &n_picked);
      for (guint i = 0; i < n_ids; i++)
        if (guichet_hits_has (hits, g_array_index (ids, guint32, i)))
          {
            g_assert_cmpuint (at, <, n_picked);
            g_assert_cmpuint (picked[at], ==, g_array_index (ids, guint32, i));
            at++;
          }
      g_assert_cmpuint (at, ==, n_picked);
    }
}

static void
test_of_ids (void)
{
  static const guint32 ids[] = { 0, 1, 63, 64, 4095, 4096, 100000 };
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GuichetHits) hits = NULL;
  g_autoptr (GuichetHits) empty = guichet_hits_new_of (none);
  guint n = 0;

  g_array_append_vals (some, ids, G_N_ELEMENTS (ids));
  hits = guichet_hits_new_of (some);
  for (guint32 id = 0; id < 110000; id++)
    {
      n += guichet_hits_has (hits, id) ? 1 : 0;
      g_assert_false (guichet_hits_has (empty, id));
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (ids));
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_true (guichet_hits_has (hits, ids[i]));
}

/* A block that is changed at random is the naive set, in whichever form it happens to be. */
static void
test_random_blocks (void)
{
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (GBytes) block = NULL;
      Naive naive = naive_new (GUICHET_HITS_BLOCK);
      const gint32 many = round % 3 == 0 ? 2000 : 60;

      for (guint change = 0; change < 40; change++)
        {
          g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (guint16));
          g_autoptr (GBytes) before = g_steal_pointer (&block);
          g_autoptr (GuichetHits) hits = guichet_hits_new (3 * GUICHET_HITS_BLOCK - 1);
          guint n = 0;

          for (int i = g_test_rand_int_range (0, many); i > 0; i--)
            {
              const guint16 offset = (guint16) g_test_rand_int_range (0, GUICHET_HITS_BLOCK);
              const gboolean away = g_test_rand_bit ();
              const guint16 noted = (guint16) (offset | (away ? GUICHET_HITS_AWAY : 0));

              g_array_append_val (changes, noted);
              naive.has[offset] = !away;
            }

          block = guichet_hits_change_block (before, changes);
          for (guint i = 0; i < GUICHET_HITS_BLOCK; i++)
            n += naive.has[i];
          g_assert_cmpuint (g_bytes_get_size (block), ==, n < 256 ? 2 * n : BITS_LENGTH);
          guichet_hits_add_block (hits,
                                  1,
                                  g_bytes_get_data (block, NULL),
                                  g_bytes_get_size (block));
          for (guint32 id = 0; id < 3 * GUICHET_HITS_BLOCK; id++)
            g_assert_cmpint (guichet_hits_has (hits, id),
                             ==,
                             id / GUICHET_HITS_BLOCK == 1 && naive.has[id % GUICHET_HITS_BLOCK]);
        }
      g_free (naive.has);
    }
}

/* The longest list, and one more. */
static void
test_edge_of_list (void)
{
  const guint16 one_more = 7;
  const guint16 one_less = 7 | GUICHET_HITS_AWAY;
  g_autoptr (GArray) many = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GArray) less = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GBytes) list = NULL;
  g_autoptr (GBytes) bits = NULL;
  g_autoptr (GBytes) again = NULL;

  for (guint16 i = 0; i < 255; i++)
    {
      const guint16 offset = (guint16) (GUICHET_HITS_BLOCK - 1 - i);

      g_array_append_val (many, offset);
    }
  g_array_append_val (more, one_more);
  g_array_append_val (less, one_less);

  list = guichet_hits_change_block (NULL, many);
  g_assert_cmpuint (g_bytes_get_size (list), ==, 510);
  bits = guichet_hits_change_block (list, more);
  g_assert_cmpuint (g_bytes_get_size (bits), ==, BITS_LENGTH);
  again = guichet_hits_change_block (bits, less);
  g_assert_true (g_bytes_equal (list, again));
}

/* A damaged file marks something wrong, or nothing; it never writes elsewhere. */
static void
test_senseless_blocks (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      const gsize length = (gsize) g_test_rand_int_range (0, 1100);
      g_autofree guint8 *bytes = g_malloc (length + 1);
      g_autoptr (GuichetHits) hits = guichet_hits_new ((guint32) g_test_rand_int_range (0, 9000));

      for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8) g_test_rand_int ();
      guichet_hits_add_block (hits, (guint32) g_test_rand_int_range (0, 3), bytes, length);
      guichet_hits_add_block (hits, (guint32) g_test_rand_int (), bytes, length);
      guichet_hits_add_block (hits, G_MAXUINT32, bytes, length);
      if (length > BITS_LENGTH)
        for (guint32 id = 0; id < 9000; id++)
          g_assert_false (guichet_hits_has (hits, id));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/hits/sets", test_random_sets);
  g_test_add_func ("/client/hits/of-ids", test_of_ids);
  g_test_add_func ("/client/hits/pick", test_pick);
  g_test_add_func ("/client/hits/blocks", test_random_blocks);
  g_test_add_func ("/client/hits/edge", test_edge_of_list);
  g_test_add_func ("/client/hits/senseless", test_senseless_blocks);

  return g_test_run ();
}
