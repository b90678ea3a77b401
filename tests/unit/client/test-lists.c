/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists out of a mirror: every one there is, against a filter and a sort that know no index;
 * brought up to date after every change; and never made by looking through everything.
 */
#include "config.h"

#include "mirror-fixture.h"

#include "catalogue-fixture.h"
#include "guichet-fold.h"

#include <string.h>

#define RESOURCE "/be/mons/Guichetier/mirror/"
#define N_SORTS (GUICHET_SORT_CHANGED + 1)
#define N_QUESTIONS (GUICHET_N_VIEWS * N_SORTS * 2 * GUICHET_N_DEPARTMENTS)

typedef struct
{
  Desk desk;
  Town *town;
  GuichetCatalogue *catalogue;
  GuichetGlossary *glossary;
  GHashTable *ids;        /* reference → id, as it is now */
  GHashTable *references; /* id → reference (of ids) */
} Office;

static void
look_again (Office *office)
{
  GHashTableIter iter;
  gpointer reference;
  gpointer id;

  g_clear_pointer (&office->references, g_hash_table_unref);
  g_clear_pointer (&office->ids, g_hash_table_unref);
  office->ids = desk_ids (&office->desk);
  office->references = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, office->ids);
  while (g_hash_table_iter_next (&iter, &reference, &id))
    g_hash_table_insert (office->references, id, reference);
}

static void
set_up (Office *office, gconstpointer data)
{
  desk_set_up (&office->desk);
  desk_open (&office->desk);
  office->town = town_new (300);
  office->catalogue = fixture_catalogue ();
  office->glossary = guichet_glossary_new (office->catalogue, GUICHET_LANGUAGE_FR);
  desk_follow (&office->desk, office->town);
  desk_open_reader (&office->desk);
  look_again (office);
}

static void
tear_down (Office *office, gconstpointer data)
{
  g_hash_table_unref (office->references);
  g_hash_table_unref (office->ids);
  guichet_glossary_unref (office->glossary);
  guichet_catalogue_unref (office->catalogue);
  town_free (office->town);
  desk_tear_down (&office->desk);
}

static GuichetQuestion
question_of (guint number)
{
  GuichetQuestion question;

  question.view = (GuichetView) (number % GUICHET_N_VIEWS);
  number /= GUICHET_N_VIEWS;
  question.sort = (GuichetSort) (number % N_SORTS);
  number /= N_SORTS;
  question.descending = number % 2 == 1;
  question.department = (GuichetDepartment) (number / 2);
  return question;
}

static void
assert_order (Office *office, GuichetOrder *order, const char *const *words, guint max)
{
  g_autoptr (GPtrArray) expected =
      town_list (office->town, &order->question, words, office->catalogue, office->ids, TOWN_TODAY);
  const guint n = max != 0 ? MIN (max, expected->len) : expected->len;

  g_assert_cmpuint (order->n_ids, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (g_hash_table_lookup (office->references, GUINT_TO_POINTER (order->ids[i])),
                     ==,
                     g_ptr_array_index (expected, i));
}

static GuichetListing *
list (Office *office,
      const GuichetQuestion *question,
      const char *search,
      GuichetOrder *base,
      GuichetOrder *shown,
      gboolean same,
      guint max)
{
  GuichetListing *listing = guichet_listing_new (question, office->glossary);
  g_autoptr (GError) error = NULL;

  listing->words = search != NULL ? guichet_fold_words (search) : NULL;
  listing->base = base != NULL ? guichet_order_ref (base) : NULL;
  listing->shown = shown != NULL ? guichet_order_ref (shown) : NULL;
  listing->same = same;
  listing->max = max;
  guichet_mirror_reader_list (office->desk.reader, listing, NULL, &error);
  g_assert_no_error (error);
  return listing;
}

static const char *const searches[] = {
  "Dupont", "dup", "e", "É", "an van", "BERGHE den", "26", "essai", "pro du", "nobody", "ze",
};

static void
test_every (Office *office, gconstpointer data)
{
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      const GuichetQuestion question = question_of (i);
      const char *search = searches[g_test_rand_int_range (0, G_N_ELEMENTS (searches))];
      const guint max = (guint) g_test_rand_int_range (1, 120);
      g_autoptr (GuichetListing) all = list (office, &question, NULL, NULL, NULL, FALSE, 0);
      g_autoptr (GuichetListing) beginning = list (office, &question, NULL, NULL, NULL, FALSE, max);
      g_autoptr (GuichetListing) found =
          list (office, &question, search, NULL, all->new_shown, FALSE, 0);

      g_test_message ("view %u sort %u descending %d department %u",
                      question.view,
                      question.sort,
                      question.descending,
                      question.department);
      g_assert_true (all->new_base->whole);
      assert_order (office, all->new_shown, NULL, 0);
      assert_order (office, beginning->new_shown, NULL, max);
      g_assert_cmpint (beginning->new_base->whole, ==, all->new_base->n_ids < max);
      assert_order (office, found->new_base, NULL, 0);
      assert_order (office, found->new_shown, (const char *const *) found->words, 0);
    }
}

