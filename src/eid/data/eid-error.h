/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * EidError:
 * @EID_ERROR_UNREADABLE: a file of the card is not what it must be; the message begins with the
 *   file's word and says where: `identity: at byte 31: …`
 * @EID_ERROR_ABSENT: the card has no such file, or there is nothing in it
 * @EID_ERROR_UNSUPPORTED_CARD: there is a card, and it is not a Belgian identity card
 * @EID_ERROR_NO_CARD: the reader is empty
 * @EID_ERROR_CARD_REMOVED: the card was pulled out
 * @EID_ERROR_READER_LOST: the reader is gone, or there is none
 * @EID_ERROR_CARD_MUTE: the card does not answer, or answers nonsense, also when tried again
 * @EID_ERROR_IN_USE: another program keeps the card to itself
 * @EID_ERROR_DENIED: the system does not let this user reach the readers
 * @EID_ERROR_NO_SERVICE: the daemon for readers (pcscd) does not run
 * @EID_ERROR_TIMED_OUT: reader or card did not answer in time
 * @EID_ERROR_UNANSWERED: who knows about revocation gave no answer, or cannot be asked
 * @EID_ERROR_ANSWER_INVALID: there is an answer about revocation, and it does not count
 * @EID_ERROR_INVALID: what the caller gave (roots, an instant) cannot be used
 *
 * What went wrong, by what a caller would do about it. Nicks are words for JSON.
 */
typedef enum
{
  EID_ERROR_UNREADABLE,
  EID_ERROR_ABSENT,
  EID_ERROR_UNSUPPORTED_CARD,
  EID_ERROR_NO_CARD,
  EID_ERROR_CARD_REMOVED,
  EID_ERROR_READER_LOST,
  EID_ERROR_CARD_MUTE,
  EID_ERROR_IN_USE,
  EID_ERROR_DENIED,
  EID_ERROR_NO_SERVICE,
  EID_ERROR_TIMED_OUT,
  EID_ERROR_UNANSWERED,
  EID_ERROR_ANSWER_INVALID,
  EID_ERROR_INVALID,
} EidError;

#define EID_TYPE_ERROR (eid_error_get_type ())
GType eid_error_get_type (void);

#define EID_ERROR (eid_error_quark ())
GQuark eid_error_quark (void);

/** eid_error_word: `cardRemoved`, …; `cancelled` or `failed` for other domains. (transfer none) */
const char *eid_error_word (const GError *error);

G_END_DECLS
