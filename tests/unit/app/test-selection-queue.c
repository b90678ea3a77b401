/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The selection over a queue that tells its changes stretch by stretch.
 */
#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-queue.h"
#include "guichet-selection.h"
#include "mirror-fixture.h"

#define BOUND 60
#define N_LINES 40

typedef struct
{
  Desk files;
  Town *town;
  GuichetClock *clock;
  GuichetDesk *desk;
  GuichetQueue *queue;
  GuichetSelection *selection;
} Office;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
mirror_changed_cb (GuichetMirror *mirror, GuichetApplied *applied, GuichetDesk *desk)
{
  _guichet_desk_emit_applied (desk, applied);
}

static gboolean
too_late (gpointer user_data)
{
  g_error ("the queue does not come to show what it should");
  return G_SOURCE_REMOVE;
}

/* What the town is now, and until the queue shows it: lines in the order of their last event. */
static void
follow (Office *office)
{
  g_autoptr (GBytes) page = town_page (office->town, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetApplied) applied = NULL;
  const guint bound = g_timeout_add_seconds (BOUND, too_late, NULL);
  const guint n = office->town->lines->len;
  gint64 newest = 0;

  guichet_mirror_apply_async (office->desk->mirror, page, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  applied = guichet_mirror_apply_finish (office->desk->mirror, result, NULL);
  while (newest != office->town->last ||
         g_list_model_get_n_items (G_LIST_MODEL (office->queue)) != n)
    {
      g_autoptr (GuichetRow) last = NULL;

      g_main_context_iteration (NULL, TRUE);
      last = g_list_model_get_item (G_LIST_MODEL (office->queue), n - 1);
      newest = last != NULL ? guichet_row_get_line (last)->last_event : 0;
    }
  g_source_remove (bound);
}

static void
set_up (Office *office, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetMirrorState) state = NULL;

  desk_set_up (&office->files);
  office->clock = guichet_clock_new_fixed (TOWN_NOW);
  office->desk = guichet_desk_new (office->clock, office->files.folder);
  office->desk->mirror = guichet_mirror_new (office->files.path, TOWN_ME);
  g_signal_connect (office->desk->mirror, "changed", G_CALLBACK (mirror_changed_cb), office->desk);
  guichet_mirror_open_async (office->desk->mirror, TOWN_TODAY, FALSE, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  state = guichet_mirror_open_finish (office->desk->mirror, result, NULL);
  g_assert_nonnull (state);

  office->town = town_new (N_LINES);
  for (guint i = 0; i < N_LINES; i++)
    ((GuichetLine *) g_ptr_array_index (office->town->lines, i))->phase = GUICHET_PHASE_RECEIVED;
  office->queue = guichet_queue_new (office->desk);
  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  guichet_queue_set_sort (office->queue, GUICHET_SORT_CHANGED, FALSE);
  office->selection = guichet_selection_new ();
  guichet_selection_set_model (office->selection, G_LIST_MODEL (office->queue));
  follow (office);
}

static void
tear_down (Office *office, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&office->selection);
  g_clear_object (&office->queue);
  g_signal_handlers_disconnect_by_data (office->desk->mirror, office->desk);
  guichet_mirror_close_async (office->desk->mirror, TRUE, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&office->desk);
  g_clear_object (&office->clock);
  town_free (office->town);
  desk_tear_down (&office->files);
}

static char *
selected_reference (Office *office)
{
  g_autoptr (GuichetRow) row = guichet_selection_get_row (office->selection);

  return row != NULL ? g_strdup (guichet_row_get_line (row)->reference) : NULL;
}

static void
happen_to (Office *office, const char *reference)
{
  town_put (office->town, town_next (office->town, town_find (office->town, reference)));
}

/* Something happens to the selected request, so that it moves to the end: it stays selected there. */
static void
test_moves_down (Office *office, gconstpointer data)
{
  for (guint position = 0; position < N_LINES; position += 7)
    {
      g_autofree char *reference = NULL;
      g_autofree char *after = NULL;

      guichet_selection_set_selected (office->selection, position);
      reference = selected_reference (office);
      happen_to (office, reference);
      follow (office);
      after = selected_reference (office);
      g_assert_cmpstr (after, ==, reference);
      g_assert_cmpuint (guichet_selection_get_selected (office->selection), ==, N_LINES - 1);
    }
}

