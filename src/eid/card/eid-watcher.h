/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "eid-card-kind.h"

G_BEGIN_DECLS

/**
 * EidReaderStatus:
 * @EID_READER_EMPTY: no card
 * @EID_READER_CARD: a card, see @kind
 * @EID_READER_MUTE: something that does not answer: a card the wrong way round, or none of ours
 *
 * Nicks: empty, card, mute.
 */
typedef enum
{
  EID_READER_EMPTY,
  EID_READER_CARD,
  EID_READER_MUTE,
} EidReaderStatus;

#define EID_TYPE_READER_STATUS (eid_reader_status_get_type ())
GType eid_reader_status_get_type (void);

/**
 * EidReaderState:
 * @event: changes whenever a card went in or out: the same status under another number is
 *   another card, or the same one put in again
 * @in_use: another program has the card to itself
 *
 * A reader as it was last seen.
 */
typedef struct
{
  char *name;
  EidReaderStatus status;
  EidCardKind kind;
  gboolean in_use;
  guint event;
  guint8 atr[EID_ATR_MAX];
  gsize atr_size;
} EidReaderState;

/**
 * EidService:
 * @EID_SERVICE_UNKNOWN: not asked yet
 * @EID_SERVICE_RUNNING: readers are watched
 * @EID_SERVICE_ABSENT: pcscd does not run; it is looked for again and again
 * @EID_SERVICE_DENIED: it runs, and does not let this user in
 *
 * The daemon for readers. Nicks: unknown, running, absent, denied.
 */
typedef enum
{
  EID_SERVICE_UNKNOWN,
  EID_SERVICE_RUNNING,
  EID_SERVICE_ABSENT,
  EID_SERVICE_DENIED,
} EidService;

#define EID_TYPE_SERVICE (eid_service_get_type ())
GType eid_service_get_type (void);

#define EID_TYPE_WATCHER (eid_watcher_get_type ())

/**
 * EidWatcher:
 *
 * All readers and what lies in them, kept up to date by a thread that PC/SC wakes. A daemon
 * that is not there, stops or comes back is a state that heals by itself.
 *
 * Emits `changed` in the main context in which it was made, whenever something differs.
 */
G_DECLARE_FINAL_TYPE (EidWatcher, eid_watcher, EID, WATCHER, GObject)

/** eid_watcher_new: begins to watch. (transfer full) */
EidWatcher *eid_watcher_new (void);

EidService eid_watcher_get_service (EidWatcher *self);

/**
 * eid_watcher_get_readers:
 *
 * Returns: (transfer none) (element-type EidReaderState): in the order of PC/SC; a new array at
 *   each change, never changed itself
 */
GPtrArray *eid_watcher_get_readers (EidWatcher *self);

G_END_DECLS
