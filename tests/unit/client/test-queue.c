/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue as a view sees it: a list that says of every change what it is.
 */
#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-fold.h"
#include "guichet-queue.h"
#include "mirror-fixture.h"

#include <string.h>

/* Seconds after which what should have happened has not. */
#define BOUND 60

typedef struct
{
  Desk files; /* of which only folder and path */
  Town *town;
  GuichetClock *clock;
  GuichetDesk *desk;
  GuichetQueue *queue;
  GHashTable *ids;
  GPtrArray *shadow; /* of GuichetRow: what the queue told of itself */
  guint n_told;
  guint n_notified;
  guint n_loaded; /* times that loading came to its end */

  /* While set, every line that appears must be in this view. */
  gboolean only;
  GuichetView view;
} Office;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
mirror_changed_cb (GuichetMirror *mirror, GuichetApplied *applied, GuichetDesk *desk)
{
  if (mirror == desk->mirror)
    _guichet_desk_emit_applied (desk, applied);
}

static void
apply_page (Office *office)
{
  g_autoptr (GBytes) page = town_page (office->town, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetApplied) applied = NULL;
  g_autoptr (GError) error = NULL;

  guichet_mirror_apply_async (office->desk->mirror, page, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  applied = guichet_mirror_apply_finish (office->desk->mirror, result, &error);
  g_assert_no_error (error);
  g_clear_pointer (&office->ids, g_hash_table_unref);
  office->ids = desk_ids (&office->files);
}

static void
open_mirror (Office *office, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetMirrorState) state = NULL;
  g_autoptr (GError) error = NULL;

  g_free (office->files.path);
  office->files.path = g_build_filename (office->files.folder, name, NULL);
  office->desk->mirror = guichet_mirror_new (office->files.path, TOWN_ME);
  g_signal_connect (office->desk->mirror, "changed", G_CALLBACK (mirror_changed_cb), office->desk);
  guichet_mirror_open_async (office->desk->mirror, TOWN_TODAY, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  state = guichet_mirror_open_finish (office->desk->mirror, result, &error);
  g_assert_no_error (error);
}

static void
close_mirror (Office *office)
{
  g_autoptr (GuichetMirror) mirror = g_steal_pointer (&office->desk->mirror);
  g_autoptr (GAsyncResult) result = NULL;

  g_signal_handlers_disconnect_by_data (mirror, office->desk);
  guichet_mirror_close_async (mirror, TRUE, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static const char *
reference_of (gpointer row)
{
  return guichet_row_get_line (row)->reference;
}

/* A line that left the mirror is a blank until the queue has told of it. */
static void
assert_shadow (Office *office)
{
  GListModel *model = G_LIST_MODEL (office->queue);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, office->shadow->len);
  for (guint i = 0; i < office->shadow->len; i++)
    {
      g_autoptr (GuichetRow) row = g_list_model_get_item (model, i);

      if (*reference_of (row) != '\0')
        g_assert_cmpstr (reference_of (row),
                         ==,
                         reference_of (g_ptr_array_index (office->shadow, i)));
    }
  g_assert_null (g_list_model_get_item (model, office->shadow->len));
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Office *office)
{
  g_assert_cmpuint (removed + added, >, 0);
  g_assert_cmpuint (position + removed, <=, office->shadow->len);
  if (removed > 0)
    g_ptr_array_remove_range (office->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    {
      GuichetRow *row = g_list_model_get_item (model, position + i);

      g_assert_nonnull (row);
      if (office->only)
        g_assert_true (town_is_in (guichet_row_get_line (row), office->view, TOWN_TODAY));
      g_ptr_array_insert (office->shadow, (gint) (position + i), row);
    }
  office->n_told++;
  assert_shadow (office);
}

static void
n_items_cb (Office *office)
{
  office->n_notified++;
}

static void
make_queue (Office *office)
{
  office->queue = guichet_queue_new (office->desk);
  g_signal_connect (office->queue, "items-changed", G_CALLBACK (items_changed_cb), office);
  g_signal_connect_swapped (office->queue, "notify::n-items", G_CALLBACK (n_items_cb), office);
}

static void
set_up (Office *office, gconstpointer data)
{
  desk_set_up (&office->files);
  office->clock = guichet_clock_new_fixed (TOWN_NOW);
  office->desk = guichet_desk_new (office->clock, office->files.folder);
  office->town = town_new (GPOINTER_TO_UINT (data));
  office->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  open_mirror (office, "one.db");
  apply_page (office);
  make_queue (office);
}

static void
tear_down (Office *office, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (office->queue, office);
  g_clear_object (&office->queue);
  if (office->desk->mirror != NULL)
    close_mirror (office);
  g_clear_object (&office->desk);
  g_clear_object (&office->clock);
  g_ptr_array_unref (office->shadow);
  g_hash_table_unref (office->ids);
  town_free (office->town);
  desk_tear_down (&office->files);
}

/* Waiting */

static GPtrArray *
expected_list (Office *office)
{
  const GuichetQuestion question = { guichet_queue_get_view (office->queue),
                                     guichet_queue_get_department (office->queue),
                                     guichet_queue_get_sort (office->queue),
                                     guichet_queue_get_descending (office->queue) };
  g_auto (GStrv) words = guichet_fold_words (guichet_queue_get_search (office->queue));

  return town_list (office->town,
                    &question,
                    (const char *const *) words,
                    NULL,
                    office->ids,
                    TOWN_TODAY);
}

static gboolean
shows (Office *office, GPtrArray *expected)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (office->queue)) != expected->len)
    return FALSE;
  for (guint i = 0; i < expected->len; i++)
    {
      g_autoptr (GuichetRow) row = g_list_model_get_item (G_LIST_MODEL (office->queue), i);
      const GuichetLine *line = town_find (office->town, g_ptr_array_index (expected, i));

      if (!g_str_equal (reference_of (row), line->reference) ||
          guichet_row_get_line (row)->last_event != line->last_event)
        return FALSE;
    }
  return TRUE;
}

