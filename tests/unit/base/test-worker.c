/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-worker.h"

typedef struct
{
  GuichetWorker *worker;
  GMutex lock;
  GCond opened;
  gboolean open;
  GArray *order; /* of int, in the order in which work ran */
  guint left;
} Bench;

static void
hold (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Bench *bench = data;

  g_mutex_lock (&bench->lock);
  while (!bench->open)
    g_cond_wait (&bench->opened, &bench->lock);
  g_mutex_unlock (&bench->lock);
  g_task_return_boolean (task, TRUE);
}

static void
note (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Bench *bench = g_object_get_data (G_OBJECT (task), "bench");
  int number = GPOINTER_TO_INT (data);

  g_assert_true (guichet_worker_is_here (bench->worker));
  g_array_append_val (bench->order, number);
  g_task_return_int (task, number);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bench *bench = user_data;

  g_assert_false (guichet_worker_is_here (bench->worker));
  bench->left--;
}

static void
push_note (Bench *bench, int number, int priority, GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, done_cb, bench);

  g_task_set_source_tag (task, push_note);
  g_object_set_data (G_OBJECT (task), "bench", bench);
  g_task_set_task_data (task, GINT_TO_POINTER (number), NULL);
  bench->left++;
  guichet_worker_push (bench->worker, priority, task, note);
}

static void
bench_open (Bench *bench)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, bench);

  bench->worker = guichet_worker_new ("test");
  bench->order = g_array_new (FALSE, FALSE, sizeof (int));
  g_task_set_source_tag (task, bench_open);
  g_task_set_task_data (task, bench, NULL);
  bench->left++;
  guichet_worker_push (bench->worker, -100, task, hold);
}

static void
bench_run (Bench *bench)
{
  g_mutex_lock (&bench->lock);
  bench->open = TRUE;
  g_cond_signal (&bench->opened);
  g_mutex_unlock (&bench->lock);
  while (bench->left > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
bench_close (Bench *bench)
{
  g_object_unref (bench->worker);
  g_array_unref (bench->order);
}

static void
test_order (void)
{
  static const int wanted[] = { 3, 1, 4, 2 };
  Bench bench = { 0 };

  bench_open (&bench);
  push_note (&bench, 1, 0, NULL);
  push_note (&bench, 2, 10, NULL);
  push_note (&bench, 3, -10, NULL);
  push_note (&bench, 4, 0, NULL);
  bench_run (&bench);

  g_assert_cmpmem (bench.order->data, bench.order->len * sizeof (int), wanted, sizeof wanted);
  bench_close (&bench);
}

static void
test_cancelled_is_not_run (void)
{
  Bench bench = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  bench_open (&bench);
  push_note (&bench, 1, 0, cancellable);
  push_note (&bench, 2, 0, NULL);
  g_cancellable_cancel (cancellable);
  bench_run (&bench);

  g_assert_cmpuint (bench.order->len, ==, 1);
  bench_close (&bench);
}

static void
test_shutdown_finishes_first (void)
{
  Bench bench = { 0 };

  bench_open (&bench);
  for (int i = 0; i < 100; i++)
    push_note (&bench, i, 0, NULL);
  g_mutex_lock (&bench.lock);
  bench.open = TRUE;
  g_cond_signal (&bench.opened);
  g_mutex_unlock (&bench.lock);
  guichet_worker_shutdown (bench.worker);
  guichet_worker_shutdown (bench.worker);
  g_assert_cmpuint (bench.order->len, ==, 100);

  push_note (&bench, 101, 0, NULL);
  while (bench.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bench.order->len, ==, 100);
  bench_close (&bench);
}

/* Work in order, whatever the priorities, and as often as a busy server asks for it. */
static void
test_many (void)
{
  enum
  {
    MANY = 20000,
    PRIORITIES = 3
  };
  Bench bench = { 0 };
  g_autofree int *priorities = g_new (int, MANY);
  int last[PRIORITIES] = { -1, -1, -1 };
  int before = 0;

  bench_open (&bench);
  for (int i = 0; i < MANY; i++)
    {
      priorities[i] = g_test_rand_int_range (0, PRIORITIES);
      push_note (&bench, i, priorities[i], NULL);
    }
  bench_run (&bench);

  g_assert_cmpuint (bench.order->len, ==, MANY);
  for (guint i = 0; i < MANY; i++)
    {
      int number = g_array_index (bench.order, int, i);

      g_assert_cmpint (priorities[number], >=, before);
      g_assert_cmpint (number, >, last[priorities[number]]);
      before = priorities[number];
      last[before] = number;
    }
  bench_close (&bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/worker/order", test_order);
  g_test_add_func ("/base/worker/cancelled", test_cancelled_is_not_run);
  g_test_add_func ("/base/worker/many", test_many);
  g_test_add_func ("/base/worker/shutdown", test_shutdown_finishes_first);

  return g_test_run ();
}
