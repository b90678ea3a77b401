/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The selected request of a list, whatever happens to the list.
 */
#define G_LOG_DOMAIN "guichet-selection"

#include "config.h"

#include "guichet-selection.h"
#include "guichet-queue.h"

struct _GuichetSelection
{
  GObject parent_instance;

  GListModel *model; /* (owned) (nullable) */
  guint selected;    /* position */
  char *reference;   /* (owned) (nullable): of the selected row */
  gboolean away;     /* that row was taken out of the list and will be put back */
};

enum
{
  PROP_SELECTED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void guichet_selection_list_model_init (GListModelInterface *iface);
static void guichet_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetSelection,
                               guichet_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      guichet_selection_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          guichet_selection_selection_model_init))

static guint
count (GuichetSelection *self)
{
  return self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
}

static GuichetRow *
get_item (GuichetSelection *self)
{
  if (self->model == NULL || self->selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  return g_list_model_get_item (self->model, self->selected);
}

/* Takes over which request the selected position is. */
static void
remember (GuichetSelection *self)
{
  g_autoptr (GuichetRow) row = get_item (self);

  self->away = FALSE;
  g_clear_pointer (&self->reference, g_free);
  if (row != NULL)
    self->reference = g_strdup (guichet_row_get_line (row)->reference);
}

static void
move_to (GuichetSelection *self, guint position)
{
  const guint before = self->selected;

  self->selected = position;
  remember (self);
  if (before == position)
    return;
  if (before < count (self))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), before, 1);
  if (position < count (self))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static gboolean
comes_back (GuichetSelection *self)
{
  return GUICHET_IS_QUEUE (self->model) &&
         guichet_queue_expects (GUICHET_QUEUE (self->model), self->reference);
}

/* For a request that was in what changed, or is on its way. */
static guint
find_again (GuichetSelection *self)
{
  const guint found = guichet_selection_find (self, self->reference);
  const guint n_items = count (self);

  self->away = found == GTK_INVALID_LIST_POSITION && comes_back (self);
  if (found != GTK_INVALID_LIST_POSITION || self->away || n_items == 0)
    return found;
  return self->selected != GTK_INVALID_LIST_POSITION ? MIN (self->selected, n_items - 1) : 0;
}

static guint
position_after (GuichetSelection *self, guint position, guint removed, guint added)
{
  if (self->away)
    return find_again (self);
  if (self->selected == GTK_INVALID_LIST_POSITION || self->reference == NULL)
    return count (self) > 0 ? 0 : GTK_INVALID_LIST_POSITION;
  if (self->selected < position)
    return self->selected;
  if (self->selected >= position + removed)
    return self->selected + added - removed;
  return find_again (self);
}

static void
items_changed_cb (GuichetSelection *self, guint position, guint removed, guint added)
{
  const guint before = self->selected;

  self->selected = position_after (self, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (!self->away)
    remember (self);
  if (self->selected != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), self->selected, 1);
  if (before != self->selected)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* GListModel */

static GType
guichet_selection_get_item_type (GListModel *list)
{
  return GUICHET_TYPE_ROW;
}

static guint
guichet_selection_get_n_items (GListModel *list)
{
  return count (GUICHET_SELECTION (list));
}

static gpointer
guichet_selection_get_item (GListModel *list, guint position)
{
  GuichetSelection *self = GUICHET_SELECTION (list);

  return self->model != NULL ? g_list_model_get_item (self->model, position) : NULL;
}

static void
guichet_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = guichet_selection_get_item_type;
  iface->get_n_items = guichet_selection_get_n_items;
  iface->get_item = guichet_selection_get_item;
}

/* GtkSelectionModel */

static gboolean
guichet_selection_is_selected (GtkSelectionModel *model, guint position)
{
  return GUICHET_SELECTION (model)->selected == position;
}

static GtkBitset *
guichet_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GuichetSelection *self = GUICHET_SELECTION (model);
  GtkBitset *result = gtk_bitset_new_empty ();

  if (self->selected != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (result, self->selected);
  return result;
}

static gboolean
guichet_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  guichet_selection_set_selected (GUICHET_SELECTION (model), position);
  return TRUE;
}

static void
guichet_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = guichet_selection_is_selected;
  iface->get_selection_in_range = guichet_selection_get_selection_in_range;
  iface->select_item = guichet_selection_select_item;
}

static void
guichet_selection_dispose (GObject *object)
{
  GuichetSelection *self = GUICHET_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->reference, g_free);

  G_OBJECT_CLASS (guichet_selection_parent_class)->dispose (object);
}

static void
guichet_selection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, GUICHET_SELECTION (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_selection_class_init (GuichetSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_selection_dispose;
  object_class->get_property = guichet_selection_get_property;

  properties[PROP_SELECTED] =
      g_param_spec_uint ("selected",
                         NULL,
                         NULL,
                         0,
                         GTK_INVALID_LIST_POSITION,
                         GTK_INVALID_LIST_POSITION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guichet_selection_init (GuichetSelection *self)
{
  self->selected = GTK_INVALID_LIST_POSITION;
}

GuichetSelection *
guichet_selection_new (void)
{
  return g_object_new (GUICHET_TYPE_SELECTION, NULL);
}

void
guichet_selection_set_model (GuichetSelection *self, GListModel *model)
{
  const guint removed = count (self);

  g_return_if_fail (GUICHET_IS_SELECTION (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  guichet_selection_reset (self);
  items_changed_cb (self, 0, removed, count (self));
}

void
guichet_selection_reset (GuichetSelection *self)
{
  g_return_if_fail (GUICHET_IS_SELECTION (self));

  self->away = FALSE;
  g_clear_pointer (&self->reference, g_free);
}

guint
guichet_selection_get_selected (GuichetSelection *self)
{
  g_return_val_if_fail (GUICHET_IS_SELECTION (self), GTK_INVALID_LIST_POSITION);

  return self->selected;
}

void
guichet_selection_set_selected (GuichetSelection *self, guint position)
{
  g_return_if_fail (GUICHET_IS_SELECTION (self));

  if (position < count (self))
    move_to (self, position);
}

GuichetRow *
guichet_selection_get_row (GuichetSelection *self)
{
  g_autoptr (GuichetRow) row = NULL;

  g_return_val_if_fail (GUICHET_IS_SELECTION (self), NULL);

  row = get_item (self);
  if (row == NULL || *guichet_row_get_line (row)->reference == '\0')
    return NULL;
  return g_steal_pointer (&row);
}

guint
guichet_selection_find (GuichetSelection *self, const char *reference)
{
  g_return_val_if_fail (GUICHET_IS_SELECTION (self), GTK_INVALID_LIST_POSITION);

  if (GUICHET_IS_QUEUE (self->model))
    return guichet_queue_find (GUICHET_QUEUE (self->model), reference);
  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (GuichetRow) row = g_list_model_get_item (self->model, i);

      if (g_str_equal (guichet_row_get_line (row)->reference, reference))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}
