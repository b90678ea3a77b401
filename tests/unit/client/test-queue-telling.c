/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue as a view sees it: a list that says of every change what it is.
 */
#include "config.h"

#include "guichet-desk-private.h"
#include "queue-office.h"

/* A line that did not change is never taken away and put back: a view keeps its place on it. */
static void
test_rows_stay (Office *office, gconstpointer data)
{
  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GHashTable) before =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_autoptr (GHashTable) changed =
          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      GHashTableIter iter;
      gpointer reference;
      guint n_kept = 0;

      for (guint i = 0; i < office->shadow->len; i++)
        {
          GuichetRow *row = g_ptr_array_index (office->shadow, i);

          g_hash_table_insert (before, g_strdup (reference_of (row)), g_object_ref (row));
        }
      for (guint i = 0; i < 3; i++)
        town_live (office->town);
      g_hash_table_iter_init (&iter, office->town->changed);
      while (g_hash_table_iter_next (&iter, &reference, NULL))
        g_hash_table_add (changed, g_strdup (reference));
      office_apply_page (office);
      office_settle (office);

      for (guint i = 0; i < office->shadow->len; i++)
        {
          gpointer row = g_ptr_array_index (office->shadow, i);
          gpointer was = g_hash_table_lookup (before, reference_of (row));

          if (was == NULL || g_hash_table_contains (changed, reference_of (row)))
            continue;
          g_assert_true (was == row);
          n_kept++;
        }
      g_assert_cmpuint (n_kept, >, 0);
    }
}

static void
keep_rows_cb (GListModel *model, guint position, guint removed, guint added, GPtrArray *rows)
{
  if (removed > 0)
    g_ptr_array_remove_range (rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (rows, (gint) (position + i), g_list_model_get_item (model, position + i));
}

static void
keep_rows (Office *office)
{
  g_signal_handlers_disconnect_by_data (office->queue, office);
  g_signal_connect (office->queue, "items-changed", G_CALLBACK (keep_rows_cb), office->shadow);
}

static guint
count_read (Office *office)
{
  guint n = 0;

  for (guint i = 0; i < office->shadow->len; i++)
    n += guichet_row_is_read (g_ptr_array_index (office->shadow, i)) ? 1 : 0;
  return n;
}

/* What nobody asks for is read between frames, a few at a time. */
static void
test_rows_are_put_off (Office *office, gconstpointer data)
{
  const guint n = 80;
  g_autoptr (GPtrArray) expected = NULL;

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  g_assert_cmpuint (office->shadow->len, >, n);

  keep_rows (office);
  guichet_queue_set_sort (office->queue, GUICHET_SORT_CITIZEN, FALSE);
  expected = office_expect (office);
  while (guichet_row_is_read (g_ptr_array_index (office->shadow, n)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_read (office), <, n);

  /* Who asks is told the truth at once. */
  g_assert_cmpstr (reference_of (g_ptr_array_index (office->shadow, n)),
                   ==,
                   g_ptr_array_index (expected, n));
  while (guichet_queue_get_loading (office->queue))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_read (office), ==, office->shadow->len);
  office_assert_shadow (office);
}

/* So is what a view asks for that jumps to a place of a list that was told long ago. */
static void
test_rows_of_a_jump_are_put_off (Office *office, gconstpointer data)
{
  GListModel *model = G_LIST_MODEL (office->queue);
  guint n;

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  n = g_list_model_get_n_items (model);
  g_assert_cmpuint (n, >, 600);

  g_ptr_array_set_size (office->shadow, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (office->shadow, g_list_model_get_item (model, i));
  g_assert_cmpuint (n - count_read (office), >=, 208);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count_read (office), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (guichet_queue_find (office->queue,
                                          reference_of (g_ptr_array_index (office->shadow, i))),
                      ==,
                      i);
}

/* The rows that a shorter list has no use for say nothing, and leave a few at a time. */
static void
test_rows_leave (Office *office, gconstpointer data)
{
  guint before;
  guint n_steps = 0;

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  before = office->shadow->len;
  g_assert_cmpuint (before, >, 100);

  keep_rows (office);
  guichet_queue_set_search (office->queue, "nobody");
  while (guichet_queue_get_loading (office->queue))
    {
      g_main_context_iteration (NULL, TRUE);
      if (office->shadow->len == before)
        continue;
      g_assert_cmpuint (before - office->shadow->len, <=, 40);
      for (guint i = 0; i < office->shadow->len; i++)
        g_assert_cmpstr (reference_of (g_ptr_array_index (office->shadow, i)), ==, "");
      before = office->shadow->len;
      n_steps++;
    }
  g_assert_cmpuint (office->shadow->len, ==, 0);
  g_assert_cmpuint (n_steps, >=, 3);
}

static void
test_n_items (Office *office, gconstpointer data)
{
  GuichetLine *line;

  office_settle (office);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office->queue)), ==, 0);
  g_assert_cmpuint (office->n_told, ==, 0);
  g_assert_cmpuint (office->n_notified, ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (office->queue)) == GUICHET_TYPE_ROW);

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  line = town_make_line (office->town);
  line->phase = GUICHET_PHASE_RECEIVED;
  town_add (office->town, line);
  office_apply_page (office);
  office_settle (office);
  g_assert_cmpuint (office->shadow->len, ==, 1);
  g_assert_cmpuint (office->n_notified, ==, 1);
  g_assert_cmpuint (guichet_queue_find (office->queue, line->reference), ==, 0);
  g_assert_cmpuint (guichet_queue_find (office->queue, "26-NONE-SUCH"), ==, G_MAXUINT);

  for (guint i = 0; i < 700; i++)
    {
      line = town_make_line (office->town);
      line->phase = GUICHET_PHASE_PROCESSING;
      town_add (office->town, line);
    }
  office_apply_page (office);
  office_settle (office);
  g_assert_cmpuint (office->shadow->len, ==, 701);
  for (guint i = 0; i < office->shadow->len; i += 50)
    g_assert_cmpuint (guichet_queue_find (office->queue,
                                          reference_of (g_ptr_array_index (office->shadow, i))),
                      ==,
                      i);

  guichet_queue_set_view (office->queue, GUICHET_VIEW_CLOSED, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  g_assert_cmpuint (office->shadow->len, ==, 0);
}

