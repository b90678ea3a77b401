/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue.
 */
#define G_LOG_DOMAIN "guichet-queue-page"

#include "config.h"

#include "guichet-queue-page.h"
#include "guichet-queue-page-private.h"
#include "guichet-acts.h"
#include "guichet-assign-sheet.h"
#include "guichet-column-header.h"
#include "guichet-enum-words.h"
#include "guichet-focus.h"
#include "guichet-front.h"
#include "guichet-pane.h"
#include "guichet-side.h"

#include <glib/gi18n.h>

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  OPEN,
  SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetQueuePage, guichet_queue_page, ADW_TYPE_BIN)

void
_guichet_queue_page_open (GuichetQueuePage *self, const char *reference)
{
  g_autoptr (GuichetRow) row = guichet_selection_get_row (self->selection);

  if (reference == NULL && row != NULL)
    reference = guichet_row_get_line (row)->reference;
  if (reference != NULL)
    g_signal_emit (self, signals[OPEN], 0, reference);
}

static void
activate_cb (GuichetQueuePage *self, guint position)
{
  guichet_selection_set_selected (self->selection, position);
  _guichet_queue_page_open (self, NULL);
}

static void
scroll_to_selected (GuichetQueuePage *self)
{
  const guint position = guichet_selection_get_selected (self->selection);
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->column_view));

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

static GtkWidget *
find_selected_row (GuichetQueuePage *self)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->column_view));

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0)
      return row;
  return NULL;
}

/* Return opens the row with the focus: it goes where the selection goes. */
static void
selected_cb (GuichetQueuePage *self)
{
  GtkWidget *row = find_selected_row (self);

  _guichet_queue_page_update_actions (self);
  if (row != NULL && guichet_focus_is_in (GTK_WIDGET (self->column_view)) &&
      gtk_widget_get_focus_child (GTK_WIDGET (row)) == NULL && !gtk_widget_has_focus (row))
    gtk_widget_grab_focus (row);
}

/* Views and sorting */

/* What a national number found is of no view and no order. */
static void
begin_at_top (GuichetQueuePage *self)
{
  if (self->found == NULL)
    guichet_selection_reset (self->selection);
}

static void
show_view (GuichetQueuePage *self, GuichetView view, GuichetDepartment department)
{
  g_free (self->title);
  self->title = department == GUICHET_DEPARTMENT_NONE
                    ? g_strdup (guichet_enum_words_view (view))
                    /* Translators: a department and a view of its queue. */
                    : g_strdup_printf (_ ("%1$s: %2$s"),
                                          guichet_enum_words_department (department),
                                          guichet_enum_words_view (view));
  begin_at_top (self);
  guichet_queue_set_view (self->queue, view, department);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  _guichet_queue_page_update_state (self);
}

static void
chosen_cb (GuichetQueuePage *self, GuichetView view, GuichetDepartment department)
{
  g_settings_set_string (self->settings, "view", guichet_enum_word (GUICHET_TYPE_VIEW, view));
  g_settings_set_string (self->settings,
                         "department",
                         department != GUICHET_DEPARTMENT_NONE
                             ? guichet_enum_word (GUICHET_TYPE_DEPARTMENT, department)
                             : "");
  show_view (self, view, department);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
order_changed_cb (GuichetQueuePage *self)
{
  GuichetSort sort;
  gboolean descending;

  g_object_get (self->columns, "sort", &sort, "descending", &descending, NULL);
  begin_at_top (self);
  guichet_queue_set_sort (self->queue, sort, descending);
  _guichet_queue_page_update_state (self);
}

/* Actions on the selected request */

static void
claim_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetQueuePage *self = GUICHET_QUEUE_PAGE (widget);
  g_autoptr (GuichetRow) row = guichet_selection_get_row (self->selection);

  if (row == NULL)
    return;
  guichet_acts_claim (widget, self->desk, guichet_row_get_line (row)->reference);
  if (g_str_equal (name, "queue.claim-and-open"))
    _guichet_queue_page_open (self, NULL);
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetQueuePage *self = GUICHET_QUEUE_PAGE (widget);
  g_autoptr (GuichetRow) row = guichet_selection_get_row (self->selection);

  if (row != NULL)
    guichet_acts_release (widget, self->desk, guichet_row_get_line (row)->reference);
}

