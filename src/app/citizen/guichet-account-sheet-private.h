/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-account-person.h"
#include "guichet-account-sheet.h"
#include "guichet-account-words.h"
#include "guichet-contact-form.h"
#include "guichet-last-person.h"

#include "guichet-desk-account.h"

G_BEGIN_DECLS

struct _GuichetAccountSheet
{
  AdwWindow parent_instance;

  /* Given */
  GuichetDesk *desk;     /* (owned) (nullable): until disposed */
  GuichetCardSlot *slot; /* (owned) (nullable): idem */

  /* The card, while it is in */
  GuichetCitizen *person; /* (owned) (nullable): once it is read */
  GuichetLastPerson *last;

  /* The account, while the card is in */
  GCancellable *asking;    /* (owned) (nullable): while it is being looked for */
  gboolean known;          /* whether there is one; not while it is being looked for */
  GuichetAccount *account; /* (owned) (nullable) */
  gboolean exists; /* it was to be opened, and is there: whose doing that was is to be said */

  /* What is done to it */
  GuichetAccountDeed kind;
  GuichetAccountAct *act; /* (owned) (nullable): until it is known to be done, or is another one */
  GCancellable *acting;   /* (owned) (nullable): while the server is asked to */
  gboolean orphaned;      /* the card that it is about is out since */
  GtkWidget *before;      /* (weak) (nullable): where the keyboard was when that began */
  guint wait_id;

  /* Template widgets */
  AdwWindowTitle *window_title;
  GtkButton *save_button;
  GtkStack *states;
  GtkImage *wait_icon;
  GtkLabel *wait_title;
  GtkLabel *wait_advice;
  GtkProgressBar *progress;
  GtkWidget *again_button;
  GtkLabel *state_label;
  GtkLabel *notice;
  GuichetAccountPerson *person_box;
  GuichetContactForm *contact;
};

/* guichet-account-sheet.c */
void _guichet_account_sheet_update (GuichetAccountSheet *self);
/* @words: (nullable) */
void _guichet_account_sheet_show_notice (GuichetAccountSheet *self, const char *words);
/* On the window below, which stays. */
void _guichet_account_sheet_toast (GuichetAccountSheet *self, const char *words);
/* Fills in what nobody has changed. */
void _guichet_account_sheet_show_contact (GuichetAccountSheet *self);
/* The card is out. @before: (nullable): what else there is to say */
void _guichet_account_sheet_settle_card (GuichetAccountSheet *self, const char *before);
void _guichet_account_sheet_look_for (GuichetAccountSheet *self);

/* guichet-account-sheet-draft.c */
void _guichet_account_sheet_keep_draft (GuichetAccountSheet *self);
/*
 * @niss: of the person whose card is in from now on
 *
 * Puts what was typed for that person before into the form; what was typed for another one goes.
 *
 * Returns: whether anything went
 */
gboolean _guichet_account_sheet_take_person (GuichetAccountSheet *self, const char *niss);

/* guichet-account-sheet-act.c */
/* @contact: (nullable): for #GUICHET_ACCOUNT_RENEW */
void _guichet_account_sheet_act (GuichetAccountSheet *self,
                                 GuichetAccountDeed kind,
                                 const GuichetContact *contact);

G_END_DECLS