static void
loading_cb (Office *office)
{
  g_autoptr (GPtrArray) expected = NULL;

  if (guichet_queue_get_loading (office->queue))
    return;
  expected = office_expect (office);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office->queue)), ==, expected->len);
  office->n_loaded++;
}

/* The first page is not the list: it is loading until all of it is there. */
static void
test_loading (Office *office, gconstpointer data)
{
  /* One that has no rows of before to use again is told the first page in instalments. */
  g_signal_handlers_disconnect_by_data (office->queue, office);
  g_clear_object (&office->queue);
  g_ptr_array_set_size (office->shadow, 0);
  office_make_queue (office);
  g_signal_connect_swapped (office->queue, "notify::loading", G_CALLBACK (loading_cb), office);
  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  g_assert_cmpuint (office->n_loaded, ==, 1);
  guichet_queue_set_sort (office->queue, GUICHET_SORT_CITIZEN, TRUE);
  office_settle (office);
  g_assert_cmpuint (office->n_loaded, ==, 2);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    guint n_lines;
    void (*func) (Office *office, gconstpointer data);
  } tests[] = {
    { "/client/queue-telling/stay", 60, test_rows_stay },
    { "/client/queue-telling/put-off", 600, test_rows_are_put_off },
    { "/client/queue-telling/jump", 1800, test_rows_of_a_jump_are_put_off },
    { "/client/queue-telling/leave", 600, test_rows_leave },
    { "/client/queue-telling/n-items", 0, test_n_items },
    { "/client/queue-telling/loading", 400, test_loading },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path,
                Office,
                GUINT_TO_POINTER (tests[i].n_lines),
                office_set_up,
                tests[i].func,
                office_tear_down);

  return g_test_run ();
}
