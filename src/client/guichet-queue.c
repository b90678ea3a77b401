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

#include "guichet-fold.h"
#include "guichet-niss.h"
#include "guichet-queue-private.h"

static GParamSpec *properties[GUICHET_QUEUE_N_PROPS];

static void guichet_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetQueue,
                               guichet_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      guichet_queue_list_model_init))

void
_guichet_queue_notify (GuichetQueue *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
_guichet_queue_set_loading (GuichetQueue *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_LOADING);
}

void
_guichet_queue_set_error (GuichetQueue *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_ERROR);
}

/* Rows */

/* A line that left the mirror between two messages of its thread; the next one takes its row away. */
GuichetLine *
_guichet_queue_blank_line (void)
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

typedef struct
{
  GuichetLine *line; /* (owned) */
  gboolean changed;
  gboolean pending;
  guint late_days;
} Content;

static void
read_content (GuichetQueue *self, guint32 id, Content *content)
{
  if (self->desk->mirror != NULL)
    content->line = guichet_mirror_read_line (self->desk->mirror, id, &content->changed);
  if (content->line == NULL)
    content->line = guichet_line_ref (self->blank);
  content->pending = self->desk->outbox != NULL &&
                     guichet_outbox_has_pending (self->desk->outbox, content->line->reference);
  content->late_days =
      guichet_line_count_late_days (content->line, guichet_desk_today (self->desk));
}

static void
read_row (GuichetRow *row, guint32 id, gpointer user_data)
{
  Content content = { 0 };

  read_content (user_data, id, &content);
  guichet_row_set (row, content.line, content.changed, content.pending, content.late_days);
  guichet_line_unref (content.line);
}

/* A view asks for two hundred rows of which some twenty are on the screen: those say at once what they
 * are about because the view asks them, and the others are read between frames. */
static GuichetRow *
find_row (GuichetQueue *self, guint32 id)
{
  GuichetRow *row = guichet_rows_find (self->rows, id);

  if (row != NULL)
    return row;
  row = guichet_rows_put_off (self->rows, id, self->blank, read_row, self);
  _guichet_queue_tell_more_later (self);
  return row;
}

/* The list model */

static guint
count_own (GuichetQueue *self)
{
  if (self->telling)
    return self->seam_new + self->told - self->seam_old;
  return self->told;
}

static guint
count_items (GuichetQueue *self)
{
  return count_own (self) + self->leaving->len;
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
  if (position >= count_own (self))
    return g_object_ref (g_ptr_array_index (self->leaving, position - count_own (self)));
  return find_row (self, id_at (self, position));
}

static void
guichet_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = guichet_queue_get_item_type;
  iface->get_n_items = guichet_queue_get_n_items;
  iface->get_item = guichet_queue_get_item;
}

/* What happens at the desk */

static void
lines_changed_cb (GuichetDesk *desk, GuichetApplied *applied, GuichetQueue *self)
{
  if (self->cancellable != NULL)
    self->again = TRUE;
  else if (self->shown == NULL)
    _guichet_queue_ask (self);
  else
    _guichet_queue_ask_again_later (self);
}

static void
mirror_replaced_cb (GuichetDesk *desk, GuichetQueue *self)
{
  _guichet_queue_cancel (self);
  self->answered = FALSE;
  _guichet_queue_show_nothing (self);
  _guichet_queue_set_error (self, desk->mirror_error);
  _guichet_queue_ask (self);
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
  _guichet_queue_ask_anew (self);
}

/* Object */

static void
guichet_queue_dispose (GObject *object)
{
  GuichetQueue *self = GUICHET_QUEUE (object);

  _guichet_queue_cancel (self);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_handle_id (&self->more, g_source_remove);
  guichet_rows_forget_all (self->rows);
  guichet_rows_give_up (self->rows);
  g_ptr_array_set_size (self->leaving, 0);

  G_OBJECT_CLASS (guichet_queue_parent_class)->dispose (object);
}

static void
guichet_queue_finalize (GObject *object)
{
  GuichetQueue *self = GUICHET_QUEUE (object);

  g_clear_pointer (&self->rows, guichet_rows_free);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  g_clear_pointer (&self->blank, guichet_line_unref);
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
    case GUICHET_QUEUE_PROP_VIEW:
      g_value_set_enum (value, (int) self->question.view);
      break;
    case GUICHET_QUEUE_PROP_DEPARTMENT:
      g_value_set_enum (value, (int) self->question.department);
      break;
    case GUICHET_QUEUE_PROP_SORT:
      g_value_set_enum (value, (int) self->question.sort);
      break;
    case GUICHET_QUEUE_PROP_DESCENDING:
      g_value_set_boolean (value, self->question.descending);
      break;
    case GUICHET_QUEUE_PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case GUICHET_QUEUE_PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case GUICHET_QUEUE_PROP_N_ITEMS:
      g_value_set_uint (value, count_items (self));
      break;
    case GUICHET_QUEUE_PROP_ERROR:
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

  properties[GUICHET_QUEUE_PROP_VIEW] =
      g_param_spec_enum ("view", NULL, NULL, GUICHET_TYPE_VIEW, GUICHET_VIEW_MINE, flags);
  properties[GUICHET_QUEUE_PROP_DEPARTMENT] = g_param_spec_enum ("department",
                                                                 NULL,
                                                                 NULL,
                                                                 GUICHET_TYPE_DEPARTMENT,
                                                                 GUICHET_DEPARTMENT_NONE,
                                                                 flags);
  properties[GUICHET_QUEUE_PROP_SORT] =
      g_param_spec_enum ("sort", NULL, NULL, GUICHET_TYPE_SORT, GUICHET_SORT_DUE, flags);
  properties[GUICHET_QUEUE_PROP_DESCENDING] =
      g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  properties[GUICHET_QUEUE_PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", flags);
  properties[GUICHET_QUEUE_PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[GUICHET_QUEUE_PROP_N_ITEMS] =
      g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[GUICHET_QUEUE_PROP_ERROR] =
      g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, GUICHET_QUEUE_N_PROPS, properties);
}

static void
guichet_queue_init (GuichetQueue *self)
{
  self->search = g_strdup ("");
  self->rows = guichet_rows_new ();
  self->blank = _guichet_queue_blank_line ();
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
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
  _guichet_queue_ask (self);
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
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_VIEW);
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_DEPARTMENT);
  _guichet_queue_ask_anew (self);
}

void
guichet_queue_set_sort (GuichetQueue *self, GuichetSort sort, gboolean descending)
{
  g_return_if_fail (GUICHET_IS_QUEUE (self));

  if (self->question.sort == sort && self->question.descending == !!descending)
    return;
  self->question.sort = sort;
  self->question.descending = !!descending;
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_SORT);
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_DESCENDING);
  _guichet_queue_ask_anew (self);
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
  _guichet_queue_notify (self, GUICHET_QUEUE_PROP_SEARCH);

  words = guichet_fold_words (self->search);
  if (self->words != NULL
          ? g_strv_equal ((const char *const *) words, (const char *const *) self->words)
          : *words == NULL)
    return;
  g_strfreev (self->words);
  self->words = *words != NULL ? g_steal_pointer (&words) : NULL;
  _guichet_queue_ask_anew (self);
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
  if (self->desk->mirror_error != NULL)
    _guichet_desk_open_mirror (self->desk);
  _guichet_queue_ask (self);
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
  n_items = count_own (self);
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
