/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-card-offer.h"
#include "guichet-counter-page.h"
#include "guichet-queue-page.h"
#include "guichet-request-page.h"
#include "guichet-sign-in-page.h"
#include "guichet-status-strip.h"
#include "guichet-window.h"

G_BEGIN_DECLS

struct _GuichetWindow
{
  AdwApplicationWindow parent_instance;

  /* Given */
  GuichetDesk *desk;     /* (owned) */
  GuichetCardSlot *slot; /* (owned) */

  /* Owned */
  GSettings *settings;
  GCancellable *cancellable; /* of everything this window asks for */
  char *wanted;              /* (nullable): reference to open once signed in */

  gboolean was_signed_in;
  AdwToast *filed_toast; /* (weak) (nullable): says what was filed last */
  gboolean settled;      /* there has been something to show */
  guint patience_id;     /* waits for that */

  /* Made when first needed: most starts end in the queue, which waits for none of them. */
  GuichetSignInPage *sign_in_page;  /* (nullable): in its place */
  GuichetRequestPage *request_page; /* (nullable): idem */
  GuichetCounterPage *counter_page; /* (nullable): idem */

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *root;
  GtkStack *pages;
  GuichetQueuePage *queue_page;
  AdwBin *sign_in_place;
  AdwBin *request_place;
  AdwBin *counter_place;
  GuichetCardOffer *card_offer;
  GuichetStatusStrip *status_strip;
};

void _guichet_window_show_queue (GuichetWindow *self);
/** _guichet_window_settled: there is something to show. */
void _guichet_window_settled (GuichetWindow *self);
/** _guichet_window_close_request: of the request page, if it was ever made. */
void _guichet_window_close_request (GuichetWindow *self);

/* guichet-window-session.c */

/** _guichet_window_enter_desk: a clerk has signed in. */
void _guichet_window_enter_desk (GuichetWindow *self);
/** _guichet_window_leave_desk: nobody is signed in: nothing of the requests stays in sight. */
void _guichet_window_leave_desk (GuichetWindow *self);
void _guichet_window_need_sign_in_page (GuichetWindow *self);
/** _guichet_window_explain_signed_out: on the sign-in page, which is there: why, and what waits. */
void _guichet_window_explain_signed_out (GuichetWindow *self);

/* guichet-window-counter.c */

/** _guichet_window_is_filing: whether leaving the counter page would lose something. */
gboolean _guichet_window_is_filing (GuichetWindow *self);
void _guichet_window_forget_filing (GuichetWindow *self);
/**
 * _guichet_window_when_left:
 * @argument: (nullable): for @go_on
 *
 * Goes on at once, or after the clerk has given up what they were filling in; or not at all.
 */
void _guichet_window_when_left (GuichetWindow *self,
                                void (*go_on) (GuichetWindow *self, GVariant *argument),
                                GVariant *argument);
void _guichet_window_file_request_action (GtkWidget *widget, const char *name, GVariant *parameter);
void
_guichet_window_file_for_card_action (GtkWidget *widget, const char *name, GVariant *parameter);
void
_guichet_window_account_for_card_action (GtkWidget *widget, const char *name, GVariant *parameter);

G_END_DECLS
