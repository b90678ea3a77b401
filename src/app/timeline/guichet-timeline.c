/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of a request.
 */
#define G_LOG_DOMAIN "guichet-timeline"

#include "config.h"

#include "guichet-timeline.h"
#include "guichet-acts.h"
#include "guichet-note-box.h"
#include "guichet-timeline-item.h"
#include "guichet-timeline-row.h"
#include "guichet-wrap-box.h"
#include "guichet-wrap-layout.h"

/* "5 minutes ago" is looked at again so often. */
#define TICK_SECONDS 30

struct _GuichetTimeline
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  /* Owned */
  char *reference;   /* (nullable) */
  GListStore *items; /* of GuichetTimelineItem */
  GtkCustomFilter *filter;
  GPtrArray *rows; /* of GuichetTimelineRow (borrowed): those on display */

  guint tick_id;

  /* Template widgets */
  GtkToggleButton *notes_button;
  GtkToggleButton *mails_button;
  GuichetNoteBox *note_box;
  GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (GuichetTimeline, guichet_timeline, ADW_TYPE_BIN)

static gboolean
matches (gpointer item, gpointer user_data)
{
  GuichetTimeline *self = user_data;
  const GuichetTimelineKind kind = guichet_timeline_item_get_kind (item);

  if (self->notes_button != NULL && gtk_toggle_button_get_active (self->notes_button))
    return kind == GUICHET_TIMELINE_NOTE;
  if (self->mails_button != NULL && gtk_toggle_button_get_active (self->mails_button))
    return kind == GUICHET_TIMELINE_MAIL;
  return TRUE;
}

