/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-card-kind.h"
#include "eid-files.h"
#include "eid-transport.h"

G_BEGIN_DECLS

/* Called after each file that was read, or could not be. */
typedef void (*EidFileDone) (EidFiles *files, EidFile file, gpointer data);

/**
 * eid_card_read_files:
 * @wanted: of EID_FILE_BIT()
 * @done: (nullable)
 *
 * Reads files of the card behind @transport into @files, the identity first. A file that the
 * card does not have stays %NULL; one that it refuses has its failure noted there.
 *
 * Returns: %FALSE if the card cannot be reached any more, or is not a Belgian one
 */
gboolean eid_card_read_files (EidTransport *transport,
                              EidCardKind kind,
                              guint wanted,
                              EidFiles *files,
                              EidFileDone done,
                              gpointer data,
                              GError **error);

G_END_DECLS
