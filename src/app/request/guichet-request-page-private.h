/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-documents-card.h"
#include "guichet-form-view.h"
#include "guichet-identity-panel.h"
#include "guichet-open-request.h"
#include "guichet-reader-sign.h"
#include "guichet-request-page.h"
#include "guichet-status-card.h"
#include "guichet-timeline.h"

G_BEGIN_DECLS

struct _GuichetRequestPage
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  /* Owned */
  GSettings *settings;
  GuichetOpenRequest *open; /* (nullable) */
  char *title;
  char *wanted_move;    /* (nullable): stage to go to once a document is attached */
  char *left_at;        /* (nullable): reference that was open when the session expired */
  gint64 seen;          /* last event that the clerk has looked at, 0 for none */
  gboolean resuming;    /* what was half typed about it is to be opened again */
  gboolean card_wanted; /* it is to be read once there is something to hold it against */
  gboolean entered;     /* the keyboard was put into what is shown */
  guint loading_id;
  GtkWindow *sheet; /* (weak pointer) (nullable): over the page, and about its request */

  /* Template widgets */
  AdwWindowTitle *window_title;
  AdwFlap *flap;
  GuichetTimeline *timeline;
  GtkRevealer *stale_revealer;
  GtkStack *states;
  GtkWidget *loading_label;
  AdwStatusPage *error_page;
  GtkScrolledWindow *scrolled;
  GtkLabel *procedure;
  GtkLabel *about;
  GuichetReaderSign *reader_sign;
  GuichetIdentityPanel *identity_panel;
  GuichetStatusCard *status_card;
  GuichetFormView *form_view;
  GuichetDocumentsCard *documents_card;
};

/** _guichet_request_page_install_card_actions: those about the card in the reader. */
void _guichet_request_page_install_card_actions (GtkWidgetClass *klass);
void _guichet_request_page_install_actions (GtkWidgetClass *klass);
/** _guichet_request_page_update_actions: enables what may be done now. */
void _guichet_request_page_update_actions (GuichetRequestPage *self);
/** _guichet_request_page_move: makes a move, or asks first for what it needs. */
void _guichet_request_page_move (GuichetRequestPage *self, const char *to);
/** _guichet_request_page_give_up: closes its sheet and forgets what was half typed, which leads nowhere any more; says so. */
void _guichet_request_page_give_up (GuichetRequestPage *self);
/** _guichet_request_page_resume: opens the sheet in which something was half typed, if there is one. */
void _guichet_request_page_resume (GuichetRequestPage *self);

G_END_DECLS
