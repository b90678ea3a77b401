/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-card-kind.h"
#include "eid-files.h"
#include "eid-pin.h"
#include "eid-proof.h"

G_BEGIN_DECLS

/**
 * EidPinEntry:
 * @EID_PIN_ENTRY_NONE: the PIN is not asked
 * @EID_PIN_ENTRY_PAD: at the reader's own keys; it never comes to this computer
 * @EID_PIN_ENTRY_TYPED: it was typed here, into an #EidPin
 */
typedef enum
{
  EID_PIN_ENTRY_NONE,
  EID_PIN_ENTRY_PAD,
  EID_PIN_ENTRY_TYPED,
} EidPinEntry;

/**
 * EidProveRequest:
 * @challenge: (nullable): what to sign; compose it so that it can be used for nothing else, and
 *   see eid_proof_check(). Without one only the tries are asked
 * @files: (nullable): %EID_FILES_ALL of the card that was read: if another one is in the reader
 *   now, it is left alone, and so is one without an authentication certificate
 * @chip: have the challenge answered by the chip's own key, where it has one (applet 1.8). It
 *   costs nothing but a use: after 5,000 the key wants a PIN to be verified once
 * @entry: have it answered by the authentication key too, after the PIN
 * @pin: (nullable): for %EID_PIN_ENTRY_TYPED; it is wiped, whatever happens
 * @accept_last_try: also if a wrong PIN would block the card, or the card does not say
 *
 * What a card is to prove.
 */
typedef struct
{
  GBytes *challenge;
  EidFiles *files;
  gboolean chip;
  EidPinEntry entry;
  EidPin *pin;
  gboolean accept_last_try;
} EidProveRequest;

/**
 * EidProofs:
 * @chip_proof: (nullable): by the chip's own key
 * @pin_proof: (nullable): by the authentication key
 * @pin_attempt: how it went with the PIN, and how many tries there are
 * @has_pin_pad: whether the reader has keys of its own
 *
 * What a card proved. The fields go into an #EidEvidence as they are.
 */
typedef struct
{
  EidProof *chip_proof;
  EidProof *pin_proof;
  EidPinAttempt pin_attempt;
  gboolean has_pin_pad;
} EidProofs;

void eid_proofs_free (EidProofs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidProofs, eid_proofs_free)

/**
 * EidProveAsking:
 * @tries: how many tries the PIN has; %EID_TRIES_UNKNOWN
 *
 * Called in the main context of the call when the PIN goes to the card: from now on a person is
 * awaited at the reader with keys. Not where the PIN is not asked.
 */
typedef void (*EidProveAsking) (int tries, gpointer user_data);

/**
 * eid_prove_async:
 * @reader: its name, see #EidReaderState
 * @request: copied
 * @timeout: milliseconds that reader and card may be silent, beside what a person takes who
 *   types at a reader with keys; 0 for the default of eid_read_async()
 * @asking: (nullable): with @asking_data, called once if the PIN is asked
 *
 * Has the card in a reader sign a challenge, in a thread of its own and with the card to itself
 * from the first command to the last. The tries left are asked first, in ways that cost none;
 * the PIN is then sent once and never again, and the card forgets it before it is let go of.
 *
 * Cancelling ends the call at once. A reader with keys goes on waiting for a person for as
 * long as it does by itself, half a minute; what they type then opens nothing.
 */
void eid_prove_async (const char *reader,
                      const EidProveRequest *request,
                      guint timeout,
                      EidProveAsking asking,
                      gpointer asking_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/**
 * eid_prove_finish:
 * @ret_kind: (out) (optional): what the card is
 * @ret_exchanges: (out) (optional): how many commands it took
 *
 * A wrong PIN is no error, nor is a card that does not answer a challenge. Ends in an #EidError
 * otherwise, among them %EID_ERROR_UNSUPPORTED_CARD for applets before 1.7, which cannot be
 * asked safely, %EID_ERROR_INVALID for a reader without keys or a PIN without enough digits, and
 * %EID_ERROR_CARD_REMOVED also for another card; or in %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the proofs
 */
EidProofs *eid_prove_finish (GAsyncResult *result,
                             EidCardKind *ret_kind,
                             guint *ret_exchanges,
                             GError **error);

G_END_DECLS
