/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-card-kind.h"
#include "eid-files.h"

G_BEGIN_DECLS

/** EID_READ_TIMEOUT_DEFAULT: milliseconds without an answer after which a reader is given up. */
#define EID_READ_TIMEOUT_DEFAULT 10000

/**
 * EidReadProgress:
 * @files: what was read so far; keep it with eid_files_ref()
 * @file: the one that has just come, or could not be read
 *
 * Called in the main context of the call, never after its end. A reading that had to begin
 * again, since the card was out of step, calls anew for the same files.
 */
typedef void (*EidReadProgress) (EidFiles *files, EidFile file, gpointer user_data);

/**
 * eid_read_async:
 * @reader: its name, see #EidReaderState
 * @wanted: of EID_FILE_BIT(): %EID_FILES_PERSON, %EID_FILES_ALL, …
 * @timeout: milliseconds that reader and card may be silent; 0 for the default
 * @progress: (nullable): with @progress_data, called for each file
 *
 * Reads the card in a reader, in a thread of its own. Another program that holds the card is
 * waited for; a card out of step is reset and read again from its beginning, so that what
 * comes back is always of one card in one sitting.
 *
 * Cancelling ends the call at once, and no file is told of after it; a reader that hangs is left to its thread.
 */
void eid_read_async (const char *reader,
                     guint wanted,
                     guint timeout,
                     EidReadProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);

/**
 * eid_read_finish:
 * @ret_kind: (out) (optional): what the card is
 * @ret_exchanges: (out) (optional): how many commands it took
 *
 * Ends in any #EidError or %G_IO_ERROR_CANCELLED. Files that the card lacks or refused are not
 * errors: see eid_files_get_failure().
 *
 * Returns: (transfer full) (nullable): the files
 */
EidFiles *
eid_read_finish (GAsyncResult *result, EidCardKind *ret_kind, guint *ret_exchanges, GError **error);

G_END_DECLS
