/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desk with a mirror, and somebody who listens to its queue.
 */
#include "config.h"

#include "queue-office.h"

#include "guichet-desk-private.h"
#include "guichet-fold.h"

#include <string.h>

/* Seconds after which what should have happened has not. */
#define BOUND 60

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

void
office_apply_page (Office *office)
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

void
office_open_mirror (Office *office, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetMirrorState) state = NULL;
  g_autoptr (GError) error = NULL;

  g_free (office->files.path);
  office->files.path = g_build_filename (office->files.folder, name, NULL);
  office->desk->mirror = guichet_mirror_new (office->files.path, TOWN_ME);
  g_signal_connect (office->desk->mirror, "changed", G_CALLBACK (mirror_changed_cb), office->desk);
  guichet_mirror_open_async (office->desk->mirror, TOWN_TODAY, FALSE, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  state = guichet_mirror_open_finish (office->desk->mirror, result, &error);
  g_assert_no_error (error);
}

void
office_close_mirror (Office *office)
{
  g_autoptr (GuichetMirror) mirror = g_steal_pointer (&office->desk->mirror);
  g_autoptr (GAsyncResult) result = NULL;

  g_signal_handlers_disconnect_by_data (mirror, office->desk);
  guichet_mirror_close_async (mirror, TRUE, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

const char *
reference_of (gpointer row)
{
  return guichet_row_get_line (row)->reference;
}

/* A line that left the mirror is a blank until the queue has told of it. */
void
office_assert_shadow (Office *office)
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
      if (office->only && *reference_of (row) != '\0')
        g_assert_true (town_is_in (guichet_row_get_line (row), office->view, TOWN_TODAY));
      g_ptr_array_insert (office->shadow, (gint) (position + i), row);
    }
  office->n_told++;
  office_assert_shadow (office);
}

static void
n_items_cb (Office *office)
{
  office->n_notified++;
}

void
office_make_queue (Office *office)
{
  office->queue = guichet_queue_new (office->desk);
  g_signal_connect (office->queue, "items-changed", G_CALLBACK (items_changed_cb), office);
  g_signal_connect_swapped (office->queue, "notify::n-items", G_CALLBACK (n_items_cb), office);
}

void
office_set_up (Office *office, gconstpointer data)
{
  desk_set_up (&office->files);
  office->clock = guichet_clock_new_fixed (TOWN_NOW);
  office->desk = guichet_desk_new (office->clock, office->files.folder);
  office->town = town_new (GPOINTER_TO_UINT (data));
  office->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  office_open_mirror (office, "one.db");
  office_apply_page (office);
  office_make_queue (office);
}

void
office_tear_down (Office *office, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (office->queue, office);
  g_clear_object (&office->queue);
  if (office->desk->mirror != NULL)
    office_close_mirror (office);
  g_clear_object (&office->desk);
  g_clear_object (&office->clock);
  g_ptr_array_unref (office->shadow);
  g_hash_table_unref (office->ids);
  town_free (office->town);
  desk_tear_down (&office->files);
}

/* Waiting */

GPtrArray *
office_expect (Office *office)
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
void
office_settle (Office *office)
{
  g_autoptr (GPtrArray) expected = office_expect (office);
  const guint bound = g_timeout_add_seconds (BOUND, too_late, NULL);

  while (guichet_queue_get_loading (office->queue) || !shows (office, expected))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
  office_assert_shadow (office);
}

static const char *const searches[] = { "", "dup", "Élise", "van", "26", "e", "nobody" };

void
office_ask_something_else (Office *office)
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