static gboolean
too_late (gpointer user_data)
{
  g_error ("the queue does not come to show what it should");
  return G_SOURCE_REMOVE;
}

/* Until the queue has nothing more to do; then it shows what is asked for, as it is now. */
static void
settle (Office *office)
{
  g_autoptr (GPtrArray) expected = expected_list (office);
  const guint bound = g_timeout_add_seconds (BOUND, too_late, NULL);

  while (guichet_queue_get_loading (office->queue) || !shows (office, expected))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
  assert_shadow (office);
}

static const char *const searches[] = { "", "dup", "Élise", "van", "26", "e", "nobody" };

static void
ask_something_else (Office *office)
{
  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      guichet_queue_set_view (office->queue,
                              (GuichetView) g_test_rand_int_range (0, GUICHET_N_VIEWS),
                              g_test_rand_bit ()
                                  ? GUICHET_DEPARTMENT_NONE
                                  : (GuichetDepartment)
                                        g_test_rand_int_range (1, GUICHET_N_DEPARTMENTS));
      break;
    case 1:
      guichet_queue_set_sort (office->queue,
                              (GuichetSort) g_test_rand_int_range (0, GUICHET_SORT_CHANGED + 1),
                              g_test_rand_bit ());
      break;
    default:
      guichet_queue_set_search (office->queue,
                                searches[g_test_rand_int_range (0, G_N_ELEMENTS (searches))]);
    }
}

/* Changes of the lines and of the question, waited for or not. */
static void
test_random (Office *office, gconstpointer data)
{
  settle (office);
  for (guint round = 0; round < 60; round++)
    {
      if (g_test_rand_int_range (0, 3) == 0)
        ask_something_else (office);
      if (g_test_rand_int_range (0, 3) > 0)
        {
          for (int i = g_test_rand_int_range (1, 6); i > 0; i--)
            town_live (office->town);
          apply_page (office);
        }
      if (g_test_rand_bit ())
        settle (office);
    }
  settle (office);
}

