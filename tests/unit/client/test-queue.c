/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue: what it shows, whatever happens to mirror and question.
 */
#include "config.h"

#include "guichet-desk-private.h"
#include "queue-office.h"

/* Changes of the lines and of the question, waited for or not. */
static void
test_random (Office *office, gconstpointer data)
{
  office_settle (office);
  for (guint round = 0; round < 60; round++)
    {
      if (g_test_rand_int_range (0, 3) == 0)
        office_ask_something_else (office);
      if (g_test_rand_int_range (0, 3) > 0)
        {
          for (int i = g_test_rand_int_range (1, 6); i > 0; i--)
            town_live (office->town);
          office_apply_page (office);
        }
      if (g_test_rand_bit ())
        office_settle (office);
    }
  office_settle (office);
}

/* Of several questions in a row only the last is answered on the screen. */
static void
test_superseded (Office *office, gconstpointer data)
{
  office_settle (office);
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
      office_settle (office);
      office->only = FALSE;
    }
}

/* None, one and many; and what is told of it. */
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
  office_apply_page (office);
  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
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
  office_settle (office);
  g_assert_cmpuint (office->shadow->len, >, 0);

  office_close_mirror (office);
  _guichet_desk_emit_mirror_replaced (office->desk);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office->queue)), ==, 0);
  g_assert_cmpuint (office->shadow->len, ==, 0);
  g_assert_cmpuint (guichet_queue_find (office->queue, "26-NONE-SUCH"), ==, G_MAXUINT);

  before = g_steal_pointer (&office->town);
  office->town = town_new (80);
  office_open_mirror (office, "two.db");
  _guichet_desk_emit_mirror_replaced (office->desk);
  office_apply_page (office);
  office_settle (office);
}

/* In the middle of a question too. */
static void
test_replaced_meanwhile (Office *office, gconstpointer data)
{
  office_settle (office);
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *name = g_strdup_printf ("%u.db", round);
      g_autoptr (Town) before = NULL;

      office_ask_something_else (office);
      office_close_mirror (office);
      _guichet_desk_emit_mirror_replaced (office->desk);
      before = g_steal_pointer (&office->town);
      office->town = town_new (50);
      office_open_mirror (office, name);
      _guichet_desk_emit_mirror_replaced (office->desk);
      office_ask_something_else (office);
      office_apply_page (office);
      office_ask_something_else (office);
      office_settle (office);
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
  office_settle (office);
  before = g_list_model_get_item (G_LIST_MODEL (office->queue), 0);
  late = guichet_row_get_late_days (before);
  g_assert_cmpuint (late, ==, TOWN_TODAY - guichet_row_get_line (before)->due);

  office->desk->today = TOWN_TODAY;
  guichet_clock_set (office->clock, TOWN_NOW + TOWN_DAY);
  _guichet_desk_check_day (office->desk);
  after = g_list_model_get_item (G_LIST_MODEL (office->queue), 0);
  g_assert_cmpstr (reference_of (after), ==, reference_of (before));
  g_assert_cmpuint (guichet_row_get_late_days (after), ==, late + 1);
  office_assert_shadow (office);
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
  office_apply_page (office);
  office_settle (office);
}

/* A national number is in no mirror, and is not asked of it: neither whole nor in parts. */
static void
test_national_number (Office *office, gconstpointer data)
{
  static const char *const typed[] = { "85073003328", "85.07.30-033.28", " 85 07 30 033 28" };
  guint whole;

  guichet_queue_set_view (office->queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  office_settle (office);
  whole = office->shadow->len;
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      guichet_queue_set_search (office->queue, "dupont");
      office_settle (office);
      g_assert_cmpuint (office->shadow->len, <, whole);
      guichet_queue_set_search (office->queue, typed[i]);
      g_assert_cmpstr (guichet_queue_get_search (office->queue), ==, "");
      office_settle (office);
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
    { "/client/queue/superseded", 300, test_superseded },
    { "/client/queue/bounded", 800, test_rows_are_bounded },
    { "/client/queue/replaced", 100, test_replaced },
    { "/client/queue/replaced-meanwhile", 50, test_replaced_meanwhile },
    { "/client/queue/day", 100, test_day },
    { "/client/queue/gone", 50, test_gone },
    { "/client/queue/national-number", 100, test_national_number },
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
