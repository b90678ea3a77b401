/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keys of a group: what is remembered of them while it runs, and what is not afterwards.
 */
#include "config.h"

#include "folder.h"
#include "guichetd-keys.h"

#include <sqlite3.h>

typedef struct
{
  char *folder;
  char *path;
  GuichetdKeys *keys;
} Fixture;

static void
add_key (GuichetdKeys *keys, const char *reference)
{
  g_auto (GuichetdKey) key = { 0 };
  g_autoptr (GError) error = NULL;

  guichetd_keys_make (keys, reference, &key);
  guichetd_keys_accept (keys);
  g_assert_true (guichetd_keys_flush (keys, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("guichet-keys-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "keys.db", NULL);
  self->keys = guichetd_keys_open (self->path, GUICHET_DB_DURABLE, &error);
  g_assert_no_error (error);
  add_key (self->keys, "26-AAAA-AAAA");
  add_key (self->keys, "26-BBBB-BBBB");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  guichetd_keys_close (self->keys);
  folder_remove (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
begin (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_keys_begin (self->keys, &error));
  g_assert_no_error (error);
}

static gboolean
finds (Fixture *self, const char *reference)
{
  g_auto (GuichetdKey) key = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean found = guichetd_keys_find (self->keys, reference, &key, &error);

  g_assert_no_error (error);
  return found;
}

/* By a connection of its own. */
static void
delete_elsewhere (Fixture *self)
{
  static const char sql[] = "DELETE FROM key WHERE reference = '26-AAAA-AAAA'";
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  sqlite3_close (db);
}

/* Without a group nothing is remembered: a key that was destroyed is gone at once. */
static void
test_alone (Fixture *self, gconstpointer data)
{
  g_assert_true (finds (self, "26-AAAA-AAAA"));
  delete_elsewhere (self);
  g_assert_false (finds (self, "26-AAAA-AAAA"));
}

/* In a group the file is as it was at its first question; after it, as it is. */
static void
test_group (Fixture *self, gconstpointer data)
{
  const gboolean flushes = GPOINTER_TO_INT (data);

  begin (self);
  g_assert_true (finds (self, "26-AAAA-AAAA"));
  g_assert_true (finds (self, "26-BBBB-BBBB"));
  delete_elsewhere (self);
  g_assert_true (finds (self, "26-AAAA-AAAA"));
  g_assert_false (finds (self, "26-CCCC-CCCC"));
  /* Asked for last, and so remembered: it must not outlive the group. */
  g_assert_true (finds (self, "26-AAAA-AAAA"));

  if (flushes)
    g_assert_true (guichetd_keys_flush (self->keys, NULL));
  else
    guichetd_keys_drop (self->keys);
  g_assert_false (finds (self, "26-AAAA-AAAA"));
  g_assert_true (finds (self, "26-BBBB-BBBB"));

  begin (self);
  g_assert_false (finds (self, "26-AAAA-AAAA"));
  guichetd_keys_drop (self->keys);
}

/* A group that read an old state of the file puts its keys away all the same. */
static void
test_flush_after_reading (Fixture *self, gconstpointer data)
{
  g_auto (GuichetdKey) made = { 0 };
  g_auto (GuichetdKey) found = { 0 };
  g_autoptr (GError) error = NULL;

  begin (self);
  g_assert_true (finds (self, "26-BBBB-BBBB"));
  delete_elsewhere (self);
  guichetd_keys_make (self->keys, "26-CCCC-CCCC", &made);
  guichetd_keys_accept (self->keys);
  g_assert_true (finds (self, "26-CCCC-CCCC"));
  g_assert_true (guichetd_keys_flush (self->keys, &error));
  g_assert_no_error (error);

  g_assert_true (guichetd_keys_find (self->keys, "26-CCCC-CCCC", &found, &error));
  g_assert_cmpmem (found.bytes, sizeof found.bytes, made.bytes, sizeof made.bytes);
}

/* Made anew in the group that asked for it before: the new one counts. */
static void
test_made_anew (Fixture *self, gconstpointer data)
{
  g_auto (GuichetdKey) made = { 0 };
  g_auto (GuichetdKey) found = { 0 };

  begin (self);
  g_assert_true (finds (self, "26-AAAA-AAAA"));
  guichetd_keys_make (self->keys, "26-AAAA-AAAA", &made);
  g_assert_true (guichetd_keys_find (self->keys, "26-AAAA-AAAA", &found, NULL));
  g_assert_cmpmem (found.bytes, sizeof found.bytes, made.bytes, sizeof made.bytes);
  guichetd_keys_drop (self->keys);
}

/* A write that was undone takes its keys with it, and no others. */
static void
test_undone (Fixture *self, gconstpointer data)
{
  g_auto (GuichetdKey) key = { 0 };

  begin (self);
  guichetd_keys_make (self->keys, "26-CCCC-CCCC", &key);
  guichetd_keys_accept (self->keys);
  guichetd_keys_make (self->keys, "26-DDDD-DDDD", &key);
  guichetd_keys_undo (self->keys);
  g_assert_true (finds (self, "26-CCCC-CCCC"));
  g_assert_false (finds (self, "26-DDDD-DDDD"));
  g_assert_true (guichetd_keys_flush (self->keys, NULL));
  g_assert_true (finds (self, "26-CCCC-CCCC"));
  g_assert_false (finds (self, "26-DDDD-DDDD"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, func) \
  g_test_add ("/server/keys/" name, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("alone", 0, test_alone);
  ADD ("group-dropped", FALSE, test_group);
  ADD ("group-flushed", TRUE, test_group);
  ADD ("flush-after-reading", 0, test_flush_after_reading);
  ADD ("made-anew", 0, test_made_anew);
  ADD ("undone", 0, test_undone);
#undef ADD

  return g_test_run ();
}
