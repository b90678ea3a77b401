/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-account-event.h"

G_BEGIN_DECLS

/**
 * GuichetAccount:
 *
 * What the town knows of a citizen who has an account, as its events make it: the person as their
 * card says, and how they say that they are reached. Immutable; any thread.
 */
typedef struct
{
  char *account; /* its public name */
  gint64 version;
  gint64 opened;     /* instant */
  char *opened_by;   /* (nullable): login; not known of one that was kept before that was noted */
  gint64 last_event; /* its number */
  gint64 last_instant;
  gint64 card_read;        /* instant at which the person was last read off a card */
  GuichetMethod method;    /* by which they were identified then */
  GuichetCitizen *citizen; /* email, phone and language are the contact data, all else the card's;
                              its level says that a clerk had the card before them, and no more: see method */
} GuichetAccount;

GuichetAccount *guichet_account_ref (GuichetAccount *self);
void guichet_account_unref (GuichetAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetAccount, guichet_account_unref)

/**
 * guichet_account_apply:
 * @self: (nullable): the account before, %NULL before `opened`
 * @event: what happened
 *
 * The one fold: an account is nothing but its events. An event that does not fit is a programmer's
 * mistake.
 *
 * Returns: (transfer full): the account after
 */
GuichetAccount *
guichet_account_apply (const GuichetAccount *self, const GuichetAccountEvent *event);

/**
 * guichet_account_outline:
 *
 * An account with nothing of its citizen: what can still be said of one whose events can be read by nobody.
 *
 * Returns: (transfer full)
 */
GuichetAccount *guichet_account_outline (const char *account, gint64 version);

/** guichet_account_contact: (transfer full): how its citizen is reached. */
GuichetContact *guichet_account_contact (const GuichetAccount *self);

/** guichet_account_read: reads the object that the reader stands in. (transfer full) */
GuichetAccount *guichet_account_read (GuichetJsonReader *reader);
void
guichet_account_write (const GuichetAccount *self, GuichetJsonWriter *writer, const char *member);

G_END_DECLS