static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetQueuePage *self = GUICHET_QUEUE_PAGE (widget);
  g_autoptr (GuichetRow) row = guichet_selection_get_row (self->selection);
  const GuichetLine *line = row != NULL ? guichet_row_get_line (row) : NULL;

  if (line != NULL)
    gtk_window_present (
        GTK_WINDOW (guichet_assign_sheet_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                              self->desk,
                                              line->reference,
                                              line->department,
                                              line->assignee)));
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guichet_queue_retry (GUICHET_QUEUE_PAGE (widget)->queue);
}

static void
toggle_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwFlap *flap = GUICHET_QUEUE_PAGE (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
guichet_queue_page_dispose (GObject *object)
{
  GuichetQueuePage *self = GUICHET_QUEUE_PAGE (object);

  _guichet_queue_page_end_lookup (self);
  g_clear_handle_id (&self->loading_id, g_source_remove);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->column_view != NULL)
    gtk_column_view_set_model (self->column_view, NULL);
  /* The actions keep it alive for longer than the view is. */
  if (self->columns != NULL)
    g_object_run_dispose (G_OBJECT (self->columns));
  g_clear_object (&self->columns);
  g_clear_object (&self->selection);
  g_clear_object (&self->found);
  g_clear_object (&self->queue);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  g_clear_object (&self->slot);
  g_clear_pointer (&self->card_in, g_free);
  g_clear_error (&self->lookup_error);
  g_clear_pointer (&self->title, g_free);
  /* Its child is bound to the template: GTK would take it away under the bin's hands. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_QUEUE_PAGE);

  G_OBJECT_CLASS (guichet_queue_page_parent_class)->dispose (object);
}

static void
guichet_queue_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, GUICHET_QUEUE_PAGE (object)->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/be/mons/Guichetier/guichet-queue-page.ui");
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, flap);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, clerk_title);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, sidebar);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, reader_sign);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, search_entry);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, order_button);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, order_menu);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, columns_section);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, states);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, column_view);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, single_keys);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, empty_page);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, no_hits_page);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, search_all_button);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, not_found_page);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, unreadable_page);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, sync_bar);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, count_label);
  gtk_widget_class_bind_template_child (klass, GuichetQueuePage, sort_label);
  gtk_widget_class_bind_template_callback (klass, activate_cb);
  gtk_widget_class_bind_template_callback (klass, chosen_cb);
  _guichet_queue_page_bind_search (klass);
}

static void
guichet_queue_page_class_init (GuichetQueuePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_queue_page_dispose;
  object_class->get_property = guichet_queue_page_get_property;

  properties[PROP_TITLE] =
      g_param_spec_string ("title",
                           NULL,
                           NULL,
                           NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN] = g_signal_new ("open",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_STRING);
  signals[SETTLED] = g_signal_new ("settled",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  g_type_ensure (GUICHET_TYPE_PANE);
  g_type_ensure (GUICHET_TYPE_READER_SIGN);
  g_type_ensure (GUICHET_TYPE_SIDEBAR);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "queue.claim", NULL, claim_action);
  gtk_widget_class_install_action (widget_class, "queue.claim-and-open", NULL, claim_action);
  gtk_widget_class_install_action (widget_class, "queue.release", NULL, release_action);
  gtk_widget_class_install_action (widget_class, "queue.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "queue.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class,
                                   "queue.toggle-sidebar",
                                   NULL,
                                   toggle_sidebar_action);
}

static void
single_keys_cb (GuichetQueuePage *self)
{
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->single_keys),
                                              g_settings_get_boolean (self->settings, "single-keys")
                                                  ? GTK_PHASE_BUBBLE
                                                  : GTK_PHASE_NONE);
}

static void
guichet_queue_page_init (GuichetQueuePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_follow (self->states);
  /* The other kind of menu, whose submenus slide in, leaves the keyboard in the one that is gone
   * (GTK 4.8): no key works any more. */
  gtk_menu_button_set_popover (self->order_button,
                               gtk_popover_menu_new_from_model_full (self->order_menu,
                                                                     GTK_POPOVER_MENU_NESTED));

  self->settings = g_settings_new (GUICHET_APPLICATION_ID);
  self->selection = guichet_selection_new ();
  guichet_side_follow (self->flap, self->settings, "show-sidebar");
  g_signal_connect_object (self->settings,
                           "changed::single-keys",
                           G_CALLBACK (single_keys_cb),
                           self,
                           G_CONNECT_SWAPPED);
  single_keys_cb (self);
}

