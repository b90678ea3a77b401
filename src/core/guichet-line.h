/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-deadline.h"
#include "guichet-request.h"

G_BEGIN_DECLS

/**
 * GuichetLine:
 *
 * A request as queues show it: what the server lists and the desk mirrors. Holds no
 * national number. Immutable; any thread.
 */
typedef struct
{
  char *reference;
  char *procedure;
  GuichetDepartment department;
  char *citizen; /* (nullable) display name; NULL once purged */
  char *stage;
  GuichetPhase phase;
  GuichetWaiting waiting;
  GuichetBlocker blocker;
  GuichetResult result;
  char *assignee;      /* (nullable) login */
  char *assignee_name; /* (nullable) */
  GuichetLanguage language;
  GuichetChannel channel;
  gint64 received; /* instant */
  GuichetDay due; /* the nearest of promise and legal date; GUICHET_DAY_NONE when none or stopped */
  GuichetDay legal_due; /* GUICHET_DAY_NONE likewise */
  gboolean stopped;     /* no date, because the clock stands still: late never hides behind it */
  gboolean delivery_failed; /* the last notification could not be delivered */
  gint64 version;
  gint64 last_event;
  GuichetEventKind last_kind;
  char *last_actor;
  gint64 last_instant;
} GuichetLine;

GuichetLine *guichet_line_new (void);
/**
 * guichet_line_from_request:
 * @deadline: of that request
 * @assignee_name: (nullable)
 */
GuichetLine *guichet_line_from_request (const GuichetRequest *request,
                                        const GuichetDeadline *deadline,
                                        const char *assignee_name);
GuichetLine *guichet_line_ref (GuichetLine *self);
void guichet_line_unref (GuichetLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetLine, guichet_line_unref)

/** guichet_line_count_late_days: 0 if it is not late. */
guint guichet_line_count_late_days (const GuichetLine *self, GuichetDay today);

GuichetLine *guichet_line_read (GuichetJsonReader *reader);
void guichet_line_write (const GuichetLine *self, GuichetJsonWriter *writer, const char *member);

G_END_DECLS
