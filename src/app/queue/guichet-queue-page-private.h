/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-found.h"
#include "guichet-queue-columns.h"
#include "guichet-queue-page.h"
#include "guichet-queue.h"
#include "guichet-reader-sign.h"
#include "guichet-selection.h"
#include "guichet-sidebar.h"

G_BEGIN_DECLS

struct _GuichetQueuePage
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk;     /* (owned) (nullable) */
  GuichetCardSlot *slot; /* (owned) (nullable) */

  /* Owned */
  GSettings *settings;
  GuichetQueue *queue; /* (nullable): until there is a desk */
  GuichetSelection *selection;
  GuichetQueueColumns *columns; /* (nullable): idem */
  char *title;

  /* In progress: the lookup of a national number */
  GCancellable *lookup; /* (owned) (nullable) */
  GuichetFound *found;  /* (owned) (nullable): what the server found */
  GError *lookup_error; /* (owned) (nullable) */
  gboolean open_wanted; /* what is being searched for is to be opened once it is known */
  char *again;      /* (owned) (nullable): what is to be selected again once it is found again */
  gboolean in_list; /* and the keyboard was there */

  char *card_in;    /* (owned) (nullable): the reader whose card is searched for */
  guint card_event; /* by which that went in */

  guint loading_id; /* source that says so when loading takes long */

  /* Template widgets */
  AdwFlap *flap;
  AdwWindowTitle *clerk_title;
  GuichetSidebar *sidebar;
  GuichetReaderSign *reader_sign;
  GtkSearchEntry *search_entry;
  GtkMenuButton *order_button;
  GMenuModel *order_menu;
  GMenu *columns_section;
  GtkStack *states;
  GtkColumnView *column_view;
  GtkShortcutController *single_keys;
  AdwStatusPage *empty_page;
  AdwStatusPage *no_hits_page;
  GtkWidget *search_all_button;
  AdwStatusPage *not_found_page;
  AdwStatusPage *unreadable_page;
  GtkProgressBar *sync_bar;
  GtkLabel *count_label;
  GtkLabel *sort_label;
};

/** _guichet_queue_page_open: @reference: (nullable): %NULL for the selected one. */
void _guichet_queue_page_open (GuichetQueuePage *self, const char *reference);

/** _guichet_queue_page_update_state: shows list or reason why there is none, and what the foot says. */
void _guichet_queue_page_update_state (GuichetQueuePage *self);
void _guichet_queue_page_update_actions (GuichetQueuePage *self);

void _guichet_queue_page_bind_search (GtkWidgetClass *klass);
/** _guichet_queue_page_end_lookup: goes back to the queue from what a lookup found. */
void _guichet_queue_page_end_lookup (GuichetQueuePage *self);
/** _guichet_queue_page_end_card_search: if the card that is searched for is out: its number was of the card. */
void _guichet_queue_page_end_card_search (GuichetQueuePage *self);
/** _guichet_queue_page_renew_lookup: repeats it if what it found may no longer be the clerk's to see. */
void _guichet_queue_page_renew_lookup (GuichetQueuePage *self);
/** _guichet_queue_page_open_wanted: opens what Return was pressed for before it was found. */
void _guichet_queue_page_open_wanted (GuichetQueuePage *self);

G_END_DECLS
