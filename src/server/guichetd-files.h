/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-catalogue.h"
#include "guichet-text.h"

G_BEGIN_DECLS

/* Folders of data that the daemon and its tool read at start. */

/** guichetd_files_read_catalogue: reads and checks; the message names file, place and cause. */
GuichetCatalogue *guichetd_files_read_catalogue (const char *folder, GError **error);

/** guichetd_files_read_texts: the same for the texts of notifications. */
GuichetTexts *
guichetd_files_read_texts (const char *folder, const GuichetCatalogue *catalogue, GError **error);

G_END_DECLS
