/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"
#include "guichet-json-reader.h"
#include "guichetd-seal.h"

G_BEGIN_DECLS

/*
 * Links of a chain: each row's hash covers the row and the hash of the one before it, so that
 * a row that is changed, missing or out of place shows.
 */

#define GUICHETD_HASH_BYTES 32

typedef struct
{
  guint8 bytes[GUICHETD_HASH_BYTES];
} GuichetdHash;

/**
 * guichetd_chain:
 * @before: hash of the link before; zeroes for the first
 * @header: the link, in clear
 * @sealed: (nullable): and what is sealed; only its digest enters the chain
 * @hash: (out caller-allocates): BLAKE2b-256 of the three
 */
void
guichetd_chain (const GuichetdHash *before, const char *header, GBytes *sealed, GuichetdHash *hash);

/**
 * guichetd_chain_head:
 * @statement: gives `number` and `hash` of the last row
 * @ret_number: (out): 0 if there is none
 */
gboolean guichetd_chain_head (GuichetDb *db,
                              const char *statement,
                              gint64 *ret_number,
                              GuichetdHash *hash,
                              GError **error);

/**
 * guichetd_chain_open:
 * @header: of the row that @statement stands on, under which its `payload` was sealed
 *
 * Returns: (transfer full): a lenient reader of what was sealed
 */
GuichetJsonReader *guichetd_chain_open (GuichetStatement *statement,
                                        const GuichetdKey *key,
                                        const char *header,
                                        const GuichetJsonLimits *limits,
                                        GError **error);

/** guichetd_chain_take: the `hash` of the row that @statement stands on. */
void guichetd_chain_take (GuichetStatement *statement, GuichetdHash *hash);

G_END_DECLS
