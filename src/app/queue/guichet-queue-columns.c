/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of the queue. Sorting is done by the mirror, never by the view: the sorters
 * of the columns only tell which header was clicked, and draw its arrow.
 */
#define G_LOG_DOMAIN "guichet-queue-columns"

#include "config.h"

#include "guichet-queue-columns.h"
#include "guichet-column-header.h"
#include "guichet-queue-cells.h"

#include <glib/gi18n.h>

/* A column view has time for no more. */
#define MAX_SHOWN 8

typedef struct
{
  const char *name; /* in the settings and in `columns.<name>` */
  const char *title;
  int sort;       /* GuichetSort, or -1 */
  int width;      /* pixels, or -1 for its share of the rest */
  gboolean shown; /* at first */
} ColumnSpec;

static const ColumnSpec specs[GUICHET_N_CELLS] = {
  [GUICHET_CELL_REFERENCE] = { "reference",
                               NC_ ("column", "Reference"),
                               GUICHET_SORT_REFERENCE,
                               144,
                               TRUE },
  [GUICHET_CELL_PROCEDURE] = { "procedure",
                               NC_ ("column", "Procedure"),
                               GUICHET_SORT_PROCEDURE,
                               -1,
                               TRUE },
  [GUICHET_CELL_CITIZEN] = { "citizen", NC_ ("column", "Citizen"), GUICHET_SORT_CITIZEN, -1, TRUE },
  [GUICHET_CELL_STAGE] = { "stage", NC_ ("column", "Stage"), GUICHET_SORT_STAGE, -1, TRUE },
  [GUICHET_CELL_RECEIVED] = { "received",
                              NC_ ("column", "Received"),
                              GUICHET_SORT_RECEIVED,
                              110,
                              FALSE },
  [GUICHET_CELL_DUE] = { "due", NC_ ("column", "Due"), GUICHET_SORT_DUE, 224, TRUE },
  [GUICHET_CELL_ASSIGNEE] = { "assignee",
                              NC_ ("column", "In charge"),
                              GUICHET_SORT_ASSIGNEE,
                              132,
                              TRUE },
  [GUICHET_CELL_DEPARTMENT] = { "department", NC_ ("column", "Department"), -1, 130, FALSE },
  [GUICHET_CELL_CHANNEL] = { "channel", NC_ ("column", "Channel"), -1, 100, FALSE },
  [GUICHET_CELL_LANGUAGE] = { "language", NC_ ("column", "Language"), -1, 110, FALSE },
  [GUICHET_CELL_CHANGED] = { "changed",
                             NC_ ("column", "Last event"),
                             GUICHET_SORT_CHANGED,
                             180,
                             FALSE },
};

/* What the mouse does to a header by pulling. */
static const struct
{
  const char *action;
  const char *label;
  void (*func) (GtkColumnView *view, GtkColumnViewColumn *column, int step);
  int step;
} arrangements[] = {
  { "move-left", N_ ("Move left"), guichet_column_header_move, -1 },
  { "move-right", N_ ("Move right"), guichet_column_header_move, 1 },
  { "widen", N_ ("Wider"), guichet_column_header_widen, 1 },
  { "narrow", N_ ("Narrower"), guichet_column_header_widen, -1 },
};

struct _GuichetQueueColumns
{
  GObject parent_instance;

  GuichetSort sort;
  gboolean descending;

  /* Owned */
  GSettings *settings;
  GSimpleActionGroup *actions;
  GtkColumnViewColumn *columns[GUICHET_N_CELLS];
  GMenu *arranging[GUICHET_N_CELLS]; /* of its header; empty while the column is away */

  int widths[GUICHET_N_CELLS]; /* pixels, or -1: also of those that are away */

  /* Borrowed */
  GtkColumnView *view;

  /* In progress */
  int asked;        /* cell whose sorter was asked first, or -1 */
  gboolean setting; /* the arrow is being moved from here */
  guint save_id;    /* source that writes the layout */
};

enum
{
  PROP_SORT = 1,
  PROP_DESCENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GuichetQueueColumns, guichet_queue_columns, G_TYPE_OBJECT)

