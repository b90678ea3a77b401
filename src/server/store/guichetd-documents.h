/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-store.h"

G_BEGIN_DECLS

/** guichetd_documents_add: seals @content under the request's key, in the writer. */
gboolean guichetd_documents_add (GuichetdStore *store,
                                 GuichetDb *db,
                                 const char *reference,
                                 const char *id,
                                 GBytes *content,
                                 GError **error);

/** guichetd_documents_find: (transfer full) (nullable): %NULL without @error if that request has no such document. */
GBytes *guichetd_documents_find (GuichetdStore *store,
                                 GuichetDb *db,
                                 const char *reference,
                                 const char *id,
                                 GError **error);

G_END_DECLS