/* What a view makes of the stretches that it is told of: the new list, and what did not change kept. */
static void
assert_hunks (const GuichetListing *listing)
{
  const GuichetOrder *before = listing->shown;
  const GuichetOrder *after = listing->new_shown;
  g_autoptr (GArray) shadow = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) changed = g_hash_table_new (NULL, NULL);

  g_array_append_vals (shadow, before->ids, before->n_ids);
  for (guint i = 0; listing->changes != NULL && i < listing->changes->len; i++)
    g_hash_table_add (changed, GUINT_TO_POINTER (g_array_index (listing->changes, guint32, i)));

  for (guint i = 0; i < listing->hunks->len; i++)
    {
      const GuichetHunk hunk = g_array_index (listing->hunks, GuichetHunk, i);

      g_assert_cmpuint (hunk.new_at + hunk.n_old, <=, shadow->len);
      g_assert_cmpuint (hunk.n_old + hunk.n_new, >, 0);
      g_array_remove_range (shadow, hunk.new_at, hunk.n_old);
      g_array_insert_vals (shadow, hunk.new_at, after->ids + hunk.new_at, hunk.n_new);
      if (!listing->same || listing->hunks->len == 1)
        continue;
      for (guint j = 0; j < hunk.n_new; j++)
        g_assert_true (
            g_hash_table_contains (changed, GUINT_TO_POINTER (after->ids[hunk.new_at + j])));
    }
  g_assert_cmpuint (shadow->len, ==, after->n_ids);
  for (guint i = 0; i < shadow->len; i++)
    g_assert_cmpuint (g_array_index (shadow, guint32, i), ==, after->ids[i]);
}

static GuichetDb *
open_db (Office *office)
{
  g_autoptr (GError) error = NULL;
  GuichetDb *db = guichet_db_open (office->desk.path, GUICHET_DB_READ_ONLY, RESOURCE, &error);

  g_assert_no_error (error);
  return db;
}

static void
assert_same_order (const GuichetOrder *a, const GuichetOrder *b)
{
  g_assert_cmpuint (a->n_ids, ==, b->n_ids);
  g_assert_cmpmem (a->ids, a->n_ids * sizeof (guint32), b->ids, b->n_ids * sizeof (guint32));
}

/* The repaired order is the one that is read afresh, whatever changed. */
static void
test_repair (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) kept =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_order_unref);
  g_autoptr (GuichetDb) db = open_db (office);

  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      const GuichetQuestion question = question_of (i);
      g_autoptr (GuichetListing) first = list (office, &question, NULL, NULL, NULL, FALSE, 0);

      g_ptr_array_add (kept, guichet_order_ref (first->new_base));
    }

  for (guint round = 0; round < 16; round++)
    {
      g_autoptr (GArray) changes = NULL;
      gint64 revision;

      for (int i = g_test_rand_int_range (1, round % 4 == 0 ? 25 : 5); i > 0; i--)
        town_live (office->town);
      desk_follow (&office->desk, office->town);
      look_again (office);
      revision = desk_number (&office->desk, "SELECT revision FROM state");
      changes = guichet_change_log_since (office->desk.log, revision - 1, revision);

      for (guint i = round % 3; i < N_QUESTIONS; i += 3)
        {
          const GuichetQuestion question = question_of (i);
          GuichetOrder *old = g_ptr_array_index (kept, i);
          g_autoptr (GuichetListing) listing = list (office, &question, NULL, old, old, TRUE, 0);
          g_autoptr (GuichetOrder) repaired = NULL;
          g_autoptr (GuichetOrder) fresh =
              guichet_order_read (db, &question, office->glossary, revision, 0, NULL, NULL);

          assert_same_order (listing->new_shown, fresh);
          g_assert_cmpint (listing->new_base->revision, ==, revision);
          assert_hunks (listing);
          if (old->revision == revision - 1)
            {
              repaired = guichet_order_repair (old, db, office->glossary, revision, changes, NULL);
              assert_same_order (repaired, fresh);
            }
          if (i % 7 == 0)
            assert_order (office, fresh, NULL, 0);
          guichet_order_unref (old);
          kept->pdata[i] = guichet_order_ref (listing->new_base);
        }
    }
}

