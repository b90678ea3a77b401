/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-selection.h"

typedef struct
{
  GListStore *rows;
  GuichetSelection *selection;
} Fixture;

static GuichetRow *
row_new (const char *reference)
{
  g_autoptr (GuichetLine) line = guichet_line_new ();

  line->reference = g_strdup (reference);
  return guichet_row_new (line, FALSE, FALSE, 0);
}

static void
insert (Fixture *self, guint position, const char *reference)
{
  g_autoptr (GuichetRow) row = row_new (reference);

  g_list_store_insert (self->rows, position, row);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->rows = g_list_store_new (GUICHET_TYPE_ROW);
  insert (self, 0, "A");
  insert (self, 1, "B");
  insert (self, 2, "C");
  self->selection = guichet_selection_new ();
  guichet_selection_set_model (self->selection, G_LIST_MODEL (self->rows));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
}

static void
assert_selected (Fixture *self, guint position, const char *reference)
{
  g_autoptr (GuichetRow) row = guichet_selection_get_row (self->selection);

  g_assert_cmpuint (guichet_selection_get_selected (self->selection), ==, position);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position));
  g_assert_cmpstr (guichet_row_get_line (row)->reference, ==, reference);
}

static void
test_first (Fixture *self, gconstpointer data)
{
  assert_selected (self, 0, "A");
}

static void
test_moves_along (Fixture *self, gconstpointer data)
{
  guichet_selection_set_selected (self->selection, 1);
  insert (self, 0, "Z");
  assert_selected (self, 2, "B");
  g_list_store_remove (self->rows, 0);
  assert_selected (self, 1, "B");
  insert (self, 3, "Y");
  assert_selected (self, 1, "B");
}

/* A new revision is another row for the same request. */
static void
test_new_revision (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetRow) revision = row_new ("B");
  gpointer rows[] = { revision };

  guichet_selection_set_selected (self->selection, 1);
  g_list_store_splice (self->rows, 1, 1, rows, 1);
  assert_selected (self, 1, "B");
}

static void
test_new_order (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetRow) c = row_new ("C");
  g_autoptr (GuichetRow) b = row_new ("B");
  g_autoptr (GuichetRow) a = row_new ("A");
  gpointer rows[] = { c, b, a };

  guichet_selection_set_selected (self->selection, 0);
  g_list_store_splice (self->rows, 0, 3, rows, 3);
  assert_selected (self, 2, "A");
}

/* What was just finished leaves the list: its neighbour comes into its place. */
static void
test_selected_leaves (Fixture *self, gconstpointer data)
{
  guichet_selection_set_selected (self->selection, 1);
  g_list_store_remove (self->rows, 1);
  assert_selected (self, 1, "C");
  g_list_store_remove (self->rows, 1);
  assert_selected (self, 0, "A");
  g_list_store_remove (self->rows, 0);
  g_assert_cmpuint (guichet_selection_get_selected (self->selection),
                    ==,
                    GTK_INVALID_LIST_POSITION);
  insert (self, 0, "D");
  assert_selected (self, 0, "D");
}

static void
test_reset (Fixture *self, gconstpointer data)
{
  g_autoptr (GuichetRow) row = row_new ("B");
  gpointer rows[] = { row };

  guichet_selection_set_selected (self->selection, 2);
  guichet_selection_reset (self->selection);
  g_list_store_splice (self->rows, 0, 3, rows, 1);
  assert_selected (self, 0, "B");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/app/selection/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("first", test_first);
  ADD ("moves-along", test_moves_along);
  ADD ("new-revision", test_new_revision);
  ADD ("new-order", test_new_order);
  ADD ("selected-leaves", test_selected_leaves);
  ADD ("reset", test_reset);
  return g_test_run ();
}
