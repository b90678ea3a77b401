/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue as a list model over the mirror.
 *
 * What is shown is an order: ids, four bytes each, read by the mirror's thread. Rows are made of
 * single lines when somebody asks for them and the last few hundred are kept. When lines
 * change, the thread says which stretches of the order are others than before, and the model
 * tells them one by one from the front: while it does, what lies before the seam is the new
 * order and what lies behind it the old one, so every listener sees a list that agrees with
 * what it was told.
 */
#define G_LOG_DOMAIN "guichet-queue"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-fold.h"
#include "guichet-niss.h"
#include "guichet-queue.h"
#include "guichet-rows.h"

/* Rows of the beginning that are read at once: more than fit on a screen. */
#define PAGE 40
/*
 * A view makes widgets of the first two hundred rows that it is told of, which takes longer than a
 * frame: a list that is new to it is told in instalments, until it has had that many.
 */
#define INSTALMENT 12
#define INSTALMENTS_UNTIL 208
#define SCREENFUL 36
/* Milliseconds between two readings of a list that changes all the time. */
#define REST_MIN 50

struct _GuichetQueue
{
  GObject parent_instance;

  GuichetDesk *desk; /* (owned) */

  /* What is asked for */
  GuichetQuestion question;
  char *search; /* (owned) */
  char **words; /* (owned) (nullable): of the search; NULL: none */

  /* What is there */
  GuichetOrder *base;  /* (owned) (nullable): the whole list without search */
  GuichetOrder *shown; /* (owned) (nullable) */
  gboolean answered;   /* what is shown answers what is asked for */
  GuichetRows *rows;   /* (owned) */
  guint told;          /* items of what is shown that listeners know of */
  GError *error;       /* (owned) (nullable) */

  /* In progress */
  gboolean telling;     /* listeners are told of another order */
  GuichetOrder *before; /* (borrowed) (nullable): meanwhile, the one before */
  guint seam_new;
  guint seam_old;
  GCancellable *cancellable; /* (owned) (nullable): of the question to the thread */
  gboolean again;            /* something changed meanwhile */
  gint64 asked_at;           /* monotonic */
  guint timer;
  guint more; /* source of the next instalment */
  gboolean loading;
};

enum
{
  PROP_VIEW = 1,
  PROP_DEPARTMENT,
  PROP_SORT,
  PROP_DESCENDING,
  PROP_SEARCH,
  PROP_LOADING,
  PROP_N_ITEMS,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void ask (GuichetQueue *self);
static void guichet_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetQueue,
                               guichet_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      guichet_queue_list_model_init))

static void
notify (GuichetQueue *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_loading (GuichetQueue *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  notify (self, PROP_LOADING);
}

static void
set_error (GuichetQueue *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  notify (self, PROP_ERROR);
}

/* Rows */

/* A line that left the mirror between two messages of its thread; the next one takes its row away. */
static GuichetLine *
blank_line (void)
{
  GuichetLine *line = guichet_line_new ();

  line->reference = g_strdup ("");
  line->procedure = g_strdup ("");
  line->citizen = g_strdup ("");
  line->stage = g_strdup ("");
  line->due = GUICHET_DAY_NONE;
  line->legal_due = GUICHET_DAY_NONE;
  return line;
}

static guint
count_late_days (GuichetQueue *self, const GuichetLine *line)
{
  const GuichetDay today = guichet_desk_today (self->desk);

  if (line->phase == GUICHET_PHASE_CLOSED || line->due == GUICHET_DAY_NONE || line->due >= today)
    return 0;
  return (guint) (today - line->due);
}

static GuichetRow *
make_row (GuichetQueue *self, guint32 id)
{
  g_autoptr (GuichetLine) line = NULL;
  gboolean changed = FALSE;
  gboolean pending;

  if (self->desk->mirror != NULL)
    line = guichet_mirror_read_line (self->desk->mirror, id, &changed);
  if (line == NULL)
    line = blank_line ();
  pending = self->desk->outbox != NULL &&
            guichet_outbox_has_pending (self->desk->outbox, line->reference);
  return guichet_rows_make (self->rows, id, line, changed, pending, count_late_days (self, line));
}

static GuichetRow *
find_row (GuichetQueue *self, guint32 id)
{
  GuichetRow *row = guichet_rows_find (self->rows, id);

  return row != NULL ? row : make_row (self, id);
}

/* The list model */

static guint
count_items (GuichetQueue *self)
{
  if (self->telling)
    return self->seam_new + self->told - self->seam_old;
  return self->told;
}

static guint32
id_at (GuichetQueue *self, guint position)
{
  if (self->telling && position >= self->seam_new)
    return self->before->ids[self->seam_old + (position - self->seam_new)];
  return self->shown->ids[position];
}

static GType
guichet_queue_get_item_type (GListModel *model)
{
  return GUICHET_TYPE_ROW;
}

static guint
guichet_queue_get_n_items (GListModel *model)
{
  return count_items (GUICHET_QUEUE (model));
}

static gpointer
guichet_queue_get_item (GListModel *model, guint position)
{
  GuichetQueue *self = GUICHET_QUEUE (model);

  if (position >= count_items (self))
    return NULL;
  return find_row (self, id_at (self, position));
}

static void
guichet_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = guichet_queue_get_item_type;
  iface->get_n_items = guichet_queue_get_n_items;
  iface->get_item = guichet_queue_get_item;
}

