/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Types into the search of the real window, in every view and sort, and watches two things: how
 * long after a key the hits are known (when the model says so, before any row is made of it) and on
 * the screen, and how long the main thread is held, which is what lies between two polls.
 */
#define G_LOG_DOMAIN "bench-queue"

#include "config.h"

#include "guichet-queue-page-private.h"
#include "guichet-queue-page.h"
#include "guichet-resources.h"
#include "guichet-window.h"

#include <stdlib.h>
#include <time.h>

#define PATIENCE (60 * G_USEC_PER_SEC)
#define LETTERS 6

/* Beginnings of names that many have and of rarer ones, of procedures and of references; each list
 * takes the next one. */
static const char *const words[] = { "martin", "vanden", "isabel",  "dubois",
                                     "certif", "26j54d", "janssens" };

typedef struct
{
  GtkWindow *window; /* (borrowed): of the application */
  GuichetQueuePage *page;
  GMainContext *context; /* (borrowed): the default */

  gint64 known;   /* when the queue said what it found; 0: not yet */
  gint64 worked;  /* nanoseconds of processor that the mirror's reader had had by then */
  char *reader;   /* (owned) (nullable): where the kernel says so */
  gint64 painted; /* when a frame was last painted */

  GArray *to_known[LETTERS + 1]; /* of double: milliseconds; at 0 those of all */
  GArray *to_known_processor;    /* of double: what the mirror's reader worked for it */
  GArray *to_screen;             /* of double */
} Bench;

/* What the mirror's reader worked */

static char *
find_reader (void)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;

  while (threads != NULL && (name = g_dir_read_name (threads)) != NULL)
    {
      g_autofree char *comm = g_build_filename ("/proc/self/task", name, "comm", NULL);
      g_autofree char *called = NULL;

      if (g_file_get_contents (comm, &called, NULL, NULL) &&
          g_str_has_prefix (called, "mirror-reader"))
        return g_build_filename ("/proc/self/task", name, "schedstat", NULL);
    }
  return NULL;
}

static gint64
get_worked (Bench *self)
{
  g_autofree char *text = NULL;

  if (self->reader == NULL)
    self->reader = find_reader ();
  if (self->reader == NULL || !g_file_get_contents (self->reader, &text, NULL, NULL))
    return 0;
  return g_ascii_strtoll (text, NULL, 10);
}

/* How long the main thread is held */

static struct
{
  gint64 woke;
  gint64 woke_processor;
  double longest; /* since the last frame */
  double longest_processor;
  gboolean framed;          /* a frame was painted since the last poll */
  GArray *frames;           /* of double: milliseconds */
  GArray *frames_processor; /* of double: those that the thread was given a processor for */
} held;

