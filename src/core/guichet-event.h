/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "guichet-citizen.h"
#include "guichet-enums.h"
#include "guichet-identity-check.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

G_BEGIN_DECLS

/** GUICHET_ACTOR_DAEMON: the actor of what guichetd does by itself. */
#define GUICHET_ACTOR_DAEMON "guichetd"

/**
 * GUICHET_ACTOR_TOOL: before the name of the user of the machine who did it through guichetctl;
 * no login has a colon.
 */
#define GUICHET_ACTOR_TOOL "guichetctl:"

/** GUICHET_BY_MAX: characters of such a name. */
#define GUICHET_BY_MAX 100

/** GUICHET_DETAIL_MAX: characters of what a mail server answered, on one line. */
#define GUICHET_DETAIL_MAX 500

/**
 * GuichetEvent:
 *
 * One line of the journal. Immutable once made; any thread.
 *
 * The header is closed and stays in clear for ever; all personal data and free text is in
 * the payload, which is encrypted under the request's own key. What guichet_event_write_payload()
 * writes is payload, all else is header.
 */
typedef struct
{
  /* Header */
  gint64 number; /* in the journal, from 1; 0 while not yet appended */
  char *reference;
  GuichetEventKind kind;
  char *procedure;
  GuichetDepartment department;
  char *stage; /* where the request stands after the event */
  GuichetPhase phase;
  GuichetWaiting waiting;
  GuichetBlocker blocker;
  GuichetResult result;
  char *assignee; /* (nullable): login of the owner after the event */
  char *actor;    /* login, GUICHET_ACTOR_DAEMON, or GUICHET_ACTOR_TOOL and a name */
  gint64 instant; /* microseconds */
  gint64 version; /* of the request after the event, from 1 */
  char *key;      /* of the command that caused it */

  /* Payload: members that a kind does not use are NULL or 0 */
  char *text; /* noteWritten: the note; stageMoved, blocked, released, assigned, purged: the reason;
                          notificationQueued: the reason of the move that it tells of */
  char *
      from_stage; /* stageMoved; notificationQueued: the stage that it tells of, NULL if it is `stage` */
  GuichetDay until;            /* blocked: expected end */
  GuichetCitizen *citizen;     /* submitted */
  JsonObject *answers;         /* submitted */
  GuichetChannel channel;      /* submitted */
  GuichetIdentityCheck *check; /* identityChecked */
  char *document;              /* documentAttached: id */
  char *document_name;
  char *document_type;     /* media type */
  char *document_sha256;   /* hex, of the content in clear */
  gint64 document_size;    /* bytes */
  char *notification;      /* notification*: id, also the left part of its Message-ID */
  char *notification_text; /* notificationQueued: code of the text */
  GuichetLanguage notification_language;
  char *repeats;  /* notificationQueued: id of the one that is sent once more, the first of all */
  char *address;  /* notification*: e-mail address */
  char *sentence; /* notificationQueued: what the clerk added */
  char *detail;   /* notificationDelayed, notificationFailed: what the mail server answered */
  gint64 next_attempt; /* notificationDelayed: instant */
} GuichetEvent;

GuichetEvent *guichet_event_new (GuichetEventKind kind);
/** guichet_event_copy: a fresh one with the same content, to be numbered by the journal. */
GuichetEvent *guichet_event_copy (const GuichetEvent *self);
GuichetEvent *guichet_event_ref (GuichetEvent *self);
void guichet_event_unref (GuichetEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetEvent, guichet_event_unref)

/** guichet_event_write: header and payload as one object: what the API gives. */
void guichet_event_write (const GuichetEvent *self, GuichetJsonWriter *writer, const char *member);
GuichetEvent *guichet_event_read (GuichetJsonReader *reader);

/** guichet_event_write_payload: only the payload: what the journal encrypts. */
void guichet_event_write_payload (const GuichetEvent *self,
                                  GuichetJsonWriter *writer,
                                  const char *member);
/** guichet_event_read_payload: fills the payload of an event whose header is set. */
void guichet_event_read_payload (GuichetEvent *self, GuichetJsonReader *reader);

G_END_DECLS