/* A line that did not change is never taken away and put back: a view keeps its place on it. */
static void
test_rows_stay (Office *office, gconstpointer data)
{
  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  settle (office);
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
      apply_page (office);
      settle (office);

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

/* Of several questions in a row only the last is answered on the screen. */
static void
test_superseded (Office *office, gconstpointer data)
{
  settle (office);
  for (guint round = 0; round < 40; round++)
    {
      const GuichetView view = (GuichetView) g_test_rand_int_range (0, GUICHET_N_VIEWS);

      for (int i = g_test_rand_int_range (1, 5); i > 0; i--)
        {
          guichet_queue_set_view (office->queue,
                                  (GuichetView) ((view + (guint) i) % GUICHET_N_VIEWS),
                                  GUICHET_DEPARTMENT_NONE);
          /* Some answers come before the next question, some after. */
          for (int turns = g_test_rand_int_range (0, 200); turns > 0; turns--)
            g_main_context_iteration (NULL, FALSE);
        }
      office->only = TRUE;
      office->view = view;
      guichet_queue_set_view (office->queue, view, GUICHET_DEPARTMENT_NONE);
      settle (office);
      office->only = FALSE;
    }
}

/* None, one and many; and what is told of it. */
static void
test_n_items (Office *office, gconstpointer data)
{
  GuichetLine *line;

  settle (office);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office->queue)), ==, 0);
  g_assert_cmpuint (office->n_told, ==, 0);
  g_assert_cmpuint (office->n_notified, ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (office->queue)) == GUICHET_TYPE_ROW);

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  settle (office);
  line = town_make_line (office->town);
  line->phase = GUICHET_PHASE_RECEIVED;
  town_add (office->town, line);
  apply_page (office);
  settle (office);
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
  apply_page (office);
  settle (office);
  g_assert_cmpuint (office->shadow->len, ==, 701);
  for (guint i = 0; i < office->shadow->len; i += 50)
    g_assert_cmpuint (guichet_queue_find (office->queue,
                                          reference_of (g_ptr_array_index (office->shadow, i))),
                      ==,
                      i);

  guichet_queue_set_view (office->queue, GUICHET_VIEW_CLOSED, GUICHET_DEPARTMENT_NONE);
  settle (office);
  g_assert_cmpuint (office->shadow->len, ==, 0);
}

/* Rows are made when they are asked for, the last ones are kept, and not all of them for ever. */
static void
test_rows_are_bounded (Office *office, gconstpointer data)
{
  gpointer first;
  gpointer again;
  const guint n = office->town->lines->len;

  for (guint i = 0; i < n; i++)
    {
      GuichetLine *line = g_ptr_array_index (office->town->lines, i);

      line->phase = GUICHET_PHASE_PROCESSING;
      town_put (office->town, town_next (office->town, line));
    }
  apply_page (office);
  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  settle (office);
  g_signal_handlers_disconnect_by_data (office->queue, office);
  g_ptr_array_set_size (office->shadow, 0);

  first = g_list_model_get_item (G_LIST_MODEL (office->queue), 0);
  again = g_list_model_get_item (G_LIST_MODEL (office->queue), 0);
  g_assert_true (first == again);
  g_object_unref (again);
  g_object_add_weak_pointer (first, &first);
  g_object_unref (first);
  g_assert_nonnull (first);
  for (guint i = 1; i < n && first != NULL; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (office->queue), i));
  g_assert_null (first);
}

/* Another mirror: everything goes, and comes out of the other one. */
static void
test_replaced (Office *office, gconstpointer data)
{
  g_autoptr (Town) before = NULL;

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  settle (office);
  g_assert_cmpuint (office->shadow->len, >, 0);

  close_mirror (office);
  _guichet_desk_emit_mirror_replaced (office->desk);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office->queue)), ==, 0);
  g_assert_cmpuint (office->shadow->len, ==, 0);
  g_assert_cmpuint (guichet_queue_find (office->queue, "26-NONE-SUCH"), ==, G_MAXUINT);

  before = g_steal_pointer (&office->town);
  office->town = town_new (80);
  open_mirror (office, "two.db");
  _guichet_desk_emit_mirror_replaced (office->desk);
  apply_page (office);
  settle (office);
}

