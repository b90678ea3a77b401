/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-rows"

#include "config.h"

#include "guichet-rows.h"

static GuichetLine *
line_of (const char *reference)
{
  GuichetLine *line = guichet_line_new ();

  line->reference = g_strdup (reference);
  return line;
}

static GuichetRow *
make (GuichetRows *rows, guint32 id, const char *reference)
{
  g_autoptr (GuichetLine) line = line_of (reference);

  return guichet_rows_make (rows, id, line, FALSE, FALSE, id);
}

static void
count_cb (GuichetRow *row, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_keeps_and_forgets (void)
{
  g_autoptr (GuichetRows) rows = guichet_rows_new ();
  g_autoptr (GuichetRow) row = make (rows, 7, "seven");
  g_autoptr (GuichetRow) found = guichet_rows_find (rows, 7);

  g_test_summary ("A row is kept until it is forgotten.");
  g_assert_true (found == row);
  g_assert_null (guichet_rows_find (rows, 8));
  guichet_rows_forget (rows, 7);
  g_assert_null (guichet_rows_find (rows, 7));
}

static void
test_keeps_no_more_than_needed (void)
{
  g_autoptr (GuichetRows) rows = guichet_rows_new ();

  g_test_summary ("Of many rows the first ones are let go, the last ones stay.");
  for (guint32 id = 1; id <= 5000; id++)
    g_object_unref (make (rows, id, "any"));
  g_assert_null (guichet_rows_find (rows, 1));
  g_object_unref (guichet_rows_find (rows, 5000));
}

static void
test_reuses_what_is_held (void)
{
  g_autoptr (GuichetRows) rows = guichet_rows_new ();
  g_autoptr (GuichetRow) held = make (rows, 1, "one");
  g_autoptr (GuichetRow) first = NULL;
  g_autoptr (GuichetRow) second = NULL;
  guint n = 0;

  g_test_summary ("A row that somebody holds becomes the row of another line and says so; one that "
                  "nobody holds is not used again.");
  g_object_unref (make (rows, 2, "two"));
  g_signal_connect (held, "notify::line", G_CALLBACK (count_cb), &n);

  guichet_rows_begin_reuse (rows);
  g_assert_cmpuint (guichet_rows_count_spare (rows), ==, 1);
  first = make (rows, 3, "three");
  second = make (rows, 4, "four");
  guichet_rows_end_reuse (rows);

  g_assert_true (first == held);
  g_assert_true (second != held);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (guichet_row_get_line (held)->reference, ==, "three");
  g_assert_cmpuint (guichet_row_get_late_days (held), ==, 3);
  g_assert_null (guichet_rows_find (rows, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/keeps-and-forgets", test_keeps_and_forgets);
  g_test_add_func ("/rows/keeps-no-more-than-needed", test_keeps_no_more_than_needed);
  g_test_add_func ("/rows/reuses-what-is-held", test_reuses_what_is_held);
  return g_test_run ();
}