static gint64
get_processor_time (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
end_hold (void)
{
  if (held.woke == 0)
    return;
  held.longest = MAX (held.longest, (double) (g_get_monotonic_time () - held.woke) / 1000);
  held.longest_processor =
      MAX (held.longest_processor, (double) (get_processor_time () - held.woke_processor) / 1000);
}

static void
begin_hold (void)
{
  held.woke = g_get_monotonic_time ();
  held.woke_processor = get_processor_time ();
}

/* What comes next is a key: the main loop would have looked for it first. */
static void
let_key_come (void)
{
  end_hold ();
  begin_hold ();
}

static gint
poll_cb (GPollFD *fds, guint n_fds, gint timeout)
{
  gint ready;

  end_hold ();
  if (held.framed)
    {
      g_array_append_val (held.frames, held.longest);
      g_array_append_val (held.frames_processor, held.longest_processor);
      held.longest = 0;
      held.longest_processor = 0;
      held.framed = FALSE;
    }
  ready = g_poll (fds, n_fds, timeout);
  begin_hold ();
  return ready;
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *self)
{
  held.framed = TRUE;
  self->painted = g_get_monotonic_time ();
}

/* Waiting */

static gboolean
stop_cb (gpointer user_data)
{
  g_error ("waited too long for %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_until (Bench *self, gboolean (*is_so) (Bench *self), const char *what)
{
  const guint limit = g_timeout_add (PATIENCE / 1000, stop_cb, (gpointer) what);

  while (!is_so (self))
    g_main_context_iteration (self->context, TRUE);
  g_source_remove (limit);
}

static gboolean
is_there (Bench *self)
{
  return self->page->queue != NULL && !guichet_queue_get_loading (self->page->queue) &&
         g_list_model_get_n_items (G_LIST_MODEL (self->page->queue)) > 0;
}

static gboolean
is_loaded (Bench *self)
{
  return !guichet_queue_get_loading (self->page->queue);
}

static gboolean
is_known (Bench *self)
{
  return self->known != 0;
}

static gboolean
is_on_screen (Bench *self)
{
  return self->painted > self->known;
}

/* Until nothing is left to do but what a timer may bring. */
static void
settle (Bench *self)
{
  wait_until (self, is_loaded, "the list");
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

static void
paint (Bench *self)
{
  self->known = g_get_monotonic_time ();
  gtk_widget_queue_draw (GTK_WIDGET (self->page));
  wait_until (self, is_on_screen, "a frame");
}

/* When the hits are known */

static void
note_known (Bench *self)
{
  self->known = g_get_monotonic_time ();
  self->worked = get_worked (self);
}

static gboolean
items_changed_hook (GSignalInvocationHint *hint,
                    guint n_values,
                    const GValue *values,
                    gpointer user_data)
{
  Bench *self = user_data;

  if (self->known == 0 && g_value_get_object (&values[0]) == (gpointer) self->page->queue)
    note_known (self);
  return TRUE;
}

/* Where the hits are the same as before, no item changes. */
static void
loading_cb (GuichetQueue *queue, GParamSpec *pspec, Bench *self)
{
  if (self->known == 0 && !guichet_queue_get_loading (queue))
    note_known (self);
}

static void
add (GArray *to, gint64 begun, gint64 ended)
{
  const double took = (double) (ended - begun) / 1000;

  g_array_append_val (to, took);
}

static void
type_word (Bench *self, const char *word)
{
  for (int n = 1; n <= LETTERS; n++)
    {
      g_autofree char *text = g_strndup (word, (gsize) n);
      const gint64 worked = get_worked (self) / 1000;
      const gint64 begun = g_get_monotonic_time ();

      self->known = 0;
      gtk_editable_set_text (GTK_EDITABLE (self->page->search_entry), text);
      wait_until (self, is_known, "the hits");
      add (self->to_known[n], begun, self->known);
      add (self->to_known[0], begun, self->known);
      add (self->to_known_processor, worked, self->worked / 1000);
      wait_until (self, is_on_screen, "a frame with the hits");
      add (self->to_screen, begun, self->painted);
      settle (self);
      g_debug ("%s: %u hits, known after %.1f ms, on the screen after %.1f ms",
               text,
               g_list_model_get_n_items (G_LIST_MODEL (self->page->queue)),
               (double) (self->known - begun) / 1000,
               (double) (self->painted - begun) / 1000);
    }
}

/* Jumps to a few places of the list, as Page Down and End do. */
static void
scroll (Bench *self)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->page->column_view));
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->page->queue));

  for (guint i = 1; i <= 4; i++)
    {
      let_key_come ();
      gtk_widget_activate_action (list, "list.scroll-to-item", "u", (n_items - 1) / 4 * i);
      paint (self);
    }
  let_key_come ();
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", 0);
  paint (self);
}

static void
bench_lists (Bench *self)
{
  gsize n_lists = 0;

  for (int view = 0; view < GUICHET_N_VIEWS; view++)
    for (int sort = 0; sort <= GUICHET_SORT_CHANGED; sort++)
      {
        g_object_set (self->page->columns, "sort", sort, NULL);
        guichet_sidebar_choose (self->page->sidebar, (GuichetView) view, GUICHET_DEPARTMENT_NONE);
        settle (self);
        scroll (self);
        type_word (self, words[n_lists++ % G_N_ELEMENTS (words)]);
        gtk_editable_set_text (GTK_EDITABLE (self->page->search_entry), "");
        paint (self);
        settle (self);
      }
}