static int
cell_of (GuichetQueueColumns *self, gpointer column)
{
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    if (self->columns[i] == column)
      return i;
  return -1;
}

static int
cell_named (const char *name)
{
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    if (g_str_equal (specs[i].name, name))
      return i;
  return -1;
}

static int
cell_sorted_by (GuichetSort sort)
{
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    if (specs[i].sort == (int) sort)
      return i;
  return -1;
}

/* Sorting
 *
 * GTK 4.8 does not say which header was clicked: its sorter is private. But it asks the
 * sorter of that column first, and turns the answer round when the arrow points down.
 */

typedef struct
{
  GuichetQueueColumns *columns;
  int cell;
} Asked;

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Asked *asked = user_data;

  if (asked->columns->asked < 0)
    asked->columns->asked = asked->cell;
  return -1;
}

static void
set_sort (GuichetQueueColumns *self, GuichetSort sort, gboolean descending)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->sort != sort)
    {
      self->sort = sort;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
    }
  if (self->descending != descending)
    {
      self->descending = descending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCENDING]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
sorter_changed_cb (GuichetQueueColumns *self, GtkSorterChange change, GtkSorter *sorter)
{
  g_autoptr (GtkStringObject) one = NULL;
  g_autoptr (GtkStringObject) other = NULL;
  GtkOrdering ordering;

  if (self->setting)
    return;
  one = gtk_string_object_new ("");
  other = gtk_string_object_new ("");
  self->asked = -1;
  ordering = gtk_sorter_compare (sorter, one, other);
  if (self->asked >= 0 && specs[self->asked].sort >= 0)
    set_sort (self, (GuichetSort) specs[self->asked].sort, ordering == GTK_ORDERING_LARGER);
}

static void
move_arrow (GuichetQueueColumns *self)
{
  const int cell = cell_sorted_by (self->sort);

  if (self->view == NULL || cell < 0)
    return;
  self->setting = TRUE;
  gtk_column_view_sort_by_column (self->view,
                                  self->columns[cell],
                                  self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->setting = FALSE;
}

/* Layout */

static gboolean
save_layout (gpointer user_data)
{
  GuichetQueueColumns *self = user_data;
  GListModel *list = gtk_column_view_get_columns (self->view);
  GVariantBuilder builder;

  self->save_id = 0;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sbi)"));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      const int cell = cell_of (self, column);

      if (cell >= 0)
        g_variant_builder_add (&builder,
                               "(sbi)",
                               specs[cell].name,
                               gtk_column_view_column_get_visible (column),
                               self->widths[cell]);
    }
  g_settings_set_value (self->settings, "columns", g_variant_builder_end (&builder));
  return G_SOURCE_REMOVE;
}

/* Dragging a border changes the width at every step. */
static void
layout_changed_cb (GuichetQueueColumns *self)
{
  if (self->save_id == 0)
    self->save_id = g_timeout_add (400, save_layout, self);
}

static void
width_changed_cb (GuichetQueueColumns *self, GParamSpec *pspec, GtkColumnViewColumn *column)
{
  if (!gtk_column_view_column_get_visible (column))
    return;
  self->widths[cell_of (self, column)] = gtk_column_view_column_get_fixed_width (column);
  layout_changed_cb (self);
}

static void
update_arranging (GuichetQueueColumns *self, int cell)
{
  GMenu *section = self->arranging[cell];

  g_menu_remove_all (section);
  if (!gtk_column_view_column_get_visible (self->columns[cell]))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (arrangements); i++)
    {
      g_autofree char *action = g_strdup_printf ("columns.%s", arrangements[i].action);
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (arrangements[i].label), NULL);

      g_menu_item_set_action_and_target (item, action, "s", specs[cell].name);
      g_menu_append_item (section, item);
    }
}

/* GTK 4.8 keeps room for the fixed width of a column even while it is away. */
static void
set_shown (GuichetQueueColumns *self, int cell, gboolean shown)
{
  GtkColumnViewColumn *column = self->columns[cell];

  gtk_column_view_column_set_visible (column, shown);
  gtk_column_view_column_set_fixed_width (column, shown ? self->widths[cell] : -1);
  update_arranging (self, cell);
}

