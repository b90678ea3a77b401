/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-api.h"
#include "guichet-clock.h"
#include "guichet-outbox-store.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_OUTBOX (guichet_outbox_get_type ())

/**
 * GuichetOutbox:
 *
 * What the clerk did, on its way to the server. On disk before anything else happens; sent in the
 * order typed, one at a time for a request, several requests at once; tried again until the server
 * answers; shown as pending until the feed confirms it. What the server refuses is given back
 * together with what was typed behind it.
 *
 * Signal `changed` (reference): what is pending for a request is something else; %NULL: for
 * several.
 * Signal `held-changed`.
 * Signal `accepted` (reference, gint64 event): the server has a command; the feed will say so.
 * Signal `busy-changed`: see guichet_outbox_is_busy().
 * Signal `accesses-changed`: readings were recorded by the server, or could not be told it.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetOutbox, guichet_outbox, GUICHET, OUTBOX, GObject)

/** guichet_outbox_new: @login: whose commands they are. */
GuichetOutbox *guichet_outbox_new (const char *path, const char *login, GuichetClock *clock);

void guichet_outbox_open_async (GuichetOutbox *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean guichet_outbox_open_finish (GuichetOutbox *self, GAsyncResult *result, GError **error);
void
guichet_outbox_close_async (GuichetOutbox *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean guichet_outbox_close_finish (GuichetOutbox *self, GAsyncResult *result, GError **error);

/** guichet_outbox_start: sends what there is and what comes, through @api. */
void guichet_outbox_start (GuichetOutbox *self, GuichetApi *api);
/** guichet_outbox_stop: sends nothing any more; what was under way will be sent again. */
void guichet_outbox_stop (GuichetOutbox *self);
/** guichet_outbox_hurry: the server is there again: no need to wait for the next turn. */
void guichet_outbox_hurry (GuichetOutbox *self);

/**
 * guichet_outbox_add_async:
 * @command: with its key and reference; its basis is set here
 * @version: that the clerk looks at; 0 if nothing is known of it, but for a command that is not confirmed
 * @typed_at: instant
 *
 * Done when the command is on disk.
 */
void guichet_outbox_add_async (GuichetOutbox *self,
                               GuichetCommand *command,
                               gint64 version,
                               gint64 typed_at,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean guichet_outbox_add_finish (GuichetOutbox *self, GAsyncResult *result, GError **error);

/** guichet_outbox_add_access_async: something is about to be shown out of the mirror; done when that is on disk. */
void guichet_outbox_add_access_async (GuichetOutbox *self,
                                      const char *reference,
                                      gint64 instant,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
guichet_outbox_add_access_finish (GuichetOutbox *self, GAsyncResult *result, GError **error);

/** guichet_outbox_confirm: the mirror knows everything up to event number @last. */
void guichet_outbox_confirm (GuichetOutbox *self, gint64 last);

/**
 * guichet_outbox_doubt:
 *
 * The server was away, and may have come back with an older journal: what it accepted and the feed has
 * not confirmed is sent again at the next turn, and acts once.
 */
void guichet_outbox_doubt (GuichetOutbox *self);

/** guichet_outbox_list_pending: (transfer full) (element-type GuichetCommand): of one request, in the order typed. */
GPtrArray *guichet_outbox_list_pending (GuichetOutbox *self, const char *reference);
gboolean guichet_outbox_has_pending (GuichetOutbox *self, const char *reference);
/** guichet_outbox_get_version: version of the request after an accepted command; 0 while it is not known. */
gint64 guichet_outbox_get_version (GuichetOutbox *self, const char *key);
guint guichet_outbox_get_n_pending (GuichetOutbox *self);
/** guichet_outbox_get_n_unsent: what the server does not have yet, held commands included. */
guint guichet_outbox_get_n_unsent (GuichetOutbox *self);
/** guichet_outbox_get_n_accesses: readings that the server has not recorded yet. */
guint guichet_outbox_get_n_accesses (GuichetOutbox *self);
/** guichet_outbox_is_waiting: whether the server did not take something, and the next turn has not come. */
gboolean guichet_outbox_is_waiting (GuichetOutbox *self);
/** guichet_outbox_is_busy: whether something is on its way to the disk, or leaving it. */
gboolean guichet_outbox_is_busy (GuichetOutbox *self);

/** guichet_outbox_list_held: (transfer container) (element-type GuichetOutboxRow): in the order typed. */
GPtrArray *guichet_outbox_list_held (GuichetOutbox *self);
/** guichet_outbox_retry: @version: that the clerk looks at now. */
void guichet_outbox_retry (GuichetOutbox *self, const char *key, gint64 version);
void guichet_outbox_discard (GuichetOutbox *self, const char *key);

G_END_DECLS