/* Whatever happens around it, and to it; when it leaves, its neighbour takes its place. */
static void
test_random (Office *office, gconstpointer data)
{
  for (guint round = 0; round < 40; round++)
    {
      g_autofree char *reference = NULL;
      g_autofree char *after = NULL;

      guichet_selection_set_selected (office->selection,
                                      (guint) g_test_rand_int_range (0,
                                                                     (gint32)
                                                                         office->town->lines->len));
      reference = selected_reference (office);
      for (int i = g_test_rand_int_range (1, 6); i > 0; i--)
        {
          const GuichetLine *line =
              g_ptr_array_index (office->town->lines,
                                 (guint) g_test_rand_int_range (0,
                                                                (gint32) office->town->lines->len));

          happen_to (office, line->reference);
        }
      if (round % 8 == 7)
        town_remove (office->town, reference);
      /* What comes last says that the queue has followed. */
      town_add (office->town, town_make_line (office->town));
      ((GuichetLine *) g_ptr_array_index (office->town->lines, office->town->lines->len - 1))
          ->phase = GUICHET_PHASE_RECEIVED;
      follow (office);

      after = selected_reference (office);
      if (round % 8 == 7)
        g_assert_nonnull (after);
      else
        g_assert_cmpstr (after, ==, reference);
    }
}

/* Sorted the other way round, the same request is selected. */
static void
test_other_order (Office *office, gconstpointer data)
{
  g_autofree char *reference = NULL;
  g_autofree char *after = NULL;
  const guint bound = g_timeout_add_seconds (BOUND, too_late, NULL);

  guichet_selection_set_selected (office->selection, 5);
  reference = selected_reference (office);
  guichet_queue_set_sort (office->queue, GUICHET_SORT_CHANGED, TRUE);
  while (guichet_queue_get_loading (office->queue))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
  after = selected_reference (office);
  g_assert_cmpstr (after, ==, reference);
  g_assert_cmpuint (guichet_selection_get_selected (office->selection), ==, N_LINES - 1 - 5);
}

/* While the rows of a longer list leave, what is selected is a request that is there, or nothing. */
static void
test_shorter (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *before = NULL;
  g_autofree char *wanted = NULL;
  guint bound;
  guint n_nothing = 0;

  for (guint i = 0; i < 100; i++)
    {
      town_add (office->town, town_make_line (office->town));
      ((GuichetLine *) g_ptr_array_index (office->town->lines, office->town->lines->len - 1))
          ->phase = GUICHET_PHASE_RECEIVED;
    }
  follow (office);
  for (guint i = 0; i < office->town->lines->len; i++)
    g_ptr_array_add (held, g_list_model_get_item (G_LIST_MODEL (office->queue), i));
  guichet_selection_set_selected (office->selection, 3);
  wanted = selected_reference (office);
  guichet_selection_set_selected (office->selection, 70);
  before = selected_reference (office);

  guichet_queue_set_search (office->queue, wanted);
  bound = g_timeout_add_seconds (BOUND, too_late, NULL);
  while (guichet_queue_get_loading (office->queue))
    {
      g_autofree char *now = selected_reference (office);

      if (now == NULL)
        n_nothing++;
      else
        g_assert_true (g_str_equal (now, before) || g_str_equal (now, wanted));
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (bound);
  g_clear_pointer (&before, g_free);
  before = selected_reference (office);
  g_assert_cmpstr (before, ==, wanted);
  g_assert_cmpuint (n_nothing, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/app/selection-queue/" name, Office, NULL, set_up, func, tear_down)
  ADD ("moves-down", test_moves_down);
  ADD ("random", test_random);
  ADD ("other-order", test_other_order);
  ADD ("shorter", test_shorter);
  return g_test_run ();
}