/* From any list on the screen to any other one, with and without a search. */
static void
test_any_to_any (Office *office, gconstpointer data)
{
  g_autoptr (GuichetOrder) base = NULL;
  g_autoptr (GuichetOrder) shown = NULL;
  GuichetQuestion question = question_of (0);
  const char *search = NULL;

  for (guint round = 0; round < 150; round++)
    {
      g_autoptr (GuichetListing) listing = NULL;
      const gboolean same = shown != NULL && g_test_rand_bit ();

      if (!same)
        {
          if (g_test_rand_bit ())
            question = question_of ((guint) g_test_rand_int_range (0, N_QUESTIONS));
          search = g_test_rand_bit () ? searches[g_test_rand_int_range (0, G_N_ELEMENTS (searches))]
                                      : NULL;
        }
      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        town_live (office->town);
      desk_follow (&office->desk, office->town);
      look_again (office);

      listing = list (office,
                      &question,
                      search,
                      base,
                      shown,
                      same,
                      search == NULL && g_test_rand_bit () ? 20 : 0);
      assert_order (office,
                    listing->new_shown,
                    (const char *const *) listing->words,
                    listing->new_base->whole ? 0 : 20);
      if (shown != NULL)
        assert_hunks (listing);

      g_clear_pointer (&base, guichet_order_unref);
      g_clear_pointer (&shown, guichet_order_unref);
      if (listing->new_base->whole)
        base = guichet_order_ref (listing->new_base);
      shown = guichet_order_ref (listing->new_shown);
    }
}

static void
test_cancelled (Office *office, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const GuichetQuestion question = question_of (4);
  g_autoptr (GuichetListing) listing = guichet_listing_new (&question, office->glossary);
  g_autoptr (GuichetListing) after = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 9000; i++)
    town_add (office->town, town_make_line (office->town));
  {
    g_autoptr (GPtrArray) part = g_ptr_array_new ();

    for (guint i = 300; i < office->town->lines->len; i++)
      {
        g_autoptr (GBytes) page = NULL;
        g_autoptr (GuichetApplied) applied = NULL;
        GuichetLine *line = g_ptr_array_index (office->town->lines, i);

        line->phase = GUICHET_PHASE_RECEIVED;
        g_ptr_array_add (part, line);
        if (part->len < 1000)
          continue;
        page = town_page_of (1, part, NULL, office->town->last, FALSE, 0);
        applied = desk_apply (&office->desk, page);
        g_ptr_array_set_size (part, 0);
      }
  }

  g_cancellable_cancel (cancellable);
  g_assert_false (guichet_mirror_reader_list (office->desk.reader, listing, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* And the next one reads as if nothing had been. */
  after = list (office, &question, NULL, NULL, NULL, FALSE, 0);
  g_assert_cmpuint (after->new_shown->n_ids, >, 9000);
}

/* A mirror without lines has lists too, all empty. */
static void
test_empty (Office *office, gconstpointer data)
{
  while (office->town->lines->len > 0)
    town_remove (office->town,
                 ((GuichetLine *) g_ptr_array_index (office->town->lines, 0))->reference);
  desk_follow (&office->desk, office->town);
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      const GuichetQuestion question = question_of (i);
      g_autoptr (GuichetListing) all = list (office, &question, "du", NULL, NULL, FALSE, 0);

      g_assert_true (all->new_base->whole);
      g_assert_cmpuint (all->new_shown->n_ids, ==, 0);
    }
}

