/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-command.h"
#include "guichet-event.h"
#include "guichet-procedure.h"
#include "guichet-request.h"

G_BEGIN_DECLS

/*
 * The lines of the history in words: what happened, and what was added to it. Who and when
 * stand beside them.
 */

/**
 * guichet_event_words_title:
 * @procedure: (nullable): for the names of stages
 * @owner: (nullable): display name of who has the request after an `assigned`
 *
 * Returns: (transfer full): what happened, without who and when: "Taken in charge",
 *   "Received → Being prepared"
 */
char *guichet_event_words_title (const GuichetEvent *self,
                                 const GuichetProcedure *procedure,
                                 const char *owner);

/** guichet_event_words_detail: the note, the reason, the sentence added; NULL if there is none. (transfer full) (nullable) */
char *guichet_event_words_detail (const GuichetEvent *self);

/** guichet_event_words_icon: (transfer none): name of a symbolic icon. */
const char *guichet_event_words_icon (GuichetEventKind kind);

/** guichet_event_words_delivery: the state of an e-mail: "Sent to marie@example.be". (transfer full) */
char *guichet_event_words_delivery (const GuichetNotification *self);

/** guichet_event_words_changed: what a colleague did, for a conflict: "took the request in charge". (transfer none) */
const char *guichet_event_words_changed (GuichetEventKind kind);

/**
 * guichet_event_words_command:
 * @procedure: (nullable)
 * @owner: (nullable): display name of the colleague an `assign` names
 *
 * Returns: (transfer full): what the clerk wants done: "Take in charge", "Issue the certificate"
 */
char *guichet_event_words_command (const GuichetCommand *self,
                                   const GuichetProcedure *procedure,
                                   const char *owner);

/** guichet_event_words_command_kind: the event that a command becomes, for its icon. */
GuichetEventKind guichet_event_words_command_kind (GuichetCommandKind kind);

G_END_DECLS
