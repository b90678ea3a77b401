/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"

G_BEGIN_DECLS

/*
 * What was in force when the server ran last. Runs in the writer.
 */

/** guichetd_settings_is: whether @name was noted as @value. */
gboolean guichetd_settings_is (GuichetDb *db,
                               const char *name,
                               const char *value,
                               gboolean *ret_same,
                               GError **error);

gboolean guichetd_settings_put (GuichetDb *db, const char *name, const char *value, GError **error);

G_END_DECLS