/* In the middle of a question too. */
static void
test_replaced_meanwhile (Office *office, gconstpointer data)
{
  settle (office);
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *name = g_strdup_printf ("%u.db", round);
      g_autoptr (Town) before = NULL;

      ask_something_else (office);
      close_mirror (office);
      _guichet_desk_emit_mirror_replaced (office->desk);
      before = g_steal_pointer (&office->town);
      office->town = town_new (50);
      open_mirror (office, name);
      _guichet_desk_emit_mirror_replaced (office->desk);
      ask_something_else (office);
      apply_page (office);
      ask_something_else (office);
      settle (office);
    }
}

/* The next day is another number of days late, for the rows that are there. */
static void
test_day (Office *office, gconstpointer data)
{
  guint late;
  g_autoptr (GuichetRow) before = NULL;
  g_autoptr (GuichetRow) after = NULL;

  guichet_queue_set_view (office->queue, GUICHET_VIEW_LATE, GUICHET_DEPARTMENT_NONE);
  settle (office);
  before = g_list_model_get_item (G_LIST_MODEL (office->queue), 0);
  late = guichet_row_get_late_days (before);
  g_assert_cmpuint (late, ==, TOWN_TODAY - guichet_row_get_line (before)->due);

  office->desk->today = TOWN_TODAY;
  guichet_clock_set (office->clock, TOWN_NOW + TOWN_DAY);
  _guichet_desk_check_day (office->desk);
  after = g_list_model_get_item (G_LIST_MODEL (office->queue), 0);
  g_assert_cmpstr (reference_of (after), ==, reference_of (before));
  g_assert_cmpuint (guichet_row_get_late_days (after), ==, late + 1);
  assert_shadow (office);
}

/* Whoever goes away in the middle of a question leaves nothing behind. */
static void
test_gone (Office *office, gconstpointer data)
{
  g_autoptr (GuichetQueue) other = guichet_queue_new (office->desk);

  guichet_queue_set_search (other, "dup");
  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  g_object_unref (other);
  while (other != NULL)
    g_main_context_iteration (NULL, TRUE);
  town_live (office->town);
  apply_page (office);
  settle (office);
}

static void
loading_cb (Office *office)
{
  g_autoptr (GPtrArray) expected = NULL;

  if (guichet_queue_get_loading (office->queue))
    return;
  expected = expected_list (office);
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
  make_queue (office);
  g_signal_connect_swapped (office->queue, "notify::loading", G_CALLBACK (loading_cb), office);
  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  settle (office);
  g_assert_cmpuint (office->n_loaded, ==, 1);
  guichet_queue_set_sort (office->queue, GUICHET_SORT_CITIZEN, TRUE);
  settle (office);
  g_assert_cmpuint (office->n_loaded, ==, 2);
}

/* A national number is in no mirror, and is not asked of it: neither whole nor in parts. */
static void
test_national_number (Office *office, gconstpointer data)
{
  static const char *const typed[] = { "85073003328", "85.07.30-033.28", " 85 07 30 033 28" };
  guint whole;

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  settle (office);
  whole = office->shadow->len;
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      guichet_queue_set_search (office->queue, "dupont");
      settle (office);
      g_assert_cmpuint (office->shadow->len, <, whole);
      guichet_queue_set_search (office->queue, typed[i]);
      g_assert_cmpstr (guichet_queue_get_search (office->queue), ==, "");
      settle (office);
      g_assert_cmpuint (office->shadow->len, ==, whole);
    }
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
    { "/client/queue/random", 150, test_random },
    { "/client/queue/stay", 60, test_rows_stay },
    { "/client/queue/superseded", 300, test_superseded },
    { "/client/queue/n-items", 0, test_n_items },
    { "/client/queue/bounded", 800, test_rows_are_bounded },
    { "/client/queue/replaced", 100, test_replaced },
    { "/client/queue/replaced-meanwhile", 50, test_replaced_meanwhile },
    { "/client/queue/day", 100, test_day },
    { "/client/queue/gone", 50, test_gone },
    { "/client/queue/loading", 400, test_loading },
    { "/client/queue/national-number", 100, test_national_number },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path,
                Office,
                GUINT_TO_POINTER (tests[i].n_lines),
                set_up,
                tests[i].func,
                tear_down);

  return g_test_run ();
}