static void
clerk_cb (GuichetQueuePage *self)
{
  const GuichetClerk *clerk = guichet_desk_get_clerk (self->desk);

  adw_window_title_set_subtitle (self->clerk_title, clerk != NULL ? clerk->name : "");
  _guichet_queue_page_update_actions (self);
}

/* The parts that need to know the desk. */
static void
make_columns (GuichetQueuePage *self)
{
  g_autoptr (GSimpleActionGroup) order = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) sort = NULL;
  g_autoptr (GPropertyAction) descending = NULL;
  g_autoptr (GMenuModel) menu = NULL;

  self->columns = guichet_queue_columns_new (self->column_view, self->desk, self->settings);
  menu = guichet_queue_columns_make_menu (self->columns);
  g_menu_prepend_submenu (self->columns_section, _ ("Arrange the columns"), menu);
  sort = g_property_action_new ("sort", self->columns, "sort");
  descending = g_property_action_new ("descending", self->columns, "descending");
  g_action_map_add_action (G_ACTION_MAP (order), G_ACTION (sort));
  g_action_map_add_action (G_ACTION_MAP (order), G_ACTION (descending));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "order", G_ACTION_GROUP (order));
  gtk_widget_insert_action_group (GTK_WIDGET (self),
                                  "columns",
                                  guichet_queue_columns_get_actions (self->columns));
  g_settings_bind (self->settings, "sort", self->columns, "sort", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings,
                   "descending",
                   self->columns,
                   "descending",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->columns,
                           "notify",
                           G_CALLBACK (order_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

void
guichet_queue_page_set_desk (GuichetQueuePage *self, GuichetDesk *desk, GuichetCardSlot *slot)
{
  static const char *const followed[] = { "notify::state",
                                          "notify::sync-done",
                                          "notify::sync-total" };
  static const char *const of_queue[] = { "notify::loading", "notify::error" };

  g_return_if_fail (GUICHET_IS_QUEUE_PAGE (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  self->queue = guichet_queue_new (desk);
  self->slot = g_object_ref (slot);
  guichet_reader_sign_set_slot (self->reader_sign, slot);
  g_signal_connect_object (slot,
                           "changed",
                           G_CALLBACK (_guichet_queue_page_end_card_search),
                           self,
                           G_CONNECT_SWAPPED);
  guichet_sidebar_set_desk (self->sidebar, desk);
  make_columns (self);
  guichet_selection_set_model (self->selection, G_LIST_MODEL (self->queue));
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection,
                           "notify::selected",
                           G_CALLBACK (selected_cb),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection,
                           "items-changed",
                           G_CALLBACK (_guichet_queue_page_update_state),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  for (gsize i = 0; i < G_N_ELEMENTS (of_queue); i++)
    g_signal_connect_object (self->queue,
                             of_queue[i],
                             G_CALLBACK (_guichet_queue_page_update_state),
                             self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue,
                           "notify::loading",
                           G_CALLBACK (_guichet_queue_page_open_wanted),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (desk,
                             followed[i],
                             G_CALLBACK (_guichet_queue_page_update_state),
                             self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (desk,
                           "notify::state",
                           G_CALLBACK (_guichet_queue_page_renew_lookup),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk,
                           "notify::pending",
                           G_CALLBACK (_guichet_queue_page_update_actions),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::clerk", G_CALLBACK (clerk_cb), self, G_CONNECT_SWAPPED);
  clerk_cb (self);
  order_changed_cb (self);
}

const char *
guichet_queue_page_get_title (GuichetQueuePage *self)
{
  g_return_val_if_fail (GUICHET_IS_QUEUE_PAGE (self), NULL);

  return self->title;
}

void
guichet_queue_page_enter (GuichetQueuePage *self)
{
  g_autofree char *view_word = NULL;
  g_autofree char *department_word = NULL;
  int view = GUICHET_VIEW_TO_TAKE;
  int department = GUICHET_DEPARTMENT_NONE;

  g_return_if_fail (GUICHET_IS_QUEUE_PAGE (self));

  view_word = g_settings_get_string (self->settings, "view");
  department_word = g_settings_get_string (self->settings, "department");
  guichet_enum_value (GUICHET_TYPE_VIEW, view_word, &view);
  if (department_word[0] != '\0')
    guichet_enum_value (GUICHET_TYPE_DEPARTMENT, department_word, &department);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  guichet_sidebar_choose (self->sidebar, (GuichetView) view, (GuichetDepartment) department);
  guichet_column_header_name_parts (self->column_view);
}

void
guichet_queue_page_leave (GuichetQueuePage *self)
{
  g_return_if_fail (GUICHET_IS_QUEUE_PAGE (self));

  _guichet_queue_page_end_lookup (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

void
guichet_queue_page_focus (GuichetQueuePage *self)
{
  GtkWidget *row;

  g_return_if_fail (GUICHET_IS_QUEUE_PAGE (self));

  row = find_selected_row (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "list") != 0)
    guichet_sidebar_focus (self->sidebar);
  else if (row == NULL || !gtk_widget_grab_focus (row))
    gtk_widget_grab_focus (GTK_WIDGET (self->column_view));
}

void
guichet_queue_page_search (GuichetQueuePage *self)
{
  g_return_if_fail (GUICHET_IS_QUEUE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

void
guichet_queue_page_find_person (GuichetQueuePage *self,
                                const char *niss,
                                const char *reader,
                                guint event)
{
  g_return_if_fail (GUICHET_IS_QUEUE_PAGE (self));
  g_return_if_fail (niss != NULL && reader != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), niss);
  self->card_in = g_strdup (reader);
  self->card_event = event;
  guichet_queue_page_search (self);
}

void
guichet_queue_page_next_pane (GuichetQueuePage *self, gboolean forward)
{
  g_return_if_fail (GUICHET_IS_QUEUE_PAGE (self));

  if (guichet_focus_is_in (GTK_WIDGET (self->column_view)))
    forward ? guichet_sidebar_focus (self->sidebar) : guichet_queue_page_search (self);
  else if (guichet_focus_is_in (GTK_WIDGET (self->sidebar)))
    forward ? guichet_queue_page_search (self) : guichet_queue_page_focus (self);
  else
    forward ? guichet_queue_page_focus (self) : guichet_sidebar_focus (self->sidebar);
}

char *
guichet_queue_page_step (GuichetQueuePage *self, const char *reference, int distance)
{
  guint position, n_items;
  g_autoptr (GuichetRow) row = NULL;

  g_return_val_if_fail (GUICHET_IS_QUEUE_PAGE (self), NULL);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  position = reference != NULL ? guichet_selection_find (self->selection, reference)
                               : GTK_INVALID_LIST_POSITION;
  if (position == GTK_INVALID_LIST_POSITION)
    {
      /* It left the list, as a request does that was just finished: its neighbour has moved
       * into its place. */
      position = guichet_selection_get_selected (self->selection);
      if (position == GTK_INVALID_LIST_POSITION || (distance < 0 && position == 0))
        return NULL;
      position = distance > 0 ? position : position - 1;
    }
  else
    {
      if ((distance < 0 && position == 0) || (distance > 0 && position + 1 >= n_items))
        return NULL;
      position = distance > 0 ? position + 1 : position - 1;
    }
  guichet_selection_set_selected (self->selection, position);
  scroll_to_selected (self);
  row = guichet_selection_get_row (self->selection);
  return row != NULL ? g_strdup (guichet_row_get_line (row)->reference) : NULL;
}