static gboolean
is_told (GuichetQueue *self)
{
  return self->shown == NULL || self->told == self->shown->n_ids;
}

static void
tell_more (GuichetQueue *self)
{
  const guint at = self->told;
  const guint rest = self->shown->n_ids - at;
  const guint n = at < INSTALMENTS_UNTIL ? MIN (rest, INSTALMENT) : rest;

  self->told += n;
  g_list_model_items_changed (G_LIST_MODEL (self), at, 0, n);
  notify (self, PROP_N_ITEMS);
}

static gboolean
more_cb (gpointer user_data)
{
  GuichetQueue *self = user_data;
  const guint source = self->more;

  tell_more (self);
  /* Whoever was told may have asked for something else. */
  if (self->more != source)
    return G_SOURCE_REMOVE;
  if (!is_told (self))
    return G_SOURCE_CONTINUE;

  self->more = 0;
  /* Without a base there is only the first page, and the rest is about to be asked for. */
  if (self->cancellable == NULL && self->base != NULL)
    set_loading (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Frames go first. */
static void
tell_more_later (GuichetQueue *self)
{
  if (self->more == 0 && !is_told (self))
    self->more = g_idle_add (more_cb, self);
}

/* How many of the new items of the last stretch are told at once. */
static guint
first_instalment (const GuichetHunk *hunk, guint n_reused)
{
  const guint n = MAX (n_reused, hunk->new_at == 0 ? SCREENFUL : INSTALMENT);

  return hunk->new_at < INSTALMENTS_UNTIL ? MIN (hunk->n_new, n) : hunk->n_new;
}

/* One after the other, from the front. */
static void
tell_hunks (GuichetQueue *self, GArray *hunks)
{
  for (guint i = 0; i < hunks->len; i++)
    {
      GuichetHunk hunk = g_array_index (hunks, GuichetHunk, i);

      if (hunk.new_at + hunk.n_new == self->shown->n_ids)
        hunk.n_new = first_instalment (&hunk, 0);
      self->seam_new = hunk.new_at + hunk.n_new;
      self->seam_old = hunk.old_at + hunk.n_old;
      g_list_model_items_changed (G_LIST_MODEL (self), hunk.new_at, hunk.n_old, hunk.n_new);
    }
}

/* All that was there for all that is there now. */
static void
tell_all_new (GuichetQueue *self)
{
  const GuichetHunk all = { 0, self->told, 0, self->shown->n_ids };
  guint n;

  guichet_rows_begin_reuse (self->rows);
  n = first_instalment (&all, guichet_rows_count_spare (self->rows));
  self->seam_new = n;
  self->seam_old = self->told;
  if (n > 0 || self->told > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, self->told, n);
  guichet_rows_end_reuse (self->rows);
}

/* Takes another order and tells how it differs. */
static void
show (GuichetQueue *self, GuichetOrder *order, GArray *hunks)
{
  g_autoptr (GuichetOrder) before = g_steal_pointer (&self->shown);
  const GuichetHunk *first = hunks->len > 0 ? &g_array_index (hunks, GuichetHunk, 0) : NULL;
  const guint told_before = self->told;
  const gboolean all_told = before != NULL && told_before == before->n_ids;

  g_clear_handle_id (&self->more, g_source_remove);
  self->shown = guichet_order_ref (order);
  /* What was told of is as before: what was not yet is told of the new order. */
  if (before != NULL && !all_told && (first == NULL || first->old_at >= told_before))
    {
      tell_more_later (self);
      return;
    }

  self->telling = TRUE;
  self->before = before;
  self->seam_new = 0;
  self->seam_old = 0;
  if (!all_told || (first != NULL && first->new_at == 0 && first->n_old == before->n_ids))
    tell_all_new (self);
  else
    tell_hunks (self, hunks);
  self->told = self->seam_new + told_before - self->seam_old;
  self->before = NULL;
  self->telling = FALSE;

  if (self->told != told_before)
    notify (self, PROP_N_ITEMS);
  tell_more_later (self);
}

static void
show_nothing (GuichetQueue *self)
{
  const guint told = self->told;

  g_clear_handle_id (&self->more, g_source_remove);
  g_clear_pointer (&self->shown, guichet_order_unref);
  g_clear_pointer (&self->base, guichet_order_unref);
  guichet_rows_forget_all (self->rows);
  self->told = 0;
  if (told == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, told, 0);
  notify (self, PROP_N_ITEMS);
}

/* Questions to the mirror's thread */

static void
cancel (GuichetQueue *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->again = FALSE;
}

static void
take_listing (GuichetQueue *self, GuichetListing *listing)
{
  if (listing->changes == NULL)
    guichet_rows_forget_all (self->rows);
  else
    for (guint i = 0; i < listing->changes->len; i++)
      guichet_rows_forget (self->rows, g_array_index (listing->changes, guint32, i));

  g_clear_pointer (&self->base, guichet_order_unref);
  if (listing->new_base->whole)
    self->base = guichet_order_ref (listing->new_base);
  self->answered = TRUE;
  show (self, listing->new_shown, listing->hunks);
}

static gboolean
timer_cb (gpointer user_data)
{
  GuichetQueue *self = user_data;

  self->timer = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

/* Asks again, but gives the thread as much rest as it had work. */
static void
ask_again_later (GuichetQueue *self)
{
  const gint64 took = (g_get_monotonic_time () - self->asked_at) / 1000;

  if (self->timer == 0)
    self->timer = g_timeout_add ((guint) CLAMP (took, REST_MIN, 2000), timer_cb, self);
}

/* The first rows are painted before a thread begins to read a million ids beside it. */
static void
ask_rest_later (GuichetQueue *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (REST_MIN, timer_cb, self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetQueue) self = user_data;
  g_autoptr (GuichetListing) listing = NULL;
  g_autoptr (GError) error = NULL;
  gboolean again;

  listing = guichet_mirror_list_finish (GUICHET_MIRROR (source), result, &error);
  /* Cancelled: another question has taken the place of this one. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL ||
      GUICHET_MIRROR (source) != self->desk->mirror)
    return;

  g_clear_object (&self->cancellable);
  again = self->again;
  self->again = FALSE;
  if (listing == NULL)
    {
      set_error (self, error);
      set_loading (self, FALSE);
      return;
    }

  set_error (self, NULL);
  take_listing (self, listing);
  /* Whoever was told of the change may have asked for something else. */
  if (self->cancellable != NULL)
    return;
  if (!listing->new_base->whole)
    ask_rest_later (self);
  else
    {
      if (is_told (self))
        set_loading (self, FALSE);
      if (again)
        ask_again_later (self);
    }
}

static void
ask (GuichetQueue *self)
{
  GuichetMirror *mirror = self->desk->mirror;
  GuichetListing *listing;

  cancel (self);
  set_loading (self, TRUE);
  if (mirror == NULL || !guichet_mirror_get_synchronised (mirror))
    return;

  listing = guichet_listing_new (&self->question, self->desk->glossary);
  listing->words = g_strdupv (self->words);
  listing->base = self->base != NULL ? guichet_order_ref (self->base) : NULL;
  listing->shown = self->shown != NULL ? guichet_order_ref (self->shown) : NULL;
  listing->same = self->answered;
  /* The first screen of a list that is not known at once, then all of it. */
  if (!self->answered && self->words == NULL &&
      (self->base == NULL || !guichet_question_equal (&self->base->question, &self->question)))
    listing->max = PAGE;

  self->asked_at = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  guichet_mirror_list_async (mirror, listing, self->cancellable, listed_cb, g_object_ref (self));
}

static void
ask_anew (GuichetQueue *self)
{
  /* What was asked for before is not told any further. */
  g_clear_handle_id (&self->more, g_source_remove);
  self->answered = FALSE;
  ask (self);
}

/* What happens at the desk */

static void
lines_changed_cb (GuichetDesk *desk, GuichetApplied *applied, GuichetQueue *self)
{
  if (self->cancellable != NULL)
    self->again = TRUE;
  else if (self->shown == NULL)
    ask (self);
  else
    ask_again_later (self);
}

static void
mirror_replaced_cb (GuichetDesk *desk, GuichetQueue *self)
{
  cancel (self);
  self->answered = FALSE;
  show_nothing (self);
  set_error (self, NULL);
  ask (self);
}

/* Makes rows anew of the lines that are kept and named. */
static void
renew_rows (GuichetQueue *self, GHashTable *ids)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (ids) == 0 || self->shown == NULL)
    return;

  for (guint i = 0; i < self->told; i++)
    {
      if (g_hash_table_contains (ids, GUINT_TO_POINTER (self->shown->ids[i])))
        g_array_append_val (positions, i);
    }
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    guichet_rows_forget (self->rows, GPOINTER_TO_UINT (id));
  for (guint i = 0; i < positions->len; i++)
    g_list_model_items_changed (G_LIST_MODEL (self), g_array_index (positions, guint, i), 1, 1);
}

typedef struct
{
  GuichetOutbox *outbox; /* (nullable) */
  const char *reference; /* (nullable): all */
} Pending;

static gboolean
is_pending_otherwise (guint32 id, GuichetRow *row, gpointer user_data)
{
  const Pending *pending = user_data;
  const char *reference = guichet_row_get_line (row)->reference;

  if (pending->reference != NULL && !g_str_equal (pending->reference, reference))
    return FALSE;
  return guichet_row_get_pending (row) !=
         (pending->outbox != NULL && guichet_outbox_has_pending (pending->outbox, reference));
}

static void
pending_changed_cb (GuichetDesk *desk, const char *reference, GuichetQueue *self)
{
  Pending pending = { desk->outbox, reference };
  g_autoptr (GHashTable) ids = guichet_rows_select (self->rows, is_pending_otherwise, &pending);

  renew_rows (self, ids);
}

static gboolean
is_any (guint32 id, GuichetRow *row, gpointer user_data)
{
  return TRUE;
}

static void
day_changed_cb (GuichetDesk *desk, GuichetQueue *self)
{
  g_autoptr (GHashTable) ids = guichet_rows_select (self->rows, is_any, NULL);

  renew_rows (self, ids);
}

/* With other names of procedures, their order and what is found by them are others too. */
static void
catalogue_cb (GuichetDesk *desk, GParamSpec *pspec, GuichetQueue *self)
{
  if (self->question.sort != GUICHET_SORT_PROCEDURE && self->words == NULL)
    return;
  g_clear_pointer (&self->base, guichet_order_unref);
  ask_anew (self);
}

/* Object */

static void
guichet_queue_dispose (GObject *object)
{
  GuichetQueue *self = GUICHET_QUEUE (object);

  cancel (self);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_handle_id (&self->more, g_source_remove);
  guichet_rows_forget_all (self->rows);

  G_OBJECT_CLASS (guichet_queue_parent_class)->dispose (object);
}

static void
guichet_queue_finalize (GObject *object)
{
  GuichetQueue *self = GUICHET_QUEUE (object);

  g_clear_pointer (&self->rows, guichet_rows_free);
  g_clear_pointer (&self->base, guichet_order_unref);
  g_clear_pointer (&self->shown, guichet_order_unref);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->search, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (guichet_queue_parent_class)->finalize (object);
}

static void
guichet_queue_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetQueue *self = GUICHET_QUEUE (object);

  switch (prop_id)
    {
    case PROP_VIEW:
      g_value_set_enum (value, (int) self->question.view);
      break;
    case PROP_DEPARTMENT:
      g_value_set_enum (value, (int) self->question.department);
      break;
    case PROP_SORT:
      g_value_set_enum (value, (int) self->question.sort);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->question.descending);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, count_items (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_queue_class_init (GuichetQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = guichet_queue_dispose;
  object_class->finalize = guichet_queue_finalize;
  object_class->get_property = guichet_queue_get_property;

  properties[PROP_VIEW] =
      g_param_spec_enum ("view", NULL, NULL, GUICHET_TYPE_VIEW, GUICHET_VIEW_MINE, flags);
  properties[PROP_DEPARTMENT] = g_param_spec_enum ("department",
                                                   NULL,
                                                   NULL,
                                                   GUICHET_TYPE_DEPARTMENT,
                                                   GUICHET_DEPARTMENT_NONE,
                                                   flags);
  properties[PROP_SORT] =
      g_param_spec_enum ("sort", NULL, NULL, GUICHET_TYPE_SORT, GUICHET_SORT_DUE, flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guichet_queue_init (GuichetQueue *self)
{
  self->search = g_strdup ("");
  self->rows = guichet_rows_new ();
}

GuichetQueue *
guichet_queue_new (GuichetDesk *desk)
{
  GuichetQueue *self = g_object_new (GUICHET_TYPE_QUEUE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect (desk, "lines-changed", G_CALLBACK (lines_changed_cb), self);
  g_signal_connect (desk, "mirror-replaced", G_CALLBACK (mirror_replaced_cb), self);
  g_signal_connect (desk, "pending-changed", G_CALLBACK (pending_changed_cb), self);
  g_signal_connect (desk, "day-changed", G_CALLBACK (day_changed_cb), self);
  g_signal_connect (desk, "notify::catalogue", G_CALLBACK (catalogue_cb), self);
  ask (self);
  return self;
}

void
guichet_queue_set_view (GuichetQueue *self, GuichetView view, GuichetDepartment department)
{
  g_return_if_fail (GUICHET_IS_QUEUE (self));

  if (self->question.view == view && self->question.department == department)
    return;
  self->question.view = view;
  self->question.department = department;
  notify (self, PROP_VIEW);
  notify (self, PROP_DEPARTMENT);
  ask_anew (self);
}

void
guichet_queue_set_sort (GuichetQueue *self, GuichetSort sort, gboolean descending)
{
  g_return_if_fail (GUICHET_IS_QUEUE (self));

  if (self->question.sort == sort && self->question.descending == !!descending)
    return;
  self->question.sort = sort;
  self->question.descending = !!descending;
  notify (self, PROP_SORT);
  notify (self, PROP_DESCENDING);
  ask_anew (self);
}

void
guichet_queue_set_search (GuichetQueue *self, const char *text)
{
  g_auto (GStrv) words = NULL;

  g_return_if_fail (GUICHET_IS_QUEUE (self));

  /* It is in no mirror, and its parts would only find references that begin like it. */
  if (text == NULL || guichet_niss_looks_like (text))
    text = "";
  if (g_str_equal (self->search, text))
    return;
  g_free (self->search);
  self->search = g_strdup (text);
  notify (self, PROP_SEARCH);

  words = guichet_fold_words (self->search);
  if (self->words != NULL
          ? g_strv_equal ((const char *const *) words, (const char *const *) self->words)
          : *words == NULL)
    return;
  g_strfreev (self->words);
  self->words = *words != NULL ? g_steal_pointer (&words) : NULL;
  ask_anew (self);
}

GuichetView
guichet_queue_get_view (GuichetQueue *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE (self), GUICHET_VIEW_MINE);
  return self->question.view;
}

GuichetDepartment
guichet_queue_get_department (GuichetQueue *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE (self), GUICHET_DEPARTMENT_NONE);
  return self->question.department;
}

GuichetSort
guichet_queue_get_sort (GuichetQueue *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE (self), GUICHET_SORT_DUE);
  return self->question.sort;
}

gboolean
guichet_queue_get_descending (GuichetQueue *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE (self), FALSE);
  return self->question.descending;
}

const char *
guichet_queue_get_search (GuichetQueue *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE (self), NULL);
  return self->search;
}

