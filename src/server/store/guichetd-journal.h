/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"
#include "guichet-event.h"
#include "guichetd-keys.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

/*
 * The journal: events in one chain, payloads sealed. Runs in a thread of the store.
 *
 * An event's hash is BLAKE2b-256 over the hash before it, its header as canonical JSON
 * (guichetd_journal_header()) and the digest of its sealed payload. The payload is sealed
 * under the request's key with the header as associated data, so that no payload can be moved
 * to another event. The first event's predecessor is 32 zero bytes.
 */

/**
 * guichetd_journal_append:
 * @event: header set but for the number, which is set here
 *
 * Appends, in the writer. `submitted` makes the request's key.
 */
gboolean
guichetd_journal_append (GuichetdStore *store, GuichetDb *db, GuichetEvent *event, GError **error);

typedef enum
{
  GUICHETD_JOURNAL_HEADERS, /* no personal data */
  GUICHETD_JOURNAL_FULL,
} GuichetdJournalDepth;

/**
 * guichetd_journal_read:
 * @after: version after which to begin; 0 for all
 *
 * Returns: (transfer full) (element-type GuichetEvent): the events of a request, in order
 */
GPtrArray *guichetd_journal_read (GuichetdKeys *keys,
                                  GuichetDb *db,
                                  const char *reference,
                                  gint64 after,
                                  GuichetdJournalDepth depth,
                                  GError **error);

/**
 * guichetd_journal_read_version:
 *
 * The header of the event that made a request what it is at @version: needs no key.
 *
 * Returns: (transfer full): %NULL with @error, which is DAMAGED where there is none
 */
GuichetEvent *guichetd_journal_read_version (GuichetDb *db,
                                             const char *reference,
                                             gint64 version,
                                             GError **error);

/**
 * guichetd_journal_purges:
 * @keys: (nullable)
 * @events: (element-type GuichetEvent)
 *
 * Adds every `purged` that there is, in order. One that cannot be read, as none can without @keys, is there
 * without its reason, and the log says so. What was found before a failure stays in @events.
 */
gboolean
guichetd_journal_purges (GuichetdKeys *keys, GuichetDb *db, GPtrArray *events, GError **error);

/** guichetd_journal_knows: whether there ever was a request of that name. */
gboolean
guichetd_journal_knows (GuichetDb *db, const char *reference, gboolean *ret_knows, GError **error);

/* For the walk that verifies */

/** guichetd_journal_header: the header as it is hashed. (transfer full) */
char *guichetd_journal_header (const GuichetEvent *event);

/** guichetd_journal_take_header: the header of the row that @statement stands on; %NULL if a word is none of ours. */
GuichetEvent *guichetd_journal_take_header (GuichetStatement *statement);

/** guichetd_journal_take_payload: unseals the row's `payload` into @event. */
gboolean guichetd_journal_take_payload (GuichetStatement *statement,
                                        const GuichetdKey *key,
                                        GuichetEvent *event,
                                        GError **error);

G_END_DECLS
