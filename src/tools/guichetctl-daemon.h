/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-json-reader.h"
#include "guichetd-config.h"

G_BEGIN_DECLS

/**
 * guichetctl_daemon_is_there:
 *
 * Returns: whether a daemon listens on the admin socket: then it has the databases, and the
 *   tool asks it instead of opening them
 */
gboolean guichetctl_daemon_is_there (const GuichetdConfig *config);

/**
 * guichetctl_daemon_ask:
 * @body: (nullable): JSON
 *
 * Asks the daemon and waits for its answer.
 *
 * Returns: (transfer full) (nullable): the body of the answer; the error says what the daemon said
 */
GBytes *guichetctl_daemon_ask (const GuichetdConfig *config,
                               const char *method,
                               const char *path,
                               GBytes *body,
                               GError **error);

/** GuichetctlReadItem: one item of a list, where @reader is. (transfer full) */
typedef gpointer (*GuichetctlReadItem) (GuichetJsonReader *reader);

/**
 * guichetctl_daemon_list:
 * @free: of an item
 *
 * Asks the daemon for a list and waits for it.
 *
 * Returns: (transfer full) (nullable): the items
 */
GPtrArray *guichetctl_daemon_list (const GuichetdConfig *config,
                                   const char *path,
                                   GuichetctlReadItem read,
                                   GDestroyNotify free,
                                   GError **error);

G_END_DECLS