/* What reads a whole table on purpose: a handful of rows each. */
static const char *const small[] = {
  "SCAN state", "SCAN counts", "SCAN procedures", "SCAN content", "SCAN CONSTANT ROW",
};

static gboolean
is_small (const char *detail)
{
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    if (g_str_equal (detail, small[i]))
      return TRUE;
  /* The index of words is asked for words. */
  return g_str_has_prefix (detail, "SCAN words VIRTUAL TABLE INDEX") &&
         !g_str_has_suffix (detail, "INDEX 0:");
}

static guint
explain (sqlite3 *db, const char *sql)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *stmt = NULL;
  guint faults = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, question, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *detail = (const char *) sqlite3_column_text (stmt, 3);

      if ((g_str_has_prefix (detail, "SCAN") && !is_small (detail)) ||
          strstr (detail, "TEMP B-TREE") != NULL || strstr (detail, "AUTOMATIC") != NULL)
        {
          g_test_message ("%s\n→ %s", sql, detail);
          faults++;
        }
    }
  sqlite3_finalize (stmt);
  return faults;
}

/* Every list there is, and searches: as the connection has prepared them. */
static void
test_list_plans (Office *office, gconstpointer data)
{
  g_autoptr (GuichetDb) db = open_db (office);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *handle = guichet_db_handle (db);
  guint faults = 0;

  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      const GuichetQuestion question = question_of (i);
      g_autoptr (GuichetOrder) order =
          guichet_order_read (db, &question, office->glossary, 1, 0, NULL, NULL);

      g_assert_nonnull (order);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_auto (GStrv) words = guichet_fold_words (searches[i]);
      g_autoptr (GuichetHits) hits =
          guichet_search (db, (const char *const *) words, office->glossary, NULL, NULL);

      g_assert_nonnull (hits);
    }
  for (sqlite3_stmt *stmt = sqlite3_next_stmt (handle, NULL); stmt != NULL;
       stmt = sqlite3_next_stmt (handle, stmt))
    if (g_str_has_prefix (sqlite3_sql (stmt), "--"))
      g_ptr_array_add (texts, g_strdup (sqlite3_sql (stmt)));
  for (guint i = 0; i < texts->len; i++)
    faults += explain (handle, g_ptr_array_index (texts, i));
  g_assert_cmpuint (faults, ==, 0);
  /* Five departments or four merged, six views, seven sorts in two directions, by procedure besides. */
  g_assert_cmpuint (texts->len, >=, 6 * 8 * 2 * 2);
}

/* The other statements, each a file by itself: what single rows, pages and days are made with. */
static void
test_other_plans (Office *office, gconstpointer data)
{
  static const char *const fragments[] = { "pick-", "in-",  "view-",   "up-",        "down-",
                                           "due-",  "also", "pragma-", "indexes.sql" };
  g_auto (GStrv) names =
      g_resources_enumerate_children (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GuichetDb) db = open_db (office);
  guint faults = 0;
  guint looked_at = 0;

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat (RESOURCE, *name, NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *sql = NULL;
      gboolean alone = g_str_has_suffix (*name, ".sql");

      for (gsize i = 0; i < G_N_ELEMENTS (fragments); i++)
        alone = alone && !g_str_has_prefix (*name, fragments[i]);
      if (!alone)
        continue;
      bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      faults += explain (guichet_db_handle (db), sql);
      looked_at++;
    }
  g_assert_cmpuint (faults, ==, 0);
  g_assert_cmpuint (looked_at, >=, 30);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Office *office, gconstpointer data);
  } tests[] = {
    { "/client/lists/every", test_every },
    { "/client/lists/repair", test_repair },
    { "/client/lists/any", test_any_to_any },
    { "/client/lists/cancelled", test_cancelled },
    { "/client/lists/empty", test_empty },
    { "/client/lists/plans", test_list_plans },
    { "/client/lists/other-plans", test_other_plans },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Office, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
