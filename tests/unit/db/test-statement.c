/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-db.h"

#include <glib/gstdio.h>

#define SHOP "/be/mons/Guichetier/test-db/shop/"

typedef struct
{
  char *folder;
  char *path;
  GuichetDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("guichet-statement-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "shop.db", NULL);
  fixture->db = guichet_db_open (fixture->path, GUICHET_DB_FORGIVING, SHOP, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  guichet_db_close (fixture->db);
  g_assert_no_errno (g_unlink (fixture->path));
  g_assert_no_errno (g_rmdir (fixture->folder));
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
add (Fixture *fixture, const char *name, gint64 price, GBytes *picture)
{
  GuichetStatement *statement = guichet_db_statement (fixture->db, "add-item");
  g_autoptr (GError) error = NULL;

  guichet_statement_bind_text (statement, "name", name);
  guichet_statement_bind_integer (statement, "price", price);
  if (picture != NULL)
    guichet_statement_bind_bytes (statement, "picture", picture);
  else
    guichet_statement_bind_null (statement, "picture");
  guichet_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
test_null_and_empty_differ (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new_static (NULL, 0);
  GuichetStatement *statement;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) of_null = NULL;
  g_autoptr (GBytes) of_empty = NULL;

  add (fixture, "a", 1, NULL);
  add (fixture, "", 2, empty);
  statement = guichet_db_statement (fixture->db, "add-item");
  guichet_statement_bind_text (statement, "name", "c");
  guichet_statement_bind_integer (statement, "price", 5);
  guichet_statement_bind_null (statement, "price");
  guichet_statement_bind_null (statement, "picture");
  g_assert_true (guichet_statement_run (statement, &error));

  statement =
      guichet_db_statement_joined (fixture->db, (const char *[]){ "list-items", "by-name", NULL });
  g_assert_true (guichet_statement_step (statement, &error));
  g_assert_cmpstr (guichet_statement_text (statement, "name"), ==, "");
  g_assert_false (guichet_statement_is_null (statement, "picture"));
  of_empty = guichet_statement_blob (statement, "picture");
  g_assert_cmpuint (g_bytes_get_size (of_empty), ==, 0);

  g_assert_true (guichet_statement_step (statement, &error));
  g_assert_cmpstr (guichet_statement_text (statement, "name"), ==, "a");
  g_assert_true (guichet_statement_is_null (statement, "picture"));
  of_null = guichet_statement_blob (statement, "picture");
  g_assert_cmpuint (g_bytes_get_size (of_null), ==, 0);

  g_assert_true (guichet_statement_step (statement, &error));
  g_assert_true (guichet_statement_is_null (statement, "price"));
  g_assert_false (guichet_statement_step (statement, &error));
  g_assert_no_error (error);
}

/* What goes in comes out: any text, any integer, any bytes. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 300; round++)
    {
      GuichetStatement *statement;
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) name = g_string_new (NULL);
      gsize length = (gsize) g_test_rand_int_range (1, 3000);
      g_autofree guint8 *data_in = g_malloc (length);
      g_autoptr (GBytes) picture = NULL;
      g_autoptr (GBytes) read = NULL;
      gint64 price = (gint64) ((((guint64) g_test_rand_int () << 32) | g_test_rand_int ()) >> 1);

      for (int i = g_test_rand_int_range (0, 50); i > 0; i--)
        g_string_append_unichar (name, (gunichar) g_test_rand_int_range (1, 0xd800));
      for (gsize i = 0; i < length; i++)
        data_in[i] = (guint8) g_test_rand_int ();
      picture = g_bytes_new (data_in, length);

      g_assert_true (guichet_db_run (fixture->db, "clear", &error));
      add (fixture, name->str, price, picture);
      statement = guichet_db_statement (fixture->db, "list-items");
      g_assert_true (guichet_statement_step (statement, &error));
      g_assert_cmpstr (guichet_statement_text (statement, "name"), ==, name->str);
      g_assert_cmpint (guichet_statement_integer (statement, "price"), ==, price);
      read = guichet_statement_blob (statement, "picture");
      g_assert_true (g_bytes_equal (read, picture));
      guichet_statement_reset (statement);
    }
}

static void
test_joined_is_kept (Fixture *fixture, gconstpointer data)
{
  static const char *const priced[] = { "list-items", "from-price", "by-price", NULL };
  static const char *const named[] = { "list-items", "by-name", NULL };
  static const char *const alone[] = { "list-items", NULL };
  GuichetStatement *statement;
  g_autoptr (GError) error = NULL;

  add (fixture, "cheap", 1, NULL);
  add (fixture, "dear", 100, NULL);
  add (fixture, "fair", 10, NULL);

  statement = guichet_db_statement_joined (fixture->db, priced);
  guichet_statement_bind_integer (statement, "floor", 5);
  g_assert_true (guichet_statement_step (statement, &error));
  g_assert_cmpstr (guichet_statement_text (statement, "name"), ==, "dear");
  g_assert_true (guichet_statement_step (statement, &error));
  g_assert_cmpstr (guichet_statement_text (statement, "name"), ==, "fair");
  g_assert_false (guichet_statement_step (statement, &error));

  g_assert_true (guichet_db_statement_joined (fixture->db, priced) == statement);
  g_assert_true (guichet_db_statement_joined (fixture->db, named) != statement);
  g_assert_true (guichet_db_statement_joined (fixture->db, alone) ==
                 guichet_db_statement (fixture->db, "list-items"));
  g_assert_no_error (error);
}

/* Asked for again, a statement has no rows left from before. */
static void
test_comes_back_clean (Fixture *fixture, gconstpointer data)
{
  static const char *const priced[] = { "list-items", "from-price", NULL };
  GuichetStatement *statement = guichet_db_statement_joined (fixture->db, priced);
  g_autoptr (GError) error = NULL;

  add (fixture, "chair", 10, NULL);
  add (fixture, "table", 20, NULL);
  guichet_statement_bind_integer (statement, "floor", 0);
  g_assert_true (guichet_statement_step (statement, &error));

  statement = guichet_db_statement_joined (fixture->db, priced);
  guichet_statement_bind_integer (statement, "floor", 15);
  g_assert_true (guichet_statement_step (statement, &error));
  g_assert_cmpstr (guichet_statement_text (statement, "name"), ==, "table");
  g_assert_false (guichet_statement_step (statement, &error));
  g_assert_no_error (error);
}

/* What was bound holds until the statement is asked for again: it may be run several times. */
static void
test_stays_bound (Fixture *fixture, gconstpointer data)
{
  static const char *const priced[] = { "list-items", "from-price", NULL };
  GuichetStatement *statement = guichet_db_statement_joined (fixture->db, priced);
  g_autoptr (GError) error = NULL;

  guichet_statement_bind_integer (statement, "floor", 5);
  g_assert_false (guichet_statement_step (statement, &error));
  add (fixture, "chair", 10, NULL);
  g_assert_true (guichet_statement_step (statement, &error));
  guichet_statement_reset (statement);
  g_assert_true (guichet_statement_step (statement, &error));
  guichet_statement_reset (statement);
  g_assert_no_error (error);
}

static void
quoted (Fixture *fixture)
{
  guichet_db_statement (fixture->db, "quoted");
}

static void
two_statements (Fixture *fixture)
{
  guichet_db_statement (fixture->db, "two");
}

static void
wrong_table (Fixture *fixture)
{
  guichet_db_statement (fixture->db, "wrong");
}

static void
no_such_statement (Fixture *fixture)
{
  guichet_db_statement (fixture->db, "absent");
}

static void
no_such_parameter (Fixture *fixture)
{
  guichet_statement_bind_integer (guichet_db_statement (fixture->db, "add-item"), "colour", 1);
}

static void
unbound_parameter (Fixture *fixture)
{
  GuichetStatement *statement = guichet_db_statement (fixture->db, "add-item");

  guichet_statement_bind_text (statement, "name", "chair");
  guichet_statement_bind_null (statement, "picture");
  guichet_statement_run (statement, NULL);
}

static void
bound_too_early (Fixture *fixture)
{
  static const char *const priced[] = { "list-items", "from-price", NULL };

  guichet_statement_bind_integer (guichet_db_statement_joined (fixture->db, priced), "floor", 1);
  guichet_statement_step (guichet_db_statement_joined (fixture->db, priced), NULL);
}

static void
no_such_column (Fixture *fixture)
{
  GuichetStatement *statement = guichet_db_statement (fixture->db, "count-items");

  guichet_statement_step (statement, NULL);
  guichet_statement_integer (statement, "colour");
}

/* What only a programmer can get wrong ends the program and says where. */
static const struct
{
  const char *path;
  void (*func) (Fixture *fixture);
  const char *says;
} mistakes[] = {
  { "/db/statement/mistakes/quoted", quoted, "*quoted.sql: no such column: word*" },
  { "/db/statement/mistakes/two", two_statements, "*two.sql holds more than one statement*" },
  { "/db/statement/mistakes/table", wrong_table, "*wrong.sql: no such table: nowhere*" },
  { "/db/statement/mistakes/statement", no_such_statement, "*absent.sql*does not exist*" },
  { "/db/statement/mistakes/parameter",
    no_such_parameter,
    "*add-item.sql has no parameter*colour*" },
  { "/db/statement/mistakes/unbound", unbound_parameter, "*add-item.sql: nobody bound :price*" },
  { "/db/statement/mistakes/early",
    bound_too_early,
    "*list-items+from-price.sql: nobody bound :floor*" },
  { "/db/statement/mistakes/column", no_such_column, "*count-items.sql has no column colour*" },
};

static void
test_mistake (Fixture *fixture, gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);

  if (g_test_subprocess ())
    {
      mistakes[index].func (fixture);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr (mistakes[index].says);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/db/statement/null", Fixture, NULL, set_up, test_null_and_empty_differ, tear_down);
  g_test_add ("/db/statement/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/db/statement/joined", Fixture, NULL, set_up, test_joined_is_kept, tear_down);
  g_test_add ("/db/statement/clean", Fixture, NULL, set_up, test_comes_back_clean, tear_down);
  g_test_add ("/db/statement/bound", Fixture, NULL, set_up, test_stays_bound, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    g_test_add (mistakes[i].path, Fixture, GUINT_TO_POINTER (i), set_up, test_mistake, tear_down);

  return g_test_run ();
}
