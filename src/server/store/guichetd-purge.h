/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-json-reader.h"
#include "guichet-json-writer.h"
#include "guichetd-keys.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

/**
 * GuichetdPurge:
 * @reference: of the request, or the name of the account
 * @actor: to whom it is laid
 * @instant: when
 * @text: (nullable): the reason; %NULL if it cannot be read
 *
 * What is known of a purge, whatever was purged. Holds no personal data.
 */
typedef struct
{
  char *reference;
  char *actor;
  gint64 instant;
  char *text;
} GuichetdPurge;

void guichetd_purge_free (GuichetdPurge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdPurge, guichetd_purge_free)

/** guichetd_purge_read: (transfer full) */
GuichetdPurge *guichetd_purge_read (GuichetJsonReader *reader);
void
guichetd_purge_write (const GuichetdPurge *self, GuichetJsonWriter *writer, const char *member);

/** guichetd_purge_array: one that frees its #GuichetdPurge. (transfer full) */
GPtrArray *guichetd_purge_array (void);

/**
 * guichetd_purge_list:
 * @keys: (nullable)
 * @purges: (element-type GuichetdPurge)
 *
 * Adds every purge that there is, of requests and of accounts, in the order of time. One that cannot be read, as
 * none can without @keys, is there without its reason, and the log says so. What was found before a failure stays
 * in @purges.
 */
gboolean guichetd_purge_list (GuichetdKeys *keys, GuichetDb *db, GPtrArray *purges, GError **error);

/**
 * guichetd_purge_list_work:
 * @data: a `GPtrArray *`, for what guichetd_purge_list() found
 *
 * The same, for guichetd_store_read().
 */
gboolean
guichetd_purge_list_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error);

G_END_DECLS