gboolean
guichet_queue_get_loading (GuichetQueue *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE (self), FALSE);
  return self->loading;
}

const GError *
guichet_queue_get_error (GuichetQueue *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE (self), NULL);
  return self->error;
}

void
guichet_queue_retry (GuichetQueue *self)
{
  g_return_if_fail (GUICHET_IS_QUEUE (self));
  ask (self);
}

guint
guichet_queue_find (GuichetQueue *self, const char *reference)
{
  guint n_items;
  guint32 id;

  g_return_val_if_fail (GUICHET_IS_QUEUE (self), G_MAXUINT);

  if (self->desk->mirror == NULL || self->shown == NULL)
    return G_MAXUINT;
  id = guichet_mirror_find_line (self->desk->mirror, reference);
  n_items = count_items (self);
  for (guint i = 0; id != 0 && i < n_items; i++)
    {
      if (id_at (self, i) == id)
        return i;
    }
  return G_MAXUINT;
}

gboolean
guichet_queue_expects (GuichetQueue *self, const char *reference)
{
  guint32 id;

  g_return_val_if_fail (GUICHET_IS_QUEUE (self), FALSE);

  if (self->desk->mirror == NULL || self->shown == NULL)
    return FALSE;
  id = guichet_mirror_find_line (self->desk->mirror, reference);
  for (guint i = 0; id != 0 && i < self->shown->n_ids; i++)
    {
      if (self->shown->ids[i] == id)
        return TRUE;
    }
  return FALSE;
}
