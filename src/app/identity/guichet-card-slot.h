/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "eid-prove.h"
#include "eid-report.h"
#include "eid-watcher.h"
#include "guichet-card-policy.h"
#include "guichet-card-person.h"

G_BEGIN_DECLS

/**
 * GuichetSlotState:
 * @GUICHET_SLOT_STARTING: not known yet
 * @GUICHET_SLOT_NO_SERVICE: the daemon for readers does not run
 * @GUICHET_SLOT_DENIED: it does not let this user in
 * @GUICHET_SLOT_NO_READER: no reader is plugged in
 * @GUICHET_SLOT_EMPTY: a reader without a card
 * @GUICHET_SLOT_MUTE: something in it that does not answer
 * @GUICHET_SLOT_OTHER_CARD: a card that is not a Belgian identity card
 * @GUICHET_SLOT_CARD: an identity card that was not read
 * @GUICHET_SLOT_READING: it is being read, or judged
 * @GUICHET_SLOT_STOPPED: the clerk stopped the reading
 * @GUICHET_SLOT_REMOVED: it was pulled out while it was read
 * @GUICHET_SLOT_FAILED: it could not be read, see guichet_card_slot_get_error()
 * @GUICHET_SLOT_READ: read and judged
 */
typedef enum
{
  GUICHET_SLOT_STARTING,
  GUICHET_SLOT_NO_SERVICE,
  GUICHET_SLOT_DENIED,
  GUICHET_SLOT_NO_READER,
  GUICHET_SLOT_EMPTY,
  GUICHET_SLOT_MUTE,
  GUICHET_SLOT_OTHER_CARD,
  GUICHET_SLOT_CARD,
  GUICHET_SLOT_READING,
  GUICHET_SLOT_STOPPED,
  GUICHET_SLOT_REMOVED,
  GUICHET_SLOT_FAILED,
  GUICHET_SLOT_READ,
} GuichetSlotState;

#define GUICHET_TYPE_CARD_SLOT (guichet_card_slot_get_type ())

/**
 * GuichetCardSlot:
 *
 * The card that this desk speaks of, among all readers: the one that went in last. What is read
 * of it is forgotten, and wiped, as soon as it is out or guichet_card_slot_drop() is called.
 *
 * Signal `changed`: anything that its functions say may be different.
 * Signal `inserted`: there is a card that was not there before.
 *
 * Main thread only; nothing here waits.
 */
G_DECLARE_FINAL_TYPE (GuichetCardSlot, guichet_card_slot, GUICHET, CARD_SLOT, GObject)

/** guichet_card_slot_new: @policy: its parts are kept with references. */
GuichetCardSlot *guichet_card_slot_new (const GuichetCardPolicy *policy);

GuichetSlotState guichet_card_slot_get_state (GuichetCardSlot *self);
/** guichet_card_slot_get_readers: (transfer none) (element-type EidReaderState): all of them. */
GPtrArray *guichet_card_slot_get_readers (GuichetCardSlot *self);
/** guichet_card_slot_get_reader: (transfer none) (nullable): where the card is. */
const char *guichet_card_slot_get_reader (GuichetCardSlot *self);

/** guichet_card_slot_get_event: by which the card went in: under another number there is another card. */
guint guichet_card_slot_get_event (GuichetCardSlot *self);
/** guichet_card_slot_has: whether the card that went into @reader by @event is in there, whichever this desk speaks of. */
gboolean guichet_card_slot_has (GuichetCardSlot *self, const char *reader, guint event);

/**
 * guichet_card_slot_choose:
 *
 * Speaks of the card in another reader from now on.
 */
void guichet_card_slot_choose (GuichetCardSlot *self, const char *reader);

/**
 * guichet_card_slot_read:
 * @moment: now, in microseconds
 * @zone: the town's
 *
 * Reads all of the card and judges it; then asks whether it was revoked, and judges again. Does nothing where there is no card, or while it is
 * being read.
 */
void guichet_card_slot_read (GuichetCardSlot *self, gint64 moment, GTimeZone *zone);

/** guichet_card_slot_stop: ends a reading. */
void guichet_card_slot_stop (GuichetCardSlot *self);

/**
 * guichet_card_slot_judge_proofs:
 * @challenge: what the card was to sign
 * @proofs: (transfer full): what it answered
 *
 * Judges the card that was read once more, with what it proved; drops the proofs if it is not
 * there any more.
 */
void guichet_card_slot_judge_proofs (GuichetCardSlot *self, GBytes *challenge, EidProofs *proofs);

/** guichet_card_slot_drop: forgets all that was read. */
void guichet_card_slot_drop (GuichetCardSlot *self);

/** guichet_card_slot_get_progress: of a reading, 0 to 1. */
double guichet_card_slot_get_progress (GuichetCardSlot *self);

/*
 * What is known of the card; comes one by one while it is read. All (transfer none) (nullable).
 */

GuichetCardPerson *guichet_card_slot_get_person (GuichetCardSlot *self);
GdkTexture *guichet_card_slot_get_photo (GuichetCardSlot *self);
/** guichet_card_slot_get_report: only once it is read. */
EidReport *guichet_card_slot_get_report (GuichetCardSlot *self);
/** guichet_card_slot_is_asking: whether the State is being asked about revocation. */
gboolean guichet_card_slot_is_asking (GuichetCardSlot *self);
/** guichet_card_slot_get_files: only once it is read: to be sent to the server. */
EidFiles *guichet_card_slot_get_files (GuichetCardSlot *self);
/** guichet_card_slot_get_error: why it could not be read, or its person could not be made out. */
const GError *guichet_card_slot_get_error (GuichetCardSlot *self);

G_END_DECLS