static void
filter_cb (GuichetTimeline *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
written_cb (GuichetTimeline *self, const char *text)
{
  if (self->reference != NULL)
    guichet_acts_note (GTK_WIDGET (self), self->desk, self->reference, text);
}

/* Rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetTimeline *self)
{
  gtk_list_item_set_child (item, guichet_timeline_row_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetTimeline *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *around = gtk_widget_get_parent (row);
  GuichetTimelineItem *entry = gtk_list_item_get_item (item);
  g_autofree char *spoken = guichet_timeline_item_spoken (entry);

  guichet_timeline_row_show (GUICHET_TIMELINE_ROW (row), entry, guichet_desk_now (self->desk));
  g_ptr_array_add (self->rows, row);
  if (around != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (around),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    spoken,
                                    -1);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetTimeline *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_ptr_array_remove_fast (self->rows, row);
  guichet_timeline_row_show (GUICHET_TIMELINE_ROW (row), NULL, 0);
}

static gboolean
tick_cb (gpointer user_data)
{
  GuichetTimeline *self = user_data;
  const gint64 now = guichet_desk_now (self->desk);

  for (guint i = 0; i < self->rows->len; i++)
    guichet_timeline_row_tick (g_ptr_array_index (self->rows, i), now);
  return G_SOURCE_CONTINUE;
}

static void
guichet_timeline_map (GtkWidget *widget)
{
  GuichetTimeline *self = GUICHET_TIMELINE (widget);

  GTK_WIDGET_CLASS (guichet_timeline_parent_class)->map (widget);
  if (self->tick_id == 0 && self->desk != NULL)
    self->tick_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
}

static void
guichet_timeline_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GUICHET_TIMELINE (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (guichet_timeline_parent_class)->unmap (widget);
}

static void
guichet_timeline_dispose (GObject *object)
{
  GuichetTimeline *self = GUICHET_TIMELINE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->items);
  g_clear_object (&self->filter);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->reference, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_TIMELINE);

  G_OBJECT_CLASS (guichet_timeline_parent_class)->dispose (object);
}

static void
guichet_timeline_finalize (GObject *object)
{
  g_clear_pointer (&GUICHET_TIMELINE (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (guichet_timeline_parent_class)->finalize (object);
}

static void
guichet_timeline_class_init (GuichetTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_timeline_finalize;
  widget_class->map = guichet_timeline_map;
  widget_class->unmap = guichet_timeline_unmap;

  g_type_ensure (GUICHET_TYPE_NOTE_BOX);
  g_type_ensure (GUICHET_TYPE_WRAP_BOX);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetTimeline, notes_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimeline, mails_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimeline, note_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimeline, list_view);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, written_cb);
}

static void
guichet_timeline_init (GuichetTimeline *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;
  GtkFilterListModel *filtered;

  self->rows = g_ptr_array_new ();
  self->items = g_list_store_new (GUICHET_TYPE_TIMELINE_ITEM);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (filtered)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, selection);
}

void
guichet_timeline_set_desk (GuichetTimeline *self, GuichetDesk *desk)
{
  g_return_if_fail (GUICHET_IS_TIMELINE (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
}

/* Replaces only what is new, so that what somebody reads stays where it is. */
static void
replace_items (GuichetTimeline *self, GPtrArray *wanted)
{
  GListModel *list = G_LIST_MODEL (self->items);
  const guint n_old = g_list_model_get_n_items (list);
  guint same_end = 0, same_start = 0;

  while (same_end < MIN (n_old, wanted->len))
    {
      g_autoptr (GuichetTimelineItem) old = g_list_model_get_item (list, n_old - 1 - same_end);

      if (!guichet_timeline_item_equal (old,
                                        g_ptr_array_index (wanted, wanted->len - 1 - same_end)))
        break;
      same_end++;
    }
  while (same_start < MIN (n_old, wanted->len) - same_end)
    {
      g_autoptr (GuichetTimelineItem) old = g_list_model_get_item (list, same_start);

      if (!guichet_timeline_item_equal (old, g_ptr_array_index (wanted, same_start)))
        break;
      same_start++;
    }
  if (n_old == wanted->len && same_end == n_old)
    return;
  g_list_store_splice (self->items,
                       same_start,
                       n_old - same_end - same_start,
                       wanted->pdata + same_start,
                       wanted->len - same_end - same_start);
}

void
guichet_timeline_show (GuichetTimeline *self, GuichetOpenRequest *open, gboolean may_note)
{
  const char *reference;

  g_return_if_fail (GUICHET_IS_TIMELINE (self));

  reference = open != NULL ? guichet_open_request_get_reference (open) : NULL;
  guichet_note_box_set_subject (self->note_box, reference);
  gtk_widget_set_visible (GTK_WIDGET (self->note_box), may_note);
  if (g_strcmp0 (self->reference, reference) != 0)
    {
      g_free (self->reference);
      self->reference = g_strdup (reference);
      g_list_store_remove_all (self->items);
    }
  if (open != NULL)
    {
      g_autoptr (GPtrArray) wanted = guichet_timeline_item_list (open, self->desk);

      replace_items (self, wanted);
    }
}

void
guichet_timeline_append (GuichetTimeline *self, const char *text)
{
  g_return_if_fail (GUICHET_IS_TIMELINE (self));

  guichet_note_box_append (self->note_box, text);
}

void
guichet_timeline_write (GuichetTimeline *self)
{
  g_return_if_fail (GUICHET_IS_TIMELINE (self));

  guichet_note_box_focus (self->note_box);
}

void
guichet_timeline_focus (GuichetTimeline *self)
{
  g_return_if_fail (GUICHET_IS_TIMELINE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

gboolean
guichet_timeline_is_typed (GuichetTimeline *self)
{
  g_return_val_if_fail (GUICHET_IS_TIMELINE (self), FALSE);

  return guichet_note_box_is_typed (self->note_box);
}

gboolean
guichet_timeline_drop (GuichetTimeline *self, const char *reference)
{
  g_return_val_if_fail (GUICHET_IS_TIMELINE (self), FALSE);

  return guichet_note_box_drop (self->note_box, reference);
}

void
guichet_timeline_forget (GuichetTimeline *self)
{
  g_return_if_fail (GUICHET_IS_TIMELINE (self));

  guichet_note_box_forget (self->note_box);
}
