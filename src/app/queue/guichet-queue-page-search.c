/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Searching the queue: words in the mirror, national numbers at the server.
 */
#define G_LOG_DOMAIN "guichet-queue-page-search"

#include "config.h"

#include "guichet-queue-page.h"
#include "guichet-queue-page-private.h"
#include "guichet-focus.h"
#include "guichet-niss.h"
#include "guichet-reference.h"

#include <glib/gi18n.h>

/* Whoever has gone elsewhere meanwhile is not called back. */
static gboolean
is_left_alone (GuichetQueuePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         (gtk_root_get_focus (root) == NULL || guichet_focus_is_in (GTK_WIDGET (self)));
}

/* What was selected before the server was asked once more, and the keyboard with it. */
static void
select_again (GuichetQueuePage *self)
{
  g_autofree char *reference = NULL;

  if (self->found == NULL)
    return; /* not found this time: the next answer may have it */
  reference = g_steal_pointer (&self->again);
  if (reference == NULL)
    return;
  guichet_selection_set_selected (self->selection,
                                  guichet_selection_find (self->selection, reference));
  if (self->in_list && is_left_alone (self))
    guichet_queue_page_focus (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetQueuePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      guichet_desk_find_person_finish (GUICHET_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->lookup);
  if (lines == NULL)
    {
      self->lookup_error = g_steal_pointer (&error);
    }
  else
    {
      self->found = guichet_found_new (self->desk, lines);
      guichet_selection_set_model (self->selection, G_LIST_MODEL (self->found));
    }
  _guichet_queue_page_update_state (self);
  select_again (self);
  _guichet_queue_page_open_wanted (self);
}

void
_guichet_queue_page_end_lookup (GuichetQueuePage *self)
{
  if (self->lookup != NULL)
    g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  g_clear_object (&self->found);
  g_clear_error (&self->lookup_error);
  g_clear_pointer (&self->again, g_free);
  if (self->queue != NULL)
    guichet_selection_set_model (self->selection, G_LIST_MODEL (self->queue));
}

/* A national number is not in the mirror and never goes into the search there. */
static void
look_up (GuichetQueuePage *self, const char *niss)
{
  self->lookup = g_cancellable_new ();
  guichet_desk_find_person_async (self->desk, niss, self->lookup, found_cb, g_object_ref (self));
}

static void
search (GuichetQueuePage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *niss = NULL;

  if (self->desk == NULL)
    return;
  self->open_wanted = FALSE;
  _guichet_queue_page_end_lookup (self);
  guichet_selection_reset (self->selection);
  if (guichet_niss_looks_like (text))
    {
      niss = guichet_niss_parse (text);
      guichet_queue_set_search (self->queue, "");
      if (niss != NULL)
        look_up (self, niss);
      else
        self->lookup_error =
            g_error_new_literal (GUICHET_DESK_ERROR,
                                 GUICHET_DESK_ERROR_REFUSED,
                                 _ ("This is not a national number: its check digits are wrong."));
    }
  else
    {
      guichet_queue_set_search (self->queue, text);
    }
  _guichet_queue_page_update_state (self);
}

static void
search_changed_cb (GuichetQueuePage *self)
{
  g_clear_pointer (&self->card_in, g_free);
  search (self);
}

void
_guichet_queue_page_end_card_search (GuichetQueuePage *self)
{
  if (self->card_in != NULL && !guichet_card_slot_has (self->slot, self->card_in, self->card_event))
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

/* Other rights begin with a first synchronisation. */
void
_guichet_queue_page_renew_lookup (GuichetQueuePage *self)
{
  g_autofree char *again = NULL;
  gboolean in_list, open_wanted;

  if (guichet_desk_get_state (self->desk) != GUICHET_DESK_SYNCHRONISING ||
      (self->found == NULL && self->lookup == NULL))
    return;
  if (self->found != NULL)
    {
      g_autoptr (GuichetRow) row = guichet_selection_get_row (self->selection);

      again = row != NULL ? g_strdup (guichet_row_get_line (row)->reference) : NULL;
      in_list = guichet_focus_is_in (GTK_WIDGET (self->column_view));
    }
  else
    {
      again = g_steal_pointer (&self->again);
      in_list = self->in_list;
    }
  open_wanted = self->open_wanted;
  search (self);
  self->again = g_steal_pointer (&again);
  self->in_list = in_list;
  self->open_wanted = open_wanted;
}

/* Whether the list is not yet what was searched for. */
static gboolean
is_searching (GuichetQueuePage *self)
{
  if (self->lookup != NULL)
    return TRUE;
  return self->found == NULL && self->lookup_error == NULL &&
         guichet_queue_get_loading (self->queue);
}

/* The rows are there behind a page that says something else, too. */
static void
open_hit (GuichetQueuePage *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "list") == 0)
    _guichet_queue_page_open (self, NULL);
}

void
_guichet_queue_page_open_wanted (GuichetQueuePage *self)
{
  if (!self->open_wanted || is_searching (self))
    return;
  self->open_wanted = FALSE;
  /* Whoever has gone elsewhere meanwhile is not called back. */
  if (guichet_focus_is_in (GTK_WIDGET (self->search_entry)))
    open_hit (self);
}

/* A whole reference, typed or scanned, opens its request wherever it is; anything else what is
 * found by it, which a scanner and a fast typist do not wait for. */
static void
search_activate_cb (GuichetQueuePage *self)
{
  g_autofree char *reference =
      guichet_reference_parse (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  if (reference != NULL)
    _guichet_queue_page_open (self, reference);
  else if (is_searching (self))
    self->open_wanted = TRUE;
  else
    open_hit (self);
}

static void
stop_search_cb (GuichetQueuePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  guichet_queue_page_focus (self);
}

static gboolean
search_key_cb (GuichetQueuePage *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  guichet_queue_page_focus (self);
  return GDK_EVENT_STOP;
}

static void
search_all_cb (GuichetQueuePage *self)
{
  guichet_sidebar_choose (self->sidebar, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
}

void
_guichet_queue_page_bind_search (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, search_changed_cb);
  gtk_widget_class_bind_template_callback (klass, search_activate_cb);
  gtk_widget_class_bind_template_callback (klass, search_key_cb);
  gtk_widget_class_bind_template_callback (klass, stop_search_cb);
  gtk_widget_class_bind_template_callback (klass, search_all_cb);
}
