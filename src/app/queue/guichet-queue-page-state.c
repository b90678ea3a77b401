/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the queue page shows when there is nothing to list, and what it says below.
 */
#define G_LOG_DOMAIN "guichet-queue-page-state"

#include "config.h"

#include "guichet-queue-page.h"
#include "guichet-queue-page-private.h"
#include "guichet-enum-words.h"
#include "guichet-error-words.h"

#include <glib/gi18n.h>

/* What takes longer says so; what is faster must not flicker. */
#define PATIENCE_MS 300

/* Said of an empty view: all of these are good news, or no news. */
static const struct
{
  const char *title;
  const char *description;
} empty_texts[GUICHET_N_VIEWS] = {
  [GUICHET_VIEW_MINE] = { N_ ("Nothing in your charge"),
                          N_ ("Take a request from the view “To take”.") },
  [GUICHET_VIEW_TO_TAKE] = { N_ ("Nothing to take"),
                             N_ ("New requests appear here by themselves.") },
  [GUICHET_VIEW_WAITING] = { N_ ("Nobody has to answer"),
                             N_ ("Requests that wait for the citizen appear here.") },
  [GUICHET_VIEW_LATE] = { N_ ("Nothing is late"), N_ ("Every date is still ahead.") },
  [GUICHET_VIEW_ALL] = { N_ ("No open request"), N_ ("New requests appear here by themselves.") },
  [GUICHET_VIEW_CLOSED] = { N_ ("Nothing was closed lately"),
                            N_ ("Requests closed in the last 90 days appear here.") },
};

static char *
progress_text (gint64 done, gint64 total)
{
  g_autofree char *arrived = g_strdup_printf ("%" G_GINT64_FORMAT, done);
  g_autofree char *all = g_strdup_printf ("%" G_GINT64_FORMAT, total);

  if (total <= 0)
    return g_strdup_printf (ngettext ("%s request", "%s requests", (gulong) done), arrived);
  /* Translators: %1$s of %2$s requests have arrived; both are numbers. */
  return g_strdup_printf (_ ("%1$s of %2$s requests"), arrived, all);
}

static void
update_sync (GuichetQueuePage *self)
{
  gint64 done, total;
  g_autofree char *text = NULL;

  g_object_get (self->desk, "sync-done", &done, "sync-total", &total, NULL);
  text = progress_text (done, total);
  gtk_progress_bar_set_text (self->sync_bar, text);
  gtk_progress_bar_set_fraction (self->sync_bar,
                                 total > 0 ? MIN (1.0, (double) done / (double) total) : 0);
}

/* Whether the queue is what is asked for, and cannot be read. */
static gboolean
is_unreadable (GuichetQueuePage *self)
{
  return self->lookup == NULL && self->lookup_error == NULL && self->found == NULL &&
         guichet_queue_get_error (self->queue) != NULL;
}

static char *
count_text (GuichetQueuePage *self, guint n_items)
{
  if (self->found != NULL)
    return g_strdup_printf (ngettext ("%u request of this person, found at the server",
                                      "%u requests of this person, found at the server",
                                      n_items),
                            n_items);
  if (guichet_queue_get_search (self->queue)[0] != '\0')
    return g_strdup_printf (ngettext ("%u hit", "%u hits", n_items), n_items);
  return g_strdup_printf (ngettext ("%u request", "%u requests", n_items), n_items);
}

static void
update_foot (GuichetQueuePage *self, guint n_items)
{
  const gboolean syncing = guichet_desk_get_state (self->desk) == GUICHET_DESK_SYNCHRONISING;
  g_autofree char *count = NULL;
  g_autofree char *sort = NULL;
  const char *word = guichet_enum_words_sort (guichet_queue_get_sort (self->queue));

  if (syncing)
    {
      gint64 done, total;
      g_autofree char *progress = NULL;

      g_object_get (self->desk, "sync-done", &done, "sync-total", &total, NULL);
      progress = progress_text (done, total);
      /* Translators: %s is "1200 of 2000 requests". */
      count = g_strdup_printf (_ ("Fetching: %s"), progress);
    }
  else if (self->lookup != NULL || self->lookup_error != NULL || is_unreadable (self))
    {
      count = g_strdup ("");
    }
  else
    {
      count = count_text (self, n_items);
    }
  /* Translators: %s is "due date", "citizen"… */
  sort = g_strdup_printf (guichet_queue_get_descending (self->queue)
                          ? _ ("Sorted by %s, the other way round")
                          : _ ("Sorted by %s"), word);
  gtk_label_set_label (self->count_label, count);
  gtk_label_set_label (self->sort_label, self->found == NULL ? sort : "");
}

static void
show_empty (GuichetQueuePage *self)
{
  const GuichetView view = guichet_queue_get_view (self->queue);

  if (self->found != NULL)
    {
      adw_status_page_set_title (self->empty_page, _ ("No request of this person"));
      adw_status_page_set_description (self->empty_page,
                                       _ ("None that you may see has this national number."));
    }
  else
    {
      adw_status_page_set_title (self->empty_page, _ (empty_texts[view].title));
      adw_status_page_set_description (self->empty_page, _ (empty_texts[view].description));
    }
  gtk_stack_set_visible_child_name (self->states, "empty");
}

