/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-line.h"
#include "guichet-procedure.h"
#include "guichet-request.h"
#include "guichetd-keys.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

/*
 * Requests as their events made them: the row that lists are made of, the state that is
 * sealed, the words by which it is found. Runs in a thread of the store.
 */

/** A request's row. */
typedef struct
{
  gint64 id; /* number of its first event */
  char *reference;
  GuichetDepartment department;
  char *procedure;
  char *stage;
  GuichetPhase phase;
  char *assignee; /* (nullable) */
  GuichetDay due;
  gint64 version;
  gint64 last_event;
  char *line;    /* JSON of its GuichetLine */
  GBytes *state; /* (nullable): JSON of its GuichetRequest */
} GuichetdRow;

void guichetd_row_clear (GuichetdRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdRow, guichetd_row_clear)

/** guichetd_requests_find: without `state`; %FALSE without @error if there is no such request. */
gboolean
guichetd_requests_find (GuichetDb *db, const char *reference, GuichetdRow *row, GError **error);

/** guichetd_requests_find_state: with `state`. */
gboolean guichetd_requests_find_state (GuichetdKeys *keys,
                                       GuichetDb *db,
                                       const char *reference,
                                       GuichetdRow *row,
                                       GError **error);

/** guichetd_row_get_request: reads its `state`. (transfer full) */
GuichetRequest *guichetd_row_get_request (const GuichetdRow *self, GError **error);

/**
 * guichetd_requests_load:
 *
 * For the daemon's own use: it leaves no access record.
 *
 * Returns: (transfer full) (nullable): the request; %NULL without @error if there is none
 */
GuichetRequest *
guichetd_requests_load (GuichetdStore *store, GuichetDb *db, const char *reference, GError **error);

/**
 * guichetd_requests_add:
 * @id: number of its first event
 * @titles: (nullable): the procedure's names, by which it is found
 *
 * In the writer.
 */
gboolean guichetd_requests_add (GuichetdStore *store,
                                GuichetDb *db,
                                gint64 id,
                                const GuichetRequest *request,
                                const GuichetLine *line,
                                const GuichetLocalized *titles,
                                GError **error);

/** guichetd_requests_list_open: references of all that are not closed, as they were filed. (transfer full) */
GPtrArray *guichetd_requests_list_open (GuichetDb *db, GError **error);

/**
 * guichetd_requests_redraw:
 * @ret_other: whether @line is another than that of @row
 *
 * The request is what it was, and its line is not: what follows from the catalogue changed. In
 * the writer.
 */
gboolean guichetd_requests_redraw (GuichetDb *db,
                                   const GuichetdRow *row,
                                   const GuichetLine *line,
                                   gboolean *ret_other,
                                   GError **error);

/** guichetd_requests_change: @row is the request as it was; in the writer. */
gboolean guichetd_requests_change (GuichetdStore *store,
                                   GuichetDb *db,
                                   const GuichetdRow *row,
                                   const GuichetRequest *request,
                                   const GuichetLine *line,
                                   GError **error);

/** guichetd_requests_remove: the row and everything that hangs on it, in the writer. The journal stays. */
gboolean guichetd_requests_remove (GuichetDb *db, const GuichetdRow *row, GError **error);

/** guichetd_requests_niss: what a national number is looked up by. */
#define GUICHETD_NISS_BYTES 16
void guichetd_requests_niss (GuichetdKeys *keys, const char *digits, guint8 *digest);

/** guichetd_requests_closed: instant at which it was closed; 0 while it is open. */
gint64 guichetd_requests_closed (const GuichetRequest *request);

G_END_DECLS
