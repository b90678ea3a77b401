/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetHits:
 *
 * A mark for each line of the mirror: what a search found. One bit a line.
 */
typedef struct _GuichetHits GuichetHits;

/** guichet_hits_new: none marked. @last: the largest id there is; marks beyond it are ignored. */
GuichetHits *guichet_hits_new (guint32 last);
/** guichet_hits_new_of: those of @ids (guint32, in order) marked. */
GuichetHits *guichet_hits_new_of (GArray *ids);
void guichet_hits_free (GuichetHits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetHits, guichet_hits_free)

void guichet_hits_add (GuichetHits *self, guint32 id);
gboolean guichet_hits_has (const GuichetHits *self, guint32 id);
/** guichet_hits_keep: takes away the marks that @other does not have. */
void guichet_hits_keep (GuichetHits *self, const GuichetHits *other);

/**
 * guichet_hits_pick:
 * @ids: (array length=n_ids): each at most once
 *
 * Returns: (transfer full) (array length=ret_n): those that are marked, in their order
 */
guint32 *guichet_hits_pick (const GuichetHits *self, const guint32 *ids, guint n_ids, guint *ret_n);

/*
 * Blocks of the table `initials`: the lines among 4,096 consecutive ids that have something in
 * common. Few are kept as a list of 16-bit little-endian offsets; from 256 on as 512 bytes of bits,
 * the first id being the lowest bit of the first byte.
 */

/** GUICHET_HITS_BLOCK: ids of one block; block 0 begins with id 0. */
#define GUICHET_HITS_BLOCK 4096

/** guichet_hits_add_block: marks what a block holds; one that makes no sense marks nothing. */
void guichet_hits_add_block (GuichetHits *self, guint32 block, const guint8 *bytes, gsize length);

/** GUICHET_HITS_AWAY: marks an offset in the block as one to be taken away. */
#define GUICHET_HITS_AWAY 0x8000

/**
 * guichet_hits_change_block:
 * @bytes: (nullable): the block before
 * @changes: (element-type guint16): offsets in the block, in the order in which they come and go
 *
 * Returns: (transfer full): the block after
 */
GBytes *guichet_hits_change_block (GBytes *bytes, GArray *changes);

G_END_DECLS