static void
show_no_hits (GuichetQueuePage *self)
{
  const gboolean everywhere = guichet_queue_get_view (self->queue) == GUICHET_VIEW_ALL &&
                              guichet_queue_get_department (self->queue) == GUICHET_DEPARTMENT_NONE;
  g_autofree char *title =
      g_strdup_printf (_ ("Nothing found for “%s”"), guichet_queue_get_search (self->queue));
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_status_page_set_title (self->no_hits_page, escaped);
  adw_status_page_set_description (self->no_hits_page,
                                   everywhere
                                   ? _ ("Every word must begin a word of the name, the reference or the procedure.")
                                   : _ ("Only this view was searched."));
  gtk_widget_set_visible (self->search_all_button, !everywhere);
  gtk_stack_set_visible_child_name (self->states, "no-hits");
}

static void
show_lookup_error (GuichetQueuePage *self)
{
  g_autofree char *sentence = guichet_error_words (self->lookup_error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->not_found_page, escaped);
  gtk_stack_set_visible_child_name (self->states, "not-found");
}

static void
show_unreadable (GuichetQueuePage *self)
{
  g_autofree char *sentence = guichet_error_words (guichet_queue_get_error (self->queue));
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->unreadable_page, escaped);
  gtk_stack_set_visible_child_name (self->states, "unreadable");
}

static void
loading_cb (gpointer user_data)
{
  GuichetQueuePage *self = user_data;

  self->loading_id = 0;
  if (guichet_queue_get_loading (self->queue))
    gtk_label_set_label (self->count_label, _ ("Searching…"));
}

/* Whether that is known; if not, what is there stays until it is. */
static gboolean
show_why_empty (GuichetQueuePage *self)
{
  if (self->lookup != NULL)
    gtk_stack_set_visible_child_name (self->states, "looking");
  else if (self->lookup_error != NULL)
    show_lookup_error (self);
  else if (self->found != NULL)
    show_empty (self);
  else if (guichet_desk_get_state (self->desk) == GUICHET_DESK_SYNCHRONISING)
    gtk_stack_set_visible_child_name (self->states, "first-sync");
  else if (guichet_queue_get_loading (self->queue))
    return FALSE;
  else if (guichet_queue_get_search (self->queue)[0] != '\0')
    show_no_hits (self);
  else
    show_empty (self);
  return TRUE;
}

void
_guichet_queue_page_update_state (GuichetQueuePage *self)
{
  gboolean known = TRUE;
  guint n_items;

  if (self->desk == NULL || guichet_desk_get_state (self->desk) == GUICHET_DESK_SIGNED_OUT)
    return;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_clear_handle_id (&self->loading_id, g_source_remove);
  update_sync (self);
  if (is_unreadable (self))
    show_unreadable (self);
  else if (n_items > 0 && self->lookup == NULL && self->lookup_error == NULL)
    gtk_stack_set_visible_child_name (self->states, "list");
  else
    known = show_why_empty (self);

  /* The first fetch says itself how far it is. */
  if (guichet_queue_get_loading (self->queue) && self->found == NULL &&
      guichet_desk_get_state (self->desk) != GUICHET_DESK_SYNCHRONISING)
    self->loading_id = g_timeout_add_once (PATIENCE_MS, loading_cb, self);
  else
    update_foot (self, n_items);
  _guichet_queue_page_update_actions (self);
  if (known)
    g_signal_emit_by_name (self, "settled");
}

void
_guichet_queue_page_update_actions (GuichetQueuePage *self)
{
  g_autoptr (GuichetRow) row = guichet_selection_get_row (self->selection);
  const GuichetLine *line = row != NULL ? guichet_row_get_line (row) : NULL;
  const GuichetClerk *clerk = self->desk != NULL ? guichet_desk_get_clerk (self->desk) : NULL;
  const GuichetCapability can =
      line != NULL && clerk != NULL ? guichet_clerk_capabilities (clerk, line->department) : 0;
  const gboolean open = line != NULL && line->phase != GUICHET_PHASE_CLOSED;
  g_autoptr (GPtrArray) pending =
      open ? guichet_desk_list_pending (self->desk, line->reference) : NULL;
  /* A second key may come before the first one has reached the server. */
  const char *owner = open && clerk != NULL
                          ? guichet_command_owner_after (pending, line->assignee, clerk->login)
                          : NULL;
  const gboolean mine = owner != NULL && g_strcmp0 (owner, clerk->login) == 0;
  const gboolean free = open && owner == NULL;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "queue.claim", free && (can & GUICHET_CAN_WORK) != 0);
  gtk_widget_action_set_enabled (widget,
                                 "queue.claim-and-open",
                                 free && (can & GUICHET_CAN_WORK) != 0);
  gtk_widget_action_set_enabled (widget, "queue.release", mine);
  gtk_widget_action_set_enabled (widget,
                                 "queue.assign",
                                 open && (can & GUICHET_CAN_ASSIGN_OTHERS) != 0);
}