/* What came of it */

static int
compare (gconstpointer a, gconstpointer b)
{
  const double first = *(const double *) a;
  const double second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
at (GArray *numbers, double share)
{
  g_array_sort (numbers, compare);
  return g_array_index (numbers, double, (guint) ((double) (numbers->len - 1) * share));
}

static void
print_figures (Bench *self)
{
  g_print ("known %.3f %.3f %.3f\n",
           at (self->to_known[0], 0.5),
           at (self->to_known[0], 0.99),
           at (self->to_known[0], 1));
  g_print ("known-processor %.3f %.3f %.3f\n",
           at (self->to_known_processor, 0.5),
           at (self->to_known_processor, 0.99),
           at (self->to_known_processor, 1));
  for (int n = 1; n <= LETTERS; n++)
    g_print ("letters-%d %.3f %.3f %.3f\n",
             n,
             at (self->to_known[n], 0.5),
             at (self->to_known[n], 0.99),
             at (self->to_known[n], 1));
  g_print ("screen %.3f %.3f %.3f\n",
           at (self->to_screen, 0.5),
           at (self->to_screen, 0.99),
           at (self->to_screen, 1));
  g_print ("held %.3f %.3f %.3f\n",
           at (held.frames, 0.5),
           at (held.frames, 0.99),
           at (held.frames, 1));
  g_print ("processor %.3f %.3f %.3f\n",
           at (held.frames_processor, 0.5),
           at (held.frames_processor, 0.99),
           at (held.frames_processor, 1));
  g_print ("frames %u\n", held.frames->len);
}

static gpointer
find_page (GtkWidget *widget)
{
  gpointer found = GUICHET_IS_QUEUE_PAGE (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child);
  return found;
}

static void
watch (Bench *self)
{
  const guint signal = g_signal_lookup ("items-changed", G_TYPE_LIST_MODEL);

  self->page = find_page (GTK_WIDGET (self->window));
  g_signal_add_emission_hook (signal, 0, items_changed_hook, self, NULL);
  g_signal_connect (self->page->queue, "notify::loading", G_CALLBACK (loading_cb), self);
  gtk_window_present (self->window);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)),
                    "after-paint",
                    G_CALLBACK (after_paint_cb),
                    self);
}

int
main (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "guichetier", NULL);
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  g_autoptr (GuichetDesk) desk = NULL;
  g_autoptr (EidRoots) roots = eid_roots_new ();
  const GuichetCardPolicy policy = { .roots = roots };
  g_autoptr (GuichetCardSlot) slot = NULL;
  Bench self = { .context = g_main_context_default () };

  held.frames = g_array_new (FALSE, FALSE, sizeof (double));
  held.frames_processor = g_array_new (FALSE, FALSE, sizeof (double));
  self.to_known_processor = g_array_new (FALSE, FALSE, sizeof (double));
  self.to_screen = g_array_new (FALSE, FALSE, sizeof (double));
  for (int n = 0; n <= LETTERS; n++)
    self.to_known[n] = g_array_new (FALSE, FALSE, sizeof (double));

  g_resources_register (guichet_get_resource ());
  g_main_context_set_poll_func (self.context, poll_cb);
  application = g_object_new (ADW_TYPE_APPLICATION,
                              "application-id",
                              "be.mons.Guichetier.Bench",
                              "resource-base-path",
                              "/be/mons/Guichetier",
                              NULL);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  desk = guichet_desk_new (clock, folder);
  guichet_desk_resume_async (desk, NULL, NULL, NULL);
  slot = guichet_card_slot_new (&policy);
  self.window = GTK_WINDOW (guichet_window_new (application, desk, slot));
  watch (&self);
  wait_until (&self, is_there, "the first list");
  settle (&self);
  bench_lists (&self);
  print_figures (&self);
  return EXIT_SUCCESS;
}