static void
update_actions (GuichetQueueColumns *self)
{
  guint n_shown = 0;

  for (int i = 0; i < GUICHET_N_CELLS; i++)
    n_shown += gtk_column_view_column_get_visible (self->columns[i]) ? 1 : 0;

  for (int i = 0; i < GUICHET_N_CELLS; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), specs[i].name);
      const gboolean shown = gtk_column_view_column_get_visible (self->columns[i]);

      /* The reference names the row. */
      if (G_IS_SIMPLE_ACTION (action))
        {
          g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (shown));
          g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                       i != GUICHET_CELL_REFERENCE &&
                                           (shown || n_shown < MAX_SHOWN));
        }
    }
}

static void
toggle_column (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  GuichetQueueColumns *self = user_data;
  const int cell = cell_named (g_action_get_name (G_ACTION (action)));

  set_shown (self, cell, g_variant_get_boolean (value));
  update_actions (self);
  layout_changed_cb (self);
}

static void
arrange (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GuichetQueueColumns *self = user_data;
  const int cell = cell_named (g_variant_get_string (parameter, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (arrangements); i++)
    if (cell >= 0 && g_str_equal (g_action_get_name (G_ACTION (action)), arrangements[i].action))
      arrangements[i].func (self->view, self->columns[cell], arrangements[i].step);
}

static GMenuModel *
header_menu (int cell, GMenu *arranging)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *hide = g_strdup_printf ("columns.%s", specs[cell].name);

  if (specs[cell].sort >= 0)
    {
      g_autoptr (GMenu) section = g_menu_new ();
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Sort by this column"), NULL);

      g_menu_item_set_action_and_target (item,
                                         "order.sort",
                                         "s",
                                         guichet_enum_word (GUICHET_TYPE_SORT, specs[cell].sort));
      g_menu_append_item (section, item);
      g_menu_append (section, _ ("Descending"), "order.descending");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  if (cell != GUICHET_CELL_REFERENCE)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      g_menu_append (section, _ ("Show this column"), hide);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (arranging));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
make_column (GuichetQueueColumns *self, GuichetDesk *desk, int cell)
{
  const ColumnSpec *spec = &specs[cell];
  g_autoptr (GMenu) arranging = g_menu_new ();
  g_autoptr (GMenuModel) menu = header_menu (cell, arranging);
  GtkColumnViewColumn *column =
      gtk_column_view_column_new (g_dpgettext2 (NULL, "column", spec->title),
                                  guichet_queue_cells_factory ((GuichetCell) cell, desk));

  self->columns[cell] = column;
  self->arranging[cell] = g_steal_pointer (&arranging);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_header_menu (column, menu);
  gtk_column_view_column_set_expand (column, spec->width < 0);
  self->widths[cell] = spec->width;
  set_shown (self, cell, spec->shown);
  if (spec->sort >= 0)
    {
      Asked *asked = g_new0 (Asked, 1);
      g_autoptr (GtkCustomSorter) sorter = gtk_custom_sorter_new (compare_cb, asked, g_free);

      asked->columns = self;
      asked->cell = cell;
      gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
    }
}

static void
restore_layout (GuichetQueueColumns *self)
{
  g_autoptr (GVariant) layout = g_settings_get_value (self->settings, "columns");
  gboolean placed[GUICHET_N_CELLS] = { FALSE };
  GVariantIter iter;
  const char *name;
  gboolean shown;
  int width;

  g_variant_iter_init (&iter, layout);
  while (g_variant_iter_next (&iter, "(&sbi)", &name, &shown, &width))
    {
      const int cell = cell_named (name);

      if (cell < 0 || placed[cell])
        continue;
      placed[cell] = TRUE;
      self->widths[cell] = width;
      set_shown (self, cell, shown || cell == GUICHET_CELL_REFERENCE);
      gtk_column_view_append_column (self->view, self->columns[cell]);
    }
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    if (!placed[i])
      gtk_column_view_append_column (self->view, self->columns[i]);
}

static void
make_actions (GuichetQueueColumns *self)
{
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    {
      g_autoptr (GSimpleAction) action =
          g_simple_action_new_stateful (specs[i].name, NULL, g_variant_new_boolean (FALSE));

      g_signal_connect (action, "change-state", G_CALLBACK (toggle_column), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (arrangements); i++)
    {
      g_autoptr (GSimpleAction) action =
          g_simple_action_new (arrangements[i].action, G_VARIANT_TYPE_STRING);

      g_signal_connect (action, "activate", G_CALLBACK (arrange), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
}

static void
guichet_queue_columns_dispose (GObject *object)
{
  GuichetQueueColumns *self = GUICHET_QUEUE_COLUMNS (object);

  if (self->save_id != 0)
    {
      g_source_remove (self->save_id);
      save_layout (self);
    }
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_columns (self->view), self);
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      self->view = NULL;
    }
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    g_clear_object (&self->arranging[i]);
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    if (self->columns[i] != NULL)
      {
        g_signal_handlers_disconnect_by_data (self->columns[i], self);
        gtk_column_view_column_set_sorter (self->columns[i], NULL);
        g_clear_object (&self->columns[i]);
      }
  g_clear_object (&self->actions);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (guichet_queue_columns_parent_class)->dispose (object);
}

static void
guichet_queue_columns_get_property (GObject *object,
                                    guint prop_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  GuichetQueueColumns *self = GUICHET_QUEUE_COLUMNS (object);

  switch (prop_id)
    {
    case PROP_SORT:
      g_value_set_enum (value, self->sort);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_queue_columns_set_property (GObject *object,
                                    guint prop_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  GuichetQueueColumns *self = GUICHET_QUEUE_COLUMNS (object);

  switch (prop_id)
    {
    case PROP_SORT:
      set_sort (self, g_value_get_enum (value), self->descending);
      break;
    case PROP_DESCENDING:
      set_sort (self, self->sort, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  move_arrow (self);
}

static void
guichet_queue_columns_class_init (GuichetQueueColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = guichet_queue_columns_dispose;
  object_class->get_property = guichet_queue_columns_get_property;
  object_class->set_property = guichet_queue_columns_set_property;

  properties[PROP_SORT] =
      g_param_spec_enum ("sort", NULL, NULL, GUICHET_TYPE_SORT, GUICHET_SORT_DUE, flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guichet_queue_columns_init (GuichetQueueColumns *self)
{
  self->actions = g_simple_action_group_new ();
}

GuichetQueueColumns *
guichet_queue_columns_new (GtkColumnView *view, GuichetDesk *desk, GSettings *settings)
{
  GuichetQueueColumns *self = g_object_new (GUICHET_TYPE_QUEUE_COLUMNS, NULL);

  self->view = view;
  self->settings = g_object_ref (settings);
  for (int i = 0; i < GUICHET_N_CELLS; i++)
    make_column (self, desk, i);
  restore_layout (self);
  make_actions (self);
  update_actions (self);

  for (int i = 0; i < GUICHET_N_CELLS; i++)
    g_signal_connect_swapped (self->columns[i],
                              "notify::fixed-width",
                              G_CALLBACK (width_changed_cb),
                              self);
  g_signal_connect_object (gtk_column_view_get_columns (view),
                           "items-changed",
                           G_CALLBACK (layout_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (view),
                           "changed",
                           G_CALLBACK (sorter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  move_arrow (self);
  return self;
}

GMenuModel *
guichet_queue_columns_make_menu (GuichetQueueColumns *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_return_val_if_fail (GUICHET_IS_QUEUE_COLUMNS (self), NULL);

  for (int i = 0; i < GUICHET_N_CELLS; i++)
    g_menu_append_submenu (menu,
                           gtk_column_view_column_get_title (self->columns[i]),
                           gtk_column_view_column_get_header_menu (self->columns[i]));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

GActionGroup *
guichet_queue_columns_get_actions (GuichetQueueColumns *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE_COLUMNS (self), NULL);

  return G_ACTION_GROUP (self->actions);
}
