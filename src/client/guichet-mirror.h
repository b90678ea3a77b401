/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-line.h"
#include "guichet-mirror-reader.h"
#include "guichet-mirror-writer.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_MIRROR (guichet_mirror_get_type ())

/**
 * GuichetMirror:
 *
 * The desk's copy of one clerk's queue: a file of its own, with a thread that writes it, a thread
 * that reads lists out of it, and a read-only connection in the main thread for single rows. Lives
 * from one opening to one closing; another epoch is another mirror.
 *
 * Signal `changed` (GuichetApplied): lines, counts or progress are others than before.
 * Signal `damaged`: the file turned out to be broken; another mirror must take the place of this
 * one. Told once.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetMirror, guichet_mirror, GUICHET, MIRROR, GObject)

/** guichet_mirror_new: @login: whom it belongs to. */
GuichetMirror *guichet_mirror_new (const char *path, const char *login);

/**
 * guichet_mirror_open_async:
 * @today: day at the town hall, as far as is known
 * @afresh: whatever is in the file leaves the disk before; if it cannot, nothing is opened
 */
void guichet_mirror_open_async (GuichetMirror *self,
                                GuichetDay today,
                                gboolean afresh,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/** guichet_mirror_open_finish: (transfer full): what the mirror knows. */
GuichetMirrorState *
guichet_mirror_open_finish (GuichetMirror *self, GAsyncResult *result, GError **error);

/** guichet_mirror_close_async: @wipe: also deletes the file. Nothing else may be asked afterwards. */
void guichet_mirror_close_async (GuichetMirror *self,
                                 gboolean wipe,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean guichet_mirror_close_finish (GuichetMirror *self, GAsyncResult *result, GError **error);

/** guichet_mirror_apply_async: @page: an answer of `/v1/changes`. */
void guichet_mirror_apply_async (GuichetMirror *self,
                                 GBytes *page,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/** guichet_mirror_apply_finish: (transfer full) */
GuichetApplied *
guichet_mirror_apply_finish (GuichetMirror *self, GAsyncResult *result, GError **error);

/* What is written without anybody waiting for it; failures are logged. */
void guichet_mirror_set_today (GuichetMirror *self, GuichetDay today);
void guichet_mirror_put_seen (GuichetMirror *self, const char *reference, gint64 event);
void guichet_mirror_put_me (GuichetMirror *self, GBytes *me, gint64 clock_offset);
void guichet_mirror_put_catalogue (GuichetMirror *self, GBytes *catalogue, const char *version);

/**
 * guichet_mirror_put_content_async:
 * @request: the answer of `/v1/requests/{reference}`
 * @events: the answer of `/v1/requests/{reference}/events`
 * @now: instant
 *
 * Keeps the content of a request that was opened, and reads it.
 */
void guichet_mirror_put_content_async (GuichetMirror *self,
                                       const char *reference,
                                       GBytes *request,
                                       GBytes *events,
                                       gint64 now,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/** guichet_mirror_find_content_async: what is kept of a request. */
void guichet_mirror_find_content_async (GuichetMirror *self,
                                        const char *reference,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/** guichet_mirror_content_finish: of both: (transfer full) (nullable): %NULL without error: nothing is kept. */
GuichetContent *
guichet_mirror_content_finish (GuichetMirror *self, GAsyncResult *result, GError **error);

/** guichet_mirror_list_async: @listing: (transfer full) */
void guichet_mirror_list_async (GuichetMirror *self,
                                GuichetListing *listing,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/** guichet_mirror_list_finish: (transfer full): the same, filled in. */
GuichetListing *
guichet_mirror_list_finish (GuichetMirror *self, GAsyncResult *result, GError **error);

/* Single rows, read at once. */

/** guichet_mirror_read_line: (transfer full) (nullable): %NULL if there is no such line any more. */
GuichetLine *guichet_mirror_read_line (GuichetMirror *self, guint32 id, gboolean *ret_changed);
/** guichet_mirror_find_line: 0 if there is none. */
guint32 guichet_mirror_find_line (GuichetMirror *self, const char *reference);

const GuichetCounts *guichet_mirror_get_counts (GuichetMirror *self);
/** guichet_mirror_get_n_lines: how many there are in all. */
gint64 guichet_mirror_get_n_lines (GuichetMirror *self);
gboolean guichet_mirror_get_synchronised (GuichetMirror *self);
/** guichet_mirror_get_last: number of the last event that it knows of. */
gint64 guichet_mirror_get_last (GuichetMirror *self);

G_END_DECLS
