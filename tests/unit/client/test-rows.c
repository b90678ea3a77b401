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

static void
make_cb (GuichetRow *row, guint32 id, gpointer reference)
{
  g_autoptr (GuichetLine) line = line_of (reference);

  guichet_row_set (row, line, FALSE, FALSE, id);
}

/* One that is read. */
static GuichetRow *
make (GuichetRows *rows, guint32 id, const char *reference)
{
  g_autoptr (GuichetLine) blank = line_of ("");
  GuichetRow *row = guichet_rows_put_off (rows, id, blank, make_cb, (gpointer) reference);

  guichet_row_read (row);
  return row;
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

static void
read_cb (GuichetRow *row, guint32 id, gpointer user_data)
{
  g_autofree char *reference = g_strdup_printf ("read-%u", id);
  g_autoptr (GuichetLine) line = line_of (reference);

  guichet_row_set (row, line, FALSE, FALSE, 0);
  (*(guint *) user_data)++;
}

/* A row that is held and put off to be the one of @id. */
static GuichetRow *
put_off (GuichetRows *rows, guint32 id, guint *n_read)
{
  g_autoptr (GuichetLine) blank = line_of ("");
  g_autoptr (GuichetRow) held = make (rows, 1000 + id, "before");
  g_autoptr (GuichetRow) row = NULL;

  guichet_rows_begin_reuse (rows);
  row = guichet_rows_put_off (rows, id, blank, read_cb, n_read);
  g_assert_true (row == held);
  guichet_rows_end_reuse (rows);
  return g_steal_pointer (&row);
}

static void
test_reads_when_asked (void)
{
  g_autoptr (GuichetRows) rows = guichet_rows_new ();
  guint n_read = 0;
  g_autoptr (GuichetRow) row = put_off (rows, 5, &n_read);

  g_test_summary ("A row that was put off is read when somebody asks, and once.");
  g_assert_false (guichet_row_is_read (row));
  g_assert_cmpuint (n_read, ==, 0);
  g_assert_cmpstr (guichet_row_get_line (row)->reference, ==, "read-5");
  guichet_rows_read_some (rows, 10);
  g_assert_cmpuint (n_read, ==, 1);
  g_assert_cmpuint (guichet_rows_count_unread (rows), ==, 0);
}

static void
test_reads_a_few (void)
{
  g_autoptr (GuichetRows) rows = guichet_rows_new ();
  g_autoptr (GuichetLine) blank = line_of ("");
  GuichetRow *held[5];
  guint n_read = 0;

  g_test_summary ("As many are read as were asked for, also those that were forgotten.");
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    held[i] = guichet_rows_put_off (rows, i, blank, read_cb, &n_read);

  guichet_rows_read_some (rows, 2);
  g_assert_cmpuint (n_read, ==, 2);
  guichet_rows_forget_all (rows);
  guichet_rows_read_some (rows, 10);
  g_assert_cmpuint (n_read, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    g_object_unref (held[i]);
}

/* A view that jumped about was given many rows that it has let go of again. */
static void
test_reuses_no_unread (void)
{
  g_autoptr (GuichetRows) rows = guichet_rows_new ();
  g_autoptr (GuichetLine) blank = line_of ("");
  g_autoptr (GuichetRow) held = NULL;
  guint n_read = 0;

  g_test_summary ("A row that waits to be read and that nobody holds is neither spare nor read.");
  held = guichet_rows_put_off (rows, 1, blank, read_cb, &n_read);
  g_object_unref (guichet_rows_put_off (rows, 2, blank, read_cb, &n_read));
  guichet_rows_begin_reuse (rows);
  g_assert_cmpuint (guichet_rows_count_spare (rows), ==, 1);
  guichet_rows_end_reuse (rows);
  guichet_rows_read_some (rows, 10);
  g_assert_cmpuint (n_read, ==, 0);
}

static void
test_gives_up (void)
{
  GuichetRows *rows = guichet_rows_new ();
  guint n_read = 0;
  g_autoptr (GuichetRow) row = put_off (rows, 5, &n_read);

  g_test_summary (
      "Nothing is read once it was given up, for instance because nobody can read any more.");
  guichet_rows_free (rows);
  g_assert_true (guichet_row_is_read (row));
  g_assert_cmpstr (guichet_row_get_line (row)->reference, ==, "before");
  g_assert_cmpuint (n_read, ==, 0);
}

static void
test_takes_the_rest (void)
{
  g_autoptr (GuichetRows) rows = guichet_rows_new ();
  g_autoptr (GuichetRow) first = make (rows, 1, "one");
  g_autoptr (GuichetRow) second = make (rows, 2, "two");
  g_autoptr (GuichetRow) third = make (rows, 3, "three");
  g_autoptr (GuichetRow) again = NULL;
  g_autoptr (GPtrArray) rest = NULL;

  g_test_summary ("Those that are not needed are taken out; the last used ones are needed first.");
  guichet_rows_begin_reuse (rows);
  rest = guichet_rows_take_spare (rows, 1);
  g_assert_cmpuint (rest->len, ==, 2);
  g_assert_true (g_ptr_array_find (rest, first, NULL));
  g_assert_true (g_ptr_array_find (rest, second, NULL));
  again = make (rows, 4, "four");
  g_assert_true (again == third);
  guichet_rows_end_reuse (rows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/keeps-and-forgets", test_keeps_and_forgets);
  g_test_add_func ("/rows/keeps-no-more-than-needed", test_keeps_no_more_than_needed);
  g_test_add_func ("/rows/reuses-what-is-held", test_reuses_what_is_held);
  g_test_add_func ("/rows/reads-when-asked", test_reads_when_asked);
  g_test_add_func ("/rows/reads-a-few", test_reads_a_few);
  g_test_add_func ("/rows/reuses-no-unread", test_reuses_no_unread);
  g_test_add_func ("/rows/gives-up", test_gives_up);
  g_test_add_func ("/rows/takes-the-rest", test_takes_the_rest);
  return g_test_run ();
}
