/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The errors of the card library and their words.
 */
#define G_LOG_DOMAIN "eid-error"

#include "config.h"

#include "eid-error.h"

#include <gio/gio.h>

#include "eid-word.h"

G_DEFINE_QUARK (eid - error - quark, eid_error)

G_DEFINE_ENUM_TYPE (EidError,
                    eid_error,
                    G_DEFINE_ENUM_VALUE (EID_ERROR_UNREADABLE, "unreadable"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_ABSENT, "absent"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_UNSUPPORTED_CARD, "unsupportedCard"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_NO_CARD, "noCard"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_CARD_REMOVED, "cardRemoved"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_READER_LOST, "readerLost"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_CARD_MUTE, "cardMute"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_IN_USE, "inUse"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_DENIED, "denied"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_NO_SERVICE, "noService"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_TIMED_OUT, "timedOut"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_UNANSWERED, "unanswered"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_ANSWER_INVALID, "answerInvalid"),
                    G_DEFINE_ENUM_VALUE (EID_ERROR_INVALID, "invalid"))

const char *
eid_error_word (const GError *error)
{
  if (error->domain == EID_ERROR)
    return eid_word (EID_TYPE_ERROR, error->code);
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : "failed";
}
