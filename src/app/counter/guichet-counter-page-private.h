/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-citizen.h"
#include "guichet-counter-page.h"
#include "guichet-filing-form.h"
#include "guichet-filing.h"
#include "guichet-procedure-list.h"
#include "guichet-reader-sign.h"

G_BEGIN_DECLS

struct _GuichetCounterPage
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk;     /* (owned) (nullable) */
  GuichetCardSlot *slot; /* (owned) (nullable) */

  /* The card, while its holder is who asks */
  gboolean taking;        /* it is wanted, or being read */
  GuichetCitizen *person; /* (owned) (nullable): once it is read */
  gboolean trusted;
  GCancellable *asking;    /* (owned) (nullable): while their account is looked for */
  GuichetContact *contact; /* (owned) (nullable): as their account says, if they have one */
  gboolean went;           /* while the form that it filled in was being filed */

  /* Owned, while a form is open */
  GuichetFiling *filing; /* (nullable) */
  GCancellable *trying;  /* (nullable): while it is being filed */
  GtkWidget *before;     /* (weak) (nullable): where the keyboard was when that began */
  guint wait_id;
  GtkWindow *question; /* (weak) (nullable): whether something may be lost */
  gboolean aside;      /* it waits for its clerk to sign in again */

  /* Template widgets */
  GtkStack *states;
  GuichetProcedureList *list;
  GtkScrolledWindow *scrolled;
  GuichetFilingForm *form;
  GtkWidget *file_button;
  GuichetReaderSign *reader_sign;
  GtkWidget *notice_box;
  GtkLabel *notice;
  GtkWidget *stop_button;
};

gboolean _guichet_counter_page_has_form (GuichetCounterPage *self);
/** _guichet_counter_page_show_notice: @words: (nullable): %NULL: nothing is to be said. */
void _guichet_counter_page_show_notice (GuichetCounterPage *self, const char *words);
/** _guichet_counter_page_update: what can be done now. */
void _guichet_counter_page_update (GuichetCounterPage *self);
void _guichet_counter_page_show_procedures (GuichetCounterPage *self);
/** _guichet_counter_page_close_form: nothing of what was typed stays, nor of what is under way. */
void _guichet_counter_page_close_form (GuichetCounterPage *self);

/* guichet-counter-page-leave.c */

/**
 * _guichet_counter_page_ask_async:
 * @words: what may be lost, where nothing is known to have reached the server
 *
 * Asks before what was typed is lost; it is, if the answer is yes.
 */
void _guichet_counter_page_ask_async (GuichetCounterPage *self,
                                      const char *heading,
                                      const char *words,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/** _guichet_counter_page_dismiss_question: if one is open, as if the answer were no. */
void _guichet_counter_page_dismiss_question (GuichetCounterPage *self);

/* guichet-counter-page-card.c */

/** _guichet_counter_page_forget_person: who the card says that they are, and their account. */
void _guichet_counter_page_forget_person (GuichetCounterPage *self);
/** _guichet_counter_page_forget_card: nothing of it stays, in the reader's memory either. */
void _guichet_counter_page_forget_card (GuichetCounterPage *self);
/** _guichet_counter_page_show_person: fills in what the card says of the person. */
void _guichet_counter_page_show_person (GuichetCounterPage *self);
/** _guichet_counter_page_settle_card: if it went while the form was being filed: what becomes of the form. */
void _guichet_counter_page_settle_card (GuichetCounterPage *self);
void _guichet_counter_page_slot_changed_cb (GuichetCounterPage *self);

G_END_DECLS
