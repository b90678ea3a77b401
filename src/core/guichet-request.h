/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "guichet-event.h"

G_BEGIN_DECLS

/** A stretch of a request's life in one stage; the raw material of deadlines. */
typedef struct
{
  char *stage;
  GuichetPhase phase;
  GuichetWaiting waiting;
  gint64 from; /* instant; it lasts until the next stay begins */
} GuichetStay;

/** A document that the town issued. */
typedef struct
{
  char *id;
  char *name;
  char *media_type;
  char *sha256;
  gint64 size;
  gint64 instant;
  char *actor;
} GuichetDocument;

typedef enum
{
  GUICHET_DELIVERY_QUEUED,
  GUICHET_DELIVERY_DELAYED,
  GUICHET_DELIVERY_SENT,
  GUICHET_DELIVERY_FAILED,
} GuichetDelivery;
#define GUICHET_TYPE_DELIVERY (guichet_delivery_get_type ())
GType guichet_delivery_get_type (void);

/** A notification and what became of it. */
typedef struct
{
  char *id;
  char *text; /* code */
  GuichetLanguage language;
  char *address;
  char *sentence; /* (nullable) */
  char *reason;   /* (nullable) of the move that caused it */
  char *stage;    /* that it tells of */
  char *repeats;  /* (nullable): id of the first one, if it is the same letter once more */
  GuichetDelivery delivery;
  char *detail;   /* (nullable) */
  gint64 instant; /* of the last change */
} GuichetNotification;

/** A time when the person's card was read; the history has the whole of it. */
typedef struct
{
  GuichetFinding finding;
  GuichetMethod method;
  gint64 instant;
  char *actor;
} GuichetVerification;

/**
 * GuichetRequest:
 *
 * One citizen's use of a procedure, as its journal makes it. Immutable; any thread.
 */
typedef struct
{
  char *reference;
  char *procedure;
  GuichetDepartment department;
  char *stage;
  GuichetPhase phase;
  GuichetWaiting waiting;
  GuichetBlocker blocker;
  GuichetDay blocked_until;
  GuichetResult result;
  char *assignee; /* (nullable) */
  gint64 version;
  gint64 received;   /* instant of deposit */
  gint64 last_event; /* its number */
  GuichetEventKind last_kind;
  char *last_actor;
  gint64 last_instant;
  GuichetChannel channel;
  GuichetCitizen *citizen;
  JsonObject *answers;      /* by field code: strings, integers, booleans */
  GPtrArray *stays;         /* of GuichetStay, in order */
  GPtrArray *documents;     /* of GuichetDocument */
  GPtrArray *notifications; /* of GuichetNotification, in order */
  GPtrArray *verifications; /* of GuichetVerification, in order */
} GuichetRequest;

GuichetRequest *guichet_request_ref (GuichetRequest *self);
void guichet_request_unref (GuichetRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetRequest, guichet_request_unref)

/**
 * guichet_request_apply:
 * @self: (nullable): the request before, %NULL before `submitted`
 * @event: what happened
 *
 * The one fold: a request is nothing but its events. An event that does not fit (another
 * reference, a version that is not the next) is a programmer's mistake. An event whose payload
 * is gone, because its request was purged, folds to what its header says.
 *
 * Returns: (transfer full): the request after
 */
GuichetRequest *guichet_request_apply (const GuichetRequest *self, const GuichetEvent *event);

/**
 * guichet_request_outline:
 * @last: its last event; the header is enough
 *
 * A request as the closed headers tell it, with nothing of its citizen: what can still be said of one whose
 * payloads can be read by nobody.
 *
 * Returns: (transfer full)
 */
GuichetRequest *guichet_request_outline (const GuichetEvent *last);

GuichetRequest *guichet_request_read (GuichetJsonReader *reader);
void
guichet_request_write (const GuichetRequest *self, GuichetJsonWriter *writer, const char *member);

/** guichet_request_find_notification: (nullable) (transfer none) */
const GuichetNotification *
guichet_request_find_notification (const GuichetRequest *self, const char *id);

/** guichet_notification_is_same: whether two notifications are the same letter, once more or not. */
gboolean
guichet_notification_is_same (const GuichetNotification *self, const GuichetNotification *other);

/** guichet_notification_is_under_way: whether it has been queued and was neither sent nor given up. */
gboolean guichet_notification_is_under_way (const GuichetNotification *self);

/**
 * guichet_request_is_on_its_way:
 * @address: (nullable): %NULL: to wherever
 *
 * Whether a letter, or its repeat, is under way.
 */
gboolean guichet_request_is_on_its_way (const GuichetRequest *self,
                                        const GuichetNotification *letter,
                                        const char *address);

G_END_DECLS
