/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-citizen.h"
#include "guichet-contact.h"
#include "guichet-identity-check.h"

G_BEGIN_DECLS

/** One line of the journal of accounts is of one of these kinds. */
typedef enum
{
  GUICHET_ACCOUNT_EVENT_NONE,
  GUICHET_ACCOUNT_EVENT_OPENED,
  GUICHET_ACCOUNT_EVENT_CONTACT_CHANGED, /* contactChanged */
  GUICHET_ACCOUNT_EVENT_PERSON_RENEWED,  /* personRenewed: from a card that was read later */
  GUICHET_ACCOUNT_EVENT_PURGED,
} GuichetAccountEventKind;
#define GUICHET_TYPE_ACCOUNT_EVENT_KIND (guichet_account_event_kind_get_type ())
GType guichet_account_event_kind_get_type (void);

/**
 * GuichetAccountEvent:
 *
 * One line of the journal of accounts. Immutable once made; any thread.
 *
 * The header stays in clear for ever; the payload is encrypted under the account's own key.
 */
typedef struct
{
  /* Header */
  gint64 number; /* in the journal of accounts, from 1; 0 while not yet appended */
  char *account;
  GuichetAccountEventKind kind;
  char *actor; /* as of a GuichetEvent */
  gint64 instant;
  gint64 version; /* of the account after the event, from 1 */
  char *key;      /* of the command that caused it */

  /* Payload: members that a kind does not use are NULL */
  GuichetCitizen *citizen;     /* opened, personRenewed: as the card says */
  GuichetIdentityCheck *check; /* opened, personRenewed: of that card */
  GuichetContact *contact;     /* opened, contactChanged: all of it, as it is from now on */
  char *text;                  /* purged: the reason */
} GuichetAccountEvent;

GuichetAccountEvent *guichet_account_event_new (GuichetAccountEventKind kind);
GuichetAccountEvent *guichet_account_event_ref (GuichetAccountEvent *self);
void guichet_account_event_unref (GuichetAccountEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetAccountEvent, guichet_account_event_unref)

/** guichet_account_event_write_header: what may be told of it where nothing was read: it holds no personal data. */
void guichet_account_event_write_header (const GuichetAccountEvent *self,
                                         GuichetJsonWriter *writer,
                                         const char *member);
/** guichet_account_event_read_header: (transfer full) */
GuichetAccountEvent *guichet_account_event_read_header (GuichetJsonReader *reader);

/** guichet_account_event_write_payload: what is sealed. */
void guichet_account_event_write_payload (const GuichetAccountEvent *self,
                                          GuichetJsonWriter *writer,
                                          const char *member);
/** guichet_account_event_read_payload: into an event whose header is known, and nobody else has yet. */
void guichet_account_event_read_payload (GuichetAccountEvent *self, GuichetJsonReader *reader);

G_END_DECLS
