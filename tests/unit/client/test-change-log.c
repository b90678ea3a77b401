/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-change-log.h"

static void
assert_since (GuichetChangeLog *log, gint64 after, gint64 until, const char *expected)
{
  g_autoptr (GArray) ids = guichet_change_log_since (log, after, until);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (ids, guint32, i));
  g_assert_cmpstr (ids != NULL ? text->str : NULL, ==, expected);
}

static void
test_since (void)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();

  assert_since (log, 4, 4, "");
  assert_since (log, 4, 5, NULL);
  guichet_change_log_add (log, 5, (const guint32[]){ 9, 2, 9 }, 3);
  guichet_change_log_add (log, 6, NULL, 0);
  guichet_change_log_add (log, 7, (const guint32[]){ 1, 2 }, 2);

  assert_since (log, 7, 7, "");
  assert_since (log, 6, 7, "1 2");
  assert_since (log, 5, 7, "1 2");
  assert_since (log, 4, 7, "1 2 9");
  assert_since (log, 3, 7, NULL);
  assert_since (log, 4, 6, "2 9");
  assert_since (log, 5, 6, "");
  assert_since (log, 7, 8, NULL); /* not written yet */
}

/* A commit that fails leaves its entry; the next one has its number, and both count. */
static void
test_failed_commit (void)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();

  guichet_change_log_add (log, 1, (const guint32[]){ 10 }, 1);
  guichet_change_log_add (log, 2, (const guint32[]){ 20 }, 1);
  guichet_change_log_add (log, 2, (const guint32[]){ 21 }, 1);
  guichet_change_log_add (log, 2, (const guint32[]){ 22 }, 1);
  guichet_change_log_add (log, 3, (const guint32[]){ 30 }, 1);

  assert_since (log, 0, 3, "10 20 21 22 30");
  assert_since (log, 1, 3, "20 21 22 30");
  assert_since (log, 1, 2, "20 21 22");
  assert_since (log, 2, 3, "30");
}

static void
test_gap (void)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();

  guichet_change_log_add (log, 1, (const guint32[]){ 10 }, 1);
  guichet_change_log_add (log, 3, (const guint32[]){ 30 }, 1);
  assert_since (log, 2, 3, "30");
  assert_since (log, 1, 3, NULL);
  assert_since (log, 0, 3, NULL);
}

/* Random revisions against a list kept here; what it still reaches back to is complete. */
static void
test_random (void)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  guint answered = 0;

  for (gint64 revision = 1; revision <= 400; revision++)
    {
      GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
      const gint64 after = g_test_rand_int_range (0, (gint32) revision + 1);
      g_autoptr (GArray) since = NULL;

      for (int i = g_test_rand_int_range (0, 300); i > 0; i--)
        {
          const guint32 id = (guint32) g_test_rand_int_range (1, 5000);

          g_array_append_val (ids, id);
        }
      g_ptr_array_add (all, ids);
      guichet_change_log_add (log, revision, (const guint32 *) (gpointer) ids->data, ids->len);

      since = guichet_change_log_since (log, after, revision);
      if (since == NULL)
        {
          guint n = 0;

          for (gint64 r = after; r < revision; r++)
            n += ((GArray *) g_ptr_array_index (all, r))->len;
          g_assert_cmpuint (n, >, 10000);
          continue;
        }
      answered++;
      {
        g_autofree guint8 *naive = g_malloc0 (5000);
        guint32 before = 0;

        for (gint64 r = after; r < revision; r++)
          {
            const GArray *one = g_ptr_array_index (all, r);

            for (guint i = 0; i < one->len; i++)
              naive[g_array_index (one, guint32, i)] = 1;
          }
        for (guint i = 0; i < since->len; i++)
          {
            const guint32 id = g_array_index (since, guint32, i);

            g_assert_cmpuint (id, >, before);
            g_assert_cmpint (naive[id], ==, 1);
            naive[id] = 0;
            before = id;
          }
        for (guint i = 0; i < 5000; i++)
          g_assert_cmpint (naive[i], ==, 0);
      }
    }
  g_assert_cmpuint (answered, >, 50);
}

/* It remembers a bounded number of ids, and forgets whole revisions, the oldest first. */
static void
test_bound (void)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();
  g_autofree guint32 *ids = g_new (guint32, 30000);

  for (guint32 i = 0; i < 30000; i++)
    ids[i] = i + 1;
  for (gint64 revision = 1; revision <= 100; revision++)
    guichet_change_log_add (log, revision, ids, 1000);
  g_assert_null (guichet_change_log_since (log, 0, 100));
  {
    g_autoptr (GArray) recent = guichet_change_log_since (log, 95, 100);

    g_assert_nonnull (recent);
    g_assert_cmpuint (recent->len, ==, 1000);
  }

  guichet_change_log_add (log, 101, ids, 30000);
  g_assert_null (guichet_change_log_since (log, 100, 101));
  guichet_change_log_add (log, 102, ids, 1);
  assert_since (log, 101, 102, "1");
}

/* Nor does it grow by revisions that change nothing. */
static void
test_bound_of_nothing (void)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();

  for (gint64 revision = 1; revision <= 50000; revision++)
    guichet_change_log_add (log, revision, NULL, 0);
  assert_since (log, 49000, 50000, "");
  assert_since (log, 20000, 50000, NULL);
}

typedef struct
{
  GuichetChangeLog *log;
  gint revision; /* (atomic) the last that was told */
} Shared;

static gpointer
add_many (gpointer user_data)
{
  Shared *shared = user_data;

  for (gint revision = 1; revision <= 2000; revision++)
    {
      const guint32 id = (guint32) revision;

      guichet_change_log_add (shared->log, revision, &id, 1);
      g_atomic_int_set (&shared->revision, revision);
    }
  return NULL;
}

/* Whoever sees a revision finds its changes, while others are added. */
static void
test_two_threads (void)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();
  Shared shared = { log, 0 };
  GThread *thread = g_thread_new ("add", add_many, &shared);
  gint seen = 0;

  while (seen < 2000)
    {
      g_autoptr (GArray) ids = NULL;

      seen = g_atomic_int_get (&shared.revision);
      ids = guichet_change_log_since (log, 0, seen);
      g_assert_nonnull (ids);
      g_assert_cmpuint (ids->len, ==, (guint) seen);
    }
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/change-log/since", test_since);
  g_test_add_func ("/client/change-log/failed", test_failed_commit);
  g_test_add_func ("/client/change-log/gap", test_gap);
  g_test_add_func ("/client/change-log/random", test_random);
  g_test_add_func ("/client/change-log/bound", test_bound);
  g_test_add_func ("/client/change-log/bound-of-nothing", test_bound_of_nothing);
  g_test_add_func ("/client/change-log/threads", test_two_threads);

  return g_test_run ();
}
